"""What a command gets and what it answers: a document for scripts, and the same in words for a person."""

import dataclasses
import datetime
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

from lockbox_tui.settings import Settings
from services.findings import Finding

if TYPE_CHECKING:
    from argparse import Namespace

    from lockbox_tui.commands.printing import Printer

#: The exit statuses of all commands.
DONE, NOT_DONE, WRONG_USAGE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Call:
    """A command as it was typed; `as_user` is whom the user stands in for."""

    settings: Settings
    arguments: "Namespace"

    @property
    def as_user(self) -> str | None:
        """The user in whose place the command acts."""
        named: str | None = self.arguments.as_user
        return named


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of a command: `document` becomes JSON, `show` prints it for a person, `status` is the exit."""

    document: object
    show: Callable[["Printer"], None]
    status: int = DONE


def as_json(document: object) -> Iterator[str]:
    """One JSON document, piece by piece; `plain` says what it may hold.

    Characters beyond ASCII are escaped, so that no terminal obeys any of them.
    """
    return json.JSONEncoder(ensure_ascii=True, indent=2).iterencode(plain(document))


def plain(value: object) -> object:
    """A value as JSON has it: amounts as strings with two decimals, dates ISO 8601, absent values null.

    Takes dataclasses (an object of their fields), mappings, sequences, words, dates, decimals and what JSON
    knows itself. Raises `TypeError` for anything else, so that nothing is printed by chance; what a sequence
    holds is looked at as it is written.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, (str, int)):
        return value
    if isinstance(value, Decimal):
        # `z`: a zero has no sign.
        return f"{value:z.2f}"
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    if isinstance(value, Finding):
        return {"code": value.code, "text": value.text, "where": value.where or None}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(held) for key, held in value.items()}
    if isinstance(value, (list, tuple)):
        return _Items(value)
    raise TypeError(f"a {type(value).__name__} has no place in a JSON document")


class _Items(list[object]):
    """A sequence whose items become plain one by one: a file of very many sets is told set by set."""

    def __iter__(self) -> Iterator[object]:
        return map(plain, super().__iter__())
