"""How menus are printed: an option's row, what `??` says of it and of this release, and their lint."""

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from screens.list_manager.actions import lint as lint_actions
from screens.list_manager.options import Menu, MenuOption

D = TypeVar("D")
WIDTH = 79
_BEGIN = "   "


def row(option: MenuOption[Any], *, closed: bool) -> str:
    """The option's row in its menu: synonym in column 4, text in column 11, in parentheses when it is closed."""
    name = f"({option.name})" if closed else option.name
    return f"{_BEGIN}{option.synonym:<6} {name}{' ...' if isinstance(option, Menu) else ''}"


def full_rows(option: MenuOption[Any], *, closed: bool) -> Sequence[str]:
    """What `??` prints of it: its row with the internal name, and below it the key that locks it."""
    name = f" [{option.internal}]" if option.internal else ""
    lock = (f"{'':13}**> Locked with {option.key}",) if option.key else ()
    return (f"{row(option, closed=closed)}{name}", *lock)


def brief(option: MenuOption[Any]) -> str:
    """What `???` and `?OPTION` say of it."""
    return f"{_BEGIN}{option.name}: {option.help}"


def release_rows(open_here: Sequence[MenuOption[Any]]) -> Sequence[str]:
    """What `??` says of this release: which options of a menu and of those below it can be opened."""
    names = [f"{each.name}{f' ({each.synonym})' if each.synonym else ''}" for each in open_here]
    told = f"In this release: {', '.join(names)}." if names else "Nothing on this menu is in this release."
    return textwrap.wrap(told, WIDTH, initial_indent=_BEGIN, subsequent_indent=_BEGIN)


def lint(root: Menu[D]) -> list[str]:
    """Says what is wrong with a tree of menus: doubled synonyms, options that do nothing, missing help."""
    wrong = []
    for menu in _menus(root):
        wrong += lint_actions(menu.options, menu.name)
        for option in menu.options:
            ways = isinstance(option, Menu) + (option.run is not None) + bool(option.later)
            if ways != 1:
                wrong.append(f"{option.name} must either run, open a menu or say why it does not")
            if any(len(line) > WIDTH + 1 for line in full_rows(option, closed=bool(option.later))):
                wrong.append(f"{option.name} does not fit 80 columns")
    return wrong


def _menus(root: Menu[D]) -> Iterator[Menu[D]]:
    yield root
    yield from (option for option in root.everywhere() if isinstance(option, Menu))
