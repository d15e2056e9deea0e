"""A row of a split in one answer to `CLAIM #:`, beyond VistA (behaviour 8.4).

=143.25          143.25 to the claim that is the default
K20B120=         all that is left of the line
K20B120=B        the balance of the claim
K1=100/-150      a payment and an adjustment
"""

from decimal import Decimal
from typing import NamedTuple

from screens.list_manager.asking.answers import read_money
from services.errors import Refused
from services.scratchpad.pad import PadLine
from services.scratchpad.splitting import Amounts, bounds, pay_off

BALANCE = "B"


class OneAnswer(NamedTuple):
    """What was typed: the claim ("" for the default), the payment ("" for the rest), and the adjustment, if any."""

    claim: str
    payment: str
    adjustment: Decimal | None = None


def read_one_answer(text: str) -> OneAnswer | None:
    """Understands a row in one answer; None for anything else, which is a claim as VistA takes it."""
    claim, equals, amounts = text.partition("=")
    if not equals:
        return None
    payment, slash, typed = (part.strip().upper() for part in amounts.partition("/"))
    adjustment = read_money(typed) if slash else None
    if slash and (adjustment is None or read_money(payment) is None):
        return None
    if payment not in ("", BALANCE) and read_money(payment) is None:
        return None
    return OneAnswer(claim.strip(), payment, adjustment)


def amounts_of(
    one: OneAnswer, line: PadLine, left: Amounts, most: Amounts, claim: str, balance: Decimal | None
) -> tuple[Decimal, Decimal | None]:
    """The payment, and the adjustment where it need not be asked for.

    `left` is what the other rows leave of the line, `most` what this row may take. Raises `Refused`.
    """
    if not one.payment:
        payment = _within("PAYMENT", left.payment, most.payment)
        return payment, _within("ADJUSTMENT", left.adjustment, most.adjustment)
    if one.payment == BALANCE:
        payment = pay_off(claim, balance, most.payment)
    else:
        payment = _within("PAYMENT", read_money(one.payment) or Decimal("0.00"), most.payment)
    if not line.adjustments:
        adjustment = one.adjustment or Decimal("0.00")
        return payment, _within("ADJUSTMENT", adjustment, line.adjustments)
    return payment, None if one.adjustment is None else _within("ADJUSTMENT", one.adjustment, most.adjustment)


def _within(name: str, amount: Decimal, most: Decimal) -> Decimal:
    low, high = bounds(most)
    if not low <= amount <= high:
        raise Refused(
            f"{name} {amount:.2f} IS NOT BETWEEN {low:.2f} AND {high:.2f}, WHICH THIS LINE CAN GIVE"
        )
    return amount
