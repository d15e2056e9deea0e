"""`lockbox check` names a scratch pad whose batches leave an entry out, or do not follow on each other."""

import pytest

from models.words.scratchpad import BatchCriterion
from services.scratchpad.batches import BatchPlan
from tests import given, ledger
from tests.clerk import Clerk
from tests.tampering import places


@pytest.mark.parametrize(
    ("plan", "change", "found"),
    [
        ("max", "UPDATE scratchpad_entry SET batch = NULL WHERE number = 2", ("pad-batch", "ERA 1 entry 2")),
        ("max", "UPDATE scratchpad_entry SET batch = 1 WHERE number = 1", ("pad-batch", "ERA 1 entry 1")),
        ("max", "UPDATE batch SET first = '3' WHERE number = 2", ("batch-series", "ERA 1")),
        ("max", "UPDATE batch SET criterion = 'NAME RANGE' WHERE number = 2", ("batch-series", "ERA 1")),
        ("name", "UPDATE batch SET last = 'YZZZ' WHERE number = 2", ("batch-series", "ERA 1")),
        ("name", "UPDATE batch SET first = 'K' WHERE number = 2", ("batch-series", "ERA 1")),
        ("payment", "DELETE FROM batch WHERE number = 2", ("batch-series", "ERA 1")),
        ("copay", "UPDATE batch SET number = 3 WHERE number = 1", ("batch-series", "ERA 1")),
    ],
)
def test_batches_that_are_not_whole_are_named(
    clerk: Clerk, plan: str, change: str, found: tuple[str, str]
) -> None:
    given.bills(clerk.store, clerk.actor, {"K1": 100, "K2": 100})
    era = given.era(
        clerk.store,
        clerk.actor,
        trace="T1",
        claims=[("K1", 100, 100), ("K2", 100, 100)],
        plbs=[("WO", "R1", 6)],
        method="CHK",
    )
    plans = {
        "max": BatchPlan(BatchCriterion.MAX, most=1),
        "name": BatchPlan(BatchCriterion.NAME, through=("H", "Z")),
        "payment": BatchPlan(BatchCriterion.PAYMENT),
        "copay": BatchPlan(BatchCriterion.COPAY),
    }
    clerk.opens(era, check="1", batches=plans[plan])
    ledger.assert_clean(clerk.store)
    assert places(clerk.store, change) == {found}
