"""A list of any length that the services answer: its keys are found at once, its rows fetched as they are shown.

What lists of ERAs, EFTs, exceptions, batches, transfers and deposits have in common. A list of one noun adds
its captions, the lines of a row, what `?` says of a row, and its actions.
"""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Generic, TypeVar

from screens.list_manager.lists.source import AnyLine, KeyedLines, Lines, text_of
from screens.list_manager.lists.template import Contents
from screens.lockbox_desk import LockboxDesk
from services.office.access import View

K = TypeVar("K")
R = TypeVar("R")

#: How many rows a search reads at once.
SEARCH_STEP = 500

#: How many rows are kept to be explained: more than stand on the tallest page.
KEPT_ROWS = 500


class QueryList(Generic[K, R]):
    """One such list while it is open: `K` is the key of an entry, `R` the row that stands for it.

    `keys` finds the keys of all entries in their order; `rows` gives the rows of some of them, without those
    that are gone. The entries stay as they were found until `find` is called again: each keeps its number while
    it is worked on, and one that is gone leaves its lines empty. `key` is a row's own key, `lines` are the lines
    of an entry by its number on the list and its row, `height` is how many they are; `taller` gives, by their
    keys, the entries that have more, and how many more. `explain` is what `?` says of an entry; its row is None
    when it has not been seen. `none_left` stands where nothing is left of a list.
    """

    def __init__(
        self,
        desk: LockboxDesk,
        keys: Callable[[], Awaitable[Sequence[K]]],
        rows: View[[Sequence[K]], Sequence[R]],
        lines: Callable[[int, R], Sequence[AnyLine]],
        *,
        key: Callable[[R], K],
        height: int,
        explain: Callable[[K, R | None], Sequence[str] | Awaitable[Sequence[str]]],
        none_left: str,
        taller: Callable[[], Awaitable[Mapping[K, int]]] | None = None,
    ) -> None:
        self._desk = desk
        self._find_taller = taller
        self._find_keys = keys
        self._rows = rows
        self._lines = lines
        self._key = key
        self._height = height
        self._explain = explain
        self._none_left = none_left
        self._keys: Sequence[K] | None = None
        self._seen: OrderedDict[K, R] = OrderedDict()

    async def find(self) -> int:
        """Finds the entries, before the list is shown or when it is to be built anew; gives how many there are."""
        found = self._keys = await self._find_keys()
        return len(found)

    @property
    def keys(self) -> Sequence[K]:
        """The keys of all entries, in their order."""
        return self._keys or ()

    def key_of(self, entry: int) -> K:
        """The key of an entry of the list, counted from 1."""
        return self.keys[entry - 1]

    async def contents(
        self, header: Sequence[str], message: str | None = None, *, height: int | None = None
    ) -> Contents:
        """What the list shows now of what was found, each row as it is now.

        `height` is how many lines an entry has in this form, where that is not the usual one.
        """
        if self._keys is None:
            await self.find()
        self._seen.clear()
        if not self.keys:
            empty = Lines()
            empty.plain(self._none_left)
            return Contents(header=header, source=empty)
        entries = range(1, len(self.keys) + 1)
        taller = {} if self._find_taller is None else await self._find_taller()
        return Contents(
            header=header,
            source=KeyedLines(
                entries,
                self._fetch,
                height or self._height,
                taller={
                    entry: taller[key]
                    for entry, key in enumerate(self.keys if taller else (), 1)
                    if key in taller
                },
                find_entry=self._search,
            ),
            message=message,
            explain=self._explain_entry,
        )

    async def _read(self, keys: Sequence[K]) -> dict[K, R]:
        return {self._key(row): row for row in await self._desk.read(self._rows, keys)}

    async def _fetch(self, entries: Sequence[int]) -> Sequence[Sequence[AnyLine]]:
        keys = [self.key_of(entry) for entry in entries]
        found = await self._read(keys)
        self._seen.update(found)
        while len(self._seen) > KEPT_ROWS:
            self._seen.popitem(last=False)
        return [self._lines_of(entry, found.get(key)) for entry, key in zip(entries, keys, strict=True)]

    def _lines_of(self, entry: int, row: R | None) -> Sequence[AnyLine]:
        return () if row is None else self._lines(entry, row)

    async def _search(self, text: str, entry: int) -> int | None:
        """The first entry from `entry` on in whose lines the text stands, in any case."""
        wanted = text.casefold()
        for begin in range(entry - 1, len(self.keys), SEARCH_STEP):
            part = self.keys[begin : begin + SEARCH_STEP]
            found = await self._read(part)
            for number, key in enumerate(part, begin + 1):
                lines = self._lines_of(number, found.get(key))
                if any(wanted in text_of(line).casefold() for line in lines):
                    return number
        return None

    def _explain_entry(self, entry: int) -> Sequence[str] | Awaitable[Sequence[str]]:
        key = self.key_of(entry)
        return self._explain(key, self._seen.get(key))
