"""All that a claim says is kept, what it leaves out is what the guide says it is, and contradictions are told."""

import datetime

import pytest

from services.x12.remittance import Qualified
from tests.services.x12.files import read, remittance


def test_units_left_out_are_one_and_billed_units_are_kept() -> None:
    lines = ["SVC*HC:1*40*40", "SVC*HC:2*30*30**", "SVC*HC:3*20*20**0**32", "SVC*HC:4*10*10**x**y"]
    _, (claim,), _ = read(remittance("CLP*A*1*100*100**12*I", *lines))
    assert [line.units for line in claim.lines] == [1, 1, 0, None]
    assert [line.billed_units for line in claim.lines] == [None, None, 32, None]
    assert [finding.text for finding in claim.findings] == [
        "Claim A, line 4: SVC05 is no number (x).",
        "Claim A, line 4: SVC07 is no number (y).",
    ]


def test_a_claim_that_states_one_day_begins_and_ends_with_it() -> None:
    _, (claim,), _ = read(remittance("CLP*A*1*100*100**12*I", "DTM*232*20240101"))
    assert claim.statement_from == claim.statement_to == datetime.date(2024, 1, 1)
    _, (claim,), _ = read(remittance("CLP*A*1*100*100**12*I", "DTM*232****RD8*20240101-20240105"))
    assert claim.statement_to == datetime.date(2024, 1, 5)


def test_days_without_a_field_of_their_own_are_kept() -> None:
    days = ["DTM*232*20240101", "DTM*050*20240102", "DTM*050*20240103", "DTM*009*20240104"]
    line = ["SVC*HC:1*100*100", "DTM*150*20240105", "DTM*472*20240106", "DTM*573*20240107"]
    _, (claim,), _ = read(remittance("CLP*A*1*100*100**12*I", *days, *line))
    assert [(day.qualifier, day.day.day) for day in claim.dates] == [("050", 2), ("009", 4)]
    assert [(day.qualifier, day.day.day) for day in claim.lines[0].dates] == [("472", 6), ("573", 7)]


def test_names_and_remarks_without_a_field_of_their_own_are_kept() -> None:
    names = ["NM1*82*1*FIRST", "NM1*82*1*SECOND", "NM1*QD*1*OTHER"]
    _, (claim,), _ = read(remittance("CLP*A*1*100*100**12*I", *names, "MOA***MA18", "LQ*HE*N1", "LQ*RX*76"))
    assert claim.rendering.name == "SECOND"
    assert [(party.entity, party.name) for party in claim.further_parties] == [
        ("82", "FIRST"),
        ("QD", "OTHER"),
    ]
    assert claim.remarks == (Qualified("HE", "MA18"), Qualified("HE", "N1"), Qualified("RX", "76"))


@pytest.mark.parametrize(
    ("names", "corrected"),
    [
        (["NM1*QC*1*DOE*JANE*A**JR", "NM1*74*1***C"], "DOE,JANE C JR"),
        (["NM1*QC*1*DOE*JANE", "NM1*74*1**JOAN"], "DOE,JOAN"),
        (["NM1*QC*1*DOE*JANE", "NM1*74*1*ROE"], "ROE"),
        (["NM1*QC*1*DOE*JANE", "NM1*IL*1*DOE*JOHN", "NM1*74*1***C"], "C"),
        (["NM1*QC*1*DOE*JANE", "NM1*74*1******C*M1"], ""),
        (["NM1*74*1**JOAN*C"], "JOAN C"),
    ],
)
def test_a_corrected_name_is_whole_where_it_can_be(names: list[str], corrected: str) -> None:
    _, (claim,), _ = read(remittance("CLP*A*1*100*100**12*I", *names))
    assert claim.corrected_name == corrected


@pytest.mark.parametrize(
    ("claim", "adjusted", "told"),
    [
        (
            "CLP*A*1*100*80*55*12*I",
            "CAS*CO*45*20",
            "the patient owes 55.00 (CLP05), but the PR adjustments come to 0.00.",
        ),
        (
            "CLP*A*1*100*80*0*12*I",
            "CAS*PR*1*20",
            "the patient owes 0.00 (CLP05), but the PR adjustments come to 20.00.",
        ),
        ("CLP*A*1*100*80*20*12*I", "CAS*PR*1*15**2*5", ""),
        ("CLP*A*1*100*80**12*I", "CAS*PR*1*20", ""),
        ("CLP*A*22*-100*-80*20*12*I", "CAS*PR*1*-20", ""),
        (
            "CLP*A*22*100*80**12*I",
            "CAS*PR*1*20",
            "it is a reversal (CLP02 is 22), but its charge is 100.00, not below zero.",
        ),
    ],
)
def test_what_contradicts_itself_in_a_claim_is_told(claim: str, adjusted: str, told: str) -> None:
    _, (found,), _ = read(remittance(claim, adjusted))
    assert [finding.text for finding in found.findings] == ([f"Claim A: {told}"] if told else [])
    assert found.balanced


def test_findings_of_a_claim_name_the_claim_and_the_line() -> None:
    body = ["CLP*A*1*x*100**12*I", "DTM*232*99", "SVC*HC:1*y*100", "SVC*HC:2*0*0", "CAS*CO*45*z", "CLP**1*1*"]
    _, claims, _ = read(remittance(*body))
    assert [finding.text for claim in claims for finding in claim.findings] == [
        "Claim A: the date cannot be read.",
        "Claim A, line 1: SVC02 is no amount (y); 0.00 was taken.",
        "Claim A, line 2: CAS03 is no amount (z); 0.00 was taken.",
        "Claim A: CLP03 is no amount (x); 0.00 was taken.",
        "A claim without number: CLP04 is missing.",
        "A claim without number: the charge 1.00 less all adjustments 0.00 is 1.00, but 0.00 was paid.",
    ]
