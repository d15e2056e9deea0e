"""The options of the menus: each declared once, found by the start of its synonym or name."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

D = TypeVar("D")


@dataclass(frozen=True)
class MenuOption(Generic[D]):
    """One option: a coroutine to run, or a menu of options.

    `key` is the security key that locks it: an option the clerk has no key for is not printed. `note` says
    why an option is not in this release; such an option stands in parentheses and answers with its note.
    `internal` is its name in the OPTION file, where the texts give one.
    """

    name: str
    synonym: str = ""
    help: str = ""
    run: Callable[[D], Awaitable[None]] | None = None
    submenu: Sequence["MenuOption[D]"] = ()
    key: str | None = None
    note: str = ""
    internal: str = ""

    @property
    def row(self) -> str:
        """The option's row in its menu: synonym in column 4, text in column 11."""
        name = f"({self.name})" if self.note else self.name
        return f"   {self.synonym:<6} {name}{' ...' if self.submenu else ''}"

    @property
    def full_rows(self) -> Sequence[str]:
        """What `??` prints of it: its row with the internal name, and below it the key that locks it."""
        name = f" [{self.internal}]" if self.internal else ""
        lock = (f"{'':13}**> Locked with {self.key}",) if self.key else ()
        return (f"{self.row}{name}", *lock)


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


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def fitting(options: Sequence[MenuOption[D]], words: str) -> list[MenuOption[D]]:
    """The options the words name: an exact synonym or name alone, else every start of a synonym or name."""
    wanted = _plain(words)
    if not wanted:
        return []
    exact = [o for o in options if wanted in (_plain(o.synonym), _plain(o.name))]
    return exact or [
        o for o in options if _plain(o.name).startswith(wanted) or _plain(o.synonym).startswith(wanted)
    ]


def lint(root: MenuOption[D]) -> list[str]:
    """Says what is wrong with a tree of menus: doubled synonyms, options that do nothing, missing help."""
    wrong = []
    for menu in _walk(root):
        if menu.submenu:
            names = [name for o in menu.submenu for name in {_plain(o.synonym), _plain(o.name)} if name]
            doubled = sorted({name for name in names if names.count(name) > 1})
            wrong += [f"{menu.name}: {name} names two options" for name in doubled]
        if bool(menu.submenu) + (menu.run is not None) + bool(menu.note) != 1:
            wrong.append(f"{menu.name} must either run, open a menu or say why it does not")
        if menu is not root and not menu.help.endswith("."):
            wrong.append(f"{menu.name} needs a help sentence")
        if any(len(row) > 80 for row in menu.full_rows):
            wrong.append(f"{menu.name} does not fit 80 columns")
    return wrong


def _walk(option: MenuOption[D]) -> Iterator[MenuOption[D]]:
    yield option
    for below in option.submenu:
        yield from _walk(below)
