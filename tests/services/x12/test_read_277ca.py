"""A 277CA says of each claim what the payer did with it; what it says of others is passed over."""

import datetime
import io
from decimal import Decimal

import pytest

from services.intake.known_formats import KNOWN
from services.x12.acknowledgement import AcknowledgementEnd, ClaimAcknowledgement
from services.x12.conformity import judge, wrap_set
from services.x12.read_277ca import STATUSES_KEPT, read_277ca
from services.x12.segments import read_sets
from tests.services.x12.files import codes, interchange

BEFORE = (
    "BHT*0085*08*277X2140001*20240105*1635*TH",
    "HL*1**20*1",
    "NM1*PR*2*ACME HEALTH*****PI*12345",
    "TRN*1*200102051635S00001ABCDEF",
    "DTP*050*D8*20240105",
    "DTP*009*D8*20240106",
    "HL*2*1*21*1",
    "NM1*41*2*SUBMITTER*****46*S00001",
    "TRN*2*2002020542857",
    "STC*A1:19:PR*20240106*WQ*365.5",
    "QTY*90*1",
    "AMT*YU*200",
    "HL*3*2*19*1",
    "NM1*85*2*SUNRISE CLINIC*****XX*1234567893",
    "TRN*1*0",
    "STC*A1:19:PR**WQ*365.5",
)
ACCEPTED = (
    "HL*4*3*PT",
    "NM1*QC*1*DOE*JANE*Q***MI*M1",
    "TRN*2*442-K12AB34",
    "STC*A2:20:PR*20240106*WQ*100",
    "REF*1K*ICN77",
    "DTP*472*D8*20240102",
)
REJECTED = (
    "HL*5*3*PT",
    "NM1*QC*1*ROE*RICHARD****MI*M2",
    "TRN*2*442-K12AB35",
    "STC*A3:21:IL*20240106*U*265.5******A7:562:85*A6:33",
    "DTP*472*RD8*20240102-20240104",
    "SVC*HC:99213*100*****1",
    "STC*A7:121*20240106*WQ*1",
    "REF*FJ*1",
    "DTP*472*D8*20240102",
)


def read(*segments: str) -> tuple[list[ClaimAcknowledgement], AcknowledgementEnd]:
    opened = next(
        read_sets(io.BytesIO(interchange(segments, code="277", version="005010X214", functional="HN")), [])
    )
    assert KNOWN.kind_of(opened) == "277CA"
    *claims, end = read_277ca(opened)
    assert isinstance(end, AcknowledgementEnd)
    return [claim for claim in claims if isinstance(claim, ClaimAcknowledgement)], end


def test_each_claim_has_its_status_action_and_the_payers_number() -> None:
    (accepted, rejected), end = read(*BEFORE, *ACCEPTED, *REJECTED)
    assert (accepted.claim, accepted.patient) == ("442-K12AB34", "DOE,JANE Q")
    assert (accepted.categories, accepted.statuses, accepted.action) == (("A2",), ("20",), "WQ")
    assert (accepted.charge, accepted.payer_control) == (Decimal(100), "ICN77")
    assert accepted.date == datetime.date(2024, 1, 2)
    assert accepted.findings == rejected.findings == end.findings == ()
    assert (rejected.claim, rejected.patient, rejected.action) == ("442-K12AB35", "ROE,RICHARD", "U")
    assert rejected.categories == ("A3", "A7", "A6")
    assert rejected.statuses == ("21", "562", "33")
    assert rejected.payer_control == ""
    assert (end.claims, end.complete) == (2, True)


def test_the_judge_of_the_guide_accepts_what_is_tested_here() -> None:
    data = interchange([*BEFORE, *ACCEPTED, *REJECTED], code="277", version="005010X214", functional="HN")
    verdict = judge(wrap_set(next(read_sets(io.BytesIO(data), []))))
    stopped = {finding.code for finding in verdict.findings if finding.code.startswith("validator")}
    assert not stopped
    assert verdict.segments_seen == len(BEFORE) + len(ACCEPTED) + len(REJECTED) + 2


@pytest.mark.parametrize(
    ("right", "wrong", "expected"),
    [
        ("TRN*2*442-K12AB34", "TRN*2", ["no-claim-number"]),
        ("STC*A2:20:PR*20240106*WQ*100", "AMT*1*2", ["no-status"]),
        ("*WQ*100", "*WQ*1,00", ["bad-amount"]),
        ("DTP*472*D8*20240102", "DTP*472*D8*2024", ["bad-date"]),
    ],
)
def test_what_is_wrong_with_an_acknowledgement_is_told(right: str, wrong: str, expected: list[str]) -> None:
    (claim,), _ = read(*BEFORE, *[segment.replace(right, wrong) for segment in ACCEPTED])
    assert codes(claim.findings) == expected


def test_a_rejection_is_not_hidden_by_an_acceptance_that_follows() -> None:
    (claim,), _ = read(*BEFORE, *ACCEPTED[:3], "STC*A3:21**U*5", "STC*A2:20**WQ*5")
    assert (claim.action, claim.categories) == ("U", ("A3", "A2"))


def test_two_claims_of_one_patient_are_two() -> None:
    claims, end = read(*BEFORE, *ACCEPTED, "TRN*2*SECOND", "STC*A2:20**WQ*5")
    assert [(claim.claim, claim.patient) for claim in claims] == [
        ("442-K12AB34", "DOE,JANE Q"),
        ("SECOND", "DOE,JANE Q"),
    ]
    assert end.claims == 2


def test_a_cut_set_is_not_complete() -> None:
    data = interchange([*BEFORE, *ACCEPTED], code="277", version="005010X214", functional="HN")
    *claims, end = read_277ca(next(read_sets(io.BytesIO(data[: data.index(b"SE*")]), [])))
    assert isinstance(end, AcknowledgementEnd)
    assert (len(claims), end.complete) == (1, False)


def test_a_rejection_among_very_many_statuses_is_not_lost_and_their_number_is_told_once() -> None:
    many = ["STC*A2:20**WQ*5*A2:20"] * (STATUSES_KEPT + 100)
    (claim,), _ = read(*BEFORE, *ACCEPTED[:3], *many, "STC*A3:21**U*5", *many)
    assert codes(claim.findings) == ["too-many-statuses"]
    assert len(claim.categories) == len(claim.statuses) == STATUSES_KEPT + 1
    assert (claim.action, claim.categories[-1]) == ("U", "A3")
