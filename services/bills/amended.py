"""Claims that a biller takes back or sends anew: CLM05-3 of the 837, 8 a void and 7 a replacement (X12 RFI 1945, 1799).

Neither is one more receivable. A void cancels what is still owed of its bill; a replacement gives it another charge,
and the difference is booked. What was paid is not touched: the payer takes it back in a remittance of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.bills import Bill, BillTransaction
from models.dialects import LOCKED
from models.money import money_sum
from models.words.bills import BILLS_CSV, BillStatus, TransactionType
from models.words.books import Account
from models.words.money import ZERO, two_decimals
from models.words.movements import PAYMENTS
from services.bills.charges import parts_of
from services.bills.receivables import NOT_YET_RECEIVABLE, PAYABLE
from services.books.movements import Movement, move
from services.office.stamp import Stamp

#: What moves the charge of a bill up and down when its claim is replaced.
RAISED, LOWERED = TransactionType.CHARGE_RAISED, TransactionType.CHARGE_LOWERED


@dataclass(frozen=True, slots=True)
class Amended:
    """What became of a bill: whether it was changed, and the sentence that says so or why it was not."""

    changed: bool
    text: str


def void_bill(session: Session, by: Stamp, bill_id: int, claim: str) -> Amended:
    """Cancels what is open of a bill, which the claim `claim` takes back.

    One on which nothing was paid becomes a CANCELLED BILL. Of another one the payments stay, and it is
    COLLECTED/CLOSED.
    """
    bill = session.get_one(Bill, bill_id, with_for_update=LOCKED)
    number, status = bill.number, bill.status
    if status in NOT_YET_RECEIVABLE:
        _set_status(session, by, bill_id, BillStatus.CANCELLED)
        return Amended(True, f"Bill {number} is cancelled: claim {claim} voids it.")
    paid = _paid(session, bill)
    told = f" {two_decimals(paid)} was paid on it: the payer takes that back in a remittance." if paid else ""
    if status not in PAYABLE:
        return Amended(False, f"Claim {claim} voids bill {number}, which is {status.value} already.{told}")
    open_ = bill.balance
    for movement, against in _cancelling(session, bill, claim):
        move(session, by, movement, against)
    if not paid:
        _set_status(session, by, bill_id, BillStatus.CANCELLED)
    return Amended(
        True, f"Claim {claim} voids bill {number}: {two_decimals(open_)} of it is cancelled.{told}"
    )


def replace_charge(session: Session, by: Stamp, bill_id: int, claim: str, charge: Decimal) -> Amended:
    """Gives a bill the charge of the claim that replaces its own, and books the difference.

    A bill stays as it is that nobody can collect any more, or of which more was paid than the new charge leaves.
    """
    bill = session.get_one(Bill, bill_id, with_for_update=LOCKED)
    number, before = bill.number, bill.original
    collected = bill.status is BillStatus.COLLECTED_CLOSED
    if bill.status not in (*PAYABLE, *NOT_YET_RECEIVABLE) and not collected:
        told = f"Claim {claim} replaces bill {number}, which is {bill.status.value}; the bill stays as it is."
        return Amended(False, told)
    difference = charge - before
    if bill.status not in NOT_YET_RECEIVABLE and difference:
        if difference < ZERO and parts_of(session, bill_id).principal < -difference:
            told = (
                f"Claim {claim} lowers bill {number} from {two_decimals(before)} to {two_decimals(charge)}, but "
                f"only {two_decimals(bill.balance)} of it is open; the bill stays as it is."
            )
            return Amended(False, told)
        kind = RAISED if difference > ZERO else LOWERED
        movement = Movement(bill_id, kind, difference, comment=f"REPLACED BY CLAIM {claim}")
        move(session, by, movement, _opened_against(bill))
    session.execute(
        update(Bill)
        .where(Bill.id == bill_id)
        .values(original=charge, version=Bill.version + 1)
        .execution_options(synchronize_session=False)
    )
    session.expire_all()
    if not difference:
        return Amended(
            True, f"Claim {claim} replaces bill {number}; its charge stays {two_decimals(charge)}."
        )
    told = f"its charge goes from {two_decimals(before)} to {two_decimals(charge)}"
    return Amended(True, f"Claim {claim} replaces bill {number}: {told}.")


def _cancelling(session: Session, bill: Bill, claim: str) -> Iterator[tuple[Movement, Account]]:
    """What takes the open parts of a bill away: interest and costs where they were earned, the rest what was billed."""
    parts = parts_of(session, bill.id)
    comment = f"VOIDED BY CLAIM {claim}"
    charged = parts.marshal_fee + parts.court_cost + parts.admin_cost + parts.interest
    if charged:
        yield (
            Movement(
                bill.id,
                TransactionType.VOIDED,
                -charged,
                interest=-parts.interest,
                admin_cost=-parts.admin_cost,
                marshal_fee=-parts.marshal_fee,
                court_cost=-parts.court_cost,
                comment=comment,
            ),
            Account.INTEREST_ADMIN,
        )
    if parts.principal:
        yield (
            Movement(bill.id, TransactionType.VOIDED, -parts.principal, comment=comment),
            _opened_against(bill),
        )


def _opened_against(bill: Bill) -> Account:
    """The account that was credited when a bill became a receivable."""
    return Account.OPENING if bill.kind == BILLS_CSV else Account.BILLED


def _paid(session: Session, bill: Bill) -> Decimal:
    """What was paid on a bill here, and before it came here with an old balance."""
    kinds = (*PAYMENTS, TransactionType.PAYMENT_REVERSED)
    here = session.scalars(
        select(money_sum(-BillTransaction.amount)).where(
            BillTransaction.bill_id == bill.id, BillTransaction.type.in_(kinds)
        )
    ).one()
    opened = session.scalars(
        select(money_sum(BillTransaction.amount)).where(
            BillTransaction.bill_id == bill.id,
            BillTransaction.type.in_((TransactionType.ORIGINAL, RAISED, LOWERED)),
        )
    ).one()
    return here + (bill.original - opened)


def _set_status(session: Session, by: Stamp, bill_id: int, status: BillStatus) -> None:
    by.refuse_done()
    session.execute(
        update(Bill)
        .where(Bill.id == bill_id)
        .values(status=status, status_date=by.date, version=Bill.version + 1)
        .execution_options(synchronize_session=False)
    )
    session.expire_all()
