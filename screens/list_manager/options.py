"""The options of the menus: actions done at the desk, and the menus they stand in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from screens.list_manager.actions import Action

D = TypeVar("D")

MenuOption = Action[D, []]


@dataclass(frozen=True)
class Menu(Action[D, []]):
    """A menu, which is itself an option of the menu above it."""

    options: Sequence[Action[D, []]] = ()

    def everywhere(self) -> Iterator[MenuOption[D]]:
        """The options of this menu and of those below it."""
        for option in self.options:
            yield option
            if isinstance(option, Menu):
                yield from option.everywhere()


class Jump(Exception):
    """The clerk typed `^option`: the screens and menus are left and the option is opened."""

    def __init__(self, option: MenuOption[Any]) -> None:
        super().__init__(option.name)
        self.option = option


class OptionTree(Protocol):
    """The menus, as far as `^option` needs them; the menu driver puts itself on the desk."""

    async def choose(self, words: str) -> MenuOption[Any]:
        """The option that the words name, of several the one the clerk chooses.

        Raises Refused with the sentence that says why there is none, Abandoned when none is chosen.
        """

    async def visit(self, option: MenuOption[Any]) -> None:
        """Opens that option and returns when it is left; `^^` in it goes on to the first menu."""
