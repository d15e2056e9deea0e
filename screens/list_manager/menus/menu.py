"""The menus between the lists, as the menu driver prints and reads them (`screens.md` 22)."""

import textwrap
from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

from screens.list_manager.asking.questions import Pause
from screens.list_manager.desk import Desk
from screens.list_manager.glass.leaving import Abandoned, LeaveAll
from screens.list_manager.menus.menu_screen import MenuScreen, OptionScreen
from screens.list_manager.options import Jump, MenuOption, fitting
from services.errors import LockboxError, Refused

D = TypeVar("D", bound=Desk)
_HELP = "Enter ?? for more options, ??? for brief descriptions, ?OPTION for help text."
_MORE_HELP = "Enter ??? for brief descriptions, ?OPTION for help text."
_JUMPS = (
    "   ^NAME opens any option, ^^NAME opens it and comes back, ^^ goes to the",
    "   first menu.",
)
_PAGE = 22
_WIDTH = 79
_STOP = f"{'':15}Press 'RETURN' to continue, '^' to stop: "


class Menus(Generic[D]):
    """The menu driver: prints menus, reads options, and carries out the jumps."""

    def __init__(self, desk: D, root: MenuOption[D]) -> None:
        self._desk = desk
        self._root = root
        self._jump: MenuOption[D] | None = None
        self._last: MenuOption[D] | None = None
        desk.options = self

    def _open_options(self, menu: MenuOption[D]) -> list[MenuOption[D]]:
        return [option for option in menu.submenu if self._desk.holds(option.key)]

    def _everywhere(self, menu: MenuOption[D]) -> Iterator[MenuOption[D]]:
        for option in self._open_options(menu):
            yield option
            yield from self._everywhere(option)

    async def choose(self, words: str) -> MenuOption[D]:
        """The option of the whole tree that the words name, of several the one the clerk chooses.

        Raises Refused with the sentence that says why there is none, Abandoned when none is chosen.
        """
        fits = fitting(list(self._everywhere(self._root)), words)
        if not fits:
            raise Refused(f"There is no option {words}.")
        option = fits[0] if len(fits) == 1 else await self._one_of(fits)
        if option.note:
            raise Refused(option.note)
        return option

    async def visit(self, option: MenuOption[D]) -> None:
        """Opens that option and returns when it is left; `^^` in it goes on to the first menu."""
        if option.submenu:
            await self._desk.show(MenuScreen(option, self._menu))
        elif option.run is not None:
            await self._desk.show(OptionScreen(option, self._option))

    async def run(self) -> None:
        """Shows the first menu until the clerk halts."""
        await self._desk.show(MenuScreen(self._root, self._first_menu))

    async def _first_menu(self, root: MenuOption[D]) -> None:
        while True:
            try:
                if self._jump is not None:
                    option, self._jump = self._jump, None
                    await self.visit(option)
                await self._menu(root)
                self._desk.say()
                if await self._desk.ask.yes_no("Do you really want to halt? ", default=True):
                    return
            except Jump as jump:
                self._jump = jump.option
            except (LeaveAll, Abandoned):
                continue

    async def _option(self, option: MenuOption[D]) -> None:
        try:
            if option.run is not None:
                await option.run(self._desk)
        except Abandoned:
            return
        except (Refused, LockboxError) as refusal:
            self._desk.ask.refuse(refusal)
            self._desk.say()
            await self._desk.ask.pause(Pause.MESSAGE)

    async def _menu(self, menu: MenuOption[D]) -> None:
        """One menu until it is left by RETURN or `^`."""
        show = True
        while True:
            if show:
                await self._print(menu)
            self._desk.say()
            show = False
            typed = await self._read(menu)
            if typed.isspace():
                show = await self._again(menu)
                continue
            typed = typed.strip()
            if typed in ("", "^"):
                return
            if typed == "^^":
                raise LeaveAll
            if typed.startswith("^"):
                show = await self._jumped(menu, typed)
            elif typed.startswith("?"):
                show = await self._explain(menu, typed)
            elif (option := await self._picked(menu, typed)) is not None:
                if option.note:
                    self._desk.ask.wrong(option.note)
                else:
                    self._last = option
                    await self.visit(option)
                    show = True

    async def _read(self, menu: MenuOption[D]) -> str:
        while True:
            try:
                return (await self._desk.terminal.read_line(self._prompt(menu))).text
            except Abandoned:
                self._desk.terminal.paper.new_line()

    @staticmethod
    def _prompt(menu: MenuOption[D]) -> str:
        return f"Select {menu.name} Option: "

    async def _print(self, menu: MenuOption[D]) -> None:
        if not self._desk.terminal.paper.said:
            self._desk.clear()
        await self._rows([option.row for option in self._open_options(menu)])

    async def _rows(self, rows: Sequence[str]) -> bool:
        """Prints rows a screenful at a time; False when the clerk has stopped them."""
        room = max(min(_PAGE, self._desk.terminal.glass.height - 2), 1)
        self._desk.say()
        for start in range(0, len(rows), room):
            self._desk.say(*rows[start : start + room])
            if start + room < len(rows):
                self._desk.say()
                answer = (await self._desk.terminal.read_line(_STOP)).text.strip()
                self._desk.terminal.paper.new_line()
                if answer.startswith("^"):
                    return False
        return True

    async def _again(self, menu: MenuOption[D]) -> bool:
        """SPACE RETURN: opens the option that was chosen last, whichever menu it stands in."""
        option, paper = self._last, self._desk.terminal.paper
        if option is None:
            paper.new_line()
            self._desk.ask.wrong("No option has been chosen before.")
            return False
        paper.write(f"{self._prompt(menu)} {option.name}")
        paper.new_line()
        await self.visit(option)
        return True

    async def _jumped(self, menu: MenuOption[D], typed: str) -> bool:
        paper, words = self._desk.terminal.paper, typed.lstrip("^").strip()
        fits = fitting(list(self._everywhere(self._root)), words)
        if len(fits) == 1:
            paper.write(f"{self._prompt(menu)}{typed.rstrip()}{_echo(words, fits[0])}")
        paper.new_line()
        try:
            option = await self.choose(words)
        except Refused as refusal:
            self._desk.ask.wrong(str(refusal))
            return False
        except Abandoned:
            return False
        self._last = option
        if typed.startswith("^^"):
            await self.visit(option)
            return True
        raise Jump(option)

    async def _explain(self, menu: MenuOption[D], typed: str) -> bool:
        desk, options = self._desk, self._open_options(menu)
        desk.terminal.paper.new_line()
        words = typed.lstrip("?").strip()
        if words:
            fits = fitting(options, words)
            texts = [_brief(option) for option in fits] or [self._not_here(words)]
        elif typed == "?":
            desk.clear()
            await self._print(menu)
            texts = [_HELP]
        elif typed == "??":
            rows = [row for option in options for row in option.full_rows]
            if not await self._rows([*rows, "", *_JUMPS]):
                return False
            texts = [_MORE_HELP]
        else:
            texts = [_brief(option) for option in options]
        desk.say("")
        for text in texts:
            desk.say(*textwrap.wrap(text, _WIDTH, subsequent_indent="      "))
        return False

    def _not_here(self, words: str) -> str:
        """What is said of an option that the menu does not have: that another has it, or that there is none."""
        if fitting(list(self._everywhere(self._root)), words):
            return f"{words} is not on this menu. ^{words} opens it from here."
        return f"There is no option {words}."

    async def _picked(self, menu: MenuOption[D], typed: str) -> MenuOption[D] | None:
        desk = self._desk
        fits = fitting(self._open_options(menu), typed)
        if len(fits) == 1:
            desk.terminal.paper.write(f"{self._prompt(menu)}{typed}{_echo(typed, fits[0])}")
            desk.terminal.paper.new_line()
            return fits[0]
        if not fits:
            desk.terminal.bell()
            desk.terminal.paper.write(f"{self._prompt(menu)}{typed}  ??")
            desk.terminal.paper.new_line()
            return None
        desk.terminal.paper.new_line()
        try:
            return await self._one_of(fits)
        except Abandoned:
            return None

    async def _one_of(self, fits: Sequence[MenuOption[D]]) -> MenuOption[D]:
        """Lists options and asks for one by its number; RETURN and `^` raise Abandoned."""
        names = [option.name for option in fits]
        for number, option in enumerate(fits, 1):
            # The same name in two menus is told apart by its synonym.
            synonym = f"  {option.synonym}" if names.count(option.name) > 1 else ""
            self._desk.say(f"{number:>5}    {option.name}{synonym}")
        chosen = await self._desk.ask.choose(len(fits))
        if chosen is None:
            raise Abandoned
        return fits[chosen - 1]


def _brief(option: MenuOption[D]) -> str:
    return f"   {option.name}: {option.help}"


def _echo(typed: str, option: MenuOption[D]) -> str:
    named = typed.casefold() != option.synonym.casefold()
    if named and option.name.casefold().startswith(typed.casefold()):
        rest = option.name[len(typed) :]
        return f" {rest}" if rest.startswith(" ") else rest
    return f"  {option.name}"
