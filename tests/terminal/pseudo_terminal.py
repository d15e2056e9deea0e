"""A clerk's terminal for the tests: a real pseudo-terminal with a screen that can be read back.

Nothing here sleeps: a test waits for what the clerk would see, as patiently as every test.
"""

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType

import pyte

from tests.patience import PATIENCE

_QUIET = 0.25


class PseudoTerminal:
    """One program on one terminal; use it in a `with` block, which ends the program and reaps it."""

    def __init__(
        self,
        arguments: Sequence[str],
        environment: Mapping[str, str] | None = None,
        *,
        rows: int = 24,
        columns: int = 80,
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.received = b""
        self.status: int | None = None
        self._open = True
        names = ("PATH", "HOME", "PYTHONPATH", "TMPDIR")
        environ = {name: os.environ[name] for name in names if name in os.environ}
        environ |= {"TERM": "vt100", "LANG": "C.UTF-8", **(environment or {})}
        size = struct.pack("HHHH", rows, columns, 0, 0)
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, size)
        self.before = termios.tcgetattr(slave)
        self.pid = os.fork()
        if self.pid == 0:
            os.close(master)
            os.login_tty(slave)
            os.execve(sys.executable, [sys.executable, *arguments], environ)
        self._slave = slave
        self._master = master

    def __enter__(self) -> "PseudoTerminal":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.status is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        self.hang_up()

    def send(self, keys: str | bytes) -> None:
        """Types keys, in one write."""
        os.write(self._master, keys.encode() if isinstance(keys, str) else keys)

    def resize(self, rows: int, columns: int) -> None:
        """Enlarges or shrinks the terminal's window."""
        self.screen.resize(rows, columns)
        self.claim(rows, columns)

    def claim(self, rows: int, columns: int) -> None:
        """Says that the window has this size, whatever it has."""
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def _read(self, wait: float) -> bytes | None:
        ready, _, _ = select.select([self._master], [], [], wait)
        if not ready:
            return None
        try:
            data = os.read(self._master, 65536)
        except OSError:
            return b""
        self.received += data
        self._stream.feed(data)
        return data

    def until(self, condition: Callable[[], bool], what: str) -> None:
        """Reads until a condition holds; fails with the screen when it does not in time."""
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end or self._read(0.05) == b"":
                if condition():
                    return
                raise AssertionError(f"waited in vain for {what}; the screen:\n{self.text()}")

    def until_text(self, text: str) -> None:
        """Reads until the text stands on the screen."""
        self.until(lambda: text in self.text(), repr(text))

    def until_quiet(self, quiet: float = _QUIET) -> bytes:
        """Reads until nothing has come for a while; gives what came."""
        before = len(self.received)
        while self._read(quiet):
            continue
        return self.received[before:]

    def bytes_for(self, keys: str | bytes, then: Callable[[], bool] | None = None) -> bytes:
        """Types keys and gives everything the program sends for them."""
        self.until_quiet()
        before = len(self.received)
        self.send(keys)
        if then is not None:
            self.until(then, "the answer")
        else:
            self.until(lambda: len(self.received) > before, "an answer")
        self.until_quiet()
        return self.received[before:]

    def text(self) -> str:
        """The screen as lines of text."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def row(self, number: int) -> str:
        """A row of the screen, counted from 1 as on paper."""
        return self.screen.display[number - 1].rstrip()

    def signal(self, number: int) -> None:
        """Sends a signal to the program."""
        os.kill(self.pid, number)

    def wait(self) -> int:
        """Waits until the program has ended; gives its exit status (negative: the signal that killed it)."""
        end = time.monotonic() + PATIENCE
        while self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
                break
            if time.monotonic() > end:
                raise AssertionError(f"still running; the screen:\n{self.text()}")
            if self._open:
                self._read(0.02)
            else:
                select.select([], [], [], 0.02)
        if self._open:
            self.until_quiet(0.05)
        return self.status

    def settings(self) -> list[object]:
        """The terminal's settings (echo, line mode), to compare with `before`."""
        return list(termios.tcgetattr(self._slave))

    def hang_up(self) -> None:
        """Closes the line, as a broken connection does."""
        if self._open:
            self._open = False
            os.close(self._slave)
            os.close(self._master)
