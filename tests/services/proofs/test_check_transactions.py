"""`lockbox check` names a transaction that is none of its kind, and a decrease that was not made as it was asked."""

import pytest

from models.store import Store
from services.office.actor import Actor
from tests import given
from tests.clerk import Clerk
from tests.ledger import assert_clean
from tests.once import built_once
from tests.tampering import places


@built_once
def worked(clerk: Clerk, site: Store, actor: Actor) -> str:
    """Four ERAs that keep 10 of K2's payment back for K1: posted, pending, in suspense, and returned by the bank.

    Before, the bills were adjusted and charged; gives the receipt of the posted one.
    """
    bills = given.bills(site, actor, {"K1": 100, "K2": 100, "K3": 50, "K4": 0})
    given.bill(site, actor, "K5", 90, balance=40)
    clerk.adjusts(bills["K1"], 5, contractual=True)
    clerk.adjusts(bills["K1"], 7, increase=True)
    clerk.charges(bills["K2"], interest=2)
    clerk.charges(bills["K2"], admin=3)
    clerk.adjusts(bills["K3"], 50)
    clerk.re_establishes(bills["K3"], 20)
    receipts = []
    for number in range(1, 5):
        claims = [given.taken_back("K1", 50, 10), given.Claim("K2", 100, 30)]
        era = given.matched_era(site, actor, trace=f"T{number}", claims=claims, eft_amount=20)
        clerk.opens(era)
        clerk.distributes(era, (1, 1), (2, 1), 10)
        if number in (1, 4):
            receipts.append(clerk.creates_receipt(era))
            clerk.processes(receipts[-1])
    clerk.moves_to_suspense(3, "by hand")
    with site.engine.connect() as connection:
        eft = connection.exec_driver_sql("SELECT id FROM eft WHERE trace = 'T4'").scalar_one()
    clerk.records_return(eft, "NSF")
    full = given.matched_era(site, actor, trace="T5", claims=[("K5", 90, 40)], eft_amount=40)
    clerk.opens(full)
    clerk.processes(clerk.creates_receipt(full))
    assert_clean(site)
    return receipts[0]


def transaction(store: Store, of: str) -> tuple[str, str, str]:
    """The condition of one transaction by its bill and what else is true of it, its place, and its bill's."""
    with store.engine.connect() as connection:
        bill, number = connection.exec_driver_sql(
            "SELECT bill.number, t.id FROM bill_transaction t JOIN bill ON bill.id = t.bill_id "
            f"WHERE {of} ORDER BY t.id"
        ).all()[0]
    return f"id = {number}", f"bill {bill} transaction {number}", f"bill {bill}"


DECREASE = "t.type = 'DECREASE ADJUSTMENT' AND t.era_id = 1"
PAID = "t.type = 'PAYMENT (IN PART)'"
FULL = "t.type = 'PAYMENT (IN FULL)'"


@pytest.mark.parametrize(
    ("of", "change"),
    [
        (DECREASE, "type = 'INCREASE ADJUSTMENT'"),
        (DECREASE, "receipt_id = NULL"),
        (DECREASE, "receipt_line = 1"),
        (DECREASE, "entry = NULL"),
        (PAID, "type = 'RE-ESTABLISH'"),
        (PAID, "receipt_id = NULL"),
        (PAID, "receipt_line = NULL"),
        (PAID, "era_id = 1"),
        (PAID, "type = 'PAYMENT (IN FULL)'"),
        (FULL, "type = 'PAYMENT (IN PART)'"),
        ("t.type = 'EXEMPT INT/ADM. COST'", "receipt_id = NULL"),
        ("t.type = 'RE-ESTABLISH'", "type = 'DECREASE ADJUSTMENT'"),
        ("t.type = 'PAYMENT REVERSED'", "type = 'COMMENT'"),
        ("t.type = 'INTEREST/ADM. CHARGE'", "type = 'PAYMENT (IN PART)'"),
    ],
)
def test_a_transaction_that_is_none_of_its_kind_is_named(
    site: Store, worked: str, of: str, change: str
) -> None:
    where, place, _ = transaction(site, of)
    found = places(site, f"UPDATE bill_transaction SET {change} WHERE {where}")
    assert ("transaction-kind", place) in found


@pytest.mark.parametrize(
    ("change", "era"),
    [
        # A decrease that is marked as made will never be made.
        ("UPDATE line_adjustment SET completed = NOT completed WHERE era_id = 2 AND action = 'DECREASE'", 2),
        ("UPDATE line_adjustment SET action = 'NONE' WHERE era_id = 2", 2),
        ("UPDATE scratchpad_line SET bill_id = NULL WHERE era_id = 2 AND claim = 'K2'", 2),
        ("UPDATE line_adjustment SET action = 'NONE' WHERE era_id = 1", 1),
        ("UPDATE line_adjustment SET action = 'DECREASE' WHERE era_id = 2 AND cause = 'given_to_other'", 2),
        (
            "UPDATE scratchpad_line SET bill_id = (SELECT id FROM bill WHERE number = 'K3') "
            "WHERE era_id = 1 AND claim = 'K2'",
            1,
        ),
    ],
)
def test_a_decrease_that_is_not_as_it_was_made_is_named(
    site: Store, worked: str, change: str, era: int
) -> None:
    line = "1.001" if "given_to_other" in change else "2.001"
    assert places(site, change) == {("pad-decrease", f"ERA {era} line {line}")}


def test_a_decrease_that_was_not_made_is_named(site: Store, worked: str) -> None:
    where, _, bill = transaction(site, DECREASE)
    found = places(site, f"DELETE FROM bill_transaction WHERE {where}")
    assert ("pad-decrease", "ERA 1 line 2.001") in found
    assert ("bill-balance", bill) in found


def test_a_decrease_made_twice_is_named(site: Store, worked: str) -> None:
    with site.engine.connect() as connection:
        columns = connection.exec_driver_sql("SELECT * FROM bill_transaction").keys()
    names = ", ".join(f'"{name}"' for name in columns if name != "id")
    where, _, _ = transaction(site, DECREASE)
    found = places(
        site,
        f"INSERT INTO bill_transaction (id, {names}) SELECT 999, {names} FROM bill_transaction WHERE {where}",
    )
    assert ("pad-decrease", "ERA 1 line 2.001") in found


@pytest.mark.parametrize("change", ["era_id = 2", "receipt_id = (SELECT max(id) FROM receipt)", "line = 9"])
def test_a_decrease_of_another_era_is_named(site: Store, worked: str, change: str) -> None:
    where, place, _ = transaction(site, DECREASE)
    found = places(site, f"UPDATE bill_transaction SET {change} WHERE {where}")
    assert ("pad-decrease", place) in found


def test_a_closed_bill_that_is_active_again_is_named(site: Store, worked: str) -> None:
    change = "UPDATE bill SET status = 'ACTIVE' WHERE number = 'K5'"
    assert places(site, change) == {("bill-status", "bill K5")}


def test_a_pad_without_its_receipt_is_named(site: Store, worked: str) -> None:
    change = "UPDATE scratchpad SET receipt_id = NULL WHERE era_id = 1"
    assert places(site, change) == {("pad-receipt", "ERA 1")}
    change = (
        f"UPDATE scratchpad SET receipt_id = (SELECT id FROM receipt WHERE number = '{worked}') "
        "WHERE era_id = 2"
    )
    assert places(site, change) == {("pad-receipt", "ERA 1"), ("pad-receipt", "ERA 2")}


@pytest.mark.parametrize("change", ["processed_by = NULL", "processed_at = NULL", "status = 'OPEN'"])
def test_a_processed_receipt_without_who_and_when_is_named(site: Store, worked: str, change: str) -> None:
    found = places(site, f"UPDATE receipt SET {change} WHERE number = '{worked}'")
    assert ("receipt-stamp", f"receipt {worked}") in found


def test_a_number_that_would_be_given_twice_is_named(site: Store, worked: str) -> None:
    for column in ("next_document", "next_deposit"):
        change = f"UPDATE site SET {column} = {column} - 1"
        assert places(site, change) == {("site-series", f"table site, column {column}")}
        assert places(site, f"UPDATE site SET {column} = {column} + 1") == set()


def test_a_time_zone_that_there_is_not_is_named(site: Store, worked: str) -> None:
    place = "table site, row id 1, column time_zone"
    for zone in ("Mars/X", "America", ""):
        assert places(site, f"UPDATE site SET time_zone = '{zone}'") == {("store-site", place)}
    assert places(site, "UPDATE site SET time_zone = 'America/Chicago'") == set()


def test_a_document_left_out_of_the_journal_is_named(site: Store, worked: str) -> None:
    with site.engine.connect() as connection:
        first, second, *_ = connection.exec_driver_sql(
            "SELECT number FROM finance_document ORDER BY id"
        ).scalars()
    change = f"UPDATE finance_document SET written_at = made_at WHERE number <> '{first}'"
    assert places(site, change) == {("document-written", f"document {first}")}
    change = f"UPDATE finance_document SET written_at = NULL WHERE number NOT IN ('{first}', '{second}')"
    assert places(site, change) == {("document-written", f"document {first}")}
    change = f"UPDATE finance_document SET written_at = made_at WHERE number = '{first}'"
    assert places(site, change) == set()
