"""Loop 2100 of an 835: one claim with its lines, and the proof of its balance."""

from decimal import Decimal
from typing import NamedTuple

from models.words.money import ZERO
from services.clean import clean
from services.x12.claim_values import ClaimSegments, ClaimValues
from services.x12.elements import (
    KNOWN_IN_835,
    NUMBER_LONGEST,
    TURNS,
    UNKNOWN_KEPT,
    USUALLY_LONGEST,
    ElementDoor,
    at,
    canonical,
)
from services.x12.envelope import Delimiters
from services.x12.faults import Faults
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
from services.x12.remittance_line import Day, Level, LineReader
from services.x12.values import DAYS, amount_of, period

_NOBODY = Party()
# Builds a named tuple at half the cost of calling its class.
_new = tuple.__new__

# What stands for elements that a segment leaves out at its end.
_ABSENT = ("",) * 14

# How many NM1 and how many DTM segments of a set are remembered with what they say: its claims repeat
# their providers and days.
_REMEMBERED = 1_000
_LONGEST_REMEMBERED = 500

#: Which elements of MIA and MOA are remark codes (element 127); the others are numbers.
_MEDICARE_ELEMENTS = 24
_REMARKS = {"MIA": frozenset({5, 20, 21, 22, 23}), "MOA": frozenset({3, 4, 5, 6, 7})}


class _Seldom(NamedTuple):
    """What few claims have, gathered from their segments."""

    medicare: list[QualifiedAmount]
    remarks: list[str]
    contacts: list[Contact]


class ClaimReader:
    """Reads the claims of one 835 set, each from its segments (CLP up to the next CLP, LX, PLB or SE)."""

    def __init__(self, delimiters: Delimiters, door: ElementDoor, faults: Faults, unknown: set[str]) -> None:
        self._delimiters = delimiters
        self._faults = faults
        self._unknown = unknown
        self._door = door
        self._values = ClaimValues(faults)
        self._lines = LineReader(delimiters.component, self._values)
        self._known: dict[str, Party] = {}
        self._stated: dict[str, Day] = {}
        self.claims_balanced = True
        self.payments_readable = True

    @property
    def lines_balanced(self) -> bool:
        """Whether all lines of the claims read so far are balanced."""
        return self._lines.balanced

    def read(self, sequence: int, claim: ClaimSegments) -> RemittanceClaim:
        """Reads one claim and proves its equations; what is wrong becomes findings of the claim.

        Line: SVC02 - CAS of the line = SVC03. Claim: CLP03 - all CAS = CLP04 (X12 005010X221A1, 1.10.2.1).
        It ends at the next turn; where that stands before the end of its segments, `claim.behind` says so.
        """
        texts = claim.texts
        values = self._values
        values.begin(claim, texts)
        if max(map(len, texts)) > USUALLY_LONGEST:
            texts = self._cut(texts)
            values.begin(claim, texts)
        separator, read_line = self._delimiters.element, self._lines.read
        readable = True
        parties: dict[str, Party] = {}
        known, stated = self._known, self._stated.get
        seldom: _Seldom | None = None
        lines: list[RemittanceLine] = []
        adjusted = all_adjusted = ZERO
        service: list[str] = []
        service_text = ""
        level: Level = ([], [], [], [], [], [])
        claim_level = level
        adjustments, amounts, _, references, remarks, days = level
        balanced = claim.whole
        for text in texts[1:]:
            day_stated = stated(text)
            if day_stated is not None:
                days.append(day_stated)
                continue
            elements = text.split(separator)
            name = elements[0]
            try:
                if name == "CAS":
                    try:
                        _, group, code, adjustment = elements
                    except ValueError:
                        adjusted += self._adjustments(text, elements, adjustments)
                        continue
                    amount = amount_of(adjustment)
                    if amount is None:
                        amount = values.required(adjustment, "CAS03", text)
                    adjustments.append(_new(Adjustment, (group, code, amount, None)))
                    adjusted += amount
                elif name == "SVC":
                    if service:
                        line = read_line(len(lines) + 1, service_text, service, adjusted, level)
                        balanced &= line.balanced
                        lines.append(line)
                    service, service_text = elements, text
                    if not values.readable:
                        readable, values.readable = False, True
                    all_adjusted += adjusted
                    adjusted = ZERO
                    level = [], [], [], [], [], []
                    adjustments, amounts, _, references, remarks, days = level
                elif name == "REF":
                    references.append(_new(Qualified, (elements[1], elements[2])))
                elif name == "AMT":
                    amount = amount_of(elements[2])
                    if amount is None:
                        amount = values.unread(elements[2], "AMT02", text)
                    amounts.append(_new(QualifiedAmount, (elements[1], amount)))
                elif name == "NM1":
                    named = known.get(text)
                    if named is None:
                        named = party(elements)
                        if len(known) < _REMEMBERED and len(text) <= _LONGEST_REMEMBERED:
                            known[text] = named
                    parties[elements[1]] = named
                elif name == "LQ":
                    remarks.append(_new(Qualified, (elements[1], elements[2])))
                elif name == "DTM":
                    day = DAYS[elements[2]]
                    if day is None:
                        self._period(text, elements, days)
                    else:
                        day_stated = elements[1], day
                        days.append(day_stated)
                        if len(self._stated) < _REMEMBERED and len(text) <= _LONGEST_REMEMBERED:
                            self._stated[text] = day_stated
                elif name in TURNS:
                    claim.behind = texts.index(text, 1)
                    texts = texts[: claim.behind]
                    break
                else:
                    if seldom is None:
                        seldom = _Seldom([], [], [])
                    self._seldom(text, elements, level, seldom)
            except IndexError:
                self._too_short(text, elements, level)
        if service:
            line = read_line(len(lines) + 1, service_text, service, adjusted, level)
            balanced &= line.balanced
            lines.append(line)
        all_adjusted += adjusted
        readable &= values.readable
        values.readable = True
        clp = texts[0].split(separator)
        if len(clp) < 14:
            clp += _ABSENT
        charge, paid = amount_of(clp[3]), amount_of(clp[4])
        if charge is None:
            charge = values.required(clp[3], "CLP03", texts[0])
        if paid is None:
            self.payments_readable &= not clp[4]
            paid = values.required(clp[4], "CLP04", texts[0])
        readable &= values.readable
        if not (readable and charge - all_adjusted == paid):
            balanced = False
            self._unbalanced(charge, all_adjusted, paid, readable, texts[0])
        if not claim.whole:
            # What was cut off might change every sum.
            self.claims_balanced = self._lines.balanced = False
        adjustments, amounts, quantities, references, _, days = claim_level
        party_of, day_of = parties.get, dict(days).get
        # Positions, not names: naming 41 values costs as much as splitting the whole claim.
        found = (
            sequence,
            clp[1] if len(clp[1]) <= NUMBER_LONGEST else self._number(texts[0], clp[1]),
            clp[2],  # status
            charge,
            paid,
            values.optional(clp[5], "CLP05", texts[0]),
            clp[6],  # filing indicator
            clp[7],  # payer's control number
            clp[8],  # facility
            clp[9],  # frequency
            clp[11],  # DRG
            values.count(clp[12], "CLP12", texts[0]) if clp[12] else None,
            values.count(clp[13], "CLP13", texts[0]) if clp[13] else None,
            clp[2] == "22",
            party_of("QC", _NOBODY),  # patient
            party_of("IL", _NOBODY),  # subscriber
            party_of("74", _NOBODY),  # corrected
            party_of("82", _NOBODY),  # rendering
            party_of("TT", _NOBODY),  # crossover
            party_of("PR", _NOBODY),  # priority payer
            party_of("GB", _NOBODY),  # other subscriber
            day_of("232"),
            day_of("233") or day_of("232-end"),
            day_of("050") or day_of("50"),  # received
            day_of("036") or day_of("36"),  # coverage expires
            tuple(adjustments),
            tuple(amounts),
            tuple(quantities),
            tuple(seldom.medicare) if seldom else (),
            tuple(seldom.remarks) if seldom else (),
            tuple(references),
            tuple(seldom.contacts) if seldom else (),
            tuple(lines),
            balanced,
            canonical(texts, self._delimiters),
            claim.first,
            claim.offset,
            self._faults.take() if self._faults.found else (),
        )
        return _new(RemittanceClaim, found)

    def _number(self, segment: str, text: str) -> str:
        if len(text) > NUMBER_LONGEST:
            told = f"CLP01 has {len(text)} characters; cut to {NUMBER_LONGEST}."
            self._faults.add("value-too-long", told, self._values.where(segment, "CLP"))
        return text[:NUMBER_LONGEST]

    def _cut(self, texts: list[str]) -> list[str]:
        kept = list(texts)
        for index, text in enumerate(texts):
            elements = text.split(self._delimiters.element)
            if index and elements[0] in TURNS:
                break
            if max(map(len, elements)) > USUALLY_LONGEST:
                where = self._values.where(text, elements[0])
                kept[index] = self._delimiters.element.join(self._door.cut(elements, where))
        return kept

    def _unbalanced(
        self, charge: Decimal, adjusted: Decimal, paid: Decimal, readable: bool, segment: str
    ) -> None:
        self.claims_balanced = False
        if readable:
            told = (
                f"The claim's charge {charge} less all adjustments {adjusted} is {charge - adjusted},"
                f" but {paid} was paid."
            )
            self._faults.add("claim-balance", told, self._values.where(segment, "CLP"))

    def _adjustments(self, segment: str, elements: list[str], adjustments: list[Adjustment]) -> Decimal:
        """Reads the up to six reasons of a CAS (CAS02 to CAS19) and gives their sum."""
        group = at(elements, 1)
        adjusted = ZERO
        for first in range(2, len(elements), 3):
            code, text, units = (*elements[first : first + 3], "", "")[:3]
            if code or text or units:
                amount = self._values.required(text, f"CAS{first + 1:02d}", segment)
                count = self._values.count(units, f"CAS{first + 2:02d}", segment) if units else None
                adjustments.append(Adjustment(group, code, amount, count))
                adjusted += amount
        if len(elements) > 20 or len(elements) < 4:
            told = f"A CAS segment has {len(elements) - 1} elements; three to nineteen are wanted."
            self._faults.add("bad-adjustment", told, self._values.where(segment, "CAS"))
        return adjusted

    def _period(self, segment: str, elements: list[str], days: list[Day]) -> None:
        both = period(elements)
        if both is None:
            self._faults.add("bad-date", "The date cannot be read.", self._values.where(segment, "DTM"))
        else:
            days.append((elements[1], both[0]))
            if both[1] != both[0]:
                days.append((f"{elements[1]}-end", both[1]))

    def _seldom(self, segment: str, elements: list[str], level: Level, seldom: _Seldom) -> None:
        """Reads the segments that few claims have, and those that are too short or do not belong here."""
        name, first, second = elements[0], at(elements, 1), at(elements, 2)
        match name:
            case "QTY":
                value = self._values.count(second, "QTY02", segment)
                if value is not None:
                    level[2].append(QualifiedAmount(first, value))
            case "MIA" | "MOA":
                self._medicare(segment, elements, seldom)
            case "PER":
                seldom.contacts.append(contact(elements))
            case _ if name in KNOWN_IN_835:
                told = f"Segment {name} has no place in a claim; it was not read."
                self._faults.add("segment-out-of-place", told, self._values.where(segment, name))
            case _ if name not in self._unknown:
                if len(self._unknown) < UNKNOWN_KEPT:
                    self._unknown.add(name)
                told = f"An 835 has no segment {clean(name, 10)}; it was not read."
                self._faults.add("unknown-segment", told, self._values.where(segment, name))

    def _too_short(self, segment: str, elements: list[str], level: Level) -> None:
        """Takes what there is of a segment that ends before the elements it must have."""
        name, first = elements[0], at(elements, 1)
        told = f"Segment {name} has {len(elements) - 1} elements; more are wanted."
        self._faults.add("segment-too-short", told, self._values.where(segment, name))
        if name == "REF":
            level[3].append(Qualified(first, ""))
        elif name == "LQ":
            level[4].append(Qualified(first, ""))

    def _medicare(self, segment: str, elements: list[str], seldom: _Seldom) -> None:
        name = elements[0]
        if len(elements) > _MEDICARE_ELEMENTS + 1:
            told = f"Segment {name} has {len(elements) - 1} elements; {_MEDICARE_ELEMENTS} are read at most."
            self._faults.add("segment-too-long", told, self._values.where(segment, name))
        for number, text in enumerate(elements[1 : _MEDICARE_ELEMENTS + 1], 1):
            if text and number in _REMARKS[name]:
                seldom.remarks.append(text)
            elif text:
                value = self._values.count(text, f"{name}{number:02d}", segment)
                if value is not None:
                    seldom.medicare.append(QualifiedAmount(f"{name}{number:02d}", value))
