"""The fewest bytes that turn what the terminal shows into what it should show.

Only what every VT100-class terminal has is used: cursor addressing, erase to end of line, scroll region,
bold, underline, reverse. (DEC VT100 user guide, chapter 3: CUP, CUF, EL, DECSTBM, SGR.)
"""

from screens.list_manager.glass import Attribute, Glass, Row

_GAP = 7
_SGR = {Attribute.BOLD: "1", Attribute.UNDERLINE: "4", Attribute.REVERSE: "7"}


def attribute_sequence(attribute: int) -> str:
    """The sequence that sets exactly this attribute."""
    wanted = ";".join(code for flag, code in _SGR.items() if attribute & flag)
    return f"\x1b[0;{wanted}m" if wanted else "\x1b[m"


class Painter:
    """Remembers what the terminal shows and writes the difference to a glass."""

    def __init__(self) -> None:
        self._shown: list[Row] = []
        self._cursor = (-1, -1)
        self._attribute = 0
        self._out: list[str] = []

    def forget(self) -> None:
        """Forgets what the terminal shows: the next difference repaints everything."""
        self._shown = []

    def difference(self, glass: Glass) -> str:
        """Gives the bytes to send, and takes them as sent."""
        self._out = []
        if glass.stale:
            self.forget()
            glass.stale = False
        if len(self._shown) != glass.height or len(self._shown[0].text) != glass.width:
            blank = Row(" " * glass.width, bytes(glass.width))
            self._shown = [blank] * glass.height
            self._out.append("\x1b[m\x1b[r\x1b[H\x1b[2J")
            self._cursor, self._attribute = (0, 0), 0
        elif len(glass.scrolls) < glass.height // 2:
            for top, bottom in glass.scrolls:
                self._scroll(top, bottom, glass.width)
        glass.scrolls.clear()
        for number, row in enumerate(glass.rows):
            if self._shown[number] != row:
                self._paint_row(number, self._shown[number], row)
                self._shown[number] = row
        self._set_attribute(0)
        self._move(*glass.cursor)
        self._out.append("\a" * min(glass.bells, 1))
        glass.bells = 0
        return "".join(self._out)

    def _scroll(self, top: int, bottom: int, width: int) -> None:
        if bottom <= top:
            return
        self._set_attribute(0)
        self._out.append(f"\x1b[{top + 1};{bottom + 1}r\x1b[{bottom + 1};1H\n\x1b[r")
        # Most terminals put the cursor at home after a scroll region is set, some leave it.
        self._cursor = (-1, -1)
        self._shown[top : bottom + 1] = [
            *self._shown[top + 1 : bottom + 1],
            Row(" " * width, bytes(width)),
        ]

    def _move(self, row: int, column: int) -> None:
        if self._cursor != (row, column):
            self._out.append(f"\x1b[{row + 1};{column + 1}H" if column else f"\x1b[{row + 1}H")
            self._cursor = (row, column)

    def _set_attribute(self, attribute: int) -> None:
        if attribute != self._attribute:
            self._out.append(attribute_sequence(attribute))
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
            while stop + 1 < len(inked) and inked[stop + 1] - inked[stop] <= _GAP:
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
