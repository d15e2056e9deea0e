"""`lockbox check` names a bill whose original amount is not what the books opened it with."""

from decimal import Decimal

import pytest
from sqlalchemy import update

from models.bills import Bill
from models.store import Store
from services.findings import Finding
from services.office.actor import Actor
from services.office.site import set_parameter
from services.proofs.check import check_books
from tests import given
from tests.ledger import assert_clean


def corrupt(store: Store, bill: int, original: str) -> list[Finding]:
    """Changes an original amount behind the program's back, and gives what the check says then."""
    with store.writing() as session:
        session.execute(update(Bill).where(Bill.id == bill).values(original=Decimal(original)))
    with store.reading() as session:
        return check_books(session)


@pytest.mark.parametrize("original", ["100.01", "99.99", "0.00", "1000.00"])
def test_an_original_that_was_changed_is_named(site: Store, actor: Actor, original: str) -> None:
    bills = given.bills(site, actor, {"K1": 100, "K2": 50})
    assert_clean(site)
    assert corrupt(site, bills["K1"], original) == [
        Finding(
            "bill-original",
            f"Original amount {original}, its first transaction 100.00, its first entry 100.00.",
            "bill K1",
        )
    ]
    assert corrupt(site, bills["K1"], "100.00") == []


def test_a_bill_of_nothing_is_proven_to_be_of_nothing(site: Store, actor: Actor) -> None:
    bill = given.bills(site, actor, {"K1": 0})["K1"]
    assert_clean(site)
    assert [finding.where for finding in corrupt(site, bill, "0.01")] == ["bill K1"]


def test_a_bill_with_an_old_balance_may_have_been_of_more_but_not_of_less(site: Store, actor: Actor) -> None:
    bill = given.bill(site, actor, "K1", 100, balance=60)
    given.bill(site, actor, "K2", 100, balance=0)
    assert_clean(site)
    assert corrupt(site, bill, "60.00") == []
    assert [finding.code for finding in corrupt(site, bill, "59.99")] == ["bill-original"]


def test_a_new_bill_has_nothing_to_be_proven_by_yet(site: Store, actor: Actor) -> None:
    with site.writing() as session:
        set_parameter(session, actor, "auto-audit REIMBURSABLE INS.", "NO")
    given.bills(site, actor, {"K1": 100})
    assert_clean(site)
