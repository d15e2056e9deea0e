"""A day said by hand, as the demo site's is: what was said stands in the files."""

import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from services.generator.fictions import PAYERS, PROVIDERS, demo_site
from services.generator.scenario import (
    PaymentMethod,
    ScenarioAdjustment,
    ScenarioClaim,
    ScenarioLine,
    ScenarioPatient,
    ScenarioPlb,
    ScenarioRemittance,
)
from services.generator.site_day import (
    ACKNOWLEDGEMENT,
    CLAIMS_837P,
    EFT,
    REMITTANCE,
    UnpaidClaims,
    write_site_day,
)
from services.x12.writing import NotWritable
from tests.services.bank.ach_text import read_whole
from tests.services.generator.adding_up import bills, remittances, segments

DAY = datetime.date(2026, 11, 20)
SERVICE = datetime.date(2026, 10, 1)
PATIENT = ScenarioPatient("DEMOVET", "ALPHA", "DEMO00000001", datetime.date(1950, 5, 5), "M")


def claim(bill: str, charge: int, paid: int, patient: int = 0) -> ScenarioClaim:
    adjustments = (
        ScenarioAdjustment("CO", "45", charge - paid - patient),
        ScenarioAdjustment("PR", "2", patient),
    )
    line = ScenarioLine("99213", charge, paid, adjustments, SERVICE)
    return ScenarioClaim(bill, PATIENT, (line,), f"ICN{bill}", rendering=PROVIDERS[0])


def test_what_was_said_is_written(tmp_path: Path) -> None:
    site, payer = demo_site("442"), PAYERS[2]
    one, two = claim("K600001", 10_000, 6_000, 1_500), claim("K600002", 5_000, 2_000)
    paid = ScenarioRemittance(payer, "TRACE1", DAY, (one, two), eft_cents=7_500)
    check = ScenarioRemittance(
        payer, "100200", DAY, (claim("K600003", 900, 900),), method=PaymentMethod.CHECK
    )
    day = write_site_day(
        tmp_path, site, [paid, check], day=DAY, unpaid=[UnpaidClaims(payer, (claim("K600009", 100, 0),))]
    )
    assert (day.bills, day.remittances, day.efts, day.paid_cents, day.eft_cents) == (4, 2, 1, 8_900, 7_500)
    first, second = remittances(tmp_path / REMITTANCE)
    assert (first.total, first.trace, first.method) == (Decimal("80"), "TRACE1", "ACH")
    assert (second.total, second.trace, second.method) == (Decimal("9"), "100200", "CHK")
    assert first.claims[0].reasons == [("CO", "45", Decimal("25")), ("PR", "2", Decimal("15"))]
    assert set(bills(tmp_path / CLAIMS_837P)) == {"K600001", "K600002", "K600003", "K600009"}
    accepted = [each for each in segments(tmp_path / ACKNOWLEDGEMENT) if each[:2] == ["STC", "A2:20:PR"]]
    assert [each[3] for each in accepted] == ["WQ"] * 4
    [entry] = read_whole((tmp_path / EFT).read_bytes()).claim_payments
    assert (entry.amount, entry.payer_id) == (Decimal("75.00"), payer.company_id)


def test_a_take_back_greater_than_the_payment_moves_on_as_a_balance() -> None:
    taken = claim("K600001", 10_000, 6_000).reversal()
    settled = ScenarioRemittance(PAYERS[0], "T9", DAY, (taken,)).settled()
    assert (settled.total_cents, settled.method, settled.eft) == (0, PaymentMethod.NONE, False)
    assert settled.plbs == (ScenarioPlb("FB", "T9", -6_000),)


def test_a_correction_changes_the_payment_and_still_balances() -> None:
    better = claim("K600001", 10_000, 6_000, 1_000).corrected(500)
    assert better.paid_cents == 6_500
    assert (
        better.charge_cents - sum(each.cents for line in better.lines for each in line.adjustments) == 6_500
    )
    assert not better.billed


@pytest.mark.parametrize("name", ["DEMO*VET", "DEMO:VET", "DEMO~VET", "DÉMO"])
def test_a_name_that_would_break_the_file_is_refused(name: str) -> None:
    with pytest.raises(NotWritable):
        ScenarioPatient(name, "ALPHA", "DEMO1", SERVICE, "F")


def test_many_reasons_take_several_segments(tmp_path: Path) -> None:
    reasons = tuple(ScenarioAdjustment("CO", str(100 + at), 10) for at in range(8))
    line = ScenarioLine("99213", 1_000, 920, reasons, SERVICE)
    plbs = tuple(ScenarioPlb("WO", f"REF{at}", 1) for at in range(8))
    said = ScenarioRemittance(
        PAYERS[0], "T1", DAY, (ScenarioClaim("K600001", PATIENT, (line,), "ICN1"),), plbs=plbs
    )
    write_site_day(tmp_path, demo_site("442"), [said], day=DAY)
    [read] = remittances(tmp_path / REMITTANCE)
    assert read.balanced and read.claims[0].balanced
    assert (len(read.claims[0].reasons), len(read.plbs)) == (8, 8)
    assert max(len(each) for each in segments(tmp_path / REMITTANCE) if each[0] in ("CAS", "PLB")) <= 20
