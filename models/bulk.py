"""Bulk writes: many rows of one table by the driver's own executemany, or by COPY on PostgreSQL.

The rows are tuples in the order of `columns`; values are converted column by column with the same
processors that SQLAlchemy would use, so that money, dates and words are stored alike.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import Date, Enum, Table, func, select, text
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from models.base import Base, UtcDateTime
from models.money import Money
from models.words.money import whole_cents

Value = TypeVar("Value")

#: Rows that are converted together: what the driver is given is a second copy of them.
_ROWS_AT_ONCE = 10_000

_NEXT = text(
    "SELECT nextval(pg_get_serial_sequence(:name, 'id')) AS number FROM generate_series(1, :count) ORDER BY 1"
)


def parts(values: Sequence[Value], size: int = 500) -> Iterator[Sequence[Value]]:
    """Values in parts that one statement may name: an engine takes only so many parameters at a time."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def next_ids(session: Session, model: type[Base], count: int) -> list[int]:
    """Numbers for new rows of a table whose key is `id`, in ascending order; for a writing session only.

    SQLite has one writer at a time, and gives a new row the number after the largest anyhow.
    """
    session.flush()
    table = _table(model)
    if session.get_bind().dialect.name == "postgresql":
        return list(session.scalars(_NEXT, {"name": table.name, "count": count}))
    last: int = session.scalar(select(func.coalesce(func.max(table.c.id), 0))) or 0
    return list(range(last + 1, last + 1 + count))


def insert_all(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts rows that are given by column names; all rows name the same columns.

    The ORM's own bulk insert begins a new statement wherever neighbours differ in what is None.
    """
    if not rows:
        return
    session.flush()
    columns = list(rows[0])
    bulk_insert(session.connection(), _table(model), columns, list(map(itemgetter(*columns), rows)))


def _table(model: type[Base]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table


def bulk_insert(
    connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Inserts rows into a table; the columns it names are all that have no default."""
    quoted = [connection.dialect.identifier_preparer.quote(name) for name in columns]
    target = f"{connection.dialect.identifier_preparer.format_table(table)} ({', '.join(quoted)})"
    marks = ", ".join("?" * len(columns))
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        ready = _convert(connection, table, columns, rows[start : start + _ROWS_AT_ONCE])
        if connection.dialect.name == "postgresql":
            _copy(connection, f"COPY {target} FROM STDIN", ready)
        else:
            connection.exec_driver_sql(f"INSERT INTO {target} VALUES ({marks})", list(ready))


def _copy(connection: Connection, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Copies rows in; what the server refuses is raised as SQLAlchemy raises it for any other statement."""
    driver: Any = connection.connection.driver_connection
    refused: Any = connection.dialect.loaded_dbapi.Error
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except refused as error:
        raise DBAPIError.instance(
            statement, None, error, refused, hide_parameters=True, dialect=connection.dialect
        ) from error


def _convert(
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
    if isinstance(kind, Date | Enum | UtcDateTime):
        return map(_Remembered(processor).__getitem__, column)
    return map(processor, column)
