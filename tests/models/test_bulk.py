"""Bulk writes: numbered like any other rows, and refused like any other rows."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from models.bills import Payer
from models.bulk import insert_all, next_ids
from models.store import Store

ROWS = [{"key": key, "identifier": key, "name": f"PAYER {key}"} for key in ("A", "B", "C")]


def test_rows_written_in_bulk_are_numbered_on_from_those_written_one_by_one(store: Store) -> None:
    with store.writing() as session:
        session.add(Payer(key="FIRST", identifier="FIRST", name="FIRST"))
        ids = next_ids(session, Payer, len(ROWS))
        insert_all(session, Payer, [{"id": one, **row} for one, row in zip(ids, ROWS, strict=True)])
        session.add(Payer(key="LAST", identifier="LAST", name="LAST"))
    with store.reading() as session:
        found = session.execute(select(Payer.id, Payer.key).order_by(Payer.id)).all()
    assert [tuple(row) for row in found] == [(1, "FIRST"), (2, "A"), (3, "B"), (4, "C"), (5, "LAST")]


def test_no_rows_are_no_numbers_and_no_statement(store: Store) -> None:
    with store.writing() as session:
        assert next_ids(session, Payer, 0) == []
        insert_all(session, Payer, [])
    with store.reading() as session:
        assert session.scalars(select(Payer.id)).all() == []


def test_what_the_store_refuses_in_bulk_is_an_integrity_error_and_nothing_is_written(store: Store) -> None:
    with pytest.raises(IntegrityError), store.writing() as session:
        insert_all(session, Payer, [*ROWS, ROWS[0]])
    with store.reading() as session:
        assert session.scalars(select(Payer.id)).all() == []
