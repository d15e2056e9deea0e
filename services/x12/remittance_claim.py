"""Loop 2100 of an 835: one claim with its lines, and the proof of its balance."""

import datetime
from decimal import Decimal
from hashlib import blake2b
from typing import NamedTuple

from models.money import ZERO
from services.clean import clean
from services.x12.elements import KNOWN_IN_835, UNKNOWN_KEPT, ElementDoor
from services.x12.envelope import Delimiters, Segment
from services.x12.faults import Faults, place
from services.x12.names import contact, party
from services.x12.remittance import (
    Adjustment,
    Contact,
    Party,
    Qualified,
    QualifiedAmount,
    RemittanceClaim,
    RemittanceLine,
)
from services.x12.values import AMOUNTS, DAYS, QUANTITIES, period

_NOBODY = Party()

#: How many different DTM segments are remembered: a file repeats its dates.
_REMEMBERED = 10_000
_STATED_DAYS: dict[str, tuple[str, datetime.date]] = {}

#: Which elements of MIA and MOA are remark codes (element 127); the others are numbers.
_REMARKS = {"MIA": frozenset({5, 20, 21, 22, 23}), "MOA": frozenset({3, 4, 5, 6, 7})}


class _Parts:
    """What belongs to the claim alone, gathered from its segments."""

    __slots__ = ("contacts", "medicare", "parties", "remarks")

    def __init__(self) -> None:
        self.parties: dict[str, Party] = {}
        self.medicare: list[QualifiedAmount] = []
        self.remarks: list[str] = []
        self.contacts: list[Contact] = []


class _Level(NamedTuple):
    """What a claim and a service line both have: CAS, AMT, QTY, REF, LQ and DTM segments."""

    adjustments: list[Adjustment]
    amounts: list[QualifiedAmount]
    quantities: list[QualifiedAmount]
    references: list[Qualified]
    remarks: list[Qualified]
    days: dict[str, datetime.date]


class ClaimReader:
    """Reads the claims of one 835 set, each from its segments (CLP up to the next CLP, LX, PLB or SE)."""

    def __init__(self, delimiters: Delimiters, faults: Faults, unknown: set[str]) -> None:
        self._component = delimiters.component
        self._element = delimiters.element
        self._starts = tuple(name + delimiters.element for name in ("DTM", "CAS", "AMT", "REF", "SVC", "NM1"))
        self._faults = faults
        self._door = ElementDoor(delimiters, faults)
        self._unknown = unknown
        self._readable = True  # whether all amounts of the present level could be read
        self.lines_balanced = True
        self.claims_balanced = True
        self.payments_readable = True

    def read(
        self, sequence: int, raw: list[str], offsets: list[int], ordinal: int, whole: bool
    ) -> RemittanceClaim:
        """Reads one claim and proves its equations; what is wrong becomes findings of the claim.

        `raw` are its segments, unsplit, `ordinal` is that of its CLP; `whole` is False when segments had to
        be left out. Line: SVC02 - CAS of the line = SVC03. Claim: CLP03 - all CAS = CLP04 (X12
        005010X221A1, 1.10.2.1).
        """
        texts, content = self._door.enter_unsplit(raw, offsets, ordinal)
        # This loop runs for every segment of every file: names are local and named tuples are made directly.
        separator, new, amount_of, day_of = self._element, tuple.__new__, AMOUNTS, _STATED_DAYS.get
        dtm, cas, amt, ref, svc, nm1 = self._starts
        segments = enumerate(texts)
        clp = next(segments)[1].split(separator)
        first = Segment(clp, ordinal, offsets[0])
        if len(clp) < 14:
            clp = clp + [""] * (14 - len(clp))
        self._readable = True
        charge = self._required(clp[3], "CLP03", first)
        paid = self._required(clp[4], "CLP04", first)
        self.payments_readable &= amount_of[clp[4]] is not None
        parts = _Parts()
        lines: list[RemittanceLine] = []
        line: Segment | None = None
        adjusted, all_adjusted, readable, balanced = ZERO, ZERO, True, whole
        of_claim = level = new(_Level, ([], [], [], [], [], {}))
        adjustments, amounts, _, references, _, days = level
        for at, text in segments:
            start = text[:4]
            if start == dtm:
                stated = day_of(text)
                if stated is None:
                    self._stated_day(Segment(text.split(separator), ordinal + at, offsets[at]), text, days)
                else:
                    days[stated[0]] = stated[1]
            elif start == cas:
                elements = text.split(separator)
                amount = amount_of[elements[3]] if len(elements) == 4 else None
                if amount is None:
                    adjusted += self._adjustments(Segment(elements, ordinal + at, offsets[at]), adjustments)
                else:
                    adjustments.append(new(Adjustment, (elements[1], elements[2], amount, None)))
                    adjusted += amount
            elif start == amt:
                elements = text.split(separator)
                amount = amount_of[elements[2]] if len(elements) > 2 else None
                if amount is None:
                    self._seldom(Segment(elements, ordinal + at, offsets[at]), level, parts)
                else:
                    amounts.append(new(QualifiedAmount, (elements[1], amount)))
            elif start == ref:
                elements = text.split(separator)
                if len(elements) < 3:
                    elements.append("")
                references.append(new(Qualified, (elements[1], elements[2])))
            elif start == svc or text == "SVC":
                all_adjusted += adjusted
                readable &= self._readable
                if line is not None:
                    read = self._line(len(lines) + 1, line, level, adjusted)
                    readable &= self._readable
                    balanced &= read.balanced
                    lines.append(read)
                line = new(Segment, (text.split(separator), ordinal + at, offsets[at]))
                self._readable, adjusted = True, ZERO
                level = new(_Level, ([], [], [], [], [], {}))
                adjustments, amounts, _, references, _, days = level
            elif start == nm1:
                elements = text.split(separator)
                parts.parties[elements[1]] = party(elements)
            else:
                elements = text.split(separator)
                adjusted += self._seldom(Segment(elements, ordinal + at, offsets[at]), level, parts)
        all_adjusted += adjusted
        readable &= self._readable
        if line is not None:
            read = self._line(len(lines) + 1, line, level, adjusted)
            readable &= self._readable
            balanced &= read.balanced
            lines.append(read)
        balanced &= self._proven(first, charge, all_adjusted, paid, readable)
        days, party_of = of_claim.days, parts.parties.get
        patient_responsibility = self._optional(clp[5], "CLP05", first)
        weight = self._count(clp[12], "CLP12", first)
        fraction = self._count(clp[13], "CLP13", first)
        # In the order of the fields of `RemittanceClaim`.
        values = (
            sequence,
            clp[1],
            clp[2],
            charge,
            paid,
            patient_responsibility,
            clp[6],
            clp[7],
            clp[8],
            clp[9],
            clp[11],
            weight,
            fraction,
            clp[2] == "22",
            party_of("QC", _NOBODY),
            party_of("IL", _NOBODY),
            party_of("74", _NOBODY),
            party_of("82", _NOBODY),
            party_of("TT", _NOBODY),
            party_of("PR", _NOBODY),
            party_of("GB", _NOBODY),
            days.get("232"),
            days.get("233") or days.get("232-end"),
            days.get("050") or days.get("50"),
            days.get("036") or days.get("36"),
            tuple(of_claim.adjustments),
            tuple(of_claim.amounts),
            tuple(of_claim.quantities),
            tuple(parts.medicare),
            tuple(parts.remarks),
            tuple(of_claim.references),
            tuple(parts.contacts),
            tuple(lines),
            balanced,
            blake2b(content, digest_size=16).digest(),
            ordinal,
            offsets[0],
            self._faults.take() if self._faults.found else (),
        )
        return new(RemittanceClaim, values)

    def _line(self, number: int, segment: Segment, level: _Level, adjusted: Decimal) -> RemittanceLine:
        svc = segment[0]
        if len(svc) < 8:
            svc = svc + [""] * (8 - len(svc))
        charge, paid = AMOUNTS[svc[2]], AMOUNTS[svc[3]]
        if charge is None or paid is None:
            charge = self._required(svc[2], "SVC02", segment)
            paid = self._required(svc[3], "SVC03", segment)
        service = svc[1].split(self._component)
        if len(service) == 1:
            # A code without a qualifier is no composite: it is kept as the procedure.
            service.insert(0, "")
        qualifier, procedure = service[0], service[1]
        revenue = svc[4]
        if qualifier == "NU":
            revenue, procedure = procedure, ""
        remaining = charge - adjusted
        balanced = self._readable and remaining == paid
        if not balanced:
            self.lines_balanced = False
            if self._readable:
                self._faults.add(
                    "line-balance",
                    f"Line {number}: the charge {charge} less adjustments {adjusted} is {remaining},"
                    f" but {paid} was paid.",
                    place("SVC", segment[2], segment[1]),
                )
        units = QUANTITIES[svc[5]]
        if units is None:
            units = self._count(svc[5], "SVC05", segment)
        adjustments, amounts, quantities, references, remarks, days = level
        begun = days.get("150") or days.get("472")
        ended = begun
        if len(days) > 1:
            ended = days.get("151") or days.get("472-end") or days.get("150-end") or begun
        elif begun is None:
            ended = days.get("151")
        control = ""
        for name, value in references:
            if name == "6R":
                control = value
                break
        # In the order of the fields of `RemittanceLine`.
        values = (
            number,
            qualifier,
            procedure,
            tuple([modifier for modifier in service[2:6] if modifier]) if len(service) > 2 else (),
            revenue,
            units,
            charge,
            paid,
            svc[6].replace(self._component, ":") if svc[6] else "",
            begun,
            ended,
            control,
            tuple(adjustments),
            tuple(amounts),
            tuple(references),
            tuple(remarks) if remarks else (),
            balanced,
            tuple(quantities) if quantities else (),
        )
        return tuple.__new__(RemittanceLine, values)

    def _stated_day(self, segment: Segment, text: str, days: dict[str, datetime.date]) -> None:
        """Reads a DTM that was not met before; one that is a plain day is remembered."""
        elements = segment[0]
        day = DAYS[elements[2]] if len(elements) == 3 else None
        if day is None:
            self._period(segment, days)
            return
        if len(_STATED_DAYS) >= _REMEMBERED:
            _STATED_DAYS.clear()
        _STATED_DAYS[text] = elements[1], day
        days[elements[1]] = day

    def _proven(
        self, first: Segment, charge: Decimal, adjusted: Decimal, paid: Decimal, readable: bool
    ) -> bool:
        if readable and charge - adjusted == paid:
            return True
        self.claims_balanced = False
        if readable:
            self._faults.add(
                "claim-balance",
                f"The claim's charge {charge} less all adjustments {adjusted} is {charge - adjusted},"
                f" but {paid} was paid.",
                place("CLP", first[2], first[1]),
            )
        return False

    def _adjustments(self, segment: Segment, adjustments: list[Adjustment]) -> Decimal:
        """Reads the up to six reasons of a CAS (CAS02 to CAS19) and gives their sum."""
        elements = segment[0]
        group = elements[1] if len(elements) > 1 else ""
        adjusted = ZERO
        for at in range(2, len(elements), 3):
            code, text, units = (*elements[at : at + 3], "", "")[:3]
            if code or text or units:
                amount = self._required(text, f"CAS{at + 1:02d}", segment)
                adjustments.append(
                    Adjustment(group, code, amount, self._count(units, f"CAS{at + 2:02d}", segment))
                )
                adjusted += amount
        if len(elements) > 20 or len(elements) < 4:
            told = f"A CAS segment has {len(elements) - 1} elements; three to nineteen are wanted."
            self._faults.add("bad-adjustment", told, place("CAS", segment[2], segment[1]))
        return adjusted

    def _period(self, segment: Segment, days: dict[str, datetime.date]) -> None:
        elements = segment[0]
        both = period(elements)
        if both is None:
            told = "The date cannot be read."
            self._faults.add("bad-date", told, place("DTM", segment[2], segment[1]))
        else:
            days[elements[1]] = both[0]
            if both[1] != both[0]:
                days[f"{elements[1]}-end"] = both[1]

    def _seldom(self, segment: Segment, level: _Level, parts: _Parts) -> Decimal:
        """Reads the segments that few claims have, and those that are too short or do not belong here.

        Gives what it adjusts: only a CAS that was cut short comes here.
        """
        elements = segment[0]
        name = elements[0]
        padded = elements + [""] * 3
        match name:
            case "LQ":
                level.remarks.append(Qualified(padded[1], padded[2]))
            case "CAS":
                return self._adjustments(segment, level.adjustments)
            case "DTM":
                self._period(segment, level.days)
            case "NM1":
                parts.parties[padded[1]] = party(elements)
            case "QTY":
                value = self._count(padded[2], "QTY02", segment)
                if value is not None:
                    level.quantities.append(QualifiedAmount(padded[1], value))
            case "MIA" | "MOA":
                self._medicare(segment, parts)
            case "PER":
                parts.contacts.append(contact(elements))
            case "REF":
                level.references.append(Qualified(padded[1], padded[2]))
            case "AMT":
                amount = self._unbalancing(padded[2], "AMT02", segment)
                level.amounts.append(QualifiedAmount(padded[1], amount))
            case _:
                where = place(name[:3], segment[2], segment[1])
                if name in KNOWN_IN_835:
                    told = f"A {name} segment has no place in a claim; it was not read."
                    self._faults.add("segment-out-of-place", told, where)
                elif name not in self._unknown:
                    if len(self._unknown) < UNKNOWN_KEPT:
                        self._unknown.add(name)
                    told = f"An 835 has no segment {clean(name, 10)}; it was not read."
                    self._faults.add("unknown-segment", told, where)
        return ZERO

    def _medicare(self, segment: Segment, parts: _Parts) -> None:
        elements = segment[0]
        name = elements[0]
        for at, text in enumerate(elements[1:], 1):
            if at in _REMARKS[name]:
                if text:
                    parts.remarks.append(text)
            elif text:
                value = self._count(text, f"{name}{at:02d}", segment)
                if value is not None:
                    parts.medicare.append(QualifiedAmount(f"{name}{at:02d}", value))

    def _required(self, text: str, name: str, segment: Segment) -> Decimal:
        """An amount of an equation: without it the level cannot be proven."""
        amount = AMOUNTS[text]
        if amount is None:
            self._readable = False
            amount = self._unbalancing(text, name, segment)
        return amount

    def _unbalancing(self, text: str, name: str, segment: Segment) -> Decimal:
        amount = AMOUNTS[text]
        if amount is not None:
            return amount
        told = f"{name} is no amount ({clean(text, 20)}); 0.00 was taken." if text else f"{name} is missing."
        self._faults.add("bad-amount", told, place(name[:-2], segment[2], segment[1]))
        return ZERO

    def _optional(self, text: str, name: str, segment: Segment) -> Decimal | None:
        return self._unbalancing(text, name, segment) if text else None

    def _count(self, text: str, name: str, segment: Segment) -> Decimal | None:
        if not text:
            return None
        value = QUANTITIES[text]
        if value is None:
            told = f"{name} is no number ({clean(text, 20)})."
            self._faults.add("bad-number", told, place(name[:-2], segment[2], segment[1]))
        return value
