"""Long calls: the clerk types on, and may break off what changes nothing."""

import threading

import pytest

from screens.list_manager.asking.progress import in_thread
from screens.list_manager.glass.leaving import Cancelled
from screens.list_manager.glass.paper import broken
from screens.list_manager.glass.terminal import Terminal
from tests.screens.list_manager.clerk import Clerk

LINE = "SEARCHING, PLEASE STANDBY"


class Call:
    """A service call that ends when it is let go."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.stop = threading.Event()

    def run(self) -> str:
        assert self.go.wait(20)
        return "found"

    def clerk(self, *, uncancellable: bool = False) -> Clerk[str]:
        async def talk(terminal: Terminal) -> str:
            terminal.paper.open(0)
            found = await in_thread(terminal, self.run, LINE, uncancellable=uncancellable, stop=self.stop)
            answer = (await terminal.read_line("Next: ")).text
            return f"{found} {answer}"

        return Clerk(talk)


async def test_a_short_call_shows_no_line() -> None:
    call = Call()
    call.go.set()
    clerk = call.clerk()
    clerk.keys.feed("x\n")
    async with clerk:
        assert await clerk.result() == "found x"
        assert LINE not in clerk.screen


async def test_the_line_goes_when_the_call_is_over() -> None:
    call = Call()
    clerk = call.clerk()
    async with clerk.started():
        await clerk.until(LINE)
        call.go.set()
        await clerk.until("Next:")
        assert clerk.screen.rstrip() == "Next:"


@pytest.mark.parametrize("above", [0, 22, 30])
@pytest.mark.parametrize("asked", ["CLAIM #: K1", "CLAIM #: ".ljust(150, "K")])
async def test_a_question_whose_answer_is_being_looked_up_stays_above_the_line(
    above: int, asked: str
) -> None:
    call = Call()

    async def talk(terminal: Terminal) -> None:
        terminal.paper.open(0)
        for number in range(above):
            terminal.paper.line(f"line {number}")
        terminal.paper.write(asked)
        await in_thread(terminal, call.run, LINE)
        terminal.paper.write(f"{asked}  >>known")
        terminal.paper.new_line()
        await terminal.read_line("Next: ")

    clerk = Clerk(talk)
    async with clerk.started():
        await clerk.until(LINE)
        said = [f"line {number}" for number in range(above)]
        written = broken(f"{asked}  >>known", 80)
        assert LINE in clerk.screen and all(row in clerk.screen for row in broken(asked, 80))
        call.go.set()
        await clerk.until("Next:")
        assert clerk.screen.rstrip().splitlines() == [*said, *written, "Next:"][-24:]


async def test_keys_typed_meanwhile_answer_the_next_question() -> None:
    call = Call()
    clerk = call.clerk()
    async with clerk.started():
        await clerk.until(LINE)
        clerk.keys.feed("next^\n")
        call.go.set()
        assert await clerk.result() == "found next^"


async def test_a_caret_before_the_line_stood_stops_nothing() -> None:
    call = Call()
    clerk = call.clerk()
    clerk.keys.feed("^\n")
    async with clerk.started():
        await clerk.until(LINE)
        call.go.set()
        assert await clerk.result() == "found ^"
    assert not call.stop.is_set()


async def test_a_caret_as_the_first_unread_key_breaks_off_and_tells_the_call() -> None:
    call = Call()
    clerk = call.clerk()
    async with clerk.started():
        await clerk.until(LINE)
        clerk.keys.feed("^")
        with pytest.raises(Cancelled):
            await clerk.result()
        assert LINE not in clerk.screen
    assert call.stop.is_set()
    call.go.set()


async def test_control_c_breaks_off_at_any_time_and_empties_the_keyboard() -> None:
    call = Call()
    clerk = call.clerk()
    async with clerk.started():
        clerk.keys.feed("typed ahead\n")
        clerk.interrupt()
        with pytest.raises(Cancelled):
            await clerk.result()
    assert not clerk.keys.pending
    assert call.stop.is_set()
    call.go.set()


async def test_a_posting_is_always_waited_for() -> None:
    call = Call()
    clerk = call.clerk(uncancellable=True)
    async with clerk.started():
        await clerk.until(LINE)
        clerk.keys.feed("^\n")
        clerk.interrupt()
        clerk.keys.feed("y\n")
        call.go.set()
        assert await clerk.result() == "found y"
    assert not call.stop.is_set()


async def test_what_the_call_raises_is_raised_here() -> None:
    def fail() -> str:
        raise LookupError("no such ERA")

    async def talk(terminal: Terminal) -> str:
        return await in_thread(terminal, fail, LINE)

    clerk = Clerk(talk)
    async with clerk.started():
        with pytest.raises(LookupError, match="no such ERA"):
            await clerk.result()
