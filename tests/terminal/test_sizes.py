"""Windows of every size: the program goes on in the smallest, and is whole again when they grow."""

from pathlib import Path

import pytest

from tests.terminal.conftest import ROOT, Opened
from tests.terminal.pseudo_terminal import PseudoTerminal

SIZES = [(1, 1), (24, 1), (5, 3), (10, 4), (2, 200)]


@pytest.mark.parametrize(("rows", "columns"), SIZES)
def test_a_list_that_is_shrunk_and_enlarged_stands_again(sample: Opened, rows: int, columns: int) -> None:
    terminal = sample()
    terminal.resize(rows, columns)
    terminal.until_quiet()
    for keys in (
        "\x1b[B",
        "\x1b[B\x1b[B\x1b[B",
        "\x1b[A",
        "+\r",
        "-\r",
        "xyz\r",
        "?\r",
        "\r",
        "??\r",
        "^\r",
        "/BL\r",
    ):
        terminal.send(keys)
        terminal.until_quiet(0.1)
    terminal.resize(24, 80)
    terminal.send("FS\r")
    terminal.until(lambda: terminal.row(24) == "Select Action: Next Screen//", "the list")
    # Where the search ended depends on how fast it was typed: the pointer may stand behind the number.
    terminal.until(lambda: terminal.row(7).replace(">", " ", 1).startswith("1   -10241"), "its first entry")
    assert terminal.row(20).startswith("+         Enter ?? for more actions")
    terminal.send("^\r\rY\r")
    assert terminal.wait() == 0


@pytest.mark.parametrize(("rows", "columns"), SIZES)
def test_a_dialogue_in_a_shrunk_window_takes_its_answers(
    sample: Opened, log: Path, rows: int, columns: int
) -> None:
    terminal = sample()
    terminal.send("SP=3\r")
    terminal.until_text("519.60//")
    terminal.resize(rows, columns)
    terminal.until_quiet()
    terminal.send("100.00\r?\r")
    terminal.until_quiet(0.1)
    terminal.resize(rows + 1, columns + 1)
    terminal.send("REST\r??\rL\rY\r")
    terminal.until(lambda: log.exists(), "the act")
    terminal.resize(24, 80)
    terminal.until(lambda: terminal.row(24) == "Select Action: Next Screen//", "the list")
    terminal.send("^\r\rY\r")
    assert terminal.wait() == 0
    assert log.read_text().splitlines() == ["SPLIT 3 100.00 'REST' L", "LEFT"]


def assert_laid_out(terminal: PseudoTerminal) -> None:
    """The list fills 200 rows and no more, and takes an answer."""
    terminal.until(lambda: terminal.row(200).startswith("Select Action:"), "the prompt of 200 rows")
    terminal.send("xyz\r")
    terminal.until_text("xyz is not a valid selection.")
    assert not any(terminal.row(row) for row in range(201, 211))


@pytest.mark.parametrize(("rows", "columns"), [(65535, 65535), (65535, 80), (24, 65535)])
def test_a_window_that_says_it_is_enormous_is_laid_out_in_part(
    sample: Opened, rows: int, columns: int
) -> None:
    terminal = sample(eras=400)
    terminal.screen.resize(210, 510)
    terminal.claim(rows, columns)
    if rows > 200:
        assert_laid_out(terminal)
    else:
        terminal.until_quiet()
        assert terminal.row(24).startswith("Select Action:")
    terminal.claim(24, 80)
    terminal.screen.resize(24, 80)
    terminal.send("FS\r")
    terminal.until(lambda: terminal.row(24) == "Select Action: Next Screen//", "the list")
    terminal.send("^\r\rY\r")
    assert terminal.wait() == 0


def test_the_program_opens_where_the_environment_says_an_enormous_size(sample: Opened) -> None:
    terminal = sample(eras=400, rows=210, columns=510, COLUMNS="100000", LINES="100000")
    assert_laid_out(terminal)
    terminal.send("^\r\rY\r")
    assert terminal.wait() == 0


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (3, 5), (10, 4)])
def test_the_program_opens_in_the_smallest_window(tmp_path: Path, rows: int, columns: int) -> None:
    log = tmp_path / "acts.txt"
    environment = {"PYTHONPATH": str(ROOT), "SAMPLE_LOG": str(log)}
    with PseudoTerminal(
        ["-m", "tests.terminal.sample_desk"], environment, rows=rows, columns=columns
    ) as terminal:
        terminal.send("SE=12\rVP=2\rHOME\r80\r^\rPL\r^\r^\r")
        terminal.until_quiet(0.5)
        terminal.send("MA\r?\r??\rED\r?\r^\r^\r\rY\r")
        terminal.until(lambda: log.exists() and "LEFT" in log.read_text(), "the end")
        assert terminal.wait() == 0
    assert log.read_text().splitlines()[:2] == ["SELECT 12", "VIEW 2"]
