"""The EEOBs of one ERA with all that their payer says in them, some at a time: what is printed of them.

A repeated EEOB has the detail of its twin, which is stored there only.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from models.bills import Bill, Patient, Payer
from models.eras import ClaimAdjustment, Contact, Eeob, EeobLine, Remark
from models.messages import DataException
from models.words.intake import DataCategory
from services.remittances.document import AdjustmentView, TwinView
from services.remittances.further import DayView, PartyView, QualifiedView, further_of

#: EEOBs that are read by one statement for each of their tables.
AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class ContactView:
    """A way to reach the payer: a number or address by its kind (PER: TE telephone, FX fax, EM e-mail, UR web site)."""

    name: str
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class BillOfEeob:
    """What this site knows of the claim: its bill, patient, payer and providers."""

    number: str
    payer: str
    payer_sequence: str
    patient: str
    last_four: str
    billing_provider: str
    billing_npi: str
    rendering_provider: str
    rendering_npi: str


@dataclass(frozen=True, slots=True)
class LineDetail:
    """One service line (loop 2110)."""

    number: int
    procedure: str
    modifiers: tuple[str, ...]
    revenue_code: str
    units: str
    billed_units: str
    charge: Decimal
    paid: Decimal
    allowed: Decimal | None
    original_procedure: str
    service_from: datetime.date | None
    service_to: datetime.date | None
    control_number: str
    adjustments: tuple[AdjustmentView, ...]
    remarks: tuple[QualifiedView, ...]
    amounts: tuple[QualifiedView, ...]
    references: tuple[QualifiedView, ...]
    days: tuple[DayView, ...]


@dataclass(frozen=True, slots=True)
class ExceptionView:
    """Why a line of the ERA was an exception, and whether it still is."""

    category: DataCategory
    text: str
    resolved: bool


@dataclass(frozen=True, slots=True)
class EeobDetail:
    """One EEOB (loop 2100) with its lines; texts that the payer left out are empty."""

    sequence: int
    claim: str
    bill: BillOfEeob | None
    exception: ExceptionView | None
    duplicate_of: TwinView | None
    charge: Decimal
    paid: Decimal
    patient_responsibility: Decimal | None
    status: str
    filing_indicator: str
    payer_control: str
    reversal: bool
    patient_name: str
    patient_id: str
    corrected_name: str
    corrected_id: str
    insured_name: str
    insured_id: str
    rendering_name: str
    rendering_npi: str
    rendering_person: bool
    service_from: datetime.date | None
    service_to: datetime.date | None
    received: datetime.date | None
    facility: str
    frequency: str
    drg: str
    adjustments: tuple[AdjustmentView, ...]
    remarks: tuple[QualifiedView, ...]
    amounts: tuple[QualifiedView, ...]
    references: tuple[QualifiedView, ...]
    days: tuple[DayView, ...]
    parties: tuple[PartyView, ...]
    contacts: tuple[ContactView, ...]
    lines: tuple[LineDetail, ...]


def eeob_details(session: Session, era: int, only: int | None = None) -> Iterator[EeobDetail]:
    """All EEOBs of an ERA in their order, or only one of them, read some at a time."""
    last = 0 if only is None else only - 1
    while True:
        rows = session.execute(_eeobs(era, last, 1 if only is not None else AT_ONCE)).all()
        rows = [row for row in rows if only in (None, row.Eeob.sequence)]
        if not rows:
            return
        last = rows[-1].Eeob.sequence
        between = (rows[0].Eeob.sequence, last)
        detail = _Detail(session, era, between)
        for row in rows:
            twin = _twin(row.Eeob)
            if twin is None:
                yield _eeob(row, None, detail, row.Eeob.sequence)
            else:
                there = _Detail(session, twin.era, (twin.sequence, twin.sequence))
                yield _eeob(row, twin, there, twin.sequence)
        if only is not None:
            return


def _eeobs(era: int, after: int, count: int) -> Any:
    return (
        select(Eeob, Bill, Patient, Payer.name, DataException)
        .outerjoin(Bill, Bill.id == Eeob.bill_id)
        .outerjoin(Patient, Patient.id == Bill.patient_id)
        .outerjoin(Payer, Payer.id == Bill.payer_id)
        .outerjoin(
            DataException, (DataException.era_id == Eeob.era_id) & (DataException.sequence == Eeob.sequence)
        )
        .where(Eeob.era_id == era, Eeob.sequence > after)
        .order_by(Eeob.sequence)
        .limit(count)
    )


class _Detail:
    """What belongs to some EEOBs of one ERA, each kind by one query, by where it stands."""

    def __init__(self, session: Session, era: int, between: tuple[int, int]) -> None:
        self.further = further_of(session, era, between)
        self.adjustments: dict[tuple[int, int], list[AdjustmentView]] = {}
        for cas in session.execute(_of(ClaimAdjustment, era, between)):
            self.adjustments.setdefault((cas.eeob_sequence, cas.line), []).append(
                AdjustmentView(cas.adjustment_group, cas.code, cas.amount, cas.quantity or None)
            )
        self.remarks: dict[tuple[int, int], list[QualifiedView]] = {}
        for remark in session.execute(_of(Remark, era, between)):
            self.remarks.setdefault((remark.eeob_sequence, remark.line), []).append(
                QualifiedView(remark.qualifier, remark.code)
            )
        self.contacts: dict[int, list[ContactView]] = {}
        for contact in session.execute(_of(Contact, era, between)):
            self.contacts.setdefault(contact.eeob_sequence, []).append(
                ContactView(contact.name, contact.kind, contact.value)
            )
        self.lines: dict[int, list[LineDetail]] = {}
        for line in session.execute(_of(EeobLine, era, between)):
            self.lines.setdefault(line.eeob_sequence, []).append(self._line(line))

    def _line(self, line: Any) -> LineDetail:
        at = (line.eeob_sequence, line.number)
        return LineDetail(
            number=line.number,
            procedure=line.procedure,
            modifiers=tuple(line.modifiers.split(",")) if line.modifiers else (),
            revenue_code=line.revenue_code,
            units=line.units,
            billed_units=line.billed_units,
            charge=line.charge,
            paid=line.paid,
            allowed=line.allowed,
            original_procedure=line.original_procedure,
            service_from=line.service_from,
            service_to=line.service_to,
            control_number=line.control_number,
            adjustments=tuple(self.adjustments.get(at, ())),
            remarks=tuple(self.remarks.get(at, ())),
            **_further(self.further, at),
        )


def _of(table: Any, era: int, between: tuple[int, int]) -> Select[Any]:
    """The rows of a table of details in their order, without building an object for each."""
    columns = table.__table__.columns
    order = [table.eeob_sequence, *([table.line] if "line" in columns else []), table.number]
    return select(*columns).where(table.era_id == era, table.eeob_sequence.between(*between)).order_by(*order)


def _further(further: Any, at: tuple[int, int]) -> Mapping[str, Any]:
    return {
        name: tuple(held.get(at, ()))
        for name, held in (
            ("amounts", further.amounts),
            ("references", further.references),
            ("days", further.days),
        )
    }


def _twin(eeob: Eeob) -> TwinView | None:
    if eeob.twin_era_id is None or eeob.twin_sequence is None:
        return None
    return TwinView(eeob.twin_era_id, eeob.twin_sequence)


def _eeob(row: Sequence[Any], twin: TwinView | None, detail: _Detail, stored: int) -> EeobDetail:
    eeob, bill, patient, payer, exception = row
    return EeobDetail(
        sequence=eeob.sequence,
        claim=eeob.claim,
        bill=None if bill is None else _bill(bill, patient, payer),
        exception=None
        if exception is None
        else ExceptionView(exception.category, exception.text, exception.resolved),
        duplicate_of=twin,
        charge=eeob.charge,
        paid=eeob.paid,
        patient_responsibility=eeob.patient_responsibility,
        status=eeob.status,
        filing_indicator=eeob.filing_indicator,
        payer_control=eeob.payer_control,
        reversal=eeob.reversal,
        patient_name=eeob.patient_name,
        patient_id=eeob.patient_id,
        corrected_name=eeob.corrected_name,
        corrected_id=eeob.corrected_id,
        insured_name=eeob.insured_name,
        insured_id=eeob.insured_id,
        rendering_name=eeob.rendering_name,
        rendering_npi=eeob.rendering_npi,
        rendering_person=eeob.rendering_person,
        service_from=eeob.service_from,
        service_to=eeob.service_to,
        received=eeob.received,
        facility=eeob.facility,
        frequency=eeob.frequency,
        drg=eeob.drg,
        adjustments=tuple(detail.adjustments.get((stored, 0), ())),
        remarks=tuple(detail.remarks.get((stored, 0), ())),
        parties=tuple(detail.further.parties.get(stored, ())),
        contacts=tuple(detail.contacts.get(stored, ())),
        lines=tuple(detail.lines.get(stored, ())),
        **_further(detail.further, (stored, 0)),
    )


def _bill(bill: Bill, patient: Patient, payer: str) -> BillOfEeob:
    return BillOfEeob(
        number=bill.number,
        payer=payer,
        payer_sequence=bill.payer_sequence,
        patient=patient.name,
        last_four=patient.last_four,
        billing_provider=bill.billing_provider,
        billing_npi=bill.billing_npi,
        rendering_provider=bill.rendering_provider,
        rendering_npi=bill.rendering_npi,
    )
