"""What is queued to print when the session ends: waited for by whoever halts, and said after a lost line."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.store import Store
from services.office.actor import Actor
from tests.journeys.journey import ROOT, Site, Step, open_journey_site, wait_for
from tests.journeys.ways import HALT, TO_LOCKBOX
from tests.remittance_in_full import remittance_in_full
from tests.terminal.pseudo_terminal import PseudoTerminal

#: A printer that takes nothing before somebody writes into its pipe.
_LP = "#!/bin/sh\nread word < {0}/released\ncat > {0}/printed\n"

TO_PRINTER = (
    *TO_LOCKBOX,
    Step("Select EDI Lockbox Option:", "REP"),
    Step("Select EDI Lockbox Reports Menu Option:", "VP"),
    Step("Select ELECTRONIC REMITTANCE ADVICE ENTRY:", "PSI0"),
    Step("DO YOU WANT TO INCLUDE EXPANDED EEOB DETAIL?: NO//", "YES"),
    Step("DEVICE: HOME//", "QUEUE"),
    Step("QUEUE TO PRINT ON DEVICE: FILE//", "LASER"),
    Step("Right Margin: 80//", ""),
    Step("Queued. You are told when laser has it.", ""),
    Step("Select ELECTRONIC REMITTANCE ADVICE ENTRY:", ""),
    Step("Select EDI Lockbox Reports Menu Option:", ""),
)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site with an ERA that says much."""

    def build(store: Store, actor: Actor) -> None:
        remittance_in_full(store, actor)

    return open_journey_site(tmp_path / "home", build)


@pytest.fixture
def printer(tmp_path: Path) -> Iterator[Path]:
    """The folder of a print command whose printer waits for a word in its pipe."""
    for name, script in (("lp", _LP.format(tmp_path)), ("lpstat", "#!/bin/sh\necho laser\n")):
        (tmp_path / name).write_text(script)
        (tmp_path / name).chmod(0o755)
    os.mkfifo(tmp_path / "released")
    yield tmp_path
    # Whoever still waits for its word gets it.
    with open(os.open(tmp_path / "released", os.O_RDWR | os.O_NONBLOCK), "w") as pipe:
        pipe.write("go\n")


def open_program(site: Site, printer: Path) -> PseudoTerminal:
    """The program with that print command."""
    path = f"{printer}:{os.environ['PATH']}"
    return PseudoTerminal(
        ["-m", "lockbox_tui"], {"XDG_DATA_HOME": str(site.home), "PYTHONPATH": str(ROOT), "PATH": path}
    )


def types(terminal: PseudoTerminal, steps: tuple[Step, ...]) -> None:
    """Types answers, each when its question has been seen."""
    for step in steps:
        wait_for(terminal, step)
        terminal.send(f"{step.types}\r")


def test_whoever_halts_waits_for_what_is_queued(site: Site, printer: Path) -> None:
    with open_program(site, printer) as terminal:
        types(terminal, (*TO_PRINTER, *HALT))
        terminal.until_text("FINISHING WHAT IS QUEUED TO PRINT, PLEASE STANDBY ('^' LEAVES WITHOUT IT)")
        (printer / "released").write_text("go\n")
        types(terminal, (Step("Sent to laser.", ""),))
        assert terminal.wait() == 0, terminal.text()
    printed = (printer / "printed").read_bytes()
    assert b"EDI LOCKBOX WORKLIST - ERA DETAIL" in printed or printed.startswith(b"%PDF")


@pytest.mark.parametrize("hung_up", [True, False])
def test_what_the_end_of_a_session_broke_off_is_said_at_the_next_sign_on(
    site: Site, printer: Path, hung_up: bool
) -> None:
    with open_program(site, printer) as terminal:
        if hung_up:
            types(terminal, TO_PRINTER)
            terminal.until_text("Select EDI Lockbox Option:")
            terminal.hang_up()
        else:
            types(terminal, (*TO_PRINTER, *HALT))
            terminal.until_text("FINISHING WHAT IS QUEUED TO PRINT")
            terminal.send("^")
        terminal.wait()
    with open_program(site, printer) as terminal:
        terminal.until_text("YOUR SESSION ENDED BEFORE THIS WAS PRINTED: The print for laser.")
        types(terminal, HALT[1:])
        assert terminal.wait() == 0
    assert not (printer / "printed").exists()
