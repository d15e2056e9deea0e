"""What the two databases say differently: order by code point, moved dates, and locks.

What an act locks it locks in one order, so that no two wait for each other: a right, the ERA, its scratch pad,
leases, the receipt, the EFT, bills by their numbers, and the row of the site last, which gives numbers and ends
the audit trail. `services.office.audit` writes its events when all else of the transaction is done.
"""

import datetime
from enum import IntEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Date, Text, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.functions import FunctionElement

#: How a row is locked for an act: whoever only refers to it, by a foreign key, does not wait (FOR NO KEY UPDATE).
LOCKED: Final = {"key_share": True}


class Right(IntEnum):
    """The right to do something that one process at a time may do, by PostgreSQL's number for it."""

    FILING = 5_321_835
    MATCHING = 5_321_344


def hold_right(session: Session, right: Right) -> None:
    """Waits for a right and holds it until the transaction ends; SQLite has one writer at a time anyhow.

    Taken first in a transaction, before any row of the store is locked.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:right)"), {"right": int(right)})


class by_code_point(FunctionElement[str]):
    """A text that sorts and compares by its code points, whatever language the server speaks."""

    type = Text()
    inherit_cache = True


@compiles(by_code_point)
def _plain(element: by_code_point, compiler: Any, **options: Any) -> str:
    """SQLite compares bytes as it is."""
    return str(compiler.process(element.clauses, **options))


@compiles(by_code_point, "postgresql")
def _collate(element: by_code_point, compiler: Any, **options: Any) -> str:
    return f'({compiler.process(element.clauses, **options)}) COLLATE "C"'


class days_later(FunctionElement[datetime.date]):
    """A date moved by a number of days: `days_later(Era.date, -30)`."""

    type = Date()
    inherit_cache = True

    def __init__(self, date: ColumnElement[datetime.date] | Any, days: int) -> None:
        super().__init__(date, days)


@compiles(days_later)
def _by_modifier(element: days_later, compiler: Any, **options: Any) -> str:
    date, days = (compiler.process(part, **options) for part in element.clauses)
    return f"date({date}, {days} || ' days')"


@compiles(days_later, "postgresql")
def _by_sum(element: days_later, compiler: Any, **options: Any) -> str:
    date, days = (compiler.process(part, **options) for part in element.clauses)
    return f"({date} + {days})"
