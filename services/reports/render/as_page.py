"""A report on paper, 80 columns wide: lines for a pager, which cuts them into pages, and the heading of each page."""

import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from services.clean import clean
from services.reports.report import LONGEST, Column, Report

Row = TypeVar("Row")

#: What VistA prints under a report, and in the place of its lines when it has none (behaviour 1.12).
END = "END OF REPORT"
NONE = "*** NO RECORDS TO PRINT ***"

_BETWEEN = 2
_INDENT = 4


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """A report laid out for paper of a width.

    Columns that do not stand beside each other go on in a second line, set in by four; what is longer than
    its column goes on beneath, so that nothing is lost.
    """

    report: Report[Row]
    width: int
    _lines: tuple[tuple[tuple[int, int], ...], ...]  # of each line of a row: columns and their widths

    def heading(self, printed: str) -> Callable[[int], list[str]]:
        """What stands at the top of each page; `printed` says when the report was made."""
        top = [*_fold(self.report.title, self.width)]
        rest = [line for said in self.report.heading for line in _fold(said, self.width)]
        captions = list(self._lay_out([column.title for column in self.report.columns]))

        def of_page(number: int) -> list[str]:
            right = f"{printed}  PAGE {number}".strip()
            first = f"{top[0]:<{self.width - len(right)}}{right}"
            begins = [first, *top[1:]] if len(first) <= self.width else [*top, right.rjust(self.width)]
            return [*begins, *rest, *captions, "-" * self.width]

        return of_page

    def lines(self) -> Iterator[str]:
        """The rows, the totals, the notes and the end; without a row only that there is none."""
        several = len(self._lines) > 1
        for number, row in enumerate(self.report.rows):
            if number and several:
                yield ""
            yield from self._lay_out([column.text(row) for column in self.report.columns])
        if not self.report.rows:
            yield NONE
        for cells in self.report.total_cells():
            yield "-" * self.width
            yield from self._lay_out(cells)
        for note in self.report.notes:
            yield from _fold(note, self.width)
        yield END

    def _lay_out(self, cells: Sequence[str]) -> Iterator[str]:
        """The lines of one row."""
        for number, line in enumerate(self._lines):
            folded = [_pieces(cells[at], width) for at, width in line]
            for depth in range(max(len(pieces) for pieces in folded)):
                text = " " * (_INDENT if number else 0)
                for place, (at, width) in enumerate(line):
                    piece = folded[place][depth] if depth < len(folded[place]) else ""
                    right = self.report.columns[at].right
                    text += " " * (_BETWEEN if place else 0) + (
                        piece.rjust(width) if right else piece.ljust(width)
                    )
                yield text.rstrip()


def as_page(report: Report[Row], width: int = 80) -> Page[Row]:
    """Lays a report out; the widths that its columns do not name are those of their longest values."""
    widths = [column.width or _widest(column, report, width) for column in report.columns]
    lines: list[tuple[tuple[int, int], ...]] = []
    line: list[tuple[int, int]] = []
    taken = 0
    for at, column_width in enumerate(widths):
        wanted = min(column_width, width - _INDENT)
        beside = taken + (_BETWEEN if line else 0) + wanted
        if line and beside > width:
            lines.append(tuple(line))
            line, beside = [], _INDENT + wanted
        line.append((at, wanted))
        taken = beside
    return Page(report, width, (*lines, tuple(line)))


def _widest(column: Column[Row], report: Report[Row], width: int) -> int:
    """The longest value of a column, its title and its totals among them, at most a line of the paper."""
    place = report.columns.index(column)
    totals: Iterable[str] = (cells[place] for cells in report.total_cells())
    longest = max(map(len, (column.title, *totals)))
    for row in report.rows:
        longest = max(longest, len(column.text(row)))
        if longest >= width:
            return width
    return longest


def _pieces(text: str, width: int) -> list[str]:
    return [text[start : start + width] for start in range(0, len(text), width)] or [""]


def _fold(text: str, width: int) -> list[str]:
    return textwrap.wrap(clean(text, LONGEST), width) or [""]
