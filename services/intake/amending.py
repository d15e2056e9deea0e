"""Claims that void or replace an earlier one (CLM05-3): finding its bill by REF*F8, and giving that the new data."""

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from models.bills import Bill, BillAlias, BillLine, Patient
from models.bulk import insert_all
from models.eras import Eeob
from services.bills.receivables import exact_forms, fold
from services.x12.billing import BilledClaim, BilledLine

#: CLM05-3 of a claim that takes an earlier one back.
VOID = "8"
#: What CLM05-3 does to an earlier claim.
AMENDING = {"7": "replaces", VOID: "voids"}


def earlier_bills(
    session: Session, claim: BilledClaim, patient: tuple[str, str, str], station: str
) -> list[int]:
    """The bills of a patient that REF*F8 of a claim may mean: by their own number, else by the payer's for their EEOBs.

    The patient is the same by name and by member number or date of birth; the claim is for the same of his payers.
    """
    original, (name, member, born) = claim.original_number.strip(), patient
    if not original:
        return []
    same = []
    if member:
        same.append(Patient.member_id == member)
    if born:
        same.append(Patient.birth_date == born)
    if not same:
        return []
    of_patient = (
        select(Bill.id)
        .join(Patient, Patient.id == Bill.patient_id)
        .where(Patient.name == name, or_(*same), Bill.payer_sequence == claim.payer_sequence)
    )
    aliased = select(BillAlias.bill_id).where(BillAlias.number.in_(exact_forms(original, station)))
    by_number = or_(Bill.folded == fold(original, station), Bill.id.in_(aliased))
    found = session.scalars(of_patient.where(by_number).order_by(Bill.id)).all()
    if not found:
        named = select(Eeob.bill_id).where(
            Eeob.bill_id.in_(of_patient.scalar_subquery()), Eeob.payer_control == original
        )
        found = session.scalars(of_patient.where(Bill.id.in_(named)).order_by(Bill.id)).all()
    return list(found)


def renew_bill(session: Session, bill_id: int, claim: BilledClaim) -> None:
    """Gives a bill the lines, days and diagnoses of the claim that replaces its own."""
    session.execute(
        delete(BillLine).where(BillLine.bill_id == bill_id).execution_options(synchronize_session=False)
    )
    insert_all(session, BillLine, [line_row(bill_id, line) for line in claim.lines])
    session.execute(
        update(Bill)
        .where(Bill.id == bill_id)
        .values(
            frequency=claim.frequency,
            service_from=claim.service_from,
            service_to=claim.service_to,
            diagnoses=",".join(claim.diagnoses),
            rendering_provider=claim.rendering.full_name,
            rendering_npi=claim.rendering.identifier,
        )
        .execution_options(synchronize_session=False)
    )
    session.expire_all()


def line_row(bill_id: int, line: BilledLine) -> dict[str, object]:
    """A line of a claim for the store."""
    return {
        "bill_id": bill_id,
        "number": line.number,
        "procedure": line.procedure,
        "modifiers": ",".join(line.modifiers),
        "revenue_code": line.revenue_code,
        "units": "" if line.units is None else str(line.units),
        "charge": line.charge,
        "service_from": line.service_from,
        "service_to": line.service_to,
        "control_number": line.control_number,
    }
