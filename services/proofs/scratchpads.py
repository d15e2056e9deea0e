"""The proofs of the scratch pads: their sums, and that what was distributed is done as asked (behaviour 3.5, 3.7)."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from sqlalchemy import (
    ColumnElement,
    SQLColumnExpression,
    Subquery,
    and_,
    case,
    func,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from models.bills import Bill, BillTransaction
from models.efts import Eft
from models.eras import Eeob, Era, ProviderAdjustment
from models.money import Money, money_sum
from models.money_acts import MoneyAct
from models.receipts import Receipt
from models.scratchpads import LineAdjustment, Scratchpad, ScratchpadLine
from models.words.acts import Act
from models.words.bills import TransactionType
from models.words.movements import PAYMENTS
from models.words.receipts import ReceiptStatus
from models.words.remittances import EftMatchStatus
from models.words.scratchpad import PAYS, PENDING, RAISES, BackgroundAction, Cause
from services.findings import Finding
from services.proofs.bills import SOURCE
from services.proofs.rows import got, same_key, tell

_LOG = (LineAdjustment.era_id, LineAdjustment.entry, LineAdjustment.line, LineAdjustment.number)

#: Where a line is, by its key, as `LineKey` writes it.
_PLACE = "ERA {0} line {1}.{2:03d}"

_LINE = (ScratchpadLine.era_id, ScratchpadLine.entry, ScratchpadLine.number)


def pads(session: Session) -> Iterator[Finding]:
    """The nets of each pad come to the EEOBs and adjustments of its ERA, and to its EFT where that is of another total.

    Whatever was split or distributed. Of a balanced ERA they are the ERA's total, or the EFT's.
    """
    net = _sum_of(ScratchpadLine.payment + ScratchpadLine.adjustments, ScratchpadLine.era_id)
    paid, given = (
        _sum_of(Eeob.paid, Eeob.era_id),
        _sum_of(ProviderAdjustment.amount, ProviderAdjustment.era_id),
    )
    differs = Eft.match_status == EftMatchStatus.MATCHED_WITH_ERRORS
    over = func.coalesce(case((differs, Eft.amount - Era.total), else_=0), 0, type_=Money())
    due = type_coerce(paid + given + over, Money())
    query = select(Scratchpad.era_id, net, due).join(Era, Era.id == Scratchpad.era_id)
    query = query.outerjoin(Eft, Eft.era_id == Era.id).where(net != due)
    text = "The lines of its scratch pad come to {1:.2f}, what came to {2:.2f}."
    yield from tell(session, query, "pad-total", text, "ERA {0}")
    # The log of each line adds up to its adjustments.
    logged = select(money_sum(LineAdjustment.amount)).where(same_key(_LOG[:3], _LINE))
    lines = select(*_LINE, ScratchpadLine.adjustments, logged.scalar_subquery())
    yield from tell(
        session,
        lines.where(ScratchpadLine.adjustments != logged.scalar_subquery()),
        "pad-log",
        "Its adjustments are {3:.2f}, its log says {4:.2f}.",
        _PLACE,
    )
    # It names the receipt of its ERA: without it, it could be changed behind the receipt's back.
    named = select(Scratchpad.era_id, Receipt.number).outerjoin(Receipt, Receipt.era_id == Scratchpad.era_id)
    yield from tell(
        session,
        named.where(func.coalesce(Scratchpad.receipt_id, 0) != func.coalesce(Receipt.id, 0)),
        "pad-receipt",
        lambda _, number: (
            f"Its scratch pad does not name its receipt, {number}."
            if number
            else "Its scratch pad names a receipt that is not the ERA's."
        ),
        "ERA {0}",
    )


def _sum_of(amount: SQLColumnExpression[Decimal], of: InstrumentedAttribute[int]) -> ColumnElement[Decimal]:
    """What the rows of a scratch pad's ERA come to."""
    return select(money_sum(amount)).where(of == Scratchpad.era_id).scalar_subquery()


def decreases(session: Session) -> Iterator[Finding]:
    """What was taken from a bill's line for another one is done once, as its log entry asks: it decreases that bill.

    Or it pays it, and raises the bill that the payer reversed. Only where the ERA was moved to suspense it is
    given up. Nothing else is done on bills for a scratch pad.
    """
    action, completed, amount = LineAdjustment.action, LineAdjustment.completed, LineAdjustment.amount
    asked, taken = action.in_(PENDING), LineAdjustment.cause == Cause.TAKEN_FOR_OTHER
    of_bill, given_up = ScratchpadLine.bill_id.is_not(None), MoneyAct.key.is_not(None)
    source = aliased(ScratchpadLine)
    other = (LineAdjustment.era_id, LineAdjustment.other_entry, LineAdjustment.other_line)
    off = [
        and_(asked, or_(~taken, of_bill == (action == BackgroundAction.RAISE))),
        and_(taken, of_bill, ~asked, or_(~given_up, completed)),
        source.bill_id != LineAdjustment.reversed_bill_id,
        LineAdjustment.reversed_bill_id.is_not(None) != action.in_((*PAYS, *RAISES)),
    ]
    made: list[Subquery] = []
    for types, actions, bill, moved in (
        ((TransactionType.DECREASE,), (BackgroundAction.DECREASE,), ScratchpadLine.bill_id, amount),
        (PAYMENTS, PAYS, ScratchpadLine.bill_id, amount),
        ((TransactionType.RE_ESTABLISH,), RAISES, LineAdjustment.reversed_bill_id, -amount),
    ):
        found = _made(types)
        made.append(found)
        right = and_(found.c.count == 1, found.c.bill_id == bill, found.c.amount == moved)
        done = and_(action.in_(actions), completed)
        off += [and_(done, or_(found.c.count.is_(None), ~right)), and_(~done, found.c.count.is_not(None))]
    changed = type_coerce(got(made[0]) + got(made[1]) - got(made[2]), Money())
    query = select(*_LOG[:3], amount, completed, changed)
    query = query.join(ScratchpadLine, same_key(_LOG[:3], _LINE))
    query = query.outerjoin(source, same_key(other, (source.era_id, source.entry, source.number)))
    for found in made:
        query = query.outerjoin(found, same_key(_LOG, [found.c[part.key] for part in SOURCE]))
    suspended = and_(MoneyAct.key == Receipt.process_key, MoneyAct.act == Act.MOVED_TO_SUSPENSE)
    query = query.outerjoin(Receipt, Receipt.era_id == LineAdjustment.era_id).outerjoin(MoneyAct, suspended)
    yield from tell(
        session,
        query.where(or_(*off)),
        "pad-decrease",
        lambda _era, _entry, _line, amount, completed, changed: (
            f"Its {amount:.2f} is {'' if completed else 'not '}marked as made; bills were changed by "
            f"{changed:.2f} for it."
        ),
        _PLACE,
    )
    # What was done for a scratch pad is of its ERA's processed receipt, and a log entry there asks for it.
    # That of a receipt which was taken back went with it: the ERA may have another pad and another receipt.
    posted = and_(
        Receipt.id == BillTransaction.receipt_id,
        func.coalesce(Receipt.era_id, Receipt.returned_era_id) == BillTransaction.era_id,
        Receipt.status == ReceiptStatus.CLOSED,
    )
    strays = select(Bill.number, BillTransaction.id, BillTransaction.amount, BillTransaction.era_id)
    strays = strays.join(Bill, Bill.id == BillTransaction.bill_id).outerjoin(Receipt, posted)
    strays = strays.outerjoin(LineAdjustment, same_key(_LOG, SOURCE))
    yield from tell(
        session,
        strays.where(
            BillTransaction.era_id.is_not(None),
            or_(Receipt.id.is_(None), and_(LineAdjustment.number.is_(None), Receipt.reversed_at.is_(None))),
        ),
        "pad-decrease",
        "ERA {3}, its scratch pad or its receipt does not ask for the {2:.2f}.",
        "bill {0} transaction {1}",
    )


def _made(types: Sequence[TransactionType]) -> Subquery:
    """What was done on bills for each log entry of a scratch pad by transactions of these types."""
    return (
        select(
            *SOURCE,
            func.min(BillTransaction.bill_id).label("bill_id"),
            money_sum(BillTransaction.amount).label("amount"),
            func.count().label("count"),
        )
        .join(Receipt, and_(Receipt.id == BillTransaction.receipt_id, Receipt.reversed_at.is_(None)))
        .where(BillTransaction.era_id.is_not(None), BillTransaction.type.in_(types))
        .group_by(*SOURCE)
        .subquery()
    )
