"""Listing the bills a clerk may mean when a payment asks for its account."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from models.bills import Bill, Patient, Payer
from models.eras import Eeob, Era
from models.receipts import Receipt, ReceiptLine
from models.words.bills import BillStatus
from services.bills.receivables import NOT_YET


@dataclass(frozen=True, slots=True)
class BillChoice:
    """One bill as a look-up lists it, with what is still owed on it."""

    number: str
    patient: str
    status: BillStatus
    balance: Decimal


def bills_for_era(
    session: Session,
    era_number: int,
    bill_id: int | None,
    start: int,
    count: int,
    *,
    eeobs: Iterable[str] = (),
) -> list[BillChoice]:
    """The bills that a payment of this ERA may be for: so many from a place on, counted from 0.

    They are the third-party receivables of the ERA's payer and of the payers of its claims; those of the
    patient of `bill_id`, whoever is to pay them, come first. Without a bill he is who the EEOBs name; `eeobs`
    are their sequences on the ERA.
    """
    same = _same_patient(session, era_number, bill_id, eeobs)
    own = Bill.patient_id.in_(select(Patient.id).where(same))
    query = _choices(_of_era(select(Era.id).where(Era.id == era_number)) | own)
    return _listed(session, query.order_by(own.is_not(True), Bill.number), start, count)


def bills_for_receipt(session: Session, number: str, start: int, count: int) -> list[BillChoice]:
    """The bills that a payment of this receipt may be for: so many from a place on, counted from 0.

    They are the third-party receivables of the payers whose ERA or bills are on the receipt already; on a
    receipt without either, those of all payers.
    """
    receipt = select(Receipt.id).where(Receipt.number == number)
    of_lines = select(Bill.payer_id).join(ReceiptLine, ReceiptLine.bill_id == Bill.id)
    of_lines = of_lines.where(ReceiptLine.receipt_id.in_(receipt))
    of_era = _of_era(select(Receipt.era_id).where(Receipt.number == number))
    known = _choices(or_(Bill.payer_id.in_(of_lines), of_era)).order_by(Bill.number)
    if session.execute(known.limit(1)).first() is None:
        known = _choices().order_by(Bill.number)
    return _listed(session, known, start, count)


def _same_patient(
    session: Session, era_number: int, bill_id: int | None, eeobs: Iterable[str]
) -> ColumnElement[bool]:
    """Whether a patient is the one meant: of the same name, and of no other member number or date of birth.

    One person is on file twice when one file brought his date of birth and another did not. A payer may know
    him by a number of its own, so that of an EEOB only the name counts.
    """
    if bill_id is not None:
        patient = session.get_one(Patient, session.get_one(Bill, bill_id).patient_id)
        alike = [Patient.name == patient.name]
        if patient.member_id:
            alike.append(Patient.member_id.in_(("", patient.member_id)))
        if patient.birth_date:
            alike.append(Patient.birth_date.in_(("", patient.birth_date)))
        return and_(*alike)
    sequences = [int(sequence) for sequence in eeobs if sequence.isascii() and sequence.isdecimal()]
    names = session.scalars(
        select(Eeob.patient_name).where(
            Eeob.era_id == era_number, Eeob.sequence.in_(sequences), Eeob.patient_name != ""
        )
    )
    return Patient.name.in_(names.all())


def _of_era(era: Select[int | None] | Select[int]) -> ColumnElement[bool]:
    """Whether a bill is of the ERA's payer, or of a payer of one of its claims."""
    of_claims = select(Bill.payer_id).join(Eeob, Eeob.bill_id == Bill.id).where(Eeob.era_id.in_(era))
    of_payer = select(Payer.id).join(Era, Era.payer_key == Payer.key).where(Era.id.in_(era))
    return or_(Bill.payer_id.in_(of_claims), Bill.payer_id.in_(of_payer))


def _choices(*conditions: ColumnElement[bool]) -> Select[str, str, BillStatus, Decimal]:
    return (
        select(Bill.number, Patient.name, Bill.status, Bill.balance)
        .join(Patient, Patient.id == Bill.patient_id)
        .where(Bill.third_party, Bill.status.not_in(NOT_YET), *conditions)
    )


def _listed(
    session: Session, query: Select[str, str, BillStatus, Decimal], start: int, count: int
) -> list[BillChoice]:
    return [BillChoice(*row) for row in session.execute(query.offset(start).limit(count))]
