"""Makes up a day of remittances by chance, the same for the same seed, one remittance at a time."""

import datetime
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from services.generator.applied_faults import (
    again,
    plainly_paid,
    send_again,
    with_claim_fault,
    with_payment_fault,
)
from services.generator.faults import Fault, FaultPlan, plan_faults, sets_wanted
from services.generator.fictions import (
    DIAGNOSES,
    PAYERS,
    PROCEDURES,
    PROVIDERS,
    REMARKS,
    REVENUE_CODES,
    bill_number,
    patient,
)
from services.generator.scenario import (
    ScenarioAdjustment,
    ScenarioClaim,
    ScenarioLine,
    ScenarioPlb,
    ScenarioRemittance,
)

#: One remittance in so many is of institutional claims.
_INSTITUTIONAL_EVERY = 10


@dataclass(slots=True)
class RandomDay:
    """The remittances of a made-up day.

    `lines` is the mean number of lines of a claim (1 to twice that less one). With faults, `claims_per_set`
    is only an upper bound: there are as many remittances as the faults need, if the claims suffice. Raises
    ValueError for counts below one.
    """

    claims: int
    lines: int
    seed: int
    faults: frozenset[Fault]
    claims_per_set: int
    day: datetime.date

    def __post_init__(self) -> None:
        if min(self.claims, self.lines, self.claims_per_set) < 1:
            raise ValueError("claims, lines and claims per set must be at least one")

    def plan(self) -> FaultPlan:
        """Which remittance bears which faults."""
        sets = -(-self.claims // self.claims_per_set)
        if self.faults:
            sets = max(sets, min(self.claims, sets_wanted(self.faults)))
        return plan_faults(self.faults, sets)

    def _numbers(self, at: int, sets: int) -> range:
        """Which claims stand in a remittance: with faults all have one size to bear their own."""
        if not self.faults:
            start = at * self.claims_per_set
            return range(start, min(start + self.claims_per_set, self.claims))
        return range(at * self.claims // sets, (at + 1) * self.claims // sets)

    def remittances(self) -> Iterator[ScenarioRemittance]:
        """The day's remittances in order; only the first and the present one are held."""
        rng = random.Random(self.seed)
        plan = self.plan()
        last = plan.sets - 1
        first: ScenarioRemittance | None = None
        for at in range(plan.sets):
            payer = PAYERS[0] if at == last else PAYERS[at % len(PAYERS)]
            institutional = at % _INSTITUTIONAL_EVERY == 1
            claims = tuple(self._claim(rng, number, institutional) for number in self._numbers(at, plan.sets))
            remittance = ScenarioRemittance(payer, self._trace(at), self.day, claims)
            for place, fault in enumerate(plan.of_claim.get(at, ())):
                remittance = with_claim_fault(remittance, fault, place)
            if at == last:
                yield from self._earlier_claims(plan, first or remittance, remittance)
            else:
                paid = with_payment_fault(remittance, plan.of_payment.get(at)).settled()
                first = first or paid
                yield paid
        if plan.duplicate_era and first is not None:
            yield send_again(first)

    def _earlier_claims(
        self, plan: FaultPlan, first: ScenarioRemittance, remittance: ScenarioRemittance
    ) -> Iterator[ScenarioRemittance]:
        """The last remittance with what it takes back or repeats of the first one, after the one that FB
        needs.
        """
        alone = plan.sets == 1
        victims = plainly_paid(first)
        for place, fault in enumerate(plan.of_earlier_claim):
            victim = victims[place % len(victims)]
            if fault is Fault.PLB_FB:
                owed = victim.paid_cents
                trace = f"P{self._trace(plan.sets)}"
                if not alone:
                    yield ScenarioRemittance(first.payer, trace, self.day, (victim.reversal(),)).settled()
                remittance = replace(remittance, plbs=(*remittance.plbs, ScenarioPlb("FB", trace, owed)))
            else:
                remittance = replace(remittance, claims=(*remittance.claims, *again(victim, fault)))
        remittance = with_payment_fault(remittance, plan.of_payment.get(plan.sets - 1)).settled()
        yield remittance
        if alone and plan.duplicate_era:
            yield send_again(remittance)

    def _trace(self, at: int) -> str:
        return f"E{self.seed % 10_000:04d}{self.day:%y%m%d}{at:06d}"

    def _claim(self, rng: random.Random, number: int, institutional: bool) -> ScenarioClaim:
        chance = rng.random
        service = self.day - datetime.timedelta(days=25 + int(chance() * 40))
        count = 1 + int(chance() * (2 * self.lines - 1))
        lines = tuple(_line(chance, at, service, institutional) for at in range(count))
        adjustments: tuple[ScenarioAdjustment, ...] = ()
        if chance() < 0.1:
            adjustments = (ScenarioAdjustment("CO", "253", sum(line.paid_cents for line in lines) // 50),)
        return ScenarioClaim(
            bill=bill_number(self.seed, number),
            patient=patient(chance(), number),
            lines=lines,
            payer_control=f"ICN{self.seed % 1000:03d}{number:08d}",
            adjustments=adjustments,
            institutional=institutional,
            summary=institutional and chance() < 0.5,
            diagnosis=DIAGNOSES[int(chance() * len(DIAGNOSES))],
            received=self.day - datetime.timedelta(days=15),
            rendering=PROVIDERS[int(chance() * len(PROVIDERS))],
        )


def _line(chance: Callable[[], float], at: int, service: datetime.date, institutional: bool) -> ScenarioLine:
    """A line of 25 to 600 dollars: 40 to 84 % of it allowed, of which the patient bears up to 29 %."""
    charge = 2500 + int(chance() * 57_500)
    allowed = charge * (40 + int(chance() * 45)) // 100
    # The first line of a claim is always paid, so that there is something to take back.
    deductible = at > 0 and chance() < 0.1
    share = allowed if deductible else allowed * int(chance() * 30) // 100
    code = "1" if deductible else "23"[int(chance() * 2)]
    return ScenarioLine(
        procedure=PROCEDURES[int(chance() * len(PROCEDURES))],
        charge_cents=charge,
        paid_cents=allowed - share,
        adjustments=(ScenarioAdjustment("CO", "45", charge - allowed), ScenarioAdjustment("PR", code, share)),
        service=service,
        modifiers=("25",) if chance() < 0.1 else (),
        revenue_code=REVENUE_CODES[int(chance() * len(REVENUE_CODES))] if institutional else "",
        remarks=(REMARKS[int(chance() * len(REMARKS))],) if chance() < 0.2 else (),
    )
