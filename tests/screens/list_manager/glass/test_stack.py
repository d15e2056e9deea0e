"""The screens that lie on each other: what is below stays as it is, and nothing is shown of what is passed."""

import asyncio
from collections.abc import Sequence

import pytest

from screens.list_manager.actions import Action, After
from screens.list_manager.desk import Desk, DeskSettings
from screens.list_manager.glass.glass import Attribute
from screens.list_manager.glass.keys import Key
from screens.list_manager.glass.leaving import Abandoned, LeaveAll
from screens.list_manager.glass.screen import FirstScreen, GlassScreen, RollScreen
from screens.list_manager.glass.terminal import Terminal
from screens.list_manager.lists.call import Call
from screens.list_manager.lists.list_screen import ListScreen
from screens.list_manager.lists.source import Lines
from screens.list_manager.lists.template import Contents, Template
from services.errors import Refused
from tests.screens.list_manager.clerk import Clerk
from tests.terminal.sample_desk import NOW


class Numbers(ListScreen[Desk]):
    """A list of so many numbers, which opens another list of itself."""

    template = Template("Numbers", top=4, bottom=20, entity="#")

    def __init__(self, desk: Desk, depth: int = 1) -> None:
        super().__init__(desk)
        self.depth = depth
        self.built = 0

    async def build(self) -> Contents:
        if self.depth > 3:
            raise Refused("THIS IS DEEP ENOUGH.")
        self.built += 1
        lines = Lines()
        for number in range(1, 51):
            lines.entry(f"{number:<4}of list {self.depth}, built {self.built}")
        return Contents(source=lines)

    async def deeper(self, call: Call) -> After:
        """Opens the next list; says what it said."""
        await self.desk.show(Numbers(self.desk, self.depth + 1))
        self.desk.say(f"BACK ON LIST {self.depth}")
        await self.desk.ask.pause()
        return After.REPAINT

    async def away(self, call: Call) -> After:
        """Opens the next list, and comes back without a word."""
        await self.desk.show(Numbers(self.desk, self.depth + 1))
        return After.REPAINT

    actions = (
        Action("Deeper", run=deeper, help="Opens the next list."),
        Action("Away", run=away, help="Opens the next list and says nothing."),
    )


def at_numbers(failures: list[Exception] | None = None) -> Clerk[None]:
    """A clerk in front of the first list; what it was left by is noted."""

    async def talk(terminal: Terminal) -> None:
        terminal.paper.line("BEFORE THE LIST")
        desk = Desk(terminal, DeskSettings(now=lambda: NOW))
        try:
            await desk.show(Numbers(desk))
        except (LeaveAll, Abandoned) as left:
            if failures is not None:
                failures.append(left)
        await desk.ask.text("AFTER THE LIST")

    return Clerk(talk)


def depths(clerk: Clerk[None]) -> Sequence[int]:
    """Which lists are open, from the bottom up."""
    assert isinstance(clerk.stack.screens[0], FirstScreen)
    return [screen.depth for screen in clerk.stack.screens if isinstance(screen, Numbers)]


async def test_what_lies_below_keeps_its_page_its_marker_and_its_contents() -> None:
    async with at_numbers() as clerk:
        await clerk.types("+\n")
        marked = await clerk.press("down")
        below = clerk.on_top
        await clerk.types("AWAY\n+\n+\n")
        assert depths(clerk) == [1, 2]
        assert "of list 2" in clerk.screen
        assert isinstance(below, Numbers)
        assert (below.page, below.marker, below.built) == (2, 18, 1)
        assert clerk.below.splitlines()[:20] == marked.splitlines()[:20]
        assert await clerk.types("^\n") == marked
        assert clerk.on_top is below
        assert clerk.glass.rows[3].attributes[0] == Attribute.REVERSE


async def test_what_is_said_after_another_screen_begins_on_an_empty_one() -> None:
    async with at_numbers() as clerk:
        await clerk.types("DEEPER\n")
        assert (await clerk.types("^\n")).strip() == "BACK ON LIST 1\nEnter RETURN to continue:"
        assert "of list 1" in await clerk.types("\n")


async def test_a_screen_that_cannot_be_opened_never_lies_on_top() -> None:
    async with at_numbers() as clerk:
        await clerk.types("AWAY\nAWAY\n")
        assert "THIS IS DEEP ENOUGH." in await clerk.types("AWAY\n")
        assert depths(clerk) == [1, 2, 3]
        assert [screen.depth for screen in clerk.opened if isinstance(screen, Numbers)] == [1, 2, 3]


async def test_nothing_is_shown_of_the_screens_that_are_passed_on_the_way_out() -> None:
    left: list[Exception] = []
    async with at_numbers(left) as clerk:
        await clerk.types("AWAY\nAWAY\n")
        seen: list[str] = []
        clerk.watch(lambda: seen.append(clerk.screen))
        await clerk.types("^^\n")
        assert [type(each) for each in left] == [LeaveAll]
        assert depths(clerk) == []
        after = [screen for screen in seen if "of list 3" not in screen]
        assert after and not any("of list" in screen for screen in after)
        assert clerk.screen.strip() == "AFTER THE LIST:"


async def test_a_way_typed_in_one_burst_is_the_same_as_key_by_key() -> None:
    journey = "+\nAWAY\n-\nDEEPER\nGO=3\n^\n\nUP\nFS\n"
    async with at_numbers() as clerk:
        for key in journey:
            await clerk.types(key)
        slowly, stack = clerk.screen, depths(clerk)
    async with at_numbers() as clerk:
        assert await clerk.types(journey) == slowly
        assert depths(clerk) == stack == [1, 2]


async def test_a_larger_window_is_that_of_the_screens_below_too() -> None:
    async with at_numbers() as clerk:
        await clerk.types("AWAY\n")
        clerk.stack.resize(43, 100)
        await clerk.press("resized")
        assert clerk.row(39).startswith("36  of list 2")
        await clerk.types("^\n")
        assert clerk.row(39).startswith("36  of list 1")


async def test_a_bell_that_has_not_rung_rings_on_the_next_screen() -> None:
    async with at_numbers() as clerk:
        clerk.on_top.glass.ring()
        await clerk.types("AWAY\n")
        assert clerk.glass.bells == 1
        assert clerk.stack.screens[1].glass.bells == 0
        await clerk.types("^\n")
        assert clerk.glass.bells == 1


async def test_screens_of_the_roll_write_on_one_roll() -> None:
    class Question(RollScreen[str]):
        def __init__(self, desk: Desk) -> None:
            super().__init__("Question")
            self.desk = desk

        async def run(self) -> str:
            return await self.desk.ask.text("NAME")

    async def talk(terminal: Terminal) -> None:
        desk = Desk(terminal, DeskSettings(now=lambda: NOW))
        desk.say("FIRST")
        name = await desk.show(Question(desk))
        desk.say(f"IT IS {name}")
        await desk.ask.pause()

    async with Clerk(talk) as clerk:
        assert clerk.on_top.title == "Question"
        assert clerk.screen.strip() == "FIRST\nNAME:"
        screen = await clerk.types("ANNA\n")
        assert screen.strip() == "FIRST\nNAME: ANNA\nIT IS ANNA\nEnter RETURN to continue:"


async def test_only_the_screen_on_top_can_be_left() -> None:
    class Waiting(GlassScreen[None]):
        def __init__(self) -> None:
            super().__init__()
            self.go = asyncio.Event()

        async def run(self) -> None:
            await self.go.wait()

    async def talk(terminal: Terminal) -> None:
        lower, upper = Waiting(), Waiting()
        below = asyncio.create_task(terminal.stack.show(lower))
        await asyncio.sleep(0)
        above = asyncio.create_task(terminal.stack.show(upper))
        await asyncio.sleep(0)
        lower.go.set()
        with pytest.raises(AssertionError, match="another one lay on it"):
            await below
        upper.go.set()
        await asyncio.wait([above])

    clerk = Clerk(talk).started()
    async with clerk:
        clerk.keys.put(Key("enter"))
        await clerk.result()
