"""The claims of the demo site, each said in a line: who was treated, what was billed, what was paid.

Amounts are dollars as text. Days of service and rendering providers follow from the bill's number, so that
the same claim said twice is the same claim.
"""

import datetime
from dataclasses import dataclass, replace

from models.words.money import money
from services.generator.fictions import FIRST_NAMES, LAST_NAMES, PROVIDERS
from services.generator.scenario import (
    PriorPayment,
    ScenarioAdjustment,
    ScenarioClaim,
    ScenarioLine,
    ScenarioPatient,
    ScenarioPayer,
)

_FIRST_SEEN = datetime.date(2026, 8, 3)
_SEEN_WITHIN_DAYS = 45


@dataclass(frozen=True, slots=True)
class OldBill:
    """A bill that an earlier system billed: it comes as a row of a list, with what is still owed of it."""

    bill: str
    patient: ScenarioPatient
    payer: ScenarioPayer
    charge: str
    balance: str

    def row(self) -> str:
        """The row as services.bank.bills_csv reads it."""
        patient, payer = self.patient, self.payer
        return (
            f'{self.bill},"{patient.last},{patient.first}",{patient.member_id},{payer.name},{payer.identifier},'
            f"{day_of_service(self.bill)},{self.charge},{self.balance}"
        )


OLD_BILL_HEADING = "bill_number,patient_name,member_id,payer_name,payer_id,service_from,charge,balance"


def person(number: int) -> ScenarioPatient:
    """One of the demo site's patients."""
    return ScenarioPatient(
        LAST_NAMES[number % len(LAST_NAMES)],
        FIRST_NAMES[number % len(FIRST_NAMES)],
        f"DEMO{1000 + 137 * number:08d}",
        datetime.date(1936, 1, 1) + datetime.timedelta(days=577 * number % 20_000),
        "MF"[number % 2],
    )


def cents(dollars: str) -> int:
    """Dollars as text in whole cents."""
    return int(money(dollars) * 100)


def day_of_service(bill: str) -> datetime.date:
    """The day of service of a bill."""
    return _FIRST_SEEN + datetime.timedelta(days=_number(bill) * 7 % _SEEN_WITHIN_DAYS)


def _number(bill: str) -> int:
    return int(bill[-4:])


def line(
    procedure: str,
    charge: str,
    paid: str,
    share: str = "0.00",
    *,
    code: str = "2",
    revenue: str = "",
    remark: str = "",
) -> ScenarioLine:
    """A service line: the patient's share is PR with `code` (1 deductible, 2 coinsurance, 3 copay); CO-45 the rest."""
    contractual = cents(charge) - cents(paid) - cents(share)
    adjustments = (ScenarioAdjustment("CO", "45", contractual), ScenarioAdjustment("PR", code, cents(share)))
    return ScenarioLine(
        procedure,
        cents(charge),
        cents(paid),
        tuple(each for each in adjustments if each.cents),
        _FIRST_SEEN,
        revenue_code=revenue,
        remarks=(remark,) if remark else (),
    )


def refuse_line(procedure: str, charge: str, reason: str = "29", remark: str = "N130") -> ScenarioLine:
    """A service line that the payer denies: all of it is CO with the reason (29: filed too late)."""
    unpaid = (ScenarioAdjustment("CO", reason, cents(charge)),)
    return ScenarioLine(procedure, cents(charge), 0, unpaid, _FIRST_SEEN, remarks=(remark,))


def claim(bill: str, patient: ScenarioPatient, *lines: ScenarioLine, billed: bool = True) -> ScenarioClaim:
    """A claim as it was billed and as it was paid."""
    day = day_of_service(bill)
    return ScenarioClaim(
        bill=bill,
        patient=patient,
        lines=tuple(replace(each, service=day) for each in lines),
        payer_control=f"ICN{bill}",
        received=day + datetime.timedelta(days=9),
        rendering=PROVIDERS[_number(bill) % len(PROVIDERS)],
        billed=billed,
    )


def plain(bill: str, patient: ScenarioPatient, charge: str, paid: str, share: str = "0.00") -> ScenarioClaim:
    """A claim of one office visit."""
    return claim(bill, patient, line("99213", charge, paid, share))


def deductible(bill: str, patient: ScenarioPatient, charge: str, allowed: str) -> ScenarioClaim:
    """A claim of which nothing is paid, because what is allowed goes to the patient's deductible."""
    return claim(bill, patient, line("99214", charge, "0.00", allowed, code="1"))


def deny(bill: str, patient: ScenarioPatient, charge: str) -> ScenarioClaim:
    """A claim that the payer denies: status 4."""
    return replace(claim(bill, patient, refuse_line("97110", charge)), status="4")


def institutional(bill: str, patient: ScenarioPatient, *lines: ScenarioLine) -> ScenarioClaim:
    """A claim of a hospital, billed by 837I; its remittance gives no lines."""
    return replace(claim(bill, patient, *lines), institutional=True, summary=True)


def secondary(
    bill: str,
    patient: ScenarioPatient,
    charge: str,
    paid: str,
    *,
    prior: ScenarioPayer,
    prior_paid: str,
    contractual: str,
) -> ScenarioClaim:
    """A claim to the second payer: what the first one paid and wrote off is OA-23 (status 2)."""
    impact = cents(prior_paid) + cents(contractual)
    left = cents(charge) - impact - cents(paid)
    adjustments = (ScenarioAdjustment("OA", "23", impact), ScenarioAdjustment("PR", "2", left))
    whole = ScenarioLine(
        "99214",
        cents(charge),
        cents(paid),
        tuple(each for each in adjustments if each.cents),
        _FIRST_SEEN,
    )
    return replace(
        claim(bill, patient, whole),
        status="2",
        prior=PriorPayment(prior, cents(prior_paid), cents(contractual)),
    )
