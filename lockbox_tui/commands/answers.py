"""What a command gets and what it answers: a document for scripts, and the same in words for a person."""

import datetime
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar

from lockbox_tui.settings import Settings, WrongUsage
from services.dates import short
from services.reports.report import Report
from services.reports.sheets import Signed

if TYPE_CHECKING:
    from argparse import Namespace

    from lockbox_tui.commands.printing import Printer

Row = TypeVar("Row")

#: The exit statuses of all commands.
DONE, NOT_DONE, WRONG_USAGE = 0, 1, 2

#: The format of a list that a person reads on the terminal, and how many rows are read there.
TABLE, MOST_IN_TABLE = "table", 200

#: The format that is a document, not text.
PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Call:
    """A command as it was typed; `format` is how its answer is to be written."""

    settings: Settings
    arguments: "Namespace"
    format: str = TABLE

    @property
    def as_user(self) -> str | None:
        """The user in whose place the command acts."""
        named: str | None = self.arguments.as_user
        return named

    @property
    def period(self) -> tuple[datetime.date | None, datetime.date | None]:
        """The first and the last day that were asked for; raises `WrongUsage` when they stand the wrong way round."""
        since, until = self.arguments.since, self.arguments.until
        if since and until and since > until:
            raise WrongUsage(f"--from {since} is later than --to {until}")
        return since, until

    @property
    def limit(self) -> int | None:
        """At most how many rows of a list are answered: as many as asked for, else all but in a table."""
        asked: int | None = self.arguments.limit
        return MOST_IN_TABLE if asked is None and self.format == TABLE else asked


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of a command: `document` becomes JSON, `show` prints it for a person, `status` is the exit.

    `report` is what it is in any other format, if it is a list. `until_written` is kept open until all is written:
    the store that a long print is still read from. `printed` is the day that stands on each page of it, `signed` what
    stands at the foot of each of its sheets.
    """

    document: object
    show: Callable[["Printer"], None]
    status: int = DONE
    report: Report[Any] | None = None
    until_written: AbstractContextManager[object] = field(default_factory=nullcontext)
    printed: str = ""
    signed: Signed | None = None

    @classmethod
    def print_of(
        cls, report: Report[Any], signed: Signed, until_written: AbstractContextManager[object]
    ) -> "Answer":
        """The answer that is a print in sections, read from the store while it is written."""
        printed = short(signed.at)
        return cls(
            report, _nothing, report=report, printed=printed, until_written=until_written, signed=signed
        )

    @property
    def in_sections(self) -> bool:
        """Whether it is a print, which is no table on a terminal either."""
        return self.report is not None and self.report.sections is not None

    @classmethod
    def of(cls, document: object, report: Report[Any], signed: Signed) -> "Answer":
        """The answer that is a list: all that its rows hold, or the report itself, and the report of them."""
        return cls(document, lambda out: out.table(report), report=report, signed=signed)

    @classmethod
    def listed(
        cls, rows: Sequence[Row], report: Callable[[Sequence[Row]], Report[Row]], count: int, signed: Signed
    ) -> "Answer":
        """The answer that is a list of `count` rows, of which these are the first."""
        said = report(rows)
        if count > len(rows):
            more = f"{count - len(rows)} more; --limit {count} lists them all."
            said = replace(said, notes=(*said.notes, more))
        return cls.of(rows, said, signed)


def _nothing(out: "Printer") -> None:
    """A print is written as pages, which need no printer of tables."""
