"""A store as a release before made it: its schema, with the rows of a store of this release in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import inspect, text

import models.migrations
from models.store import Store
from models.tables import metadata


def lay_out(store: Store, schema: str) -> None:
    """Lays out an empty store as the release of a schema did."""
    configuration = Config()
    configuration.set_main_option("script_location", str(Path(models.migrations.__file__).parent))
    with store.engine.begin() as connection:
        configuration.attributes["connection"] = connection
        command.upgrade(configuration, schema)


@contextmanager
def copy_of(store: Store, schema: str, path: Path, *statements: str) -> Iterator[Store]:
    """What a store of this release holds, in a SQLite file of an older schema; `statements` then change it there.

    Columns and tables that came later are left out, and words that a later release writes have to be changed.
    """
    older = Store(f"sqlite:///{path}", audit_key=store.audit_key, clock=store.clock)
    lay_out(older, schema)
    with store.engine.connect() as source, older.engine.connect() as target:
        target.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        found = inspect(target)
        for table in metadata.sorted_tables:
            if not found.has_table(table.name):
                continue
            known = [column["name"] for column in found.get_columns(table.name)]
            names = ", ".join(f'"{name}"' for name in known)
            rows = source.execute(text(f'SELECT {names} FROM "{table.name}"')).all()
            marks = ", ".join("?" * len(known))
            for row in rows:
                target.exec_driver_sql(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', tuple(row))
        for statement in statements:
            target.exec_driver_sql(statement)
        target.commit()
    try:
        yield older
    finally:
        older.close()
