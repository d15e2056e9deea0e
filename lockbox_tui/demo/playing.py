"""Typing a journey by itself: the demonstration plays on the real screens, from the same one key queue.

The played keys have a queue of their own, so that what somebody types meanwhile never gets between them:
at a terminal any key goes on at once, and `^` or Ctrl-C ends the demonstration.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from screens.list_manager.glass.keys import RESIZED, KeyQueue
from screens.list_manager.glass.leaving import Cancelled
from screens.list_manager.glass.stack import Stack
from screens.list_manager.glass.terminal import Terminal
from services.errors import LockboxError

Main = Callable[[Terminal], Awaitable[int]]

#: How fast a demonstration is read and typed: seconds for a word, at least and at most for a screen, for a key.
_WORD, _LEAST, _MOST, _KEY = 0.15, 0.7, 4.0, 0.06

_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Step:
    """One answer of a journey: what must stand on the screen, and what is then typed (RETURN follows)."""

    expects: str
    types: str


@dataclass(frozen=True, slots=True)
class Played:
    """A screen of 80 by 24 as it was, and what was typed then."""

    screen: str
    typed: str


class Stopped(Exception):
    """Whoever watches has ended the demonstration."""


class _Stage:
    """The program being played: its keys and its screens, which may be those of a terminal."""

    def __init__(self, program: Main, stack: Stack) -> None:
        self._stack = stack
        self.keys = KeyQueue()
        self._program = program
        self._running: asyncio.Task[int] | None = None

    async def begin(self) -> None:
        async def run() -> int:
            return await self._program(Terminal(self._stack, self.keys))

        self._running = asyncio.create_task(run())
        await self.settle()

    def text(self) -> str:
        """What is seen of the program."""
        return self._stack.top.glass.as_text()

    async def settle(self) -> None:
        """Waits until the program asks for a key, or has ended."""
        assert self._running is not None
        asked = asyncio.ensure_future(self.keys.read_out())
        done, _ = await asyncio.wait(
            [self._running, asked], timeout=_PATIENCE, return_when=asyncio.FIRST_COMPLETED
        )
        asked.cancel()
        if not done:
            raise LockboxError("The demonstration waits in vain; nothing asks for a key.")

    def expect(self, step: Step) -> None:
        """Raises `LockboxError` when the screen is not the one that the journey is written for."""
        if self._over() or step.expects not in self.text():
            raise LockboxError(
                f"The demonstration lost its way: {step.expects!r} is not on this screen:\n{self.text()}"
            )

    def expect_end(self) -> None:
        """Raises `LockboxError` when the program is not over by now."""
        if not self._over():
            raise LockboxError("The demonstration lost its way: the program goes on after its end.")

    def _over(self) -> bool:
        """Whether the program has ended; what it broke off with is raised."""
        assert self._running is not None
        return self._running.done() and self._running.result() is not None

    async def stop(self) -> None:
        """Ends a program that is still running."""
        if self._running is not None and not self._running.done():
            self._running.cancel()
            await asyncio.wait([self._running])


async def play_at_once(program: Main, journey: Sequence[Step]) -> list[Played]:
    """Plays a journey without a terminal; gives each screen with what was typed on it.

    Raises `LockboxError` when the program shows another screen than the journey expects.
    """
    played: list[Played] = []
    stage = _Stage(program, Stack())
    try:
        await stage.begin()
        for step in journey:
            stage.expect(step)
            played.append(Played(stage.text(), step.types))
            stage.keys.feed(f"{step.types}\r")
            await stage.settle()
        stage.expect_end()
    finally:
        await stage.stop()
    return played


async def play_slowly(
    program: Main, journey: Sequence[Step], terminal: Terminal, *, introduction: Sequence[str]
) -> None:
    """Plays a journey on a terminal at the speed at which it can be read, after an introduction.

    Raises `Stopped` when somebody ends it, `LockboxError` as `play_at_once`.
    """
    stage = _Stage(program, terminal.stack)
    watcher = _Watcher(terminal.keys, stage.keys)
    before = ""
    for row, text in enumerate(introduction, start=2):
        terminal.glass.put_line(row, text)
    await watcher.read_for(_time_to_read(before, terminal.glass.as_text()))
    terminal.glass.clear()
    try:
        await stage.begin()
        for step in journey:
            stage.expect(step)
            after = stage.text()
            await watcher.read_for(_time_to_read(before, after))
            before = after
            for key in step.types:
                stage.keys.feed(key)
                await watcher.read_for(_KEY)
            stage.keys.feed("\r")
            await stage.settle()
        stage.expect_end()
    finally:
        await stage.stop()


def _time_to_read(before: str, after: str) -> float:
    """Seconds for the lines that were not on the screen before."""
    known = set(before.splitlines())
    words = sum(len(line.split()) for line in after.splitlines() if line not in known)
    return min(max(words * _WORD, _LEAST), _MOST)


class _Watcher:
    """Who sits at the real keyboard while the demonstration types."""

    def __init__(self, real: KeyQueue, played: KeyQueue) -> None:
        self._real = real
        self._played = played

    async def read_for(self, seconds: float) -> None:
        """Waits that long, or until a key; raises `Stopped` on `^`, Escape and Ctrl-C."""
        ends = asyncio.get_running_loop().time() + seconds
        while (left := ends - asyncio.get_running_loop().time()) > 0:
            try:
                key = await asyncio.wait_for(self._real.read(), left)
            except TimeoutError:
                return
            except Cancelled as interrupted:
                raise Stopped from interrupted
            if key.name == RESIZED:
                self._played.put(key)
            elif key.character == "^" or key.name == "escape":
                raise Stopped
            else:
                return
