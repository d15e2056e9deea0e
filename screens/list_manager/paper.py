"""The roll of paper at the bottom of the screen on which questions and answers stand.

It begins under the list's bar and grows upward over the list when a conversation needs more rows; when it has
grown to the top it rolls. `screens.md` 0.9.
"""

from screens.list_manager.glass import Glass, one_cell_each


class Paper:
    """The conversation's region of the glass: whole lines, and one line being written at the end."""

    def __init__(self, glass: Glass) -> None:
        self._glass = glass
        self._top = 0
        self._start = 0
        self._line = ""
        self._height = glass.height
        self._prepared: tuple[int, str] | None = None
        self.said = False

    def open(self, top: int) -> None:
        """Begins a fresh roll at a row (from 0); what stands from there down is blanked."""
        self._prepared = None
        self.said = False
        self._height = self._glass.height
        self._top = self._start = max(min(top, self._height - 1), 0)
        self._line = ""
        self._glass.erase(self._top)
        self._glass.move_cursor(self._top, 0)

    def prepare(self, top: int, heading: str) -> None:
        """Begins a roll at `top` with `heading` as its first line, but only when something is written."""
        self._prepared = (top, heading)

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

    def write(self, text: str) -> None:
        """Sets the line being written: prompt, what has been typed, an echo behind it. Wraps at the edge."""
        self._begin()
        text = one_cell_each(text)
        width = self._glass.width
        rows = len(text) // width + 1
        self._make_room(rows)
        for index in range(max(rows, len(self._line) // width + 1)):
            self._glass.put_line(self._start + index, text[index * width : (index + 1) * width])
        self._line = text
        self._glass.move_cursor(self._start + len(text) // width, len(text) % width)

    def new_line(self) -> None:
        """Ends the line being written and goes to the next row."""
        self._begin()
        used = max(len(self._line) - 1, 0) // self._glass.width + 1
        self._line = ""
        self._start += used
        self._make_room(1)
        self._glass.move_cursor(self._start, 0)

    def line(self, text: str = "") -> None:
        """Prints one whole line; `said` then tells that something stands here to be read."""
        self.write(text)
        self.new_line()
        self.said = True
