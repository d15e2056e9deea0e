"""Interest and administrative charges of a bill, their exemption, and what a payment pays first (behaviour 3.10)."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from models.bills import Bill, BillTransaction
from models.words.bills import TransactionType
from models.words.books import Account, JournalAct
from models.words.keys import SecurityKey
from models.words.money import ZERO
from services.bills.receivables import PAYABLE, change_balance, transaction_row
from services.books.journal import credit, debit, enter
from services.errors import Refused
from services.office import audit
from services.office.actor import Actor, require
from services.office.clock import now, today
from services.office.once import already_done, mark_done

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
) -> None:
    """Charges interest or administrative cost to an ACTIVE or OPEN bill.

    `key` is the idempotency key of this one charge: a second try with it does nothing.
    """
    require(actor, SecurityKey.ADJUST)
    bill = session.get_one(Bill, bill_id, with_for_update=True)
    if already_done(session, key) is not None:
        return
    if bill.status not in PAYABLE:
        raise Refused(f"BILL {bill.number} IS {bill.status.value}")
    amount = interest + admin_cost
    if interest < 0 or admin_cost < 0 or not amount:
        raise Refused("A CHARGE IS MORE THAN 0.00")
    mark_done(session, actor, key, "charge", bill.number)
    change_balance(session, bill_id, amount)
    type = TransactionType.INTEREST_CHARGE if interest else TransactionType.ADMIN_CHARGE
    session.execute(
        insert(BillTransaction),
        [
            transaction_row(
                bill_id,
                type,
                today(session),
                amount,
                actor,
                now(session),
                interest=interest,
                admin_cost=admin_cost,
            )
        ],
    )
    enter(
        session,
        actor,
        JournalAct.CHARGE,
        today(session),
        [debit(Account.RECEIVABLE, amount, bill_id=bill_id), credit(Account.INTEREST_ADMIN, amount)],
    )
    audit.record(session, actor, "charge", f"bill {bill.number}", detail=f"{amount:.2f}")


def exempt_since(
    session: Session, actor: Actor, bill_id: int, payment_date: datetime.date, *, receipt_id: int
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
    amount = interest + admin_cost
    if not amount:
        return
    change_balance(session, bill_id, -amount)
    session.execute(
        insert(BillTransaction),
        [
            transaction_row(
                bill_id,
                TransactionType.EXEMPT,
                payment_date,
                -amount,
                actor,
                now(session),
                interest=-interest,
                admin_cost=-admin_cost,
                receipt=(receipt_id, None),
                comment="Charged on or after the payment date",
            )
        ],
    )
    enter(
        session,
        actor,
        JournalAct.EXEMPTION,
        today(session),
        [debit(Account.INTEREST_ADMIN, amount), credit(Account.RECEIVABLE, amount, bill_id=bill_id)],
        receipt_id=receipt_id,
    )
