"""A clerk without a terminal: types keys, reads the glass. No Textual, no threads of its own."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import date
from types import TracebackType
from typing import Any, Generic, TypeVar

from screens.list_manager.asking.dialogue import Ask
from screens.list_manager.glass.glass import Glass
from screens.list_manager.glass.keys import Key, KeyQueue
from screens.list_manager.glass.stack import AnyScreen, Nowhere, Stack
from screens.list_manager.glass.terminal import Terminal
from tests.patience import PATIENCE

R = TypeVar("R")
TODAY = date(2010, 7, 22)


class _Seen(Nowhere):
    """A stage that keeps what was opened on it, and tells when something is painted."""

    def __init__(self) -> None:
        self.opened: list[AnyScreen] = []
        self.look: Callable[[], None] = lambda: None

    async def push(self, screen: AnyScreen) -> None:
        self.opened.append(screen)

    def changed(self) -> None:
        self.look()


class Clerk(Generic[R]):
    """Sits at one conversation; in an `async with` block, which ends it."""

    def __init__(self, talk: Callable[[Terminal], Coroutine[Any, Any, R]], rows: int = 24) -> None:
        self.keys = KeyQueue()
        self.stack = Stack(rows)
        self._seen = self.stack.stage = _Seen()
        self.bells = 0
        self._talk = talk
        self._settles = True
        self._terminal = Terminal(self.stack, self.keys)

    async def __aenter__(self) -> "Clerk[R]":
        self._task = asyncio.create_task(self._talk(self._terminal))
        if self._settles:
            await self._settle()
        return self

    @property
    def glass(self) -> Glass:
        """The glass of the screen on top."""
        return self.stack.top.glass

    @property
    def on_top(self) -> AnyScreen:
        """The screen on top."""
        return self.stack.top

    @property
    def below(self) -> str:
        """What stands on the screen below the one on top."""
        return self.stack.screens[-2].glass.as_text()

    @property
    def opened(self) -> Sequence[AnyScreen]:
        """Every screen that has been opened, in that order."""
        return tuple(self._seen.opened)

    def watch(self, look: Callable[[], None]) -> None:
        """Calls `look` whenever what the clerk sees has changed."""
        self._seen.look = look

    def started(self) -> "Clerk[R]":
        """For a conversation that begins with a long call: does not wait until a key is asked for."""
        self._settles = False
        return self

    async def until(self, text: str) -> None:
        """Waits until a text stands on the screen."""
        painted = asyncio.Event()
        self.watch(painted.set)
        while text not in self.screen:
            await asyncio.wait_for(painted.wait(), PATIENCE)
            painted.clear()

    def interrupt(self) -> None:
        """Presses Ctrl-C."""
        self.keys.put(Key("ctrl+c"))

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._task.cancel()
        await asyncio.wait([self._task])

    async def _settle(self) -> None:
        ready = asyncio.ensure_future(self.keys.read_out())
        done, _ = await asyncio.wait(
            [self._task, ready], timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED
        )
        ready.cancel()
        assert done, f"nothing asks for a key:\n{self.screen}"

    async def types(self, text: str) -> str:
        """Types a text (a line end is RETURN) and gives the screen when the next key is asked for."""
        self.keys.feed(text)
        await self._settle()
        return self.screen

    async def press(self, name: str) -> str:
        """Presses one key by name."""
        self.keys.put(Key(name))
        await self._settle()
        return self.screen

    @property
    def screen(self) -> str:
        """The screen as text."""
        return self.glass.as_text()

    def row(self, number: int) -> str:
        """A row counted from 1, as on paper."""
        return self.glass.rows[number - 1].text.rstrip()

    @property
    def done(self) -> bool:
        """Whether the conversation is over."""
        return self._task.done()

    async def result(self) -> R:
        """What the conversation gave, or raised."""
        return await asyncio.wait_for(self._task, PATIENCE)


def asking(question: Callable[[Ask], Awaitable[R]]) -> Clerk[R]:
    """A clerk in front of one question."""

    async def talk(terminal: Terminal) -> R:
        terminal.paper.open(0)
        return await question(Ask(terminal, lambda: TODAY))

    return Clerk(talk)


async def answer(question: Callable[[Ask], Awaitable[R]], typed: str) -> tuple[R, str]:
    """Puts a question to a clerk who types ahead; gives the answer and the transcript."""
    async with asking(question) as clerk:
        clerk.keys.feed(typed)
        result = await clerk.result()
        return result, clerk.screen.rstrip()
