"""Money: `Decimal` dollars with two decimals.

Every amount enters through `money()` (or as the result of arithmetic on such amounts) and is
stored in whole cents through the column type `models.money.Money`. No float and no bare int of
unknown unit ever carries money.
"""

import re
from collections.abc import Iterable
from decimal import Decimal

ZERO = Decimal("0.00")
CENT = Decimal("0.01")

#: The largest amount the store takes: ten digits of dollars. Sums of millions of them fit a 64-bit column.
LARGEST = Decimal("9999999999.99")

# ASCII digits only: str.isdigit and \d also take digits of other scripts. Zeros may fill a number up on both sides.
_AMOUNT = re.compile(r"-?0*(?:[0-9]{1,10}(?:\.[0-9]{0,2}0*)?|\.[0-9]{1,2}0*)\Z")
#: The most characters of an amount, with the zeros that fill it up. A text that was cut somewhere is longer.
LONGEST = 64
DIGITS = "0123456789"
#: The most characters of an amount with two decimals: ten digits, the point, two digits.
PLAIN = 13


class BadAmount(ValueError):
    """The text is not an amount of money in dollars and cents."""


def money(text: str) -> Decimal:
    """Reads an amount such as `100`, `-14.5`, `.07` or `000000100.00` into dollars with two decimals.

    What bounds it is its value, not its zeros. Refuses signs other than a leading minus, thousands separators,
    exponents, parts of a cent, blanks and digits of other scripts (X12 data type R, used for monetary amounts).
    Raises `BadAmount`.
    """
    # Digits, a point and one or two digits, as most amounts are written, need no further proof.
    if len(text) <= PLAIN and text.strip(DIGITS) == ".":
        if text[-3:-2] == ".":
            return Decimal(text)
        if text[-2:-1] == "." and len(text) < PLAIN:
            return Decimal(text + "0")
    if len(text) > LONGEST or _AMOUNT.match(text) is None:
        raise BadAmount(text[:40])
    value = Decimal(text).quantize(CENT)
    return value if value else ZERO


def two_decimals(amount: Decimal) -> str:
    """Writes an amount as screens and prints show it: two decimals, no thousands separator, zero without a sign."""
    return f"{amount:z.2f}"


def whole_cents(amounts: Iterable[Decimal | None]) -> list[int | None]:
    """A column of amounts as the store takes it, None where there is none; raises `BadAmount` like `Money`.

    Amounts of exactly two decimals, as `money` gives them, are cents without further proof.
    """
    cents: list[int | None] = []
    exact, keep = CENT.same_quantum, cents.append
    for amount in amounts:
        if amount is None:
            keep(None)
        elif exact(amount) and -LARGEST <= amount <= LARGEST:
            keep(int(amount * 100))
        else:
            keep(cents_of(amount))
    return cents


def cents_of(amount: Decimal) -> int:
    """An amount in whole cents, as the store takes it; raises `BadAmount` for parts of a cent or too large a sum."""
    scaled = amount * 100
    cents = int(scaled)
    if cents != scaled or not -LARGEST <= amount <= LARGEST:
        raise BadAmount(str(amount))
    return cents
