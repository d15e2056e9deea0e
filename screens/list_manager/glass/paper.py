"""The roll of paper at the bottom of the screen on which questions and answers stand.

It begins under the list's bar and grows upward over the list when a conversation needs more rows; when it has
grown to the top it rolls. `screens.md` 0.9.
"""

from screens.list_manager.glass.glass import Glass
from services.clean import one_cell_each

_DEEPEST = 20


def broken(text: str, width: int) -> list[str]:
    """A line as rows of the screen, broken at blanks, each begun where the line begins.

    A word longer than the screen is broken at the edge. A line that ends at the edge has an empty row
    behind it, where the cursor stands.
    """
    indent = min(len(text) - len(text.lstrip(" ")), _DEEPEST, width // 2)
    rows = []
    while len(text) >= width:
        cut = width if text[width : width + 1] in ("", " ") else text.rfind(" ", indent, width)
        if cut <= indent or not text[indent:cut].strip():
            rows.append(text[:width])
            rest = text[width:]
        else:
            rows.append(text[:cut])
            rest = text[cut + 1 :]
        if not rest:
            return [*rows, ""]
        text = " " * indent + rest
    return [*rows, text]


def _at_the_edge(text: str, width: int) -> list[str]:
    return [text[start : start + width] for start in range(0, len(text) + 1, width)]


def _count_rows(rows: list[str]) -> int:
    """How many rows a line takes: an empty one behind its end is the cursor's only."""
    return len(rows) - 1 if len(rows) > 1 and not rows[-1] else len(rows)


class Paper:
    """The conversation's region of the glass: whole lines, and one line being written at the end."""

    def __init__(self, glass: Glass) -> None:
        self._glass = glass
        self._top = 0
        self._start = 0
        self._rows: list[str] = [""]
        self._height = glass.height
        self._prepared: tuple[int, str] | None = None
        self._above: list[str] = []
        self._passing = False
        self.said = False

    def open(self, top: int) -> None:
        """Begins a fresh roll at a row (from 0); what stands from there down is blanked."""
        self._prepared = None
        self.said = False
        self._height = self._glass.height
        self._top = self._start = max(min(top, self._height - 1), 0)
        self._rows = [""]
        self._glass.erase(self._top)
        self._glass.move_cursor(self._top, 0)

    def prepare(self, top: int, heading: str) -> None:
        """Begins a roll at `top` with `heading` as its first line, but only when something is written."""
        self._prepared = (top, heading)
        self.said = False

    def _begin(self) -> None:
        if self._prepared is not None:
            top, heading = self._prepared
            self.open(top)
            if heading:
                self.line(heading)
        if self._height != self._glass.height:
            shift = self._glass.height - self._height
            self._height = self._glass.height
            self._start = min(max(self._start + shift, 0), self._height - 1)
            self._top = min(max(self._top + shift, 0), self._start)

    def _make_room(self, rows: int) -> None:
        while self._start + rows > self._glass.height:
            self._top = max(self._top - 1, 0)
            self._glass.scroll(self._top, self._glass.height - 1)
            self._start -= 1

    def write(self, text: str, *, whole: bool = False) -> None:
        """Sets the line being written: prompt, what has been typed, an echo behind it.

        It is broken at blanks; `whole` leaves that to the edge, for prints wider than the screen.
        """
        self._begin()
        text, width = one_cell_each(text), self._glass.width
        self._put(_at_the_edge(text, width) if whole else broken(text, width))

    def _put(self, rows: list[str]) -> None:
        self._make_room(len(rows))
        for index in range(max(len(rows), len(self._rows))):
            self._glass.put_line(self._start + index, rows[index] if index < len(rows) else "")
        self._rows = rows
        self._glass.move_cursor(self._start + len(rows) - 1, len(rows[-1]))

    def new_line(self) -> None:
        """Ends the line being written and goes to the next row."""
        self._begin()
        used = _count_rows(self._rows)
        self._rows = [""]
        self._start += used
        self._make_room(1)
        self._glass.move_cursor(self._start, 0)

    def line(self, text: str = "", *, whole: bool = False) -> None:
        """Prints one whole line; `said` then tells that something stands here to be read."""
        self.write(text, whole=whole)
        self.new_line()
        self.said = True

    def passing(self, text: str) -> None:
        """Shows a line that will go again, under the line being written; `passed` takes it away."""
        self._begin()
        above = self._rows
        if any(above):
            self.new_line()
            self._above = above
        self.write(text)
        self._passing = True

    def instead(self, text: str) -> None:
        """Puts other words into the passing line, as long as one stands."""
        if self._passing:
            self.write(text)

    def passed(self) -> None:
        """Takes the passing line away: what was being written before it goes on where it stopped."""
        self._passing = False
        self.write("")
        if self._above:
            above, self._above = self._above, []
            self._start = max(self._start - _count_rows(above), 0)
            self._put(above)
