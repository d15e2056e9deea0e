"""What filing a transaction set has in common: held or filed whole, once, with its findings (DESIGN 2.7)."""

import datetime
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from sqlalchemy import and_, bindparam, insert, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from models.bills import PayerAlias
from models.eras import Era
from models.messages import Message, StoredFinding, TransactionSet, TransmissionException
from models.words.intake import Outcome, TransmissionCategory, Validation
from models.words.mail import MailGroup
from models.words.remittances import EraMatchStatus
from services.clean import clean
from services.findings import Finding
from services.office.bulletins import send
from services.office.clock import now
from services.x12 import envelope

#: What is said of a set that is filed.
FILED_ALREADY = Finding("duplicate-set", "This set is filed already.")

#: Stands for the fingerprint of a set that is not read to its end yet.
NOT_YET_KNOWN = b""

#: What can be done about a set that ends before its SE segment.
WHOLE_FILE = "Import the whole file."

#: What can be done about a remittance that is like an ERA but for its claims.
OWN_OR_REPLACE = "File it as an ERA of its own, put it in the place of that ERA, or delete it."

#: The finding that says why a set is held, and what becomes of it when that is settled.
_HELD_FINDING, _WAS_HELD = "held", "was-held"

#: Findings kept of one set; a hostile file may cause millions.
MOST_FINDINGS = 1000


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a set that is held whole, for the exceptions screen."""

    payer_name: str = ""
    payer_id: str = ""
    trace: str = ""
    date: datetime.date | None = None
    total: str = ""
    bills: tuple[str, ...] = ()


class Held(Exception):
    """The set cannot be filed and is kept whole as a transmission exception; its transaction is undone.

    `way_out` says what a clerk can do about it. `era` is the ERA that it is on file as, removed from the worklist: it
    is held itself then, and no second one is made.
    """

    def __init__(
        self,
        category: TransmissionCategory,
        text: str,
        known: Known,
        fingerprint: bytes,
        findings: Sequence[Finding] = (),
        bulletin: str = "",
        way_out: str = "",
        era: int | None = None,
    ) -> None:
        super().__init__(text)
        self.category = category
        self.known = known
        self.fingerprint = fingerprint
        self.findings = tuple(findings)
        self.bulletin = bulletin
        self.way_out = way_out
        self.era = era

    @property
    def told(self) -> str:
        """Why it is held, and what can be done about it."""
        return f"{self} {self.way_out}".rstrip()


class FiledBefore(Exception):
    """Only at its end is the set known as one that is filed; what was done for it until then is undone.

    `era` is the ERA that it is on file as, `bulletin` subject and text of a notice when that is new.
    """

    def __init__(
        self,
        fingerprint: bytes,
        *,
        finding: Finding = FILED_ALREADY,
        era: int | None = None,
        bulletin: tuple[str, str] | None = None,
    ) -> None:
        super().__init__(finding.text)
        self.fingerprint = fingerprint
        self.finding = finding
        self.era = era
        self.bulletin = bulletin


@dataclass(slots=True)
class SetReport:
    """What became of one set.

    `era` is the ERA it made or, for a duplicate, the one that stands, `exception` the number of the exception that
    a set which is held is.
    """

    control: str
    outcome: Outcome
    era: int | None = None
    exception: int | None = None
    bills: int = 0
    validation: Validation = Validation.NONE
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class IncomingSet:
    """One set of a file on its way in: the message that its file is, the set as it is read, its kind.

    `row` is the row that the set at this place of this same file has already, if it came before. `own` when a
    person has said of a remittance that it is one of its own, though it has the trace, date and total of another.
    """

    message: Message
    read: envelope.TransactionSet
    kind: str
    row: TransactionSet | None
    own: bool = False


def comparable(text: str) -> str:
    """An identifier as it is compared: trimmed, in capitals (DESIGN 2.10)."""
    return text.strip().upper()


# Statements that every set needs are made once: making one costs as much as running it.
_ALIASED = select(PayerAlias.payer_key).where(PayerAlias.alias == bindparam("alias"))
_IN_PLACE = select(TransactionSet).where(
    TransactionSet.message_id == bindparam("message_id"), TransactionSet.ordinal == bindparam("ordinal")
)
_SAME_HELD = and_(
    TransactionSet.fingerprint == bindparam("fingerprint"), TransactionSet.outcome == Outcome.EXCEPTION
)
_HELD = select(TransactionSet).where(_SAME_HELD).order_by(TransactionSet.id)
_HELD_ELSEWHERE = select(TransactionSet.id).where(_SAME_HELD, TransactionSet.id != bindparam("set_id"))
_NAMED = (
    update(TransactionSet)
    .where(TransactionSet.id == bindparam("set_id"))
    .values(fingerprint=bindparam("known_by"))
)
_ERA_OF = select(Era.id).where(Era.transaction_set_id == bindparam("set_id"))
_EXCEPTION_OF = select(TransmissionException).where(
    TransmissionException.transaction_set_id == bindparam("set_id")
)


def payer_key(session: Session, identifier: str) -> str:
    """A payer's identifier as it is compared, an alias replaced by the payer's own."""
    key = comparable(identifier)
    return session.scalars(_ALIASED, {"alias": key}).first() or key


def payer_keys(session: Session, identifiers: Iterable[str]) -> dict[str, str]:
    """The same of many identifiers by one question, under each as it was given."""
    keys = {identifier: comparable(identifier) for identifier in identifiers}
    aliases = dict(
        session.execute(
            select(PayerAlias.alias, PayerAlias.payer_key).where(PayerAlias.alias.in_(set(keys.values())))
        ).all()
    )
    return {identifier: aliases.get(key) or key for identifier, key in keys.items()}


def identity(*parts: str) -> bytes:
    """The fingerprint by which a set is known when it comes again."""
    return GrowingIdentity(*parts).fingerprint()


class GrowingIdentity:
    """The same fingerprint made part by part, of a set that is too large to be held until its end."""

    def __init__(self, *parts: str) -> None:
        self._digest = hashlib.blake2b("\x1f".join(parts).encode(), digest_size=16)

    def add(self, part: str) -> None:
        """Adds the next part."""
        self._digest.update(b"\x1f" + part.encode())

    def fingerprint(self) -> bytes:
        """The fingerprint of all parts so far."""
        return self._digest.digest()


def keep(findings: list[Finding], *more: Finding) -> None:
    """Adds findings to those of a set, as many as are stored of one."""
    if len(findings) < MOST_FINDINGS:
        findings += more


def set_row(
    session: Session, come: IncomingSet, fingerprint: bytes, outcome: Outcome, validation: Validation
) -> TransactionSet:
    """The row of a set: the one of its place in this file, or of its exception, or a new one.

    A set that was held and is filed after all is no exception any more.
    """
    message, read = come.message, come.read
    row = come.row
    if row is None and fingerprint != NOT_YET_KNOWN:
        row = held_before(session, fingerprint)
    if row is not None and outcome is not Outcome.EXCEPTION:
        resolve(session, row)
    if row is None:
        row = TransactionSet(
            message_id=message.id,
            ordinal=read.ordinal,
            kind=come.kind,
            version=clean(read.version, 20),
            control=clean(read.control, 20),
            group_control=clean(read.group_control, 20),
            interchange_control=clean(read.interchange_control, 20),
            sender=clean(read.sender, 40),
            offset=read.offset,
            length=0,
        )
        session.add(row)
    if outcome is not Outcome.EXCEPTION and row.message_id != message.id:
        # What is filed is what came now, which may differ from what was held under the same identity.
        row.message_id, row.ordinal, row.offset, row.length = message.id, read.ordinal, read.offset, 0
    row.fingerprint, row.outcome, row.validation = fingerprint, outcome, validation
    session.flush()
    return row


def name_set(session: Session, row: TransactionSet, fingerprint: bytes) -> None:
    """Gives a set that is filed the fingerprint that only its end tells; where it is held, it is a duplicate now."""
    connection = session.connection()
    connection.execute(_NAMED, {"set_id": row.id, "known_by": fingerprint})
    set_committed_value(row, "fingerprint", fingerprint)
    for other_id in connection.scalars(_HELD_ELSEWHERE, {"set_id": row.id, "fingerprint": fingerprint}).all():
        other = session.get_one(TransactionSet, other_id)
        resolve(session, other, "The same remittance came and was filed.")
        other.outcome = Outcome.DUPLICATE


def at_its_place(
    session: Session, message: Message, read: envelope.TransactionSet, kind: str, *, own: bool = False
) -> IncomingSet:
    """A set with the row that its place in its file has already."""
    row = session.scalars(_IN_PLACE, {"message_id": message.id, "ordinal": read.ordinal}).first()
    return IncomingSet(message, read, kind, row, own)


def note_lengths(session: Session, message_id: int, offsets: Sequence[int]) -> None:
    """Notes where each set ends: where the next one of the file begins, or at the end of the file.

    A set that is an exception of another file already has no row here.
    """
    ends = dict(pairwise(offsets))
    rows = session.execute(
        select(TransactionSet.id, TransactionSet.offset).where(
            TransactionSet.message_id == message_id, TransactionSet.length == 0
        )
    ).all()
    if lengths := [{"id": row.id, "length": ends[row.offset] - row.offset} for row in rows]:
        session.execute(update(TransactionSet), lengths)


def held_before(session: Session, fingerprint: bytes) -> TransactionSet | None:
    """The exception that this same set is already, if it came before."""
    return session.scalars(_HELD, {"fingerprint": fingerprint}).first()


def resolve(session: Session, row: TransactionSet, became: str = "It came again and was filed.") -> None:
    """Closes the exception that a set was, if it was one; what it `became` stands where it was said what to do."""
    exception = session.scalars(_EXCEPTION_OF, {"set_id": row.id}).first()
    if exception is None or exception.resolved_at is not None:
        return
    exception.resolved_at = now(session)
    exception.text = f"{exception.text.removesuffix(OWN_OR_REPLACE).rstrip()} {became}"
    session.execute(
        update(StoredFinding)
        .where(StoredFinding.transaction_set_id == row.id, StoredFinding.code == _HELD_FINDING)
        .values(code=_WAS_HELD, text=clean(exception.text, 500))
        .execution_options(synchronize_session=False)
    )


def hold(session: Session, come: IncomingSet, held: Held) -> SetReport:
    """Keeps a set whole as a transmission exception; sent again it stays the one exception it was."""
    before = held_before(session, held.fingerprint)
    if held.era is not None:
        come = _hold_again(session, come, held.era)
    row = set_row(session, come, held.fingerprint, Outcome.EXCEPTION, Validation.NONE)
    exception = session.scalars(_EXCEPTION_OF, {"set_id": row.id}).first()
    if exception is None:
        exception = TransmissionException(transaction_set_id=row.id, received_at=now(session))
        session.add(exception)
    exception.category, exception.text, exception.resolved_at = held.category, held.told, None
    exception.payer_name, exception.payer_id = held.known.payer_name, held.known.payer_id
    exception.trace, exception.date = held.known.trace, held.known.date
    exception.total, exception.bills = held.known.total, ",".join(held.known.bills)
    session.flush()
    findings = [*held.findings, Finding(_HELD_FINDING, held.told, f"exception {exception.id}")]
    if before is None:
        # Of an ERA that is on file everything else is kept.
        store_findings(session, row.message_id, row.id, findings if held.era is None else findings[-1:])
        if held.bulletin:
            send(
                session,
                f"{held.bulletin} {held.known.payer_name}".rstrip(),
                MailGroup.EXCEPTIONS,
                f"Trace {held.known.trace}: {held.told} It is held as exception {exception.id}.",
            )
    era = session.scalars(_ERA_OF, {"set_id": row.id}).first()
    return SetReport(
        clean(come.read.control, 20), Outcome.EXCEPTION, era, exception=exception.id, findings=findings
    )


def _hold_again(session: Session, come: IncomingSet, number: int) -> IncomingSet:
    """Holds an ERA that was removed from the worklist and comes again; its own set is the exception."""
    era = session.get_one(Era, number)
    era.match_status = EraMatchStatus.HELD
    row = session.get_one(TransactionSet, era.transaction_set_id)
    return replace(come, row=row)


def keep_as_duplicate(session: Session, come: IncomingSet, before: FiledBefore) -> SetReport:
    """Keeps a set that is filed already as a duplicate; what is said of it is kept and sent when that is new."""
    known = come.row is not None and come.row.outcome is Outcome.DUPLICATE
    row = set_row(session, come, before.fingerprint, Outcome.DUPLICATE, Validation.NONE)
    if before.bulletin is not None and not known:
        subject, told = before.bulletin
        send(
            session,
            subject,
            MailGroup.EXCEPTIONS,
            f"{told} Message {come.message.id} is kept as a duplicate.",
        )
        store_findings(session, come.message.id, row.id, [before.finding])
    findings = [*come.read.findings, before.finding]
    return SetReport(clean(come.read.control, 20), Outcome.DUPLICATE, before.era, findings=findings)


def store_findings(
    session: Session, message_id: int, set_id: int | None, findings: Iterable[Finding]
) -> None:
    """Keeps findings for the clerk to read."""
    rows = [
        {
            "message_id": message_id,
            "transaction_set_id": set_id,
            "code": finding.code,
            "text": clean(finding.text, 500),
            "where": clean(finding.where, 120),
        }
        for finding in list(findings)[:MOST_FINDINGS]
    ]
    if rows:
        session.execute(insert(StoredFinding), rows)
