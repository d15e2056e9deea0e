"""Loop 2300 of an 837: one claim with its lines, and the levels of the hierarchy it stands under."""

import datetime
from decimal import Decimal

from models.words.money import ZERO
from services.clean import clean
from services.x12.billing import BilledClaim, BilledLine, OtherPayer
from services.x12.composites import Composites
from services.x12.elements import NUMBER_LONGEST, at
from services.x12.envelope import Segment
from services.x12.faults import Faults, place
from services.x12.names import NameLoop
from services.x12.remittance import Qualified
from services.x12.values import AMOUNTS, QUANTITIES, period

#: HI qualifiers (data element 1270) of diagnoses; procedures, occurrences, values and conditions have others.
_DIAGNOSES = frozenset({"ABK", "BK", "ABF", "BF", "ABJ", "BJ", "APR", "PR", "ABN", "BN"})

#: The segment of a line's service tells the kind where the guide does not: SV1, SV2, SV3.
_KIND_OF_LINE = {"SV1": "837P", "SV2": "837I", "SV3": "837D"}

#: Segments, and elements of them, that are read of one claim.
SEGMENTS_KEPT = 25_000
ELEMENTS_KEPT = 250_000

Days = tuple[datetime.date, datetime.date]


class ProviderLevel:
    """A billing provider's level (HL03 = 20): loop 2010AA."""

    __slots__ = ("billing",)

    def __init__(self) -> None:
        self.billing = NameLoop()


class SubscriberLevel:
    """A subscriber's level (HL03 = 22): SBR, loops 2010BA and 2010BB; `number` is its HL01."""

    __slots__ = ("birth_date", "filing", "name", "number", "payer", "relationship", "sequence")

    def __init__(self, number: str = "") -> None:
        self.number = number
        self.sequence = self.filing = self.relationship = ""
        self.name = NameLoop()
        self.payer = NameLoop()
        self.birth_date: datetime.date | None = None


class PatientLevel:
    """A patient's level (HL03 = 23), where the patient is not the subscriber: PAT, loop 2010CA."""

    __slots__ = ("birth_date", "name", "relationship")

    def __init__(self) -> None:
        self.relationship = ""
        self.name = NameLoop()
        self.birth_date: datetime.date | None = None


class _Line:
    """A service line (loop 2400) while its segments go by."""

    __slots__ = ("charge", "control", "days", "revenue", "service", "units")

    def __init__(self) -> None:
        self.service: list[str] = []
        self.revenue = self.control = ""
        self.units: Decimal | None = None
        self.charge = ZERO
        self.days: Days | None = None


class ClaimLoop:
    """A claim while its segments go by, from CLM to the next CLM, HL or SE.

    A claim has at most 999 service lines (loop 2400 of X223; 50 in X222): `SEGMENTS_KEPT` are 25 segments for
    each of them, `ELEMENTS_KEPT` ten elements for each of these. What stands beyond is cut off with one finding.
    """

    def __init__(self, first: Segment, faults: Faults, composites: Composites) -> None:
        self._first = first
        self._faults = faults
        self._composites = composites
        self._segments = 1
        self._elements = len(first.elements)
        self._cut = False
        self._statement: Days | None = None
        self._service: Days | None = None
        self._rendering = NameLoop()
        self._name = NameLoop()
        self._diagnoses: list[str] = []
        self._references: list[Qualified] = []
        self._others: list[OtherPayer] = []
        self._lines: list[_Line] = []
        self._kind = ""
        self._readable = True

    def add(self, segment: Segment) -> None:
        """Takes the next segment of the claim; those that Lockbox has no use for are passed over."""
        self._segments += 1
        self._elements += len(segment[0])
        if self._segments > SEGMENTS_KEPT or self._elements > ELEMENTS_KEPT:
            self._cut_off(segment)
        elif self._lines or segment[0][0] == "LX":
            self._line(segment)
        else:
            self._claim_level(segment)

    def _cut_off(self, segment: Segment) -> None:
        if not self._cut:
            self._cut = True
            told = (
                f"The claim has more than {SEGMENTS_KEPT} segments or {ELEMENTS_KEPT} elements;"
                " the further ones were not read."
            )
            where = place(clean(segment[0][0], 3), segment[2], segment[1])
            self._faults.add("too-many-segments", told, where)

    def _claim_level(self, segment: Segment) -> None:
        elements = segment[0]
        match elements[0]:
            case "DTP" if at(elements, 1) == "434":
                self._statement = self._period(segment)
            case "DTP" if at(elements, 1) == "472":
                # Dental claims date the service once for all lines.
                self._service = self._period(segment)
            case "REF" if not self._others and self._name.party().entity == "":
                self._references.append(Qualified(at(elements, 1), at(elements, 2)))
            case "HI":
                for index in range(1, len(elements)):
                    qualifier, *codes = self._components(segment, index)
                    if qualifier in _DIAGNOSES and codes and codes[0]:
                        self._diagnoses.append(codes[0])
            case "NM1":
                self._name = NameLoop(elements)
                name = self._name.party()
                if self._others and name.entity == "PR":
                    last = self._others[-1]
                    self._others[-1] = OtherPayer(last.sequence, last.filing, name.full_name, name.identifier)
                elif name.entity == "82" and not self._others:
                    self._rendering = self._name
            case "N3" | "N4" | "REF":
                self._name.add(elements)
            case "SBR":
                self._others.append(OtherPayer(at(elements, 1), at(elements, 9), "", ""))

    def _line(self, segment: Segment) -> None:
        elements = segment[0]
        name = elements[0]
        if name == "LX":
            self._lines.append(_Line())
            return
        line = self._lines[-1]
        match name:
            case "SV1" | "SV3":
                line.service = self._components(segment, 1)
                line.charge = self._amount(at(elements, 2), f"{name}02", segment)
                line.units = self._units(at(elements, 4 if name == "SV1" else 6), segment)
                self._kind = _KIND_OF_LINE[name]
            case "SV2":
                line.revenue = at(elements, 1)
                line.service = self._components(segment, 2)
                line.charge = self._amount(at(elements, 3), "SV203", segment)
                line.units = self._units(at(elements, 5), segment)
                self._kind = _KIND_OF_LINE[name]
            case "DTP" if at(elements, 1) == "472":
                line.days = self._period(segment)
            case "REF" if at(elements, 1) == "6R":
                line.control = at(elements, 2)

    def finished(
        self, kind: str, provider: ProviderLevel, subscriber: SubscriberLevel, patient: PatientLevel | None
    ) -> BilledClaim:
        """The claim as a value; what is wrong with it becomes its findings."""
        elements, ordinal, offset = self._first
        where = place("CLM", offset, ordinal)
        number = at(elements, 1)[:NUMBER_LONGEST]
        if number != at(elements, 1):
            told = f"CLM01 has {len(elements[1])} characters; cut to {NUMBER_LONGEST}."
            self._faults.add("value-too-long", told, where)
        if not number:
            self._faults.add("no-claim-number", "The claim has no number (CLM01).", where)
        charge = self._amount(at(elements, 2), "CLM02", self._first)
        self._prove(charge, where)
        facility, *coded = self._components(self._first, 5)
        insured = subscriber.name.party()
        payer = subscriber.payer.party()
        if not (payer.name or payer.identifier):
            self._faults.add("no-payer", "The claim names no payer (NM1*PR).", where)
        days = self._service_days()
        return BilledClaim(
            kind=kind or self._kind or "837P",
            number=number,
            charge=charge,
            facility=facility,
            frequency=at(coded, 1),
            payer_sequence=subscriber.sequence,
            filing=subscriber.filing,
            payer=payer,
            subscriber=insured,
            patient=insured if patient is None else patient.name.party(),
            birth_date=subscriber.birth_date if patient is None else patient.birth_date,
            relationship=subscriber.relationship if patient is None else patient.relationship,
            billing_provider=provider.billing.party(),
            billing_tax_id=provider.billing.reference("EI", "SY", "TJ"),
            rendering=self._rendering.party(),
            service_from=days[0] if days else None,
            service_to=days[1] if days else None,
            original_number=next((value for name, value in self._references if name == "F8"), ""),
            diagnoses=tuple(self._diagnoses),
            references=tuple(self._references),
            other_payers=tuple(self._others),
            lines=tuple(self._billed_line(index, line) for index, line in enumerate(self._lines, 1)),
            segment=ordinal,
            offset=offset,
            findings=self._faults.take(),
            charge_read=AMOUNTS[at(elements, 2)] is not None,
        )

    def _prove(self, charge: Decimal, where: str) -> None:
        """CLM02 is the sum of the lines' charges (SV102, SV203, SV302), which a claim cut off cannot prove."""
        if self._cut:
            return
        if not self._lines:
            self._faults.add("no-lines", "The claim has no service line.", where)
            return
        total = sum((line.charge for line in self._lines), ZERO)
        if self._readable and total != charge:
            number = clean(at(self._first[0], 1), NUMBER_LONGEST)
            told = f"Claim {number}: the charge is {charge}, but its lines come to {total}."
            self._faults.add("charge-total", told, where)

    def _billed_line(self, number: int, line: _Line) -> BilledLine:
        # A code without a qualifier is no composite: it is kept as the procedure.
        service = line.service if len(line.service) > 1 else ["", *line.service]
        return BilledLine(
            number=number,
            qualifier=at(service, 0),
            procedure=at(service, 1),
            modifiers=tuple(modifier for modifier in service[2:6] if modifier),
            revenue_code=line.revenue,
            units=line.units,
            charge=line.charge,
            service_from=line.days[0] if line.days else None,
            service_to=line.days[1] if line.days else None,
            control_number=line.control,
        )

    def _components(self, segment: Segment, index: int) -> list[str]:
        elements, ordinal, offset = segment
        name = clean(elements[0], 3)

        def tell(code: str, told: str) -> None:
            self._faults.add(code, told, place(name, offset, ordinal))

        return self._composites.split(at(elements, index), f"{name}{index:02d}", tell)

    def _service_days(self) -> Days | None:
        if self._statement is not None:
            return self._statement
        days = [line.days for line in self._lines if line.days is not None]
        return (min(day[0] for day in days), max(day[1] for day in days)) if days else self._service

    def _period(self, segment: Segment) -> Days | None:
        days = period(segment[0])
        if days is None:
            told = "The date cannot be read."
            self._faults.add("bad-date", told, place("DTP", segment[2], segment[1]))
        return days

    def _amount(self, text: str, name: str, segment: Segment) -> Decimal:
        amount = AMOUNTS[text]
        if amount is None:
            self._readable = False
            told = (
                f"{name} is no amount ({clean(text, 20)}); 0.00 was taken." if text else f"{name} is missing."
            )
            self._faults.add("bad-amount", told, place(name[:-2], segment[2], segment[1]))
            return ZERO
        return amount

    def _units(self, text: str, segment: Segment) -> Decimal | None:
        value = QUANTITIES[text] if text else None
        if text and value is None:
            told = f"The units are no number ({clean(text, 20)})."
            self._faults.add("bad-number", told, place(clean(segment[0][0], 3), segment[2], segment[1]))
        return value
