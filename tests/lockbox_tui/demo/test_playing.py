"""Typing a journey by itself: the right keys on the right screens, or a clear sentence."""

from collections.abc import Sequence

import pytest

from lockbox_tui.demo.playing import Played, Step, Stopped, play_at_once, play_slowly
from screens.list_manager.asking.dialogue import Ask
from screens.list_manager.glass.keys import RESIZED, Key, KeyQueue
from screens.list_manager.glass.stack import Stack
from screens.list_manager.glass.terminal import Terminal
from services.errors import LockboxError
from tests.screens.list_manager.clerk import TODAY

JOURNEY = (Step("FIRST NAME:", "ANNA"), Step("LAST NAME:", ""), Step("SURE?", "YES"))


class Questions:
    """A program of three questions, which keeps the answers."""

    def __init__(self) -> None:
        self.answers: list[object] = []

    async def run(self, terminal: Terminal) -> int:
        terminal.paper.open(0)
        ask = Ask(terminal, lambda: TODAY)
        self.answers.append(await ask.text("FIRST NAME", required=True))
        self.answers.append(await ask.text("LAST NAME", "SMITH"))
        self.answers.append(await ask.yes_no("ARE YOU SURE?"))
        return 0


class Hands:
    """A terminal with somebody at its keyboard."""

    def __init__(self) -> None:
        self.terminal = Terminal(Stack(), KeyQueue())

    async def watch(
        self, program: Questions, journey: Sequence[Step], *keys: Key, introduction: Sequence[str] = ()
    ) -> None:
        """Watches a journey and presses keys, one each time the demonstration lets one read."""
        for key in keys:
            self.terminal.keys.put(key)
        await play_slowly(program.run, journey, self.terminal, introduction=introduction)


async def test_every_screen_is_kept_with_what_was_typed_on_it() -> None:
    program = Questions()
    played = await play_at_once(program.run, JOURNEY)
    assert program.answers == ["ANNA", "SMITH", True]
    assert [each.typed for each in played] == ["ANNA", "", "YES"]
    assert played[1] == Played(played[1].screen, "")
    assert played[1].screen.splitlines()[:2] == ["FIRST NAME: ANNA", "LAST NAME: SMITH//"]
    assert len(played[0].screen.split("\n")) == 24


async def test_another_screen_than_expected_ends_the_demonstration_with_a_sentence() -> None:
    program = Questions()
    with pytest.raises(LockboxError, match="'MAIDEN NAME' is not on this screen:\nFIRST NAME: ANNA"):
        await play_at_once(program.run, (JOURNEY[0], Step("MAIDEN NAME", "X")))
    assert program.answers == ["ANNA"]


async def test_a_journey_that_ends_too_early_is_no_success() -> None:
    with pytest.raises(LockboxError, match="goes on after its end"):
        await play_at_once(Questions().run, JOURNEY[:2])


async def test_a_program_that_ends_too_early_is_no_success() -> None:
    with pytest.raises(LockboxError, match="lost its way"):
        await play_at_once(Questions().run, (*JOURNEY, Step("SURE?", "AGAIN")))


async def test_what_a_program_breaks_off_with_is_not_hidden() -> None:
    async def broken(terminal: Terminal) -> int:
        await terminal.read_line("NAME: ")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await play_at_once(broken, (Step("NAME:", "ANNA"), Step("NEXT:", "")))


async def test_on_a_terminal_any_key_goes_on_and_none_of_them_reaches_the_program() -> None:
    program, hands = Questions(), Hands()
    await hands.watch(program, JOURNEY, *(Key("x", "x") for _ in range(20)))
    assert program.answers == ["ANNA", "SMITH", True]
    assert "ARE YOU SURE?: YES" in hands.terminal.glass.as_text()


@pytest.mark.parametrize("key", [Key("^", "^"), Key("escape"), Key("ctrl+c")])
async def test_a_caret_or_an_interrupt_ends_it(key: Key) -> None:
    program = Questions()
    with pytest.raises(Stopped):
        await Hands().watch(program, JOURNEY, key)
    assert program.answers == []


async def test_a_resized_terminal_is_told_to_the_program_and_ends_nothing() -> None:
    program = Questions()
    await Hands().watch(program, JOURNEY, Key(RESIZED), *(Key("x", "x") for _ in range(20)))
    assert program.answers == ["ANNA", "SMITH", True]


async def test_the_introduction_stands_alone_until_a_key() -> None:
    hands = Hands()
    shown: list[str] = []
    hands.terminal.glass.changed = lambda: shown.append(hands.terminal.glass.as_text())
    keys = (Key("x", "x") for _ in range(20))
    await hands.watch(Questions(), JOURNEY, *keys, introduction=("THE MAIN JOB",))
    assert "THE MAIN JOB" in shown[0]
    assert "THE MAIN JOB" not in shown[-1]
