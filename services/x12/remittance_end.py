"""What stands behind the claims of an 835: the provider-level adjustments, and what has no place there."""

from collections.abc import Iterator
from decimal import Decimal

from models.words.money import ZERO
from services.clean import clean
from services.x12.composites import Composites
from services.x12.elements import KNOWN_IN_835, UNKNOWN_KEPT, at
from services.x12.envelope import Segment
from services.x12.faults import Faults, place
from services.x12.remittance import ProviderLevelAdjustment
from services.x12.values import AMOUNTS, DAYS

#: The segments of a claim (loops 2100 and 2110).
_OF_CLAIMS = frozenset({"CAS", "NM1", "MIA", "MOA", "REF", "DTM", "PER", "AMT", "QTY", "SVC", "LQ"})


class EndReader:
    """Reads the end of one 835 set segment by segment and keeps nothing of it but sums and findings.

    `taken` is the sum of the PLB amounts in the sign of X12 (positive: taken from the provider); `readable`
    is False once one of them could not be read, which leaves the balance of the payment unproven.
    """

    def __init__(self, composites: Composites, unknown: set[str]) -> None:
        self._composites = composites
        self._unknown = unknown
        self.faults = Faults()
        self.taken = ZERO
        self.readable = True
        #: The segment that stood here last, empty before the first.
        self.last = ""
        self._stray = 0  # the last segment that should stand in a claim: those directly behind follow from it

    def read(self, segment: Segment) -> Iterator[ProviderLevelAdjustment]:
        """Reads one segment behind the header and outside of claims; only a PLB holds adjustments."""
        self.last = name = clean(segment.elements[0], 10)
        if name == "PLB":
            for adjustment in self._provider_level(segment):
                self.taken += adjustment.amount
                yield adjustment
        elif name in _OF_CLAIMS:
            if segment.ordinal != self._stray + 1:
                told = f"Segment {name} stands behind no claim (CLP); up to the next claim or PLB nothing is read."
                self.faults.add("segment-out-of-place", told, place(name, segment.offset, segment.ordinal))
            self._stray = segment.ordinal
        else:
            out_of_place(self.faults, self._unknown, segment, "end of the remittance advice")

    def _provider_level(self, segment: Segment) -> Iterator[ProviderLevelAdjustment]:
        """Reads the up to six pairs of a PLB: PLB03-1 code, PLB03-2 reference, PLB04 amount."""
        elements = segment.elements
        day = DAYS[at(elements, 2)]
        if day is None:
            self._tell(segment, "bad-date", "PLB02, the fiscal period date, cannot be read.")
        if len(elements) < 5 or len(elements) > 15:
            told = f"A PLB segment has {len(elements) - 1} elements; four to fourteen are wanted."
            self._tell(segment, "bad-adjustment", told)
        for index in range(3, len(elements), 2):
            reason, text = elements[index], at(elements, index + 1)
            if not reason and not text:
                continue
            amount = AMOUNTS[text]
            if amount is None:
                amount = self._no_amount(segment, f"PLB{index + 1:02d}", text)
            code, *reference = self._composites.split(
                reason, f"PLB{index:02d}", lambda code, told: self._tell(segment, code, told)
            )
            yield ProviderLevelAdjustment(elements[1], day, code, ":".join(reference), amount)

    def _no_amount(self, segment: Segment, name: str, text: str) -> Decimal:
        if text:
            self.readable = False
            self._tell(segment, "bad-amount", f"{name} is no amount ({clean(text, 20)}); 0.00 was taken.")
        else:
            self._tell(segment, "missing-amount", f"{name} is missing.")
        return ZERO

    def _tell(self, segment: Segment, code: str, text: str) -> None:
        self.faults.add(code, text, place("PLB", segment.offset, segment.ordinal))


def out_of_place(faults: Faults, unknown: set[str], segment: Segment, part: str) -> None:
    """Tells of a segment that does not belong where it stands; of one no 835 has only once a set."""
    name = clean(segment.elements[0], 10)
    where = place(name, segment.offset, segment.ordinal)
    if name in KNOWN_IN_835:
        told = f"Segment {name} has no place in the {part}; it was not read."
        faults.add("segment-out-of-place", told, where)
    elif name not in unknown:
        if len(unknown) < UNKNOWN_KEPT:
            unknown.add(name)
        faults.add("unknown-segment", f"An 835 has no segment {name}; it was not read.", where)
