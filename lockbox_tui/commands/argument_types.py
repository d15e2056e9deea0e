"""What a word on the command line may be: dates, amounts, line numbers, rows of a split.

Nothing of the store is imported before a word has to be read.
"""

import argparse
import datetime
import re
from decimal import Decimal
from typing import NamedTuple

_NUMBER = re.compile(r"[1-9][0-9]{0,17}\Z")
_LINE = re.compile(r"([1-9][0-9]{0,5})\.([0-9]{3})\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_MOST = 10_000_000


class SplitPart(NamedTuple):
    """A row of a split as typed: claim, payment, adjustment."""

    claim: str
    payment: Decimal
    adjustment: Decimal


def number(text: str) -> int:
    """The number of an ERA or EFT."""
    if _NUMBER.match(text) is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number such as 12")
    return int(text)


def name(text: str) -> str:
    """The number or name of a thing that has letters in it: a receipt, a bill, a check, a deposit ticket."""
    if not text.strip():
        raise argparse.ArgumentTypeError("it may not be empty")
    return text.strip()


def bills(text: str) -> tuple[str, ...]:
    """Numbers of bills, with commas between them."""
    return tuple(name(part) for part in text.split(","))


def letters(text: str) -> tuple[str, ...]:
    """Letters in capitals, with commas between them."""
    return tuple(name(part).upper() for part in text.split(","))


def names(text: str) -> tuple[str, ...]:
    """Names of the clerk's own, with commas between them; one that is left out is empty."""
    return tuple(part.strip() for part in text.split(","))


def count(text: str) -> int:
    """How many of something; at least one."""
    if _NUMBER.match(text) is None or int(text) > _MOST:
        raise argparse.ArgumentTypeError(f"{text!r} is not a count between 1 and {_MOST}")
    return int(text)


def seed(text: str) -> int:
    """A whole number from which chance begins."""
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number") from None


def date(text: str) -> datetime.date:
    """A date as ISO 8601 writes it."""
    try:
        if _DATE.match(text) is None:
            raise ValueError
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2026-10-01") from None


def amount(text: str) -> Decimal:
    """An amount in dollars and cents."""
    from models.words.money import BadAmount, money

    try:
        return money(text)
    except BadAmount:
        raise argparse.ArgumentTypeError(f"{text!r} is not an amount such as 27.50") from None


def line(text: str) -> tuple[int, int]:
    """A stored line number of a scratch pad: entry, point, three digits."""
    found = _LINE.match(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a line such as 1.001")
    return int(found[1]), int(found[2])


def split_part(text: str) -> SplitPart:
    """One row of a split: CLAIM=AMOUNT or CLAIM=AMOUNT/ADJ."""
    claim, equals, amounts = text.rpartition("=")
    if not equals or not claim.strip():
        raise argparse.ArgumentTypeError(f"{text!r} is not CLAIM=AMOUNT or CLAIM=AMOUNT/ADJ")
    payment, _, adjustment = amounts.partition("/")
    return SplitPart(claim.strip(), amount(payment), amount(adjustment or "0"))
