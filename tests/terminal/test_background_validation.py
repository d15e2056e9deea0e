"""An open workstation works the queue of validation while nobody types: unseen, unfelt, and ended at once."""

import os
import shutil
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, update

from lockbox_tui.opening import at_work
from lockbox_tui.settings import Settings, read_settings
from models.leases import Lease
from models.messages import Message, MessagePart, StoredFinding, TransactionSet
from models.store import Store
from models.users import UserKey
from models.words.intake import Validation
from models.words.keys import SecurityKey
from services.intake.validation import claim_queue, next_waiting, release_queue
from tests.lockbox_tui.program import Program
from tests.patience import PATIENCE
from tests.terminal.conftest import ROOT
from tests.terminal.pseudo_terminal import PseudoTerminal

#: By then a workstation would have begun.
_LONG_ENOUGH = 6.0

_MENU = "Select Clerk's AR Menu Option:"


class Workplace:
    """A site with a queue, and the program on terminals of its own."""

    def __init__(self, program: Program, stack: ExitStack) -> None:
        self.program = program
        self._stack = stack
        self.settings: Settings = read_settings(
            None, {"XDG_DATA_HOME": str(program.home)}, Path("/nonexistent")
        )
        key = bytes.fromhex(self.settings.audit_key_path.read_text())
        self.store = Store(self.settings.database, audit_key=key)
        stack.callback(self.store.close)

    def terminal(self) -> PseudoTerminal:
        """Opens a workstation and waits for its first menu."""
        environment = {"XDG_DATA_HOME": str(self.program.home), "PYTHONPATH": str(ROOT)}
        terminal = self._stack.enter_context(PseudoTerminal(["-m", "lockbox_tui"], environment))
        terminal.until_text(_MENU)
        return terminal

    def states(self) -> Counter[Validation]:
        """How many sets wait, and how many are done."""
        with self.store.reading() as session:
            counted = select(TransactionSet.validation, func.count()).group_by(TransactionSet.validation)
            return Counter({row[0]: row[1] for row in session.execute(counted)})

    def waiting(self) -> int:
        """How many sets wait."""
        return self.states()[Validation.QUEUED]

    def leases(self) -> list[str]:
        """What is leased."""
        with self.store.reading() as session:
            return [lease.kind for lease in session.scalars(select(Lease))]

    def log(self) -> str:
        """The log of crashes."""
        path = self.settings.log_path
        return path.read_text() if path.exists() else ""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A site where the sets of a day wait."""
    program = Program(tmp_path_factory.mktemp("made"))
    program.json("init", "--station", "442", "--name", "DEMO", "--auto-audit")
    day = program.home / "day"
    program.json("generate", "--claims", "300", "--seed", "7", "--into", day)
    program.json("import", *sorted(day.glob("*.837")), day / "remittance.835", day / "eft.ach")
    return program


@pytest.fixture
def place(made: Program, tmp_path: Path) -> Iterator[Workplace]:
    """A copy of that site to work at."""
    shutil.copytree(made.home, tmp_path / "home")
    with ExitStack() as stack:
        yield Workplace(Program(tmp_path / "home"), stack)


def children(pid: int) -> list[int]:
    """The child processes of a process."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            if int(stat.rpartition(")")[2].split()[1]) == pid:
                found.append(int(entry.name))
    return found


def child_of(terminal: PseudoTerminal) -> int:
    """The validator of a workstation, once it is there."""
    terminal.until(lambda: bool(children(terminal.pid)), "the validator")
    (child,) = children(terminal.pid)
    return child


def alive(pid: int) -> bool:
    """Whether a process is there."""
    return Path(f"/proc/{pid}/stat").exists() and "Z" not in Path(f"/proc/{pid}/stat").read_text().split()[2]


def test_the_queue_is_worked_unseen_and_the_menu_goes_on(place: Workplace) -> None:
    before = place.waiting()
    assert before >= 6
    terminal = place.terminal()
    terminal.until_quiet()
    painted, screen = len(terminal.received), terminal.text()
    terminal.until(lambda: place.waiting() == 0, "the queue to be worked")
    terminal.until(lambda: not children(terminal.pid), "the validator to be gone")
    terminal.until(lambda: place.leases() == [], "the queue to be left")
    assert len(terminal.received) == painted, "working the queue costs nothing on the line"
    assert terminal.text() == screen
    assert place.states()[Validation.DONE] >= before
    terminal.send("\r\r\r")
    assert terminal.wait() == 0
    assert place.log() == ""
    place.program.json("check")


def test_what_is_typed_meanwhile_comes_in_order(place: Workplace) -> None:
    terminal = place.terminal()
    child = child_of(terminal)
    own = os.getpriority(os.PRIO_PROCESS, terminal.pid)
    terminal.until(lambda: os.getpriority(os.PRIO_PROCESS, child) > own, "its low priority")
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    for end, letter in enumerate(letters, start=1):
        terminal.send(letter)
        terminal.until_text(f"{_MENU} {letters[:end]}")
    assert place.waiting(), "the queue was being worked while this was typed"
    terminal.send("\x15" + "0123456789" * 5)
    terminal.until_text(f"{_MENU} " + "0123456789" * 4)


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, None])
def test_leaving_ends_it_at_once_in_the_middle_of_a_set(place: Workplace, number: int | None) -> None:
    terminal = place.terminal()
    child = child_of(terminal)
    if number is None:
        terminal.send("^\r\r")
    else:
        terminal.signal(number)
    assert terminal.wait() == (0 if number is None else 128 + number)
    assert not alive(child)
    assert place.leases() == []
    assert place.waiting()
    assert place.log() == ""


def test_a_workstation_that_is_killed_takes_its_validator_with_it(place: Workplace) -> None:
    terminal = place.terminal()
    child = child_of(terminal)
    terminal.signal(signal.SIGKILL)
    assert terminal.wait() == -signal.SIGKILL
    end = time.monotonic() + PATIENCE
    while alive(child):
        assert time.monotonic() < end, "the validator outlived its workstation"


def test_a_validator_that_crashes_is_recorded_and_the_desk_goes_on(place: Workplace) -> None:
    terminal = place.terminal()
    terminal.until_quiet()
    screen = terminal.text()
    os.kill(child_of(terminal), signal.SIGSEGV)
    terminal.until(lambda: "ValidatorEnded" in place.log(), "the record")
    terminal.until(lambda: place.waiting() == 1, "the other sets")
    assert terminal.text() == screen
    terminal.send("^\r\r")
    assert terminal.wait() == 0
    assert len(place.log().splitlines()) == 1
    place.program.json("nightly")
    assert place.waiting() == 0, "the night job takes what was passed over"


def test_a_file_at_which_it_breaks_off_is_recorded_and_passed_over(place: Workplace) -> None:
    with place.store.writing() as session:
        damaged = session.scalars(select(Message.id).where(Message.kind == "837I")).one()
        session.execute(
            update(MessagePart).where(MessagePart.message_id == damaged).values(data=b"no longer compressed")
        )
    terminal = place.terminal()
    terminal.until_quiet()
    screen = terminal.text()
    terminal.until(lambda: place.waiting() == 1, "the other sets")
    terminal.until(lambda: place.log() != "", "the record")
    assert terminal.text() == screen
    assert "no longer" not in place.log()
    terminal.send("^\r\r")
    assert terminal.wait() == 0


def test_one_workstation_works_the_queue_at_a_time(place: Workplace) -> None:
    with at_work(place.settings) as here, at_work(place.settings) as there:
        held = claim_queue(here.store, here.actor)
        assert held is not None
        assert claim_queue(there.store, there.actor) is None
        one = next_waiting(here.store, held)
        assert one is not None
        other = next_waiting(here.store, held, {one.set_id})
        assert other is not None and other.set_id != one.set_id
        terminal = place.terminal()
        before = place.waiting()
        terminal.until_quiet(_LONG_ENOUGH)
        assert (children(terminal.pid), place.waiting()) == ([], before)
        release_queue(here.store, held)
        assert next_waiting(here.store, held) is None
        assert claim_queue(there.store, there.actor) is not None


def test_two_workstations_never_do_one_set_twice(place: Workplace) -> None:
    before = place.states()
    terminals = [place.terminal(), place.terminal()]
    terminals[0].until(lambda: place.waiting() == 0, "the queue to be worked")
    for terminal in terminals:
        terminal.send("^\r\r")
        assert terminal.wait() == 0
    assert place.states()[Validation.DONE] == before[Validation.QUEUED] + before[Validation.DONE]
    with place.store.reading() as session:
        same = (StoredFinding.transaction_set_id, StoredFinding.code, StoredFinding.text, StoredFinding.where)
        twice = session.execute(select(*same).group_by(*same).having(func.count() > 1)).all()
    assert twice == []


def test_a_reader_leaves_the_queue_alone(place: Workplace) -> None:
    with place.store.writing() as session:
        session.execute(delete(UserKey).where(UserKey.key == SecurityKey.CLERK))
    before = place.waiting()
    terminal = place.terminal()
    terminal.until_quiet(_LONG_ENOUGH)
    assert (children(terminal.pid), place.waiting()) == ([], before)
