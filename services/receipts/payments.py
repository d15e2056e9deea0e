"""What processing a receipt writes on bills and in the books: decreases and payments (behaviour 3.10, DESIGN 2.4).

All of it in the caller's transaction, of which `services.receipts.processing` is the whole: gates, deposit, document.
"""

import datetime
from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from models.bills import Bill, BillTransaction
from models.receipts import Receipt, ReceiptLine
from models.words.bills import BillStatus, TransactionType
from models.words.books import Account, JournalAct
from models.words.money import ZERO
from services.bills.charges import exempt_since, parts_of
from services.bills.receivables import PAYABLE, change_balance, set_status, transaction_row
from services.books.journal import Posting, credit, debit, enter
from services.errors import Refused
from services.office.actor import Actor
from services.office.clock import now
from services.receipts.gates import PendingDecrease, lines_of
from services.scratchpad import stored as pads


def lock_bills(session: Session, receipt: Receipt, decreases: Sequence[PendingDecrease]) -> None:
    """Locks the bills in the order of their numbers, so that two receipts never wait for each other."""
    wanted = {decrease.bill_id for decrease in decreases}
    wanted |= {line.bill_id for line in lines_of(session, receipt) if line.bill_id is not None}
    ordered = sorted(wanted)
    for start in range(0, len(ordered), 500):
        session.execute(
            select(Bill.id)
            .where(Bill.id.in_(ordered[start : start + 500]))
            .order_by(Bill.id)
            .with_for_update()
        ).all()
    session.expire_all()


def decrease_bill(
    session: Session, actor: Actor, receipt: Receipt, decrease: PendingDecrease, date: datetime.date
) -> None:
    """Makes one pending decrease: on the bill, in the books, and as completed on the scratch pad."""
    change_balance(session, decrease.bill_id, -decrease.amount)
    source = (decrease.era_id, decrease.entry, decrease.line, decrease.number)
    session.execute(
        insert(BillTransaction),
        [
            transaction_row(
                decrease.bill_id,
                TransactionType.DECREASE,
                date,
                -decrease.amount,
                actor,
                now(session),
                receipt=(receipt.id, None),
                source=source,
                comment=decrease.comment,
            )
        ],
    )
    enter(
        session,
        actor,
        JournalAct.PENDING_DECREASE,
        date,
        [
            debit(Account.RETRACTIONS, decrease.amount, receipt_id=receipt.id),
            credit(Account.RECEIVABLE, decrease.amount, bill_id=decrease.bill_id),
        ],
        receipt_id=receipt.id,
        cause="" if decrease.cause is None else decrease.cause.value,
        memo=f"ERA {decrease.era_id} line {decrease.entry}.{decrease.line:03d}",
    )
    pads.mark_completed(session, *source)
    if session.get_one(Bill, decrease.bill_id).balance == 0:
        set_status(session, decrease.bill_id, BillStatus.COLLECTED_CLOSED)


def pay_bills(session: Session, actor: Actor, receipt: Receipt, date: datetime.date) -> Decimal:
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
            _pay_line(session, actor, receipt, line)
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
            actor,
            JournalAct.RECEIPT_PROCESSED,
            date,
            [source, *postings],
            receipt_id=receipt.id,
            memo=f"receipt {receipt.number}",
        )
    return total


def _pay_line(session: Session, actor: Actor, receipt: Receipt, line: ReceiptLine) -> None:
    """Pays the bill of a line, without what interest and charges came after the payment."""
    assert line.bill_id is not None
    refuse_unpayable(session.get_one(Bill, line.bill_id))
    exempt_since(session, actor, line.bill_id, line.date, receipt_id=receipt.id)
    pay_bill(session, actor, receipt, line, line.bill_id, line.date)


def refuse_unpayable(bill: Bill) -> None:
    """Refuses a bill that is neither ACTIVE nor OPEN."""
    if bill.status not in PAYABLE:
        raise Refused(f"Bill not activated or open: {bill.number} IS {bill.status.value}")


def pay_bill(
    session: Session, actor: Actor, receipt: Receipt, line: ReceiptLine, bill_id: int, date: datetime.date
) -> None:
    """Pays a payable bill with a receipt line: marshal fee, court cost, admin, interest, then principal.

    Refuses more than the bill's balance; one that is paid in full is COLLECTED/CLOSED.
    """
    balance = session.get_one(Bill, bill_id).balance
    if line.amount > balance:
        raise Refused(
            f"Pending Payments of {line.amount:.2f} is greater than the balance of the bill {balance:.2f}"
        )
    paid = parts_of(session, bill_id).pay(line.amount)
    left = change_balance(session, bill_id, -line.amount)
    session.execute(
        insert(BillTransaction),
        [
            transaction_row(
                bill_id,
                TransactionType.PAYMENT_IN_PART if left else TransactionType.PAYMENT_IN_FULL,
                date,
                -line.amount,
                actor,
                now(session),
                interest=-paid.interest,
                admin_cost=-paid.admin_cost,
                marshal_fee=-paid.marshal_fee,
                court_cost=-paid.court_cost,
                receipt=(receipt.id, line.number),
            )
        ],
    )
    if not left:
        set_status(session, bill_id, BillStatus.COLLECTED_CLOSED)
