"""The few bytes sent make the terminal show exactly the glass."""

import pyte
from hypothesis import given
from hypothesis import strategies as st

from lockbox_tui.terminal.painter import Painter
from screens.list_manager.glass.glass import Attribute, Glass, Line, Mark

HEIGHT, WIDTH = 6, 24
ATTRIBUTES = st.integers(0, 7).map(Attribute)
TEXTS = st.text("ab  é[\x1b", max_size=WIDTH)
PUTS = st.tuples(st.just("put"), st.integers(0, HEIGHT - 1), st.integers(0, WIDTH - 1), TEXTS, ATTRIBUTES)
LINES = st.tuples(st.just("line"), st.integers(0, HEIGHT - 1), TEXTS, ATTRIBUTES, st.integers(1, WIDTH))
OTHERS = st.one_of(
    st.tuples(
        st.just("scroll"),
        st.integers(0, HEIGHT - 1),
        st.integers(0, HEIGHT - 1),
        st.integers(-HEIGHT - 1, HEIGHT + 1),
    ),
    st.tuples(st.just("cursor"), st.integers(0, HEIGHT - 1), st.integers(0, WIDTH - 1)),
    st.tuples(st.just("paint")),
    st.tuples(st.just("redraw")),
    st.tuples(st.just("erase"), st.integers(0, HEIGHT - 1)),
)


def shown(screen: pyte.Screen) -> list[tuple[str, list[int]]]:
    """Text and attributes of what the terminal shows."""
    rows = []
    for y in range(screen.lines):
        cells = [screen.buffer[y][x] for x in range(screen.columns)]
        attributes = [cell.bold + 2 * cell.underscore + 4 * cell.reverse for cell in cells]
        rows.append(("".join(cell.data for cell in cells), attributes))
    return rows


@given(st.lists(st.one_of(PUTS, LINES, OTHERS), max_size=25))
def test_any_painting_ends_as_the_glass(steps: list[tuple[object, ...]]) -> None:
    glass, painter = Glass(HEIGHT, WIDTH), Painter()
    screen = pyte.Screen(WIDTH, HEIGHT)
    stream = pyte.Stream(screen)
    for name, *values in [*steps, ("paint",)]:
        match name, values:
            case "put", [int(row), int(column), str(text), Attribute() as attribute]:
                glass.put(row, column, text, attribute)
            case "line", [int(row), str(text), Attribute() as attribute, int(length)]:
                glass.put_line(row, Line(text, (Mark(0, length, attribute),)), width=WIDTH)
            case "scroll", [int(top), int(bottom), int(lines)]:
                glass.scroll(min(top, bottom), max(top, bottom), lines)
            case "cursor", [int(row), int(column)]:
                glass.move_cursor(row, column)
            case "erase", [int(row)]:
                glass.erase(row)
            case "redraw", _:
                glass.redraw()
            case _:
                stream.feed(painter.difference(glass))
                assert shown(screen) == [(row.text, list(row.attributes)) for row in glass.rows]
                assert (screen.cursor.y, screen.cursor.x) == glass.cursor
    assert painter.difference(glass) == ""


def test_a_typed_letter_is_one_byte() -> None:
    glass, painter = Glass(), Painter()
    glass.put(23, 0, "Select Action: ")
    glass.move_cursor(23, 15)
    painter.difference(glass)
    glass.put(23, 15, "S")
    glass.move_cursor(23, 16)
    assert painter.difference(glass) == "S"


def test_a_roll_by_one_line_uses_the_terminals_own_scrolling() -> None:
    glass, painter = Glass(), Painter()
    for row in range(24):
        glass.put(row, 0, f"line {row} " * 8)
    painter.difference(glass)
    glass.scroll(0, 23)
    glass.put(23, 0, "new")
    sent = painter.difference(glass)
    assert len(sent) < 60
    assert "new" in sent


def test_the_bell_rings_once_a_frame() -> None:
    glass, painter = Glass(), Painter()
    painter.difference(glass)
    glass.ring()
    glass.ring()
    assert painter.difference(glass) == "\a"
