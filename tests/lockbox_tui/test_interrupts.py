"""Ctrl-C while a command runs: it stops where nothing is half-done, and what swallows it does not hide it."""

import contextlib
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from lockbox_tui.commands.progress import progress_bar
from lockbox_tui.interrupts import INTERRUPTS
from services.reports.print_files import new_file


@pytest.fixture(autouse=True)
def watching() -> Iterator[None]:
    """A command is running that may be interrupted, whoever started the tests."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with INTERRUPTS.watching():
        yield
    signal.signal(signal.SIGINT, before)


def test_long_work_goes_on_to_its_next_step_and_stops_there() -> None:
    done: list[str] = []
    with pytest.raises(KeyboardInterrupt), progress_bar("many.835") as progress:
        progress(1, 3)
        signal.raise_signal(signal.SIGINT)
        done.append("the set")
        progress(2, 3)
        done.append("the next set")
    assert done == ["the set"]


def test_work_that_has_no_step_left_ends_whole_and_the_command_stops_after_it() -> None:
    done = []
    with pytest.raises(KeyboardInterrupt), progress_bar("many.835"):
        signal.raise_signal(signal.SIGINT)
        done.append("filed")
    assert done == ["filed"]


def test_who_types_it_twice_need_not_wait_for_a_step() -> None:
    with pytest.raises(KeyboardInterrupt), progress_bar("many.835"):
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        pytest.fail("it went on")


def test_other_work_stops_at_once_and_an_error_made_of_it_does_not_hide_it() -> None:
    with pytest.raises(KeyboardInterrupt):
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            INTERRUPTS.heed()
    with INTERRUPTS.watching():
        INTERRUPTS.heed()


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_that_ends_it_while_a_file_is_written_leaves_nothing(
    tmp_path: Path, number: signal.Signals
) -> None:
    before = signal.signal(number, signal.SIG_DFL)
    with (
        pytest.raises(SystemExit) as ended,
        INTERRUPTS.clearing_up(),
        new_file(tmp_path / "era.txt") as file,
    ):
        file.write(b"half of it")
        signal.raise_signal(number)
        pytest.fail("it went on")
    assert ended.value.code == 128 + number
    assert os.listdir(tmp_path) == []
    assert signal.signal(number, before) is signal.SIG_DFL


def test_an_error_that_is_made_of_a_signal_does_not_hide_it() -> None:
    before = signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with (
        pytest.raises(SystemExit) as ended,
        INTERRUPTS.clearing_up(),
        contextlib.suppress(SystemExit),
    ):
        signal.raise_signal(signal.SIGTERM)
    assert ended.value.code == 128 + signal.SIGTERM
    with pytest.raises(SystemExit):
        INTERRUPTS.heed()
    signal.signal(signal.SIGTERM, before)


def test_what_ignores_a_hang_up_writes_its_file_to_the_end(tmp_path: Path) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with INTERRUPTS.clearing_up(), new_file(tmp_path / "era.txt") as file:
        signal.raise_signal(signal.SIGHUP)
        file.write(b"all of it")
    assert signal.signal(signal.SIGHUP, before) is signal.SIG_IGN
    assert (tmp_path / "era.txt").read_bytes() == b"all of it"
