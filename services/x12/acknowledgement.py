"""What a 277CA says about each claim, as plain values (005010X214)."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from services.findings import Finding


@dataclass(frozen=True, slots=True)
class ClaimAcknowledgement:
    """The payer's word on one claim: loop 2200D (TRN*2, STC, REF*1K).

    `category` and `status` are STC01-1 and STC01-2 of each STC, `action` its STC03 (WQ accepted,
    U rejected). Accepted means action WQ with category A2 or A5 (DESIGN 5).
    """

    claim: str
    patient: str
    categories: tuple[str, ...]
    statuses: tuple[str, ...]
    action: str
    charge: Decimal | None
    payer_control: str
    date: datetime.date | None
    segment: int
    offset: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class AcknowledgementEnd:
    """How the 277CA set ended: whether SE was there and how many claims it named."""

    claims: int
    complete: bool
    segments: int
    findings: tuple[Finding, ...]
