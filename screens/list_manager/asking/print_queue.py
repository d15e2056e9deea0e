"""What is printed while the clerk goes on with something else, one print after the other, and what became of it."""

import asyncio
import queue
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from services.errors import LockboxError, Refused

NOT_PRINTED = "{} was not printed. {}"
_FAULT = "That is a fault of the program, which has been recorded; print it on the screen."

#: How long a print that is broken off may take to put away what it has begun, in seconds.
_ENDS_WITHIN = 0.5


class BrokenOff(Exception):
    """The session ends before the print is done."""


@dataclass(frozen=True, slots=True, eq=False)
class Queued:
    """One print: what the clerk knows it by, and what prints it and says where it went."""

    name: str
    work: Callable[[], str]


class PrintQueue:
    """The queued prints of one desk; `wake` is called on its loop when there is something to be told."""

    def __init__(self, wake: Callable[[], None], record: Callable[[BaseException], object]) -> None:
        self._wake = wake
        self._record = record
        self._news: list[str] = []
        self._open: list[Queued] = []
        self._given: queue.SimpleQueue[Queued | None] = queue.SimpleQueue()
        self._changed = threading.Condition()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def add(self, queued: Queued) -> None:
        """Takes a print to be worked after those that wait."""
        with self._changed:
            self._open.append(queued)
        self._given.put(queued)
        if self._thread is None:
            loop = asyncio.get_running_loop()
            self._thread = threading.Thread(target=self._run, args=(loop,), name="print queue", daemon=True)
            self._thread.start()

    @property
    def waiting(self) -> Sequence[str]:
        """The names of the prints that are not done yet."""
        with self._changed:
            return [each.name for each in self._open]

    @property
    def has_news(self) -> bool:
        """Whether there is something to be told."""
        with self._changed:
            return bool(self._news)

    def take_news(self) -> Sequence[str]:
        """What became of the prints that have been done since it was last asked, a sentence each."""
        with self._changed:
            news, self._news = self._news, []
        return news

    def watch(self, lines: Iterable[str]) -> Iterator[str]:
        """The lines of a queued print, until it is broken off."""
        for line in lines:
            if self._stopped.is_set():
                raise BrokenOff
            yield line

    def finish(self) -> None:
        """Waits until all is printed, in a thread of its own."""
        with self._changed:
            self._changed.wait_for(lambda: not self._open or self._stopped.is_set())

    def break_off(self) -> Sequence[str]:
        """Ends it now; gives the names of the prints that are not done, of which nothing stays behind."""
        self._stopped.set()
        self._given.put(None)
        with self._changed:
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(_ENDS_WITHIN)
        return self.waiting

    def _run(self, loop: asyncio.AbstractEventLoop) -> None:
        while (queued := self._given.get()) is not None and not self._stopped.is_set():
            said = self._work(queued)
            if said is None:
                return
            with self._changed:
                self._open.remove(queued)
                self._news.append(said)
                self._changed.notify_all()
            if not loop.is_closed():
                loop.call_soon_threadsafe(self._wake)

    def _work(self, queued: Queued) -> str | None:
        """Prints one and gives the sentence that the clerk reads; None when it is broken off."""
        try:
            return queued.work()
        except Exception as error:  # noqa: BLE001 - the desk goes on whatever happens here
            if self._stopped.is_set():
                return None
            if isinstance(error, (Refused, LockboxError)):
                return NOT_PRINTED.format(queued.name, error)
            self._record(error)
            return NOT_PRINTED.format(queued.name, _FAULT)
