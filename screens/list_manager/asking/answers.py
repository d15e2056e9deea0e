"""Amounts, entry numbers and pieces of a text as clerks type them."""

import re
from collections.abc import Sequence
from decimal import Decimal

_MONEY = re.compile(r"([+-]?)\$?\s*((?:\d{1,3}(?:,\d{3})+|\d{1,13}))?(?:\.(\d{0,2}))?\Z", re.ASCII)
_NUMBER = re.compile(r"\d{1,9}\Z", re.ASCII)
_RANGE = re.compile(r"(\d{1,9})\s*-\s*(\d{1,9})\Z", re.ASCII)
_SEPARATORS = re.compile(r"[,/\\;. ]+")


def read_money(text: str) -> Decimal | None:
    """Understands an amount: `100`, `100.5`, `.5`, `$1,234.50`, `-18.50`; None for anything else.

    Never rounds: a third decimal is not an amount.
    """
    found = _MONEY.match(text.strip())
    if found is None or not (found[2] or found[3]):
        return None
    whole, cents = (found[2] or "0").replace(",", ""), (found[3] or "").ljust(2, "0")
    amount = Decimal(f"{whole}.{cents}")
    return -amount if found[1] == "-" and amount else amount


def read_entries(text: str, low: int, high: int) -> tuple[int, ...] | str:
    """Understands `4` and `2-5,7`: the numbers in the order typed, each once, or the part that is wrong.

    Comma, slash, backslash, semicolon, point and blank all separate (XQORM).
    """
    numbers: dict[int, None] = {}
    for part in _SEPARATORS.split(re.sub(r"\s*-\s*", "-", text.strip())):
        if not part:
            continue
        if _NUMBER.match(part) and low <= int(part) <= high:
            numbers[int(part)] = None
        elif (found := _RANGE.match(part)) and low <= int(found[1]) <= int(found[2]) <= high:
            numbers.update(dict.fromkeys(range(int(found[1]), int(found[2]) + 1)))
        else:
            return part
    return tuple(numbers) or text


def show_entries(numbers: Sequence[int]) -> str:
    """`2-5,7` for 2, 3, 4, 5, 7."""
    parts: list[str] = []
    index = 0
    while index < len(numbers):
        end = index
        while end + 1 < len(numbers) and numbers[end + 1] == numbers[end] + 1:
            end += 1
        parts.append(str(numbers[index]) if end == index else f"{numbers[index]}-{numbers[end]}")
        index = end + 1
    return ",".join(parts)


def find_piece(text: str, piece: str) -> tuple[int, int] | None:
    """Where the piece begins and ends that a clerk named at `Replace`; None when the text has no such piece."""
    if piece.strip().upper() == "END":
        return len(text), len(text)
    first, dots, last = piece.partition("...")
    begin = text.find(first)
    if not dots:
        return None if begin < 0 else (begin, begin + len(piece))
    if begin < 0 or (end := text.find(last, begin + len(first))) < 0:
        return None
    return begin, len(text) if not last else end + len(last)
