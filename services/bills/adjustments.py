"""Adjust (Inc/Dec) and Re-establish Bill: changing what a bill owes by hand (behaviour 1.1.9, DESIGN 2.4)."""

from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.bills import Bill, BillTransaction
from models.dialects import LOCKED
from models.money import money_sum
from models.words.acts import Act
from models.words.bills import BillStatus, TransactionType
from models.words.books import Account
from models.words.keys import SecurityKey
from models.words.money import CENT, ZERO
from services.bills.charges import parts_of
from services.bills.receivables import PAYABLE
from services.books.movements import Movement, move
from services.errors import Refused
from services.office.actor import Actor
from services.office.acts import begin, end

#: Statuses of a bill on which nothing is owed any more, out of which it comes when something is again.
CLOSED = (BillStatus.COLLECTED_CLOSED, BillStatus.WRITE_OFF)

#: What adds to a bill beyond its original amount.
_ADDED = (TransactionType.INCREASE, TransactionType.ADMIN_CHARGE, TransactionType.INTEREST_CHARGE)

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
    date_is_right: bool = False,
) -> None:
    """Decreases a bill's principal by .01 to all of it, or increases it; needs the key PRCADJ.

    `key` is the idempotency key of this one adjustment: a second try with it does nothing.
    """
    bill = session.get_one(Bill, bill_id, with_for_update=LOCKED)
    by = begin(
        session,
        actor,
        Act.ADJUSTED,
        SecurityKey.ADJUST,
        once=key,
        of=bill.number,
        date_is_right=date_is_right,
    )
    if by.done is not None:
        return
    if bill.status not in PAYABLE:
        raise Refused(f"BILL {bill.number} IS {bill.status.value}")
    most = LARGEST_INCREASE if increase else parts_of(session, bill_id).principal
    if not increase and most <= 0:
        raise Refused("This bill has NO PRINCIPAL BALANCE to decrease")
    if not CENT <= amount <= most:
        raise Refused(f"AN ADJUSTMENT IS BETWEEN .01 AND {most:.2f}")
    type = TransactionType.INCREASE if increase else TransactionType.DECREASE
    move(
        session,
        by,
        Movement(bill_id, type, amount if increase else -amount, contractual=contractual, comment=comment),
        Account.CONTRACTUAL if contractual else Account.OTHER_ADJUSTMENTS,
    )
    end(session, by, f"bill {bill.number}", reason=comment, detail=f"{type.value.lower()} {amount:.2f}")


def re_establish(
    session: Session, actor: Actor, key: str, bill_id: int, amount: Decimal, *, date_is_right: bool = False
) -> None:
    """Opens a closed bill again with an amount that is owed after all."""
    bill = session.get_one(Bill, bill_id, with_for_update=LOCKED)
    by = begin(
        session,
        actor,
        Act.RE_ESTABLISHED,
        SecurityKey.ADJUST,
        once=key,
        of=bill.number,
        date_is_right=date_is_right,
    )
    if by.done is not None:
        return
    if bill.status not in CLOSED:
        raise Refused(f"ONLY A CLOSED BILL CAN BE RE-ESTABLISHED; BILL {bill.number} IS {bill.status.value}")
    if not CENT <= amount <= bill.original:
        raise Refused(f"A BILL IS RE-ESTABLISHED WITH .01 TO {bill.original:.2f}")
    move(session, by, Movement(bill_id, TransactionType.RE_ESTABLISH, amount), Account.OTHER_ADJUSTMENTS)
    end(session, by, f"bill {bill.number}", detail=f"{amount:.2f}")


def most_again(session: Session, bill: Bill) -> Decimal:
    """By how much a bill may be raised when its payer reverses payments: what has been taken off it by now.

    A bill never owes more than its original amount with what was added to it since; 0.00 for one that is no
    receivable any more.
    """
    if bill.status not in (*PAYABLE, *CLOSED):
        return ZERO
    added = session.scalars(
        select(money_sum(BillTransaction.amount)).where(
            BillTransaction.bill_id == bill.id, BillTransaction.type.in_(_ADDED)
        )
    ).one()
    return bill.original + added - bill.balance
