"""`lockbox check` names what a remittance would be known by wrongly when it comes again."""

import io

import pytest

from models.store import Store
from services.intake.importing import import_stream
from services.office.actor import Actor
from tests import given
from tests.ledger import assert_clean
from tests.tampering import places

CONTENT, IDENTITY, EEOB, HELD = "era-content", "era-identity", "eeob-content", "era-held"


@pytest.fixture
def filed(site: Store, actor: Actor) -> Store:
    """Two ERAs in one file, the first of three claims, one with an adjustment, and one that is held."""
    given.bills(site, actor, {"K1": 100, "K2": 50})
    file = given.remittance_file(
        ("T1", [("K1", 100, 80), ("K2", 50, 10), given.taken_back("K1", 100, 5)]), ("T2", [("K2", 50, 20)])
    )
    given.brought(site, actor, "day.835", io.BytesIO(file))
    given.remittance(site, actor, trace="T3", claims=[("K1", 100, 80)], plbs=[("WO", "A", 3)])
    given.remittance(site, actor, trace="T2", claims=[("K1", 100, 20)])
    assert_clean(site)
    return site


@pytest.mark.parametrize(
    ("statement", "off"),
    [
        ("UPDATE era SET content = {bytes} WHERE id = 1", {(CONTENT, "ERA 1")}),
        ("UPDATE eeob SET fingerprint = {bytes} WHERE era_id = 1 AND sequence = 2", {(EEOB, "ERA 1 EEOB 2")}),
        (
            "UPDATE transaction_set SET fingerprint = {bytes} WHERE kind = '835' AND ordinal = 2",
            {(IDENTITY, "ERA 2")},
        ),
        ("UPDATE era SET trace_key = 'T9' WHERE id = 2", {(IDENTITY, "ERA 2")}),
        ("UPDATE era SET payer_key = 'X' WHERE id = 3", {(IDENTITY, "ERA 3")}),
        ("UPDATE era SET date = '2012-07-19' WHERE id = 3", {(IDENTITY, "ERA 3")}),
        ("UPDATE era SET dated = {no} WHERE id = 3", {(IDENTITY, "ERA 3")}),
        ("UPDATE era SET match_status = 'HELD AS EXCEPTION' WHERE id = 3", {(HELD, "ERA 3")}),
        ("UPDATE era SET match_status = 'UNMATCHED' WHERE id = 4", {(HELD, "ERA 4")}),
    ],
)
def test_what_a_remittance_is_known_by_is_what_its_file_says(
    filed: Store, statement: str, off: set[tuple[str, str]]
) -> None:
    value = "x'00ff'" if filed.sqlite else "'\\x00ff'::bytea"
    no = "0" if filed.sqlite else "false"
    assert places(filed, statement.format(bytes=value, no=no)) == off


def test_a_file_that_is_spoilt_is_named_once_and_one_cut_off_is_no_fault(filed: Store, actor: Actor) -> None:
    cut = given.remittance_file(("T4", [("K1", 100, 80)]), ("T5", [("K2", 50, 20)]))
    import_stream(filed, actor, "cut.835", io.BytesIO(cut[: cut.rindex(b"SE*")]))
    assert_clean(filed)
    zeros = "x'00'" if filed.sqlite else "'\\x00'::bytea"
    last = "(SELECT max(message_id) FROM message_part)"
    assert {
        code for code, _ in places(filed, f"UPDATE message_part SET data = {zeros} WHERE message_id = {last}")
    } == {"raw-text"}
