"""What a clerk can do: each action is declared once, and stands on a list or as an option of a menu.

From the declaration come its place on the screen, the typed names, `?`, `??` and F1, the lint, and its line in
`docs/actions.md`.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

S = TypeVar("S")
P = ParamSpec("P")
A = TypeVar("A", bound="Action[Any, ...]")

#: What an action says of itself that has its place on the screen but no release yet.
COMES_LATER = "Comes in a later release."
_BLANKED = str.maketrans(",=;-", "    ")


class After(Enum):
    """What a list does when an action has ended."""

    REPAINT = auto()
    """Paint the list again as it was; also what `None` means."""
    REBUILD = auto()
    """Build the contents again, same first line."""
    TOP = auto()
    """Build the contents again, from the first line."""
    LEAVE = auto()
    """Leave the screen."""


@dataclass(frozen=True)
class Action(Generic[S, P]):
    """One action, done on `S`: a list's own screen, or the desk.

    `help` is one sentence. `key` is the security key that locks it. `run` may raise Abandoned, LeaveAll or
    `services.errors.Refused`. An action without `run` says in `later` why: it is not in this release, or not
    ours. `available` says why it cannot be chosen now, or None when it can. `internal` is its name in VistA's
    OPTION file, where the texts give one.
    """

    name: str
    synonym: str = ""
    help: str = ""
    key: str | None = None
    run: Callable[Concatenate[S, P], Awaitable[After | None]] | None = None
    later: str = ""
    available: Callable[[S], str | None] | None = None
    internal: str = ""

    @property
    def label(self) -> str:
        """The name as it stands in a table of actions: `, = ; -` are blanks there."""
        return self.name.translate(_BLANKED)

    def refusal(self, on: S) -> str | None:
        """Why it cannot be chosen now; None when it can."""
        return self.later or (None if self.available is None else self.available(on))


def later(name: str, synonym: str = "", *, help: str = COMES_LATER, internal: str = "") -> Action[Any, ...]:
    """An action that has its place on the screen and is not in this release."""
    return Action(name, synonym, help=help, later=f"{name} is not in this release.", internal=internal)


def simplify(text: str) -> str:
    """A name as it is compared: in any case, `, = ; -` as blanks."""
    return " ".join(text.translate(_BLANKED).split()).casefold()


def find_named(actions: Sequence[A | None], words: str) -> list[A]:
    """The actions that the words name: an exact synonym or name alone, else every start of a synonym or name."""
    wanted = simplify(words)
    if not wanted:
        return []
    visible = [action for action in actions if action is not None]
    exact = [action for action in visible if wanted in (simplify(action.synonym), simplify(action.name))]
    return exact or [
        action
        for action in visible
        if simplify(action.name).startswith(wanted) or simplify(action.synonym).startswith(wanted)
    ]


def find_exactly(actions: Sequence[A], words: str) -> A | None:
    """The action with exactly this synonym or name; beginnings do not count."""
    wanted = simplify(words)
    fits = (action for action in actions if wanted in (simplify(action.synonym), simplify(action.name)))
    return next(fits, None) if wanted else None


def find_by_synonym(actions: Sequence[A], words: str) -> list[A]:
    """The actions whose synonym the words are, else those whose synonym they begin."""
    wanted = simplify(words)
    named = [action for action in actions if action.synonym and wanted]
    exact = [action for action in named if simplify(action.synonym) == wanted]
    return exact or [action for action in named if simplify(action.synonym).startswith(wanted)]


def lint(actions: Sequence[Action[Any, ...] | None], where: str) -> list[str]:
    """Says what is wrong with declarations that stand together: doubled names, no help, neither run nor why not."""
    wrong = []
    names: dict[str, str] = {}
    for action in filter(None, actions):
        for name in sorted(filter(None, {simplify(action.name), simplify(action.synonym)})):
            if name in names:
                wrong.append(f"{where}: {action.name} and {names[name]} are both called {name}")
            names[name] = action.name
        if not action.help.endswith("."):
            wrong.append(f"{where}: {action.name} needs a help sentence")
    return wrong
