"""Adjust (Inc/Dec) and Re-establish Bill: changing what a bill owes by hand (behaviour 1.1.9, DESIGN 2.4)."""

from decimal import Decimal

from sqlalchemy import insert
from sqlalchemy.orm import Session

from models.bills import Bill, BillTransaction
from models.words.bills import BillStatus, TransactionType
from models.words.books import Account, JournalAct
from models.words.keys import SecurityKey
from services.bills.charges import parts_of
from services.bills.receivables import PAYABLE, change_balance, set_status, transaction_row
from services.books.journal import credit, debit, enter
from services.errors import Refused
from services.office import audit
from services.office.actor import Actor, require
from services.office.clock import now, today
from services.office.once import already_done, mark_done

#: The largest increase adjustment.
LARGEST_INCREASE = Decimal("9999999.99")


def adjust(
    session: Session,
    actor: Actor,
    key: str,
    bill_id: int,
    amount: Decimal,
    *,
    increase: bool,
    contractual: bool,
    comment: str,
) -> None:
    """Decreases a bill's principal by .01 to all of it, or increases it; needs the key PRCADJ.

    `key` is the idempotency key of this one adjustment: a second try with it does nothing.
    """
    require(actor, SecurityKey.ADJUST)
    bill = session.get_one(Bill, bill_id, with_for_update=True)
    if already_done(session, key) is not None:
        return
    if bill.status not in PAYABLE:
        raise Refused(f"BILL {bill.number} IS {bill.status.value}")
    most = LARGEST_INCREASE if increase else parts_of(session, bill_id).principal
    if not increase and most <= 0:
        raise Refused("This bill has NO PRINCIPAL BALANCE to decrease")
    if not Decimal("0.01") <= amount <= most:
        raise Refused(f"AN ADJUSTMENT IS BETWEEN .01 AND {most:.2f}")
    mark_done(session, actor, key, "adjustment", bill.number)
    signed = amount if increase else -amount
    left = change_balance(session, bill_id, signed)
    type = TransactionType.INCREASE if increase else TransactionType.DECREASE
    session.execute(
        insert(BillTransaction),
        [
            transaction_row(
                bill_id,
                type,
                today(session),
                signed,
                actor,
                now(session),
                contractual=contractual,
                comment=comment,
            )
        ],
    )
    other = Account.CONTRACTUAL if contractual else Account.OTHER_ADJUSTMENTS
    receivable = (
        debit(Account.RECEIVABLE, amount, bill_id=bill_id)
        if increase
        else credit(Account.RECEIVABLE, amount, bill_id=bill_id)
    )
    enter(
        session,
        actor,
        JournalAct.ADJUSTMENT,
        today(session),
        [receivable, credit(other, amount) if increase else debit(other, amount)],
    )
    if not left:
        set_status(session, bill_id, BillStatus.COLLECTED_CLOSED)
    audit.record(
        session, actor, type.value.lower(), f"bill {bill.number}", reason=comment, detail=f"{amount:.2f}"
    )


def re_establish(session: Session, actor: Actor, key: str, bill_id: int, amount: Decimal) -> None:
    """Opens a closed bill again with an amount that is owed after all."""
    require(actor, SecurityKey.ADJUST)
    bill = session.get_one(Bill, bill_id, with_for_update=True)
    if already_done(session, key) is not None:
        return
    if bill.status not in (BillStatus.COLLECTED_CLOSED, BillStatus.WRITE_OFF):
        raise Refused(f"ONLY A CLOSED BILL CAN BE RE-ESTABLISHED; BILL {bill.number} IS {bill.status.value}")
    if not Decimal("0.01") <= amount <= bill.original:
        raise Refused(f"A BILL IS RE-ESTABLISHED WITH .01 TO {bill.original:.2f}")
    mark_done(session, actor, key, "bill re-established", bill.number)
    change_balance(session, bill_id, amount)
    session.execute(
        insert(BillTransaction),
        [transaction_row(bill_id, TransactionType.RE_ESTABLISH, today(session), amount, actor, now(session))],
    )
    enter(
        session,
        actor,
        JournalAct.RE_ESTABLISHED,
        today(session),
        [debit(Account.RECEIVABLE, amount, bill_id=bill_id), credit(Account.OTHER_ADJUSTMENTS, amount)],
    )
    set_status(session, bill_id, BillStatus.ACTIVE)
    audit.record(session, actor, "bill re-established", f"bill {bill.number}", detail=f"{amount:.2f}")
