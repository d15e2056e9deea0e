"""Stores for tests: each a copy of one template, which is migrated once a session."""

import datetime
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Protocol, Self

from sqlalchemy import create_engine, event
from sqlalchemy.pool import NullPool

from models.store import LONGEST_WAIT, Store
from models.tables import metadata
from models.upgrading import create_store
from tests.server import server

AUDIT_KEY = b"a key that is not secret, for tests only"


class FixedClock:
    """A clock that stands still until a test sets it; it starts at 14:37:06 UTC on 22 July 2012."""

    def __init__(self) -> None:
        self.instant = datetime.datetime(2012, 7, 22, 14, 37, 6, tzinfo=datetime.UTC)

    def __call__(self) -> datetime.datetime:
        return self.instant

    @property
    def today(self) -> datetime.date:
        """The date it shows in UTC, which is the zone of the tests' site."""
        return self.instant.date()

    def set(self, instant: datetime.datetime) -> None:
        """Puts the clock to an instant."""
        self.instant = instant

    def forward(self, **time: float) -> None:
        """Puts the clock on by some `days`, `hours`, `minutes` or `seconds`."""
        self.instant += datetime.timedelta(**time)


class _Rows(NamedTuple):
    """What a PostgreSQL store held: the rows of each table as COPY writes them, the last number of each series."""

    tables: dict[str, bytes]
    series: dict[str, int]


class StoreKind(Protocol):
    """Where fresh stores come from."""

    def fresh(self, clock: FixedClock) -> AbstractContextManager[Store]:
        """A store with its tables and nothing in them, closed at the end of the block."""

    def keep(self, store: Store, name: str) -> None:
        """Remembers under a name all that is in a store now."""

    def put_back(self, store: Store, name: str) -> None:
        """Puts into a store what was kept under a name, in place of all that is in it."""


class SqliteStores:
    """SQLite files, copied from one that is migrated when the first is asked for.

    A store that a test has done with serves the next one, from a new copy: it has its statements
    compiled already, which is most of a small test's time.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._template = folder / "template.sqlite3"
        self._free: list[tuple[Path, Store]] = []
        self._made = 0

    @contextmanager
    def fresh(self, clock: FixedClock) -> Iterator[Store]:
        """A store in a file of its own."""
        if not self._template.exists():
            template = Store(f"sqlite:///{self._template}", audit_key=AUDIT_KEY)
            create_store(template)
            template.close()
        path, store = self._free.pop() if self._free else self._new()
        for left in self._folder.glob(f"{path.name}*"):
            left.unlink()
        shutil.copyfile(self._template, path)
        _as_new(store, clock)
        try:
            yield store
        finally:
            store.close()
            self._free.append((path, store))

    def keep(self, store: Store, name: str) -> None:
        """Copies the store's file."""
        store.close()
        shutil.copyfile(_file_of(store), self._folder / f"{name}.kept")

    def put_back(self, store: Store, name: str) -> None:
        """Copies what was kept over the store's file."""
        store.close()
        path = _file_of(store)
        for left in self._folder.glob(f"{path.name}*"):
            left.unlink()
        shutil.copyfile(self._folder / f"{name}.kept", path)

    def _new(self) -> tuple[Path, Store]:
        self._made += 1
        path = self._folder / f"store{self._made}.sqlite3"
        store = Store(f"sqlite:///{path}", audit_key=AUDIT_KEY)
        # No test of the rules survives a power cut, so none has to wait for the disk.
        event.listen(store.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF").close())
        return path, store


def _file_of(store: Store) -> Path:
    assert store.url.database is not None
    return Path(store.url.database)


class PostgresStores:
    """Databases of one PostgreSQL server, cloned from one that is migrated at the start.

    A store that a test has done with is emptied for the next one, which is twenty times as fast as a clone.
    """

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._free: list[Store] = []
        self._made = 0
        self._kept: dict[str, _Rows] = {}

    def __enter__(self) -> Self:
        self._url = self._stack.enter_context(server()).url
        self._admin = create_engine(self._url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        # As with SQLite: no test of the rules survives a power cut, so none has to wait for the disk.
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            self._run(f"ALTER SYSTEM SET {setting} = off")
        self._run("SELECT pg_reload_conf()")
        self._run("CREATE DATABASE template_lockbox")
        template = self._named("template_lockbox")
        create_store(template)
        template.close()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._admin.dispose()
        self._stack.close()

    @contextmanager
    def fresh(self, clock: FixedClock) -> Iterator[Store]:
        """A store in a database of its own."""
        store = self._free.pop() if self._free else self._new()
        _as_new(store, clock)
        try:
            yield store
        finally:
            self._empty(store)
            store.close()
            self._free.append(store)

    def keep(self, store: Store, name: str) -> None:
        """Copies the rows of all tables, and where all numbers stand."""
        with store.engine.begin() as connection:
            driver: Any = connection.connection.driver_connection
            tables = {}
            for table in metadata.sorted_tables:
                with driver.cursor() as cursor, cursor.copy(f"COPY {table.name} TO STDOUT") as copy:
                    tables[table.name] = b"".join(map(bytes, copy))
            series = connection.exec_driver_sql(
                "SELECT sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL"
            )
            self._kept[name] = _Rows(tables, {row[0]: row[1] for row in series})

    def put_back(self, store: Store, name: str) -> None:
        """Copies the rows of all tables back, past the triggers that watch them."""
        self._empty(store)
        kept = self._kept[name]
        with store.engine.begin() as connection:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            driver: Any = connection.connection.driver_connection
            for table, rows in kept.tables.items():
                if rows:
                    with driver.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
                        copy.write(rows)
            for series, last in kept.series.items():
                connection.exec_driver_sql(f"SELECT setval('{series}', {last})")

    def _new(self) -> Store:
        self._made += 1
        name = f"lockbox{self._made}"
        self._run(f"CREATE DATABASE {name} TEMPLATE template_lockbox")
        return self._named(name)

    @staticmethod
    def _empty(store: Store) -> None:
        """Deletes all rows and starts all numbers anew, past the triggers that forbid just that."""
        with store.engine.begin() as connection:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            for table in metadata.sorted_tables:
                connection.exec_driver_sql(f"DELETE FROM {table.name}")
            connection.exec_driver_sql(
                "SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'"
            )

    def _named(self, database: str) -> Store:
        return Store(self._url.set(database=database), audit_key=AUDIT_KEY)

    def _run(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.exec_driver_sql(statement)


def _as_new(store: Store, clock: FixedClock) -> None:
    """Takes from a store what the test before has set on it."""
    store.clock, store.patience, store.tell = clock, LONGEST_WAIT, None
