"""Loading and saving scratch pads: the values of services.scratchpad.pad as rows of the store."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Update, delete, insert, select, update
from sqlalchemy.orm import Session

from models.batches import Batch
from models.bills import Bill, Patient
from models.dialects import LOCKED
from models.eras import Eeob, Era, ProviderAdjustment
from models.reviews import EntryReview, ManualVerification, ReviewComment
from models.scratchpads import (
    LineAdjustment,
    Scratchpad,
    ScratchpadEntry,
    ScratchpadLine,
    ScratchpadPreference,
)
from models.words.money import ZERO
from models.words.scratchpad import PENDING, BackgroundAction, LineKey, LogKey
from services.errors import Refused
from services.office.stamp import Stamp
from services.remittances.finding import total_of
from services.scratchpad.pad import (
    Entry,
    LogEntry,
    Pad,
    PadLine,
    RemittanceAdjustment,
    build,
)
from services.scratchpad.pairing import RemittancePayment
from services.scratchpad.stored_batches import any_ready, put_in_batches, raise_versions, version_of
from services.scratchpad.verification import Told, is_verified

NO_PAD = "NO WORKLIST SCRATCH PAD ENTRY EXISTS FOR THIS ERA"
PAD_CHANGED = "SOMEBODY ELSE HAS CHANGED THIS SCRATCH PAD SINCE YOU OPENED IT; OPEN IT AGAIN"

#: What clerks note on the entries of a pad.
_NOTES = (ReviewComment, EntryReview, ManualVerification)


def lay_out(session: Session, era: Era) -> Pad:
    """Builds the pad of an ERA afresh from its EEOBs and PLBs (behaviour 3.5), its entries in the batches there are."""
    eft, differs = total_of(session, era)
    rows = session.execute(
        select(Eeob, Bill, Patient.name)
        .outerjoin(Bill, Bill.id == Eeob.bill_id)
        .outerjoin(Patient, Patient.id == Bill.patient_id)
        .where(Eeob.era_id == era.id)
        .order_by(Eeob.sequence)
    )
    payments = []
    for row in rows:
        eeob: Eeob = row[0]
        bill: Bill | None = row[1]
        payments.append(
            RemittancePayment(
                sequence=eeob.sequence,
                claim=eeob.claim if bill is None else bill.number,
                bill_id=eeob.bill_id,
                paid=eeob.paid,
                reversal=eeob.reversal,
                verified=bill is not None and is_verified(bill_side(bill, row[2] or ""), eeob_side(eeob)),
                control=eeob.payer_control,
                patient=eeob.patient_name,
                patient_id=eeob.patient_id,
                service_from=eeob.service_from,
                service_to=eeob.service_to,
            )
        )
    adjustments = [
        RemittanceAdjustment(plb.number, plb.reference, plb.amount)
        for plb in session.scalars(
            select(ProviderAdjustment)
            .where(ProviderAdjustment.era_id == era.id)
            .order_by(ProviderAdjustment.number)
        )
    ]
    pad = build(era.id, era.total, eft.amount if differs and eft is not None else None, payments, adjustments)
    return put_in_batches(session, pad)


def bill_side(bill: Bill, patient: str) -> Told:
    """What a bill says to be verified by; its amount includes the Medicare parts (behaviour 3.3)."""
    owed = bill.original + bill.medicare_contractual + bill.medicare_unreimbursable
    return Told(patient, owed, bill.service_from, bill.service_to)


def eeob_side(eeob: Eeob) -> Told:
    """What an EEOB says to be verified by."""
    return Told(eeob.patient_name, eeob.charge, eeob.service_from, eeob.service_to)


def load(session: Session, era: Era, batch: int | None = None, entry: int | None = None) -> Pad:
    """The stored pad of an ERA, or only the entries of one batch, or only one entry; raises `Refused` without a pad."""
    if session.get(Scratchpad, era.id) is None:
        raise Refused(NO_PAD)
    log: dict[LineKey, list[LogEntry]] = {}
    for row in session.execute(
        select(*LineAdjustment.__table__.columns)
        .where(*_in_part(LineAdjustment, era.id, batch, entry))
        .order_by(LineAdjustment.entry, LineAdjustment.line, LineAdjustment.number)
    ):
        other = None if row.other_entry is None else LineKey(era.id, row.other_entry, row.other_line)
        log.setdefault(LineKey(era.id, row.entry, row.line), []).append(
            LogEntry(
                cause=row.cause,
                amount=row.amount,
                reference=row.reference,
                action=row.action,
                offset_needed=row.offset_needed,
                completed=row.completed,
                comment=row.comment,
                eeob_sequence=row.eeob_sequence,
                other=other,
                other_cause=row.other_cause,
                reversed_bill_id=row.reversed_bill_id,
            )
        )
    lines: dict[int, list[PadLine]] = {}
    for of_entry, number, claim, bill_id, payment, adjustments, comment in session.execute(
        select(
            ScratchpadLine.entry,
            ScratchpadLine.number,
            ScratchpadLine.claim,
            ScratchpadLine.bill_id,
            ScratchpadLine.payment,
            ScratchpadLine.adjustments,
            ScratchpadLine.comment,
        )
        .where(*_in_part(ScratchpadLine, era.id, batch, entry))
        .order_by(ScratchpadLine.entry, ScratchpadLine.number)
    ):
        at = LineKey(era.id, of_entry, number)
        line = PadLine(at, claim, bill_id, payment, adjustments, comment, tuple(log.get(at, ())))
        lines.setdefault(of_entry, []).append(line)
    entries = tuple(
        Entry(
            number,
            kind,
            claim,
            tuple(sequences.split(",")),
            adjustment_number,
            verified,
            tuple(lines.get(number, ())),
            of_batch,
        )
        for number, kind, claim, sequences, adjustment_number, verified, of_batch in session.execute(
            select(
                ScratchpadEntry.number,
                ScratchpadEntry.kind,
                ScratchpadEntry.claim,
                ScratchpadEntry.sequences,
                ScratchpadEntry.adjustment_number,
                ScratchpadEntry.verified,
                ScratchpadEntry.batch,
            )
            .where(
                ScratchpadEntry.era_id == era.id,
                *(() if entry is None else (ScratchpadEntry.number == entry,)),
            )
            .order_by(ScratchpadEntry.number)
        )
        if batch in (None, of_batch)
    )
    eft, differs = total_of(session, era)
    return Pad(era.id, eft.amount if differs and eft is not None else era.total, entries)


def _in_part(
    table: type[ScratchpadLine] | type[LineAdjustment], era_id: int, batch: int | None, entry: int | None
) -> Iterator[ColumnElement[bool]]:
    """What is true of the rows of a pad, or of one batch or entry of it."""
    yield table.era_id == era_id
    if entry is not None:
        yield table.entry == entry
    if batch is not None:
        yield table.entry.in_(
            select(ScratchpadEntry.number).where(
                ScratchpadEntry.era_id == era_id, ScratchpadEntry.batch == batch
            )
        )


def save_new(session: Session, pad: Pad) -> None:
    """Stores all entries, lines and logs of a freshly laid out pad."""
    if not pad.entries:
        return
    session.execute(insert(ScratchpadEntry), [_entry_row(pad.era_id, entry) for entry in pad.entries])
    session.execute(insert(ScratchpadLine), [_line_row(line) for _, line in pad.lines()])
    logs = [row for _, line in pad.lines() for row in _log_rows(line)]
    if logs:
        session.execute(insert(LineAdjustment), logs)


def save_changes(
    session: Session, by: Stamp, old: Pad, new: Pad, *, seen: int | None = None, batch: int | None = None
) -> None:
    """Stores the lines that changed, stamped with who and when.

    `seen` is the version, of the pad or of the batch, when the clerk opened it: newer work is never overwritten.
    """
    bump(session, new.era_id, seen, batch)
    before = {line.at: line for _, line in old.lines()}
    for _, line in new.lines():
        known = before.get(line.at)
        if known == line:
            continue
        edited = {"edited_by": by.user_id, "edited_at": by.at}
        if known is None:
            session.execute(insert(ScratchpadLine), [{**_line_row(line), **edited}])
        else:
            _forget_log(session, line)
            session.execute(
                update(ScratchpadLine)
                .where(
                    ScratchpadLine.era_id == line.at.era,
                    ScratchpadLine.entry == line.at.entry,
                    ScratchpadLine.number == line.at.line,
                )
                .values(**{**_line_row(line), **edited})
                .execution_options(synchronize_session=False)
            )
        if line.log:
            session.execute(insert(LineAdjustment), _log_rows(line))
    session.expire_all()


def bump(session: Session, era_id: int, seen: int | None, batch: int | None = None) -> None:
    """Marks the pad, or one batch of it, as changed; refuses when it is no longer the version that the clerk saw.

    What is changed in one batch lets the versions of the others be, so that nobody there is refused for it.
    """
    row = session.get_one(Scratchpad, era_id, populate_existing=True, with_for_update=LOCKED)
    refuse_changed(session, era_id, seen, batch)
    session.execute(
        update(Scratchpad)
        .where(Scratchpad.era_id == era_id)
        .values(version=Scratchpad.version + 1)
        .execution_options(synchronize_session=False)
    )
    raise_versions(session, era_id, batch)
    session.expire(row)


def refuse_changed(session: Session, era_id: int, seen: int | None, batch: int | None = None) -> None:
    """Refuses work on a pad, or on one batch of it, that is no longer the version that the clerk saw."""
    if seen is None:
        return
    whole = select(Scratchpad.version).where(Scratchpad.era_id == era_id)
    if seen != (session.scalar(whole) if batch is None else version_of(session, era_id, batch)):
        raise Refused(PAD_CHANGED)


def is_worked_on(session: Session, era_id: int) -> bool:
    """Whether a clerk has changed any line of a pad, noted something on it, or marked a batch as
    ready to post, since it was laid out.
    """
    edited = select(ScratchpadLine.number).where(
        ScratchpadLine.era_id == era_id, ScratchpadLine.edited_at.is_not(None)
    )
    noted = (select(table.entry).where(table.era_id == era_id) for table in _NOTES)
    return any_ready(session, era_id) or any(
        session.scalars(query.limit(1)).first() is not None for query in (edited, *noted)
    )


def has_negative(session: Session, era_id: int) -> bool:
    """Whether a line of a pad comes to less than nothing, so that it has still to be distributed."""
    below = select(ScratchpadLine.number).where(
        ScratchpadLine.era_id == era_id, ScratchpadLine.payment + ScratchpadLine.adjustments < ZERO
    )
    return session.scalars(below.limit(1)).first() is not None


def remove_lines(session: Session, era_id: int) -> None:
    """Deletes all entries, lines and logs of a pad with what is noted on them; the pad stays itself."""
    for table in (*_NOTES, LineAdjustment, ScratchpadLine, ScratchpadEntry):
        session.execute(
            delete(table).where(table.era_id == era_id).execution_options(synchronize_session=False)
        )
    session.expire_all()


def remove_pad(session: Session, era_id: int) -> None:
    """Deletes the pad of an ERA, and each user's order of its payments; the audit trail keeps what was done on it."""
    remove_lines(session, era_id)
    for table in (Batch, ScratchpadPreference, Scratchpad):
        session.execute(
            delete(table).where(table.era_id == era_id).execution_options(synchronize_session=False)
        )
    session.expire_all()


def mark_completed(session: Session, log: LogKey) -> None:
    """Notes that processing has done what one log entry asked for."""
    session.execute(_entry_of(log).values(completed=True))


def ask_to_raise(session: Session, log: LogKey, bill_id: int) -> None:
    """Lets a log entry ask processing to raise a reversed bill, though it takes nothing from another one."""
    session.execute(_entry_of(log).values(action=BackgroundAction.RAISE, reversed_bill_id=bill_id))


def _entry_of(log: LogKey) -> Update:
    return (
        update(LineAdjustment)
        .where(
            LineAdjustment.era_id == log.at.era,
            LineAdjustment.entry == log.at.entry,
            LineAdjustment.line == log.at.line,
            LineAdjustment.number == log.number,
        )
        .execution_options(synchronize_session=False)
    )


def give_up_decreases(session: Session, era_id: int) -> None:
    """Notes that the decreases asked for will not be made: the whole ERA went to suspense instead."""
    session.execute(
        update(LineAdjustment)
        .where(
            LineAdjustment.era_id == era_id,
            LineAdjustment.action.in_(PENDING),
            LineAdjustment.completed.is_(False),
        )
        .values(action=BackgroundAction.NONE, reversed_bill_id=None)
        .execution_options(synchronize_session=False)
    )


def _forget_log(session: Session, line: PadLine) -> None:
    session.execute(
        delete(LineAdjustment)
        .where(
            LineAdjustment.era_id == line.at.era,
            LineAdjustment.entry == line.at.entry,
            LineAdjustment.line == line.at.line,
        )
        .execution_options(synchronize_session=False)
    )


def _entry_row(era_id: int, entry: Entry) -> dict[str, object]:
    return {
        "era_id": era_id,
        "number": entry.number,
        "kind": entry.kind,
        "claim": entry.claim,
        "sequences": ",".join(entry.sequences),
        "adjustment_number": entry.adjustment_number,
        "verified": entry.verified,
        "batch": entry.batch,
    }


def _line_row(line: PadLine) -> dict[str, object]:
    return {
        "era_id": line.at.era,
        "entry": line.at.entry,
        "number": line.at.line,
        "claim": line.claim,
        "bill_id": line.bill_id,
        "payment": line.payment,
        "adjustments": line.adjustments,
        "comment": line.comment,
    }


def _log_rows(line: PadLine) -> list[dict[str, object]]:
    return [
        {
            "era_id": line.at.era,
            "entry": line.at.entry,
            "line": line.at.line,
            "number": number,
            "cause": logged.cause,
            "amount": logged.amount,
            "reference": logged.reference,
            "action": logged.action,
            "offset_needed": logged.offset_needed,
            "completed": logged.completed,
            "comment": logged.comment,
            "eeob_sequence": logged.eeob_sequence,
            "other_entry": None if logged.other is None else logged.other.entry,
            "other_line": None if logged.other is None else logged.other.line,
            "other_cause": logged.other_cause,
            "reversed_bill_id": logged.reversed_bill_id,
        }
        for number, logged in enumerate(line.log, start=1)
    ]
