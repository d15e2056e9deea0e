"""What a command gets and what it answers: a document for scripts, and the same in words for a person."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lockbox_tui.settings import Settings
from services.reports.report import Report

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
    """The answer of a command: `document` becomes JSON, `show` prints it for a person, `status` is the exit.

    `report` is what it is in any other format, if it is a list.
    """

    document: object
    show: Callable[["Printer"], None]
    status: int = DONE
    report: Report[Any] | None = None

    @classmethod
    def of(cls, document: object, report: Report[Any]) -> "Answer":
        """The answer that is a list: all that its rows hold, or the report itself, and the report of them."""
        return cls(document, lambda out: out.table(report), report=report)
