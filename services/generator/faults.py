"""What may be wrong with a generated day, and which remittance of the day bears it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Fault(StrEnum):
    """A fault or a rare event that a generated day contains at least once; the words are those of the command
    line.

    All else still balances: a fault concerns what it names. Only `unbalanced` breaks an equation of the 835
    (that of one claim; the total of its remittance is still right).
    """

    UNKNOWN_BILL = "unknown-bill"
    EFT_SHORT = "eft-short"
    EFT_OVER = "eft-over"
    TAKE_BACK = "take-back"
    TAKE_BACK_EARLIER = "take-back-earlier"
    REVERSAL_CORRECTION = "reversal-correction"
    PLB_WO = "plb-wo"
    PLB_FB = "plb-fb"
    PLB_72 = "plb-72"
    PLB_L6 = "plb-l6"
    NON_SPECIFIC = "non-specific"
    ZERO_PAYMENT = "zero-payment"
    SECONDARY = "secondary"
    DUPLICATE_ERA = "duplicate-era"
    DUPLICATE_EEOB = "duplicate-eeob"
    UNBALANCED = "unbalanced"
    DENIED = "denied"
    CHECK = "check"


#: How a whole remittance is paid: one of these at most for each remittance.
OF_PAYMENT = (Fault.ZERO_PAYMENT, Fault.CHECK, Fault.EFT_SHORT, Fault.EFT_OVER)

#: Of a claim or a PLB: any remittance with a payment can bear several.
OF_CLAIM = (
    *(Fault.UNKNOWN_BILL, Fault.UNBALANCED, Fault.DENIED, Fault.SECONDARY),
    *(Fault.PLB_WO, Fault.PLB_72, Fault.PLB_L6, Fault.NON_SPECIFIC),
)

#: About claims of the day's first remittance; the last one, of the same payer, bears them.
OF_EARLIER_CLAIM = (
    *(Fault.TAKE_BACK, Fault.TAKE_BACK_EARLIER, Fault.REVERSAL_CORRECTION, Fault.DUPLICATE_EEOB),
    Fault.PLB_FB,
)


@dataclass(frozen=True, slots=True)
class FaultPlan:
    """Which remittance (from 0) bears which faults; `left_out` found no remittance free for them."""

    sets: int
    of_payment: dict[int, Fault] = field(default_factory=dict)
    of_claim: dict[int, tuple[Fault, ...]] = field(default_factory=dict)
    of_earlier_claim: tuple[Fault, ...] = ()
    duplicate_era: bool = False
    left_out: frozenset[Fault] = frozenset()


def sets_wanted(faults: Iterable[Fault]) -> int:
    """How many remittances a day needs so that each of its faults has a place."""
    return 2 + sum(fault in OF_PAYMENT for fault in faults)


def plan_faults(faults: frozenset[Fault], sets: int) -> FaultPlan:
    """Spreads faults over a day of so many remittances."""
    last = sets - 1
    inner = list(range(1, last))
    free = [*inner, *({last, 0} if sets > 1 else {0})]
    of_payment: dict[int, Fault] = {}
    left_out: set[Fault] = set()
    for fault in OF_PAYMENT:
        if fault not in faults:
            continue
        # Without payment, the first leaves nothing to take back and the last nothing to take it from.
        at = next((at for at in free if fault is not Fault.ZERO_PAYMENT or at in inner), None)
        if at is None:
            left_out.add(fault)
        else:
            free.remove(at)
            of_payment[at] = fault
    paying = [at for at in [*inner, last] if of_payment.get(at) is not Fault.ZERO_PAYMENT]
    of_claim: dict[int, tuple[Fault, ...]] = {}
    for number, fault in enumerate(fault for fault in OF_CLAIM if fault in faults):
        at = paying[number % len(paying)]
        of_claim[at] = (*of_claim.get(at, ()), fault)
    return FaultPlan(
        sets,
        of_payment,
        of_claim,
        tuple(fault for fault in OF_EARLIER_CLAIM if fault in faults),
        Fault.DUPLICATE_ERA in faults,
        frozenset(left_out),
    )
