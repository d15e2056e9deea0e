"""Loop 2100 of an 835: one claim with its lines, and the proof of its balance."""

import datetime
from decimal import Decimal
from hashlib import blake2b

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
from services.x12.values import AMOUNTS, DAYS, period, quantity

_NOBODY = Party()

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


class _Level:
    """What a claim and a service line both have: CAS, AMT, QTY, REF, LQ and DTM segments."""

    __slots__ = ("adjusted", "adjustments", "amounts", "days", "quantities", "references", "remarks")

    def __init__(self) -> None:
        self.adjusted = ZERO
        self.adjustments: list[Adjustment] = []
        self.amounts: list[QualifiedAmount] = []
        self.quantities: list[QualifiedAmount] = []
        self.references: list[Qualified] = []
        self.remarks: list[Qualified] = []
        self.days: dict[str, datetime.date] = {}


class ClaimReader:
    """Reads the claims of one 835 set, each from its segments (CLP up to the next CLP, LX, PLB or SE)."""

    def __init__(self, delimiters: Delimiters, faults: Faults, unknown: set[str]) -> None:
        self._component = delimiters.component
        self._faults = faults
        self._door = ElementDoor(delimiters, faults)
        self._unknown = unknown
        self._readable = True  # whether all amounts of the present level could be read
        self.lines_balanced = True
        self.claims_balanced = True
        self.payments_readable = True

    def read(self, sequence: int, raw: list[Segment], lines_at: list[int], whole: bool) -> RemittanceClaim:
        """Reads one claim and proves its equations; what is wrong becomes findings of the claim.

        `lines_at` says at which indexes of `raw` its SVC segments stand; `whole` is False when segments
        had to be left out. Line: SVC02 - CAS of the line = SVC03. Claim: CLP03 - all CAS = CLP04 (X12
        005010X221A1, 1.10.2.1).
        """
        segments, joined = self._door.enter(raw)
        first = segments[0]
        clp = first[0]
        if len(clp) < 14:
            clp = clp + [""] * (14 - len(clp))
        self._readable = True
        charge = self._required(clp[3], "CLP03", first)
        paid = self._required(clp[4], "CLP04", first)
        self.payments_readable &= AMOUNTS[clp[4]] is not None
        parts = _Parts()
        bounds = [*lines_at, len(segments)]
        level = self._level(segments[1 : bounds[0]], parts)
        readable = self._readable
        adjusted = level.adjusted
        lines: list[RemittanceLine] = []
        balanced = whole
        for index, start in enumerate(lines_at):
            self._readable = True
            of_line = self._level(segments[start + 1 : bounds[index + 1]], parts)
            adjusted += of_line.adjusted
            line = self._line(index + 1, segments[start], of_line)
            readable &= self._readable
            balanced &= line.balanced
            lines.append(line)
        balanced &= self._proven(first, charge, adjusted, paid, readable)
        days, party_of = level.days, parts.parties.get
        return RemittanceClaim(
            sequence=sequence,
            claim=clp[1],
            status=clp[2],
            charge=charge,
            paid=paid,
            patient_responsibility=self._optional(clp[5], "CLP05", first),
            filing_indicator=clp[6],
            payer_control=clp[7],
            facility=clp[8],
            frequency=clp[9],
            drg=clp[11],
            drg_weight=self._count(clp[12], "CLP12", first),
            discharge_fraction=self._count(clp[13], "CLP13", first),
            reversal=clp[2] == "22",
            patient=party_of("QC", _NOBODY),
            subscriber=party_of("IL", _NOBODY),
            corrected=party_of("74", _NOBODY),
            rendering=party_of("82", _NOBODY),
            crossover=party_of("TT", _NOBODY),
            priority_payer=party_of("PR", _NOBODY),
            other_subscriber=party_of("GB", _NOBODY),
            statement_from=days.get("232"),
            statement_to=days.get("233") or days.get("232-end"),
            received=days.get("050") or days.get("50"),
            coverage_expires=days.get("036") or days.get("36"),
            adjustments=tuple(level.adjustments),
            amounts=tuple(level.amounts),
            quantities=tuple(level.quantities),
            medicare=tuple(parts.medicare),
            remarks=tuple(parts.remarks),
            references=tuple(level.references),
            contacts=tuple(parts.contacts),
            lines=tuple(lines),
            balanced=balanced,
            fingerprint=blake2b(joined.encode(), digest_size=16).digest(),
            segment=first[1],
            offset=first[2],
            findings=self._faults.take() if self._faults.found else (),
        )

    def _level(self, segments: list[Segment], parts: _Parts) -> _Level:
        level = _Level()
        adjusted, adjustments, days, references = ZERO, level.adjustments, level.days, level.references
        for segment in segments:
            elements = segment[0]
            name, size = elements[0], len(elements)
            if name == "CAS":
                amount = AMOUNTS[elements[3]] if size == 4 else None
                if amount is None:
                    adjusted += self._adjustments(segment, adjustments)
                else:
                    adjustments.append(Adjustment(elements[1], elements[2], amount, None))
                    adjusted += amount
            elif name == "DTM":
                day = DAYS[elements[2]] if size == 3 else None
                if day is None:
                    self._period(segment, days)
                else:
                    days[elements[1]] = day
            elif name == "REF" and size > 2:
                references.append(Qualified(elements[1], elements[2]))
            elif name == "AMT" and size > 2:
                amount = AMOUNTS[elements[2]]
                if amount is None:
                    amount = self._unbalancing(elements[2], "AMT02", segment)
                level.amounts.append(QualifiedAmount(elements[1], amount))
            elif name == "NM1":
                parts.parties[elements[1] if size > 1 else ""] = party(elements)
            elif name == "LQ" and size > 2:
                level.remarks.append(Qualified(elements[1], elements[2]))
            else:
                self._seldom(segment, level, parts)
        level.adjusted = adjusted
        return level

    def _line(self, number: int, segment: Segment, level: _Level) -> RemittanceLine:
        svc = segment[0]
        if len(svc) < 8:
            svc = svc + [""] * (8 - len(svc))
        charge = self._required(svc[2], "SVC02", segment)
        paid = self._required(svc[3], "SVC03", segment)
        service = svc[1].split(self._component) if self._component in svc[1] else [svc[1]]
        if len(service) == 1:
            # A code without a qualifier is no composite: it is kept as the procedure.
            service.insert(0, "")
        qualifier, procedure = service[0], service[1]
        revenue = svc[4]
        if qualifier == "NU":
            revenue, procedure = procedure, ""
        remaining = charge - level.adjusted
        balanced = self._readable and remaining == paid
        if not balanced:
            self.lines_balanced = False
            if self._readable:
                self._faults.add(
                    "line-balance",
                    f"Line {number}: the charge {charge} less adjustments {level.adjusted} is {remaining},"
                    f" but {paid} was paid.",
                    place("SVC", segment[2], segment[1]),
                )
        days = level.days
        begun = days.get("150") or days.get("472")
        return RemittanceLine(
            number,
            qualifier,
            procedure,
            tuple([modifier for modifier in service[2:6] if modifier]) if len(service) > 2 else (),
            revenue,
            self._count(svc[5], "SVC05", segment) if svc[5] else None,
            charge,
            paid,
            svc[6].replace(self._component, ":") if svc[6] else "",
            begun,
            days.get("151") or days.get("472-end") or days.get("150-end") or begun,
            next((value for name, value in level.references if name == "6R"), ""),
            tuple(level.adjustments),
            tuple(level.amounts),
            tuple(level.references),
            tuple(level.remarks),
            balanced,
            tuple(level.quantities),
        )

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

    def _seldom(self, segment: Segment, level: _Level, parts: _Parts) -> None:
        """Reads the segments that few claims have, and those that are too short or do not belong here."""
        elements = segment[0]
        name = elements[0]
        padded = elements + [""] * 3
        match name:
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
            case "LQ":
                level.remarks.append(Qualified(padded[1], padded[2]))
            case "AMT":
                level.amounts.append(QualifiedAmount(padded[1], self._unbalancing("", "AMT02", segment)))
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
        value = quantity(text)
        if value is None:
            told = f"{name} is no number ({clean(text, 20)})."
            self._faults.add("bad-number", told, place(name[:-2], segment[2], segment[1]))
        return value
