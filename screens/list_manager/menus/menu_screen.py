"""One menu on the screen, as the menu driver prints and reads it (`screens.md` 22)."""

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from screens.list_manager.actions import find_by_synonym, find_named
from screens.list_manager.desk import Desk
from screens.list_manager.glass.keys import BACK, RESIZED
from screens.list_manager.glass.leaving import Abandoned, LeaveAll
from screens.list_manager.glass.screen import RollScreen
from screens.list_manager.menus import rows
from screens.list_manager.options import Jump, Menu, MenuOption
from services.errors import Refused

if TYPE_CHECKING:
    from services.guide.topics import Found

D = TypeVar("D", bound=Desk)
_HELP = "Enter ?? for more options, ??? for brief descriptions, ?OPTION for help text."
_MORE_HELP = "Enter ??? for brief descriptions, ?OPTION for help text."
_JUMPS = (
    "   ^NAME opens any option, ^^NAME or its own synonym also comes back, ^^ goes to",
    "   the first menu, SPACE RETURN to the last option, F2 to the last list.",
)
_NO_LIST = "No list has been shown before."
_PAGE = 22
_STOP = f"{'':15}Press 'RETURN' to continue, '^' to stop: "


class Tree(Protocol[D]):
    """All menus of a desk, as far as one of them needs the others."""

    #: The option that was opened last, for SPACE RETURN.
    last: MenuOption[D] | None

    def open_in(self, menu: Menu[D]) -> list[MenuOption[D]]:
        """The options of a menu that the clerk holds the keys of."""

    def everywhere(self) -> list[MenuOption[D]]:
        """All options that he holds the keys of."""

    async def choose(self, words: str) -> MenuOption[D]:
        """The option that the words name; raises Refused or Abandoned when there is none."""

    async def one_of(self, fits: Sequence[MenuOption[D]]) -> MenuOption[D]:
        """Lists options and asks for one of them; raises Abandoned when none is chosen."""

    async def visit(self, option: MenuOption[D]) -> None:
        """Opens an option and returns when it is left."""


class MenuScreen(RollScreen[None], Generic[D]):
    """One menu until it is left by RETURN or `^`."""

    def __init__(self, desk: D, tree: Tree[D], menu: Menu[D]) -> None:
        super().__init__(menu.name)
        self.desk = desk
        self.menu = menu
        self._tree = tree
        self._asked = f"Select {menu.name} Option: "

    async def run(self) -> None:
        show = True
        while True:
            if show:
                await self._print_menu()
            self.desk.say()
            self.desk.tell_news()
            show = False
            typed = await self._read_typed()
            if typed is None:
                show = await self._back_to_list()
                continue
            if typed.isspace():
                show = await self._again()
                continue
            typed = typed.strip()
            if typed in ("", "^"):
                return
            if typed == "^^":
                raise LeaveAll
            if typed.startswith("^"):
                show = await self._jump(typed)
            elif typed.startswith("?"):
                show = await self._explain(typed)
            elif (option := await self._pick(typed)) is not None:
                if (why_not := option.refusal(self.desk)) is not None:
                    self.desk.ask.wrong(why_not)
                else:
                    self._tree.last = option
                    await self._tree.visit(option)
                    show = True

    async def _read_typed(self) -> str | None:
        """What is typed at the prompt, None for the key that goes back to the last list; news is said above it."""
        begun = ""
        while True:
            try:
                typed = await self.desk.terminal.read_line(self._asked, ends=(BACK, RESIZED), begin=begun)
            except Abandoned:
                self.paper.new_line()
                begun = ""
                continue
            if typed.key.name == BACK:
                return None
            if typed.key.name != RESIZED:
                return typed.text
            begun = typed.text
            if self.desk.prints.has_news:
                self.paper.write("")
                self.desk.tell_news()

    async def _print_menu(self) -> None:
        if not self.paper.said:
            self.desk.clear()
        await self._print_rows(
            [rows.row(each, closed=self._is_closed(each)) for each in self._tree.open_in(self.menu)]
        )

    def _is_closed(self, option: MenuOption[D]) -> bool:
        return option.refusal(self.desk) is not None

    async def _print_rows(self, lines: Sequence[str]) -> bool:
        """Prints rows a screenful at a time; False when the clerk has stopped them."""
        room = max(min(_PAGE, self.glass.height - 2), 1)
        self.desk.say()
        for start in range(0, len(lines), room):
            self.desk.say(*lines[start : start + room])
            if start + room < len(lines):
                self.desk.say()
                answer = (await self.desk.terminal.read_line(_STOP)).text.strip()
                self.paper.new_line()
                if answer.startswith("^"):
                    return False
        return True

    async def _again(self) -> bool:
        """SPACE RETURN: opens the option that was chosen last, whichever menu it stands in."""
        option = self._tree.last
        if option is None:
            self.paper.new_line()
            self.desk.ask.wrong("No option has been chosen before.")
            return False
        self.paper.write(f"{self._asked} {option.name}")
        self.paper.new_line()
        await self._tree.visit(option)
        return True

    async def _back_to_list(self) -> bool:
        """F2: opens the list again that was shown last, as it was asked for."""
        option = self.desk.last_list
        if option is None:
            self.paper.new_line()
            self.desk.ask.wrong(_NO_LIST)
            return False
        self.paper.write(f"{self._asked}{option.name}")
        self.paper.new_line()
        await self._tree.visit(option)
        return True

    async def _jump(self, typed: str) -> bool:
        words = typed.lstrip("^").strip()
        fits = find_named(self._tree.everywhere(), words)
        if len(fits) == 1:
            self.paper.write(f"{self._asked}{typed.rstrip()}{_echo(words, fits[0])}")
        self.paper.new_line()
        try:
            option = await self._tree.choose(words)
        except Refused as refusal:
            self.desk.ask.wrong(str(refusal))
            return False
        except Abandoned:
            return False
        self._tree.last = option
        if typed.startswith("^^"):
            await self._tree.visit(option)
            return True
        raise Jump(option)

    async def _explain(self, typed: str) -> bool:
        desk, options = self.desk, self._tree.open_in(self.menu)
        self.paper.new_line()
        words = typed.lstrip("?").strip()
        found = desk.look_up_word(words, self.menu.name) if words else None
        if found is not None:
            if found.known:
                await desk.tell(found)
                await self._print_menu()
            texts = [*self._behind(words, found)]
        elif words:
            fits = find_named(options, words)
            texts = [rows.brief(option) for option in fits] or [self._not_here(words)]
        elif typed == "?":
            desk.clear()
            await self._print_menu()
            texts = [_HELP]
        elif typed == "??":
            listed = [line for each in options for line in rows.full_rows(each, closed=self._is_closed(each))]
            if not await self._print_rows([*listed, "", *_JUMPS, *self._release()]):
                return False
            texts = [_MORE_HELP]
        else:
            texts = [rows.brief(option) for option in options]
        desk.say("")
        for text in texts:
            desk.say(*textwrap.wrap(text, rows.WIDTH, subsequent_indent="      "))
        return False

    def _release(self) -> Sequence[str]:
        reachable = self._tree.everywhere()
        return rows.release_rows(
            [
                option
                for option in self.menu.everywhere()
                if option.run is not None and option in reachable and not self._is_closed(option)
            ]
        )

    def _behind(self, words: str, found: "Found") -> Sequence[str]:
        """What is said of a word on the menu itself: that an option is on another one, or that nobody knows it."""
        if find_named(self._tree.open_in(self.menu), words):
            return ()
        if find_named(self._tree.everywhere(), words):
            return (self._not_here(words),)
        return found.unknown

    def _not_here(self, words: str) -> str:
        """What is said of an option that the menu does not have: that another has it, or that there is none."""
        everywhere = self._tree.everywhere()
        if len(find_by_synonym(everywhere, words)) == 1:
            return f"{words} is not on this menu, and opens from here all the same."
        if find_named(everywhere, words):
            return f"{words} is not on this menu. ^{words} opens it from here."
        return f"There is no option {words}."

    async def _pick(self, typed: str) -> MenuOption[D] | None:
        fits = find_named(self._tree.open_in(self.menu), typed)
        if not fits and len(elsewhere := find_by_synonym(self._tree.everywhere(), typed)) == 1:
            fits = elsewhere
        if len(fits) == 1:
            self.paper.write(f"{self._asked}{typed}{_echo(typed, fits[0])}")
            self.paper.new_line()
            return fits[0]
        if not fits:
            self.desk.terminal.bell()
            self.paper.write(f"{self._asked}{typed}  ??")
            self.paper.new_line()
            return None
        self.paper.new_line()
        try:
            return await self._tree.one_of(fits)
        except Abandoned:
            return None


def _echo(typed: str, option: MenuOption[D]) -> str:
    full = typed.casefold() != option.synonym.casefold()
    if full and option.name.casefold().startswith(typed.casefold()):
        rest = option.name[len(typed) :]
        return f" {rest}" if rest.startswith(" ") else rest
    return f"  {option.name}"
