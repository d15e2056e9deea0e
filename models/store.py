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
from typing import Any, TypeVar

from sqlalchemy import Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL, Connection, ExceptionContext
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from models.broken_store import UNDONE
from models.errors import LockboxError, OutcomeUnknown, StoreBusy, StoreFailed
from models.sqlite_files import address_to_open, no_room
from models.waiting import (
    ANOTHER_PROGRAM,
    TOLD_AFTER,
    ServerWait,
    Tell,
    line_on,
    name_of_this_program,
    too_long,
    writer_of,
)

Clock = Callable[[], datetime.datetime]

T = TypeVar("T")

#: How long another program's work is waited for, in seconds, unless the site says otherwise.
LONGEST_WAIT = 30.0

#: How long SQLite itself waits for a lock, in milliseconds; a writer looks about more often.
_BUSY, _BUSY_AT_BEGIN = 5_000, 500

#: How long a server may take to take a connection, in seconds.
_CONNECTS_WITHIN = 10

#: How often a server is asked what became of a transaction, in seconds.
_ASK_AGAIN = 0.25

_LOST = f"The connection to the database server was lost. {UNDONE} Try again."
_OUTCOME_UNKNOWN = (
    "The connection to the database server was lost before it said whether the act was done. "
    "Look the act up before you repeat it."
)

_LOCK_NOT_AVAILABLE = "55P03"
_BEGUN = text(
    "SELECT pg_current_xact_id()::text, pg_backend_pid() FROM set_config('lock_timeout', :wait, true)"
)
_STATUS = text("SELECT pg_xact_status(CAST(CAST(:number AS text) AS xid8))")

#: How often an act is begun that the server breaks off, and what it says then: it cannot be put in a row with
#: others, or they wait for each other.
_TRIES, _BROKEN_OFF = 5, frozenset({"40001", "40P01"})

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
        #: How long another program's work on the store, or on a file beside it, is waited for, in seconds.
        self.patience = LONGEST_WAIT
        #: Whom a wait is told to, unless an act has somebody of its own.
        self.tell: Tell | None = None
        #: How a wait between two tries passes, in seconds; whoever may break it off raises from there.
        self.pause: Callable[[float], None] = time.sleep
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
    def writing(self, tell: Tell | None = None) -> Iterator[Session]:
        """A session whose work is one transaction: committed at the end, rolled back on any error.

        `tell` is told for whom it waits; without it `self.tell` is. Raises `StoreBusy` when another program
        is waited for longer than `self.patience`, and `OutcomeUnknown` when a server does not say whether it
        committed.
        """
        # Rows are written in the order of the foreign keys, which name tables of other modules: all tables are
        # known from here on. Reading needs only those it names, and the first menu does not wait for the rest.
        import models.tables  # noqa: F401

        tell = tell or self.tell
        with self._sqlite_session(tell) if self.sqlite else self._server_session(tell) as session:
            try:
                yield session
                self._commit(session)
            except BaseException:
                session.rollback()
                raise

    def write(self, act: Callable[[Session], T]) -> T:
        """Does one act in a transaction of its own; one that the server broke off is done again from its beginning.

        The server breaks an act off when it and another wait for each other, and undoes it whole. An act that
        moves money takes its key from outside, so that it is the same act each time.
        """
        for left in reversed(range(_TRIES)):
            try:
                with self.writing() as session:
                    return act(session)
            except DBAPIError as error:
                if not left or getattr(error.orig, "sqlstate", None) not in _BROKEN_OFF:
                    raise
            time.sleep(random.uniform(0.01, 0.15))
        raise AssertionError("the last try ends the loop")

    @contextmanager
    def within(self, connection: Connection) -> Iterator[Session]:
        """A session inside the transaction of a connection, which is not ended by it."""
        with Session(connection, info=self._info(), expire_on_commit=False) as session:
            yield session
            # Ends the session's own part, with what waits for that; the transaction is the connection's.
            session.commit()

    @contextmanager
    def _sqlite_session(self, tell: Tell | None) -> Iterator[Session]:
        """A session inside its write transaction; waits for SQLite's lock with jitter above SQLite's own wait."""
        began, told = time.monotonic(), False
        while True:
            session = self._session()
            try:
                session.connection()
                break
            except OperationalError as error:
                session.close()
                if "locked" not in str(error.orig) and "busy" not in str(error.orig):
                    raise
                waited = time.monotonic() - began
                if waited > self.patience:
                    raise StoreBusy(f"{too_long(self._writer_now())} {UNDONE} Try again.") from error
                if waited > TOLD_AFTER and tell is not None and not told:
                    tell(line_on(self._writer_now(), self.patience))
                    told = True
                self.pause(random.uniform(0.01, 0.15))
        with session:
            self._refuse_replaced()
            yield session

    def _writer_now(self) -> str:
        return ANOTHER_PROGRAM if self._file is None else writer_of(self._file)

    @contextmanager
    def _server_session(self, tell: Tell | None) -> Iterator[Session]:
        """A session inside its write transaction, whose waits for locks of others are bounded and told."""
        with self._session() as session:
            # The number of the transaction is the only thing that is left of it when its answer is lost.
            number, connection = session.execute(_BEGUN, {"wait": f"{self.patience * 1000:.0f}ms"}).one()
            session.info["transaction"] = number
            with ServerWait(self.engine, connection, self.patience, tell).watched() as wait:
                try:
                    yield session
                except DBAPIError as error:
                    if getattr(error.orig, "sqlstate", None) != _LOCK_NOT_AVAILABLE:
                        raise
                    raise StoreBusy(f"{too_long(wait.holder)} {UNDONE} Try again.") from error

    def _session(self) -> Session:
        return Session(self._writer, info=self._info(), expire_on_commit=False)

    def _commit(self, session: Session) -> None:
        """Commits; when a server's answer is lost, asks it after connecting anew what became of the transaction."""
        if self.sqlite:
            session.commit()
            return
        session.flush()
        # A failed COMMIT would make the session forget what the caller still shows.
        session.expunge_all()
        try:
            session.commit()
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
            became = self._became_of(session.info["transaction"])
            if became == "aborted":
                raise StoreFailed(_LOST, "", "") from error
            if became != "committed":
                raise OutcomeUnknown(_OUTCOME_UNKNOWN) from error

    def _became_of(self, transaction: str) -> str | None:
        """What a server says of a transaction that has ended; None when it cannot say, or not in time."""
        give_up = time.monotonic() + self.patience
        while time.monotonic() < give_up:
            try:
                with self.engine.connect() as connection:
                    status: str | None = connection.execute(_STATUS, {"number": transaction}).scalar()
                if status != "in progress":
                    return status
            except DBAPIError as error:
                # A server that took over may not know the transaction at all.
                if not error.connection_invalidated and getattr(error.orig, "sqlstate", None) is not None:
                    return None
            time.sleep(_ASK_AGAIN)
        return None

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
            cursor.execute(f"PRAGMA busy_timeout={_BUSY}")
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
        statement = connection.get_execution_options().get("begin", "BEGIN")
        if statement == "BEGIN":
            connection.exec_driver_sql(statement)
            return
        connection.exec_driver_sql(f"PRAGMA busy_timeout={_BUSY_AT_BEGIN}")
        try:
            connection.exec_driver_sql(statement)
        finally:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={_BUSY}")

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
        connect_args={"fallback_application_name": name_of_this_program()}
        | ({} if "connect_timeout" in url.query else {"connect_timeout": _CONNECTS_WITHIN}),
        hide_parameters=True,
        pool_pre_ping=True,
        isolation_level="READ COMMITTED",
    )


def private_file(path: Path) -> None:
    """Makes a file that only its owner may read, before the database fills it."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
