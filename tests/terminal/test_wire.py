"""What goes over a slow line: bytes a key, a marker move, a page; and what must never go."""

import re
import statistics
from pathlib import Path

from tests.terminal.conftest import Opened
from tests.terminal.pseudo_terminal import PseudoTerminal

DOWN, PAGE_DOWN, END = "\x1b[B", "\x1b[6~", "\x1b[F"
KNOWN = re.compile(
    rb"\x1b\[(?:\d+(?:;\d+)?H|H|\d*C|K|2J|m|[0147](?:;[147])*m|r|\d+;\d+r|\?(?:7|25|1049)[hl])|\x1bM"
)
UP, REDRAW = "\x1b[A", "\x0c"


def test_a_key_at_the_prompt_costs_at_most_50_bytes(sample: Opened) -> None:
    terminal = sample()
    for key in ("S", "p", "l", " ", "i", "\x7f", "t", "\x1b[D"):
        assert len(terminal.bytes_for(key)) <= 50, key


def test_a_key_at_the_end_of_a_long_prompt_costs_no_more(sample: Opened) -> None:
    terminal = sample()
    terminal.send("SP=2\r")
    terminal.until_text("519.60//")
    for key in ("1", "0", "\x7f"):
        assert len(terminal.bytes_for(key)) <= 50, key


def test_a_marker_move_costs_at_most_210_bytes(sample: Opened) -> None:
    terminal = sample()
    for _ in range(2):
        assert len(terminal.bytes_for(DOWN)) <= 210
    assert len(terminal.bytes_for("\x1b[A")) <= 210


def test_a_marker_move_that_scrolls_costs_210_bytes_for_an_entry_of_common_length(sample: Opened) -> None:
    terminal = sample()
    terminal.bytes_for(DOWN * 2)
    costs = [len(terminal.bytes_for(key)) for key in (DOWN,) * 6 + (UP,) * 7]
    assert terminal.row(7).startswith("1>  -10241")
    assert statistics.median(costs) <= 210, costs
    # A new page number and letters of more than one byte come on top.
    assert max(costs) <= 235, costs


def test_a_scroll_sends_little_more_than_the_words_that_come_into_sight(sample: Opened) -> None:
    terminal = sample()
    terminal.bytes_for(DOWN * 3)
    for _ in range(8):
        sent = terminal.bytes_for(DOWN)
        new = [terminal.row(row) for row in range(15, 20)]
        words = sum(len(word) for row in new for word in re.split(" {5,}", row.strip()))
        assert len(sent) <= words + 105, sent


def test_after_scrolling_the_terminal_shows_what_was_painted(sample: Opened) -> None:
    terminal = sample()
    terminal.bytes_for(REDRAW)
    keys = (
        [DOWN] * 9
        + [UP] * 5
        + ["DN\r"] * 3
        + ["UP\r", "xyz\r" + DOWN * 4, UP * 7, "+\r", DOWN, "-\r", UP * 3]
    )
    # The last ones come in one write: what was typed ahead is painted in fewer frames.
    for key in [*keys, "".join(keys)]:
        terminal.bytes_for(key)
        cells = attributes(terminal)
        terminal.bytes_for(REDRAW)
        again = attributes(terminal)
        assert cells[1:] == again[1:], key
        assert cells[0][-25:] == again[0][-25:], "the title but for its time"


def attributes(terminal: PseudoTerminal) -> list[list[tuple[str, bool, bool, bool]]]:
    """What the terminal shows, cell by cell, with what stands out."""
    screen = terminal.screen
    return [
        [
            (cell.data, cell.bold, cell.underscore, cell.reverse)
            for cell in (screen.buffer[y][x] for x in range(80))
        ]
        for y in range(24)
    ]


def test_a_page_costs_at_most_2200_bytes(sample: Opened) -> None:
    terminal = sample(eras=100_000)
    for key in (PAGE_DOWN, "\r", "LS\r", "-\r", "\x1b[H", "GO=500\r"):
        assert len(terminal.bytes_for(key)) <= 2200, key


def test_a_question_and_its_answer_cost_a_few_hundred_bytes(sample: Opened) -> None:
    terminal = sample()
    for keys in ("SP=2\r", "100.00\r", "REST\r"):
        assert len(terminal.bytes_for(keys)) <= 300, keys


def test_a_menu_and_an_option_cost_their_words_and_little_more(sample: Opened) -> None:
    terminal = sample()
    terminal.bytes_for("^\r")
    for keys, words in (
        ("ED\r", 150),
        ("MA\r", 250),
        ("\r", 200),
        ("ED\r", 150),
        ("MA\r", 250),
        ("MA\r", 250),
    ):
        sent = terminal.bytes_for(keys, lambda: terminal.text().rstrip().endswith("Option:"))
        assert len(sent) <= words, (keys, sent)


def test_an_idle_screen_sends_nothing(sample: Opened) -> None:
    terminal = sample()
    terminal.until_quiet()
    assert terminal.until_quiet(2.0) == b""


def test_only_sequences_of_an_old_terminal_are_sent(sample: Opened) -> None:
    terminal = sample(TERM="xterm-256color", COLORTERM="truecolor")
    terminal.send(f"{DOWN}{DOWN}{PAGE_DOWN}SP=9\r5\r^\r/BLUE\r??\r\r^\r\rY\r")
    assert terminal.wait() == 0
    rest = KNOWN.sub(b"", terminal.received)
    assert b"\x1b" not in rest, rest[rest.index(b"\x1b") :][:40]
    assert b"\x1b[?25l" in terminal.received


def test_hostile_rows_are_shown_and_never_run(sample: Opened) -> None:
    terminal = sample()
    terminal.send("4\r")
    terminal.until_text("A\N{REPLACEMENT CHARACTER}]0;stolen\N{REPLACEMENT CHARACTER}B[/INS] [@click")
    assert terminal.screen.title == ""
    assert b"\x1b]" not in terminal.received


def test_the_cursor_of_the_terminal_stands_at_the_prompt(sample: Opened) -> None:
    terminal = sample()
    terminal.until_quiet()
    assert (terminal.screen.cursor.y, terminal.screen.cursor.x) == (23, 29)
    assert not terminal.screen.cursor.hidden
    terminal.bytes_for("ab ")
    assert terminal.screen.cursor.x == 32


def test_the_screen_is_the_glass_also_after_rolling(sample: Opened) -> None:
    terminal = sample()
    for _ in range(12):
        terminal.bytes_for("xyz\r")
    rows = terminal.text().splitlines()
    assert rows[-1] == "Select Action: Next Screen//"
    assert rows[-2] == "   xyz is not a valid selection."
    assert rows[-3] == "Select Action: Next Screen// xyz"
    terminal.send("GO=2\r")
    terminal.until_text("Page:    2 of   16")
    assert terminal.row(20).startswith("+         Enter ?? for more actions")


def test_a_larger_window_shows_more_and_a_smaller_one_fits(sample: Opened) -> None:
    terminal = sample()
    terminal.resize(43, 100)
    terminal.until(lambda: terminal.row(43) == "Select Action: Next Screen//", "the larger list")
    assert terminal.row(1).endswith("Page:    1 of    7")
    terminal.resize(24, 80)
    terminal.until(lambda: terminal.row(24) == "Select Action: Next Screen//", "the smaller list")


def test_memory_does_not_grow_with_the_list(sample: Opened) -> None:
    def megabytes(pid: int) -> float:
        status = Path(f"/proc/{pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    small, large = sample(eras=40), sample(eras=100_000)
    for terminal in (small, large):
        terminal.send(f"{END}{PAGE_DOWN}GO=3\r")
        terminal.until_text("Page:    3 of")
    assert megabytes(large.pid) - megabytes(small.pid) < 8
