"""Asking for a line of the scratch pad by its display number (`1.001`)."""

import re
from collections.abc import Sequence

from screens.list_manager.asking.questions import Pause, question
from screens.list_manager.desk import Desk
from screens.list_manager.glass.leaving import Abandoned, LeaveAll

_LINE = re.compile(r"(\d{1,6})(?:\.(\d{0,3}))?\Z", re.ASCII)
_LINES_AT_ONCE = 18


def read_line_number(text: str) -> tuple[int, int | None] | None:
    """Understands `4.001` and the whole number `4` (no line); None for anything else. `4.01` is `4.010`."""
    found = _LINE.match(text.strip())
    if found is None:
        return None
    return int(found[1]), int(found[2].ljust(3, "0")) if found[2] else None


async def ask_line_number(desk: Desk, prompt: str, default: str, listed: Sequence[str]) -> str:
    """Asks for a line number as it is typed; "" for RETURN without a default. `^` raises Abandoned."""
    return await read_answer(desk, prompt, default, listed) or default


async def read_answer(desk: Desk, prompt: str, default: str, listed: Sequence[str]) -> str:
    """Asks for a line number as `ask_line_number`; "" for RETURN, whatever the default.

    `?` lists the lines that can be named as they stand on the screen, a page at a time.
    """
    ask = desk.ask
    while True:
        answer = (await desk.terminal.read_line(question(prompt, default))).text.strip()
        ask.accept()
        if answer == "^^":
            raise LeaveAll
        if answer.startswith("^"):
            raise Abandoned
        if answer not in ("?", "??"):
            return answer
        await _list(desk, listed)


async def _list(desk: Desk, listed: Sequence[str]) -> None:
    desk.say("")
    for first in range(0, len(listed), _LINES_AT_ONCE):
        if first and not await desk.ask.pause(Pause.END_OF_PAGE):
            break
        desk.say(*listed[first : first + _LINES_AT_ONCE])
    desk.say("", "")
