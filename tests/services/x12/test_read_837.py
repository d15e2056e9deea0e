"""Claims are read with the provider, subscriber and patient they stand under; a wrong total is told."""

import datetime
import io
from decimal import Decimal

import pytest

from services.x12.billed_claim import ELEMENTS_KEPT, SEGMENTS_KEPT
from services.x12.billing import BilledClaim, BillingEnd, OtherPayer
from services.x12.read_837 import LEVEL_SEGMENTS, read_837
from services.x12.remittance import Qualified
from services.x12.segments import read_sets
from tests.services.x12.files import codes, interchange

PROVIDER = (
    "BHT*0019*00*1*20240105*1200*CH",
    "NM1*41*2*SUBMITTER*****46*1",
    "NM1*40*2*RECEIVER*****46*2",
    "HL*1**20*1",
    "PRV*BI*PXC*207Q00000X",
    "NM1*85*2*SUNRISE CLINIC*****XX*1234567893",
    "N3*2 OAK AVE*SUITE 5",
    "N4*DAYTON*OH*45402",
    "REF*EI*371234567",
)
SUBSCRIBER = (
    "HL*2*1*22*0",
    "SBR*P*18*GROUP1******CI",
    "NM1*IL*1*DOE*JANE*Q***MI*M1",
    "N3*1 ELM ST",
    "N4*DAYTON*OH*45402",
    "DMG*D8*19700203*F",
    "NM1*PR*2*ACME HEALTH*****PI*12345",
)
CLAIM = (
    "CLM*442-K12AB34*150***11:B:1*Y*A*Y*Y",
    "REF*D9*CLEARING1",
    "HI*ABK:J020*ABF:Z1159",
    "NM1*82*1*KILDARE*BEN****XX*1987654321",
    "LX*1",
    "SV1*HC:99213:25*100*UN*1***1",
    "DTP*472*D8*20240102",
    "REF*6R*LINE1",
    "LX*2",
    "SV1*HC:87070*50*UN*2.5***2",
    "DTP*472*RD8*20240103-20240104",
)


def read(
    *segments: str, version: str = "005010X222A1", change: tuple[str, str] = ("", "")
) -> tuple[list[BilledClaim], BillingEnd]:
    data = interchange(segments, code="837", version=version, functional="HC")
    data = data.replace(change[0].encode(), change[1].encode()) if change[0] else data
    *claims, end = read_837(next(read_sets(io.BytesIO(data), [])))
    assert isinstance(end, BillingEnd)
    return [claim for claim in claims if isinstance(claim, BilledClaim)], end


def test_a_professional_claim_is_read_whole() -> None:
    (claim,), end = read(*PROVIDER, *SUBSCRIBER, *CLAIM)
    assert claim.findings == end.findings == ()
    assert (claim.kind, claim.number, claim.charge) == ("837P", "442-K12AB34", Decimal(150))
    assert (claim.facility, claim.frequency) == ("11", "1")
    assert (claim.payer_sequence, claim.filing, claim.relationship) == ("P", "CI", "18")
    assert (claim.payer.name, claim.payer.identifier) == ("ACME HEALTH", "12345")
    assert claim.subscriber == claim.patient
    assert claim.patient.full_name == "DOE,JANE Q"
    assert claim.patient.address == ("1 ELM ST", "DAYTON, OH 45402")
    assert claim.birth_date == datetime.date(1970, 2, 3)
    assert claim.billing_provider.name == "SUNRISE CLINIC"
    assert claim.billing_provider.address == ("2 OAK AVE", "SUITE 5", "DAYTON, OH 45402")
    assert claim.billing_tax_id == "371234567"
    assert claim.rendering.full_name == "KILDARE,BEN"
    assert (claim.service_from, claim.service_to) == (datetime.date(2024, 1, 2), datetime.date(2024, 1, 4))
    assert claim.diagnoses == ("J020", "Z1159")
    assert claim.references == (Qualified("D9", "CLEARING1"),)
    first, second = claim.lines
    assert (first.number, first.qualifier, first.procedure, first.modifiers) == (1, "HC", "99213", ("25",))
    assert (first.units, first.charge, first.control_number) == (Decimal(1), Decimal(100), "LINE1")
    assert first.service_from == first.service_to == datetime.date(2024, 1, 2)
    assert (second.units, second.service_to) == (Decimal("2.5"), datetime.date(2024, 1, 4))
    assert (end.claims, end.complete, end.segments) == (1, True, 29)


def test_an_institutional_claim_has_revenue_codes_and_statement_dates() -> None:
    (claim,), _ = read(
        *PROVIDER,
        *SUBSCRIBER,
        "CLM*77*89.5***14:A:7*Y*A*Y*Y",
        "DTP*434*RD8*20240101-20240131",
        "REF*F8*ORIGINAL9",
        "HI*BK:3669",
        "HI*BF:4019*BH:A1:D8:19261111",
        "LX*1",
        "SV2*0305*HC:85025*13.5*UN*1",
        "DTP*472*D8*20240111",
        "LX*2",
        "SV2*0730**76*UN*3",
        version="005010X223A2",
    )
    assert (claim.kind, claim.facility, claim.frequency) == ("837I", "14", "7")
    assert (claim.service_from, claim.service_to) == (datetime.date(2024, 1, 1), datetime.date(2024, 1, 31))
    assert claim.original_number == "ORIGINAL9"
    assert claim.diagnoses == ("3669", "4019")
    assert [(line.revenue_code, line.procedure, line.units) for line in claim.lines] == [
        ("0305", "85025", Decimal(1)),
        ("0730", "", Decimal(3)),
    ]
    assert claim.findings == ()


def test_a_dental_claim_is_read_too() -> None:
    (claim,), _ = read(
        *PROVIDER,
        *SUBSCRIBER,
        "CLM*22*44***11:B:1",
        "DTP*472*D8*20240102",
        "LX*1",
        "SV3*AD:D2140*44****2",
        version="005010X224A2",
    )
    assert (claim.kind, claim.lines[0].procedure, claim.lines[0].units) == ("837D", "D2140", Decimal(2))
    assert claim.service_from == datetime.date(2024, 1, 2)


def test_a_patient_who_is_not_the_subscriber_stands_on_a_level_of_his_own() -> None:
    patient = ("HL*3*2*23*0", "PAT*19", "NM1*QC*1*DOE*TED", "N3*1 ELM ST", "DMG*D8*20100304*M")
    another = ("HL*4*1*22*0", "SBR*S*18*******MB", "NM1*IL*1*ROE*ANN", "NM1*PR*2*MEDICARE*****PI*9")
    (ted, ann), _ = read(*PROVIDER, *SUBSCRIBER, *patient, *CLAIM, *another, *CLAIM)
    assert (ted.subscriber.full_name, ted.patient.full_name) == ("DOE,JANE Q", "DOE,TED")
    assert (ted.relationship, ted.birth_date) == ("19", datetime.date(2010, 3, 4))
    assert (ann.patient.full_name, ann.birth_date) == ("ROE,ANN", None)
    assert (ann.payer.name, ann.filing, ann.payer_sequence) == ("MEDICARE", "MB", "S")
    assert ted.findings == ann.findings == ()


def test_subscribers_may_come_back_to_an_earlier_provider() -> None:
    second = ("HL*3**20*1", "NM1*85*2*MOONRISE CLINIC*****XX*2", "HL*4*3*22*0", "NM1*IL*1*A", "NM1*PR*2*P")
    back = ("HL*5*1*22*0", "NM1*IL*1*B", "NM1*PR*2*P")
    claims, _ = read(*PROVIDER, *SUBSCRIBER, *CLAIM, *second, *CLAIM, *back, *CLAIM)
    names = [claim.billing_provider.name for claim in claims]
    assert names == ["SUNRISE CLINIC", "MOONRISE CLINIC", "SUNRISE CLINIC"]
    assert [claim.findings for claim in claims] == [(), (), ()]


def test_a_level_under_the_wrong_one_is_told() -> None:
    (claim,), _ = read(*PROVIDER, *SUBSCRIBER, *CLAIM, change=("HL*2*1*22", "HL*2*9*22"))
    assert codes(claim.findings) == ["bad-hierarchy"]
    (claim,), _ = read(*PROVIDER, *SUBSCRIBER, "HL*3*1*23", "HL*4*3*77", *CLAIM)
    assert codes(claim.findings) == ["bad-hierarchy", "bad-hierarchy"]


def test_further_payers_are_listed_and_their_names_change_no_other() -> None:
    other = (
        "SBR*S*01*GR****** 12".replace(" ", ""),
        "AMT*D*10",
        "OI***Y***Y",
        "NM1*IL*1*SMITH*JACK****MI*T55",
        "N3*9 PINE",
        "NM1*PR*2*KEY INSURANCE*****PI*99",
        "REF*F8*NOTMINE",
        "NM1*82*1*OTHER*DOC",
    )
    (claim,), _ = read(*PROVIDER, *SUBSCRIBER, *CLAIM[:4], *other, *CLAIM[4:])
    assert claim.other_payers == (OtherPayer("S", "12", "KEY INSURANCE", "99"),)
    assert claim.payer.name == "ACME HEALTH"
    assert claim.subscriber.full_name == "DOE,JANE Q"
    assert claim.rendering.full_name == "KILDARE,BEN"
    assert claim.original_number == ""


@pytest.mark.parametrize(
    ("right", "wrong", "expected"),
    [
        ("CLM*442-K12AB34*150*", "CLM*442-K12AB34*150.01*", ["charge-total"]),
        ("CLM*442-K12AB34*150*", "CLM**150*", ["no-claim-number"]),
        ("CLM*442-K12AB34*150*", "CLM*442-K12AB34*1e2*", ["bad-amount"]),
        ("CLM*442-K12AB34*150*", "CLM*442-K12AB34**", ["bad-amount"]),
        ("NM1*PR*2*ACME HEALTH*****PI*12345~\n", "", ["no-payer"]),
        ("*50*UN*2.5", "*50*UN*x", ["bad-number"]),
        ("RD8*20240103-20240104", "RD8*20240103-20240144", ["bad-date"]),
        ("D8*19700203", "D8*19700230", ["bad-date"]),
        ("CLM*442-K12AB34", "CLM*" + "9" * 40, ["value-too-long"]),
    ],
)
def test_what_is_wrong_with_a_claim_is_told(right: str, wrong: str, expected: list[str]) -> None:
    (claim,), _ = read(*PROVIDER, *SUBSCRIBER, *CLAIM, change=(right, wrong))
    assert codes(claim.findings) == expected
    assert all(finding.where.startswith("segment ") for finding in claim.findings)
    assert len(claim.number) <= 38


def test_a_claim_without_lines_is_told() -> None:
    (claim,), _ = read(*PROVIDER, *SUBSCRIBER, *CLAIM[:3])
    assert codes(claim.findings) == ["no-lines"]


def test_a_cut_set_keeps_its_claims_and_is_not_complete() -> None:
    data = interchange([*PROVIDER, *SUBSCRIBER, *CLAIM], code="837", version="005010X222A1", functional="HC")
    *claims, end = read_837(next(read_sets(io.BytesIO(data[: data.index(b"SE*")]), [])))
    assert isinstance(end, BillingEnd)
    assert (len(claims), end.claims, end.complete) == (1, 1, False)


@pytest.mark.parametrize(
    "endless",
    [["LX*1"] * (SEGMENTS_KEPT + 100), ["HI" + "*ABF:Z1159" * 1000] * (ELEMENTS_KEPT // 1000 + 9)],
    ids=["lines", "diagnoses"],
)
def test_an_endless_claim_is_cut_off_and_told_once(endless: list[str]) -> None:
    claims, _ = read(*PROVIDER, *SUBSCRIBER, "CLM*1*7***11:B:1", *endless, "CLM*2*5***11:B:1", *CLAIM[4:8])
    assert codes(claims[0].findings) == ["too-many-segments"]
    assert len(claims[0].lines) < SEGMENTS_KEPT
    assert len(claims[0].diagnoses) < ELEMENTS_KEPT
    assert (claims[1].number, len(claims[1].lines)) == ("2", 1)


def test_a_full_claim_is_read_whole() -> None:
    lines = [
        part for number in range(999) for part in (f"LX*{number}", "SV1*HC:99213:25*1*UN*1", *CLAIM[6:8])
    ]
    (claim,), _ = read(*PROVIDER, *SUBSCRIBER, "CLM*1*999***11:B:1", *lines)
    assert codes(claim.findings) == []
    assert len(claim.lines) == 999


def test_an_endless_level_above_the_claims_is_cut_off_and_told_once() -> None:
    further = ["REF*G2*1"] * LEVEL_SEGMENTS * 3
    claims, end = read(*PROVIDER, *further, *SUBSCRIBER, *CLAIM)
    assert codes(claims[0].findings) == ["too-many-segments"]
    assert claims[0].billing_tax_id == "371234567"
    assert len(claims[0].billing_provider.references) < LEVEL_SEGMENTS
    assert end.findings == ()


def test_a_provider_far_back_in_the_file_is_still_known_to_its_own_subscribers() -> None:
    many = [
        segment
        for number in range(10, 1010)
        for segment in (
            f"HL*{number}**20*1",
            f"NM1*85*2*CLINIC {number}*****XX*1",
            SUBSCRIBER[0].replace("*1*22", f"*{number}*22"),
            "CLM*1*7***11:B:1",
        )
    ]
    claims, _ = read(*PROVIDER, *many)
    assert [claim.billing_provider.name for claim in claims] == [f"CLINIC {each}" for each in range(10, 1010)]
    assert not any("bad-hierarchy" in codes(claim.findings) for claim in claims)
