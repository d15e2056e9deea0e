"""Finding the bill a clerk means when a payment asks for its account, and listing those he may mean."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from models.bills import Bill, Patient, Payer
from models.eras import Eeob, Era
from models.receipts import Receipt, ReceiptLine
from models.words.bills import BillStatus
from services.bills.receivables import NOT_YET_RECEIVABLE, bill_for_payment, claim_for_payment, show_number
from services.errors import Refused
from services.lookup import LookUp
from services.office.clock import site_of

NO_SUCH_PLACE = "THE PATIENT OF THIS LINE HAS NO BILL #{} THAT CAN BE PAID; ?? LISTS HIS BILLS"

_NUMBERED = re.compile(r"#\s*(\d{1,4})\Z", re.ASCII)

_Row = tuple[int, str, str, BillStatus, Decimal]


@dataclass(frozen=True, slots=True)
class BillChoice:
    """One bill as a look-up lists it, with what is still owed on it; `account` is its number as receipts show it.

    `place` counts the bills of the patient of a payment on an ERA from 1; `of_another` says that the bill is of
    another patient than the payment.
    """

    id: int
    number: str
    account: str
    patient: str
    status: BillStatus
    balance: Decimal
    place: int | None = None
    of_another: bool = False


def bill_row(bill: BillChoice) -> str:
    """One bill in one row: number, patient, status, and the balance that is still owed."""
    return f"{bill.number:<20.20} {bill.patient:<24.24} {bill.status:<16.16} {bill.balance:>12.2f}"


def claim_row(bill: BillChoice) -> str:
    """One bill in one row, behind its place where it is of the patient meant."""
    place = "" if bill.place is None else f"#{bill.place}"
    return f"{place:<4}{bill.number:<20.20} {bill.patient:<21.21} {bill.status:<16.16} {bill.balance:>11.2f}"


def accounts_of_receipt(receipt: str) -> LookUp[BillChoice]:
    """The account of a payment on a receipt: a bill on file that can be paid."""
    return LookUp(
        kind="bill",
        prompt="ACCOUNT (BILL NUMBER)",
        find=find_account,
        page=lambda session, start, count: bills_for_receipt(session, receipt, start, count),
        row=bill_row,
        key=lambda bill: bill.number,
        help=(
            "Type the number of the bill, with or without the station.",
            "Without an account the payment stands in suspense. Type ?? to see the bills.",
        ),
    )


def claims_of_era(era_number: int, bill_id: int | None, eeobs: Sequence[str]) -> LookUp[BillChoice]:
    """The claim that a part of a payment on an ERA is for; it need not be on file.

    `bill_id` is what the payment's line has now, `eeobs` are its sequences on the ERA.
    """
    return LookUp(
        kind="claim",
        prompt="CLAIM #:",
        find=lambda session, text: find_claim_of_era(session, text, era_number, bill_id, eeobs),
        page=lambda session, start, count: bills_for_era(
            session, era_number, bill_id, start, count, eeobs=eeobs
        ),
        row=claim_row,
        key=lambda bill: bill.number,
        help=(
            "ENTER THE CLAIM # TO WHICH THE PAYMENT OR ADJUSTMENT WILL BE APPLIED.",
            "THE CLAIM # DOES NOT HAVE TO EXIST IN YOUR AR IF THE PAYMENT/ADJUSTMENT",
            "BELONGS TO ANOTHER SITE.  TYPE ?? TO SEE BILLS, THE PATIENT'S FIRST.",
            "#1 IS THE FIRST OF THEM.",
        ),
    )


def find_account(session: Session, text: str) -> list[BillChoice]:
    """The bill of this number; refuses one that is unknown or cannot be paid."""
    return _choice(session, bill_for_payment(session, text))


def find_claim(session: Session, text: str) -> list[BillChoice]:
    """The bill of this number, none for an unknown one; refuses one that cannot be paid."""
    found = claim_for_payment(session, text)
    return [] if found.bill_id is None else _choice(session, found.bill_id)


def find_claim_of_era(
    session: Session, text: str, era_number: int, bill_id: int | None, eeobs: Sequence[str]
) -> list[BillChoice]:
    """As `find_claim`, and says whether the bill is of another patient than the payment of the ERA.

    `#1` is the first bill of its patient, in the order of `bills_for_era`.
    """
    if (numbered := _NUMBERED.match(text.strip())) is not None:
        return [_numbered(session, int(numbered[1]), era_number, bill_id, eeobs)]
    found = find_claim(session, text)
    return find_of_others(session, era_number, bill_id, eeobs, [bill.id for bill in found]) or found


def _numbered(
    session: Session, place: int, era_number: int, bill_id: int | None, eeobs: Sequence[str]
) -> BillChoice:
    """The bill with this place among those of the patient; refuses a place that he has not."""
    found = bills_for_era(session, era_number, bill_id, max(place - 1, 0), 1, eeobs=eeobs)
    if not place or not found or found[0].place is None:
        raise Refused(NO_SUCH_PLACE.format(place))
    return found[0]


def find_of_others(
    session: Session, era_number: int, bill_id: int | None, eeobs: Sequence[str], among: Sequence[int]
) -> list[BillChoice]:
    """Those of some bills that are of another patient than a payment of this ERA.

    Its patients are the one of `bill_id`, the bill of its line, and whom its EEOBs name, by their sequences. Where
    nobody says whose it is there is no other patient.
    """
    known = [_named(session, era_number, eeobs)]
    if bill_id is not None:
        known.append(_alike(session, bill_id))
    elif not _names(session, era_number, eeobs):
        return []
    others = _bills().where(Bill.id.in_(among), or_(*known).is_not(True)).order_by(Bill.number)
    return [replace(bill, of_another=True) for bill in _list_choices(session, others)]


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
    query = _payable(_of_era(select(Era.id).where(Era.id == era_number)) | own)
    found = _list_choices(session, query.order_by(own.is_not(True), Bill.number).offset(start).limit(count))
    his = set(session.scalars(_ids(found).where(own)))
    return [
        replace(bill, place=place) if bill.id in his else bill
        for place, bill in enumerate(found, start=start + 1)
    ]


def _ids(found: Sequence[BillChoice]) -> Select[int]:
    return (
        select(Bill.id)
        .join(Patient, Patient.id == Bill.patient_id)
        .where(Bill.id.in_([bill.id for bill in found]))
    )


def bills_for_receipt(session: Session, number: str, start: int, count: int) -> list[BillChoice]:
    """The bills that a payment of this receipt may be for: so many from a place on, counted from 0.

    They are the third-party receivables of the payers whose ERA or bills are on the receipt already; on a
    receipt without either, those of all payers.
    """
    receipt = select(Receipt.id).where(Receipt.number == number)
    of_lines = select(Bill.payer_id).join(ReceiptLine, ReceiptLine.bill_id == Bill.id)
    of_lines = of_lines.where(ReceiptLine.receipt_id.in_(receipt))
    of_era = _of_era(select(Receipt.era_id).where(Receipt.number == number))
    known = _payable(or_(Bill.payer_id.in_(of_lines), of_era)).order_by(Bill.number)
    if session.execute(known.limit(1)).first() is None:
        known = _payable().order_by(Bill.number)
    return _list_choices(session, known.offset(start).limit(count))


def _same_patient(
    session: Session, era_number: int, bill_id: int | None, eeobs: Iterable[str]
) -> ColumnElement[bool]:
    """Whether a patient is the one meant: of the same name, and of no other member number or date of birth.

    One person is on file twice when one file brought his date of birth and another did not. A payer may know
    him by a number of its own, so that of an EEOB only the name counts.
    """
    return _named(session, era_number, eeobs) if bill_id is None else _alike(session, bill_id)


def _alike(session: Session, bill_id: int) -> ColumnElement[bool]:
    """Whether a patient is the one of a bill."""
    patient = session.get_one(Patient, session.get_one(Bill, bill_id).patient_id)
    alike = [Patient.name == patient.name]
    if patient.member_id:
        alike.append(Patient.member_id.in_(("", patient.member_id)))
    if patient.birth_date:
        alike.append(Patient.birth_date.in_(("", patient.birth_date)))
    return and_(*alike)


def _named(session: Session, era_number: int, eeobs: Iterable[str]) -> ColumnElement[bool]:
    """Whether a patient is one whom the EEOBs name."""
    return Patient.name.in_(_names(session, era_number, eeobs))


def _names(session: Session, era_number: int, eeobs: Iterable[str]) -> Sequence[str]:
    sequences = [int(sequence) for sequence in eeobs if sequence.isascii() and sequence.isdecimal()]
    return session.scalars(
        select(Eeob.patient_name).where(
            Eeob.era_id == era_number, Eeob.sequence.in_(sequences), Eeob.patient_name != ""
        )
    ).all()


def _of_era(era: Select[int | None] | Select[int]) -> ColumnElement[bool]:
    """Whether a bill is of the ERA's payer, or of a payer of one of its claims."""
    of_claims = select(Bill.payer_id).join(Eeob, Eeob.bill_id == Bill.id).where(Eeob.era_id.in_(era))
    of_payer = select(Payer.id).join(Era, Era.payer_key == Payer.key).where(Era.id.in_(era))
    return or_(Bill.payer_id.in_(of_claims), Bill.payer_id.in_(of_payer))


def _choice(session: Session, bill_id: int) -> list[BillChoice]:
    return _list_choices(session, _bills().where(Bill.id == bill_id))


def _payable(*conditions: ColumnElement[bool]) -> Select[*_Row]:
    return _bills().where(Bill.third_party, Bill.status.not_in(NOT_YET_RECEIVABLE), *conditions)


def _bills() -> Select[*_Row]:
    return select(Bill.id, Bill.number, Patient.name, Bill.status, Bill.balance).join(
        Patient, Patient.id == Bill.patient_id
    )


def _list_choices(session: Session, query: Select[*_Row]) -> list[BillChoice]:
    station = site_of(session).station
    return [
        BillChoice(bill_id, number, show_number(number, station), patient, status, balance)
        for bill_id, number, patient, status, balance in session.execute(query)
    ]
