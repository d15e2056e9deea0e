"""A remittance of any size is read within bounds: what is beyond them is told, and never taken as balanced."""

import pytest

from services.x12.read_835 import (
    CHARACTERS_KEPT,
    HEADER_CHARACTERS,
    HEADER_SEGMENTS,
    SEGMENTS_KEPT,
    TOTALS_KEPT,
)
from tests.services.x12.files import codes, provider_level, read, remittance


@pytest.mark.parametrize(
    "endless",
    [["SVC*HC:1*0*0"] * (SEGMENTS_KEPT + 9_000), ["REF*1L*" + "X" * 990] * (CHARACTERS_KEPT // 998 + 70)],
    ids=["segments", "characters"],
)
def test_an_endless_claim_is_bounded_told_and_never_balanced(endless: list[str]) -> None:
    data = remittance("CLP*A*1*100*100*0*12*I", *endless, "CLP*B*1*5*5", total="105")
    _, (cut, after), summary = read(data)
    assert codes(cut.findings).count("too-many-segments") == 1
    assert len(cut.lines) <= SEGMENTS_KEPT
    assert len(cut.text) <= CHARACTERS_KEPT
    assert not cut.balanced
    assert (after.claim, after.balanced) == ("B", True)
    assert not summary.claims_balanced and not summary.lines_balanced
    assert summary.balanced, "the payment is the sum of CLP04, which was read"


def test_a_claim_full_in_every_line_is_read_whole() -> None:
    line = [
        *["SVC*HC:99213:25:59*1*0**1", "DTM*150*20240101", "DTM*151*20240101", "CAS*CO*45*0.5*1"],
        *["CAS*PR*1*0.25**2*0.25", "CAS*OA*23*0", "CAS*PI*45*0", "CAS*CR*45*0", "REF*6R*LINE1"],
        *["REF*1L*X"] * 7,
        *["AMT*B6*1"] * 4,
        *["LQ*HE*N130"] * 5,
    ]
    assert len(line) == 25
    _, (claim,), summary = read(remittance("CLP*A*1*999*0**12*I", *line * 999, total="0"))
    assert codes(claim.findings) == []
    assert len(claim.lines) == 999
    assert claim.balanced and summary.balanced


@pytest.mark.parametrize(
    "endless",
    [
        ["PER*BL*HELP*TE*5551212"] * (HEADER_SEGMENTS + 9),
        ["REF*EV*" + "X" * 900] * (HEADER_CHARACTERS // 900),
    ],
    ids=["segments", "characters"],
)
def test_an_endless_header_is_bounded_and_told_once(endless: list[str]) -> None:
    data = remittance(*endless, "CLP*A*1*100*100*0*12*I").replace(b"LX*1~\n", b"")
    header, claims, summary = read(data)
    assert codes(header.findings).count("too-many-segments") == 1
    assert len(header.contacts) + len(header.references) <= HEADER_SEGMENTS
    assert header.payee.name == "SUNRISE CLINIC"
    assert [claim.balanced for claim in claims] == [True]
    assert not summary.balanced


def test_any_number_of_plb_segments_is_read_and_counted_to_the_cent() -> None:
    end = ["PLB*1234567893*20241231*WO:A*0.01*FB:B*0.02*72:C*-0.01"] * 60_000
    data = remittance("CLP*A*1*2000*2000*0*12*I", total="800", end=end)
    _, _, summary = read(data)
    assert (summary.balanced, codes(summary.findings)) == (True, [])
    adjustments = provider_level(data)
    assert len(adjustments) == 180_000
    assert sum(each.amount for each in adjustments) == 1200


def test_a_plb_before_a_claim_counts_and_both_are_told_where_they_stand() -> None:
    claims = ["CLP*A*1*50*50*0*12*I", "PLB*1*20240101*WO:X*7*FB:Y*z", "CLP*B*1*50*50*0*12*I"]
    data = remittance(*claims, total="93", end=["PLB*1*20240101*CS*0"])
    _, read_claims, summary = read(data)
    assert [codes(claim.findings) for claim in read_claims] == [[], ["segment-out-of-place"]]
    assert [each.amount for each in provider_level(data)] == [7, 0, 0]
    assert codes(summary.findings) == ["bad-amount"]
    assert not summary.balanced


def test_very_many_faults_of_one_claim_are_each_told_where_they_stand() -> None:
    data = remittance("CLP*A*1*100*100*0*12*I", *[f"CAS*CO*45*x{each}" for each in range(5000)])
    _, (claim,), _ = read(data)
    places = [data.index(f"CAS*CO*45*x{each}~".encode()) for each in range(50)]
    assert [each.where for each in claim.findings] == [
        f"segment {11 + number} (CAS, byte {place})" for number, place in enumerate(places)
    ]


def test_a_medicare_segment_without_end_is_bounded_and_told() -> None:
    _, (claim,), _ = read(remittance("CLP*A*1*100*100*0*12*I", "MOA" + "*1" * 5000))
    assert codes(claim.findings) == ["segment-too-long"]
    assert len(claim.medicare) + len(claim.remarks) == 24


def test_totals_of_providers_without_end_are_bounded_and_told() -> None:
    totals = ["TS3*1*11*20241231*1*5"] * TOTALS_KEPT
    _, (claim,), summary = read(remittance("CLP*A*1*100*100**12*I", *totals))
    assert claim.balanced and summary.balanced
    assert len(summary.totals) == TOTALS_KEPT
    assert codes(summary.findings) == ["too-many-segments"]
