"""Tables and sentences of the command line: data is cleaned and painted as it is, never read as markup."""

import datetime
import io
import shutil
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import Enum

from services.clean import clean

#: Where the output is a file or a pipe, no line is broken and no cell cut.
_ENDLESS = 10_000
_LONGEST = 2_000


class Printer:
    """Gathers what is to be printed; `>` before a column's name puts the column to the right.

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
                self._console.print(self._as_text(clean(line, _LONGEST)), soft_wrap=True)

    def facts(self, pairs: Iterable[tuple[str, object]]) -> None:
        """Prints names and values, one pair a line; a pair without value is left out."""
        held = [(name, cell(value)) for name, value in pairs]
        wide = max((len(name) for name, value in held if value), default=0)
        self.say(*(f"{name:<{wide}}  {value}" for name, value in held if value))

    def table(
        self, columns: Sequence[str], rows: Iterable[Sequence[object]], *, none: str = "There are none."
    ) -> None:
        """Prints a table, or the sentence `none` when it has no rows."""
        table = self._as_table(box=None, pad_edge=False)
        for column in columns:
            right = column.startswith(">")
            table.add_column(
                self._as_text(column.removeprefix(">")), justify="right" if right else "left", overflow="fold"
            )
        for row in rows:
            table.add_row(*(self._as_text(cell(value)) for value in row))
        if table.row_count:
            self._console.print(table)
        else:
            self.say(none)


def cell(value: object) -> str:
    """A value in words: amounts with two decimals, dates ISO 8601, nothing for an absent one."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "YES" if value else "NO"
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, Enum):
        return cell(value.value)
    if isinstance(value, datetime.datetime):
        return f"{value:%Y-%m-%d %H:%M:%S} UTC"
    if isinstance(value, datetime.date):
        return value.isoformat()
    return clean(str(value), _LONGEST)
