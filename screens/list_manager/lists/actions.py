"""What a clerk can do on a list: each action is declared once, and typed by name (`screens.md` 0.4, 0.6)."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Generic, TypeVar

from screens.list_manager.lists.call import Call
from screens.list_manager.lists.template import SCREEN_WIDTH, Template

S = TypeVar("S")
LONGEST_ENTRY = 80
_BLANKED = str.maketrans(",=;-", "    ")


class After(Enum):
    """What the list does when an action has ended."""

    REPAINT = auto()
    """Paint the list again as it was; also what `None` means."""
    REBUILD = auto()
    """Build the contents again, same first line."""
    TOP = auto()
    """Build the contents again, from the first line."""
    LEAVE = auto()
    """Leave the screen."""


@dataclass(frozen=True)
class Action(Generic[S]):
    """One action of a list screen, on the state `S` of that screen.

    `help` is one sentence. `key` is the security key that locks it. `available` says why it cannot be chosen
    now, or None when it can. `run` is called with the screen's state and the call (entry numbers typed along,
    the list); it may raise Abandoned, LeaveAll or `services.errors.Refused`.
    """

    name: str
    run: Callable[[S, Call], Awaitable[After | None]]
    synonym: str = ""
    help: str = ""
    key: str | None = None
    available: Callable[[S], str | None] | None = None

    @property
    def label(self) -> str:
        """The name as it stands in the table: `, = ; -` are blanks there."""
        return self.name.translate(_BLANKED)


@dataclass(frozen=True, slots=True)
class Choice:
    """What was typed at Select Action: the action's words, and what stood behind `=`."""

    words: str
    argument: str = ""


def split_typed(text: str) -> Choice:
    """Takes `Split=4` apart into words and argument."""
    words, _, argument = text.partition("=")
    return Choice(words.strip(), argument.strip())


def _plain(text: str) -> str:
    return " ".join(text.translate(_BLANKED).split()).casefold()


def matching(actions: Sequence[Action[S] | None], words: str) -> list[Action[S]]:
    """The visible actions the words name: an exact mnemonic alone, else every start of name or mnemonic."""
    wanted = _plain(words)
    if not wanted:
        return []
    visible = [action for action in actions if action is not None]
    exact = [action for action in visible if action.synonym and _plain(action.synonym) == wanted]
    if exact:
        return exact
    return [
        action
        for action in visible
        if _plain(action.name).startswith(wanted)
        or (action.synonym and _plain(action.synonym).startswith(wanted))
    ]


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
    template: Template, actions: Sequence[Action[S] | None], refused: Callable[[Action[S]], str | None]
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


def lint(template: Template, actions: Sequence[Action[S] | None], rows: int = 24) -> list[str]:
    """Says what is wrong with a screen's declaration: doubled names, texts that do not fit, no room for all.

    For the test that walks over every screen.
    """
    wrong = []
    visible = [action for action in actions if action is not None]
    names: dict[str, str] = {}
    for action in visible:
        for name in filter(None, {_plain(action.name), _plain(action.synonym)}):
            if name in names:
                wrong.append(f"{template.title}: {action.name} and {names[name]} are both called {name}")
            names[name] = action.name
        if len(action.synonym) >= template.mnemonic_width > 0 and action.synonym:
            wrong.append(f"{template.title}: the mnemonic {action.synonym} does not fit its column")
        if template.mnemonic_width + len(action.label) + 2 > template.action_width:
            wrong.append(f"{template.title}: {action.name} does not fit {template.action_width} columns")
        if not action.help.endswith("."):
            wrong.append(f"{template.title}: {action.name} needs a help sentence")
    menu = -(-len(actions) // template.action_columns)
    if template.bottom + 1 + menu + 1 > rows:
        wrong.append(f"{template.title}: {menu} rows of actions and the prompt do not fit {rows} rows")
    if len(template.captions) > template.width or len(template.title) > 30:
        wrong.append(f"{template.title}: title or captions are too long")
    if template.top < 3 or template.bottom < template.top or template.action_width > SCREEN_WIDTH:
        wrong.append(f"{template.title}: the margins are wrong")
    return wrong
