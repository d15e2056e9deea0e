"""Where the lines of a list come from: all at hand, or fetched page by page for very long lists."""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar

from screens.list_manager.glass.glass import Line

K = TypeVar("K")
AnyLine = str | Line
_KEPT_WINDOWS = 8
_SEARCH_STEP = 1000


class ListSource(Protocol):
    """The lines of a list. Lines count from 0; entries, as the clerk names them, from 1."""

    @property
    def line_count(self) -> int:
        """How many lines the whole list has."""

    @property
    def entry_count(self) -> int:
        """How many entries the whole list has."""

    def first_line(self, entry: int) -> int:
        """The first line of an entry."""

    def entry_at(self, line: int) -> int | None:
        """The entry a line belongs to; None for a heading or a total."""

    async def window(self, first: int, count: int) -> Sequence[AnyLine]:
        """The lines from `first` on, at most `count`."""

    def find(self, text: str, start: int) -> Coroutine[Any, Any, int | None]:
        """The first line from `start` on that holds the text in any case; None when there is none."""


def text_of(line: AnyLine) -> str:
    """The text of a line without its marks."""
    return line.text if isinstance(line, Line) else line


class Lines:
    """A list whose lines are all at hand, built entry by entry; an entry takes any number of lines."""

    def __init__(self) -> None:
        self._lines: list[AnyLine] = []
        self._starts: list[int] = []
        self._ends: list[int] = []

    def entry(self, *lines: AnyLine) -> int:
        """Adds the next entry with its lines and gives its number."""
        self._starts.append(len(self._lines))
        self._lines.extend(lines or ("",))
        self._ends.append(len(self._lines))
        return len(self._starts)

    def plain(self, *lines: AnyLine) -> None:
        """Adds lines that belong to no entry: headings, totals, the sentence of an empty list."""
        self._lines.extend(lines)

    @property
    def line_count(self) -> int:
        return len(self._lines)

    @property
    def entry_count(self) -> int:
        return len(self._starts)

    def first_line(self, entry: int) -> int:
        return self._starts[entry - 1]

    def entry_at(self, line: int) -> int | None:
        entry = bisect_right(self._starts, line)
        return entry if entry and line < self._ends[entry - 1] else None

    async def window(self, first: int, count: int) -> Sequence[AnyLine]:
        return self._lines[first : first + count]

    async def find(self, text: str, start: int) -> int | None:
        wanted = text.casefold()
        for number in range(start, len(self._lines)):
            if wanted in text_of(self._lines[number]).casefold():
                return number
        return None


class KeyedLines(Generic[K]):
    """A list of any length: the keys of its entries are at hand, their lines are fetched as they are shown.

    `keys` is one small value an entry, in the order of the list (an `array` of ERA numbers: 100,000 take
    800 KB); the list stays as it was when the keys were read, so nothing shifts under the clerk while others
    file. `fetch` gives the lines of the entries with these keys, in their order; an entry that has more or
    fewer lines than promised is cut or filled with blanks. `height` is the number of lines of an entry,
    `taller` names the entries (from 1) that have more, with how many more. `find_entry`, if given, answers a
    search from an entry on with an entry; without it the fetched lines are searched.
    """

    def __init__(
        self,
        keys: Sequence[K],
        fetch: Callable[[Sequence[K]], Awaitable[Sequence[Sequence[AnyLine]]]],
        height: int,
        *,
        taller: Mapping[int, int] | None = None,
        find_entry: Callable[[str, int], Awaitable[int | None]] | None = None,
    ) -> None:
        self._keys = keys
        self._fetch = fetch
        self._height = height
        self._find_entry = find_entry
        self._tall = sorted(entry for entry, more in (taller or {}).items() if more)
        self._more = [(taller or {})[entry] for entry in self._tall]
        self._before = [0]
        for more in self._more:
            self._before.append(self._before[-1] + more)
        self._kept: OrderedDict[tuple[int, int], Sequence[Sequence[AnyLine]]] = OrderedDict()

    @property
    def line_count(self) -> int:
        return len(self._keys) * self._height + self._before[-1]

    @property
    def entry_count(self) -> int:
        return len(self._keys)

    def first_line(self, entry: int) -> int:
        return (entry - 1) * self._height + self._before[bisect_right(self._tall, entry - 1)]

    def _lines_of(self, entry: int) -> int:
        return self.first_line(entry + 1) - self.first_line(entry)

    def entry_at(self, line: int) -> int | None:
        if not 0 <= line < self.line_count:
            return None
        low, high = 1, len(self._keys)
        while low < high:
            middle = (low + high + 1) // 2
            if self.first_line(middle) <= line:
                low = middle
            else:
                high = middle - 1
        return low

    async def window(self, first: int, count: int) -> Sequence[AnyLine]:
        start, end = self.entry_at(first), self.entry_at(min(first + count, self.line_count) - 1)
        if start is None or end is None:
            return ()
        lines: list[AnyLine] = []
        for entry, fetched in enumerate(await self._entries(start, end), start):
            height = self._lines_of(entry)
            lines += [*fetched, *[""] * height][:height]
        skip = first - self.first_line(start)
        return lines[skip : skip + count]

    async def _entries(self, start: int, end: int) -> Sequence[Sequence[AnyLine]]:
        if (kept := self._kept.get((start, end))) is not None:
            self._kept.move_to_end((start, end))
            return kept
        fetched = await self._fetch(self._keys[start - 1 : end])
        fetched = [*fetched, *[()] * (end - start + 1 - len(fetched))]
        self._kept[start, end] = fetched
        if len(self._kept) > _KEPT_WINDOWS:
            self._kept.popitem(last=False)
        return fetched

    async def find(self, text: str, start: int) -> int | None:
        wanted = text.casefold()
        if self._find_entry is not None:
            entry = self.entry_at(start)
            if entry is not None and self.first_line(entry) < start:
                entry += 1
            found = await self._find_entry(text, entry) if entry else None
            return None if found is None else await self._line_in(wanted, found)
        for first in range(start, self.line_count, _SEARCH_STEP):
            lines = await self.window(first, _SEARCH_STEP)
            for number, line in enumerate(lines, first):
                if wanted in text_of(line).casefold():
                    return number
        return None

    async def _line_in(self, wanted: str, entry: int) -> int:
        first = self.first_line(entry)
        lines = await self.window(first, self._lines_of(entry))
        hits = (number for number, line in enumerate(lines, first) if wanted in text_of(line).casefold())
        return next(hits, first)
