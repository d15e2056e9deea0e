"""Loop 2100 of an 835: one claim with its lines, and the proof of its balance."""

import datetime
from decimal import Decimal
from hashlib import blake2b
from typing import NamedTuple

from models.money import ZERO
from services.clean import clean
from services.x12.elements import (
    KNOWN_IN_835,
    NUMBER_LONGEST,
    UNKNOWN_KEPT,
    USUALLY_LONGEST,
    ElementDoor,
    at,
    canonical,
)
from services.x12.envelope import Delimiters, Run
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
from services.x12.values import DAYS, QUANTITIES, amount_of, period

_NOBODY = Party()
# Builds a named tuple at half the cost of calling its class.
_new = tuple.__new__

# How many DTM segments of a set are remembered with what they state: a file repeats its days.
_REMEMBERED = 10_000

# What stands for elements that a segment leaves out at its end.
_ABSENT = ("",) * 14

#: Which elements of MIA and MOA are remark codes (element 127); the others are numbers.
_REMARKS = {"MIA": frozenset({5, 20, 21, 22, 23}), "MOA": frozenset({3, 4, 5, 6, 7})}


class ClaimSegments:
    """The segments of one claim, gathered from CLP on: unsplit, with what is needed to say where each stands.

    `first` is the ordinal of the CLP, `offset` its byte; `whole` is False when segments had to be left out.
    """

    __slots__ = ("_pieces", "first", "offset", "texts", "whole")

    def __init__(self, first: int, offset: int) -> None:
        self.first = first
        self.offset = offset
        self.texts: list[str] = []
        self.whole = True
        self._pieces: list[tuple[int, int, Run]] = []

    def add(self, texts: list[str], position: int, run: Run) -> None:
        """Adds segments that stand together in a run, the first of them at this position of its text."""
        self._pieces.append((len(self.texts), position, run))
        self.texts += texts

    def byte(self, index: int) -> int:
        """The byte in the file of one of the segments."""
        start, position, run = next(piece for piece in reversed(self._pieces) if piece[0] <= index)
        between = sum(len(text) + len(run.step) for text in self.texts[start:index])
        return run.byte(position + between, self.first + index)


class _Parts(NamedTuple):
    """What belongs to the claim alone, gathered from its segments."""

    medicare: list[QualifiedAmount]
    remarks: list[str]
    contacts: list[Contact]


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

    def __init__(self, delimiters: Delimiters, door: ElementDoor, faults: Faults, unknown: set[str]) -> None:
        self._delimiters = delimiters
        self._element = delimiters.element
        self._component = delimiters.component
        self._faults = faults
        self._unknown = unknown
        self._door = door
        self._claim = ClaimSegments(1, 0)
        self._stated: dict[str, tuple[str, datetime.date]] = {}
        self._readable = True  # whether all amounts of the present level could be read
        self.lines_balanced = True
        self.claims_balanced = True
        self.payments_readable = True

    def read(self, sequence: int, claim: ClaimSegments) -> RemittanceClaim:
        """Reads one claim and proves its equations; what is wrong becomes findings of the claim.

        Line: SVC02 - CAS of the line = SVC03. Claim: CLP03 - all CAS = CLP04 (X12 005010X221A1, 1.10.2.1).
        """
        texts = claim.texts
        self._claim = claim
        if max(map(len, texts)) > USUALLY_LONGEST:
            texts = self._cut(texts)
        separator, stated = self._element, self._stated.get
        self._readable = readable = True
        parties: dict[str, Party] = {}
        parts = _new(_Parts, ([], [], []))
        lines: list[RemittanceLine] = []
        adjusted = all_adjusted = ZERO
        service: list[str] = []
        service_at = 0
        level = claim_level = _new(_Level, ([], [], [], [], [], {}))
        adjustments, amounts, _, references, _, days = level
        balanced = claim.whole
        for index, text in enumerate(texts):
            day_stated = stated(text)
            if day_stated is not None:
                days[day_stated[0]] = day_stated[1]
                continue
            elements = text.split(separator)
            name = elements[0]
            try:
                if name == "CAS" and len(elements) == 4:
                    _, group, code, adjustment = elements
                    amount = amount_of(adjustment)
                    if amount is None:
                        amount = self._required(adjustment, "CAS03", index)
                    adjustments.append(_new(Adjustment, (group, code, amount, None)))
                    adjusted += amount
                elif name == "DTM":
                    day = DAYS[elements[2]]
                    if day is None:
                        self._period(elements, index, days)
                    else:
                        days[elements[1]] = day
                        if len(self._stated) < _REMEMBERED:
                            self._stated[text] = elements[1], day
                elif name == "REF":
                    references.append(_new(Qualified, (elements[1], elements[2])))
                elif name == "AMT":
                    amount = amount_of(elements[2])
                    if amount is None:
                        amount = self._unread(elements[2], "AMT02", index)
                    amounts.append(_new(QualifiedAmount, (elements[1], amount)))
                elif name == "SVC":
                    all_adjusted += adjusted
                    if service:
                        line = self._line(len(lines) + 1, service, service_at, adjusted, level)
                        balanced &= line.balanced
                        lines.append(line)
                    readable &= self._readable
                    self._readable = True
                    service, service_at = elements, index
                    adjusted = ZERO
                    level = _new(_Level, ([], [], [], [], [], {}))
                    adjustments, amounts, _, references, _, days = level
                elif name == "NM1":
                    parties[elements[1]] = party(elements)
                elif name == "LQ":
                    level.remarks.append(_new(Qualified, (elements[1], elements[2])))
                elif name == "CAS":
                    adjusted += self._adjustments(elements, index, adjustments)
                elif index:
                    self._seldom(elements, index, level, parts)
            except IndexError:
                self._too_short(elements, index, level)
        all_adjusted += adjusted
        if service:
            line = self._line(len(lines) + 1, service, service_at, adjusted, level)
            balanced &= line.balanced
            lines.append(line)
        readable &= self._readable
        clp = texts[0].split(separator)
        if len(clp) < 14:
            clp += _ABSENT
        charge, paid = self._required(clp[3], "CLP03", 0), self._required(clp[4], "CLP04", 0)
        self.payments_readable &= not clp[4] or amount_of(clp[4]) is not None
        balanced &= self._proven(charge, all_adjusted, paid, readable and self._readable)
        adjustments, amounts, quantities, references, _, days = claim_level
        party_of = parties.get
        # Positions, not names: naming 41 values costs as much as splitting the whole claim.
        values = (
            sequence,
            self._number(clp[1]),
            clp[2],  # status
            charge,
            paid,
            self._optional(clp[5], "CLP05", 0) if clp[5] else None,
            clp[6],  # filing indicator
            clp[7],  # payer's control number
            clp[8],  # facility
            clp[9],  # frequency
            clp[11],  # DRG
            self._count(clp[12], "CLP12", 0) if clp[12] else None,
            self._count(clp[13], "CLP13", 0) if clp[13] else None,
            clp[2] == "22",
            party_of("QC", _NOBODY),  # patient
            party_of("IL", _NOBODY),  # subscriber
            party_of("74", _NOBODY),  # corrected
            party_of("82", _NOBODY),  # rendering
            party_of("TT", _NOBODY),  # crossover
            party_of("PR", _NOBODY),  # priority payer
            party_of("GB", _NOBODY),  # other subscriber
            days.get("232"),
            days.get("233") or days.get("232-end"),
            days.get("050") or days.get("50"),  # received
            days.get("036") or days.get("36"),  # coverage expires
            tuple(adjustments),
            tuple(amounts),
            tuple(quantities),
            tuple(parts.medicare),
            tuple(parts.remarks),
            tuple(references),
            tuple(parts.contacts),
            tuple(lines),
            balanced,
            blake2b(canonical(texts, self._delimiters).encode(), digest_size=16).digest(),
            claim.first,
            claim.offset,
            self._faults.take() if self._faults.found else (),
        )
        return _new(RemittanceClaim, values)

    def _number(self, text: str) -> str:
        if len(text) > NUMBER_LONGEST:
            told = f"CLP01 has {len(text)} characters; cut to {NUMBER_LONGEST}."
            self._faults.add("value-too-long", told, self._where(0, "CLP"))
        return text[:NUMBER_LONGEST]

    def _where(self, index: int, name: str) -> str:
        return place(clean(name, 10), self._claim.byte(index), self._claim.first + index)

    def _cut(self, texts: list[str]) -> list[str]:
        kept = list(texts)
        for index, text in enumerate(texts):
            if len(text) > USUALLY_LONGEST:
                elements = text.split(self._element)
                kept[index] = self._element.join(self._door.cut(elements, self._where(index, elements[0])))
        return kept

    def _line(
        self, number: int, svc: list[str], index: int, adjusted: Decimal, level: _Level
    ) -> RemittanceLine:
        if len(svc) < 8:
            svc += _ABSENT
        charge, paid = amount_of(svc[2]), amount_of(svc[3])
        if charge is None or paid is None:
            charge = self._required(svc[2], "SVC02", index)
            paid = self._required(svc[3], "SVC03", index)
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
                told = (
                    f"Line {number}: the charge {charge} less adjustments {adjusted} is {remaining},"
                    f" but {paid} was paid."
                )
                self._faults.add("line-balance", told, self._where(index, "SVC"))
        adjustments, amounts, quantities, references, remarks, days = level
        day = days.get
        begun = ended = day("472")
        if begun is None or len(days) > 1:
            begun = day("150") or begun
            ended = day("151") or day("472-end") or day("150-end") or begun
        units = QUANTITIES[svc[5]] if svc[5] else None
        if units is None:
            units = self._count(svc[5], "SVC05", index)
        control = ""
        for name, value in references:
            if name == "6R":
                control = value
                break
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
        return _new(RemittanceLine, values)

    def _proven(self, charge: Decimal, adjusted: Decimal, paid: Decimal, readable: bool) -> bool:
        if readable and charge - adjusted == paid:
            return True
        self.claims_balanced = False
        if readable:
            told = (
                f"The claim's charge {charge} less all adjustments {adjusted} is {charge - adjusted},"
                f" but {paid} was paid."
            )
            self._faults.add("claim-balance", told, self._where(0, "CLP"))
        return False

    def _adjustments(self, elements: list[str], index: int, adjustments: list[Adjustment]) -> Decimal:
        """Reads the up to six reasons of a CAS (CAS02 to CAS19) and gives their sum."""
        group = at(elements, 1)
        adjusted = ZERO
        for first in range(2, len(elements), 3):
            code, text, units = (*elements[first : first + 3], "", "")[:3]
            if code or text or units:
                amount = self._required(text, f"CAS{first + 1:02d}", index)
                count = self._count(units, f"CAS{first + 2:02d}", index) if units else None
                adjustments.append(Adjustment(group, code, amount, count))
                adjusted += amount
        if len(elements) > 20 or len(elements) < 4:
            told = f"A CAS segment has {len(elements) - 1} elements; three to nineteen are wanted."
            self._faults.add("bad-adjustment", told, self._where(index, "CAS"))
        return adjusted

    def _period(self, elements: list[str], index: int, days: dict[str, datetime.date]) -> None:
        both = period(elements)
        if both is None:
            self._faults.add("bad-date", "The date cannot be read.", self._where(index, "DTM"))
        else:
            days[elements[1]] = both[0]
            if both[1] != both[0]:
                days[f"{elements[1]}-end"] = both[1]

    def _seldom(self, elements: list[str], index: int, level: _Level, parts: _Parts) -> None:
        """Reads the segments that few claims have, and those that are too short or do not belong here."""
        name, first, second = elements[0], at(elements, 1), at(elements, 2)
        match name:
            case "QTY":
                value = self._count(second, "QTY02", index)
                if value is not None:
                    level.quantities.append(QualifiedAmount(first, value))
            case "MIA" | "MOA":
                self._medicare(elements, index, parts)
            case "PER":
                parts.contacts.append(contact(elements))
            case _ if name in KNOWN_IN_835:
                told = f"Segment {name} has no place in a claim; it was not read."
                self._faults.add("segment-out-of-place", told, self._where(index, name))
            case _ if name not in self._unknown:
                if len(self._unknown) < UNKNOWN_KEPT:
                    self._unknown.add(name)
                told = f"An 835 has no segment {clean(name, 10)}; it was not read."
                self._faults.add("unknown-segment", told, self._where(index, name))

    def _too_short(self, elements: list[str], index: int, level: _Level) -> None:
        """Takes what there is of a segment that ends before the elements it must have."""
        name, first = elements[0], at(elements, 1)
        told = f"Segment {name} has {len(elements) - 1} elements; more are wanted."
        self._faults.add("segment-too-short", told, self._where(index, name))
        if name == "REF":
            level.references.append(Qualified(first, ""))
        elif name == "LQ":
            level.remarks.append(Qualified(first, ""))

    def _medicare(self, elements: list[str], index: int, parts: _Parts) -> None:
        name = elements[0]
        for number, text in enumerate(elements[1:], 1):
            if text and number in _REMARKS[name]:
                parts.remarks.append(text)
            elif text:
                value = self._count(text, f"{name}{number:02d}", index)
                if value is not None:
                    parts.medicare.append(QualifiedAmount(f"{name}{number:02d}", value))

    def _required(self, text: str, name: str, index: int) -> Decimal:
        """An amount of an equation: absent it counts as 0.00, unreadable the level cannot be proven."""
        amount = amount_of(text)
        if amount is not None:
            return amount
        if text:
            self._readable = False
        return self._unread(text, name, index)

    def _unread(self, text: str, name: str, index: int) -> Decimal:
        if text:
            told = f"{name} is no amount ({clean(text, 20)}); 0.00 was taken."
            self._faults.add("bad-amount", told, self._where(index, name[:-2]))
        else:
            self._faults.add("missing-amount", f"{name} is missing.", self._where(index, name[:-2]))
        return ZERO

    def _optional(self, text: str, name: str, index: int) -> Decimal | None:
        if not text:
            return None
        amount = amount_of(text)
        return self._unread(text, name, index) if amount is None else amount

    def _count(self, text: str, name: str, index: int) -> Decimal | None:
        value = QUANTITIES[text]
        if value is None and text:
            told = f"{name} is no number ({clean(text, 20)})."
            self._faults.add("bad-number", told, self._where(index, name[:-2]))
        return value
