"""Ctrl-C while a command runs: it stops where nothing is half-done, and what swallows it does not hide it."""

import signal
from collections.abc import Iterator

import pytest

from lockbox_tui.commands.progress import progress_bar
from lockbox_tui.interrupts import INTERRUPTS


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
