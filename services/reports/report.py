"""A report as data: what it is called, its columns, its rows, its totals (DESIGN 2.12).

A report says of each column where its value comes from and of which kind it is; how the value looks on
paper, in a spreadsheet or in a script's document is decided once for all reports, in `render` and here.

    Report("BILLS", (Column("BILL", lambda row: row.number), Column("BALANCE", lambda row: row.balance, Kind.MONEY)),
           rows)

What is no list of rows has sections instead: blocks of facts (`LABEL: value`), tables and words. They are made
while they are written, so that a print of very many takes no more memory than a short one:

    Report("ERA DETAIL", sections=(Section("PAYER", (Facts(((Fact("Payer Name", "BLUE RIVER"),),)),)),))
"""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any, Generic, TypeVar

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
    value is called in JSON, by default the title in small letters. `to_right` is for texts that stand to the right as
    figures do; `paper` says how a value of a table in a section is written on paper, where it is other than elsewhere.
    """

    title: str
    of: Callable[[Row], Value]
    kind: Kind = Kind.TEXT
    width: int = 0
    name: str = ""
    to_right: bool = False
    paper: Callable[[Any], str] | None = None

    @property
    def key(self) -> str:
        """What the column is called in JSON."""
        return self.name or re.sub(r"[^a-z0-9]+", "_", self.title.lower()).strip("_")

    @property
    def right(self) -> bool:
        """Whether its values stand to the right, as figures do."""
        return self.to_right or self.kind in (Kind.NUMBER, Kind.MONEY)

    def value(self, row: Row) -> Value:
        """The value that a row has here, a text cleaned; raises `TypeError` for one of another kind."""
        return self.checked(self.of(row))

    def text(self, row: Row) -> str:
        """The value in words, the same in all formats that are text."""
        return in_words(self.value(row))

    def on_paper(self, row: Row) -> str:
        """The value as it stands on paper in a table of a section."""
        return write_value(self.value(row), self.paper)

    def checked(self, value: Value) -> Value:
        """A value as a cell of this column holds it; raises `TypeError` for one of another kind."""
        return checked(value, self.kind, self.title)


@dataclass(frozen=True, slots=True)
class Total:
    """A line under the rows of a report: what it adds up, and the sums by the titles of their columns."""

    title: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Fact:
    """One value under its label, as a payer's name or a claim's charge; `meaning` is what a code stands for.

    `paper` says how the value is written on paper, where it is other than in the other formats.
    """

    label: str
    value: Value
    kind: Kind = Kind.TEXT
    meaning: str = ""
    paper: Callable[[Any], str] | None = None

    @property
    def held(self) -> Value:
        """The value, a text cleaned; raises `TypeError` for one of another kind than the fact's."""
        return checked(self.value, self.kind, self.label)

    @property
    def text(self) -> str:
        """The value in words, the same in all formats but paper."""
        return in_words(self.held)

    @property
    def on_paper(self) -> str:
        """The value as it stands on paper, what it means behind it."""
        return "  ".join(
            part for part in (write_value(self.held, self.paper), clean(self.meaning, LONGEST)) if part
        )


@dataclass(frozen=True, slots=True)
class Facts:
    """A block of facts: lines of one fact, or of two beside each other.

    On paper each line begins with `lead`, labels are filled up to the longest (at least `widths`), the second fact
    stands in column `right` (counted from 1) and amounts are `amounts` wide. `flowing` takes the facts in their order
    and puts two beside each other where they fit, leaving out what is empty (`screens.md` 13). `most` is how wide a
    value may be before it goes on beneath, `hanging` whether it goes on under itself.
    """

    lines: tuple[tuple[Fact, ...], ...]
    lead: str = " "
    right: int = 41
    widths: tuple[int, int] = (0, 0)
    amounts: int = 0
    between: str = ": "
    labels_right: bool = False
    flowing: bool = False
    most: int = 0
    hanging: bool = True


@dataclass(frozen=True, slots=True)
class Words:
    """A line of words between facts, such as `NONE`, or a paragraph that is folded on paper."""

    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """Some rows within a section, one blank between the columns on paper; `caption` if its titles stand elsewhere."""

    columns: tuple[Column[Row], ...]
    rows: tuple[Row, ...]
    caption: str = ""


Part = Facts | Words | Table[Any]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a print under a title; `of` is what it tells of where the titles alone do not say it (`EEOB 3`).

    `blanks` are the empty lines before it on paper.
    """

    title: str
    parts: tuple[Part, ...]
    of: str = ""
    blanks: int = 1

    def facts(self) -> Iterator[Fact]:
        """All that it says, one fact after the other: the cells of its tables under their titles, words without one."""
        for part in self.parts:
            if isinstance(part, Facts):
                yield from (fact for line in part.lines for fact in line)
            elif isinstance(part, Words):
                yield Fact("", part.text)
            else:
                for row in part.rows:
                    for column in part.columns:
                        yield Fact(column.title, column.value(row), column.kind)


@dataclass(frozen=True, slots=True)
class Report(Generic[Row]):
    """One report. `heading` stands above the columns, `notes` below the totals.

    `none` is said instead of a table without rows. A report of `sections` has no rows of its own; `head` is what
    stands at the top of each of its pages. `title_at` is the column of the title where a page begins as VistA's
    prints do (`screens.md` 12), 0 for all others.
    """

    title: str
    columns: tuple[Column[Row], ...] = ()
    rows: Sequence[Row] = ()
    heading: tuple[str, ...] = ()
    totals: tuple[Total, ...] = ()
    notes: tuple[str, ...] = ()
    none: str = "There are none."
    sections: Iterable[Section] | None = None
    head: Facts | None = None
    title_at: int = 0

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


def checked(value: Value, kind: Kind, title: str) -> Value:
    """A value as a report holds it, a text cleaned; raises `TypeError` for one of another kind than was said."""
    held: object = value.value if isinstance(value, Enum) else value
    if held is None:
        return None
    if not _TAKES[kind](held):
        raise TypeError(f"{title} is {kind}, which no {type(held).__name__} is")
    return clean(held, LONGEST) if isinstance(held, str) else value


def write_value(value: Value, paper: Callable[[Any], str] | None) -> str:
    """A value on paper: in words, or as `paper` writes it."""
    return in_words(value) if paper is None or value is None else clean(paper(value), LONGEST)


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
