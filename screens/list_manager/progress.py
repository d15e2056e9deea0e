"""Waiting for the store without standing still: the clerk may type on, and may break off (DESIGN 2.14)."""

import asyncio
import threading
from collections.abc import Callable
from typing import TypeVar

from screens.list_manager.leaving import Cancelled
from screens.list_manager.prompt import Terminal

T = TypeVar("T")
PATIENCE = 0.05


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

    After 50 ms `message` stands on the paper. From then on a `^` typed as the first unread key breaks off;
    Ctrl-C does at any time. Breaking off sets `stop`, which the call may look at where it can end safely,
    drops the result and raises Cancelled. A call that changes anything is `uncancellable`: its result is
    always waited for, and Ctrl-C only empties the keyboard.
    """
    keys = terminal.keys
    future = _in_daemon_thread(call)
    painted: int | None = None
    done, _ = await asyncio.wait([future], timeout=PATIENCE)
    while not done:
        if painted is None:
            terminal.paper.line(message)
            painted = keys.serial
        if uncancellable:
            await asyncio.wait([future])
            break
        if keys.interrupted or keys.take_caret(painted):
            if stop is not None:
                stop.set()
            keys.forget_interrupt()
            future.cancel()
            raise Cancelled
        arrival: asyncio.Future[None] = asyncio.ensure_future(keys.arrival())
        waited: list[asyncio.Future[T] | asyncio.Future[None]] = [future, arrival]
        try:
            await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
        finally:
            arrival.cancel()
        done = {future} if future.done() else set()
    if uncancellable:
        keys.forget_interrupt()
    return await future
