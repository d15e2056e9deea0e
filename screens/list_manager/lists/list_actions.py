"""The actions of a list: their table on the screen, what is typed at Select Action (`screens.md` 0.4, 0.6)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from screens.list_manager import actions as declared
from screens.list_manager.actions import Action, After
from screens.list_manager.lists.call import Call
from screens.list_manager.lists.template import SCREEN_WIDTH, Template

S = TypeVar("S")

#: An action of a list: it is run with the list's screen and the call, which has what was typed along.
ListAction = Action[S, [Call]]

LONGEST_ENTRY = 80


async def _leave(screen: object, call: Call) -> After:
    return After.LEAVE


EXIT: ListAction[Any] = Action("Exit", help="Leaves the list.", run=_leave)


@dataclass(frozen=True, slots=True)
class Choice:
    """What was typed at Select Action: the action's words, and what stood behind `=`."""

    words: str
    argument: str = ""


def split_typed(text: str) -> Choice:
    """Takes `Split=4` apart into words and argument."""
    words, _, argument = text.partition("=")
    return Choice(words.strip(), argument.strip())


def table(
    actions: Sequence[tuple[str, str] | None], *, columns: int, width: int, mnemonic_width: int
) -> list[str]:
    """Lays actions (mnemonic, text) out in a table filled down its columns; None leaves a place empty."""
    rows = -(-len(actions) // columns)
    lines = []
    for row in range(rows):
        line = ""
        for column in range(columns):
            index = column * rows + row
            cell = actions[index] if index < len(actions) else None
            text = "" if cell is None else f"{cell[0]:<{mnemonic_width}}{cell[1]}"
            line += f"{text:<{width}.{width}}"
        lines.append(line.rstrip())
    return lines


def action_rows(
    template: Template,
    actions: Sequence[ListAction[S] | None],
    refused: Callable[[ListAction[S]], str | None],
) -> list[str]:
    """The rows of the action area; an action that is refused now stands in parentheses."""
    return table(
        [
            None
            if action is None
            else (action.synonym, f"({action.label})" if refused(action) else action.label)
            for action in actions
        ],
        columns=template.action_columns,
        width=template.action_width,
        mnemonic_width=template.mnemonic_width,
    )


def lint(
    template: Template,
    actions: Sequence[ListAction[Any] | None],
    rows: int = 24,
    *,
    beside: Sequence[ListAction[Any]] = (),
) -> list[str]:
    """Says what is wrong with a list's declaration: doubled names, texts that do not fit, no room for all."""
    wrong = declared.lint((*actions, *beside), template.title)
    wrong += [
        f"{template.title}: {action.name} needs a synonym that no action in the table begins with"
        for action in beside
        if not action.synonym or declared.find_named(actions, action.synonym)
    ]
    for action in filter(None, actions):
        if (action.run is None) != bool(action.later):
            wrong.append(f"{template.title}: {action.name} must either run or say why it does not")
        if len(action.synonym) >= template.mnemonic_width > 0 and action.synonym:
            wrong.append(f"{template.title}: the mnemonic {action.synonym} does not fit its column")
        if template.mnemonic_width + len(action.label) + 2 > template.action_width:
            wrong.append(f"{template.title}: {action.name} does not fit {template.action_width} columns")
    menu = -(-len(actions) // template.action_columns)
    if template.bottom + 1 + menu + 1 > rows:
        wrong.append(f"{template.title}: {menu} rows of actions and the prompt do not fit {rows} rows")
    if len(template.captions) > template.width or len(template.title) > 30:
        wrong.append(f"{template.title}: title or captions are too long")
    if template.top < 3 or template.bottom < template.top or template.action_width > SCREEN_WIDTH:
        wrong.append(f"{template.title}: the margins are wrong")
    return wrong
