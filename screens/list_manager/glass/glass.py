"""What stands on the clerk's screen: a grid of characters, each one cell wide, and the cursor.

The terminal (`lockbox_tui.terminal.app`) sends the difference between this grid and what it last sent; nothing
here knows how. Rows and columns count from 0 here; on paper (`screens.md`) they count from 1.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntFlag

from services.clean import one_cell_each

ROWS, COLUMNS = 24, 80
_MOST_SCROLLS = 12


class Attribute(IntFlag):
    """How a character stands out; a plain VT100 has these three and no colour."""

    PLAIN = 0
    BOLD = 1
    UNDERLINE = 2
    REVERSE = 4


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a line that stands out: first column (from 0), length, how."""

    start: int
    length: int
    attribute: Attribute


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list: its text, and what in it stands out."""

    text: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the glass: `text` and `attributes` (one byte a cell) are both exactly as wide as it is."""

    text: str
    attributes: bytes


@dataclass(frozen=True, slots=True)
class Scroll:
    """Rows moved within the glass: from `top` to `bottom`, up by so many lines, or down when negative."""

    top: int
    bottom: int
    lines: int


def _nothing() -> None:
    return None


class Glass:
    """The clerk's screen as a grid; whoever paints on it calls `put` and its like, the terminal listens."""

    def __init__(self, height: int = ROWS, width: int = COLUMNS) -> None:
        self.height, self.width = height, width
        self.rows = [self._blank() for _ in range(height)]
        self.cursor = (0, 0)
        self.scrolls: list[Scroll] = []
        self.bells = 0
        self.stale = False
        self.changed: Callable[[], None] = _nothing

    def _blank(self) -> Row:
        return Row(" " * self.width, bytes(self.width))

    def put(self, row: int, column: int, text: str, attribute: Attribute = Attribute.PLAIN) -> None:
        """Writes text over what stands there, cut at the edge; rows off the glass are ignored."""
        if not 0 <= row < self.height or not 0 <= column < self.width:
            return
        text = one_cell_each(text)[: self.width - column]
        end = column + len(text)
        old = self.rows[row]
        self._replace(
            row,
            Row(
                old.text[:column] + text + old.text[end:],
                old.attributes[:column] + bytes([attribute]) * len(text) + old.attributes[end:],
            ),
        )

    def put_line(
        self, row: int, line: str | Line, *, left: int = 0, base: Attribute = Attribute.PLAIN, width: int = 0
    ) -> None:
        """Replaces a whole row by a line seen from column `left` on; `base` holds for `width` columns."""
        if not 0 <= row < self.height:
            return
        width = min(width or self.width, self.width)
        source = line if isinstance(line, Line) else Line(line)
        text = one_cell_each(source.text)[left : left + width].ljust(self.width)
        attributes = bytearray(bytes([base]) * width + bytes(self.width - width))
        for mark in source.marks:
            start = max(mark.start - left, 0)
            for cell in range(start, min(mark.start + mark.length - left, width)):
                attributes[cell] |= mark.attribute
        self._replace(row, Row(text, bytes(attributes)))

    def _replace(self, row: int, new: Row) -> None:
        if self.rows[row] != new:
            self.rows[row] = new
            self.changed()

    def erase(self, first: int, last: int | None = None) -> None:
        """Blanks the rows from `first` to `last` (to the bottom if not given)."""
        for row in range(max(first, 0), self.height if last is None else min(last + 1, self.height)):
            self._replace(row, self._blank())

    def clear(self) -> None:
        """Blanks the glass and puts the cursor at the top."""
        self.erase(0)
        self.move_cursor(0, 0)

    def scroll(self, top: int, bottom: int, lines: int = 1) -> None:
        """Moves the rows from `top` to `bottom` up by so many lines (down if negative); blank ones follow."""
        height = bottom + 1 - top
        count = min(abs(lines), height)
        if height < 1 or not count:
            return
        blank, rows = [self._blank()] * count, self.rows[top : bottom + 1]
        self.rows[top : bottom + 1] = [*rows[count:], *blank] if lines > 0 else [*blank, *rows[:-count]]
        last = self.scrolls[-1] if self.scrolls else None
        if last is not None and (last.top, last.bottom) == (top, bottom) and (last.lines > 0) == (lines > 0):
            self.scrolls[-1] = Scroll(top, bottom, last.lines + lines)
        else:
            self.scrolls.append(Scroll(top, bottom, lines))
        # What has rolled away long ago is not worth a scroll of its own.
        del self.scrolls[:-_MOST_SCROLLS]
        self.changed()

    def move_cursor(self, row: int, column: int) -> None:
        """Puts the terminal's own cursor, which screen readers follow, at a cell."""
        place = (min(max(row, 0), self.height - 1), min(max(column, 0), self.width - 1))
        if place != self.cursor:
            self.cursor = place
            self.changed()

    def ring(self) -> None:
        """Rings the terminal's bell."""
        self.bells += 1
        self.changed()

    def redraw(self) -> None:
        """Asks for everything to be sent again: something else has written on the terminal."""
        self.stale = True
        self.changed()

    def resize(self, height: int, width: int) -> None:
        """Takes the size of a terminal that was enlarged or shrunk; the bottom rows stay at the bottom."""
        height, width = max(height, 1), max(width, 1)
        kept = [
            Row(row.text[:width].ljust(width), row.attributes[:width].ljust(width, b"\0"))
            for row in self.rows
        ]
        shift = height - self.height
        self.height, self.width = height, width
        self.rows = ([self._blank() for _ in range(shift)] + kept)[-height:]
        self.scrolls.clear()
        self.move_cursor(self.cursor[0] + shift, self.cursor[1])
        self.changed()

    def as_text(self) -> str:
        """The screen as lines of text without trailing blanks, as golden files keep it."""
        return "\n".join(row.text.rstrip() for row in self.rows)
