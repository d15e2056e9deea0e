"""Elements as values: amounts, quantities and dates, remembered because a file repeats them."""

import datetime
import re
from decimal import Decimal

from models.words.money import DIGITS, LONGEST, BadAmount, money

#: How many different texts are remembered of each kind before starting anew.
_REMEMBERED = 20_000

# Ten digits of dollars, as `models.words.money` takes them.
_DOLLARS_LONGEST = 10

# Up to 15 digits before and 10 behind the point, and the zeros that fill them up on both sides.
_QUANTITY = re.compile(r"(-?)0*([0-9]{1,15})?(?:\.([0-9]{0,10}?)0*)?\Z")
_DAY = re.compile(r"[0-9]{8}\Z")
_RANGE = re.compile(r"([0-9]{8})-?([0-9]{8})\Z")
_YEARS = range(1850, 2200)


class _Amounts(dict[str, Decimal | None]):
    def __missing__(self, text: str) -> Decimal | None:
        try:
            value = money(text)
        except BadAmount:
            return None
        if len(self) >= _REMEMBERED:
            self.clear()
        self[text] = value
        return value


class _Dollars(dict[str, Decimal | None]):
    """The dollars of amounts above or at zero, with two decimals; None for any other text."""

    def __missing__(self, text: str) -> Decimal | None:
        if not 0 < len(text) <= _DOLLARS_LONGEST or text.strip(DIGITS):
            return None
        if len(self) >= _REMEMBERED:
            self.clear()
        value = self[text] = Decimal(f"{text}.00")
        return value


class _Days(dict[str, datetime.date | None]):
    def __missing__(self, text: str) -> datetime.date | None:
        if _DAY.match(text) is None or int(text[:4]) not in _YEARS:
            return None
        try:
            value = datetime.date(int(text[:4]), int(text[4:6]), int(text[6:]))
        except ValueError:
            return None
        if len(self) >= _REMEMBERED:
            self.clear()
        self[text] = value
        return value


class _Quantities(dict[str, Decimal | None]):
    def __missing__(self, text: str) -> Decimal | None:
        number = _QUANTITY.match(text) if len(text) <= LONGEST else None
        if number is None or not text.strip("-."):
            return None
        if len(self) >= _REMEMBERED:
            self.clear()
        sign, whole, part = number.groups("")
        value = Decimal(f"{whole or 0}.{part}" if part else whole or "0")
        value = self[text] = -value if sign and value else value
        return value


#: An X12 amount (data type R) as `models.money.money` reads it, or None when it is none.
AMOUNTS = _Amounts()
_DOLLARS = _Dollars()
# One decimal or two; the point alone (`5.`) is read as a whole.
_CENTS = {
    **{str(tenth): Decimal(f"0.{tenth}0") for tenth in range(10)},
    **{f"{cent:02d}": Decimal(f"0.{cent:02d}") for cent in range(100)},
}
#: A day written CCYYMMDD (X12 format D8), or None when it is none.
DAYS = _Days()
#: A count, weight or rate (X12 data type R) with the decimals that say something, or None when it is none.
QUANTITIES = _Quantities()


def amount_of(text: str) -> Decimal | None:
    """Reads an amount as `AMOUNTS` does: dollars and cents, of which few are different, are remembered apart.

    Their sum costs half as much as reading the whole text, and whole texts are seldom the same twice.
    """
    before, _, behind = text.rpartition(".")
    dollars, cents = _DOLLARS[before], _CENTS.get(behind)
    return AMOUNTS[text] if dollars is None or cents is None else dollars + cents


def period(elements: list[str]) -> tuple[datetime.date, datetime.date] | None:
    """Reads the day or period of a DTM or DTP segment: first and last day, or None when it cannot be read.

    DTM02 holds a day (D8); DTM05 and DTM06, or DTP02 and DTP03, hold a format (D8, RD8, DT) and its text.
    """
    for text in reversed(elements[2:]):
        day = DAYS[text]
        if day is not None:
            return day, day
        both = _RANGE.match(text)
        if both is not None:
            first, last = DAYS[both.group(1)], DAYS[both.group(2)]
            if first is not None and last is not None:
                return first, last
        elif len(text) == 12 and (day := DAYS[text[:8]]) is not None:
            return day, day
    return None
