"""What ends a command from outside: Ctrl-C, noted where it comes and heeded where nothing is half-done; and signals."""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

#: What ends a program whose terminal is gone, or that is told to end.
_ENDINGS = (signal.SIGHUP, signal.SIGTERM)


class Interrupts:
    """Whether Ctrl-C or a signal came since the command began, and whether the command stops at once.

    Python raises `KeyboardInterrupt`, and what a signal raises, wherever it stands. In a callback of the database
    that becomes an error of the database, and where an object is cleared away it is printed and lost; so long work
    puts Ctrl-C off.
    """

    def __init__(self) -> None:
        self._typed = False
        self._put_off = False
        self._ended: int | None = None

    def heed(self) -> None:
        """Stops here if Ctrl-C was typed before, by KeyboardInterrupt, or a signal ended it, by SystemExit."""
        if self._typed:
            raise KeyboardInterrupt
        if self._ended is not None:
            raise SystemExit(128 + self._ended)

    def pause(self, seconds: float) -> None:
        """Lets time pass while something else is waited for; stops here if Ctrl-C was typed before."""
        self.heed()
        time.sleep(seconds)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Notes each Ctrl-C while a command runs; what ignores it, as a run in the background does, stays deaf."""
        self._typed, self._ended = False, None
        here = threading.current_thread() is threading.main_thread()
        if not here or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
            yield
            return
        signal.signal(signal.SIGINT, self._note)
        try:
            yield
        finally:
            self._typed, self._ended = False, None
            signal.signal(signal.SIGINT, signal.default_int_handler)

    @contextmanager
    def put_off(self) -> Iterator[None]:
        """Work that heeds Ctrl-C at its own steps and at its end; a second Ctrl-C stops it at once."""
        self._put_off = True
        try:
            yield
        finally:
            self._put_off = False
        self.heed()

    @contextmanager
    def clearing_up(self) -> Iterator[None]:
        """Work that puts away what it has begun when a signal ends the program; what ignores one, stays deaf to it."""
        here = threading.current_thread() is threading.main_thread()
        heard = [each for each in _ENDINGS if here and signal.getsignal(each) is signal.SIG_DFL]
        for each in heard:
            signal.signal(each, self._end)
        try:
            yield
        finally:
            for each in heard:
                signal.signal(each, signal.SIG_DFL)
        self.heed()

    def _end(self, number: int, frame: FrameType | None) -> NoReturn:
        self._ended = number
        # Another one would break off the clearing up.
        for each in _ENDINGS:
            if signal.getsignal(each) == self._end:
                signal.signal(each, signal.SIG_IGN)
        raise SystemExit(128 + number)

    def _note(self, number: int, frame: FrameType | None) -> None:
        first, self._typed = not self._typed, True
        if not (first and self._put_off):
            signal.default_int_handler(number, frame)


#: One process runs one command, and has one terminal that Ctrl-C is typed at.
INTERRUPTS = Interrupts()
