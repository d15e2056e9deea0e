"""What `?`, `??` and F1 print at Select Action (`screens.md` 0.8)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from screens.list_manager import hidden
from screens.list_manager.actions import Action
from screens.list_manager.questions import Pause

if TYPE_CHECKING:
    from screens.list_manager.call import ListOnScreen

S = TypeVar("S")


async def explain(listed: "ListOnScreen", actions: Sequence[Action[S] | None], *, full: bool) -> None:
    """Prints the actions and waits for RETURN.

    `?` (and F1) first explains the entry under the marker; `??` adds what each action does, and the hidden
    ones.
    """
    ask, marker, about = listed.desk.ask, listed.view.marker, listed.contents.explain
    listed.desk.terminal.paper.open(0 if full else listed.paper_row())
    if about is not None and marker is not None and not full:
        ask.say(*about(marker), "")
    ask.say(*listed.rows)
    if full:
        known = [action for action in actions if action is not None]
        ask.say("", *(f"{action.label:<26}{action.help}" for action in known))
        ask.say("", *hidden.listing())
    await ask.pause(Pause.END_OF_PAGE)
