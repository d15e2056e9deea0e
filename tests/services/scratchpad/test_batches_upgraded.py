"""A scratch pad of a store that knew no batches keeps all its lines, and can be divided after the upgrade."""

from pathlib import Path

import pytest
from sqlalchemy import select

from models.scratchpads import ScratchpadEntry
from models.upgrading import upgrade
from models.words.scratchpad import BatchCriterion
from services.office.actor import sign_on
from services.remittances.finding import era_of
from services.scratchpad.batches import BatchPlan
from services.scratchpad.stored import load
from tests import given, ledger, older
from tests.clerk import Clerk


def test_a_pad_of_an_older_store_is_kept_and_divided(clerk: Clerk, tmp_path: Path) -> None:
    if not clerk.store.sqlite:
        pytest.skip("the store of the release before is a SQLite file")
    given.bills(clerk.store, clerk.actor, {"K1": 100, "K2": 50})
    era = given.era(
        clerk.store,
        clerk.actor,
        trace="T1",
        claims=[("K1", 100, 80), ("K2", 50, 50)],
        plbs=[("WO", "R1", 6)],
        method="CHK",
    )
    clerk.opens(era, check="1")
    clerk.splits(era, (2, 1), ("K1", 70), ("X9", 10))
    clerk.distributes(era, (1, 1), (3, 1), 6)
    clerk.leaves(era)
    with clerk.store.reading() as session:
        before = load(session, era_of(session, era, lock=False))
    with older.copy_of(clerk.store, "0007", tmp_path / "older.sqlite3") as old:
        upgrade(old, tmp_path)
        with old.reading() as session:
            assert load(session, era_of(session, era, lock=False)) == before
            assert set(session.scalars(select(ScratchpadEntry.batch))) == {None}
            upgraded = Clerk(old, sign_on(session, clerk.actor.login))
        ledger.assert_clean(old)
        upgraded.divides(era, BatchPlan(BatchCriterion.MAX, most=1))
        assert [records for _, _, _, records in upgraded.batches(era)] == [1, 1]
        ledger.assert_clean(old)
