"""How a session ends: by the clerk, by a signal, by a lost line, by a mistake of the program."""

import json
import os
import signal
import sys
from pathlib import Path

import pytest

from tests.patience import PATIENCE
from tests.terminal.conftest import ROOT, Opened
from tests.terminal.pseudo_terminal import PseudoTerminal


def restored(terminal: PseudoTerminal) -> bool:
    """Whether the terminal is as the program found it."""
    return terminal.settings() == terminal.before and terminal.received.rstrip().endswith(b"\x1b[?25h")


def test_halting_restores_the_terminal(sample: Opened, log: Path) -> None:
    terminal = sample()
    terminal.send("^\r\r\r")
    assert terminal.wait() == 0
    assert restored(terminal)
    assert terminal.text().strip() == ""
    assert log.read_text() == "LEFT\n"


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
@pytest.mark.parametrize("doing", ["", "SP=2\r100.00\r", "WAIT\r"])
def test_a_signal_ends_the_session(sample: Opened, log: Path, number: int, doing: str) -> None:
    terminal = sample()
    if doing:
        terminal.send(doing)
        terminal.until_text("COMMENT" if "SP" in doing else "SEARCHING")
    terminal.signal(number)
    assert terminal.wait() == 128 + number
    assert restored(terminal)
    assert log.read_text() == "LEFT\n"


def test_a_hang_up_ends_the_session(sample: Opened, log: Path) -> None:
    terminal = sample()
    terminal.send("SP=2\r100.00\r")
    terminal.until_text("COMMENT")
    terminal.hang_up()
    assert terminal.wait() == 128 + signal.SIGHUP
    assert log.read_text() == "LEFT\n"


def test_a_lost_line_is_noticed_without_any_signal(log: Path) -> None:
    # A launcher in between keeps the hang-up from the program, as `setsid` and `nohup` do.
    launcher = (
        "import os, signal, sys\n"
        "signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        "child = os.fork()\n"
        "if child == 0:\n"
        "    os.setsid()\n"
        "    os.execv(sys.executable, [sys.executable, '-m', 'tests.terminal.sample_desk'])\n"
        "open(sys.argv[1], 'w').write(str(child))\n"
        "sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) % 256)\n"
    )
    note = log.with_name("child.txt")
    environment = {"PYTHONPATH": str(ROOT), "SAMPLE_LOG": str(log)}
    with PseudoTerminal(["-c", launcher, str(note)], environment) as terminal:
        terminal.until_text("Select Action:")
        terminal.hang_up()
        assert terminal.wait() == 128 + signal.SIGHUP
    assert log.read_text() == "LEFT\n"
    assert not Path(f"/proc/{note.read_text()}").exists()


def test_a_crash_shows_a_number_and_nothing_of_the_patient(sample: Opened, log: Path, tmp_path: Path) -> None:
    crashes = tmp_path / "crashes.jsonl"
    terminal = sample(SAMPLE_CRASHES=str(crashes))
    terminal.send("FALL\r")
    assert terminal.wait() == 70
    shown = terminal.text().strip()
    assert shown.startswith("Lockbox stopped because of an error. Its number is ")
    assert len(shown.splitlines()) == 1
    assert b"SMITH" not in terminal.received
    assert b"Traceback" not in terminal.received
    record = json.loads(crashes.read_text())
    assert record["number"] in shown
    assert record["kind"] == "KeyError"
    assert any("fall" in frame for frame in record["where"])
    assert "SMITH" not in crashes.read_text()
    assert crashes.stat().st_mode & 0o777 == 0o600
    assert terminal.settings() == terminal.before
    assert log.read_text() == "LEFT\n"


@pytest.mark.parametrize(
    ("term", "sentence"), [("dumb", "terminal type is dumb"), ("unknown", "unknown"), ("", "not set")]
)
def test_a_terminal_that_cannot_is_refused_politely(term: str, sentence: str) -> None:
    environment = {"PYTHONPATH": str(ROOT), "TERM": term}
    with PseudoTerminal(["-m", "tests.terminal.sample_desk"], environment) as terminal:
        assert terminal.wait() == 2
        assert sentence in " ".join(terminal.text().split())
        assert b"\x1b" not in terminal.received


def test_without_a_terminal_it_says_so() -> None:
    import subprocess

    done = subprocess.run(
        [sys.executable, "-m", "tests.terminal.sample_desk"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        cwd=ROOT,
        env=os.environ | {"TERM": "vt100", "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 2
    assert "The screens need a terminal" in done.stderr
    assert done.stdout == ""


@pytest.mark.sweep
def test_fifty_hang_ups_leave_no_orphan(sample: Opened, log: Path) -> None:
    doings = (
        "",
        "SP=2\r",
        "SP=2\r100.00\r",
        "WAIT\r",
        "POST\r",
        "??\r",
        "VP=1\r\r\r",
        "^\r",
        "/BLUE",
        "LS\r",
    )
    terminals = []
    for count in range(50):
        terminal = sample()
        terminal.send(doings[count % len(doings)])
        terminal.until_quiet(0.02 * (count % 7))
        terminal.hang_up()
        assert terminal.wait() == 128 + signal.SIGHUP, doings[count % len(doings)]
        terminals.append(terminal)
    assert not any(Path(f"/proc/{terminal.pid}").exists() for terminal in terminals)
    assert log.read_text().count("LEFT\n") == 50
