"""`lockbox check` names an EFT, an ERA and a receipt that no longer say the same of each other."""

import pytest

from models.store import Store
from services.office.actor import Actor
from tests import given
from tests.clerk import Clerk
from tests.ledger import assert_clean
from tests.once import built_once
from tests.tampering import places

EFT, ERA, RECEIPT = "eft-match", "era-match", "receipt-match"


@built_once
def matched(clerk: Clerk, site: Store, actor: Actor) -> str:
    """ERA 1 matched to EFT 1 with a receipt, ERA 2 with errors to EFT 2, ERA 3 by paper check, ERA 4 and EFT 3 not."""
    given.bills(site, actor, {f"K{number}": 100 for number in range(1, 5)})
    given.matched_era(site, actor, trace="T1", claims=[("K1", 100, 80)], eft_amount=80)
    given.matched_era(site, actor, trace="T2", claims=[("K2", 100, 80)], eft_amount=70)
    given.era(site, actor, trace="T3", claims=[("K3", 100, 80)], method="CHK")
    given.era(site, actor, trace="T4", claims=[("K4", 100, 80)])
    given.eft(site, actor, trace="T5", amount=80)
    given.night(site)
    clerk.opens(1)
    clerk.opens(3, check="1001")
    receipt = clerk.creates_receipt(1)
    assert_clean(site)
    return receipt


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("UPDATE eft SET match_status = 'UNMATCHED' WHERE id = 1", {(EFT, "EFT 1")}),
        ("UPDATE eft SET match_status = 'MATCHED WITH ERRORS' WHERE id = 1", {(EFT, "EFT 1")}),
        ("UPDATE eft SET match_status = 'MATCHED' WHERE id = 2", {(EFT, "EFT 2")}),
        ("UPDATE eft SET match_status = 'MATCHED' WHERE id = 3", {(EFT, "EFT 3")}),
        (
            "UPDATE eft SET era_id = NULL, match_status = 'UNMATCHED', match_reason = NULL WHERE id = 2",
            {(ERA, "ERA 2")},
        ),
        (
            "UPDATE eft SET era_id = 4, match_status = 'MATCHED' WHERE id = 3",
            {(EFT, "EFT 3"), (ERA, "ERA 4")},
        ),
        ("UPDATE eft SET match_reason = NULL WHERE id = 1", {(EFT, "EFT 1"), (ERA, "ERA 1")}),
        (
            "UPDATE eft SET match_reason = 'SAME TRACE AND PAYER, OTHER TOTAL' WHERE id = 1",
            {(EFT, "EFT 1"), (ERA, "ERA 1")},
        ),
        ("UPDATE era SET match_reason = 'NOTHING WAS PAID' WHERE id = 3", {(ERA, "ERA 3")}),
        ("UPDATE era SET match_reason = 'NOTHING WAS PAID' WHERE id = 4", {(ERA, "ERA 4")}),
        ("UPDATE era SET match_status = 'UNMATCHED' WHERE id = 2", {(EFT, "EFT 2"), (ERA, "ERA 2")}),
        ("UPDATE era SET match_status = 'MATCHED' WHERE id = 4", {(ERA, "ERA 4")}),
        ("UPDATE era SET match_status = 'UNMATCHED' WHERE id = 3", {(ERA, "ERA 3")}),
        ("UPDATE era SET match_status = 'MATCH-0 PAYMENT' WHERE id = 4", {(ERA, "ERA 4")}),
        ("UPDATE era SET check_number = '' WHERE id = 3", {(ERA, "ERA 3")}),
        ("UPDATE era SET check_number = '7' WHERE id = 4", {(ERA, "ERA 4")}),
    ],
)
def test_half_a_match_is_named(site: Store, matched: str, change: str, named: set[tuple[str, str]]) -> None:
    assert places(site, change) == named


@pytest.mark.parametrize("change", ["eft_id = NULL", "eft_id = 3", "era_id = 4", "era_id = NULL"])
def test_a_receipt_of_another_eft_or_era_is_named(site: Store, matched: str, change: str) -> None:
    assert (RECEIPT, f"receipt {matched}") in places(
        site, f"UPDATE receipt SET {change} WHERE number = '{matched}'"
    )
