"""What `?`, `??` and F1 print at Select Action (`screens.md` 0.8)."""

import textwrap
from collections.abc import Awaitable, Iterator, Sequence
from typing import TypeVar

from screens.list_manager.asking.pager import Device, print_on_screen
from screens.list_manager.asking.questions import Pause
from screens.list_manager.lists import hidden
from screens.list_manager.lists.call import ListOnScreen
from screens.list_manager.lists.list_actions import ListAction
from screens.list_manager.lists.template import SCREEN_WIDTH
from services.reports.sheets import Print

S = TypeVar("S")
_NAME = 26


async def explain(
    listed: ListOnScreen,
    actions: Sequence[ListAction[S] | None],
    beside: Sequence[ListAction[S]] = (),
    *,
    full: bool,
) -> None:
    """Prints the actions and waits for RETURN.

    `?` (and F1) prints the menu under the answer, below the bar, after what is to be said of the entry under
    the marker. `??` takes the whole screen, and adds what each action does, and the hidden ones.
    """
    ask, marker, about = listed.desk.ask, listed.view.marker, listed.contents.explain
    if full:
        await print_on_screen(ask, Print(_everything(listed, actions, beside)), Device())
        return
    if about is not None and marker is not None:
        said = about(marker)
        ask.say(*(await said if isinstance(said, Awaitable) else said), "")
    ask.say(*listed.rows)
    await ask.pause(Pause.END_OF_PAGE)


def _everything(
    listed: ListOnScreen, actions: Sequence[ListAction[S] | None], beside: Sequence[ListAction[S]]
) -> Iterator[str]:
    """The menu, what each of its actions does, those that are typed without standing there, and the hidden ones."""
    yield from listed.rows
    yield ""
    width = max(min(listed.desk.terminal.glass.width, SCREEN_WIDTH) - _NAME, 10)
    named = [(action.label, action) for action in actions if action is not None]
    named += [(f"{action.synonym:<4}{action.label}", action) for action in beside]
    for name, action in named:
        first, *others = textwrap.wrap(action.help, width) or [""]
        yield f"{name:<{_NAME}}{first}"
        yield from (f"{'':{_NAME}}{line}" for line in others)
    yield ""
    yield from hidden.listing()
