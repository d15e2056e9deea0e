"""Keys in order: type-ahead, sequences cut by the network, pastes."""

from pathlib import Path

from tests.terminal.conftest import Opened
from tests.terminal.pseudo_terminal import PseudoTerminal

JOURNEY = "SP=3\r100.00\rRESX\x7fT\rL\rY\rSE\r7\r+\r5\rSE\r\r21\rSP=2\r^\rFIND\rblue\r^\r\rY\r"
ACTS = ["SPLIT 3 100.00 'REST' L", "SELECT 7", "SELECT 5", "PAYER BLUE RIVER HEALTH PLAN", "LEFT"]


def test_a_journey_in_one_write_is_the_same_as_key_by_key(sample: Opened, log: Path) -> None:
    terminal = sample()
    terminal.send(JOURNEY)
    assert terminal.wait() == 0
    assert log.read_text().splitlines() == ACTS
    log.unlink()
    terminal = sample()
    for key in JOURNEY[:-3]:
        terminal.send(key)
        terminal.until_quiet(0.02)
    terminal.send(JOURNEY[-3:])
    assert terminal.wait() == 0
    assert log.read_text().splitlines() == ACTS


def test_keys_typed_before_the_program_listens_are_not_lost(log: Path) -> None:
    root = str(Path(__file__).parents[2])
    environment = {"PYTHONPATH": root, "SAMPLE_LOG": str(log)}
    with PseudoTerminal(["-m", "tests.terminal.sample_desk"], environment) as terminal:
        terminal.send("SE=12\r^\r\rY\r")
        assert terminal.wait() == 0
    assert log.read_text().splitlines() == ["SELECT 12", "LEFT"]


def test_an_arrow_key_cut_by_the_network_types_nothing(sample: Opened) -> None:
    terminal = sample()
    for parts in (("\x1b", "[B"), ("\x1b[", "B"), ("\x1b[1;", "2B"), ("\x1bO", "A")):
        terminal.until_quiet()
        terminal.send(parts[0])
        assert terminal.until_quiet(0.15) == b""
        terminal.send(parts[1])
        terminal.until_quiet()
        assert terminal.row(24) == "Select Action: Next Screen//", parts
    assert b"\x1b[7m1>" in terminal.received


def test_reports_of_the_terminal_are_not_taken_for_typing(sample: Opened) -> None:
    terminal = sample()
    terminal.send(
        "\x1b[?2026;2$y\x1b[I\x1b[O\x1b]11;rgb:0000/0000/0000\x1b\\\x1b[24;30R\x1b[27;5;13~\x1b[<0;3;4MSE"
    )
    terminal.until(lambda: terminal.row(24).endswith("SE"), "the letters typed")
    assert terminal.row(24) == "Select Action: Next Screen// SE"


def test_a_bracketed_paste_is_typed_keys(sample: Opened, log: Path) -> None:
    terminal = sample()
    terminal.send("\x1b[200~SE=9\r\x1b[201~")
    terminal.until(lambda: log.exists() and log.read_text().endswith("\n"), "the act")
    assert log.read_text() == "SELECT 9\n"


def test_a_caret_typed_ahead_answers_the_next_prompt_and_stops_nothing(sample: Opened, log: Path) -> None:
    terminal = sample()
    terminal.send("POST\rSP=2\r^\rSE=1\r")
    terminal.until(lambda: log.exists() and log.read_text().endswith("SELECT 1\n"), "the acts")
    assert log.read_text() == "POSTED\nSELECT 1\n"


def test_a_caret_at_the_progress_line_breaks_off(sample: Opened, log: Path) -> None:
    terminal = sample()
    terminal.send("WAIT\r")
    terminal.until_text("SEARCHING, PLEASE STANDBY")
    terminal.send("^\r")
    terminal.until(lambda: "SEARCHING" not in terminal.text(), "the list")
    terminal.send("SE=2\r")
    terminal.until(lambda: log.exists() and log.read_text().endswith("SELECT 2\n"), "the act")
    assert log.read_text() == "SELECT 2\n"


def test_control_c_breaks_off_even_behind_other_keys(sample: Opened, log: Path) -> None:
    terminal = sample()
    terminal.send("WAIT\rSE=1\r")
    terminal.until_text("SEARCHING, PLEASE STANDBY")
    terminal.send("\x03")
    terminal.until(lambda: "SEARCHING" not in terminal.text(), "the list")
    terminal.send("SE=2\r")
    terminal.until(lambda: log.exists() and log.read_text().endswith("SELECT 2\n"), "the second act")
    assert log.read_text() == "SELECT 2\n", "the first act was forgotten with what was typed"


def test_a_posting_cannot_be_broken_off(sample: Opened, log: Path) -> None:
    terminal = sample()
    terminal.send("POST\r")
    terminal.until_text("POSTING")
    terminal.send("^\x03")
    terminal.until(lambda: log.exists() and log.read_text() == "POSTED\n", "the posting")
    terminal.until(lambda: terminal.row(24) == "Select Action: Next Screen//", "the prompt")
    assert log.read_text() == "POSTED\n", "once, and nothing after it"
