"""The scene of the demo site: its payers, its calendar, and how a remittance is said in a few lines."""

import datetime
from dataclasses import dataclass, replace

from services.generator.demo_claims import OldBill, cents
from services.generator.fictions import PAYERS
from services.generator.scenario import (
    PaymentMethod,
    ScenarioClaim,
    ScenarioPayer,
    ScenarioPlb,
    ScenarioRemittance,
)
from services.generator.site_day import UnpaidClaims

BLUE_RIVER, PRAIRIE, NORTHWIND, COPPER, LAKESHORE, GRANITE = PAYERS

#: Traces by which the demo finds the remittances it works on itself.
POSTED_EFT, POSTED_CHECK, OPEN_RECEIPT, BEGUN = (
    "BR20261013001",
    "0010045501",
    "NW20261014003",
    "LB20261016010",
)

#: The remittance of the manual's examples: a line to split, a clipped payment, a payment without claim.
MAIN_JOB = "05507-93746289"

#: The remittance of the manual's paper check.
PAPER_CHECK = "55555-55555555"

#: An EFT whose remittance never came.
STRAY_EFT = "CC20261030099"

_FIRST = datetime.date(2026, 10, 16)


@dataclass(frozen=True, slots=True)
class DemoDay:
    """What came to the site on one day; `stray` are EFTs without a remittance."""

    date: datetime.date
    remittances: tuple[ScenarioRemittance, ...]
    unpaid: tuple[UnpaidClaims, ...] = ()
    old_bills: tuple[OldBill, ...] = ()
    stray: tuple[ScenarioRemittance, ...] = ()


def weekday(week: int, day: int) -> datetime.date:
    """A weekday (0 Monday to 4 Friday) of one of the weeks, which are numbered from 1."""
    return _FIRST + datetime.timedelta(days=7 * (week - 1) + day - 4)


def remit(
    payer: ScenarioPayer,
    trace: str,
    date: datetime.date,
    *claims: ScenarioClaim,
    method: PaymentMethod = PaymentMethod.ACH,
    plbs: tuple[ScenarioPlb, ...] = (),
    eft: bool = True,
    over: str = "0.00",
) -> ScenarioRemittance:
    """A remittance; `over` is how much more (or, negative, less) its EFT carries."""
    remittance = ScenarioRemittance(payer, trace, date, claims, method, plbs, eft)
    if cents(over):
        remittance = replace(remittance, eft_cents=remittance.total_cents + cents(over))
    return remittance.settled()
