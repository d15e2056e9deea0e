"""`docs/actions.md`: what a clerk can do on every menu and list, made from the declarations."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from screens.house import MENU, SCREENS
from screens.list_manager.actions import Action
from screens.list_manager.lists.hidden import NAMES, Hidden
from screens.list_manager.lists.list_screen import ListScreen
from screens.list_manager.options import Menu

AnyAction = Action[Any, ...]
Screens = Sequence[type[ListScreen[Any]]]

_HEAD = """\
# What can be done on the screens

Made by `make docs` from the declarations in `screens/`.

A name may be cut short as long as it fits one thing only; the synonym in the second column is always enough.
What has a key is refused to whoever does not hold it: such an option is not on his menu, such an action stands
in parentheses. `?` and `??` say on the screen what stands here.
"""
_TABLE = "\n| {} | type | key | does |\n|---|---|---|---|\n"


def actions_paper(menu: Menu[Any] = MENU, screens: Screens = SCREENS) -> str:
    """The whole paper: the menus, the lists, what every list has, and what has its place but does not open yet."""
    menus = [menu, *(option for option in menu.everywhere() if isinstance(option, Menu))]
    parts = [_HEAD]
    for each in menus:
        parts += _section(f"Menu: {each.name}", "option", each.options)
    for screen in screens:
        parts += _section(f"List: {screen.template.title}", "action", (*screen.actions, *screen.beside))
    parts += [
        "\n## Every list\n\nThese are typed in full; `??` lists them.\n\n| type | does |\n|---|---|\n",
        *(f"| `{hidden}` | {NAMES[hidden]} |\n" for hidden in Hidden),
        "\n## What does not open\n\nIt stands in parentheses and says why.\n\n",
    ]
    for each in menus:
        parts += _list_closed(each.name, each.options)
    for screen in screens:
        parts += _list_closed(screen.template.title, screen.actions)
    return "".join(parts)


def _section(heading: str, what: str, actions: Iterable[AnyAction | None]) -> Iterator[str]:
    here = [action for action in actions if action is not None and not action.later]
    if here:
        yield f"\n## {heading}\n"
        yield _TABLE.format(what)
        yield from (
            f"| {action.name}{' …' if isinstance(action, Menu) else ''} | {_code(action.synonym)} "
            f"| {action.key or ''} | {action.help} |\n"
            for action in here
        )


def _list_closed(where: str, actions: Iterable[AnyAction | None]) -> Iterator[str]:
    reasons: dict[str, list[str]] = {}
    for action in actions:
        if action is not None and action.later:
            why = action.later.removeprefix(action.name).strip().rstrip(".")
            reasons.setdefault(why, []).append(
                f"{action.name}{f' ({action.synonym})' if action.synonym else ''}"
            )
    for why, names in reasons.items():
        yield f"- {where}: {', '.join(names)}: {why}.\n"


def _code(text: str) -> str:
    return f"`{text}`" if text else ""
