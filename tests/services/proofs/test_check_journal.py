"""`lockbox check` names an entry whose accounts are not those of its act, even when every sum still agrees."""

import pytest

from models.store import Store
from services.office.actor import Actor
from tests import given
from tests.clerk import Clerk
from tests.ledger import assert_clean
from tests.once import built_once
from tests.tampering import changed, places


@built_once
def worked(clerk: Clerk, site: Store, actor: Actor) -> dict[str, int]:
    """Bills with an entry of nearly each act: billed, paid, adjusted, charged, moved to suspense, taken back."""
    bills = given.bills(site, actor, {"K1": 100, "K2": 100})
    given.bill(site, actor, "K3", 100, balance=60)
    era = given.matched_era(site, actor, trace="T1", claims=[("K1", 100, 80)], eft_amount=80)
    clerk.opens(era)
    clerk.processes(clerk.creates_receipt(era))
    clerk.adjusts(bills["K1"], 5, contractual=True)
    clerk.adjusts(bills["K2"], 7)
    clerk.charges(bills["K2"], interest=2)
    other = given.matched_era(site, actor, trace="T2", claims=[("K2", 100, 30)], eft_amount=30)
    receipt = clerk.moves_to_suspense(other, "by hand")
    clerk.clears(receipt, 1, "FMS1")
    third = given.matched_era(site, actor, trace="T3", claims=[("K2", 100, 20)], eft_amount=20)
    clerk.opens(third)
    clerk.processes(clerk.creates_receipt(third))
    with site.engine.connect() as connection:
        eft = connection.exec_driver_sql("SELECT id FROM eft WHERE trace = 'T3'").scalar_one()
    clerk.records_return(eft, "NSF")
    assert_clean(site)
    return bills


@pytest.mark.parametrize(
    ("account", "other"),
    [("4000", "4150"), ("3000", "4190"), ("4050", "4000"), ("1900", "4190"), ("4190", "4150")],
)
def test_another_account_is_named(site: Store, worked: dict[str, int], account: str, other: str) -> None:
    found = changed(site, f"UPDATE journal_line SET account = '{other}' WHERE account = '{account}'")
    told = [finding.text for finding in found if finding.code == "entry-account"]
    assert told
    assert all(f"account {other}, which it does here" in text for text in told)


def test_what_was_billed_is_no_old_balance(site: Store, worked: dict[str, int]) -> None:
    assert places(site, "UPDATE journal_line SET account = '3000' WHERE account = '4000'") == {
        ("bill-opened", "bill K1"),
        ("bill-opened", "bill K2"),
    }


def test_a_contractual_adjustment_is_no_other_one(site: Store, worked: dict[str, int]) -> None:
    found = changed(site, "UPDATE journal_line SET account = '4190' WHERE account = '4100'")
    assert [(one.code, one.where, one.text) for one in found] == [
        (
            "contractual",
            "account 4100",
            "It holds 0.00, but the contractual adjustments of the bills are 5.00.",
        )
    ]


def test_a_reversal_of_another_entry_or_of_none_is_named(site: Store, worked: dict[str, int]) -> None:
    with site.engine.connect() as connection:
        reversal, original = connection.exec_driver_sql(
            "SELECT id, reverses_id FROM journal_entry WHERE reverses_id IS NOT NULL ORDER BY id LIMIT 1"
        ).one()
    expected = {("entry-reversal", f"journal entry {reversal}")}
    free = f"UPDATE journal_entry SET reverses_id = NULL WHERE id = {reversal}"
    assert places(site, free) == expected
    assert places(site, f"UPDATE journal_entry SET reverses_id = 1 WHERE id = {reversal}") == expected
    assert places(site, f"UPDATE journal_entry SET reverses_id = {original} WHERE id = {reversal}") == set()


def test_an_entry_of_an_act_that_moves_no_money_is_named(site: Store, worked: dict[str, int]) -> None:
    found = changed(site, "UPDATE journal_entry SET act = 'scratch pad created' WHERE act = 'adjustment'")
    told = {finding.text for finding in found if finding.code == "entry-account"}
    assert {text.split(",")[0] for text in told} == {
        "The act 'scratch pad created' does not debit account 4100",
        "The act 'scratch pad created' does not debit account 4190",
        "The act 'scratch pad created' does not credit account 1200",
    }
