"""Textual's own stack of screens: what a clerk has open, and what lies below it, asked as Pilot tests ask."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest

from lockbox_tui.terminal.app import TerminalApp, screen_text
from models.store import Store
from screens.list_manager.asking.pager import PrintScreen
from screens.list_manager.glass.terminal import Terminal
from screens.list_manager.menus.menu_screen import MenuScreen
from screens.list_manager.menus.menus import Menus, OptionScreen
from screens.menus import CLERKS_MENU
from screens.receipts.receipt_preview import PreviewScreen
from screens.scratchpad.scratch_pad import ScratchPadScreen
from screens.worklist.era_list import EraListScreen
from services.office.actor import Actor
from tests.screens.era_site import Eras, fill
from tests.screens.seat import desk_of
from tests.stores import FixedClock

T = TypeVar("T")
TO_THE_LIST = "ED\nWL\n\nB\n\n\n\n"
TO_THE_PAD = f"{TO_THE_LIST}SE=2\n\n"


@pytest.fixture
def eras(site: Store, actor: Actor, clock: FixedClock) -> Eras:
    """A site with an ERA of each kind."""
    return fill(site, actor, clock)


class AtTheMenus:
    """A clerk of the test's site, in the app."""

    def __init__(self, store: Store, actor: Actor) -> None:
        self._store = store
        self._actor = actor

    async def run(self, terminal: Terminal) -> int:
        await Menus(desk_of(terminal, self._store, self._actor), CLERKS_MENU).run()
        return 0

    async def leave(self) -> None:
        return None


Types = Callable[[str], Awaitable[None]]


def typing_in(app: TerminalApp, pause: Callable[[], Awaitable[None]]) -> Types:
    """Types keys in one burst, and waits until all are read and the screen is painted."""

    async def types(keys: str) -> None:
        app.keys.feed(keys)
        await app.keys.read_out()
        await pause()

    return types


def names(app: TerminalApp) -> list[str | None]:
    """The titles of the open screens, from the bottom up."""
    return [screen.title for screen in app.screen_stack]


def on_top(app: TerminalApp, kind: type[T]) -> T:
    """The screen on top, which is of this kind."""
    screen: object = app.screen
    assert isinstance(screen, kind)
    return screen


async def test_the_open_screens_are_those_of_textual(site: Store, actor: Actor, eras: Eras) -> None:
    app = TerminalApp(AtTheMenus(site, actor))
    async with app.run_test(size=(80, 24)) as pilot:
        types = typing_in(app, pilot.pause)
        await types("")
        on_top(app, MenuScreen)
        assert names(app) == [None, "Clerk's AR Menu"]
        await types("ED\nWL\n")
        on_top(app, OptionScreen)
        assert "DO YOU WANT A (L)IST OF ERAs OR A (S)PECIFIC ONE?: LIST//" in screen_text(app)
        await types("\nB\n\n\n\n")
        listed = on_top(app, EraListScreen)
        assert listed.template.title == "ERA List - Worklist"
        await types("+\n")
        await pilot.press("down", "down")
        await app.keys.read_out()
        page, marker, contents = listed.page, listed.marker, listed.contents
        assert marker == 4
        await types("SE=2\n\n")
        pad = on_top(app, ScratchPadScreen)
        assert pad.era_number == eras.check_chosen
        assert names(app) == [
            None,
            "Clerk's AR Menu",
            "EDI Lockbox",
            "EEOB Worklist",
            "ERA List - Worklist",
            "EEOB Worklist/Scratch Pad",
        ]
        assert tuple(app.screen_stack) == app.stack.screens
        assert app.screen_stack[-2] is listed
        assert (listed.page, listed.marker, listed.contents) == (page, marker, contents)
        await types("LOOK\n")
        on_top(app, PreviewScreen)
        await types("??\n")
        on_top(app, PrintScreen)
        await types("^\n^\n")
        assert on_top(app, ScratchPadScreen) is pad
        await types("^\n")
        assert app.screen is listed
        assert (listed.page, listed.marker) == (page, marker)
        assert screen_text(app) == listed.glass.as_text()
        await types("^\n")
        assert names(app)[-1] == "EDI Lockbox"
        app.keys.feed("\n\n\n")
    await app.end_session()
    assert app.status == 0


async def test_two_carets_walk_the_whole_stack(site: Store, actor: Actor, eras: Eras) -> None:
    app = TerminalApp(AtTheMenus(site, actor))
    async with app.run_test(size=(80, 24)) as pilot:
        types = typing_in(app, pilot.pause)
        await types(TO_THE_PAD)
        on_top(app, ScratchPadScreen)
        await types("^^\n")
        assert names(app) == [None, "Clerk's AR Menu"]
        assert screen_text(app).rstrip().endswith("Select Clerk's AR Menu Option:")
        await types("^WL\n")
        assert names(app) == [None, "Clerk's AR Menu", "EEOB Worklist"]
        await types("^\n")
        assert names(app) == [None, "Clerk's AR Menu"]
        app.keys.feed("\n\n")
    await app.end_session()


async def test_a_burst_opens_the_same_screens_as_one_key_after_the_other(
    site: Store, actor: Actor, eras: Eras
) -> None:
    seen = []
    for burst in (True, False):
        app = TerminalApp(AtTheMenus(site, actor))
        async with app.run_test(size=(80, 24)) as pilot:
            types = typing_in(app, pilot.pause)
            for keys in [TO_THE_PAD] if burst else TO_THE_PAD:
                await types(keys)
            seen.append((names(app), screen_text(app)))
            app.keys.feed("^^\n\n\n")
        await app.end_session()
    assert seen[0] == seen[1]


async def test_a_session_that_is_ended_from_outside_waits_for_no_screen(
    site: Store, actor: Actor, eras: Eras
) -> None:
    app = TerminalApp(AtTheMenus(site, actor))
    async with app.run_test(size=(80, 24)) as pilot:
        await typing_in(app, pilot.pause)(TO_THE_PAD)
        app.leave(129)
    await app.end_session()
    assert app.status == 129
    assert [type(screen).__name__ for screen in app.stack.screens] == ["FirstScreen"]
