"""The proofs of the scratch pads: they come to what their ERA brought, and each log to its line (behaviour 3.5)."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Result, SQLColumnExpression, and_, case, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from models.efts import Eft
from models.eras import Eeob, Era, ProviderAdjustment
from models.money import Money, money_sum
from models.receipts import Receipt
from models.scratchpads import LineAdjustment, Scratchpad, ScratchpadLine
from models.words.remittances import EftMatchStatus
from services.findings import Finding


def pads(session: Session) -> Iterator[Finding]:
    """The nets of each pad come to the EEOBs and adjustments of its ERA, and to its EFT where that is of another total.

    Whatever was split or distributed. Of a balanced ERA they are the ERA's total, or the EFT's.
    """
    net = _sum_of(ScratchpadLine.payment + ScratchpadLine.adjustments, ScratchpadLine.era_id)
    paid = _sum_of(Eeob.paid, Eeob.era_id)
    given = _sum_of(ProviderAdjustment.amount, ProviderAdjustment.era_id)
    differs = Eft.match_status == EftMatchStatus.MATCHED_WITH_ERRORS
    over = case((differs, Eft.amount - Era.total), else_=0)
    due = paid + given + func.coalesce(over, 0, type_=Money())
    rows = session.execute(
        select(Scratchpad.era_id, net, due.label("due"))
        .join(Era, Era.id == Scratchpad.era_id)
        .outerjoin(Eft, Eft.era_id == Era.id)
        .where(net != due)
        .order_by(Scratchpad.era_id)
    )
    for era_id, total, expected in rows:
        yield Finding(
            "pad-total",
            f"The lines of its scratch pad come to {total:.2f}, what came to {expected:.2f}.",
            f"ERA {era_id}",
        )
    yield from _logs(session)
    yield from _receipts(session)


def _receipts(session: Session) -> Iterator[Finding]:
    """A scratch pad names the receipt of its ERA: without it, it could be changed behind the receipt's back."""
    nothing = literal(0)
    rows: Result[Any, Any] = session.execute(
        select(Scratchpad.era_id, Receipt.number)
        .outerjoin(Receipt, Receipt.era_id == Scratchpad.era_id)
        .where(func.coalesce(Scratchpad.receipt_id, nothing) != func.coalesce(Receipt.id, nothing))
        .order_by(Scratchpad.era_id)
    )
    for era_id, number in rows:
        yield Finding(
            "pad-receipt",
            f"Its scratch pad does not name its receipt, {number}."
            if number
            else "Its scratch pad names a receipt that is not the ERA's.",
            f"ERA {era_id}",
        )


def _sum_of(amount: SQLColumnExpression[Decimal], of: InstrumentedAttribute[int]) -> ColumnElement[Decimal]:
    return select(money_sum(amount)).where(of == Scratchpad.era_id).scalar_subquery()


def _logs(session: Session) -> Iterator[Finding]:
    """The log of each line adds up to its adjustments."""
    logged = (
        select(money_sum(LineAdjustment.amount))
        .where(
            and_(
                LineAdjustment.era_id == ScratchpadLine.era_id,
                LineAdjustment.entry == ScratchpadLine.entry,
                LineAdjustment.line == ScratchpadLine.number,
            )
        )
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            ScratchpadLine.era_id,
            ScratchpadLine.entry,
            ScratchpadLine.number,
            ScratchpadLine.adjustments,
            logged,
        )
        .where(ScratchpadLine.adjustments != logged)
        .order_by(ScratchpadLine.era_id, ScratchpadLine.entry, ScratchpadLine.number)
    )
    for era_id, entry, number, adjustments, told in rows:
        yield Finding(
            "pad-log",
            f"Its adjustments are {adjustments:.2f}, its log says {told:.2f}.",
            f"ERA {era_id} line {entry}.{number:03d}",
        )
