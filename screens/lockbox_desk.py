"""The desk of a Lockbox clerk: the list manager's desk with the store and the clerk's own rights.

Screens reach the rules only through `read` and `write`, to which they name a function of the services:

    profile = await desk.read(profile_of, number)
    await desk.write(refresh, era, seen=pad.version)

Both run it beside the screen, so that typing goes on; neither leaves a transaction open while a prompt waits.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Generic, ParamSpec, TypeVar

from screens.destinations import Destination, Ways
from screens.list_manager.asking.lookup import Hit, Listing
from screens.list_manager.desk import Desk, DeskSettings
from screens.list_manager.glass.leaving import Abandoned
from screens.list_manager.glass.terminal import Terminal
from services.errors import LockboxError, OutcomeUnknown
from services.lookup import LookUp
from services.office import leases
from services.office.access import Access, Door, View, Work
from services.office.actor import Actor

if TYPE_CHECKING:
    from services.guide.topics import Found

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R")

#: How often the leases of an open screen are renewed, in seconds; they last four times as long.
RENEWAL = 30.0

STANDBY = "PLEASE STANDBY"

#: What is said when an act's answer was lost, and the store was asked what became of it.
NOT_DONE = "The connection to the database server was lost. Asked again, it says that nothing was done; repeat the act."
READING = f"{STANDBY} (PRESS '^' TO QUIT)"


class LockboxDesk(Desk):
    """One clerk at one terminal, with his site's store.

    `batches_displayed` says whether lists of ERAs show their batches, for as long as he sits there.
    """

    def __init__(
        self,
        terminal: Terminal,
        settings: DeskSettings,
        access: Access,
        finance_folder: Path,
        ways: Callable[[], Ways],
    ) -> None:
        super().__init__(terminal, settings)
        self.access = access
        self.finance_folder = finance_folder
        self._ways = ways
        self.batches_displayed = False

    @property
    def actor(self) -> Actor:
        """The clerk."""
        return self.access.actor

    async def go(self, to: Destination[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Goes to a screen or dialogue by its name; returns when it is left, with what it gives."""
        return await self._ways().way(to).go(self, *args, **kwargs)

    def look_up_word(self, word: str, here: str) -> "Found":
        # The first menu does not wait for the guide.
        from services.guide.topics import find_topics

        return find_topics(word, here)

    def hear_waits(self) -> None:
        """From now on the progress line of a write that waits for another program says for whom."""
        loop = asyncio.get_running_loop()

        def tell(line: str) -> None:
            # Nobody reads it any more when the screens have just been closed.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(self.terminal.paper.instead, line)

        self.access.store.tell = tell

    async def read(self, view: View[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Asks the services something; `^` on the progress line of a long call raises `Cancelled`."""
        return await self.saying(READING).read(view, *args, **kwargs)

    async def write(self, door: Door[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Lets a service change something as this clerk, in one transaction; once begun it is never cancelled."""
        return await self.saying(STANDBY).write(door, *args, **kwargs)

    def saying(self, progress: str) -> "Calls":
        """Reads and writes under another progress line."""
        return Calls(self, progress)

    def once(self, unknown: str, done: View[P, R | None], /, *args: P.args, **kwargs: P.kwargs) -> "Once[R]":
        """An act that must not be done twice, as `Calls.once`."""
        return self.saying(STANDBY).once(unknown, done, *args, **kwargs)

    async def beside(self, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Works something out that takes its time and needs no store; `^` on the progress line raises `Cancelled`."""
        return await self.in_thread(partial(work, *args, **kwargs), READING)

    async def pick(self, lookup: LookUp[R]) -> R | None:
        """Asks for one thing of a look-up; None for RETURN, `Abandoned` for `^`."""

        async def search(typed: str) -> Sequence[Hit[R]]:
            found = await self.read(lookup.find, typed)
            return [Hit(lookup.key(each), lookup.row(each), each) for each in found]

        return await self.ask.lookup(
            lookup.prompt, search, kind=lookup.kind, help=lookup.help, listing=self.listing(lookup)
        )

    def listing(self, lookup: LookUp[R]) -> Listing:
        """The rows of a look-up, page by page, for `??`."""

        async def rows(start: int, count: int) -> Sequence[str]:
            return [lookup.row(each) for each in await self.read(lookup.page, start, count)]

        return rows

    async def keep_leases(self) -> None:
        """Renews this desk's leases for as long as the program runs."""
        while True:
            await asyncio.sleep(RENEWAL)
            await asyncio.to_thread(self.access.write, leases.renew)

    async def give_back_leases(self) -> None:
        """Gives everything back: on leaving, on a hang-up, at the end."""
        await asyncio.to_thread(self.access.write, leases.give_back_all)


class Calls:
    """Calls of the services beside the screen, with what stands there while a long one runs."""

    def __init__(self, desk: LockboxDesk, progress: str) -> None:
        self._desk = desk
        self._progress = progress

    async def read(self, view: View[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """As `LockboxDesk.read`."""
        return await self._desk.in_thread(
            partial(self._desk.access.read, view, *args, **kwargs), self._progress
        )

    async def write(self, door: Door[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """As `LockboxDesk.write`."""
        return await self._to_the_end(partial(self._desk.access.write, door, *args, **kwargs))

    async def run(self, work: Work[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Lets a service change something in transactions of its own; once begun it is never cancelled."""
        return await self._to_the_end(partial(self._desk.access.run, work, *args, **kwargs))

    async def _to_the_end(self, call: Callable[[], T]) -> T:
        return await self._desk.in_thread(call, self._progress, uncancellable=True)

    def once(self, unknown: str, done: View[P, R | None], /, *args: P.args, **kwargs: P.kwargs) -> "Once[R]":
        """An act that must not be done twice: `done` finds out what became of it, None when nothing.

        `unknown` is what the clerk reads when even that cannot be found out.
        """
        return Once(self, unknown, partial(self._desk.read, done, *args, **kwargs))


class Once(Generic[R]):
    """An act of which the clerk always hears whether it was done, also when the store gives no answer to it."""

    def __init__(self, calls: Calls, unknown: str, look_up: Callable[[], Awaitable[R | None]]) -> None:
        self._calls = calls
        self._unknown = unknown
        self._look_up = look_up

    async def write(self, door: Door[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T | R:
        """Does the act; after an error of the store it is looked up before anything is said.

        Gives what the act gives, or what was found of it. Raises the store's `LockboxError` when nothing was
        done, `OutcomeUnknown` when that cannot be found out either.
        """
        try:
            return await self._calls.write(door, *args, **kwargs)
        except LockboxError as error:
            done = await self._found(error)
            if done is None and isinstance(error, OutcomeUnknown):
                raise LockboxError(NOT_DONE) from error
            if done is None:
                raise
            return done

    async def _found(self, error: LockboxError) -> R | None:
        try:
            return await self._look_up()
        except (LockboxError, Abandoned):
            raise OutcomeUnknown(f"{error}\n{self._unknown}") from error
