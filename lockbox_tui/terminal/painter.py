"""The fewest bytes that turn what the terminal shows into what it should show.

Only what every VT100-class terminal has is used: cursor addressing and forward, erase to end of line, scroll
region with index and reverse index, bold, underline, reverse. (DEC VT100 user guide, chapter 3: CUP, CUF,
EL, DECSTBM, LF, RI, SGR.)
"""

import itertools
from collections.abc import Sequence

from screens.list_manager.glass.glass import Attribute, Glass, Row, Scroll

_LEAST_SGR = 3
_SGR = {Attribute.BOLD: "1", Attribute.UNDERLINE: "4", Attribute.REVERSE: "7"}


def attribute_sequence(attribute: int, before: int) -> str:
    """The sequence that sets exactly this attribute, where the attribute `before` is set."""
    added = ";".join(code for flag, code in _SGR.items() if attribute & flag and not before & flag)
    if not before & ~attribute:
        return f"\x1b[{added}m"
    wanted = ";".join(code for flag, code in _SGR.items() if attribute & flag)
    return f"\x1b[0;{wanted}m" if wanted else "\x1b[m"


class Painter:
    """Remembers what the terminal shows and writes the difference to a glass."""

    def __init__(self) -> None:
        self._terminal = _Attempt([], (-1, -1), 0, None)

    def forget(self) -> None:
        """Forgets what the terminal shows: the next difference repaints everything."""
        self._terminal.shown = []

    def difference(self, glass: Glass) -> str:
        """Gives the bytes to send, and takes them as sent."""
        if glass.stale:
            self.forget()
            glass.stale = False
        begin = ""
        known = self._terminal
        if len(known.shown) != glass.height or len(known.shown[0].text) != glass.width:
            blank = Row(" " * glass.width, bytes(glass.width))
            known = _Attempt([blank] * glass.height, (0, 0), 0, None)
            begin = "\x1b[m\x1b[r\x1b[H\x1b[2J"
            glass.scrolls.clear()
        # Scrolling is only a proposal: whichever way is shorter is taken.
        ways = [known.painted(glass, ())]
        if glass.scrolls:
            ways.append(known.painted(glass, glass.scrolls))
            glass.scrolls.clear()
        self._terminal = min(ways, key=lambda way: way.length)
        bell = "\a" * min(glass.bells, 1)
        glass.bells = 0
        return begin + self._terminal.taken() + bell


class _Attempt:
    """One way to the glass: what the terminal then shows, and the bytes that it takes."""

    def __init__(
        self,
        shown: list[Row],
        cursor: tuple[int, int],
        attribute: int,
        region: tuple[int, int] | None,
    ) -> None:
        self.shown = shown
        self._cursor = cursor
        self._attribute = attribute
        self._region = region
        self._out: list[str] = []

    @property
    def length(self) -> int:
        return len("".join(self._out).encode())

    def taken(self) -> str:
        """The bytes, given once."""
        out, self._out = "".join(self._out), []
        return out

    def painted(self, glass: Glass, scrolls: Sequence[Scroll]) -> "_Attempt":
        """A copy that first scrolls and then shows the glass."""
        way = _Attempt(list(self.shown), self._cursor, self._attribute, self._region)
        for scroll in scrolls:
            way._scroll(scroll, glass.width)
        for number, row in enumerate(glass.rows):
            if way.shown[number] != row:
                way._paint_row(number, way.shown[number], row)
                way.shown[number] = row
        way._set_attribute(0)
        way._move(*glass.cursor)
        return way

    def _scroll(self, scroll: Scroll, width: int) -> None:
        top, bottom = scroll.top, scroll.bottom
        height = bottom + 1 - top
        if height < 2:
            return
        count = min(abs(scroll.lines), height)
        new = [Row(" " * width, bytes(width))] * count
        if scroll.lines > 0:
            place, step = bottom, "\n"
            rows = [*self.shown[top + count : bottom + 1], *new]
        else:
            place, step = top, "\x1bM"
            rows = [*new, *self.shown[top : bottom + 1 - count]]
        self._set_attribute(0)
        if self._region != (top, bottom):
            # It stays set, as VistA's does: only scrolling depends on it, and the same rows scroll again.
            self._region = (top, bottom)
            self._out.append(f"\x1b[{top + 1};{bottom + 1}r")
            # Most terminals put the cursor at home after a scroll region is set, some leave it.
            self._cursor = (-1, -1)
        self._move(place, 0)
        self._out.append(step * count)
        self.shown[top : bottom + 1] = rows

    def _move(self, row: int, column: int) -> None:
        if self._cursor == (row, column):
            return
        ahead = column - self._cursor[1]
        if self._cursor[0] == row and ahead > 0:
            self._out.append(f"\x1b[{ahead}C" if ahead > 1 else "\x1b[C")
        else:
            self._out.append(f"\x1b[{row + 1};{column + 1}H" if column else f"\x1b[{row + 1}H")
        self._cursor = (row, column)

    def _set_attribute(self, attribute: int) -> None:
        if attribute != self._attribute:
            self._out.append(attribute_sequence(attribute, self._attribute))
            self._attribute = attribute

    def _write(self, row: int, start: int, end: int, new: Row) -> None:
        self._move(row, start)
        column = start
        while column < end:
            attribute = new.attributes[column]
            stop = column + 1
            while stop < end and new.attributes[stop] == attribute:
                stop += 1
            self._set_attribute(attribute)
            self._out.append(new.text[column:stop])
            column = stop
        # At the right edge terminals differ on where the cursor stands, so its place is not relied on.
        self._cursor = (row, end) if end < len(new.text) else (-1, -1)

    def _paint_row(self, number: int, old: Row, new: Row) -> None:
        width = len(new.text)
        tail = width
        while tail and new.text[tail - 1] == " " and not new.attributes[tail - 1]:
            tail -= 1
        differs = [
            column
            for column in range(width)
            if old.text[column] != new.text[column] or old.attributes[column] != new.attributes[column]
        ]
        inked = [column for column in differs if column < tail]
        stale = [column for column in differs if column >= tail]
        start = 0
        while start < len(inked):
            stop = start
            while stop + 1 < len(inked) and not _worth_a_jump(new, inked[stop], inked[stop + 1]):
                stop += 1
            self._write(number, inked[start], inked[stop] + 1, new)
            start = stop + 1
        if not stale:
            return
        if stale[-1] - stale[0] < 3:
            self._write(number, stale[0], stale[-1] + 1, new)
        else:
            self._set_attribute(0)
            self._move(number, stale[0])
            self._out.append("\x1b[K")


def _worth_a_jump(row: Row, last: int, following: int) -> bool:
    """Whether moving over what stands already between two cells takes fewer bytes than writing it again."""
    between = following - last - 1
    jump = 3 if between == 1 else 4 if between < 10 else 5
    attributes = row.attributes[last : following + 1]
    changes = sum(one != next_one for one, next_one in itertools.pairwise(attributes))
    needed = attributes[0] != attributes[-1]
    return between + _LEAST_SGR * (changes - needed) > jump
