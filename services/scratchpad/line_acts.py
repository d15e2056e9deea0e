"""The acts on a line of the scratch pad: splitting it, commenting on it, distributing it (behaviour 1.1.1, 1.1.2)."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from sqlalchemy.orm import Session

from models.bills import Bill
from models.dialects import LOCKED as FOR_UPDATE
from models.words.acts import Act
from models.words.keys import SecurityKey
from models.words.scratchpad import LineKey
from services.bills.lookup import BillChoice, find_of_others
from services.bills.receivables import claim_for_payment, normal
from services.errors import OtherPatient, Refused, UnknownClaim
from services.office.actor import Actor, require
from services.office.acts import begin, end
from services.remittances.finding import eft_of
from services.scratchpad.acts import editable
from services.scratchpad.distribution import Reversal, refuse_impossible, refuse_inactive
from services.scratchpad.distribution import distribute as distribute_amount
from services.scratchpad.pad import Entry, Pad, PadLine
from services.scratchpad.reversals import reversal_behind
from services.scratchpad.splitting import SplitRow, comment_line
from services.scratchpad.splitting import split as split_line
from services.scratchpad.stored import save_changes

NOT_FOUND = "CLAIM {} WAS NOT FOUND IN YOUR AR"
OF_ANOTHER = "CLAIM {} IS OF ANOTHER PATIENT: {}"
NOT_BORNE = (
    "NO BILL CAN BE RE-ESTABLISHED BY {}: THIS IS NO REVERSAL OF A BILL, OR SO MUCH HAS NOT BEEN TAKEN OFF IT"
)


def split(
    session: Session,
    actor: Actor,
    at: LineKey,
    rows: Sequence[SplitRow],
    *,
    unknown_claims: bool = False,
    other_patients: bool = False,
    seen: int | None = None,
    batch: int | None = None,
) -> Entry:
    """Files new lines in place of one line (File New Lines), and gives its entry; `batch` is the one he works in.

    A claim that is not on file sends its money to suspense: it is refused with `UnknownClaim` unless
    `unknown_claims` says that it is meant (the screen's question) or it is what the line has already. So is one
    whose bill is of another patient, with `OtherPatient`, unless `other_patients` says that it is meant.
    """
    by = begin(session, actor, Act.LINE_SPLIT, SecurityKey.CLERK)
    _, pad = editable(session, by, at.era, seen, batch, entry=at.entry)
    entry, original = pad.find(at)
    rows = [_with_bill(session, original, row) for row in rows]
    changed = split_line(pad, at, rows)
    if not unknown_claims:
        _refuse_unknown(original, rows)
    others = _find_others(session, entry, original, rows)
    if others and not other_patients:
        said = "\n".join(OF_ANOTHER.format(bill.number, bill.patient) for bill in others)
        raise OtherPatient(said, [bill.number for bill in others])
    save_changes(session, by, pad, changed, seen=seen, batch=batch)
    filed = [f"{row.claim}={row.payment}/{row.adjustment}" for row in rows]
    end(
        session,
        by,
        str(at),
        detail="; ".join([*filed, *(f"{bill.number} is of another patient" for bill in others)]),
    )
    return changed.find(at)[0]


def _refuse_unknown(original: PadLine, rows: Sequence[SplitRow]) -> None:
    own = normal(original.claim)
    unknown = dict.fromkeys(row.claim for row in rows if row.bill_id is None and normal(row.claim) != own)
    if unknown:
        raise UnknownClaim("\n".join(NOT_FOUND.format(claim) for claim in unknown))


def _find_others(
    session: Session, entry: Entry, original: PadLine, rows: Sequence[SplitRow]
) -> Sequence[BillChoice]:
    """The bills of other patients to which the rows would give money of the line."""
    among = [row.bill_id for row in rows if row.bill_id is not None and row.bill_id != original.bill_id]
    return find_of_others(session, original.at.era, original.bill_id, entry.sequences, among)


def _with_bill(session: Session, original: PadLine, row: SplitRow) -> SplitRow:
    """The row with the bill its claim number names; the line's own claim keeps the bill it has."""
    if row.claim == original.claim and original.bill_id is not None:
        return replace(row, bill_id=original.bill_id)
    found = claim_for_payment(session, row.claim)
    return replace(row, claim=found.number, bill_id=found.bill_id)


def comment(
    session: Session,
    actor: Actor,
    at: LineKey,
    text: str,
    *,
    seen: int | None = None,
    batch: int | None = None,
) -> Entry:
    """Changes the receipt line comment of a line, and gives its entry; `batch` is the one the clerk works in."""
    by = begin(session, actor, Act.LINE_COMMENTED, SecurityKey.CLERK)
    _, pad = editable(session, by, at.era, seen, batch, entry=at.entry)
    changed = comment_line(pad, at, text)
    save_changes(session, by, pad, changed, seen=seen, batch=batch)
    end(session, by, str(at), detail=text)
    return changed.find(at)[0]


def distribute(
    session: Session,
    actor: Actor,
    source: LineKey,
    target: LineKey,
    amount: Decimal,
    comment: str = "",
    *,
    re_establish: bool | None = None,
    seen: int | None = None,
) -> Pad:
    """Distributes an amount of a negative line to a positive one; the target's bill must be ACTIVE or OPEN.

    `re_establish` lets the bill that the payer reversed bear the amount (`services.scratchpad.reversals`); that
    needs the key PRCADJ. Where nothing is said it does so when a provider adjustment collects a reversal.
    """
    by = begin(session, actor, Act.DISTRIBUTED, SecurityKey.CLERK)
    era, pad = editable(session, by, source.era, seen)
    refuse_impossible(pad, has_eft=eft_of(session, era) is not None)
    borne_by = _borne_by(session, actor, pad, source, target, amount, re_establish)
    if borne_by is None or borne_by.bill_id != pad.find(target)[1].bill_id:
        _refuse_inactive(session, pad, target)
    changed = distribute_amount(pad, source, target, amount, comment, borne_by=borne_by)
    save_changes(session, by, pad, changed, seen=seen)
    borne = "" if borne_by is None else f", borne by bill {borne_by.number}"
    end(session, by, str(source), detail=f"{amount} to line {target.label}{borne}")
    return changed


def _borne_by(
    session: Session,
    actor: Actor,
    pad: Pad,
    source: LineKey,
    target: LineKey,
    amount: Decimal,
    re_establish: bool | None,
) -> Reversal | None:
    """The reversed bill that bears a distribution; refuses one that is asked for and cannot be."""
    if re_establish:
        require(actor, SecurityKey.ADJUST)
    found = None if re_establish is False else reversal_behind(session, pad, source, target, amount)
    if found is not None:
        # Two that collect the same reversal come one after the other, and the second sees what the first took.
        session.get_one(Bill, found.bill_id, with_for_update=FOR_UPDATE)
        found = reversal_behind(session, pad, source, target, amount)
    if re_establish and found is None:
        raise Refused(NOT_BORNE.format(amount))
    meant = re_establish or (found is not None and found.collected and actor.holds(SecurityKey.ADJUST))
    return found if meant else None


def _refuse_inactive(session: Session, pad: Pad, target: LineKey) -> None:
    """Refuses a target line whose bill is not ACTIVE or OPEN; ERA-level lines pass."""
    _, line = pad.find(target)
    refuse_inactive(None if line.bill_id is None else session.get_one(Bill, line.bill_id).status)
