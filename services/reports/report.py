"""A report as data: what it is called, its columns, its rows, its totals (DESIGN 2.12).

A report says of each column where its value comes from and of which kind it is; how the value looks on
paper, in a spreadsheet or in a script's document is decided once for all reports, in `render` and here.

    Report("BILLS", (Column("BILL", lambda row: row.number), Column("BALANCE", lambda row: row.balance, Kind.MONEY)),
           rows)
"""

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Generic, TypeVar

from models.words.money import two_decimals
from services.clean import clean

Value = str | int | Decimal | datetime.date | Enum | None

Row = TypeVar("Row")

#: The longest text of a cell.
LONGEST = 2_000


class Kind(StrEnum):
    """Of which kind the values of a column are; each kind is written one way."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    INSTANT = "instant"
    FLAG = "yes or no"


# What a value of a kind may be. A date is no instant and a flag no number, though Python would take them so.
_TAKES: dict[Kind, Callable[[object], bool]] = {
    Kind.TEXT: lambda value: isinstance(value, str),
    Kind.NUMBER: lambda value: isinstance(value, int) and not isinstance(value, bool),
    Kind.MONEY: lambda value: isinstance(value, Decimal),
    Kind.DATE: lambda value: isinstance(value, datetime.date) and not isinstance(value, datetime.datetime),
    Kind.INSTANT: lambda value: isinstance(value, datetime.datetime),
    Kind.FLAG: lambda value: isinstance(value, bool),
}


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its title, where a row has its value, and of which kind the values are.

    `width` is how many characters it has on paper; with 0 as many as its longest value. `name` is what the
    value is called in JSON, by default the title in small letters.
    """

    title: str
    of: Callable[[Row], Value]
    kind: Kind = Kind.TEXT
    width: int = 0
    name: str = ""

    @property
    def key(self) -> str:
        """What the column is called in JSON."""
        return self.name or re.sub(r"[^a-z0-9]+", "_", self.title.lower()).strip("_")

    @property
    def right(self) -> bool:
        """Whether its values stand to the right, as figures do."""
        return self.kind in (Kind.NUMBER, Kind.MONEY)

    def value(self, row: Row) -> Value:
        """The value that a row has here, a text cleaned; raises `TypeError` for one of another kind."""
        return self.checked(self.of(row))

    def text(self, row: Row) -> str:
        """The value in words, the same in all formats that are text."""
        return in_words(self.value(row))

    def checked(self, value: Value) -> Value:
        """A value as a cell of this column holds it; raises `TypeError` for one of another kind."""
        held: object = value.value if isinstance(value, Enum) else value
        if held is None:
            return None
        if not _TAKES[self.kind](held):
            raise TypeError(f"{self.title} is {self.kind}, which no {type(held).__name__} is")
        return clean(held, LONGEST) if isinstance(held, str) else value


@dataclass(frozen=True, slots=True)
class Total:
    """A line under the rows of a report: what it adds up, and the sums by the titles of their columns."""

    title: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Report(Generic[Row]):
    """One report. `heading` stands above the columns, `notes` below the totals.

    `none` is said instead of a table without rows.
    """

    title: str
    columns: tuple[Column[Row], ...]
    rows: Sequence[Row]
    heading: tuple[str, ...] = ()
    totals: tuple[Total, ...] = ()
    notes: tuple[str, ...] = ()
    none: str = "There are none."

    def total_cells(self) -> list[list[str]]:
        """The lines of the totals as cells in words; what a line adds up is said in its first free cell."""
        lines = []
        for total in self.totals:
            cells = [in_words(column.checked(total.values.get(column.title))) for column in self.columns]
            free = next((at for at, cell in enumerate(cells) if not cell), None)
            if free is not None:
                cells[free] = clean(total.title, LONGEST)
            lines.append(cells)
        return lines


def in_words(value: object) -> str:
    """A value in words: amounts with two decimals, dates ISO 8601, nothing for an absent one."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "YES" if value else "NO"
    if isinstance(value, Decimal):
        return two_decimals(value)
    if isinstance(value, Enum):
        return in_words(value.value)
    if isinstance(value, datetime.datetime):
        return f"{value:%Y-%m-%d %H:%M:%S} UTC"
    if isinstance(value, datetime.date):
        return value.isoformat()
    return clean(str(value), LONGEST)
