"""Making a store, and bringing one of an older release up to this one (DESIGN 2.3).

On SQLite the whole upgrade is one transaction: BEGIN IMMEDIATE, foreign keys off before it and
checked before its COMMIT. A store of a newer release is refused. Alembic is only imported when there is
something to do.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from models.backups import alone_in, back_up
from models.errors import LockboxError, NoSite, UnknownSchema
from models.store import Store

if TYPE_CHECKING:
    from alembic.config import Config

#: What the rules do behind the steps of an upgrade; it is told the schema that the store had.
Then = Callable[[Session, str], None]

#: Where a store says which schema it is at.
VERSION_TABLE = "alembic_version"

# No other program has all of these; what lacks one of them is looked at closely.
_SURELY_OURS = {VERSION_TABLE, "audit_event", "eeob", "era", "provider_adjustment", "scratchpad", "site"}

_MIGRATIONS = Path(__file__).parent / "migrations"

# Any constant does: it only has to be the same in every process.
_UPGRADE_LOCK = 442_344_50


@cache
def head() -> str:
    """The schema of this release: the newest file in `models/migrations/versions`."""
    return max(path.name[:4] for path in (_MIGRATIONS / "versions").glob("[0-9]*.py"))


def known_schemas() -> tuple[str, ...]:
    """The schemas of this release and of those before it."""
    return tuple(f"{number:04d}" for number in range(1, int(head()) + 1))


def versions(connection: Connection) -> list[str]:
    """What a store says its schema is: one version, unless it was changed by other means."""
    found = inspect(connection)
    if not found.has_table(VERSION_TABLE):
        return []
    if "version_num" not in {column["name"] for column in found.get_columns(VERSION_TABLE)}:
        return []
    rows = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE} LIMIT 20"))
    return sorted(str(version) for (version,) in rows)


def schema_of(store: Store) -> str | None:
    """The schema a store is at; None when it is empty.

    Raises `LockboxError` for the tables of another program, `UnknownSchema` for a Lockbox store whose
    schema cannot be told any more.
    """
    with store.engine.connect() as connection:
        names = set(inspect(connection).get_table_names())
        if not names:
            return None
        if not names >= _SURELY_OURS and _of_another_program(names):
            raise LockboxError(
                f"{_name_of(store)} is not a Lockbox store: it holds the tables of another program. "
                "Nothing was changed."
            )
        said = versions(connection)
    if len(said) == 1 and (said[0] in known_schemas() or _newer(said[0])):
        return said[0]
    raise UnknownSchema(
        f"The table {VERSION_TABLE} of {_name_of(store)} was changed: it does not name the schema of a release "
        "of Lockbox any more. Nothing was done. lockbox check says more; a backup brings the store back."
    )


def _of_another_program(names: set[str]) -> bool:
    # A start of the screens passes by here, and does not wait for all tables to be known.
    from models.tables import are_of_another_program

    return are_of_another_program(names)


def _name_of(store: Store) -> str:
    return store.url.database or "The store"


def _newer(schema: str) -> bool:
    return len(schema) == len(head()) and schema.isascii() and schema.isdigit() and schema > head()


def known_schema(store: Store) -> str:
    """The schema of a store that this release can use or upgrade.

    Raises `LockboxError` for a store that a newer release made or that is no Lockbox store, `NoSite` for none.
    """
    schema = schema_of(store)
    if schema is None:
        raise NoSite("There is no site in this store yet. Run: lockbox init --station 442 --name NAME")
    if schema > head():
        raise LockboxError(
            f"This store was made by a newer release of Lockbox (schema {schema}, this program knows {head()}). "
            "Install the newer release; nothing was changed."
        )
    return schema


def create_store(store: Store) -> None:
    """Lays out an empty store; raises `LockboxError` when there is something of another program in it."""
    schema_of(store)
    _migrate(store)


def upgrade(store: Store, backups: Path, then: Then | None = None) -> Path | None:
    """Brings an older store up to this release after a backup into a folder; gives the backup's path.

    Of several programs one does it; the others wait for it and find the store upgraded. `then` does, in the same
    transaction, what the steps leave to the rules: it is told the schema before.
    """
    if known_schema(store) == head():
        return None
    if not store.sqlite:
        _migrate(store, then)
        return None
    with alone_in(backups, store):
        if known_schema(store) == head():
            return None
        backup = back_up(store, backups, f"before-{head()}")
        _migrate(store, then)
        return backup


def _configuration(connection: Connection) -> "Config":
    from alembic.config import Config

    configuration = Config()
    configuration.set_main_option("script_location", str(_MIGRATIONS))
    configuration.attributes["connection"] = connection
    return configuration


def _migrate(store: Store, then: Then | None = None) -> None:
    from alembic import command

    engine = store.engine.execution_options(begin="BEGIN IMMEDIATE")
    with engine.connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        if store.sqlite:
            raw.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                if not store.sqlite:
                    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _UPGRADE_LOCK})
                # Another program may have been here while this one waited.
                before = versions(connection)
                if before == [head()]:
                    return
                command.upgrade(_configuration(connection), "head")
                if then is not None:
                    with store.within(connection) as session:
                        then(session, *before)
                if store.sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise LockboxError(
                        "The upgrade would break references in the store; nothing was changed."
                    )
        finally:
            if store.sqlite:
                raw.execute("PRAGMA foreign_keys=ON")
