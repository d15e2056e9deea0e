"""Painting a list: title, heading, captions, body, bar and action area (`screens.md` 0.1 to 0.4)."""

from collections.abc import Sequence
from datetime import datetime

from screens.list_manager.glass.glass import Attribute, Glass, Line, Mark
from screens.list_manager.lists.source import AnyLine
from screens.list_manager.lists.template import SCREEN_WIDTH, STANDARD_MESSAGE, Contents, Template
from screens.list_manager.lists.view import View
from services.dates import stamp

_TITLE_WIDTH = 30
#: Stands instead of the title where the right side of the lists, with its amounts, does not fit.
TOO_NARROW = "{} COLUMNS ARE NEEDED; AMOUNTS ARE CUT OFF"
#: VistA cuts a message at 50, in the middle of its longest refusals; this is as far as the bar has room.
_MESSAGE_WIDTH = 67
_MARKER_WIDTH = 4
_POINTER = ">"


class Frame:
    """One list screen on the glass. A glass taller than 24 rows gives its extra rows to the body."""

    def __init__(self, glass: Glass, template: Template) -> None:
        self._glass = glass
        self._template = template
        self._wider = template.seen - SCREEN_WIDTH
        self._first = 0

    def body_length(self, action_rows: int) -> int:
        """How many lines a page has, so that bar, actions and prompt still fit below."""
        below = max(24 - self._template.bottom, action_rows + 2)
        return max(self._glass.height - below - (self._template.top - 1), 1)

    @property
    def message_room(self) -> int:
        """How long a message of the bar may be."""
        return _MESSAGE_WIDTH + self._wider

    def bar_row(self, view: View) -> int:
        """The row of the lower bar, from 0."""
        return self._template.top - 1 + view.length

    def paint(
        self,
        contents: Contents,
        view: View,
        lines: Sequence[AnyLine],
        now: datetime,
        message: str | None,
        actions: Sequence[str],
    ) -> None:
        """Paints the whole frame; what is the same as before costs nothing on the wire."""
        template, glass = self._template, self._glass
        self._title(view, now, contents.more)
        header = list(contents.header)[: template.header_rows]
        for row in range(template.header_rows):
            text = header[row] if row < len(header) else ""
            glass.put_line(1 + row, text, left=view.left, width=template.seen)
        captions = template.captions[view.left :].ljust(template.seen)
        captions = ("+" if view.above else " ") + captions[1 : template.seen]
        glass.put_line(template.top - 2, captions, base=Attribute.UNDERLINE, width=template.seen)
        self.body(view, lines)
        self._bar(self.bar_row(view), view, message)
        for row, text in enumerate(actions, self.bar_row(view) + 1):
            glass.put_line(row, text)
        glass.erase(self.bar_row(view) + 1 + len(actions))

    def _title(self, view: View, now: datetime, more: bool) -> None:
        needed = self._template.seen
        if self._glass.width < needed:
            self._glass.put_line(0, TOO_NARROW.format(needed), base=Attribute.REVERSE, width=needed)
            return
        title = f"{self._template.title:<{_TITLE_WIDTH}.{_TITLE_WIDTH}}"
        pages = f"Page: {view.page:>4} of {view.pages:>4}{'+' if more else ' '}"
        text = f"{title}{stamp(now):<{31 + self._wider}.21}{pages}"
        self._glass.put_line(
            0,
            Line(text, (Mark(0, _TITLE_WIDTH, Attribute.BOLD),)),
            base=Attribute.UNDERLINE,
            width=needed,
        )

    def body(self, view: View, lines: Sequence[AnyLine]) -> None:
        """Paints the lines of the page, with the marker and the text found by a search."""
        top, moved = self._template.top - 1, view.first - self._first
        if 0 < abs(moved) < view.length:
            # The terminal can move what stays in sight; only what comes into sight is sent.
            self._glass.scroll(top, min(top + view.length, self._glass.height) - 1, moved)
        self._first = view.first
        for index in range(view.length):
            line = lines[index] if index < len(lines) else ""
            self._glass.put_line(
                top + index,
                self._mark(view, view.first + index, line),
                left=view.left,
                width=self._template.seen,
            )

    def _mark(self, view: View, number: int, line: AnyLine) -> AnyLine:
        text, marks = (line.text, line.marks) if isinstance(line, Line) else (line, ())
        if view.found is not None and view.found[0] == number:
            at = text.casefold().find(view.found[1].casefold())
            marks = (
                *marks,
                Mark(0, len(text), Attribute.BOLD),
                Mark(max(at, 0), len(view.found[1]) if at >= 0 else 0, Attribute.REVERSE),
            )
        if view.marker is not None and view.source.first_line(view.marker) == number:
            # Only the entry's number: every column more is sent twice at each move.
            number_width = len(text[view.left :].split(" ", 1)[0])
            marks = (*marks, Mark(view.left, max(number_width, _MARKER_WIDTH), Attribute.REVERSE))
            text = point_at(text, view.left)
        return Line(text, marks) if marks else line

    def _bar(self, row: int, view: View, message: str | None) -> None:
        left, right = ("<<<", ">>>") if view.shiftable else ("   ", "   ")
        room = self.message_room
        message = (message or STANDARD_MESSAGE)[:room]
        text = f"{'+' if view.below else ' '} {left}{'':5}{message:<{room}}{right}"
        self._glass.put_line(row, text, base=Attribute.REVERSE, width=self._template.seen)


def point_at(text: str, left: int) -> str:
    """The line with the marker's pointer, which is seen and read aloud where reverse video is not.

    It stands in column 1, and where an entry's number stands there, in the first blank behind it: no column moves.
    """
    begin, seen = text[:left], f"{text[left:]} "
    at = seen.index(" ")
    return f"{begin}{seen[:at]}{_POINTER}{seen[at + 1 :]}"
