"""The triggers that refuse to change or delete what is written once, and which of them a store lacks.

They are made by the migrations; here stands what they have to be today, so that a dropped, disabled or
emptied one is found (DESIGN 2.5).
"""

from collections.abc import Iterator

from sqlalchemy import text
from sqlalchemy.engine import Connection

from models.tables import APPEND_ONLY

_ON_SQLITE = text("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")

# A trigger that is disabled, or only fires on a replica, protects nothing here ('O' is the origin, 'A' always);
# `tgtype` says before, each statement, and on which of update, delete and truncate.
_ON_POSTGRESQL = text(
    "SELECT t.tgname, c.relname, t.tgtype, t.tgenabled::text, t.tgqual IS NULL, p.prosrc FROM pg_trigger t "
    "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
    "WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace"
)
_BEFORE, _DELETE, _UPDATE, _TRUNCATE = 2, 8, 16, 32
_REFUSES = "BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END"


def find_unprotected(connection: Connection) -> Iterator[tuple[str, str]]:
    """Each append-only table that can be changed, with what is not refused there: `bill_transaction`, `UPDATE`."""
    if connection.dialect.name == "sqlite":
        found = {(name, table): _plain(sql) for name, table, sql in connection.execute(_ON_SQLITE)}
        for table in APPEND_ONLY:
            for act in ("UPDATE", "DELETE"):
                name = f"{table}_no_{act.lower()}"
                if found.get((name, table)) != _plain(_definition(name, act, table)):
                    yield table, act
        return
    guarded = {
        table
        for name, table, kind, enabled, always, source in connection.execute(_ON_POSTGRESQL)
        if name == f"{table}_append_only"
        and kind == _BEFORE | _DELETE | _UPDATE | _TRUNCATE
        and enabled in ("O", "A")
        and always
        and _plain(source) == _plain(_REFUSES)
    }
    for table in APPEND_ONLY:
        if table not in guarded:
            yield table, "UPDATE, DELETE and TRUNCATE"


def _definition(name: str, act: str, table: str) -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE {act} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def _plain(sql: str | None) -> str:
    return " ".join((sql or "").split()).rstrip(";")
