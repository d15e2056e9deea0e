"""Moving what a bill owes: its balance, its transaction and its entry in the books, always together (DESIGN 2.4).

Whatever takes the last cent closes the bill. No other module writes a bill's balance or a transaction, and
each kind moves as `models.words.movements` says; the proofs read the same table.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import CursorResult, bindparam, insert, select, update
from sqlalchemy.orm import Session

from models.bills import Bill, BillTransaction
from models.bulk import insert_all
from models.money import Money
from models.words.acts import Act
from models.words.bills import BillStatus, TransactionType
from models.words.books import Account
from models.words.money import ZERO
from models.words.movements import KINDS, PAYMENTS, Kind, Of
from models.words.scratchpad import LogKey
from services.books.journal import credit, debit, enter, enter_many
from services.errors import Refused
from services.office.stamp import Stamp

#: Statuses out of which a bill comes when something is owed on it again.
_CLOSED = (BillStatus.COLLECTED_CLOSED, BillStatus.WRITE_OFF)


@dataclass(frozen=True, slots=True)
class Source:
    """What a transaction comes from: nothing but a person's hand, a receipt, its line, or a scratch pad's log."""

    receipt_id: int | None = None
    line: int | None = None
    log: LogKey | None = None

    @property
    def of(self) -> Of:
        """Which of these it is; a log entry without a receipt, or with a line, is none."""
        if self.log is not None:
            return Of.PAD
        if self.line is not None:
            return Of.LINE
        return Of.HAND if self.receipt_id is None else Of.RECEIPT


BY_HAND = Source()


@dataclass(frozen=True, slots=True)
class Movement:
    """One movement of a bill by a signed amount: positive when more is owed.

    What of the amount is not interest, administrative cost, marshal fee or court cost is principal. `date` is
    the transaction's, the business date of the act unless it is given; the entry is of the act's date.
    """

    bill_id: int
    type: TransactionType
    amount: Decimal
    source: Source = BY_HAND
    date: datetime.date | None = None
    interest: Decimal = ZERO
    admin_cost: Decimal = ZERO
    marshal_fee: Decimal = ZERO
    court_cost: Decimal = ZERO
    contractual: bool = False
    comment: str = ""


def move(
    session: Session,
    by: Stamp,
    movement: Movement,
    against: Account | None,
    *,
    cause: str = "",
    memo: str = "",
) -> Decimal:
    """Moves a bill and gives what is owed then; refuses to let the balance fall below zero.

    `against` is the account at the other side of the entry. Without it the movement is part of a larger entry,
    which the caller makes in the same act.
    """
    by.refuse_done()
    kind = _kind_of(movement)
    left = _change_balance(session, movement.bill_id, movement.amount)
    if movement.type in PAYMENTS:
        paid = TransactionType.PAYMENT_IN_PART if left else TransactionType.PAYMENT_IN_FULL
        movement = replace(movement, type=paid)
    session.execute(insert(BillTransaction), [_row(by, movement)])
    if against is not None:
        _enter(session, by, kind, movement, against, cause, memo)
    _settle_status(session, by, movement, left)
    return left


def open_bills(session: Session, by: Stamp, amounts: Sequence[tuple[int, Decimal]], against: Account) -> None:
    """Makes bills receivables, each with its amount as balance; a bill of nothing has no transaction and no entry."""
    by.refuse_done()
    session.connection().execute(
        _MADE_ACTIVE, [{"bill_id": bill_id, "amount": amount, "date": by.date} for bill_id, amount in amounts]
    )
    moved = [Movement(bill_id, TransactionType.ORIGINAL, amount) for bill_id, amount in amounts if amount]
    for movement in moved:
        _kind_of(movement)
    insert_all(session, BillTransaction, [_row(by, movement) for movement in moved])
    enter_many(
        session,
        by,
        Act.BILL_ACTIVE,
        [
            (
                debit(Account.RECEIVABLE, movement.amount, bill_id=movement.bill_id),
                credit(against, movement.amount),
            )
            for movement in moved
        ],
    )


def _kind_of(movement: Movement) -> Kind:
    """The kind of a movement; one that there is not, or that goes the other way, is a defect and stops the act."""
    kind = KINDS.get((movement.type, movement.source.of))
    way = (movement.amount > ZERO) - (movement.amount < ZERO)
    if kind is None or kind.sign not in (None, way):
        raise AssertionError(
            f"no {movement.type.value} of {movement.amount} is of {movement.source.of.value}"
        )
    return kind


def _change_balance(session: Session, bill_id: int, amount: Decimal) -> Decimal:
    changed: CursorResult[tuple[()]] = session.execute(  # type: ignore[assignment]  # an UPDATE
        update(Bill)
        .where(Bill.id == bill_id, Bill.balance + amount >= ZERO)
        .values(balance=Bill.balance + amount, version=Bill.version + 1)
        .execution_options(synchronize_session=False)
    )
    if changed.rowcount != 1:
        number = session.scalar(select(Bill.number).where(Bill.id == bill_id))
        raise Refused(f"THE BALANCE OF BILL {number} WOULD FALL BELOW ZERO")
    return session.get_one(Bill, bill_id, populate_existing=True).balance


def _enter(
    session: Session,
    by: Stamp,
    kind: Kind,
    movement: Movement,
    against: Account,
    cause: str,
    memo: str,
) -> None:
    """Enters a movement in the books: under the act itself, or the only word that the journal has for its kind."""
    act = by.act if by.act in kind.against else next(iter(kind.against))
    size, source = abs(movement.amount), movement.source
    more = movement.amount > ZERO
    owed = (debit if more else credit)(Account.RECEIVABLE, size, bill_id=movement.bill_id)
    other = (credit if more else debit)(against, size, receipt_id=source.receipt_id, receipt_line=source.line)
    enter(
        session,
        by,
        act,
        (owed, other) if more else (other, owed),
        receipt_id=source.receipt_id,
        cause=cause,
        memo=memo,
    )


def _settle_status(session: Session, by: Stamp, movement: Movement, left: Decimal) -> None:
    """Closes a bill of which the last cent was taken, and opens a closed one on which something is owed again."""
    status = session.get_one(Bill, movement.bill_id).status
    if movement.amount < ZERO and not left:
        _set_status(session, by, movement.bill_id, BillStatus.COLLECTED_CLOSED)
    elif movement.amount > ZERO and status in _CLOSED:
        _set_status(session, by, movement.bill_id, BillStatus.ACTIVE)


def _set_status(session: Session, by: Stamp, bill_id: int, status: BillStatus) -> None:
    session.execute(
        update(Bill)
        .where(Bill.id == bill_id)
        .values(status=status, status_date=by.date)
        .execution_options(synchronize_session=False)
    )
    session.get_one(Bill, bill_id, populate_existing=True)


_MADE_ACTIVE = (
    update(Bill)
    .where(Bill.id == bindparam("bill_id"))
    .values(
        status=BillStatus.ACTIVE,
        balance=bindparam("amount", type_=Money()),
        status_date=bindparam("date"),
        version=Bill.version + 1,
    )
)


def _row(by: Stamp, movement: Movement) -> dict[str, object]:
    """The transaction for the store."""
    source = movement.source
    era, entry, line = (None, None, None) if source.log is None else source.log.at
    others = movement.interest + movement.admin_cost + movement.marshal_fee + movement.court_cost
    return {
        "bill_id": movement.bill_id,
        "type": movement.type,
        "date": movement.date or by.date,
        "amount": movement.amount,
        "principal": movement.amount - others,
        "interest": movement.interest,
        "admin_cost": movement.admin_cost,
        "marshal_fee": movement.marshal_fee,
        "court_cost": movement.court_cost,
        "contractual": movement.contractual,
        "receipt_id": source.receipt_id,
        "receipt_line": source.line,
        "era_id": era,
        "entry": entry,
        "line": line,
        "adjustment": None if source.log is None else source.log.number,
        "comment": movement.comment,
        "user_id": by.user_id,
        "recorded_at": by.at,
    }
