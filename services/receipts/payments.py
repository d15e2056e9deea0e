"""What processing a receipt writes on bills and in the books: decreases and payments (behaviour 3.10, DESIGN 2.4).

All of it in the caller's transaction, of which `services.receipts.processing` is the whole: gates, deposit, document.
"""

import datetime
from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy.orm import Session

from models.bills import Bill
from models.receipts import Receipt, ReceiptLine
from models.words.acts import Act
from models.words.bills import TransactionType
from models.words.books import Account
from models.words.money import ZERO
from services.bills.charges import exempt_since, parts_of
from services.bills.receivables import PAYABLE, lock
from services.books.journal import Posting, credit, debit, enter
from services.books.movements import Movement, Source, move
from services.errors import Refused
from services.office.stamp import Stamp
from services.receipts.gates import PendingChange, lines_of
from services.scratchpad import stored as pads


def lock_bills(session: Session, receipt: Receipt, changes: Sequence[PendingChange]) -> None:
    """Locks the bills in the order of their numbers, so that two receipts never wait for each other."""
    wanted = {bill_id for change in changes for bill_id in (change.lowers, change.raises)}
    wanted |= {line.bill_id for line in lines_of(session, receipt)}
    lock(session, filter(None, wanted))
    session.expire_all()


def change_bills(session: Session, by: Stamp, receipt: Receipt, changes: Sequence[PendingChange]) -> None:
    """Does what the scratch pad asks for: on the bills, in the books, and as completed on the pad.

    First the reversed bills are raised, so that what a reversal takes from its own bill is owed there by then.
    """
    for change in changes:
        if change.raises is not None:
            _move(session, by, receipt, change, change.raises, TransactionType.RE_ESTABLISH, change.amount)
    for change in changes:
        if change.lowers is not None and change.pays:
            source = Source(receipt.id, log=change.log)
            pay_bill(session, by, change.lowers, change.amount, source, Account.RETRACTIONS)
        elif change.lowers is not None:
            _move(session, by, receipt, change, change.lowers, TransactionType.DECREASE, -change.amount)
        pads.mark_completed(session, change.log)


def _move(
    session: Session,
    by: Stamp,
    receipt: Receipt,
    change: PendingChange,
    bill_id: int,
    type: TransactionType,
    amount: Decimal,
) -> None:
    movement = Movement(bill_id, type, amount, Source(receipt.id, log=change.log), comment=change.comment)
    cause = "" if change.cause is None else change.cause.value
    move(session, by, movement, Account.RETRACTIONS, cause=cause, memo=str(change.log.at))


def pay_bills(session: Session, by: Stamp, receipt: Receipt) -> Decimal:
    """Posts each line in order and enters them in the books as one entry; gives their total."""
    by_eft = receipt.eft_id is not None
    postings: list[Posting] = []
    total = ZERO
    for line in lines_of(session, receipt):
        if not line.amount:
            continue
        total += line.amount
        if line.bill_id is None:
            postings.append(
                credit(Account.SUSPENSE, line.amount, receipt_id=receipt.id, receipt_line=line.number)
            )
        else:
            _pay_line(session, by, receipt, line)
            postings.append(
                credit(
                    Account.RECEIVABLE,
                    line.amount,
                    bill_id=line.bill_id,
                    receipt_id=receipt.id,
                    receipt_line=line.number,
                )
            )
        line = session.get_one(ReceiptLine, (receipt.id, line.number))
        line.processed = line.amount
    session.flush()
    if total:
        source = (
            debit(Account.UNAPPLIED, total, eft_id=receipt.eft_id) if by_eft else debit(Account.CASH, total)
        )
        enter(
            session,
            by,
            Act.RECEIPT_PROCESSED,
            [source, *postings],
            receipt_id=receipt.id,
            memo=f"receipt {receipt.number}",
        )
    return total


def _pay_line(session: Session, by: Stamp, receipt: Receipt, line: ReceiptLine) -> None:
    """Pays the bill of a line, without what interest and charges came after the payment."""
    assert line.bill_id is not None
    refuse_unpayable(session.get_one(Bill, line.bill_id))
    exempt_since(session, by, line.bill_id, line.date, receipt_id=receipt.id)
    pay_bill(session, by, line.bill_id, line.amount, Source(receipt.id, line.number), None, date=line.date)


def refuse_unpayable(bill: Bill) -> None:
    """Refuses a bill that is neither ACTIVE nor OPEN."""
    if bill.status not in PAYABLE:
        raise Refused(f"Bill not activated or open: {bill.number} IS {bill.status.value}")


def pay_bill(
    session: Session,
    by: Stamp,
    bill_id: int,
    amount: Decimal,
    source: Source,
    against: Account | None,
    *,
    date: datetime.date | None = None,
) -> None:
    """Pays a payable bill: marshal fee, court cost, admin, interest, then principal.

    `against` is the account that the money comes out of; None when the caller enters all of a receipt at once.
    Refuses more than the bill's balance.
    """
    balance = session.get_one(Bill, bill_id).balance
    if amount > balance:
        raise Refused(
            f"Pending Payments of {amount:.2f} is greater than the balance of the bill {balance:.2f}"
        )
    paid = parts_of(session, bill_id).pay(amount)
    payment = Movement(
        bill_id,
        TransactionType.PAYMENT_IN_PART,
        -amount,
        source,
        date,
        interest=-paid.interest,
        admin_cost=-paid.admin_cost,
        marshal_fee=-paid.marshal_fee,
        court_cost=-paid.court_cost,
    )
    move(session, by, payment, against)
