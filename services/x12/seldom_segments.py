"""What few claims of an 835 have, and what should not be in one: read apart from the way most segments take."""

from decimal import Decimal
from typing import NamedTuple

from models.words.money import ZERO
from services.clean import clean
from services.x12.claim_values import ClaimValues
from services.x12.elements import KNOWN_IN_835, UNKNOWN_KEPT, at
from services.x12.names import contact
from services.x12.remittance import Adjustment, Contact, Dated, Party, Qualified, QualifiedAmount
from services.x12.values import period

#: What a claim and a service line both have, gathered from CAS, AMT, QTY, REF, LQ and DTM segments. A plain
#: tuple: one is made and taken apart for each line.
Level = tuple[
    list[Adjustment],
    list[QualifiedAmount],
    list[QualifiedAmount],
    list[Qualified],
    list[Qualified],
    list[Dated],
]

#: The qualifier of a remark code where it stands in LQ (LQ01).
_REMARK_CODE = "HE"
#: Which elements of MIA and MOA are remark codes (element 127); the others are numbers.
_MEDICARE_ELEMENTS = 24
_REMARKS = {"MIA": frozenset({5, 20, 21, 22, 23}), "MOA": frozenset({3, 4, 5, 6, 7})}


class Few(NamedTuple):
    """What few claims have, gathered from their segments."""

    medicare: list[QualifiedAmount]
    remarks: list[Qualified]
    contacts: list[Contact]
    parties: list[Party]


class SeldomSegments:
    """Reads the segments of one 835 set's claims that few claims have."""

    def __init__(self, values: ClaimValues, unknown: set[str]) -> None:
        self._values = values
        self._unknown = unknown

    def read(self, segment: str, elements: list[str], level: Level, few: Few) -> None:
        """Reads MIA, MOA, QTY and PER, and tells of what does not belong in a claim."""
        name, first, second = elements[0], at(elements, 1), at(elements, 2)
        match name:
            case "QTY":
                value = self._values.count(second, "QTY02", segment)
                if value is not None:
                    level[2].append(QualifiedAmount(first, value))
            case "MIA" | "MOA":
                self._medicare(segment, elements, few)
            case "PER":
                few.contacts.append(contact(elements))
            case _ if name in KNOWN_IN_835:
                told = f"segment {name} has no place in a claim; it was not read."
                self._values.tell("segment-out-of-place", told, segment, name)
            case _ if name not in self._unknown:
                if len(self._unknown) < UNKNOWN_KEPT:
                    self._unknown.add(name)
                told = f"an 835 has no segment {clean(name, 10)}; it was not read."
                self._values.tell("unknown-segment", told, segment, name)

    def adjustments(self, segment: str, elements: list[str], adjustments: list[Adjustment]) -> Decimal:
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
            told = f"a CAS segment has {len(elements) - 1} elements; three to nineteen are wanted."
            self._values.tell("bad-adjustment", told, segment, "CAS")
        return adjusted

    def period(self, segment: str, elements: list[str], days: list[Dated]) -> None:
        """Reads a DTM that holds a period, or a day in another format than most."""
        both = period(elements)
        if both is None:
            self._values.tell("bad-date", "the date cannot be read.", segment, "DTM")
        else:
            days.append(Dated(elements[1], both[0]))
            if both[1] != both[0]:
                days.append(Dated(f"{elements[1]}-end", both[1]))

    def too_short(self, segment: str, elements: list[str], level: Level) -> None:
        """Takes what there is of a segment that ends before the elements it must have."""
        name, first = elements[0], at(elements, 1)
        told = f"segment {name} has {len(elements) - 1} elements; more are wanted."
        self._values.tell("segment-too-short", told, segment, name)
        if name == "REF":
            level[3].append(Qualified(first, ""))
        elif name == "LQ":
            level[4].append(Qualified(first, ""))

    def _medicare(self, segment: str, elements: list[str], few: Few) -> None:
        name = elements[0]
        if len(elements) > _MEDICARE_ELEMENTS + 1:
            told = f"segment {name} has {len(elements) - 1} elements; {_MEDICARE_ELEMENTS} are read at most."
            self._values.tell("segment-too-long", told, segment, name)
        for number, text in enumerate(elements[1 : _MEDICARE_ELEMENTS + 1], 1):
            if text and number in _REMARKS[name]:
                few.remarks.append(Qualified(_REMARK_CODE, text))
            elif text:
                value = self._values.count(text, f"{name}{number:02d}", segment)
                if value is not None:
                    few.medicare.append(QualifiedAmount(f"{name}{number:02d}", value))
