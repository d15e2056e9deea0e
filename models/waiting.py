"""Who holds the store while somebody waits to write to it (DESIGN 2.3).

SQLite has one writer at a time, and the kernel knows which process has the lock. PostgreSQL says itself who
stands in the way of a connection; every Lockbox gives it the name of its user when it connects.
"""

import contextlib
import os
import pwd
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

#: Is told a line about what is waited for.
Tell = Callable[[str], None]

#: After so long a wait is told, in seconds.
TOLD_AFTER = 2.0

#: How often a server is asked what a transaction waits for, in seconds.
_ASK_EVERY = 0.5

ANOTHER_PROGRAM = "another program"

#: The bytes that a writer locks: of the index beside a store in WAL mode, else of the store's own file (SQLite's
#: `walIndexLock` and `RESERVED_BYTE`).
_WRITER_IN_INDEX = 120
_WRITER_IN_FILE = 0x40000001

#: What is named of a process, if it is one of ours: its user and what it does.
_OURS = "lockbox"
_COMMANDS = frozenset(
    ("check", "demo", "import", "init", "journal", "migrate", "nightly", "receipt", "scratchpad", "site")
)


def line_on(holder: str, patience: float) -> str:
    """What is told of a wait: for whom, and for how long at most."""
    return f"Waiting for {holder}, who is writing to the store; for {patience:.0f} seconds at most."


def too_long(holder: str) -> str:
    """What is said of a wait that is given up."""
    return f"{holder[0].upper()}{holder[1:]} has been writing to the store for too long."


def writer_of(file: Path) -> str:
    """Who writes to a SQLite store at this moment, as far as this machine tells: `root (lockbox import, process 7)`."""
    for path, byte in (
        (file.with_name(f"{file.name}-shm"), _WRITER_IN_INDEX),
        (file, _WRITER_IN_FILE),
    ):
        process = _process_with_lock(path, byte)
        if process is not None:
            return _name_process(process)
    return ANOTHER_PROGRAM


def _process_with_lock(path: Path, byte: int) -> int | None:
    """The process that has a byte of a file locked for itself, by the kernel's list of all locks.

    Asked of the list, since to open the file and close it again would let go of this process's own locks on it.
    """
    with contextlib.suppress(OSError, ValueError):
        about = path.stat()
        wanted = f"{os.major(about.st_dev):02x}:{os.minor(about.st_dev):02x}:{about.st_ino}"
        for line in Path("/proc/locks").read_text().splitlines():
            # `5: POSIX  ADVISORY  WRITE 22777 fe:00:2146952 120 120`; with `->` behind the number it only waits.
            words = line.split()
            if words[1] == "POSIX" and words[3] == "WRITE" and words[5] == wanted:
                end = byte if words[7] == "EOF" else int(words[7])
                if int(words[6]) <= byte <= end and int(words[4]) > 0:
                    return int(words[4])
    return None


def _name_process(process: int) -> str:
    """A process by its user and, if it is one of ours, by its command."""
    told = f"process {process}"
    with contextlib.suppress(OSError, ValueError):
        command = Path(f"/proc/{process}/cmdline").read_bytes().decode(errors="replace").split("\0")
        at = next((at for at, word in enumerate(command) if Path(word).name.startswith(_OURS)), None)
        if at is not None:
            named = next((word for word in command[at + 1 :] if word in _COMMANDS), "")
            told = f"{f'lockbox {named}'.strip()}, {told}"
    return f"{_user_of(process) or ANOTHER_PROGRAM} ({told})"


def name_of_this_program() -> str:
    """What this process is called where others wait for it."""
    return f"{_OURS} {_user_of(os.getpid())}".strip()


def _user_of(process: int) -> str:
    """The user of a process; who came in by sudo is known by the number that sudo leaves."""
    with contextlib.suppress(OSError, ValueError, KeyError):
        number = Path(f"/proc/{process}").stat().st_uid
        with contextlib.suppress(OSError):
            for setting in Path(f"/proc/{process}/environ").read_bytes().split(b"\0"):
                if setting.startswith(b"SUDO_UID="):
                    number = int(setting[9:])
        return pwd.getpwuid(number).pw_name
    return ""


_BLOCKING = text(
    "SELECT other.application_name, other.usename, other.pid, other.client_addr::text "
    "FROM pg_stat_activity mine JOIN pg_stat_activity other ON other.pid = ANY(pg_blocking_pids(mine.pid)) "
    "WHERE mine.pid = :mine AND clock_timestamp() - mine.query_start >= make_interval(secs => :told_after) "
    "ORDER BY other.xact_start LIMIT 1"
)


class ServerWait:
    """What one transaction on a PostgreSQL server waits for, looked at from outside while it may be waiting."""

    def __init__(self, engine: Engine, connection: int, patience: float, tell: Tell | None) -> None:
        self.holder = ANOTHER_PROGRAM
        self._engine = engine
        self._connection = connection
        self._patience = patience
        self._tell = tell
        self._over = threading.Event()

    @contextmanager
    def watched(self) -> Iterator["ServerWait"]:
        """Watches for as long as the block lasts."""
        watcher = threading.Thread(target=self._watch, name="waiting", daemon=True)
        watcher.start()
        try:
            yield self
        finally:
            self._over.set()

    def _watch(self) -> None:
        told = ""
        pause = TOLD_AFTER
        while not self._over.wait(pause):
            pause = _ASK_EVERY
            with contextlib.suppress(SQLAlchemyError):
                holder = self._asked()
                if holder and holder != told and self._tell is not None and not self._over.is_set():
                    self._tell(line_on(holder, self._patience))
                    told = holder

    def _asked(self) -> str:
        values = {"mine": self._connection, "told_after": TOLD_AFTER}
        with self._engine.connect() as connection:
            row = connection.execute(_BLOCKING, values).first()
        if row is None:
            return ""
        program, user, process, address = row
        ours = program and program.startswith(f"{_OURS} ")
        who, what = (program.removeprefix(f"{_OURS} "), _OURS) if ours else (user, program or ANOTHER_PROGRAM)
        from_where = f" from {address}" if address else ""
        self.holder = f"{who} ({what}, connection {process}{from_where})"
        return self.holder
