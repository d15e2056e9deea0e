"""Showing a list until the clerk leaves it."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from screens.list_manager.desk import Desk
from screens.list_manager.lists.actions import Action, After
from screens.list_manager.lists.call import Call
from screens.list_manager.lists.loop import Build, ListLoop
from screens.list_manager.lists.template import Template

S = TypeVar("S")


async def show_list(
    desk: Desk,
    template: Template,
    state: S,
    build: Build,
    actions: Sequence[Action[S] | None],
    *,
    bare_number: Callable[[S, Call], Awaitable[After | None]] | None = None,
) -> None:
    """Shows a list until the clerk leaves it.

    `build` gives what the list shows, at the start and after an action that changed it. `actions` are run
    with `state`. A bare number puts the marker on that entry, or runs `bare_number` with it.
    Raises LeaveAll for `^^` and Jump for `^option`.
    """
    await ListLoop(desk, template, state, build, actions, bare_number).run()
