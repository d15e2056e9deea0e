"""What is fixed about a list screen (`screens.md` 0.1) and what it shows at the moment."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from screens.list_manager.lists.source import Lines, ListSource

STANDARD_MESSAGE = "Enter ?? for more actions"
SCREEN_WIDTH = 80
#: From this width on a list that has a wide form shows it.
WIDE_SCREEN = 132


@dataclass(frozen=True, slots=True)
class Template:
    """One list screen: margins are rows of a 24-row terminal, counted from 1; the body stands between them.

    `captions` is the caption line as it stands, from column 1. `mnemonic_width` is where an action's text
    begins behind its mnemonic. `width` over `seen` makes the view one that `>` and `<` shift;
    `seen` is how many columns stand on the screen, 132 in the wide form of a list.
    """

    title: str
    top: int
    bottom: int
    entity: str
    captions: str = ""
    mnemonic_width: int = 4
    action_width: int = 26
    width: int = SCREEN_WIDTH
    seen: int = SCREEN_WIDTH
    prompt: str = "Select Action: "

    @property
    def action_columns(self) -> int:
        """How many actions stand side by side."""
        return max(SCREEN_WIDTH // self.action_width, 1)

    @property
    def header_rows(self) -> int:
        """How many rows of heading stand between title and captions."""
        return self.top - 3


@dataclass(frozen=True)
class Contents:
    """What a list shows now: heading lines, the lines of the list, and a message for the bar, shown once.

    `more` says that more data exist than were built (a `+` behind the page count). `explain` answers F1 and
    `?` for the entry under the marker, at once or when it has read what there is to be said.
    `form` is the form it is built for, where a list has a wide one. `turn_to` is an entry that has just been acted
    on: the page scrolls as little as shows it.
    """

    header: Sequence[str] = ()
    source: ListSource = field(default_factory=Lines)
    message: str | None = None
    more: bool = False
    explain: Callable[[int], Sequence[str] | Awaitable[Sequence[str]]] | None = None
    form: Template | None = None
    turn_to: int | None = None
