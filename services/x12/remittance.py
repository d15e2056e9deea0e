"""What an 835 says, loop by loop, as plain values (X12 005010X221A1 and 004010X091A1).

A set is read as a stream so that memory does not depend on its size: first one
`RemittanceHeader` (loops 1000A/B), then each `RemittanceClaim` (loop 2100), last one
`RemittanceSummary` (PLB and SE). All texts are cleaned; amounts are dollars; an absent
element is an empty text or None. Amounts that cannot be read are 0.00 with a finding. What a file holds
by the thousand are named tuples, because frozen dataclasses take several times as long to build.
"""

import datetime
import re
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import blake2b
from typing import NamedTuple

from models.words.money import ZERO
from services.findings import Finding
from services.x12.amounts_alike import with_amounts_alike

# It begins only where a row of separators does: a long row would else be tried from each of them.
_EMPTY_END = re.compile(r"(?<!\*)\*+(?=~|\Z)")


class Adjustment(NamedTuple):
    """One reason of a CAS segment: group CAS01, reason CAS02, amount CAS03, quantity CAS04."""

    group: str
    code: str
    amount: Decimal
    quantity: Decimal | None


class Qualified(NamedTuple):
    """A value with its qualifier: REF, NM1 identifiers, LQ."""

    qualifier: str
    value: str


class QualifiedAmount(NamedTuple):
    """An amount or quantity with its qualifier: AMT, QTY."""

    qualifier: str
    amount: Decimal


class Dated(NamedTuple):
    """A day with its qualifier (DTM01); the last day of a period has `-end` behind it."""

    qualifier: str
    day: datetime.date


@dataclass(frozen=True, slots=True)
class Contact:
    """One way to reach the payer: a PER segment's name and numbers (TE, FX, EM, EX, UR)."""

    function: str
    name: str
    numbers: tuple[Qualified, ...]


class Party(NamedTuple):
    """A payer, payee, patient, provider or other name of loops 1000 and 2100."""

    entity: str = ""
    person: bool = False
    name: str = ""
    first: str = ""
    middle: str = ""
    suffix: str = ""
    qualifier: str = ""
    identifier: str = ""
    address: tuple[str, ...] = ()
    references: tuple[Qualified, ...] = ()

    @property
    def full_name(self) -> str:
        """The name as VistA writes it, `LAST,FIRST M JR`, or the organisation's; without a last name what there is."""
        given = " ".join([part for part in (self.first, self.middle, self.suffix) if part])
        return f"{self.name},{given}" if self.name and given else self.name or given


@dataclass(frozen=True, slots=True)
class RemittanceHeader:
    """Who pays how much to whom and by what: BPR, TRN, CUR, REF, DTM, loops 1000A and 1000B.

    `references` are the REF segments of no name, and the elements of N2, RDM and NTE by their names (`RDM02`).
    """

    control: str
    version: str
    handling: str = ""
    total: Decimal = ZERO
    credit_debit: str = ""
    method: str = ""
    company_id: str = ""
    supplemental: str = ""
    payment_date: datetime.date | None = None
    production_date: datetime.date | None = None
    trace: str = ""
    payer_id: str = ""
    originator: str = ""
    currency: str = ""
    payer: Party = field(default_factory=Party)
    payee: Party = field(default_factory=Party)
    contacts: tuple[Contact, ...] = ()
    references: tuple[Qualified, ...] = ()
    findings: tuple[Finding, ...] = ()


class RemittanceLine(NamedTuple):
    """One service line: loop 2110 (SVC, DTM, CAS, REF, AMT, QTY, LQ).

    `units` are the paid ones (SVC05, 1 when it is left out), `billed_units` those of the claim where they differ
    (SVC07). `dates` are the days that are no service dates.
    """

    number: int
    qualifier: str
    procedure: str
    modifiers: tuple[str, ...]
    revenue_code: str
    units: Decimal | None
    charge: Decimal
    paid: Decimal
    original_procedure: str
    service_from: datetime.date | None
    service_to: datetime.date | None
    control_number: str
    adjustments: tuple[Adjustment, ...]
    amounts: tuple[QualifiedAmount, ...]
    references: tuple[Qualified, ...]
    remarks: tuple[Qualified, ...]
    balanced: bool
    quantities: tuple[QualifiedAmount, ...] = ()
    billed_units: Decimal | None = None
    dates: tuple[Dated, ...] = ()


class RemittanceClaim(NamedTuple):
    """One EEOB: loop 2100 with its lines, adjustments and remarks.

    `reversal` is CLP02 = 22. `medicare` holds the numeric elements of MIA and MOA by their
    names (`MIA01`, `MOA09`), `remarks` the remark codes of MIA and MOA, then those of LQ. `further_parties` are
    names of other kinds, and those of which the claim has a later one of the same kind; `dates` are the days
    without a field of their own. `balanced` is the claim equation CLP03 - all CAS = CLP04 together with
    all line equations. `text` holds the claim's own segments, written the same whatever delimiters its file has.
    """

    sequence: int
    claim: str
    status: str
    charge: Decimal
    paid: Decimal
    patient_responsibility: Decimal | None
    filing_indicator: str
    payer_control: str
    facility: str
    frequency: str
    drg: str
    drg_weight: Decimal | None
    discharge_fraction: Decimal | None
    reversal: bool
    patient: Party
    subscriber: Party
    corrected: Party
    rendering: Party
    crossover: Party
    priority_payer: Party
    other_subscriber: Party
    statement_from: datetime.date | None
    statement_to: datetime.date | None
    received: datetime.date | None
    coverage_expires: datetime.date | None
    adjustments: tuple[Adjustment, ...]
    amounts: tuple[QualifiedAmount, ...]
    quantities: tuple[QualifiedAmount, ...]
    medicare: tuple[QualifiedAmount, ...]
    remarks: tuple[Qualified, ...]
    references: tuple[Qualified, ...]
    contacts: tuple[Contact, ...]
    lines: tuple[RemittanceLine, ...]
    balanced: bool
    text: str
    segment: int
    offset: int
    findings: tuple[Finding, ...]
    further_parties: tuple[Party, ...] = ()
    dates: tuple[Dated, ...] = ()

    @property
    def corrected_name(self) -> str:
        """The corrected name (NM1*74), empty without one.

        A payer that corrects the given name alone leaves the last name out; it is then the patient's, unless
        another insured is named, whose it could be as well.
        """
        corrected, patient = self.corrected, self.patient
        if corrected.name or not corrected.full_name or self.subscriber.name:
            return corrected.full_name
        first, middle = corrected.first or patient.first, corrected.middle or patient.middle
        suffix = corrected.suffix or patient.suffix
        return corrected._replace(name=patient.name, first=first, middle=middle, suffix=suffix).full_name

    @property
    def fingerprint(self) -> bytes:
        """What an EEOB is known by when it is sent again: a digest of its segments, 16 bytes.

        Neither empty ends nor the zeros that fill up a number are a part of it.
        """
        return _digest(with_amounts_alike(self._without_empty_ends()))

    @property
    def fingerprint_of_old(self) -> bytes:
        """What it was known by while the zeros that fill up a number were a part of it (stores of schema 0007)."""
        return _digest(self._without_empty_ends())

    def _without_empty_ends(self) -> str:
        text = self.text
        # Few payers write empty ends, and looking for two characters is quick.
        return _EMPTY_END.sub("", text) if "*~" in text or text.endswith("*") else text


def _digest(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=16).digest()


class ProviderLevelAdjustment(NamedTuple):
    """One reason of a PLB segment; `amount` keeps the X12 sign (positive: taken from the provider)."""

    provider: str
    fiscal_date: datetime.date | None
    code: str
    reference: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class RemittanceSummary:
    """How the set ended: the transaction balance and whether SE was there.

    `balanced` is the sum of CLP04 minus the sum of PLB amounts = BPR02. `complete` is False when the
    file was cut before SE; such a set is held, never filed. `totals` are the elements of TS3 and TS2 segments, in
    their order, by their names (`TS305`).
    """

    claims: int
    paid_total: Decimal
    lines_balanced: bool
    claims_balanced: bool
    balanced: bool
    complete: bool
    segments: int
    findings: tuple[Finding, ...]
    totals: tuple[Qualified, ...] = ()
