"""`lockbox check` names ERAs, EEOBs and finance documents that are not what was filed and posted."""

import io

import pytest

from models.store import Store
from services.findings import Finding
from services.office.actor import Actor
from services.proofs.check import check_books
from tests import given
from tests.clerk import Clerk
from tests.ledger import assert_clean
from tests.once import built_once


@built_once
def era(site: Store, actor: Actor) -> int:
    """An ERA of two EEOBs and a provider adjustment, total 100."""
    given.bills(site, actor, {"K1": 100, "K2": 100})
    number = given.era(
        site, actor, trace="T1", claims=[("K1", 100, 80), ("K2", 100, 30)], plbs=[("WO", "R1", 10)]
    )
    assert_clean(site)
    return number


def changed(store: Store, *statements: str) -> list[Finding]:
    """Changes the store past the program and gives what the check says then."""
    with store.engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    with store.reading() as session:
        return check_books(session)


def test_a_provider_adjustment_that_was_changed_is_named(site: Store, era: int) -> None:
    assert changed(site, "UPDATE provider_adjustment SET amount = -900") == [
        Finding(
            "era-total",
            "Its EEOBs pay 110.00, its adjustments are -9.00, but its total is 100.00.",
            f"ERA {era}",
        )
    ]
    assert [one.code for one in changed(site, "DELETE FROM provider_adjustment")] == ["era-total"]


def test_a_payment_that_was_changed_is_named_on_its_eeob_and_its_era(site: Store, era: int) -> None:
    assert changed(site, "UPDATE eeob SET paid = 8001 WHERE sequence = 1") == [
        Finding(
            "era-total",
            "Its EEOBs pay 110.01, its adjustments are -10.00, but its total is 100.00.",
            f"ERA {era}",
        ),
        Finding(
            "eeob-balance",
            "The charge 100.00 less adjustments 20.00 is 80.00, but 80.01 was paid.",
            f"ERA {era} EEOB 1",
        ),
    ]


@pytest.mark.parametrize("column", ["charge", "paid"])
def test_a_line_that_was_changed_is_named(site: Store, era: int, column: str) -> None:
    found = changed(site, f"UPDATE eeob_line SET {column} = {column} + 1 WHERE eeob_sequence = 2")
    assert [(one.code, one.where) for one in found] == [("eeob-balance", f"ERA {era} EEOB 2 line 1")]


def test_an_adjustment_that_was_changed_is_named(site: Store, era: int) -> None:
    found = changed(site, "UPDATE claim_adjustment SET amount = amount + 1 WHERE eeob_sequence = 2")
    assert [(one.code, one.where) for one in found] == [
        ("eeob-balance", f"ERA {era} EEOB 2"),
        ("eeob-balance", f"ERA {era} EEOB 2 line 1"),
    ]


def test_a_line_that_is_gone_is_named(site: Store, era: int) -> None:
    found = changed(site, "DELETE FROM eeob_line WHERE eeob_sequence = 2")
    assert [(one.code, one.where) for one in found] == [("eeob-line", f"ERA {era} EEOB 2 line 1")]


def test_an_eeob_of_nothing_that_is_gone_is_named(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 100, "K2": 100})
    era = given.era(site, actor, trace="T1", claims=[("K1", 100, 80), given.Claim("K2", 100, 0, "4")])
    tables = ("remark", "claim_adjustment", "eeob_line")
    found = changed(
        site,
        *(f"DELETE FROM {table} WHERE eeob_sequence = 2" for table in tables),
        "DELETE FROM eeob WHERE sequence = 2",
    )
    assert found == [Finding("era-eeobs", "2 EEOBs were filed of it, 1 are there.", f"ERA {era}")]


def test_what_was_filed_as_not_balanced_is_no_finding_and_cannot_be_made_so_later(
    site: Store, actor: Actor
) -> None:
    given.bills(site, actor, {"K1": 100})
    file = given.remittance_file(("T1", [("K1", 100, 80)]))
    assert file.count(b"*80*") >= 1
    spoilt = file.replace(b"BPR*I*80*", b"BPR*I*79*").replace(b"CLP*K1*1*100*80*", b"CLP*K1*1*100*81*")
    assert spoilt != file
    given.brought(site, actor, "spoilt.835", io.BytesIO(spoilt))
    assert_clean(site)
    given.bills(site, actor, {"K2": 50})
    era = given.era(site, actor, trace="T2", claims=[("K2", 50, 50)])
    assert_clean(site)
    assert changed(site, f"UPDATE era SET balanced = {'0' if site.sqlite else 'false'} WHERE id = {era}") == [
        Finding("era-total", "It counts as not balanced, but no finding of its file says so.", f"ERA {era}")
    ]


def test_the_detail_of_a_repeated_eeob_is_with_its_twin(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 100})
    for trace in ("T1", "T2"):
        given.era(site, actor, trace=trace, claims=[("K1", 100, 40)])
    assert_clean(site)


def test_a_document_that_says_something_else_is_named(site: Store, actor: Actor, clerk: Clerk) -> None:
    given.bills(site, actor, {"K1": 100})
    era = given.matched_era(site, actor, trace="T1", claims=[("K1", 100, 80)], eft_amount=80)
    clerk.opens(era)
    receipt = clerk.creates_receipt(era)
    document = clerk.processes(receipt).document
    assert_clean(site)
    found = changed(
        site,
        f"UPDATE finance_document SET text = replace(text, '80.00', '81.00') WHERE number = '{document}'",
    )
    assert found == [
        Finding(
            "document-text",
            "Its text is not what the books say of its receipt.",
            f"document {document}, receipt {receipt}",
        )
    ]


def test_what_comes_after_a_document_is_no_part_of_it(site: Store, actor: Actor, clerk: Clerk) -> None:
    given.bills(site, actor, {"K1": 100, "K2": 100})
    era = given.era(site, actor, trace="T1", claims=[("K1", 100, 80)])
    given.eft(site, actor, trace="T1", amount=80)
    given.night(site)
    suspense = clerk.moves_to_suspense(era, "no account")
    clerk.links(suspense, 1, "K2")
    assert_clean(site)
    other = given.matched_era(site, actor, trace="T2", claims=[("K1", 100, 10)], eft_amount=10)
    clerk.opens(other)
    clerk.processes(clerk.creates_receipt(other))
    assert_clean(site)
