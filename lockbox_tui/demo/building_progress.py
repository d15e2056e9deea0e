"""The progress line of building the demo site: on standard error, and it moves at least once a second."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

#: Told after each step: how many are done, how many there are.
Tell = Callable[[int, int], None]

_MOVES_EVERY = 0.5
_SAID = "Building the demo site"


@contextmanager
def building_progress() -> Iterator[Tell]:
    """Gives the function that is told what is done; nothing is said until it is told something.

    On a terminal the line is written over; elsewhere each move is a line of its own.
    """
    line = _Line()
    try:
        yield line.tell
    finally:
        line.end()


class _Line:
    """The line, and the thread that moves it while a step takes long."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._done = self._total = 0
        self._began = time.monotonic()
        self._over = threading.Event()
        self._mover: threading.Thread | None = None

    def tell(self, done: int, total: int) -> None:
        self._done, self._total = done, total
        if self._mover is None:
            self._write()
            self._mover = threading.Thread(target=self._move, daemon=True)
            self._mover.start()

    def _move(self) -> None:
        while not self._over.wait(_MOVES_EVERY):
            self._write()

    def end(self) -> None:
        if self._mover is None:
            return
        self._over.set()
        self._mover.join()
        self._write()
        if self._terminal:
            sys.stderr.write("\n")
        sys.stderr.flush()

    def _write(self) -> None:
        seconds = time.monotonic() - self._began
        steps = f": {self._done} of {self._total} steps" if self._total else ""
        said = f"{_SAID}{steps}, {seconds:.1f} s"
        sys.stderr.write(f"\r{said}" if self._terminal else f"{said}\n")
        sys.stderr.flush()
