"""The proof of single values: each column of each table holds only what the program can have written there.

It reads the columns as the database has them, past our column types, so that a word, an amount or a date
that was put there by other means is named and does not break the reading. One statement a table, written
out here: all names and words in it are those of our own classes.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Boolean, Date, Enum, Integer, LargeBinary, String, Table
from sqlalchemy.orm import Session

from models.base import UtcDateTime
from models.money import Money
from models.tables import metadata
from models.words.money import LARGEST
from services.clean import clean
from services.findings import Finding

#: Rows named of each table; what is wrong with thousands has one cause.
MOST_NAMED = 20

#: How much of a value is shown.
_SHOWN = 40

_CENTS = int(LARGEST * 100)


def value_findings(session: Session, present: dict[str, set[str]]) -> Iterator[Finding]:
    """Every value that cannot be read as what its column is; `present` are the tables and columns there are."""
    sqlite = session.get_bind().dialect.name == "sqlite"
    for table in metadata.sorted_tables:
        if table.name in present:
            yield from _of_table(session, table, present[table.name], sqlite)


def _of_table(session: Session, table: Table, names: set[str], sqlite: bool) -> Iterator[Finding]:
    wrong: dict[str, tuple[str, str]] = {}
    for column in table.columns:
        told = _on_sqlite(column.type, column.name) if sqlite else _on_postgresql(column.type, column.name)
        if told is not None and column.name in names:
            absent = "IS NOT NULL AND" if column.nullable else "IS NULL OR"
            wrong[column.name] = (f'("{column.name}" {absent} ({told[0]}))', told[1])
    if not wrong:
        return
    shown = _show_on_sqlite if sqlite else _show_on_postgresql
    keys = [column.name for column in table.primary_key if column.name in names]
    asked = [
        *map(shown, keys),
        *(f"CASE WHEN {bad} THEN {shown(name)} END" for name, (bad, _) in wrong.items()),
    ]
    where = " OR ".join(bad for bad, _ in wrong.values())
    # Sorting the few that are found is cheaper than reading a whole table by its key.
    order = ", ".join(str(position) for position in range(1, len(keys) + 1)) or "1"
    rows = (
        session.connection()
        .exec_driver_sql(
            f'SELECT {", ".join(asked)} FROM "{table.name}" WHERE {where} ORDER BY {order} LIMIT {MOST_NAMED + 1}'
        )
        .all()
    )
    for row in rows[:MOST_NAMED]:
        numbers = (f"{key} {_say(value, sqlite)}" for key, value in zip(keys, row, strict=False))
        place = f"table {table.name}, row {', '.join(numbers)}"
        for (name, (_, wanted)), value in zip(wrong.items(), row[len(keys) :], strict=True):
            if value is not None:
                yield Finding(
                    "store-value",
                    f"It holds {_say(value, sqlite)}, which is {wanted}.",
                    f"{place}, column {name}",
                )
    if len(rows) > MOST_NAMED:
        yield Finding("store-value", "Further rows of it hold what cannot be read.", f"table {table.name}")


def _on_sqlite(kind: Any, name: str) -> tuple[str, str] | None:
    """When a value of a column is none of its type, and what is said of it then: SQLite keeps whatever it is given."""
    other = f'typeof("{name}") <>'
    # A column of dates has the affinity of numbers, by which '0001' would be the number 1; a function has none.
    year = f'substr("{name}", 1, 4)'
    if isinstance(kind, Enum):
        # A row of comparisons takes a third of the time of NOT IN.
        unknown = " AND ".join(f'"{name}" <> {_quote(word)}' for word in kind.enums)
        return f"{other} 'text' OR ({unknown})", "none of its words"
    if isinstance(kind, Money):
        return (
            f"{other} 'integer' OR \"{name}\" NOT BETWEEN {-_CENTS} AND {_CENTS}",
            "no amount in whole cents",
        )
    if isinstance(kind, UtcDateTime):
        second, parts = f'substr("{name}", 1, 19)', f'substr("{name}", 20)'
        return (
            f"{other} 'text' OR {year} < '0001' OR datetime({second}) IS NOT {second}"
            f" OR {parts} NOT GLOB '.{'[0-9]' * 6}'"
        ), "no date and time"
    if isinstance(kind, Date):
        return f"{other} 'text' OR {year} < '0001' OR date(\"{name}\") IS NOT \"{name}\"", "no date"
    if isinstance(kind, Boolean):
        return f"{other} 'integer' OR \"{name}\" NOT BETWEEN 0 AND 1", "neither yes nor no"
    if isinstance(kind, Integer):
        return f"{other} 'integer'", "no whole number"
    if isinstance(kind, LargeBinary):
        return f"{other} 'blob'", "no bytes"
    return (f"{other} 'text'", "no text") if isinstance(kind, String) else None


def _on_postgresql(kind: Any, name: str) -> tuple[str, str] | None:
    """The same where the server itself sees to numbers, truth values and texts, but not to the calendar."""
    if isinstance(kind, Enum):
        return f'"{name}" NOT IN ({", ".join(map(_quote, kind.enums))})', "none of its words"
    if isinstance(kind, Money):
        return f'"{name}" NOT BETWEEN {-_CENTS} AND {_CENTS}', "no amount in whole cents"
    if isinstance(kind, Date | UtcDateTime):
        # It knows `infinity` and years that Python does not.
        told = "no date" if isinstance(kind, Date) else "no date and time"
        return f"\"{name}\" < '0001-01-01' OR \"{name}\" >= '10000-01-01'", told
    return None


def _quote(word: str) -> str:
    escaped = word.replace("'", "''")
    return f"'{escaped}'"


def _show_on_sqlite(name: str) -> str:
    """The beginning of a value in a form that can always be fetched: a text that was put there need not be UTF-8."""
    return f'typeof("{name}") || \' \' || hex(substr(CAST("{name}" AS BLOB), 1, {_SHOWN * 4}))'


def _show_on_postgresql(name: str) -> str:
    return f"coalesce('text ' || left(\"{name}\"::text, {_SHOWN}), 'null ')"


def _say(shown: str, sqlite: bool) -> str:
    """A value as the clerk is shown it."""
    kind, _, start = shown.partition(" ")
    if kind == "null":
        return "nothing"
    if kind == "blob":
        return f"the bytes {start[:_SHOWN].lower()}"
    told = bytes.fromhex(start).decode("utf-8", "replace") if sqlite else start
    return f"'{clean(told, _SHOWN)}'"
