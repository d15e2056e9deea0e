"""What each fault does to a remittance (the codes: 005010X221A1 CLP02, CAS, PLB03-1)."""

from dataclasses import replace

from services.generator.faults import Fault
from services.generator.fictions import PAYERS, unknown_bill_number
from services.generator.scenario import (
    PaymentMethod,
    PriorPayment,
    ScenarioAdjustment,
    ScenarioClaim,
    ScenarioLine,
    ScenarioPayer,
    ScenarioPlb,
    ScenarioRemittance,
)


def plainly_paid(first: ScenarioRemittance) -> list[ScenarioClaim]:
    """Claims of the first remittance that were paid plainly, least payment first; all if none was."""
    plain = [
        claim
        for claim in first.claims
        if claim.status == "1"
        and claim.billed
        and not claim.misstated_cents
        and claim.lines[0].paid_cents > 1
    ]
    return sorted(plain or first.claims, key=lambda claim: claim.paid_cents)


def again(victim: ScenarioClaim, fault: Fault) -> tuple[ScenarioClaim, ...]:
    """The claims by which a later remittance comes back to an earlier claim."""
    half = victim.lines[0].paid_cents // 2
    if fault is Fault.TAKE_BACK:
        return (victim.reversal(), victim.corrected(-half))
    if fault is Fault.REVERSAL_CORRECTION:
        return (victim.reversal(), victim.corrected(_contractual(victim.lines[0]) // 2))
    if fault is Fault.TAKE_BACK_EARLIER:
        return (victim.reversal(),)
    return (replace(victim, billed=False),)


def send_again(remittance: ScenarioRemittance) -> ScenarioRemittance:
    """The same remittance once more, for which the bank sends no second EFT."""
    return replace(
        remittance, claims=tuple(replace(claim, billed=False) for claim in remittance.claims), eft=False
    )


def with_claim_fault(remittance: ScenarioRemittance, fault: Fault, place: int) -> ScenarioRemittance:
    """The remittance with a fault of one of its claims (that at `place`) or with a PLB."""
    claims = list(remittance.claims)
    place %= len(claims)
    claim = claims[place]
    tenth = max(1, min(remittance.total_cents, 100_000) // 10)
    plbs: tuple[ScenarioPlb, ...] = ()
    if fault is Fault.UNKNOWN_BILL:
        claims.append(replace(claim, bill=unknown_bill_number(len(claims)), billed=False))
    elif fault is Fault.UNBALANCED:
        claims[place] = replace(claim, misstated_cents=-min(100, claim.paid_cents // 2 or 1))
    elif fault is Fault.DENIED:
        claims[place] = _deny(claim)
    elif fault is Fault.SECONDARY:
        claims[place] = _secondary(claim, next(payer for payer in PAYERS if payer is not remittance.payer))
    elif fault is Fault.PLB_WO:
        plbs = (ScenarioPlb("WO", claim.payer_control, tenth),)
    elif fault is Fault.PLB_72:
        plbs = (ScenarioPlb("72", claim.payer_control, -tenth), ScenarioPlb("WO", claim.payer_control, tenth))
    elif fault is Fault.PLB_L6:
        plbs = (ScenarioPlb("L6", claim.payer_control, -625),)
        claims[place] = replace(claim, interest_cents=625)
    elif fault is Fault.NON_SPECIFIC:
        plbs = (ScenarioPlb("CS", "GOODWILL PAYMENT", -1050),)
    return replace(remittance, claims=tuple(claims), plbs=(*remittance.plbs, *plbs))


def with_payment_fault(remittance: ScenarioRemittance, fault: Fault | None) -> ScenarioRemittance:
    """The remittance paid in an unusual way: not at all, by check, or by an EFT of another amount."""
    if fault is Fault.ZERO_PAYMENT:
        return replace(remittance, claims=tuple(_all_deductible(claim) for claim in remittance.claims))
    if fault is Fault.CHECK:
        return replace(remittance, method=PaymentMethod.CHECK, trace=f"9{remittance.trace[-8:]}")
    if fault is Fault.EFT_SHORT:
        total = remittance.total_cents
        return replace(remittance, eft_cents=total - max(1, min(500, total // 2)))
    if fault is Fault.EFT_OVER:
        return replace(remittance, eft_cents=remittance.total_cents + 500)
    return remittance


def _deny(claim: ScenarioClaim) -> ScenarioClaim:
    """Status 4, nothing paid: the time limit for filing has expired (CO-29)."""
    lines = tuple(
        replace(
            line,
            paid_cents=0,
            adjustments=(ScenarioAdjustment("CO", "29", line.charge_cents),),
            remarks=("N130",),
        )
        for line in claim.lines
    )
    return replace(claim, status="4", lines=lines, adjustments=())


def _all_deductible(claim: ScenarioClaim) -> ScenarioClaim:
    """Nothing paid, because all that is allowed goes to the patient's deductible (PR-1)."""
    lines = tuple(
        replace(
            line,
            paid_cents=0,
            adjustments=(
                ScenarioAdjustment("CO", "45", _contractual(line)),
                ScenarioAdjustment("PR", "1", line.charge_cents - _contractual(line)),
            ),
        )
        for line in claim.lines
    )
    return replace(claim, lines=lines, adjustments=())


def _secondary(claim: ScenarioClaim, prior: ScenarioPayer) -> ScenarioClaim:
    """Status 2: another payer bore half of the payment and the contractual part, given once as OA-23 (RFI
    2194).
    """
    lines: list[ScenarioLine] = []
    paid_before = contractual = 0
    for line in claim.lines:
        before = line.paid_cents // 2
        paid_before += before
        contractual += _contractual(line)
        others = tuple(each for each in line.adjustments if (each.group, each.code) != ("CO", "45"))
        impact = ScenarioAdjustment("OA", "23", before + _contractual(line))
        lines.append(replace(line, paid_cents=line.paid_cents - before, adjustments=(impact, *others)))
    return replace(
        claim,
        status="2",
        lines=tuple(lines),
        adjustments=(),
        prior=PriorPayment(prior, paid_before, contractual),
    )


def _contractual(line: ScenarioLine) -> int:
    return sum(each.cents for each in line.adjustments if (each.group, each.code) == ("CO", "45"))
