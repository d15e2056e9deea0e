"""Reading one line at the prompt: what is typed, corrected and ended with RETURN."""

from collections.abc import Collection
from dataclasses import dataclass

from screens.list_manager.glass.glass import Glass
from screens.list_manager.glass.keys import ENTER, RESIZED, Key, KeyQueue
from screens.list_manager.glass.paper import Paper
from screens.list_manager.glass.stack import Stack
from services.clean import one_cell_each

LONGEST = 245
_ERASE = {"backspace", "ctrl+h", "delete"}
_EMPTY = {"ctrl+u", "escape"}


@dataclass(frozen=True, slots=True)
class Typed:
    """What came from the prompt: the text typed, and the key that ended it (RETURN, or one asked for)."""

    text: str
    key: Key = ENTER


class Terminal:
    """The clerk's end of the line: keyboard, the open screens, and glass and paper of the one on top."""

    def __init__(self, stack: Stack, keys: KeyQueue) -> None:
        self.stack = stack
        self.keys = keys

    @property
    def glass(self) -> Glass:
        """The glass of the screen on top."""
        return self.stack.top.glass

    @property
    def paper(self) -> Paper:
        """The roll of paper on that glass."""
        return self.stack.top.paper

    def bell(self) -> None:
        """Rings the bell."""
        self.glass.ring()

    async def read_key(self) -> Key:
        """Gives the next key, waiting for it. Raises Cancelled on Ctrl-C."""
        self.stack.settle()
        return await self.keys.read()

    async def read_line(
        self, prompt: str, *, longest: int = LONGEST, ends: Collection[str] = (), begin: str = ""
    ) -> Typed:
        """Reads one line behind a prompt; the line stays on the paper, unended, for an echo behind it.

        `ends` names keys (or `resized`) that end an empty line at once. Backspace takes back a character,
        Ctrl-U or Escape all of them. Raises Cancelled on Ctrl-C.
        """
        text = begin
        # What is typed goes on at the edge, as on any terminal: no word of it jumps to the next row.
        at_the_edge = len(prompt) < self.glass.width
        self.paper.write(prompt + text, whole=at_the_edge)
        while True:
            key = await self.read_key()
            if key.name in ends and (not text or key.name == RESIZED):
                return Typed(text, key)
            if key == ENTER:
                return Typed(text)
            if key.name == "f1":
                return Typed("?")
            if key.name in _ERASE:
                text = text[:-1]
            elif key.name in _EMPTY:
                text = ""
            elif key.character and len(text) < longest:
                text += one_cell_each(key.character)
            elif key.name != RESIZED:
                self.bell()
                continue
            self.paper.write(prompt + text, whole=at_the_edge)
