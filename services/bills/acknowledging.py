"""What payers say of claims (277CA): noted on the bills, or kept until the bill comes (DESIGN 2.7, 5)."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from models.bills import Bill, KeptAcknowledgement
from models.bulk import insert_all
from models.site import RateType
from models.words.bills import BillStatus, EdiStatus
from services.bills.receivables import activate, find_bills, fold, lock
from services.office.clock import now, site_of
from services.office.stamp import Stamp
from services.x12.acknowledgement import ClaimAcknowledgement

_ACCEPTED = frozenset({"A2", "A5"})
_REJECTED = frozenset({"A3", "A4", "A6", "A7", "A8"})


def edi_status(acknowledgement: ClaimAcknowledgement) -> EdiStatus | None:
    """What an acknowledgement means: accepted is action WQ with category A2 or A5; A1 is only received."""
    categories = set(acknowledgement.categories)
    if acknowledgement.action == "U" or categories & _REJECTED:
        return EdiStatus.REJECTED
    if acknowledgement.action == "WQ" and categories & _ACCEPTED:
        return EdiStatus.ACCEPTED
    return EdiStatus.RECEIVED if "A1" in categories else None


def may_be_audited(said: EdiStatus, *, wait: bool) -> bool:
    """Whether a NEW BILL may become ACTIVE without a person, by what its payer says of it.

    `wait` is whether the site waits for the 277CA; a rejected bill stays NEW BILL in any case.
    """
    return said is EdiStatus.ACCEPTED or (not wait and said is not EdiStatus.REJECTED)


_SAID = (
    update(Bill)
    .where(Bill.id.in_(bindparam("bills", expanding=True)))
    .values(edi_status=bindparam("said"), version=Bill.version + 1)
    .execution_options(synchronize_session=False)
)
# "Received" is no answer: it takes back neither yes nor no.
_RECEIVED = _SAID.where(Bill.edi_status.not_in([EdiStatus.ACCEPTED, EdiStatus.REJECTED]))
_TO_AUDIT = select(Bill.id).where(
    Bill.id.in_(bindparam("bills", expanding=True)),
    Bill.status == BillStatus.NEW_BILL,
    Bill.rate_type.in_(select(RateType.name).where(RateType.auto_audit)),
)


def add_word(words: dict[int, EdiStatus], bill_id: int, said: EdiStatus) -> None:
    """The last word on a bill stands, but "received" takes back neither yes nor no."""
    if said is not EdiStatus.RECEIVED or bill_id not in words:
        words[bill_id] = said


def note_words(session: Session, words: Mapping[int, EdiStatus]) -> None:
    """Notes on bills what their payers say of them, by one statement for each thing said."""
    lock(session, words)
    for status in EdiStatus:
        bills = [bill_id for bill_id, said in words.items() if said is status]
        if bills:
            session.execute(
                _RECEIVED if status is EdiStatus.RECEIVED else _SAID, {"bills": bills, "said": status}
            )


def audit_accepted(session: Session, by: Stamp, bills: Iterable[int]) -> None:
    """Makes the NEW BILLs among accepted ones ACTIVE, where their rate type needs no person."""
    accepted = list(bills)
    if accepted:
        activate(session, by, session.scalars(_TO_AUDIT, {"bills": accepted}).all())


def keep_words(
    session: Session, message_id: int, ordinal: int, words: Sequence[tuple[ClaimAcknowledgement, EdiStatus]]
) -> None:
    """Keeps what was said of claims whose bill is not on file, until it comes."""
    station, at = site_of(session).station, now(session)
    insert_all(
        session,
        KeptAcknowledgement,
        [
            {
                "message_id": message_id,
                "ordinal": ordinal,
                "segment": part.segment,
                "claim": part.claim,
                "folded": fold(part.claim, station),
                "edi_status": said,
                "kept_at": at,
                "bill_id": None,
                "noted_at": None,
            }
            for part, said in words
        ],
    )


# All spellings under which a bill is found have the same folded form.
_WAITING = (
    select(
        KeptAcknowledgement.message_id,
        KeptAcknowledgement.ordinal,
        KeptAcknowledgement.segment,
        KeptAcknowledgement.claim,
        KeptAcknowledgement.edi_status,
    )
    .where(
        KeptAcknowledgement.folded.in_(bindparam("folded", expanding=True)),
        KeptAcknowledgement.bill_id.is_(None),
    )
    .order_by(
        KeptAcknowledgement.kept_at,
        KeptAcknowledgement.message_id,
        KeptAcknowledgement.ordinal,
        KeptAcknowledgement.segment,
    )
)


_NOTED = (
    update(KeptAcknowledgement)
    .where(
        KeptAcknowledgement.message_id == bindparam("of_message"),
        KeptAcknowledgement.ordinal == bindparam("of_set"),
        KeptAcknowledgement.segment == bindparam("of_segment"),
    )
    .values(bill_id=bindparam("bill"), noted_at=bindparam("at"))
)


def note_kept(session: Session, folded: Sequence[str]) -> dict[int, EdiStatus]:
    """Notes what was said of bills before they came, each word once; gives the last word on each bill.

    `folded` are the folded numbers of bills that have just been filed; the look-up itself is the same as
    for an acknowledgement that comes later.
    """
    waiting = session.execute(_WAITING, {"folded": list(folded)}).all()
    bills = find_bills(session, (kept.claim for kept in waiting))
    words: dict[int, EdiStatus] = {}
    noted: list[dict[str, object]] = []
    at = now(session)
    for message_id, ordinal, segment, claim, said in waiting:
        bill_id = bills[claim].bill_id
        if bill_id is not None:
            add_word(words, bill_id, said)
            place = {"of_message": message_id, "of_set": ordinal, "of_segment": segment}
            noted.append({**place, "bill": bill_id, "at": at})
    if noted:
        session.connection().execute(_NOTED, noted)
        note_words(session, words)
    return words
