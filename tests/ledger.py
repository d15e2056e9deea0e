"""What a test ends with: the books proven, or nothing changed."""

from typing import Any

from sqlalchemy import select

from models.store import Store
from models.tables import metadata
from services.books import check_books

Contents = dict[str, list[tuple[Any, ...]]]


def assert_clean(store: Store) -> None:
    """The books prove: what `lockbox check` would say."""
    with store.reading() as session:
        assert check_books(session) == []


def contents(store: Store) -> Contents:
    """Every row of every table, to be compared with the same later."""
    with store.reading() as session:
        return {
            table.name: sorted(
                (tuple(row) for row in session.execute(select(*table.columns.values()))), key=repr
            )
            for table in metadata.sorted_tables
        }


def differing(before: Contents, after: Contents) -> dict[str, list[tuple[Any, ...]]]:
    """The rows that are not the same in both, by table; empty when nothing changed."""
    return {
        name: [row for row in [*before[name], *after[name]] if (row in before[name]) != (row in after[name])]
        for name in before
        if before[name] != after[name]
    }
