"""The menu driver: all menus of a desk, the options that are opened from them, and the jumps between them."""

from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

from screens.list_manager.actions import find_named
from screens.list_manager.asking.questions import Pause
from screens.list_manager.desk import Desk
from screens.list_manager.glass.leaving import Abandoned, LeaveAll
from screens.list_manager.glass.screen import RollScreen
from screens.list_manager.menus.menu_screen import MenuScreen, Tree
from screens.list_manager.options import Jump, Menu, MenuOption
from services.errors import LockboxError, Refused

D = TypeVar("D", bound=Desk)


class OptionScreen(RollScreen[None], Generic[D]):
    """What an option asks and says, under the menu it was chosen from; lists that it opens lie on it."""

    def __init__(self, desk: D, option: MenuOption[D]) -> None:
        super().__init__(option.name)
        self.desk = desk
        self.option = option

    async def run(self) -> None:
        try:
            if self.option.run is not None:
                await self.option.run(self.desk)
        except Abandoned:
            return
        except (Refused, LockboxError) as refusal:
            self.desk.ask.refuse(refusal)
            self.desk.say()
            await self.desk.ask.pause(Pause.MESSAGE)


class FirstMenu(MenuScreen[D]):
    """The first menu: `^^` and every jump come back to it, and leaving it ends the session."""

    async def run(self) -> None:
        jump: Jump | None = None
        while True:
            try:
                if jump is not None:
                    option, jump = jump.option, None
                    await self._tree.visit(option)
                await super().run()
                self.desk.say()
                if await self.desk.ask.yes_no("Do you really want to halt? ", default=True):
                    return
            except Jump as jumped:
                jump = jumped
            except (LeaveAll, Abandoned):
                continue


class Menus(Tree[D]):
    """All menus, from the first one down."""

    def __init__(self, desk: D, root: Menu[D]) -> None:
        self.last = None
        self._desk = desk
        self._root = root
        desk.options = self

    async def run(self) -> None:
        """Shows the first menu until the clerk halts."""
        await self._desk.show(FirstMenu(self._desk, self, self._root))

    def open_in(self, menu: Menu[D]) -> list[MenuOption[D]]:
        return [option for option in menu.options if self._desk.holds(option.key)]

    def everywhere(self) -> list[MenuOption[D]]:
        return list(self._below(self._root))

    def _below(self, menu: Menu[D]) -> Iterator[MenuOption[D]]:
        for option in self.open_in(menu):
            yield option
            if isinstance(option, Menu):
                yield from self._below(option)

    async def choose(self, words: str) -> MenuOption[D]:
        fits = find_named(self.everywhere(), words)
        if not fits:
            raise Refused(f"There is no option {words}.")
        option = fits[0] if len(fits) == 1 else await self.one_of(fits)
        if (why_not := option.refusal(self._desk)) is not None:
            raise Refused(why_not)
        return option

    async def one_of(self, fits: Sequence[MenuOption[D]]) -> MenuOption[D]:
        names = [option.name for option in fits]
        for number, option in enumerate(fits, 1):
            # The same name in two menus is told apart by its synonym.
            synonym = f"  {option.synonym}" if names.count(option.name) > 1 else ""
            self._desk.say(f"{number:>5}    {option.name}{synonym}")
        chosen = await self._desk.ask.choose(len(fits))
        if chosen is None:
            raise Abandoned
        return fits[chosen - 1]

    async def visit(self, option: MenuOption[D]) -> None:
        if isinstance(option, Menu):
            await self._desk.show(MenuScreen(self._desk, self, option))
        else:
            await self._desk.show(OptionScreen(self._desk, option))
