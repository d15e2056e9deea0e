"""The store: one object that opens the database, reads it and writes it (DESIGN 2.3).

SQLite is the default: WAL with `synchronous=FULL` where the SQLite at hand is free of the WAL-reset
race, else a rollback journal with `synchronous=EXTRA`; `BEGIN IMMEDIATE` for writing only. PostgreSQL
serves a department through psycopg 3. Clock and audit key travel in each session's `info`.
"""

import datetime
import os
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL, Connection, ExceptionContext
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from models.errors import LockboxError, StoreBusy
from models.sqlite_files import address_to_open, no_room

Clock = Callable[[], datetime.datetime]

#: What is true of an act that broke off: it is one transaction, but it may not have been the first of its command.
UNDONE = "What was being done is undone as a whole; what was done before it stays."

#: How long a clerk waits for another process's write before the program says so, in seconds.
LONGEST_WAIT = 30.0

# The WAL-reset race is fixed in 3.51.3 and in these later releases of older lines.
_SAFE_LINES = {(3, 44): 6, (3, 50): 7, (3, 51): 3}


def utc_now() -> datetime.datetime:
    """The instant now, in UTC: the clock of a running program (tests pass their own)."""
    return datetime.datetime.now(datetime.UTC)


def sqlite_driver() -> ModuleType:
    """The SQLite to use: pysqlite3 where it is installed, since it carries a newer one, else Python's own."""
    try:
        from pysqlite3 import dbapi2
    except ImportError:
        return sqlite3
    module: ModuleType = dbapi2
    return module


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Whether this version of SQLite is free of the WAL-reset race that can corrupt a shared file."""
    major, minor, patch = (*version, 0, 0)[:3]
    if (major, minor) > (3, 51):
        return True
    needed = _SAFE_LINES.get((major, minor))
    return needed is not None and patch >= needed


class Store:
    """The database of one site.

    `reading()` gives a session that may only read; `writing()` one whose work is committed at the end of
    the block, whole, or not at all. Raises `LockboxError` when the store cannot be opened and
    `StoreBusy` when another process holds it too long.
    """

    def __init__(self, url: str | URL, *, audit_key: bytes, clock: Clock = utc_now) -> None:
        self.url = make_url(url)
        self.audit_key = audit_key
        self.clock = clock
        self.sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(self.url) if self.sqlite else _postgresql_engine(self.url)
        self._writer = self.engine.execution_options(begin="BEGIN IMMEDIATE")
        self._file = Path(self.url.database) if self.sqlite and self.url.database else None
        self._opened: tuple[int, int] | None = None
        if self._file is not None:
            event.listen(self.engine, "connect", self._note_file)

    def close(self) -> None:
        """Lets go of all connections."""
        self.engine.dispose()
        self._opened = None

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the store and writes nothing."""
        with Session(self.engine, info=self._info(), expire_on_commit=False) as session:
            try:
                if not self.sqlite:
                    session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
                yield session
            finally:
                session.rollback()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose work is one transaction: committed at the end, rolled back on any error."""
        with self._write_session() as session:
            try:
                yield session
                session.commit()
            except BaseException:
                session.rollback()
                raise

    @contextmanager
    def within(self, connection: Connection) -> Iterator[Session]:
        """A session inside the transaction of a connection, which is not ended by it."""
        with Session(connection, info=self._info(), expire_on_commit=False) as session:
            yield session
            session.flush()

    @contextmanager
    def _write_session(self) -> Iterator[Session]:
        """A session inside its write transaction; waits for SQLite's lock with jitter above SQLite's own wait."""
        # Rows are written in the order of the foreign keys, which name tables of other modules: all tables are
        # known from here on. Reading needs only those it names, and the first menu does not wait for the rest.
        import models.tables  # noqa: F401

        give_up = time.monotonic() + LONGEST_WAIT
        while True:
            session = Session(self._writer, info=self._info(), expire_on_commit=False)
            try:
                session.connection()
                break
            except OperationalError as error:
                session.close()
                if "locked" not in str(error.orig) and "busy" not in str(error.orig):
                    raise
                if time.monotonic() > give_up:
                    raise StoreBusy(
                        f"Another program has been writing to the store for too long. {UNDONE} Try again."
                    ) from error
                time.sleep(random.uniform(0.01, 0.15))
        with session:
            self._refuse_replaced()
            yield session

    def _note_file(self, _connection: Any, _record: Any) -> None:
        if self._opened is None:
            self._opened = _file_number(self._file)

    def _refuse_replaced(self) -> None:
        """Refuses to write to a file that is no longer the store: it would be gone with its last user."""
        if self._opened is not None and _file_number(self._file) != self._opened:
            raise LockboxError(
                f"The store {self._file} was taken away or replaced while it was open here. "
                "Nothing was changed; leave the program and begin again."
            )

    def _info(self) -> dict[Any, Any]:
        return {"clock": self.clock, "audit_key": self.audit_key}


def _file_number(file: Path | None) -> tuple[int, int] | None:
    """What tells a file from another one that later has its name."""
    try:
        found = None if file is None else file.stat()
    except OSError:
        return None
    return None if found is None else (found.st_dev, found.st_ino)


def _sqlite_engine(url: URL) -> Engine:
    driver = sqlite_driver()
    safe = wal_is_safe(driver.sqlite_version_info)
    if url.database:
        folder = Path(url.database).parent
        if not folder.is_dir():
            raise LockboxError(f"There is no folder {folder} for the store.")
    engine = create_engine(
        address_to_open(url), module=driver, hide_parameters=True, connect_args={"timeout": 5.0}
    )

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        try:
            cursor.execute("PRAGMA foreign_keys=ON")
            cursor.execute("PRAGMA busy_timeout=5000")
            cursor.execute("PRAGMA recursive_triggers=ON")
            mode = "wal" if safe else "delete"
            found = cursor.execute("PRAGMA journal_mode").fetchone()[0]
            # The file of another program is refused, and stays as it is to the last byte.
            if found != mode and not _is_another_programs(cursor):
                try:
                    cursor.execute(f"PRAGMA journal_mode={mode}")
                except driver.OperationalError:
                    # A store that may only be read is read in the mode it was left in.
                    cursor.execute("PRAGMA query_only=ON")
            cursor.execute(f"PRAGMA synchronous={'FULL' if safe else 'EXTRA'}")
        finally:
            cursor.close()

    @event.listens_for(engine, "handle_error")
    def name_a_full_disk(context: ExceptionContext) -> None:
        # Of its index file SQLite only says that the disk gave an error.
        error = context.original_exception
        if url.database and "disk i/o" in str(error).lower() and no_room(Path(url.database)):
            error.args = (f"{error}: database or disk is full",)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))

    return engine


def _is_another_programs(cursor: Any) -> bool:
    from models.tables import are_of_another_program

    names = [name for (name,) in cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return bool(names) and are_of_another_program(names)


def _postgresql_engine(url: URL) -> Engine:
    if url.get_backend_name() != "postgresql":
        raise LockboxError("The store is SQLite or PostgreSQL; the address names something else.")
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        pool_pre_ping=True,
        isolation_level="READ COMMITTED",
    )


def private_file(path: Path) -> None:
    """Makes a file that only its owner may read, before the database fills it."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def broken_store(error: DBAPIError) -> LockboxError:
    """What a clerk reads when the database itself fails: full disk, read-only medium, lost connection."""
    said = str(error.orig).lower()
    if "full" in said or "no space" in said:
        return LockboxError(f"The disk of the store is full. {UNDONE} Make room and try again.")
    if any(words in said for words in ("connection failed", "failed to resolve", "connection timeout")):
        return LockboxError("The database server cannot be reached. Nothing was changed; try again.")
    if "malformed" in said or "not a database" in said:
        return LockboxError(
            "The file of the store is damaged. Nothing was changed; restore the store from a backup."
        )
    if "readonly" in said or "read-only" in said:
        return LockboxError("The store may only be read here. Nothing was changed.")
    if "unable to open" in said:
        return LockboxError(
            "The store cannot be opened for writing here: its disk or folder may only be read."
        )
    if "locked" in said or "busy" in said:
        return StoreBusy(f"Another program is writing to the store. {UNDONE} Try again.")
    if "disk i/o" in said:
        return LockboxError("The disk of the store gave an error. Look the act up before you repeat it.")
    return LockboxError("The store could not be used. Look the act up before you repeat it.")
