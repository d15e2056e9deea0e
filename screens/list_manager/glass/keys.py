"""The keys the clerk has typed and nobody has read yet.

The terminal puts every key here in the order typed. Whoever stands at the prompt *pulls* from it, and there
is exactly one reader at a time: so a journey typed in one burst gives the same result as key by key.
"""

import asyncio
from collections import deque
from dataclasses import dataclass

from screens.list_manager.glass.leaving import Cancelled

INTERRUPT = "ctrl+c"
RESIZED = "resized"
#: The key that opens the last list again, from a menu.
BACK = "f2"


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its name (`enter`, `up`, `f1`; a printable key is named by itself) and its character."""

    name: str
    character: str = ""


ENTER = Key("enter")


def keys_of(text: str) -> list[Key]:
    """Gives the keys of a text as a clerk types them; a line end is RETURN, other controls are no keys."""
    keys = []
    for character in text.replace("\r\n", "\r"):
        if character in "\r\n":
            keys.append(ENTER)
        elif character.isprintable():
            keys.append(Key(character, character))
    return keys


class KeyQueue:
    """Unread keys in the order typed."""

    def __init__(self) -> None:
        self._keys: deque[tuple[int, Key]] = deque()
        self._watchers: list[asyncio.Future[None]] = []
        self._players: list[asyncio.Future[None]] = []
        self._reading = False
        self._interrupted = False
        self._drop_enter = False
        self.serial = 0

    def put(self, key: Key) -> None:
        """Takes one key; Ctrl-C empties the queue and breaks off whoever reads."""
        self.serial += 1
        if key.name == INTERRUPT:
            self._keys.clear()
            self._interrupted = True
        else:
            self._keys.append((self.serial, key))
        self._tell(self._watchers)

    @staticmethod
    def _tell(waiting: list[asyncio.Future[None]]) -> None:
        for future in waiting:
            if not future.done():
                future.set_result(None)
        waiting.clear()

    def feed(self, text: str) -> None:
        """Takes a text as typed keys: a paste, a played demonstration, a test."""
        for key in keys_of(text):
            self.put(key)

    def put_back(self, text: str) -> None:
        """Lets a line that was read be read again, before all that was typed behind it."""
        self._keys.extendleft((0, key) for key in reversed((*keys_of(text), ENTER)))

    def wake(self) -> None:
        """Has whoever stands at a prompt paint it again, as when the window changes its size: there is news for it."""
        self.put(Key(RESIZED))

    async def arrival(self) -> None:
        """Waits until the next key arrives, without reading it."""
        watcher = asyncio.get_running_loop().create_future()
        self._watchers.append(watcher)
        await watcher

    async def read_out(self) -> None:
        """Waits until every key has been read and the next one is asked for: a played journey's pace."""
        player = asyncio.get_running_loop().create_future()
        self._players.append(player)
        if self._reading and not self._keys:
            player.set_result(None)
        await player

    async def read(self) -> Key:
        """Gives the next key, waiting for it.

        Raises Cancelled after Ctrl-C. A second reader at the same time is a mistake of the program, and is
        refused loudly, because two readers would share out one clerk's keys between two questions.
        """
        if self._reading:
            raise AssertionError("two readers at one keyboard")
        self._reading = True
        try:
            while True:
                self.check_interrupt()
                if self._keys:
                    _, key = self._keys.popleft()
                    if self._drop_enter and key.name != RESIZED:
                        self._drop_enter = False
                        if key == ENTER:
                            continue
                    return key
                self._tell(self._players)
                await self.arrival()
        finally:
            self._reading = False

    def check_interrupt(self) -> None:
        """Raises Cancelled once for a Ctrl-C that nobody has answered yet."""
        if self._interrupted:
            self._interrupted = False
            raise Cancelled

    def forget_interrupt(self) -> None:
        """Drops an unanswered Ctrl-C: what it meant to stop could not be stopped."""
        self._interrupted = False

    @property
    def interrupted(self) -> bool:
        """Whether a Ctrl-C waits for its answer."""
        return self._interrupted

    @property
    def pending(self) -> bool:
        """Whether unread keys wait, so that slow niceties (search as one types) can be skipped."""
        return any(key.name != RESIZED for _, key in self._keys)

    def take_caret(self, after: int) -> bool:
        """Takes a `^` that came after serial `after` and is the first unread key; says whether it was there.

        A RETURN typed right behind it belongs to it and is dropped too, so that it cannot take the default
        of the next question.
        """
        for index, (serial, key) in enumerate(self._keys):
            if key.name == RESIZED:
                continue
            if key.character == "^" and serial > after:
                del self._keys[index]
                self._drop_enter = True
                return True
            return False
        return False

    def empty(self) -> None:
        """Drops all unread keys."""
        self._keys.clear()
