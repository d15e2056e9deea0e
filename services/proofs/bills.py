"""The proofs of the bills' transactions: each is of its kind, and decreases are those the scratch pads ask for."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Result, and_, func, or_, select
from sqlalchemy.orm import Session

from models.bills import Bill, BillTransaction
from models.journal import MoneyAct
from models.money import Money, money_sum
from models.receipts import Receipt
from models.scratchpads import LineAdjustment, ScratchpadLine
from models.words.bills import TransactionType
from models.words.money import ZERO
from models.words.receipts import ReceiptStatus
from models.words.scratchpad import BackgroundAction, Cause
from services.findings import Finding

_PAYMENTS = (TransactionType.PAYMENT_IN_PART, TransactionType.PAYMENT_IN_FULL)

_MORE_OWED = (
    TransactionType.ORIGINAL,
    TransactionType.INCREASE,
    TransactionType.PAYMENT_REVERSED,
    TransactionType.ADMIN_CHARGE,
    TransactionType.INTEREST_CHARGE,
    TransactionType.RE_ESTABLISH,
)

#: What names the log entry of a scratch pad in a transaction.
_SOURCE = (
    BillTransaction.era_id,
    BillTransaction.entry,
    BillTransaction.line,
    BillTransaction.adjustment,
)

# An outer join may find nothing, which the types of its columns do not say.
_Rows = Result[*tuple[Any, ...]]


def transactions(session: Session) -> Iterator[Finding]:
    """Each transaction moves its bill as its kind does, and names the receipt and scratch pad that its kind has.

    A payment is of a receipt's line, an exemption of a receipt, a decrease of a receipt and a scratch pad or
    made by hand; all others are of neither.
    """
    kind, amount = BillTransaction.type, BillTransaction.amount
    of_receipt, of_line = BillTransaction.receipt_id.is_not(None), BillTransaction.receipt_line.is_not(None)
    of_pad, of_no_pad = _all(column.is_not(None) for column in _SOURCE), _all(c.is_(None) for c in _SOURCE)
    by_hand = and_(~of_receipt, ~of_line, of_no_pad)
    sound = or_(
        and_(kind.in_(_MORE_OWED), amount > ZERO, by_hand),
        and_(kind.in_(_PAYMENTS), amount < ZERO, of_receipt, of_line, of_no_pad),
        and_(kind == TransactionType.EXEMPT, amount < ZERO, of_receipt, ~of_line, of_no_pad),
        and_(
            kind == TransactionType.DECREASE, amount < ZERO, or_(by_hand, and_(of_receipt, ~of_line, of_pad))
        ),
        and_(kind == TransactionType.COMMENT, amount == ZERO),
    )
    rows = session.execute(
        select(Bill.number, BillTransaction.id, kind, amount)
        .join(Bill, Bill.id == BillTransaction.bill_id)
        .where(~sound)
        .order_by(BillTransaction.id)
    )
    for number, transaction_id, said, moved in rows:
        yield Finding(
            "transaction-kind",
            f"No {said.value} of {moved:.2f} is made so, with the receipt and scratch pad that it names.",
            f"bill {number} transaction {transaction_id}",
        )
    yield from _paid_in_full(session)


def _paid_in_full(session: Session) -> Iterator[Finding]:
    """A payment is IN FULL exactly when nothing was owed after it."""
    left = func.sum(BillTransaction.amount, type_=Money()).over(
        partition_by=BillTransaction.bill_id, order_by=BillTransaction.id
    )
    each = select(
        BillTransaction.id, BillTransaction.bill_id, BillTransaction.type, left.label("owed")
    ).subquery()
    in_full = each.c.type == TransactionType.PAYMENT_IN_FULL
    rows = session.execute(
        select(Bill.number, each.c.id, each.c.type, each.c.owed)
        .join(Bill, Bill.id == each.c.bill_id)
        .where(each.c.type.in_(_PAYMENTS), in_full != (each.c.owed == ZERO))
        .order_by(each.c.id)
    )
    for number, transaction_id, kind, owed in rows:
        yield Finding(
            "transaction-kind",
            f"It is {kind.value}, but {owed:.2f} was owed after it.",
            f"bill {number} transaction {transaction_id}",
        )


def decreases(session: Session) -> Iterator[Finding]:
    """What was taken from a bill's line for another one asks for a decrease, which is made once, as it was asked.

    Only where the ERA was moved to suspense the decrease is given up.
    """
    made = (
        select(
            *_SOURCE,
            func.min(BillTransaction.bill_id).label("bill_id"),
            money_sum(BillTransaction.amount).label("amount"),
            func.count().label("count"),
        )
        .where(BillTransaction.era_id.is_not(None))
        .group_by(*_SOURCE)
        .subquery()
    )
    asked = LineAdjustment.action == BackgroundAction.DECREASE
    taken = and_(LineAdjustment.cause == Cause.TAKEN_FOR_OTHER, ScratchpadLine.bill_id.is_not(None))
    done = and_(
        made.c.count == 1,
        made.c.bill_id == ScratchpadLine.bill_id,
        made.c.amount == LineAdjustment.amount,
    )
    not_made = made.c.count.is_(None)
    rows: _Rows = session.execute(
        select(
            LineAdjustment.era_id,
            LineAdjustment.entry,
            LineAdjustment.line,
            LineAdjustment.amount,
            LineAdjustment.completed,
            func.coalesce(made.c.amount, 0, type_=Money()),
        )
        .join(
            ScratchpadLine,
            and_(
                ScratchpadLine.era_id == LineAdjustment.era_id,
                ScratchpadLine.entry == LineAdjustment.entry,
                ScratchpadLine.number == LineAdjustment.line,
            ),
        )
        .outerjoin(
            made,
            and_(
                made.c.era_id == LineAdjustment.era_id,
                made.c.entry == LineAdjustment.entry,
                made.c.line == LineAdjustment.line,
                made.c.adjustment == LineAdjustment.number,
            ),
        )
        .outerjoin(Receipt, Receipt.era_id == LineAdjustment.era_id)
        .outerjoin(
            MoneyAct, and_(MoneyAct.key == Receipt.process_key, MoneyAct.act == "ERA moved to suspense")
        )
        .where(
            or_(
                and_(asked, ~taken),
                and_(asked, LineAdjustment.completed.is_(True), or_(not_made, ~done)),
                and_(or_(~asked, LineAdjustment.completed.is_(False)), ~not_made),
                and_(taken, ~asked, or_(MoneyAct.key.is_(None), LineAdjustment.completed.is_(True))),
            )
        )
        .order_by(LineAdjustment.era_id, LineAdjustment.entry, LineAdjustment.line, LineAdjustment.number)
    )
    for era_id, entry, line, amount, completed, decreased in rows:
        yield Finding(
            "pad-decrease",
            f"Its {amount:.2f} is {'' if completed else 'not '}marked as made; bills were changed by "
            f"{decreased:.2f} for it.",
            f"ERA {era_id} line {entry}.{line:03d}",
        )
    yield from _unasked(session)


def _unasked(session: Session) -> Iterator[Finding]:
    """A decrease of a scratch pad is made by its ERA's processed receipt, and a log entry there asks for it."""
    rows: _Rows = session.execute(
        select(Bill.number, BillTransaction.id, BillTransaction.amount, BillTransaction.era_id)
        .join(Bill, Bill.id == BillTransaction.bill_id)
        .outerjoin(
            LineAdjustment,
            and_(
                LineAdjustment.era_id == BillTransaction.era_id,
                LineAdjustment.entry == BillTransaction.entry,
                LineAdjustment.line == BillTransaction.line,
                LineAdjustment.number == BillTransaction.adjustment,
            ),
        )
        .outerjoin(
            Receipt,
            and_(
                Receipt.id == BillTransaction.receipt_id,
                Receipt.era_id == BillTransaction.era_id,
                Receipt.status == ReceiptStatus.CLOSED,
            ),
        )
        .where(
            BillTransaction.era_id.is_not(None), or_(LineAdjustment.number.is_(None), Receipt.id.is_(None))
        )
        .order_by(BillTransaction.id)
    )
    for number, transaction_id, amount, era_id in rows:
        yield Finding(
            "pad-decrease",
            f"ERA {era_id}, its scratch pad or its receipt does not ask for the {amount:.2f}.",
            f"bill {number} transaction {transaction_id}",
        )


def _all(conditions: Iterator[ColumnElement[bool]]) -> ColumnElement[bool]:
    return and_(*conditions)
