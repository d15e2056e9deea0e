"""Which take-back belongs to which payment of a remittance (behaviour 3.5).

A take-back joins the payment of the same claim in one entry. What one claim is, its bill says. Without a bill
there is only the payer's text (CLP01), and a claim that came without a number is answered with `0`, `UNKNOWN` or
the like (X12 RFI 535): then the two must also agree in the payer's control number, or in patient and dates,
or one patient's take-back would eat another's payment.
"""

import datetime
from collections import deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

#: Where payments without a claim number stand among the others.
_NO_CLAIM = "0;"
#: Control numbers (CLP07) that say nothing.
_NOTHING = frozenset({"", "NA", "N/A", "NONE", "UNKNOWN"})


@dataclass(frozen=True, slots=True)
class RemittancePayment:
    """One EEOB of the ERA as the scratch pad takes it; `claim` is the bill's number or the text as it came.

    `control` is the payer's number for the claim (CLP07), `patient` the name as `LAST,FIRST M`.
    """

    sequence: int
    claim: str
    bill_id: int | None
    paid: Decimal
    reversal: bool
    verified: bool
    control: str = ""
    patient: str = ""
    patient_id: str = ""
    service_from: datetime.date | None = None
    service_to: datetime.date | None = None


_Mark = Callable[[RemittancePayment], Hashable | None]


@dataclass(slots=True)
class Pair:
    """What becomes one entry of the pad: a payment, a take-back, or both of one claim."""

    payment: RemittancePayment | None
    reversal: RemittancePayment | None


def pair_claims(payments: Iterable[RemittancePayment]) -> list[Pair]:
    """The payments and take-backs of a remittance in pairs, by their claims' numbers.

    Of a claim with a bill the first payment goes with the first take-back, and so on.
    """
    claims: dict[tuple[str, int], list[RemittancePayment]] = {}
    for payment in payments:
        # Without a claim number it is nobody else's take-back: it stands alone, under its place in the ERA.
        key = (
            (payment.claim, int(payment.bill_id is None))
            if payment.claim
            else (_NO_CLAIM, payment.sequence + 1)
        )
        claims.setdefault(key, []).append(payment)
    pairs: list[Pair] = []
    for key in sorted(claims):
        pairs += _by_content(claims[key]) if claims[key][0].bill_id is None else _in_turn(claims[key])
    return pairs


def _in_turn(payments: Sequence[RemittancePayment]) -> list[Pair]:
    pairs: list[Pair] = []
    met = {False: 0, True: 0}
    for payment in payments:
        if met[payment.reversal] == len(pairs):
            pairs.append(Pair(None, None))
        _put(pairs[met[payment.reversal]], payment)
        met[payment.reversal] += 1
    return pairs


def _by_content(payments: Sequence[RemittancePayment]) -> list[Pair]:
    """Pairs what says more of itself than its claim's number: the same control number first, then the same care."""
    pairs = [Pair(payment, None) for payment in payments if not payment.reversal]
    alone = [payment for payment in payments if payment.reversal]
    # A patient's identifier that only one of them has does not keep them apart.
    for mark, other in ((_control, _control), (_member, _member), (_nobody, _care), (_care, _nobody)):
        alone = _join(pairs, alone, mark, other)
    pairs += [Pair(None, reversal) for reversal in alone]
    return sorted(pairs, key=_first)


def _join(
    pairs: Sequence[Pair], reversals: Sequence[RemittancePayment], mark: _Mark, other: _Mark
) -> list[RemittancePayment]:
    """Joins each take-back to the first payment still alone whose mark is its own; gives those that stay alone."""
    waiting: dict[Hashable, deque[Pair]] = {}
    for pair in pairs:
        if pair.payment is not None and pair.reversal is None and (known := mark(pair.payment)) is not None:
            waiting.setdefault(known, deque()).append(pair)
    alone = []
    for reversal in reversals:
        known = other(reversal)
        if known is not None and (found := waiting.get(known)):
            found.popleft().reversal = reversal
        else:
            alone.append(reversal)
    return alone


def _put(pair: Pair, payment: RemittancePayment) -> None:
    if payment.reversal:
        pair.reversal = payment
    else:
        pair.payment = payment


def _first(pair: Pair) -> int:
    return min(each.sequence for each in (pair.payment, pair.reversal) if each is not None)


def _control(one: RemittancePayment) -> Hashable | None:
    """The payer's control number (CLP07), None where it says nothing."""
    control = one.control.strip().upper()
    return None if control.strip("0") in _NOTHING else control


def _care(one: RemittancePayment) -> Hashable | None:
    """Patient and days, None where one of them is unknown; a middle name is often left out."""
    last, _, given = one.patient.strip().upper().partition(",")
    if not last or one.service_from is None:
        return None
    return last, (given.split() or [""])[0], one.service_from, one.service_to or one.service_from


def _member(one: RemittancePayment) -> Hashable | None:
    """Patient and days with the patient's identifier, which the members of a family share."""
    care = _care(one)
    return None if care is None else (care, one.patient_id.strip().upper())


def _nobody(one: RemittancePayment) -> Hashable | None:
    """Patient and days of a patient without identifier, None of one who has one."""
    return None if one.patient_id.strip() else _care(one)
