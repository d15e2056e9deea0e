"""Reading an 837 as a stream: each claim with the provider, subscriber and patient it stands under."""

from collections.abc import Iterator

from services.clean import clean
from services.x12.billed_claim import ClaimLoop, PatientLevel, ProviderLevel, SubscriberLevel
from services.x12.billing import BilledClaim, BillingEnd
from services.x12.composites import Composites
from services.x12.elements import ElementDoor, at
from services.x12.envelope import Segment, TransactionSet
from services.x12.faults import Faults, place
from services.x12.identify import guide_named
from services.x12.names import NameLoop
from services.x12.values import period

#: The guides of the 837 (5010 and 4010). X298 to X300 report adjudicated claims: they are no bills.
GUIDES_837 = {
    "X222": "837P",
    "X223": "837I",
    "X224": "837D",
    "X098": "837P",
    "X096": "837I",
    "X097": "837D",
}

#: Segments that are read of one level above the claims (HL 20, 22 or 23); the guides allow about thirty.
LEVEL_SEGMENTS = 100
#: How many billing providers of one set are remembered by their HL01, for subscribers that follow another one.
_PROVIDERS = 500

_PROVIDER, _SUBSCRIBER, _PATIENT = "20", "22", "23"


def read_837(transaction_set: TransactionSet) -> Iterator[BilledClaim | BillingEnd]:
    """Reads the claims of an 837, one by one, and says last how the set ended.

    Professional (005010X222A1), institutional (005010X223A2) and dental (X224) claims; 4010 as far as
    it has the same segments. A claim whose charge is not the sum of its lines has the finding
    `charge-total`; nothing is repaired. Amounts are dollars. Findings of the set's envelope are in
    `transaction_set.findings`.
    """
    return _Billing(transaction_set).read()


class _Billing:
    """One 837 set on its way through the reader: where in the hierarchy (HL) it stands."""

    def __init__(self, transaction_set: TransactionSet) -> None:
        self._set = transaction_set
        self._faults = Faults()
        self._composites = Composites(transaction_set.delimiters)
        self._door = ElementDoor(transaction_set.delimiters, self._faults)
        self._kind = GUIDES_837.get(guide_named(transaction_set), "")
        self._providers: dict[str, ProviderLevel] = {}
        self._provider = ProviderLevel()
        self._provider_number: str | None = None
        self._above_claims = 0  # segments of the level at hand so far
        self._subscriber = SubscriberLevel()
        self._patient: PatientLevel | None = None
        self._claim: ClaimLoop | None = None
        self._name = NameLoop()
        self._claims = 0

    def read(self) -> Iterator[BilledClaim | BillingEnd]:
        complete = False
        ordinal = 0
        for raw in self._set.segments:
            name, ordinal = raw[0][0], raw[1]
            if name in ("CLM", "HL", "SE"):
                if self._claim is not None:
                    yield self._close(self._claim)
                complete = complete or name == "SE"
            segment = self._door.segment(raw)
            if name == "CLM":
                self._claims += 1
                self._claim = ClaimLoop(segment, self._faults, self._composites)
            elif name == "HL":
                self._level(segment)
            elif self._claim is not None:
                self._claim.add(segment)
            else:
                self._above(segment)
        if self._claim is not None:
            yield self._close(self._claim)
        yield BillingEnd(self._claims, complete, ordinal, self._faults.take())

    def _close(self, claim: ClaimLoop) -> BilledClaim:
        self._claim = None
        return claim.finished(self._kind, self._provider, self._subscriber, self._patient)

    def _level(self, segment: Segment) -> None:
        """Goes to another level: HL01 its number, HL02 the number of the level above, HL03 what it is."""
        elements = segment[0]
        number, above, level = at(elements, 1), at(elements, 2), at(elements, 3)
        self._name = NameLoop()
        self._above_claims = 0
        if level == _PROVIDER:
            self._provider, self._provider_number = ProviderLevel(), number
            self._subscriber, self._patient = SubscriberLevel(), None
            if len(self._providers) < _PROVIDERS:
                self._providers[number] = self._provider
        elif level == _SUBSCRIBER:
            self._subscriber, self._patient = SubscriberLevel(number), None
            if above == self._provider_number:
                pass
            elif above in self._providers:
                self._provider, self._provider_number = self._providers[above], above
            else:
                self._tell_misplaced(segment, "a subscriber", above)
        elif level == _PATIENT:
            self._patient = PatientLevel()
            if above != self._subscriber.number:
                self._tell_misplaced(segment, "a patient", above)
        else:
            self._tell_misplaced(segment, f"level {level or 'nothing'}", above)

    def _tell_misplaced(self, segment: Segment, what: str, above: str) -> None:
        told = f"HL says {what} under {above or 'nothing'}, which is not the level above it."
        self._faults.add("bad-hierarchy", told, place("HL", segment[2], segment[1]))

    def _above(self, segment: Segment) -> None:
        """Reads a segment above the claims: loops 2000A to 2010CA."""
        elements = segment[0]
        self._above_claims += 1
        if self._above_claims > LEVEL_SEGMENTS:
            if self._above_claims == LEVEL_SEGMENTS + 1:
                told = f"A level has more than {LEVEL_SEGMENTS} segments; the further ones were not read."
                where = place(clean(elements[0], 3), segment[2], segment[1])
                self._faults.add("too-many-segments", told, where)
            return
        patient, subscriber = self._patient, self._subscriber
        match elements[0]:
            case "SBR":
                subscriber.sequence = at(elements, 1)
                subscriber.relationship = at(elements, 2)
                subscriber.filing = at(elements, 9)
            case "PAT" if patient is not None:
                patient.relationship = at(elements, 1)
            case "NM1":
                self._name = NameLoop(elements)
                match at(elements, 1):
                    case "85":
                        self._provider.billing = self._name
                    case "IL":
                        subscriber.name = self._name
                    case "PR":
                        subscriber.payer = self._name
                    case "QC" if patient is not None:
                        patient.name = self._name
                    case "QC":
                        # 4010 files name the patient at the subscriber's level when both are one person.
                        subscriber.name = self._name
            case "N3" | "N4" | "REF":
                self._name.add(elements)
            case "DMG":
                born = period(elements)
                if born is None:
                    told = "The date of birth cannot be read."
                    self._faults.add("bad-date", told, place("DMG", segment[2], segment[1]))
                elif patient is not None:
                    patient.birth_date = born[0]
                else:
                    subscriber.birth_date = born[0]
