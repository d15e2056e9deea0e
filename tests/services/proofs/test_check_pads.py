"""`lockbox check` names a scratch pad that no longer comes to its money, and receipts called what they are not."""

import pytest

from models.store import Store
from services.office.actor import Actor
from tests import given
from tests.clerk import Clerk
from tests.ledger import assert_clean
from tests.once import built_once
from tests.tampering import places


@built_once
def worked(clerk: Clerk, site: Store, actor: Actor) -> tuple[int, str, str]:
    """The pad of an ERA that takes 10 back from K1, and the receipts of an EFT and of a check."""
    given.bills(site, actor, {f"K{number}": 100 for number in range(1, 5)})
    claims = [given.Claim("K1", 100, 80), given.Claim("K2", 100, 30), given.taken_back("K1", 50, 10)]
    era = given.matched_era(site, actor, trace="T1", claims=claims, plbs=[("WO", "R1", 5)], eft_amount=90)
    clerk.opens(era)
    other = given.matched_era(site, actor, trace="T2", claims=[("K3", 100, 80)], eft_amount=80)
    clerk.opens(other)
    by_eft = clerk.creates_receipt(other)
    clerk.processes(by_eft)
    third = given.era(site, actor, trace="T3", claims=[("K4", 100, 50)], method="CHK")
    clerk.opens(third, check="1001")
    by_check = clerk.creates_receipt(third)
    clerk.adds_payment(by_check, "K2", 5)
    clerk.cancels_payment(by_check, 2, "typed twice")
    assert_clean(site)
    return era, by_eft, by_check


def test_a_line_of_another_amount_is_named(site: Store, worked: tuple[int, str, str]) -> None:
    change = "UPDATE scratchpad_line SET payment = payment + 1 WHERE era_id = 1 AND claim = 'K2'"
    assert places(site, change) == {("pad-total", f"ERA {worked[0]}")}


def test_an_adjustment_without_its_log_is_named(site: Store, worked: tuple[int, str, str]) -> None:
    gone = "DELETE FROM line_adjustment WHERE era_id = 1 AND entry = 1"
    assert places(site, gone) == {("pad-log", f"ERA {worked[0]} line 1.001")}


def test_a_pad_without_lines_is_named(site: Store, worked: tuple[int, str, str]) -> None:
    tables = ("line_adjustment", "scratchpad_line", "scratchpad_entry")
    gone = [f"DELETE FROM {table} WHERE era_id = 1" for table in tables]
    assert places(site, *gone) == {("pad-total", f"ERA {worked[0]}")}


def test_a_receipt_of_another_kind_of_money_is_named(site: Store, worked: tuple[int, str, str]) -> None:
    _, by_eft, by_check = worked
    check = "UPDATE receipt SET payment_type = 'CHECK/MO PAYMENT'"
    assert ("receipt-type", f"receipt {by_eft}") in places(site, check)
    edi = "UPDATE receipt SET payment_type = 'EDI LOCKBOX'"
    assert places(site, edi) == {("receipt-type", f"receipt {by_check}")}


def test_a_cancelled_payment_with_an_amount_is_named(site: Store, worked: tuple[int, str, str]) -> None:
    by_check = worked[2]
    change = "UPDATE receipt_line SET amount = 1 WHERE cancelled"
    assert places(site, change) == {("receipt-cancelled", f"receipt {by_check} line 2")}


@pytest.mark.parametrize("change", ["kind = 'CR'", "status = 'REJECTED'"])
def test_a_document_that_finance_never_got_so_is_named(
    site: Store, worked: tuple[int, str, str], change: str
) -> None:
    of = f"receipt_id = (SELECT id FROM receipt WHERE number = '{worked[1]}')"
    with site.engine.connect() as connection:
        number = connection.exec_driver_sql(f"SELECT number FROM finance_document WHERE {of}").scalar_one()
    assert places(site, f"UPDATE finance_document SET {change} WHERE {of}") == {
        ("document-kind", f"document {number}")
    }
