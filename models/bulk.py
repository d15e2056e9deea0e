"""Bulk writes: many rows of one table by the driver's own executemany, or by COPY on PostgreSQL.

The rows are tuples in the order of `columns`; values are converted column by column with the same
processors that SQLAlchemy would use, so that money, dates and words are stored alike.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Table
from sqlalchemy.engine import Connection


def bulk_insert(
    connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Inserts rows into a table; the columns it names are all that have no default."""
    if not rows:
        return
    ready = _converted(connection, table, columns, rows)
    quoted = [connection.dialect.identifier_preparer.quote(name) for name in columns]
    target = f"{connection.dialect.identifier_preparer.format_table(table)} ({', '.join(quoted)})"
    if connection.dialect.name == "postgresql":
        driver: Any = connection.connection.driver_connection
        with driver.cursor() as cursor, cursor.copy(f"COPY {target} FROM STDIN") as copy:
            for row in ready:
                copy.write_row(row)
        return
    marks = ", ".join("?" * len(columns))
    connection.exec_driver_sql(f"INSERT INTO {target} VALUES ({marks})", list(ready))


def _converted(
    connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> Iterable[tuple[Any, ...]]:
    processors = [_processor(connection, table, name) for name in columns]
    if not any(processors):
        return rows
    values: list[Iterable[Any]] = [
        column if processor is None else map(processor, column)
        for processor, column in zip(processors, zip(*rows, strict=True), strict=True)
    ]
    return zip(*values, strict=True)


def _processor(connection: Connection, table: Table, name: str) -> Callable[[Any], Any] | None:
    dialect = connection.dialect
    return table.c[name].type.dialect_impl(dialect).bind_processor(dialect)
