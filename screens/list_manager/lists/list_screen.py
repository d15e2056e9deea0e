"""A screen that shows a list: the base class of all lists."""

from collections.abc import Sequence
from typing import Any, ClassVar, Generic, TypeVar

from screens.list_manager.actions import After
from screens.list_manager.desk import Desk
from screens.list_manager.glass.screen import GlassScreen
from screens.list_manager.lists.call import Call, ListOnScreen
from screens.list_manager.lists.list_actions import ListAction
from screens.list_manager.lists.loop import ListLoop
from screens.list_manager.lists.template import Contents, Template

D = TypeVar("D", bound=Desk)


class ListScreen(GlassScreen[None], Generic[D]):
    """One list while it is open. A list of its own declares `template` and `actions` and says what it shows.
    Actions `beside` those have no place in VistA's table: they are typed in full, and `??` lists them.
    One with a `wide` form says in its contents for which of the two, `listed.form`, they are built.

    Opening it raises LeaveAll for `^^`, Jump for `^option`, and what the first `build` refuses.
    """

    template: ClassVar[Template]
    wide: ClassVar[Template | None] = None
    actions: ClassVar[Sequence[ListAction[Any] | None]] = ()
    beside: ClassVar[Sequence[ListAction[Any]]] = ()

    def __init__(self, desk: D) -> None:
        super().__init__(self.template.title)
        self.desk = desk
        self.listed = ListOnScreen(desk, self.template, self.glass, self.wide)
        self._loop: ListLoop[Any] = ListLoop(
            self.listed, self, self.build, self.actions, self.number, self.beside
        )

    async def build(self) -> Contents:
        """What the list shows: asked for before it is opened, and after an action that changed it."""
        raise NotImplementedError

    async def number(self, call: Call) -> After | None:
        """What a bare number does: it puts the marker on that entry."""
        self.listed.view.mark(await call.entry())
        return After.REPAINT

    def do_at_once(self, words: str) -> None:
        """Lets the list begin with an action, when it has been painted, as if it had been typed there."""
        self._loop.at_once = words

    def refused(self, action: ListAction[Any]) -> str | None:
        """Why an action cannot be chosen now; None when it can."""
        return self._loop.refused(action)

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
