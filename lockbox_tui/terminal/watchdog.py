"""Noticing that the clerk's line is gone, and making sure the program ends even when it is stuck."""

import contextlib
import os
import select
import signal
import threading
import time
from collections.abc import Callable
from types import TracebackType

_LOOK_EVERY = 0.5
LAST_RESORT = 5.0


class Watchdog:
    """A thread that looks after a terminal.

    Some launchers leave SIGHUP ignored: then nothing tells a program that its terminal has gone. The thread
    asks the terminal itself, twice a second, and sends nothing. Once the end is expected it may take five
    seconds (four for the session, the rest for a stuck line); then the process is ended from here.
    """

    def __init__(
        self, terminal: int, on_lost: Callable[[], None], *, last_resort: float = LAST_RESORT
    ) -> None:
        self._terminal = terminal
        self._on_lost = on_lost
        self._last_resort = last_resort
        self._finished = threading.Event()
        self._deadline: float | None = None
        self._status = 128 + signal.SIGHUP
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)

    def __enter__(self) -> "Watchdog":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._finished.set()

    def expect_end(self, status: int) -> None:
        """From now on the program may only end; when that takes too long it is ended with this status."""
        if self._deadline is None:
            self._status = status
            self._deadline = time.monotonic() + self._last_resort

    def _watch(self) -> None:
        poll = select.poll()
        poll.register(self._terminal, 0)
        lost = False
        while not self._finished.wait(_LOOK_EVERY):
            if not lost and poll.poll(0):
                lost = True
                self.expect_end(128 + signal.SIGHUP)
                self._on_lost()
            if self._deadline is not None and time.monotonic() > self._deadline:
                with contextlib.suppress(OSError):
                    os.set_blocking(1, False)
                    os.write(1, b"\x1b[m\x1b[2J\x1b[?7h\x1b[?1049l\x1b[?25h")
                os._exit(self._status)
