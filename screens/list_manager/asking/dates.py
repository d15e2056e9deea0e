"""Dates as clerks type them (`screens.md` 0.10; FileMan's date answers)."""

import re
from datetime import date, timedelta

_FULL = (
    "JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE", "JULY", "AUGUST", "SEPTEMBER", "OCTOBER",
    "NOVEMBER", "DECEMBER",
)  # fmt: skip
_RELATIVE = re.compile(r"(?:T|TODAY|N|NOW)(?:\s*([+-])\s*(\d{1,4})\s*([DWM]?))?\Z")
_NUMERIC = re.compile(r"(\d{1,2})[/.\-](\d{1,2})(?:[/.\-](\d{2}|\d{4}))?\Z")
_ISO = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})\Z")
_NAMED = re.compile(r"([A-Z]{3,9})\.?\s*(\d{1,2})(?:(?:\s*,\s*|\s+)(\d{2}|\d{4}))?\Z")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[ -]?\s*([A-Z]{3,9})(?:\s*[ ,-]\s*(\d{2}|\d{4}))?\Z")
_FAR_AHEAD = 20


def read_date(text: str, today: date) -> date | None:
    """Understands a date as typed; None when it is none.

    `T`, `N`, `T-7`, `T+3W`, `7/22`, `7/22/10`, `JUL 22`, `22 JUL 2010`, `20100722`, `2010-07-22`. A year of
    two digits is taken from the century that puts it at most 20 years ahead; without a year it is this
    year's.
    """
    answer = " ".join(text.strip().upper().split())
    if not answer.isascii():
        return None
    if found := _RELATIVE.match(answer):
        return _shift(today, found.group(1), found.group(2), found.group(3))
    if found := _ISO.match(answer):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMERIC.match(answer):
        return _day(_year(found[3], today), int(found[1]), int(found[2]))
    if (found := _NAMED.match(answer)) and (month := _month(found[1])):
        return _day(_year(found[3], today), month, int(found[2]))
    if (found := _DAY_FIRST.match(answer)) and (month := _month(found[2])):
        return _day(_year(found[3], today), month, int(found[1]))
    return None


def _shift(today: date, sign: str | None, amount: str | None, unit: str) -> date | None:
    if not sign or not amount:
        return today
    steps = int(amount) if sign == "+" else -int(amount)
    try:
        if unit == "M":
            months = today.year * 12 + today.month - 1 + steps
            year, month = divmod(months, 12)
            last = (date(year + month // 11, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
            return date(year, month + 1, min(today.day, last))
        return today + timedelta(days=steps * (7 if unit == "W" else 1))
    except (OverflowError, ValueError):
        return None


def _month(word: str) -> int | None:
    fits = [number for number, name in enumerate(_FULL, 1) if name.startswith(word)]
    return fits[0] if len(fits) == 1 else None


def _year(text: str | None, today: date) -> int:
    if text is None:
        return today.year
    if len(text) == 4:
        return int(text)
    year = today.year // 100 * 100 + int(text)
    if year > today.year + _FAR_AHEAD:
        return year - 100
    return year + 100 if year <= today.year + _FAR_AHEAD - 100 else year


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
