"""What the lists have in common: how many rows, and the words of a status as they are typed."""

import re
from enum import StrEnum

from lockbox_tui.commands import argument_types as types
from lockbox_tui.commands.answers import MOST_IN_TABLE
from lockbox_tui.commands.declaring import Option

LIMIT = Option(
    "--limit", "at most so many rows", "N", types.count, otherwise=f"{MOST_IN_TABLE} in a table, else all"
)


def typed(word: StrEnum) -> str:
    """A status as it is typed: `matched-with-errors` for MATCHED WITH ERRORS."""
    return re.sub(r"[^a-z0-9]+", "-", word.value.lower()).strip("-")


def choices(words: type[StrEnum]) -> tuple[str, ...]:
    """All words of a kind as they are typed."""
    return tuple(map(typed, words))
