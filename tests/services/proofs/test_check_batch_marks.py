"""`lockbox check` names batches that are bounded, named, marked or filled as nobody has divided or marked them."""

import pytest

from models.store import Store
from models.words.scratchpad import BatchCriterion
from services.office.actor import Actor
from services.scratchpad.batches import BatchPlan, check_name
from services.scratchpad.telling import read_edited, say_edited
from tests import given
from tests.clerk import Clerk
from tests.ledger import assert_clean
from tests.once import built_once
from tests.tampering import places

SERIES, MARK, PLACE = "batch-series", "batch-mark", "pad-batch"


@built_once
def divided(clerk: Clerk, site: Store, actor: Actor) -> Store:
    """ERA 1 in pairs, its first batch named and ready, ERAs 2 to 4 by payment, name and co-pay; 4 is all ready."""
    given.bills(site, actor, {f"K{number}": 100 for number in range(1, 5)})
    paid = {"K1": 100, "K2": 60, "K3": 0, "K9": 40}
    plans = (
        BatchPlan(BatchCriterion.MAX, most=2),
        BatchPlan(BatchCriterion.PAYMENT, names=("", "SOME; ready to post")),
        BatchPlan(BatchCriterion.NAME, through=("H", "Z")),
        BatchPlan(BatchCriterion.COPAY),
    )
    for era, plan in enumerate(plans, 1):
        claims = [(claim, 100, amount) for claim, amount in paid.items()]
        given.era(site, actor, trace=f"T{era}", claims=claims, plbs=[("WO", "R1", 5)], method="CHK")
        clerk.opens(era, check=f"100{era}", batches=plan)
        clerk.leaves(era)
    clerk.edits_batch(1, 1, ready=True)
    clerk.edits_batch(1, 1, name="MINE; ready to post", ready=False)
    clerk.edits_batch(1, 1, ready=True)
    clerk.edits_batch(2, 3, ready=True)
    clerk.refreshes(2)
    clerk.marks_all_ready(4)
    assert_clean(site)
    return site


@pytest.mark.parametrize(
    ("change", "found"),
    [
        *(
            (f"UPDATE batch SET last = '{last}' WHERE era_id = 1 AND number = {number}", (SERIES, "ERA 1"))
            for number in (1, 2)
            for last in ("", "x", "99", "-1", "9" * 5000)
        ),
        ("UPDATE batch SET first = 'x' WHERE era_id = 1 AND number = 1", (SERIES, "ERA 1")),
        ("UPDATE batch SET last = '' WHERE era_id = 3 AND number = 1", (SERIES, "ERA 3")),
        ("UPDATE batch SET last = 'x' WHERE era_id = 3 AND number = 1", (SERIES, "ERA 3")),
        ("UPDATE batch SET ready = TRUE WHERE era_id = 1 AND number = 2", (MARK, "ERA 1 batch 2")),
        ("UPDATE batch SET ready = FALSE WHERE era_id = 1 AND number = 1", (MARK, "ERA 1 batch 1")),
        ("UPDATE batch SET ready = TRUE WHERE era_id = 2 AND number = 3", (MARK, "ERA 2 batch 3")),
        ("UPDATE batch SET ready = TRUE WHERE era_id = 2 AND number = 2", (MARK, "ERA 2 batch 2")),
        ("UPDATE batch SET ready = FALSE WHERE era_id = 4 AND number = 2", (MARK, "ERA 4 batch 2")),
        (
            "UPDATE batch SET set_by = (SELECT min(id) FROM users WHERE id <> set_by) WHERE era_id = 4 AND number = 1",
            (MARK, "ERA 4 batch 1"),
        ),
        (
            "UPDATE batch SET set_at = '1999-01-01 00:00:00.000000' WHERE era_id = 3 AND number = 1",
            (MARK, "ERA 3 batch 1"),
        ),
        ("UPDATE batch SET name = '' WHERE era_id = 1 AND number = 1", (MARK, "ERA 1 batch 1")),
        ("UPDATE batch SET name = '' WHERE era_id = 1 AND number = 2", (MARK, "ERA 1 batch 2")),
        ("UPDATE batch SET name = 'X' WHERE era_id = 2 AND number = 2", (MARK, "ERA 2 batch 2")),
        ("UPDATE batch SET name = 'a\x1b[31m' WHERE era_id = 3 AND number = 1", (MARK, "ERA 3 batch 1")),
        ("UPDATE batch SET version = -5 WHERE era_id = 1 AND number = 1", (MARK, "ERA 1 batch 1")),
        ("UPDATE batch SET version = 999 WHERE era_id = 1 AND number = 1", (MARK, "ERA 1 batch 1")),
        ("UPDATE scratchpad_entry SET batch = 2 WHERE era_id = 1 AND number = 2", (PLACE, "ERA 1 entry 2")),
        ("UPDATE scratchpad_entry SET batch = 2 WHERE era_id = 2 AND number = 2", (PLACE, "ERA 2 entry 2")),
        ("UPDATE scratchpad_entry SET batch = 1 WHERE era_id = 2 AND number = 5", (PLACE, "ERA 2 entry 5")),
        ("UPDATE scratchpad_entry SET batch = 2 WHERE era_id = 3 AND number = 5", (PLACE, "ERA 3 entry 5")),
        ("UPDATE scratchpad_entry SET batch = 1 WHERE era_id = 4 AND number = 5", (PLACE, "ERA 4 entry 5")),
    ],
)
def test_a_batch_that_was_changed_past_the_program_is_named(
    divided: Store, change: str, found: tuple[str, str]
) -> None:
    assert places(divided, change) == {found}


@pytest.mark.parametrize("era", [1, 4])
def test_batches_that_were_taken_away_are_named(divided: Store, era: int) -> None:
    assert places(
        divided,
        f"UPDATE scratchpad_entry SET batch = NULL WHERE era_id = {era}",
        f"DELETE FROM batch WHERE era_id = {era}",
    ) == {(SERIES, f"ERA {era}")}


def test_a_last_batch_that_was_joined_to_the_one_before_it_is_named(divided: Store) -> None:
    assert places(
        divided,
        "UPDATE scratchpad_entry SET batch = 1 WHERE era_id = 3 AND batch = 2",
        "DELETE FROM batch WHERE era_id = 3 AND number = 2",
        "UPDATE batch SET last = 'ZZZZ' WHERE era_id = 3",
    ) == {(SERIES, "ERA 3")}


def test_what_the_program_itself_does_to_batches_is_no_finding(
    clerk: Clerk, site: Store, actor: Actor
) -> None:
    plans = [
        BatchPlan(BatchCriterion.PAYMENT),
        BatchPlan(BatchCriterion.MAX, most=1),
        BatchPlan(BatchCriterion.NAME, through=("C", "Z")),
        BatchPlan(BatchCriterion.COPAY),
    ]
    given.bills(site, actor, {"K1": 100, "K2": 100})
    paid = [given.Claim(claim, 100, amount) for claim, amount in (("K1", 100), ("K2", 60), ("K9", 100))]
    claims = [*paid, given.taken_back("K9", 50, 10)]
    for era, plan in enumerate([*plans, *plans], 1):
        given.matched_era(site, actor, trace=f"T{era}", claims=claims, eft_amount=250)
        clerk.opens(era, batches=plan)
        # What was worked on stays when the bill of K9 comes, the rest is laid out anew.
        if era > len(plans):
            clerk.edits_batch(era, 1, ready=True)
    given.bills(site, actor, {"K9": 100}, patient="ZETA,LATE")
    assert_clean(site)
    clerk.refreshes(6)
    clerk.refreshes(7, redefine=True)
    clerk.refreshes(8, batches=plans[0])
    clerk.divides(1, None)
    clerk.divides(2, plans[2])
    assert_clean(site)
    clerk.records_return(3, "closed account")
    assert_clean(site)
    clerk.opens(3, check="1003")
    assert_clean(site)


def test_what_an_older_release_wrote_of_an_edited_batch_is_read_as_all_that_it_may_say() -> None:
    assert list(read_edited("name A")) == [("A", None)]
    assert list(read_edited("not ready to post")) == [(None, False)]
    assert list(read_edited("name A; ready to post")) == [("A; ready to post", None), ("A", True)]
    assert list(read_edited("name A; not ready to post")) == [("A; not ready to post", None), ("A", False)]
    assert list(read_edited("renamed")) == []


@pytest.mark.parametrize("ready", [None, False, True])
@pytest.mark.parametrize("name", [None, "A", "named A", "; ready to post", "name A; ready to post"])
def test_what_is_written_of_an_edited_batch_is_read_as_it_was_meant(
    name: str | None, ready: bool | None
) -> None:
    assert list(read_edited(say_edited(name, ready))) == [(name, ready)]


def test_a_name_of_a_batch_cannot_drive_a_terminal() -> None:
    assert check_name(" A\x1b[31m  B ") == "A�[31m B"
