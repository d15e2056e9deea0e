"""The screens of the menus: one menu, and what one option asks and says."""

from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from screens.list_manager.glass.screen import RollScreen
from screens.list_manager.options import MenuOption

D = TypeVar("D")


class MenuScreen(RollScreen[None], Generic[D]):
    """One menu until it is left."""

    def __init__(self, menu: MenuOption[D], work: Callable[[MenuOption[D]], Awaitable[None]]) -> None:
        super().__init__(menu.name)
        self.menu = menu
        self._work = work

    async def run(self) -> None:
        await self._work(self.menu)


class OptionScreen(RollScreen[None], Generic[D]):
    """What an option asks and says, under the menu it was chosen from; lists that it opens lie on it."""

    def __init__(self, option: MenuOption[D], work: Callable[[MenuOption[D]], Awaitable[None]]) -> None:
        super().__init__(option.name)
        self.option = option
        self._work = work

    async def run(self) -> None:
        await self._work(self.option)
