"""Interest and administrative charges of a bill, their exemption, and what a payment pays first (behaviour 3.10)."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.bills import Bill, BillTransaction
from models.dialects import LOCKED
from models.words.acts import Act
from models.words.bills import TransactionType
from models.words.books import Account
from models.words.keys import SecurityKey
from models.words.money import ZERO
from services.bills.receivables import PAYABLE
from services.books.movements import Movement, Source, move
from services.errors import Refused
from services.office.actor import Actor
from services.office.acts import begin, end
from services.office.stamp import Stamp

_CHARGES = (TransactionType.ADMIN_CHARGE, TransactionType.INTEREST_CHARGE)


@dataclass(frozen=True, slots=True)
class Parts:
    """What a bill owes, or what a payment pays, by its five parts."""

    marshal_fee: Decimal
    court_cost: Decimal
    admin_cost: Decimal
    interest: Decimal
    principal: Decimal

    def pay(self, amount: Decimal) -> "Parts":
        """How an amount is applied: marshal fee, court cost, admin, interest, then principal."""
        shares = []
        for owed in (self.marshal_fee, self.court_cost, self.admin_cost, self.interest):
            share = min(max(owed, ZERO), amount)
            shares.append(share)
            amount -= share
        return Parts(shares[0], shares[1], shares[2], shares[3], amount)


def parts_of(session: Session, bill_id: int) -> Parts:
    """What a bill owes by its five parts."""
    row = session.execute(
        select(
            func.coalesce(func.sum(BillTransaction.marshal_fee), 0),
            func.coalesce(func.sum(BillTransaction.court_cost), 0),
            func.coalesce(func.sum(BillTransaction.admin_cost), 0),
            func.coalesce(func.sum(BillTransaction.interest), 0),
            func.coalesce(func.sum(BillTransaction.principal), 0),
        ).where(BillTransaction.bill_id == bill_id)
    ).one()
    return Parts(*(Decimal(part) for part in row))


def charge(
    session: Session,
    actor: Actor,
    key: str,
    bill_id: int,
    *,
    interest: Decimal = ZERO,
    admin_cost: Decimal = ZERO,
    date_is_right: bool = False,
) -> None:
    """Charges interest or administrative cost to an ACTIVE or OPEN bill.

    `key` is the idempotency key of this one charge: a second try with it does nothing.
    """
    bill = session.get_one(Bill, bill_id, with_for_update=LOCKED)
    by = begin(
        session, actor, Act.CHARGED, SecurityKey.ADJUST, once=key, of=bill.number, date_is_right=date_is_right
    )
    if by.done is not None:
        return
    if bill.status not in PAYABLE:
        raise Refused(f"BILL {bill.number} IS {bill.status.value}")
    amount = interest + admin_cost
    if interest < 0 or admin_cost < 0 or not amount:
        raise Refused("A CHARGE IS MORE THAN 0.00")
    type = TransactionType.INTEREST_CHARGE if interest else TransactionType.ADMIN_CHARGE
    charged = Movement(bill_id, type, amount, interest=interest, admin_cost=admin_cost)
    move(session, by, charged, Account.INTEREST_ADMIN)
    end(session, by, f"bill {bill.number}", detail=f"{amount:.2f}")


def exempt_since(
    session: Session, by: Stamp, bill_id: int, payment_date: datetime.date, *, receipt_id: int
) -> None:
    """Exempts the interest and admin charged on or after the payment date, as far as they are still owed."""
    interest, admin_cost = session.execute(
        select(
            func.coalesce(func.sum(BillTransaction.interest), 0),
            func.coalesce(func.sum(BillTransaction.admin_cost), 0),
        ).where(
            BillTransaction.bill_id == bill_id,
            BillTransaction.type.in_(_CHARGES),
            BillTransaction.date >= payment_date,
        )
    ).one()
    owed = parts_of(session, bill_id)
    interest = min(Decimal(interest), max(owed.interest, ZERO))
    admin_cost = min(Decimal(admin_cost), max(owed.admin_cost, ZERO))
    if interest + admin_cost:
        exempted = Movement(
            bill_id,
            TransactionType.EXEMPT,
            -interest - admin_cost,
            Source(receipt_id),
            payment_date,
            interest=-interest,
            admin_cost=-admin_cost,
            comment="Charged on or after the payment date",
        )
        move(session, by, exempted, Account.INTEREST_ADMIN)
