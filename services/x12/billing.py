"""What an 837 says about each claim, as plain values (005010X222A1 professional, X223A2 institutional)."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from services.findings import Finding
from services.x12.remittance import Party, Qualified


@dataclass(frozen=True, slots=True)
class BilledLine:
    """One service line: loop 2400 (LX, SV1 or SV2, DTP*472, REF*6R)."""

    number: int
    qualifier: str
    procedure: str
    modifiers: tuple[str, ...]
    revenue_code: str
    units: Decimal | None
    charge: Decimal
    service_from: datetime.date | None
    service_to: datetime.date | None
    control_number: str


@dataclass(frozen=True, slots=True)
class OtherPayer:
    """A further payer of the claim: loop 2320/2330B (SBR01 sequence, SBR09 filing code, NM1*PR)."""

    sequence: str
    filing: str
    name: str
    identifier: str


@dataclass(frozen=True, slots=True)
class BilledClaim:
    """One claim: loop 2300 with the subscriber, patient, payer and billing provider it stands under.

    `payer_sequence` is SBR01 (P, S, T), `filing` SBR09. `service_from`/`service_to` are the statement dates
    (DTP*434) or, without them, the earliest and latest date of the lines. `original_number` is REF*F8.
    """

    kind: str
    number: str
    charge: Decimal
    facility: str
    frequency: str
    payer_sequence: str
    filing: str
    payer: Party
    subscriber: Party
    patient: Party
    birth_date: datetime.date | None
    relationship: str
    billing_provider: Party
    billing_tax_id: str
    rendering: Party
    service_from: datetime.date | None
    service_to: datetime.date | None
    original_number: str
    diagnoses: tuple[str, ...]
    references: tuple[Qualified, ...]
    other_payers: tuple[OtherPayer, ...]
    lines: tuple[BilledLine, ...]
    segment: int
    offset: int
    findings: tuple[Finding, ...]
    #: Whether CLM02 is an amount; else `charge` is 0.00.
    charge_read: bool = True

    @property
    def size(self) -> int:
        """How many things it says, at least one: what it takes in memory goes by them."""
        return 1 + len(self.lines) + len(self.diagnoses) + len(self.references) + len(self.other_payers)


@dataclass(frozen=True, slots=True)
class BillingEnd:
    """How the 837 set ended: whether SE was there and how many claims it held."""

    claims: int
    complete: bool
    segments: int
    findings: tuple[Finding, ...]
