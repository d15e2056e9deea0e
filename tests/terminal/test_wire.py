"""What goes over a slow line: bytes a key, a marker move, a page; and what must never go."""

import re
from pathlib import Path

from tests.terminal.conftest import Opened

DOWN, PAGE_DOWN, END = "\x1b[B", "\x1b[6~", "\x1b[F"
KNOWN = re.compile(rb"\x1b\[(?:\d+(?:;\d+)?H|H|K|2J|m|0(?:;[147])*m|r|\d+;\d+r|\?(?:7|25|1049)[hl])")


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


def test_a_page_costs_at_most_2200_bytes(sample: Opened) -> None:
    terminal = sample(eras=100_000)
    for key in (PAGE_DOWN, "\r", "LS\r", "-\r", "\x1b[H", "GO=500\r"):
        assert len(terminal.bytes_for(key)) <= 2200, key


def test_a_question_and_its_answer_cost_a_few_hundred_bytes(sample: Opened) -> None:
    terminal = sample()
    for keys in ("SP=2\r", "100.00\r", "REST\r"):
        assert len(terminal.bytes_for(keys)) <= 300, keys


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
