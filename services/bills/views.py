"""Bills as they are listed and shown: what is owed, and every transaction as VistA shows it (behaviour 2.8)."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from models.bills import Bill, BillTransaction, Patient, Payer
from models.receipts import Receipt
from models.users import User
from models.words.bills import BillStatus, EdiStatus, RateTypeName, TransactionType
from models.words.money import ZERO
from models.words.movements import KINDS
from services.bills.payers import payer_typed
from services.bills.receivables import find_bill, normal
from services.errors import Refused
from services.office.clock import site_of

# Their types say which way they go; the others may go either way and keep their sign.
_ALWAYS_LESS = frozenset(type for (type, _), kind in KINDS.items() if kind.sign == -1)


@dataclass(frozen=True, slots=True)
class BillRow:
    """One bill of a list."""

    number: str
    patient: str
    payer: str
    rate_type: RateTypeName
    balance: Decimal
    original: Decimal
    status: BillStatus
    service_from: datetime.date | None
    service_to: datetime.date | None


@dataclass(frozen=True, slots=True)
class TransactionView:
    """One transaction of a bill; the amount is positive, the type says which way it goes.

    The five parts are those of the amount.
    """

    number: int
    date: datetime.date
    type: TransactionType
    amount: Decimal
    principal: Decimal
    interest: Decimal
    admin_cost: Decimal
    marshal_fee: Decimal
    court_cost: Decimal
    contractual: bool
    receipt: str | None
    comment: str | None
    by: str | None


@dataclass(frozen=True, slots=True)
class BillView:
    """One bill with its transactions, oldest first."""

    number: str
    patient: str
    payer: str
    payer_sequence: str | None
    rate_type: RateTypeName
    balance: Decimal
    original: Decimal
    status: BillStatus
    status_date: datetime.date
    edi_status: EdiStatus
    service_from: datetime.date | None
    service_to: datetime.date | None
    transactions: tuple[TransactionView, ...]


@dataclass(frozen=True, slots=True)
class BillSelection:
    """Which bills a list shows; first days of service include both ends.

    `payer` is how the payer's name begins, in any case, or its identifier; `number` how the bill's number
    begins, with or without station prefix.
    """

    status: BillStatus | None = None
    service_from: datetime.date | None = None
    service_to: datetime.date | None = None
    payer: str = ""
    number: str = ""


def bill_list(
    session: Session, selection: BillSelection = BillSelection(), *, limit: int | None = None
) -> list[BillRow]:
    """The bills of a selection in the order of their numbers, at most `limit` of them."""
    query = (
        select(Bill, Patient.name.label("patient"), Payer.name.label("payer"))
        .join(Patient, Patient.id == Bill.patient_id)
        .join(Payer, Payer.id == Bill.payer_id)
        .where(*_conditions(session, selection))
        .order_by(Bill.number)
        .limit(limit)
        .execution_options(yield_per=1000)
    )
    return [
        BillRow(
            number=bill.number,
            patient=patient,
            payer=payer,
            rate_type=bill.rate_type,
            balance=bill.balance,
            original=bill.original,
            status=bill.status,
            service_from=bill.service_from,
            service_to=bill.service_to,
        )
        for bill, patient, payer in session.execute(query)
    ]


def bill_count(session: Session, selection: BillSelection) -> int:
    """How many bills a selection has."""
    of_payer = select(func.count(Bill.id)).join(Payer, Payer.id == Bill.payer_id)
    return session.scalar(of_payer.where(*_conditions(session, selection))) or 0


def _conditions(session: Session, selection: BillSelection) -> Iterator[ColumnElement[bool]]:
    if selection.status is not None:
        yield Bill.status == selection.status
    if selection.service_from is not None:
        yield Bill.service_from >= selection.service_from
    if selection.service_to is not None:
        yield Bill.service_from <= selection.service_to
    if selection.payer:
        yield payer_typed(Payer.name, Payer.identifier, selection.payer)
    if number := normal(selection.number):
        prefix = f"{site_of(session).station}-"
        forms = {number, number.removeprefix(prefix), f"{prefix}{number}"}
        yield or_(*(Bill.number.startswith(form, autoescape=True) for form in sorted(forms)))


def bill_show(session: Session, number: str) -> BillView:
    """One bill by its number, with or without station prefix; raises `Refused` when none or several fit."""
    found = find_bill(session, number)
    if found.bill_id is None:
        if found.candidates > 1:
            raise Refused(f"{found.candidates} BILLS FIT {found.number}; TYPE THE WHOLE NUMBER")
        raise Refused(f"THERE IS NO BILL {found.number.strip().upper()[:40]}")
    bill = session.get_one(Bill, found.bill_id)
    return BillView(
        number=bill.number,
        patient=bill.patient.name,
        payer=bill.payer.name,
        payer_sequence=bill.payer_sequence or None,
        rate_type=bill.rate_type,
        balance=bill.balance,
        original=bill.original,
        status=bill.status,
        status_date=bill.status_date,
        edi_status=bill.edi_status,
        service_from=bill.service_from,
        service_to=bill.service_to,
        transactions=_transactions(session, bill.id),
    )


def _transactions(session: Session, bill_id: int) -> tuple[TransactionView, ...]:
    rows = session.execute(
        select(BillTransaction, Receipt.number, User.name)
        .outerjoin(Receipt, Receipt.id == BillTransaction.receipt_id)
        .outerjoin(User, User.id == BillTransaction.user_id)
        .where(BillTransaction.bill_id == bill_id)
        .order_by(BillTransaction.id)
    )
    views = []
    for done, receipt, by in rows:
        less = done.type in _ALWAYS_LESS
        views.append(
            TransactionView(
                number=done.id,
                date=done.date,
                type=done.type,
                amount=_shown(done.amount, less=less),
                principal=_shown(done.principal, less=less),
                interest=_shown(done.interest, less=less),
                admin_cost=_shown(done.admin_cost, less=less),
                marshal_fee=_shown(done.marshal_fee, less=less),
                court_cost=_shown(done.court_cost, less=less),
                contractual=done.contractual,
                receipt=receipt,
                comment=done.comment or None,
                by=by,
            )
        )
    return tuple(views)


def _shown(amount: Decimal, *, less: bool) -> Decimal:
    """An amount as VistA shows it: what only makes a balance less is positive, its type says the direction."""
    return ZERO - amount if less else amount
