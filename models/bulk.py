"""Bulk writes: many rows of one table by the driver's own executemany, or by COPY on PostgreSQL.

The rows are tuples in the order of `columns`; values are converted column by column with the same
processors that SQLAlchemy would use, so that money, dates and words are stored alike.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Date, Enum, Table
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.types import TypeEngine

from models.money import Money, whole_cents


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
    values: list[Iterable[Any]] = [
        _column(connection.dialect, table.c[name].type, column)
        for name, column in zip(columns, zip(*rows, strict=True), strict=True)
    ]
    return zip(*values, strict=True)


class _Remembered(dict[Any, Any]):
    """What a processor made of each value: a column of dates or words holds few different ones."""

    def __init__(self, processor: Callable[[Any], Any]) -> None:
        super().__init__()
        self._processor = processor

    def __missing__(self, value: Any) -> Any:
        made = self[value] = self._processor(value)
        return made


def _column(dialect: Dialect, kind: TypeEngine[Any], column: Sequence[Any]) -> Iterable[Any]:
    if isinstance(kind, Money):
        return whole_cents(column)
    processor = kind.dialect_impl(dialect).bind_processor(dialect)
    if processor is None:
        return column
    if isinstance(kind, Date | Enum):
        return map(_Remembered(processor).__getitem__, column)
    return map(processor, column)
