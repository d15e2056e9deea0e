"""Tables and sentences of the command line: data is cleaned and painted as it is, never read as markup."""

import io
import shutil
from collections.abc import Sequence
from typing import TypeVar

from services.clean import clean
from services.reports.report import LONGEST, Column, Report

Row = TypeVar("Row")

#: Where the output is a file or a pipe, no line is broken and no cell cut.
_ENDLESS = 10_000


class Printer:
    """Gathers what is to be printed, of a report its table as wide as the terminal.

    Nothing but letters and line ends comes out of it: no colours, no escape sequences.
    """

    def __init__(self, terminal: bool) -> None:
        # Imported here: scripts that ask for JSON need none of it.
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        self._as_table, self._as_text = Table, Text
        self._text = io.StringIO()
        self._console = Console(
            file=self._text,
            width=shutil.get_terminal_size().columns if terminal else _ENDLESS,
            markup=False,
            highlight=False,
            emoji=False,
            color_system=None,
        )

    def text(self) -> str:
        """All that was printed; no line ends in blanks."""
        return "".join(f"{line.rstrip()}\n" for line in self._text.getvalue().splitlines())

    def say(self, *sentences: str) -> None:
        """Prints sentences, each line of them on its own."""
        for sentence in sentences:
            for line in sentence.split("\n"):
                self._console.print(self._as_text(clean(line, LONGEST)), soft_wrap=True)

    def facts(self, columns: Sequence[Column[Row]], row: Row) -> None:
        """Prints the columns of one row beneath each other; one without a value is left out."""
        held = [(column.title, column.text(row)) for column in columns]
        wide = max((len(title) for title, value in held if value), default=0)
        self.say(*(f"{title:<{wide}}  {value}" for title, value in held if value))

    def table(self, report: Report[Row]) -> None:
        """Prints a report's table with its totals, or what it says when it has no rows, and its notes."""
        table = self._as_table(box=None, pad_edge=False)
        for column in report.columns:
            table.add_column(
                self._as_text(column.title), justify="right" if column.right else "left", overflow="fold"
            )
        for row in report.rows:
            table.add_row(*(self._as_text(column.text(row)) for column in report.columns))
        for cells in report.total_cells() if report.rows else ():
            table.add_row(*map(self._as_text, cells))
        if table.row_count:
            self._console.print(table)
        else:
            self.say(report.none)
        self.say(*report.notes)

    def titled(self, report: Report[Row]) -> None:
        """Prints a report under its title and heading, where it stands among others."""
        self.say(report.title, *report.heading)
        self.table(report)
