"""The first menu waits for nothing that it does not need, and what comes after it is loaded while it is read."""

import importlib.util
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.lockbox_tui.program import Program
from tests.terminal.conftest import ROOT
from tests.terminal.pseudo_terminal import PseudoTerminal

#: What may not be loaded before the first menu stands, and what needs it.
NEEDED_LATER = {
    "alembic": "the upgrade of an older store",
    "argparse": "whoever types a command",
    "data": "the demo site",
    "fpdf": "prints as PDF",
    "lockbox_tui.commands.arguments": "whoever types a command",
    "lockbox_tui.commands.declared": "whoever types a command",
    "lockbox_tui.commands.declaring": "whoever types a command",
    "lockbox_tui.validating": "the queue of validation, a second later",
    "models.tables": "whoever writes, and the lists",
    "models.bills": "the lists",
    "models.eras": "the lists",
    "models.journal": "posting",
    "models.messages": "imports",
    "models.receipts": "posting",
    "models.scratchpads": "scratch pads",
    "psycopg": "a store on PostgreSQL",
    "pygments": "source code in colours, which no screen shows",
    "pyx12": "validation",
    "rich.progress": "the progress bar of a command",
    "screens.worklist.era_list": "EEOB Worklist",
    "screens.list_manager.lists": "the lists",
    "screens.receipts.receipt_profile": "Receipt Processing",
    "services.proofs.check": "lockbox check",
    "services.books.finance": "posting",
    "services.intake.importing": "imports",
    "services.receipts.processing": "posting",
    "services.scratchpad.acts": "EEOB Worklist",
    "services.x12": "imports",
    "sqlalchemy.dialects.postgresql": "a store on PostgreSQL",
    "tomllib": "a machine with a settings file",
}

OURS = ("lockbox_tui", "models", "screens", "services")

Loaded = Callable[[str], set[str]]


@pytest.mark.parametrize("name", [name for name in NEEDED_LATER if name.split(".")[0] in OURS])
def test_what_is_needed_later_exists(name: str) -> None:
    assert importlib.util.find_spec(name) is not None


@pytest.fixture
def loaded(tmp_path: Path) -> Loaded:
    """What the program had loaded at one of its moments."""
    return lambda when: set((tmp_path / when).read_text().split("\n"))


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[PseudoTerminal]:
    """The program on a site of its own, when its options have been loaded."""
    program = Program(tmp_path / "home")
    program.json("init", "--station", "442", "--name", "SITE", "--auto-audit")
    day = tmp_path / "day"
    program.json("generate", "--claims", "4", "--into", day)
    program.json("import", *sorted(day.glob("*.837")), day / "remittance.835")
    environment = {
        "LOADED": str(tmp_path),
        "PYTHONPATH": str(ROOT),
        "XDG_DATA_HOME": str(program.home),
    }
    with PseudoTerminal(["-m", "tests.terminal.first_menu"], environment) as opened:
        opened.until_text("Select Clerk's AR Menu Option:")
        opened.until((tmp_path / "beside-menu").exists, "the options to be loaded")
        yield opened


@pytest.mark.usefixtures("terminal")
def test_the_first_menu_waits_for_nothing_it_does_not_need(loaded: Loaded) -> None:
    at_menu = loaded("at-menu")
    assert {"models.users", "sqlalchemy.dialects.sqlite", "textual.app"} <= at_menu
    assert {name: why for name, why in NEEDED_LATER.items() if name in at_menu} == {}


def test_the_first_list_waits_for_nothing_either(terminal: PseudoTerminal, loaded: Loaded) -> None:
    terminal.send("EDI\rWL\r\r\r\r\r\r")
    terminal.until_text("Select Action:")
    terminal.send("^^\r")
    terminal.until_text("Select Clerk's AR Menu Option:")
    terminal.send("^\r\r")
    assert terminal.wait() == 0
    later = {name for name in loaded("at-end") - loaded("beside-menu") if name.partition(".")[0] in OURS}
    # On a slow machine a second passes meanwhile, and the queue of validation is worked.
    assert (
        later - (loaded_by("lockbox_tui.validating") if "lockbox_tui.validating" in later else set()) == set()
    )


def loaded_by(module: str) -> set[str]:
    """What a module brings with it."""
    code = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    return set(done.stdout.split())


def test_what_the_environment_tells_textual_is_not_heard(tmp_path: Path) -> None:
    log = tmp_path / "textual.log"
    environment = {
        "PYTHONPATH": str(ROOT),
        "XDG_DATA_HOME": str(tmp_path / "home"),
        "TEXTUAL_LOG": str(log),
        "TEXTUAL_PRESS": "^,enter",
        "TEXTUAL_DRIVER": "nowhere:Driver",
    }
    with PseudoTerminal(["-m", "lockbox_tui"], environment) as terminal:
        assert terminal.wait() == 1
        assert "There is no store at" in " ".join(terminal.text().split())
    assert not log.exists()
