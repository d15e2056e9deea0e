"""Finding one payer, bill, ERA, receipt, deposit or user by what the clerk remembers of it."""

import functools
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from screens.list_manager.asking.questions import Help, Pause, Questions, help_lines, question
from screens.list_manager.glass.leaving import Abandoned
from screens.list_manager.glass.terminal import Terminal
from services.errors import Refused

V = TypeVar("V")
V_co = TypeVar("V_co", covariant=True)
_AT_ONCE = 5
_INDENT = "     "
_CHOICE = "   "

#: Gives the rows of all there is, from a row on (counted from 0), at most so many.
Listing = Callable[[int, int], Awaitable[Sequence[str]]]


@dataclass(frozen=True)
class Hit(Generic[V_co]):
    """One thing found: `key` is what SPACE RETURN types next time, `text` the line that shows it."""

    key: str
    text: str
    value: V_co


class LookUps(Questions):
    """Look-up questions, with the memory of the last answer for SPACE RETURN."""

    def __init__(self, terminal: Terminal, today: Callable[[], date]) -> None:
        super().__init__(terminal, today)
        self._last: dict[str, str] = {}

    async def lookup(
        self,
        prompt: str,
        search: Callable[[str], Awaitable[Sequence[Hit[V]]]],
        *,
        kind: str,
        default: str = "",
        help: Help | None = None,
        listing: Listing | None = None,
    ) -> V | None:
        """Asks for one thing of a kind; None when RETURN is pressed and there is no default.

        `search` gets what was typed (a number, a trace, the start of a name) and gives what fits, or refuses
        it. One is taken and shown, several are listed five at a time and picked by number. SPACE RETURN takes
        the last of this `kind` again. `listing` gives the rows that `??` shows, page by page.
        """
        lines = help_lines(help, f"Type a number or the start of a name ({kind}).")
        list_all = None if listing is None else functools.partial(self.list_choices, listing)
        while True:
            answer = await self.read(question(prompt, default), lines, list_all=list_all, blank=True)
            if answer.isspace():
                answer = self._last.get(kind, "")
                if not answer:
                    self.accept()
                    self.wrong(f"No {kind} has been chosen before.")
                    continue
            answer = answer or default
            if not answer:
                self.accept()
                return None
            try:
                hits = await search(answer)
            except Refused as refusal:
                self.accept()
                self.wrong(*str(refusal).splitlines())
                continue
            if len(hits) == 1:
                self._show_record(answer, hits[0].text)
                return self._take_hit(kind, hits[0])
            self.accept()
            if not hits:
                self.wrong(f"Nothing found for {answer}.")
            elif (hit := await self._pick(hits)) is not None:
                return self._take_hit(kind, hit)

    def remember(self, kind: str, key: str) -> None:
        """Sets what SPACE RETURN takes of a kind; "" for nothing."""
        self._last[kind] = key

    async def list_choices(self, listing: Listing) -> None:
        """Shows all there is to choose from, a page at a time; `^` stops."""
        start, room = 0, self._room()
        rows = await listing(start, room)
        if not rows:
            self.say(f"{_CHOICE}There is nothing to choose from.")
            return
        self.say(f"{_CHOICE}Choose from:")
        while True:
            for row in rows:
                self.say_record(f"{_CHOICE}{row}")
            start += len(rows)
            # A page that is not full was the last one, and asks for nothing.
            if len(rows) < room:
                return
            room = self._room()
            rows = await listing(start, room)
            if not rows or not await self.pause(Pause.END_OF_PAGE):
                return

    def _room(self) -> int:
        """How many rows stand on one page, with what was asked above and the pause below them."""
        return max(self.terminal.glass.height - 4, 1)

    def _show_record(self, answer: str, record: str) -> None:
        """The record found, behind the answer if it fits there, else on a row of its own."""
        if len(f"{self._asked}{answer}  {record}") <= self.terminal.glass.width:
            self.accept(answer, f"  {record}")
        else:
            self.accept(answer)
            self.say_record(f"{_INDENT}{record}")

    def _take_hit(self, kind: str, hit: Hit[V]) -> V:
        self._last[kind] = hit.key
        return hit.value

    async def _pick(self, hits: Sequence[Hit[V]]) -> Hit[V] | None:
        for start in range(0, len(hits), _AT_ONCE):
            end = min(start + _AT_ONCE, len(hits))
            for place in range(start, end):
                self.say_record(f"{place + 1:>6}   {hits[place].text}")
            if end < len(hits):
                self.say("Press <RETURN> to see more, '^' to exit this list, OR")
            try:
                number = await self.choose(end)
            except Abandoned:
                return None
            if number is not None:
                return hits[number - 1]
        return None

    async def choose(self, high: int) -> int | None:
        """Asks `CHOOSE 1-n: `; None for RETURN."""
        wanted = f"Type a number between 1 and {high}."
        while True:
            answer = (await self.read(f"CHOOSE 1-{high}: ", (wanted,))).strip()
            self.accept()
            if not answer:
                return None
            if answer.isascii() and answer.isdecimal() and 1 <= int(answer) <= high:
                return int(answer)
            self.wrong(wanted)
