"""Reading a 277CA: what the payer says of each claim it was sent."""

import datetime
from collections.abc import Iterator
from decimal import Decimal

from services.clean import clean
from services.x12.acknowledgement import AcknowledgementEnd, ClaimAcknowledgement
from services.x12.composites import Composites
from services.x12.elements import ElementDoor, at
from services.x12.envelope import Segment, TransactionSet
from services.x12.faults import Faults, place
from services.x12.names import party
from services.x12.values import AMOUNTS, period

#: Statuses that are kept of one claim, each STC saying up to three; and as many further categories.
STATUSES_KEPT = 500

_CLAIM_LEVELS = ("PT", "22", "23")


def read_277ca(transaction_set: TransactionSet) -> Iterator[ClaimAcknowledgement | AcknowledgementEnd]:
    """Reads the claim acknowledgements of a 277CA, one by one, and says last how the set ended.

    A claim stands at the patient's level (HL03 PT; 22 or 23 in files that follow older guides) and
    begins with its number in TRN*2. What is said of receiver and provider (HL03 20, 21, 19) is passed over.
    Source: X12 005010X214, loops 2200D and 2220D.
    """
    return _Acknowledgements(transaction_set).read()


class _Claim:
    """One claim (loop 2200D) while its segments go by."""

    __slots__ = (
        "action",
        "categories",
        "charge",
        "control",
        "cut",
        "date",
        "first",
        "number",
        "patient",
        "seen",
        "statuses",
    )

    def __init__(self, first: Segment, patient: str) -> None:
        self.first = first
        self.number = at(first[0], 2)
        self.patient = patient
        self.categories: list[str] = []
        self.statuses: list[str] = []
        self.seen: set[str] = set()
        self.action = self.control = ""
        self.cut = False
        self.charge: Decimal | None = None
        self.date: datetime.date | None = None


class _Acknowledgements:
    """One 277CA set on its way through the reader."""

    def __init__(self, transaction_set: TransactionSet) -> None:
        self._set = transaction_set
        self._composites = Composites(transaction_set.delimiters)
        self._faults = Faults()
        self._door = ElementDoor(transaction_set.delimiters, self._faults)
        self._patient = ""
        self._in_line = False

    def read(self) -> Iterator[ClaimAcknowledgement | AcknowledgementEnd]:
        claim: _Claim | None = None
        claims, ordinal = 0, 0
        complete = at_claims = False
        for raw in self._set.segments:
            segment = self._door.segment(raw)
            elements, ordinal, _ = segment
            name = elements[0]
            begins = name == "TRN" and at(elements, 1) == "2" and at_claims
            if claim is not None and (begins or name in ("HL", "SE")):
                yield self._finish(claim)
                claim = None
            if name == "HL":
                at_claims = at(elements, 3) in _CLAIM_LEVELS
                self._patient = ""
            elif name == "SE":
                complete = True
            elif name == "NM1" and at_claims and at(elements, 1) in ("QC", "IL"):
                self._patient = party(elements).full_name
            elif begins:
                claims += 1
                claim = _Claim(segment, self._patient)
                self._in_line = False
            elif claim is not None:
                self._add(claim, segment)
        if claim is not None:
            yield self._finish(claim)
        yield AcknowledgementEnd(claims, complete, ordinal, self._faults.take())

    def _add(self, claim: _Claim, segment: Segment) -> None:
        elements = segment[0]
        match elements[0]:
            case "SVC":
                self._in_line = True
            case "STC" if not self._in_line:
                self._status(claim, segment)
            case "REF" if at(elements, 1) == "1K" and not self._in_line:
                claim.control = at(elements, 2)
            case "DTP" if at(elements, 1) == "472" and not self._in_line:
                days = period(elements)
                if days is None:
                    told = "The service date cannot be read."
                    self._faults.add("bad-date", told, place("DTP", segment[2], segment[1]))
                else:
                    claim.date = days[0]

    def _status(self, claim: _Claim, segment: Segment) -> None:
        """Takes an STC: STC01, 10 and 11 are category and status, STC03 the action, STC04 the charge."""
        elements = segment[0]
        for index in (1, 10, 11):
            category, *rest = self._composites.split(
                at(elements, index),
                f"STC{index:02d}",
                lambda code, told: self._faults.add(code, told, place("STC", segment[2], segment[1])),
            )
            if not category:
                continue
            if len(claim.categories) >= STATUSES_KEPT:
                self._tell_of_many(claim, segment)
                # A rejection among them must not be lost.
                if category in claim.seen or len(claim.seen) >= 2 * STATUSES_KEPT:
                    continue
            claim.seen.add(category)
            claim.categories.append(category)
            claim.statuses.append(at(rest, 0))
        action, charge = at(elements, 3), at(elements, 4)
        # A rejection among several statuses is what the claim as a whole has met with.
        if action and claim.action != "U":
            claim.action = action
        if charge:
            claim.charge = AMOUNTS[charge]
            if claim.charge is None:
                told = f"STC04 is no amount ({clean(charge, 20)})."
                self._faults.add("bad-amount", told, place("STC", segment[2], segment[1]))

    def _tell_of_many(self, claim: _Claim, segment: Segment) -> None:
        if not claim.cut:
            claim.cut = True
            told = (
                f"The claim has more than {STATUSES_KEPT} statuses; of the further ones only"
                " categories not named before were read."
            )
            self._faults.add("too-many-statuses", told, place("STC", segment[2], segment[1]))

    def _finish(self, claim: _Claim) -> ClaimAcknowledgement:
        where = place("TRN", claim.first[2], claim.first[1])
        if not claim.number:
            self._faults.add("no-claim-number", "The claim's status has no claim number (TRN02).", where)
        if not claim.categories:
            self._faults.add("no-status", "The payer says nothing of this claim (no STC).", where)
        return ClaimAcknowledgement(
            claim=claim.number,
            patient=claim.patient,
            categories=tuple(claim.categories),
            statuses=tuple(claim.statuses),
            action=claim.action,
            charge=claim.charge,
            payer_control=claim.control,
            date=claim.date,
            segment=claim.first[1],
            offset=claim.first[2],
            findings=self._faults.take(),
        )
