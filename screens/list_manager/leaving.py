"""The ways out of a question or a screen other than answering it."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from screens.list_manager.options import MenuOption


class Abandoned(Exception):
    """The clerk typed `^`: the whole act is left and nothing has changed."""


class Cancelled(Abandoned):
    """The clerk broke off: Ctrl-C, or `^` while a progress line stood; its result is dropped."""


class LeaveAll(Exception):
    """The clerk typed `^^`: every open screen is left, back to the first menu."""


class Jump(Exception):
    """The clerk typed `^option`: the screens and menus are left and the option is opened."""

    def __init__(self, option: "MenuOption[Any]") -> None:
        super().__init__(option.name)
        self.option = option
