"""Waiting for the store without standing still: the clerk may type on, and may break off (DESIGN 2.14)."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from screens.list_manager.glass.leaving import Cancelled
from screens.list_manager.glass.terminal import Terminal

T = TypeVar("T")
PATIENCE = 0.05
STANDBY = "SEARCHING, PLEASE STANDBY (PRESS '^' TO QUIT SEARCH)"
_LAST_WAIT = 1.5


def _in_daemon_thread(call: Callable[[], T]) -> "asyncio.Future[T]":
    # Not asyncio's own pool: its threads are waited for at the end, and a hung-up session ends in seconds.
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def deliver(result: T | None, error: BaseException | None) -> None:
        if future.done():
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(result)  # type: ignore[arg-type]  # None only when T allows it

    def work() -> None:
        result, error = None, None
        try:
            result = call()
        except BaseException as caught:  # noqa: BLE001 - handed to whoever waits for the call
            error = caught
        if not loop.is_closed():
            loop.call_soon_threadsafe(deliver, result, error)

    threading.Thread(target=work, name="service", daemon=True).start()
    return future


async def in_thread(
    terminal: Terminal,
    call: Callable[[], T],
    message: str,
    *,
    uncancellable: bool = False,
    stop: threading.Event | None = None,
) -> T:
    """Runs a blocking call beside the screen and gives its result, or raises what it raised.

    After 50 ms `message` stands on the paper until the call is over. As long as it stands a `^` typed as the
    first unread key breaks off; Ctrl-C does at any time. Breaking off sets `stop`, which the call may look at
    where it can end safely, drops the result and raises Cancelled. A call that changes anything is
    `uncancellable`: its result is always waited for, and Ctrl-C only empties the keyboard.
    """
    future = _in_daemon_thread(call)
    if uncancellable:
        return await _to_the_end(terminal, future, message)
    return await _watch_task(terminal, future, message, stop)


async def watch_search(terminal: Terminal, work: Coroutine[Any, Any, T], message: str | None) -> T:
    """Awaits screen work that calls the store again and again (a search); breaking off as with `in_thread`.

    Without a message nothing is painted and only Ctrl-C breaks off.
    """
    return await _watch_task(terminal, asyncio.ensure_future(work), message, None)


async def _to_the_end(terminal: Terminal, future: "asyncio.Future[T]", message: str) -> T:
    try:
        done, _ = await asyncio.wait([future], timeout=PATIENCE)
        if not done:
            terminal.paper.passing(message)
            await asyncio.wait([future])
            terminal.paper.passed()
    except asyncio.CancelledError:
        # The session is ending: a posting that is nearly through may still say COMMIT.
        await asyncio.wait([future], timeout=_LAST_WAIT)
        raise
    terminal.keys.forget_interrupt()
    return future.result()


async def _watch_task(
    terminal: Terminal, future: "asyncio.Future[T]", message: str | None, stop: threading.Event | None
) -> T:
    keys = terminal.keys
    painted: int | None = None
    try:
        done, _ = await asyncio.wait([future], timeout=PATIENCE)
        while not done:
            if painted is None:
                if message is not None:
                    terminal.paper.passing(message)
                painted = keys.serial
            if keys.interrupted or (message is not None and keys.take_caret(painted)):
                keys.forget_interrupt()
                raise Cancelled
            arrival: asyncio.Future[None] = asyncio.ensure_future(keys.arrival())
            waited: list[asyncio.Future[T] | asyncio.Future[None]] = [future, arrival]
            try:
                await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
            finally:
                arrival.cancel()
            done = {future} if future.done() else set()
        return future.result()
    finally:
        if painted is not None and message is not None:
            terminal.paper.passed()
        if not future.done():
            if stop is not None:
                stop.set()
            future.cancel()
