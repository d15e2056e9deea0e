"""A payer's reversal of an earlier payment: the bill that it reverses may bear it, not a stranger's (behaviour 8).

In VistA a take-back is always written off another payment's bill. But the payer has only taken back what it had
paid on one bill: when a person says so, that bill is raised again by the amount (1200 against 4150), and the other
one is paid with it in full (4150 against 1200). The reversal may come in one ERA with a provider adjustment (PLB)
that keeps it from taking money, and be collected in a later one by a PLB of the same reference (X12 RFI 227).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, select
from sqlalchemy.orm import Session, aliased

from models.bills import Bill
from models.eras import Era
from models.receipts import Receipt
from models.scratchpads import LineAdjustment, ScratchpadLine
from models.words.money import ZERO
from models.words.receipts import ReceiptStatus
from models.words.scratchpad import PAYS, BackgroundAction, Cause, LineKey, LogKey
from services.bills.adjustments import most_again
from services.bills.receivables import show_number
from services.office.clock import site_of
from services.scratchpad.distribution import Reversal
from services.scratchpad.pad import Pad


@dataclass(frozen=True, slots=True)
class Unborne:
    """A reversal that a provider adjustment of its ERA offsets, so that no bill bears it; `logs` are its entries."""

    bill_id: int
    number: str
    account: str
    amount: Decimal
    logs: tuple[LogKey, ...]


def reversal_behind(
    session: Session, pad: Pad, source: LineKey, target: LineKey, amount: Decimal
) -> Reversal | None:
    """The bill that may bear this amount of the source's take-back, so that the target's is paid and not decreased.

    None when the target is no bill's line, when it is not known what was reversed, or when so much has not been
    taken off that bill.
    """
    source_entry, line = pad.find(source)
    if pad.find(target)[1].bill_id is None:
        return None
    if not source_entry.era_level:
        reversing = any(logged.cause is Cause.RETRACTION_CLAIM for logged in line.log)
        return _find_raised(session, line.bill_id, amount) if reversing else None
    reference = next((one.reference for one in line.log if one.cause is Cause.RETRACTION_ERA), "")
    return _find_collected(session, pad.era_id, reference, amount) if reference else None


def unborne(session: Session, era_id: int) -> tuple[Unborne, ...]:
    """The reversals of an ERA that only a provider adjustment offsets, and whose bill could be raised."""
    found: dict[int, list[tuple[LogKey, Decimal]]] = {}
    rows = session.execute(
        select(LineAdjustment, ScratchpadLine.bill_id)
        .join(ScratchpadLine, _SOURCE_OF)
        .where(
            LineAdjustment.era_id == era_id,
            LineAdjustment.cause == Cause.TAKEN_FOR_OTHER,
            LineAdjustment.other_cause == Cause.RETRACTION_CLAIM,
            LineAdjustment.action == BackgroundAction.NONE,
            ScratchpadLine.bill_id.is_not(None),
        )
        .order_by(LineAdjustment.entry, LineAdjustment.line, LineAdjustment.number)
    )
    for logged, bill_id in rows:
        assert bill_id is not None
        log = LogKey(LineKey(era_id, logged.entry, logged.line), logged.number)
        found.setdefault(bill_id, []).append((log, -logged.amount))
    raised = []
    for bill_id, entries in found.items():
        amount = sum((part for _, part in entries), ZERO)
        bill = _find_raised(session, bill_id, amount)
        if bill is not None:
            logs = tuple(log for log, _ in entries)
            raised.append(Unborne(bill_id, bill.number, bill.account, amount, logs))
    return tuple(raised)


def _find_raised(session: Session, bill_id: int | None, amount: Decimal) -> Reversal | None:
    bill = None if bill_id is None else session.get(Bill, bill_id)
    if bill is None or most_again(session, bill) < amount:
        return None
    return Reversal(bill.id, bill.number, show_number(bill.number, site_of(session).station), amount)


def _find_collected(session: Session, era_id: int, reference: str, amount: Decimal) -> Reversal | None:
    """The bill whose reversal an earlier PLB of this reference kept from taking money, which this one takes."""
    payer = session.get_one(Era, era_id).payer_key
    waiting: dict[int, Decimal] = {}
    raised: dict[int, Decimal] = {}
    for bill_id, advanced, was_raised in _list_advanced(session, payer, reference):
        sums = raised if was_raised else waiting
        sums[bill_id] = sums.get(bill_id, ZERO) + advanced
    for bill_id, taken, was_raised in _list_taken(session, payer, reference):
        sums = raised if was_raised else waiting
        sums[bill_id] = sums.get(bill_id, ZERO) - taken
    station = site_of(session).station
    for sums, action in ((waiting, BackgroundAction.MOVE), (raised, BackgroundAction.PAY)):
        for bill_id, left in sums.items():
            bill = session.get_one(Bill, bill_id)
            possible = action is BackgroundAction.PAY or most_again(session, bill) >= amount
            if left >= amount and possible:
                return Reversal(
                    bill_id, bill.number, show_number(bill.number, station), amount, action, collected=True
                )
    return None


#: The line that something was taken for, by the log entry of the line that it was taken from.
_SOURCE_OF = and_(
    ScratchpadLine.era_id == LineAdjustment.era_id,
    ScratchpadLine.entry == LineAdjustment.other_entry,
    ScratchpadLine.number == LineAdjustment.other_line,
)


def _same_line(
    plb: type[LineAdjustment], entry: SQLColumnExpression[Any], line: SQLColumnExpression[Any]
) -> ColumnElement[bool]:
    """Whether a log entry is that of the line with these numbers on the same scratch pad."""
    return and_(plb.era_id == LineAdjustment.era_id, plb.entry == entry, plb.line == line)


def _list_advanced(session: Session, payer: str, reference: str) -> Iterator[tuple[int, Decimal, bool]]:
    """Of each posted reversal that a PLB of this reference offset: its bill, the amount, whether it was raised."""
    plb = aliased(LineAdjustment)
    rows = session.execute(
        select(ScratchpadLine.bill_id, LineAdjustment.amount, LineAdjustment.action)
        .join(ScratchpadLine, _SOURCE_OF)
        .join(plb, _same_line(plb, LineAdjustment.entry, LineAdjustment.line))
        .join(Era, Era.id == LineAdjustment.era_id)
        .join(Receipt, Receipt.era_id == Era.id)
        .where(
            Era.payer_key == payer,
            plb.cause == Cause.PAYMENT_ERA,
            plb.reference == reference,
            LineAdjustment.cause == Cause.TAKEN_FOR_OTHER,
            LineAdjustment.other_cause == Cause.RETRACTION_CLAIM,
            ScratchpadLine.bill_id.is_not(None),
            Receipt.status == ReceiptStatus.CLOSED,
            Receipt.reversed_at.is_(None),
        )
        .order_by(LineAdjustment.era_id, LineAdjustment.entry, LineAdjustment.line, LineAdjustment.number)
    )
    for bill_id, amount, action in rows:
        assert bill_id is not None
        yield bill_id, -amount, action is BackgroundAction.RAISE


def _list_taken(session: Session, payer: str, reference: str) -> Iterator[tuple[int, Decimal, bool]]:
    """What PLBs of this reference have taken already: for which bill, how much, whether it had been raised before."""
    plb = aliased(LineAdjustment)
    rows = session.execute(
        select(LineAdjustment.reversed_bill_id, LineAdjustment.amount, LineAdjustment.action)
        .join(plb, _same_line(plb, LineAdjustment.other_entry, LineAdjustment.other_line))
        .join(Era, Era.id == LineAdjustment.era_id)
        .outerjoin(Receipt, Receipt.era_id == Era.id)
        .where(
            Era.payer_key == payer,
            plb.cause == Cause.RETRACTION_ERA,
            plb.reference == reference,
            LineAdjustment.action.in_(PAYS),
            Receipt.reversed_at.is_(None),
        )
    )
    for bill_id, amount, action in rows:
        assert bill_id is not None
        yield bill_id, -amount, action is BackgroundAction.PAY
