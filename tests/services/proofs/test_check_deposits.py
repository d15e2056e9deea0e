"""`lockbox check` names a deposit that is not wholly recorded, and an act whose key is gone."""

import pytest

from models.store import Store
from services.office.actor import Actor
from tests import given
from tests.clerk import Clerk
from tests.ledger import assert_clean
from tests.once import built_once
from tests.tampering import changed, places


@built_once
def deposit(site: Store, actor: Actor) -> str:
    """A recorded deposit of one EFT of 80, and one that waits; gives the number of the first."""
    given.eft(site, actor, trace="T1", amount=80)
    given.night(site)
    given.eft(site, actor, trace="T2", amount=50)
    assert_clean(site)
    with site.engine.connect() as connection:
        return str(connection.exec_driver_sql("SELECT number FROM eft_deposit ORDER BY id").scalars().first())


def test_a_recorded_deposit_that_would_be_recorded_again_is_named(site: Store, deposit: str) -> None:
    found = changed(
        site, f"UPDATE eft_deposit SET posted = NULL, posted_amount = 0 WHERE number = '{deposit}'"
    )
    assert [(one.code, one.where) for one in found] == [("deposit-recorded", f"deposit {deposit}")]
    assert found[0].text.startswith(
        "It has a key and no date of recording, 0.00 recorded, 1 of 1 EFTs, and E"
    )


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM money_act",
        "UPDATE money_act SET act = 'charge'",
        "UPDATE money_act SET key = 'another'",
        "UPDATE eft_deposit SET posted_amount = posted_amount + 1 WHERE posted IS NOT NULL",
        "UPDATE eft_deposit SET receipt_id = NULL",
        "UPDATE eft_deposit SET receipt_id = 99 WHERE posted IS NOT NULL",
    ],
)
def test_half_a_recording_is_named(site: Store, deposit: str, change: str) -> None:
    assert ("deposit-recorded", f"deposit {deposit}") in places(site, change)


def test_a_deposit_that_waits_is_not_recorded_by_its_marks(site: Store, deposit: str) -> None:
    found = changed(site, "UPDATE eft_deposit SET posted = date, posted_amount = total WHERE posted IS NULL")
    assert [one.code for one in found] == ["deposit-recorded"]
    assert "no key and a date of recording, 50.00 recorded, 0 of 1 EFTs, and no receipt" in found[0].text


def test_the_receipt_of_a_deposit_that_names_another_is_named(site: Store, deposit: str) -> None:
    codes = [one.text for one in changed(site, "UPDATE eft_deposit SET receipt_id = NULL")]
    assert "No deposit names it as its receipt." in codes


@built_once
def worked(clerk: Clerk, site: Store, actor: Actor) -> str:
    """A processed receipt, an adjustment, a charge, a linked payment and a returned EFT; gives the receipt."""
    bills = given.bills(site, actor, {"K1": 100, "K2": 100})
    era = given.matched_era(site, actor, trace="T1", claims=[("K1", 100, 80)], eft_amount=80)
    clerk.opens(era)
    receipt = clerk.creates_receipt(era)
    clerk.processes(receipt)
    clerk.adjusts(bills["K1"], 5)
    clerk.charges(bills["K2"], interest=2)
    moved = given.matched_era(site, actor, trace="T2", claims=[("K2", 100, 30)], eft_amount=30)
    clerk.links(clerk.moves_to_suspense(moved, "by hand"), 1, "K2")
    returned = given.eft(site, actor, trace="T3", amount=10)
    given.night(site)
    clerk.records_return(returned, "NSF")
    assert_clean(site)
    return receipt


@pytest.mark.parametrize(
    ("act", "where"),
    [
        ("adjustment", "act 'adjustment'"),
        ("charge", "act 'interest or admin charge'"),
        ("payment linked", "act 'payment linked'"),
        ("EFT returned", "EFT 3"),
        ("receipt processed", "receipt {}"),
    ],
)
def test_an_act_whose_key_is_gone_is_named(site: Store, worked: str, act: str, where: str) -> None:
    assert places(site, f"DELETE FROM money_act WHERE act = '{act}'") == {("act-key", where.format(worked))}


def test_a_processed_receipt_whose_key_was_changed_is_named_on_both_sides(site: Store, worked: str) -> None:
    found = changed(site, f"UPDATE receipt SET process_key = 'another' WHERE number = '{worked}'")
    assert [(one.code, one.where) for one in found] == [
        ("act-key", f"receipt {worked}"),
        ("act-key", worked),
    ]
