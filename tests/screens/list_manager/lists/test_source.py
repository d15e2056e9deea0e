"""Lists of any length: where an entry begins, which entry a line belongs to, and what is fetched."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from screens.list_manager.glass.glass import Line
from screens.list_manager.lists.source import AnyLine, KeyedLines, Lines
from screens.list_manager.lists.view import View


def keyed(
    count: int, height: int, taller: dict[int, int], fetched: list[int] | None = None
) -> KeyedLines[int]:
    """A list of numbered entries; each says its number and line."""

    async def fetch(keys: Sequence[int]) -> Sequence[Sequence[AnyLine]]:
        if fetched is not None:
            fetched.extend(keys)
        return [[f"{key}.{n}" for n in range(height + taller.get(key, 0))] for key in keys]

    return KeyedLines(range(1, count + 1), fetch, height, taller=taller)


@st.composite
def lists(draw: st.DrawFn) -> tuple[int, int, dict[int, int]]:
    count, height = draw(st.integers(1, 30)), draw(st.integers(1, 6))
    return count, height, draw(st.dictionaries(st.integers(1, count), st.integers(0, 4), max_size=8))


@given(lists(), st.integers(0, 200), st.integers(1, 20))
async def test_a_fetched_window_is_the_same_as_with_all_lines_at_hand(
    shape: tuple[int, int, dict[int, int]], first: int, length: int
) -> None:
    count, height, taller = shape
    source, all_at_hand = keyed(count, height, taller), Lines()
    for entry in range(1, count + 1):
        all_at_hand.entry(*(f"{entry}.{n}" for n in range(height + taller.get(entry, 0))))
    assert source.line_count == all_at_hand.line_count
    assert source.entry_count == all_at_hand.entry_count
    assert [source.first_line(e) for e in range(1, count + 1)] == [
        all_at_hand.first_line(e) for e in range(1, count + 1)
    ]
    assert source.entry_at(first) == all_at_hand.entry_at(first)
    assert list(await source.window(first, length)) == list(await all_at_hand.window(first, length))
    assert await source.find(f"{count}.0", 0) == await all_at_hand.find(f"{count}.0", 0)


@given(
    lists(), st.lists(st.sampled_from(["next", "previous", "up", "down", "first", "last", "mark+", "mark-"]))
)
def test_moving_about_never_leaves_the_list(shape: tuple[int, int, dict[int, int]], moves: list[str]) -> None:
    source = keyed(*shape)
    view = View(source, 7)
    steps = {
        "next": view.next_page, "previous": view.previous_page, "up": view.line_up, "down": view.line_down,
        "first": view.first_page, "last": view.last_page, "mark+": view.marker_down, "mark-": view.marker_up,
    }  # fmt: skip
    for move in moves:
        moved = steps[move]()
        assert 0 <= view.first < source.line_count
        assert 1 <= view.page <= view.pages
        if moved and move.startswith("mark") and view.marker is not None:
            start = source.first_line(view.marker)
            assert view.first <= start < view.first + view.length


async def test_an_entry_that_changed_its_height_does_not_shift_the_others() -> None:
    async def fetch(keys: Sequence[int]) -> Sequence[Sequence[AnyLine]]:
        return [["a"] if key == 1 else ["b"] * 9 for key in keys if key < 3]

    source = KeyedLines([1, 2, 3], fetch, 3)
    assert list(await source.window(0, 9)) == ["a", "", "", "b", "b", "b", "", "", ""]


async def test_a_page_is_fetched_once_and_only_its_entries() -> None:
    fetched: list[int] = []
    source = keyed(100_000, 5, {}, fetched)
    await source.window(250_000, 14)
    await source.window(250_000, 14)
    assert fetched == [50001, 50002, 50003]


async def test_a_search_may_be_answered_by_the_store() -> None:
    async def fetch(keys: Sequence[int]) -> Sequence[Sequence[AnyLine]]:
        return [["head", f"trace {key}"] for key in keys]

    async def find(text: str, entry: int) -> int | None:
        return int(text) if entry <= int(text) <= 100_000 else None

    source = KeyedLines(range(1, 100_001), fetch, 2, find_entry=find)
    assert await source.find("90000", 0) == 179_999
    assert await source.find("90000", 179_999) is None
    assert await source.find("90000", 179_998) == 179_999


async def test_lines_that_belong_to_no_entry() -> None:
    lines = Lines()
    lines.plain("HEADING")
    assert lines.entry(Line("one"), "more") == 1
    lines.plain("TOTAL")
    assert [lines.entry_at(n) for n in range(4)] == [None, 1, 1, None]
    assert View(lines, 10).entries() == (1, 1)
    empty = Lines()
    empty.plain("No ERAs left for your selection criteria")
    assert View(empty, 10).entries() is None
