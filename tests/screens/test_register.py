"""The register of the screens: what is declared once is found everywhere, and what is locked is refused."""

import importlib
import pkgutil
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from textual.screen import Screen

import screens
from screens import destinations, house
from screens.actions_paper import actions_paper
from screens.destinations import Destination
from screens.house import SCREENS, WAYS
from screens.list_manager.actions import Action, After, later
from screens.list_manager.desk import Desk, DeskSettings
from screens.list_manager.glass.screen import GlassScreen
from screens.list_manager.glass.terminal import Terminal
from screens.list_manager.lists.call import Call
from screens.list_manager.lists.list_actions import ListAction, lint
from screens.list_manager.lists.list_screen import ListScreen
from screens.list_manager.lists.source import Lines
from screens.list_manager.lists.template import Contents
from screens.list_manager.menus.menus import Menus
from screens.list_manager.menus.rows import lint as lint_menus
from screens.list_manager.options import Menu
from screens.scratchpad.split_screen import SplitScreen
from tests.screens.list_manager.clerk import Clerk
from tests.terminal.sample_desk import NOW

LOCKED = [
    pytest.param(screen, action, id=f"{screen.template.title}: {action.name}")
    for screen in SCREENS
    for action in (*screen.actions, *screen.beside)
    if action is not None and action.key is not None
]


def in_front_of(
    screen: type[ListScreen[Any]], actions: Sequence[ListAction[Any] | None], *keys: str
) -> Clerk[None]:
    """A clerk who holds these keys, in front of an empty list with the frame of a screen and these actions."""
    declared = actions

    class Bare(ListScreen[Desk]):
        template = screen.template
        actions = declared

        async def build(self) -> Contents:
            lines = Lines()
            lines.plain("NOTHING HERE")
            return Contents(source=lines)

    async def talk(terminal: Terminal) -> None:
        desk = Desk(terminal, DeskSettings(now=lambda: NOW, keys_held=lambda: keys))
        await desk.show(Bare(desk))

    return Clerk(talk)


def test_everything_that_is_declared_is_well_made() -> None:
    assert house.lint() == []


def test_there_is_a_way_to_every_destination_and_every_list_is_registered() -> None:
    for module in pkgutil.walk_packages(screens.__path__, "screens."):
        importlib.import_module(module.name)
    named = [each for each in vars(destinations).values() if isinstance(each, Destination)]
    assert named and [each.name for each in named if each not in WAYS] == []
    assert set(SCREENS) == {
        screen for screen in lists(ListScreen) if screen.__module__.startswith("screens.")
    } - {base for screen in SCREENS for base in screen.__mro__[1:]}


def lists(screen: type[GlassScreen[Any]]) -> set[type[Any]]:
    """All classes of screens below one."""
    return {screen, *(each for below in screen.__subclasses__() for each in lists(below))}


def test_no_screen_hides_something_of_textual_by_accident() -> None:
    ours = {"AUTO_FOCUS", "DEFAULT_CSS", "compose"}
    textual = (set(dir(Screen)) | set(vars(Screen()))) - ours
    hidden = {
        f"{screen.__name__}.{name}"
        for screen in lists(GlassScreen)
        for name in vars(screen)
        if not name.startswith("__") and name in textual and name not in _MADE_BY_TEXTUAL
    }
    assert hidden == set()


#: What Textual's metaclass writes into every class of widgets.
_MADE_BY_TEXTUAL = {name for name in vars(type("Plain", (GlassScreen,), {})) if not name.startswith("__")}


@pytest.mark.parametrize(("screen", "action"), LOCKED)
async def test_a_locked_action_is_refused_without_its_key(
    screen: type[ListScreen[Any]], action: ListAction[Any]
) -> None:
    async with in_front_of(screen, (action,)) as clerk:
        assert f"({action.label})" in clerk.screen
        for typed in filter(None, (action.name, action.synonym)):
            screen_then = await clerk.types(f"{typed}\n")
            assert f">>>  {action.label} may not be selected at this point." in screen_then
            assert f"It needs the security key {action.key}." in screen_then
            await clerk.types("+\n")


async def tally(screen: ListScreen[Desk], call: Call) -> After:
    """What the dummy does."""
    screen.desk.say("TALLIED")
    await screen.desk.ask.pause()
    return After.REPAINT


TALLY: ListAction[Any] = Action(
    "Tally Lines", "T", help="Counts what stands here.", key="TALLY KEY", run=tally
)


async def test_an_action_that_is_declared_is_found_everywhere() -> None:
    actions: Sequence[ListAction[Any]] = [
        *(replace(each, available=None) for each in SplitScreen.actions),
        TALLY,
    ]
    async with in_front_of(SplitScreen, actions, "TALLY KEY") as clerk:
        assert "T Tally Lines" in clerk.screen
        assert "TALLIED" in await clerk.types("T\n")
        await clerk.types("\n")
        assert "TALLIED" in await clerk.types("tally\n")
        await clerk.types("\n")
        for key in ("?\n", "f1"):
            shown = await (clerk.types(key) if key.endswith("\n") else clerk.press(key))
            assert shown.count("T Tally Lines") == 1
            await clerk.types("\n")
        assert "Tally Lines               Counts what stands here." in await clerk.types("??\n")
    async with in_front_of(SplitScreen, actions) as clerk:
        assert "T (Tally Lines)" in clerk.screen
        assert "It needs the security key TALLY KEY." in await clerk.types("T\n")
    assert lint(SplitScreen.template, actions) == []
    assert lint(SplitScreen.template, (*actions, TALLY)) != []

    class Tallied(ListScreen[Desk]):
        template = SplitScreen.template

    Tallied.actions = actions
    assert "\n| Tally Lines | `T` | TALLY KEY | Counts what stands here. |\n" in actions_paper(
        screens=(Tallied,)
    )


async def test_an_option_that_is_declared_is_found_everywhere() -> None:
    async def count(desk: Desk) -> None:
        desk.say("COUNTED")

    menu: Menu[Desk] = Menu(
        "Few",
        options=(
            Action("Count Lines", "CL", help="Counts.", key="COUNT KEY", run=count),
            later("Weigh Lines", "WE", help="Weighs."),
        ),
    )

    def at_menu(*keys: str) -> Clerk[None]:
        async def talk(terminal: Terminal) -> None:
            await Menus(Desk(terminal, DeskSettings(now=lambda: NOW, keys_held=lambda: keys)), menu).run()

        return Clerk(talk)

    async with at_menu("COUNT KEY") as clerk:
        assert "   CL     Count Lines\n   WE     (Weigh Lines)\n" in clerk.screen
        assert "COUNTED" in await clerk.types("CL\n")
        assert "COUNTED" in await clerk.types("^count\n")
        shown = await clerk.types("??\n")
        assert "   CL     Count Lines\n             **> Locked with COUNT KEY\n" in shown
        assert "\n   In this release: Count Lines (CL).\n" in shown
        assert "Count Lines: Counts." in await clerk.types("???\n")
        assert "Weigh Lines is not in this release." in await clerk.types("WE\n")
    async with at_menu() as clerk:
        assert "Count" not in clerk.screen
        assert "Option: CL  ??" in await clerk.types("CL\n")
        assert "There is no option CL." in await clerk.types("^CL\n")
        assert "Nothing on this menu is in this release." in await clerk.types("??\n")
    assert lint_menus(menu) == []
    paper = actions_paper(menu, ())
    assert "\n| Count Lines | `CL` | COUNT KEY | Counts. |\n" in paper
    assert "\n- Few: Weigh Lines (WE): is not in this release.\n" in paper
