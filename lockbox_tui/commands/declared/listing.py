"""What the lists have in common: their filters, how many rows, and the words of a status as they are typed."""

import re
from enum import StrEnum
from typing import TypeVar

from lockbox_tui.commands import argument_types as types
from lockbox_tui.commands.answers import MOST_IN_TABLE
from lockbox_tui.commands.declaring import Option, Switch

Word = TypeVar("Word", bound=StrEnum)

DATE_IS_RIGHT = Switch(
    "--date-is-right",
    "the date of the clock is right, though it does not follow the last day on which the site worked",
)

LIMIT = Option(
    "--limit", "at most so many rows", "N", types.count, otherwise=f"{MOST_IN_TABLE} in a table, else all"
)

PAYER = Option(
    "--payer", "how the payer's name begins, or its identifier", "NAME", default="", otherwise="all"
)


def period(date: str) -> tuple[Option, Option]:
    """The options for a first and a last day; `date` says what is dated, such as `received`."""
    return (
        Option("--from", f"{date} since", "D", types.date, dest="since"),
        Option("--to", f"{date} up to", "D", types.date, dest="until"),
    )


def filters(statuses: type[StrEnum], date: str, number: str) -> tuple[Option, ...]:
    """The options of a list that is filtered by status, date, payer and number; `number` says what is compared."""
    return (
        Option("--status", "only of this status", choices=tuple(map(as_typed, statuses)), otherwise="all"),
        *period(date),
        PAYER,
        Option("--number", number, "N", default="", otherwise="all"),
        LIMIT,
    )


def as_typed(word: StrEnum) -> str:
    """A status as it is typed: `matched-with-errors` for MATCHED WITH ERRORS."""
    return re.sub(r"[^a-z0-9]+", "-", word.value.lower()).strip("-")


def meant(statuses: type[Word], said: str | None) -> Word | None:
    """The status that was typed; None where none was."""
    return next((status for status in statuses if as_typed(status) == said), None)
