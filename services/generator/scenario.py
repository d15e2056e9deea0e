"""A day of remittances said in values, from which its files are written: what was billed, what was paid, how.

Amounts are whole cents (`…_cents`); signs are those of X12: a positive adjustment or PLB lowers the payment.
Texts must be printable ASCII without X12 delimiters. The shapes follow 005010X221A1.
"""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from services.x12.writing import plain


class PaymentMethod(StrEnum):
    """How a remittance is paid: BPR04."""

    ACH = "ACH"
    CHECK = "CHK"
    NONE = "NON"


@dataclass(frozen=True, slots=True)
class ScenarioSite:
    """The provider who bills and is paid: loops 2010AA and 1000B, and its account at the treasury's bank."""

    station: str
    name: str
    npi: str
    tax_id: str
    taxonomy: str
    street: str
    city: str
    state: str
    zip: str
    routing: str
    account: str

    def __post_init__(self) -> None:
        plain(self.station, self.name, self.npi, self.tax_id, self.street, self.city, self.state, self.zip)


@dataclass(frozen=True, slots=True)
class ScenarioPayer:
    """A payer. `company_id` is BPR10, TRN03 and the ACH company (1 and nine digits), `identifier` its NM109
    as PI.

    `billed_as` is SBR09 of a claim, `paid_as` CLP06 of its remittance; `odfi` the first eight digits of its
    bank.
    """

    name: str
    short_name: str
    company_id: str
    identifier: str
    billed_as: str
    paid_as: str
    street: str
    city: str
    state: str
    zip: str
    odfi: str

    def __post_init__(self) -> None:
        plain(self.name, self.short_name, self.company_id, self.identifier, self.street, self.city)


class ScenarioAdjustment(NamedTuple):
    """One CAS reason: group, code and amount in cents."""

    group: str
    code: str
    cents: int


@dataclass(frozen=True, slots=True)
class ScenarioLine:
    """One service line as billed and as paid. `remarks` are LQ*HE codes, `modifiers` SVC01-3 to -6."""

    procedure: str
    charge_cents: int
    paid_cents: int
    adjustments: tuple[ScenarioAdjustment, ...]
    service: datetime.date
    units: int = 1
    modifiers: tuple[str, ...] = ()
    revenue_code: str = ""
    remarks: tuple[str, ...] = ()

    def negated(self) -> "ScenarioLine":
        """The line as a reversal repeats it: every amount with the other sign."""
        return replace(
            self,
            charge_cents=-self.charge_cents,
            paid_cents=-self.paid_cents,
            adjustments=negated(self.adjustments),
        )


@dataclass(frozen=True, slots=True)
class ScenarioPatient:
    """A patient, who is also the subscriber."""

    last: str
    first: str
    member_id: str
    born: datetime.date
    sex: str

    def __post_init__(self) -> None:
        plain(self.last, self.first, self.member_id)


@dataclass(frozen=True, slots=True)
class PriorPayment:
    """What a payer before this one did with the claim: loop 2320 of the 837, OA-23 of the 835."""

    payer: ScenarioPayer
    paid_cents: int
    contractual_cents: int


@dataclass(frozen=True, slots=True)
class ScenarioClaim:
    """One claim with its explanation of benefits.

    `billed`: an 837 and a 277CA name it too. `adjustments` are those of the claim itself. `summary`: the 835
    gives no lines, their adjustments stand at the claim. `misstated_cents` is added to CLP04 only, which
    breaks the claim's balance. `interest_cents` is AMT*I, a copy of a PLB L6 and no part of the balance.
    `further` is a payer who comes after this one.
    """

    bill: str
    patient: ScenarioPatient
    lines: tuple[ScenarioLine, ...]
    payer_control: str
    status: str = "1"
    adjustments: tuple[ScenarioAdjustment, ...] = ()
    billed: bool = True
    institutional: bool = False
    summary: bool = False
    prior: PriorPayment | None = None
    further: ScenarioPayer | None = None
    diagnosis: str = "R69"
    received: datetime.date | None = None
    rendering: tuple[str, str, str] = ("", "", "")
    interest_cents: int = 0
    misstated_cents: int = 0

    def __post_init__(self) -> None:
        plain(self.bill, self.payer_control, *self.rendering)

    @property
    def charge_cents(self) -> int:
        """CLP03 and CLM02."""
        return sum([line.charge_cents for line in self.lines])

    @property
    def paid_cents(self) -> int:
        """CLP04."""
        paid = sum([line.paid_cents for line in self.lines]) - sum([each.cents for each in self.adjustments])
        return paid + self.misstated_cents

    @property
    def patient_cents(self) -> int:
        """CLP05: all adjustments of group PR."""
        everything = [*self.adjustments, *(each for line in self.lines for each in line.adjustments)]
        return sum([each.cents for each in everything if each.group == "PR"])

    def reversal(self) -> "ScenarioClaim":
        """The payer takes the whole claim back: status 22, original groups, every amount negated (RFI 1147,
        2442).
        """
        return replace(
            self,
            status="22",
            billed=False,
            lines=tuple(line.negated() for line in self.lines),
            adjustments=negated(self.adjustments),
            interest_cents=0,
            misstated_cents=-self.misstated_cents,
        )

    def corrected(self, change_cents: int) -> "ScenarioClaim":
        """The claim paid anew, by that much more or less; the first line's CO-45 bears the difference."""
        first = self.lines[0]
        others = tuple(each for each in first.adjustments if (each.group, each.code) != ("CO", "45"))
        reduced = sum(each.cents for each in first.adjustments if (each.group, each.code) == ("CO", "45"))
        line = replace(
            first,
            paid_cents=first.paid_cents + change_cents,
            adjustments=(ScenarioAdjustment("CO", "45", reduced - change_cents), *others),
        )
        return replace(self, billed=False, lines=(line, *self.lines[1:]))


class ScenarioPlb(NamedTuple):
    """One provider adjustment: code (PLB03-1), reference (PLB03-2), cents in X12's sign."""

    code: str
    reference: str
    cents: int


@dataclass(frozen=True, slots=True)
class ScenarioRemittance:
    """One 835 set and the money for it.

    `eft_cents` is what the bank's EFT carries where it is not the total of the remittance; `eft` False: the
    bank sends none although it is paid by ACH (a duplicate, or money still to come). `trace` is TRN02 and the
    check's number.
    """

    payer: ScenarioPayer
    trace: str
    date: datetime.date
    claims: tuple[ScenarioClaim, ...]
    method: PaymentMethod = PaymentMethod.ACH
    plbs: tuple[ScenarioPlb, ...] = ()
    eft: bool = True
    eft_cents: int | None = None

    def __post_init__(self) -> None:
        plain(self.trace, *(plb.reference for plb in self.plbs))

    @property
    def total_cents(self) -> int:
        """BPR02: all CLP04 less all PLB amounts."""
        return sum([claim.paid_cents for claim in self.claims]) - sum([plb.cents for plb in self.plbs])

    def settled(self) -> "ScenarioRemittance":
        """The remittance as it can be paid: a negative total moves to a later one by PLB FB, nothing left is
        NON.
        """
        total = self.total_cents
        if total > 0:
            return self
        plbs = (*self.plbs, ScenarioPlb("FB", self.trace, total)) if total else self.plbs
        return replace(self, plbs=plbs, method=PaymentMethod.NONE, eft=False, eft_cents=None)


def negated(adjustments: Sequence[ScenarioAdjustment]) -> tuple[ScenarioAdjustment, ...]:
    """The same adjustments with the other sign."""
    return tuple(ScenarioAdjustment(each.group, each.code, -each.cents) for each in adjustments)


def sum_alike(adjustments: Sequence[ScenarioAdjustment]) -> tuple[ScenarioAdjustment, ...]:
    """The adjustments with those of one group and code added up, in the order in which they first come."""
    totals: Counter[tuple[str, str]] = Counter()
    for group, code, cents in adjustments:
        totals[group, code] += cents
    return tuple(ScenarioAdjustment(group, code, cents) for (group, code), cents in totals.items() if cents)
