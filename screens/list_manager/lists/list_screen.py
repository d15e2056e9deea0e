"""A screen that shows a list: the base class of all lists."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from screens.list_manager.desk import Desk
from screens.list_manager.glass.screen import GlassScreen
from screens.list_manager.lists.actions import Action, After
from screens.list_manager.lists.call import Call, ListOnScreen
from screens.list_manager.lists.loop import Build, ListLoop
from screens.list_manager.lists.template import Contents, Template

D = TypeVar("D", bound=Desk)
S = TypeVar("S")


class ListScreen(GlassScreen[None], Generic[D]):
    """One list while it is open. A list of its own declares `template` and `actions` and says what it shows.

    Opening it raises LeaveAll for `^^`, Jump for `^option`, and what the first `build` refuses.
    """

    template: ClassVar[Template]
    actions: ClassVar[Sequence[Action[Any] | None]] = ()

    def __init__(self, desk: D) -> None:
        super().__init__(self.template.title)
        self.desk = desk
        self.listed = ListOnScreen(desk, self.template, self.glass)
        self._loop: ListLoop[Any] = ListLoop(self.listed, self, self.build, self.actions, self.number)

    async def build(self) -> Contents:
        """What the list shows: asked for before it is opened, and after an action that changed it."""
        raise NotImplementedError

    async def number(self, call: Call) -> After | None:
        """What a bare number does: it puts the marker on that entry."""
        self.listed.view.mark(await call.entry())
        return After.REPAINT

    @property
    def contents(self) -> Contents:
        """What the list shows now."""
        return self.listed.contents

    @property
    def page(self) -> int:
        """The page of the list that is seen, counted from 1."""
        return self.listed.view.page

    @property
    def marker(self) -> int | None:
        """The entry the marker is on; None when it is off."""
        return self.listed.view.marker

    async def prepare(self) -> None:
        await self._loop.prepare()

    async def run(self) -> None:
        await self._loop.run()


async def show_list(
    desk: Desk,
    template: Template,
    state: S,
    build: Build,
    actions: Sequence[Action[S] | None],
    *,
    bare_number: Callable[[S, Call], Awaitable[After | None]] | None = None,
) -> None:
    """Shows a list of a state that is no screen itself."""

    class StateScreen(ListScreen[Desk]):
        async def build(self) -> Contents:
            return await build()

        async def number(self, call: Call) -> After | None:
            return await super().number(call) if bare_number is None else await bare_number(state, call)

    StateScreen.template = template
    screen = StateScreen(desk)
    screen._loop = ListLoop(screen.listed, state, build, actions, screen.number)
    await desk.show(screen)
