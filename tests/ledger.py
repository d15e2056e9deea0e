"""What a test ends with: the books proven, or nothing changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from models.journal import JournalLine
from models.store import Store
from models.tables import metadata
from models.words.money import ZERO, money
from services.proofs.check import check_books

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


def accounts(store: Store) -> dict[str, Decimal]:
    """The trial balance: debits less credits of each account, those of zero left out."""
    with store.reading() as session:
        rows = session.execute(
            select(JournalLine.account, func.sum(JournalLine.debit), func.sum(JournalLine.credit)).group_by(
                JournalLine.account
            )
        )
        return {row[0].value: row[1] - row[2] for row in rows if row[1] != row[2]}


@contextmanager
def moving(store: Store, **amounts: str | int) -> Iterator[None]:
    """Within the block the books move by exactly these debits (credits negative), as `_1200=-60`."""
    before = accounts(store)
    yield
    after = accounts(store)
    moved = {account: after.get(account, ZERO) - before.get(account, ZERO) for account in {*before, *after}}
    assert {account: amount for account, amount in moved.items() if amount} == {
        account.lstrip("_"): money(str(amount)) for account, amount in amounts.items()
    }
    assert sum(after.values(), ZERO) == 0
    assert_clean(store)
