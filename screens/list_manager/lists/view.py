"""Which part of a list the clerk sees, and the marker: moving about in it, without painting."""

from screens.list_manager.lists.source import ListSource

SHIFT = 10


class View:
    """A window of `length` lines on a list, and the entry the marker is on (None: the marker is off)."""

    def __init__(self, source: ListSource, length: int, width: int = 80, seen: int = 80) -> None:
        self.source = source
        self.length = max(length, 1)
        self.first = 0
        self.left = 0
        self.marker: int | None = None
        self.found: tuple[int, str] | None = None
        self._width, self._seen = width, seen

    def show(self, source: ListSource, length: int) -> None:
        """Takes a rebuilt list, or another height, and keeps the place as far as it still exists."""
        self.source, self.length = source, max(length, 1)
        self.found = None
        if self.first >= source.line_count:
            self.first = self._last_start()
        if self.marker is not None:
            self.marker = min(self.marker, source.entry_count) or None

    def fit(self, width: int, seen: int) -> None:
        """Takes another form of the list: `width` columns, of which `seen` stand on the screen."""
        self._width, self._seen, self.left = width, seen, 0

    def _last_start(self) -> int:
        return max(self.source.line_count - 1, 0) // self.length * self.length

    @property
    def pages(self) -> int:
        """How many pages the list has, at least 1."""
        return max(-(-self.source.line_count // self.length), 1)

    @property
    def page(self) -> int:
        """The page shown: that of its first line."""
        return -(-(self.first + 1) // self.length)

    @property
    def above(self) -> bool:
        """Whether lines exist above."""
        return self.first > 0

    @property
    def below(self) -> bool:
        """Whether lines exist below."""
        return self.first + self.length < self.source.line_count

    @property
    def shiftable(self) -> bool:
        """Whether the list is wider than what is seen of it."""
        return self._width > self._seen

    def entries(self) -> tuple[int, int] | None:
        """The first and last entry on the page; None when the page has none."""
        last = min(self.first + self.length, self.source.line_count) - 1
        found = [
            entry for line in range(self.first, last + 1) if (entry := self.source.entry_at(line)) is not None
        ]
        return (found[0], found[-1]) if found else None

    def next_page(self) -> bool:
        """One page down; False at the end."""
        if not self.below:
            return False
        self.first += self.length
        return True

    def previous_page(self) -> bool:
        """One page up, never above the first line; False at the top."""
        if not self.above:
            return False
        self.first = max(self.first - self.length, 0)
        return True

    def line_up(self) -> bool:
        """One line up; False at the top."""
        if not self.above:
            return False
        self.first -= 1
        return True

    def line_down(self) -> bool:
        """One line down; False at the end."""
        if not self.below:
            return False
        self.first += 1
        return True

    def first_page(self) -> bool:
        """To the first line; False when there."""
        moved, self.first = self.above, 0
        return moved

    def last_page(self) -> bool:
        """To the last page, which begins at a multiple of the page's height; False when there."""
        start = self._last_start()
        moved, self.first = start != self.first, start
        return moved

    def go_to(self, page: int) -> None:
        """To a page, counted from 1."""
        self.first = (min(max(page, 1), self.pages) - 1) * self.length

    def shift(self, columns: int) -> bool:
        """Shifts the view to the right (or left, if negative); False when it cannot go further."""
        left = min(max(self.left + columns, 0), max(self._width - self._seen, 0))
        moved, self.left = left != self.left, left
        return moved

    def bring(self, line: int) -> None:
        """Scrolls as little as shows the line; a line off the page comes to the top."""
        if not self.first <= line < self.first + self.length:
            self.first = line

    def mark(self, entry: int) -> None:
        """Puts the marker on an entry and scrolls as little as shows the whole of it, if it fits."""
        self.marker = entry
        self.turn_to(entry)

    def turn_to(self, entry: int) -> None:
        """Scrolls as little as shows the whole of an entry, or its beginning where it does not fit."""
        start = self.source.first_line(entry)
        end = self.source.first_line(entry + 1) if entry < self.source.entry_count else self.source.line_count
        if start < self.first:
            self.first = start
        elif end > self.first + self.length:
            self.first = min(end - self.length, start)

    def marker_down(self) -> bool:
        """The marker to the next entry; the first press puts it on the first entry of the page."""
        return self._step(1)

    def marker_up(self) -> bool:
        """The marker to the entry before; the first press puts it on the last entry of the page."""
        return self._step(-1)

    def _step(self, step: int) -> bool:
        shown = self.entries()
        if shown is None:
            return False
        if self.marker is None:
            self.mark(shown[0] if step > 0 else shown[1])
            return True
        entry = self.marker + step
        if not 1 <= entry <= self.source.entry_count:
            return False
        self.mark(entry)
        return True

    def marker_follows(self) -> None:
        """After paging a marker that is on goes to the first entry of the page."""
        shown = self.entries()
        if self.marker is not None and shown is not None and not shown[0] <= self.marker <= shown[1]:
            self.marker = shown[0]
