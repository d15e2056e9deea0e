"""`lockbox validate` names the first cause once, where it stands; what follows from it is not told."""

import io
from pathlib import Path

import pytest

from services.findings import Finding
from services.intake.judging import judge_file
from services.x12.conformity import judge, wrap_set
from services.x12.segments import read_sets
from tests.services.x12.files import HEADER_835, codes, interchange
from tests.services.x12.test_read_837 import CLAIM as BILLED
from tests.services.x12.test_read_837 import PROVIDER, SUBSCRIBER

HEADER = (*HEADER_835[:6], "PER*BL*DESK*TE*8005550100", HEADER_835[6])
CLAIM = (
    "CLP*A*1*100*80**12*ICN*11*1",
    "NM1*QC*1*DOE*JANE****MI*M1",
    "REF*1L*G",
    "DTM*232*20240101",
    "SVC*HC:99213*60*50",
    "DTM*472*20240101",
    "CAS*CO*45*10",
    "REF*6R*1",
    "SVC*HC:87070*40*30",
    "DTM*472*20240101",
    "CAS*CO*45*10",
)
GOOD = (HEADER[0].replace("*100*", "*80*"), *HEADER[1:], "LX*1", *CLAIM)


def judged(body: list[str] | tuple[str, ...]) -> list[tuple[str, str]]:
    data = interchange(body)
    return [
        (finding.text, finding.where)
        for finding in judge(wrap_set(next(read_sets(io.BytesIO(data), [])))).findings
    ]


def validated(tmp_path: Path, data: bytes) -> list[Finding]:
    """What `lockbox validate` says of the only set of a file."""
    (tmp_path / "one.835").write_bytes(data)
    judgement = judge_file(tmp_path / "one.835")
    return [*judgement.findings, *judgement.sets[0].findings]


def replaced(segment: str, *by: str) -> list[str]:
    assert segment in GOOD
    return [one for each in GOOD for one in (by if each == segment else (each,))]


def test_a_good_remittance_has_no_cause() -> None:
    assert judged(GOOD) == []


@pytest.mark.parametrize(
    ("body", "told", "where"),
    [
        (
            replaced("LX*1"),
            "No LX segment (Header Number) stands before this CLP segment; the guide wants one.",
            "segment 10 (CLP)",
        ),
        (
            replaced("SVC*HC:99213*60*50", "SVC*XX:99213*60*50"),
            "SVC01-1 is XX; the guide knows AD, ER, HC, HP, IV, N4, N6, NU, UI, WK there.",
            "segment 15 (SVC)",
        ),
        (
            [each.replace("HC:", "XX:") for each in GOOD],
            "SVC01-1 is XX; the guide knows AD, ER, HC, HP, IV, N4, N6, NU, UI, WK there."
            " The same is true of 1 further segment.",
            "segment 15 (SVC)",
        ),
        (
            replaced("NM1*QC*1*DOE*JANE****MI*M1", "NM1*QQ*1*DOE*JANE****MI*M1"),
            "NM101 is QQ; the guide knows QC, IL, 74, 82, TT, PR, GB there.",
            "segment 12 (NM1)",
        ),
        (
            replaced("NM1*QC*1*DOE*JANE****MI*M1"),
            "Segment NM1 (Patient Name) is missing here.",
            "behind segment 11 (CLP)",
        ),
        (replaced("N3*1 MAIN ST"), "Segment N3 (Payer Address) is missing here.", "behind segment 5 (N1)"),
        (
            [each for each in GOOD if each[:2] not in ("N3", "N4")],
            "Segment N3 (Payer Address) is missing here.",
            "behind segment 5 (N1)",
        ),
        (
            replaced(CLAIM[0]),
            "No CLP segment (Claim Payment Information) stands before this NM1 segment; the guide wants one.",
            "segment 11 (NM1)",
        ),
        (
            replaced("DTM*232*20240101", "DTM*232*20240101", "REF*EA*1"),
            "Segment REF*EA stands too late or too often: behind DTM the guide has no place for it.",
            "segment 15 (REF)",
        ),
        (replaced("REF*6R*1", "ZZZ*1", "REF*6R*1"), "The guide has no segment ZZZ.", "segment 18 (ZZZ)"),
        (
            replaced("REF*6R*1", "REF**1"),
            "REF01 is missing; the guide knows 1S, APC, BB, E9, G1, G3, LU, RB, 6R, 0B, 1A, 1B and others there.",
            "segment 18 (REF)",
        ),
    ],
)
def test_one_fault_is_one_sentence_in_its_place(body: list[str], told: str, where: str) -> None:
    assert judged(body)[0] == (told, where)
    # Two missing segments are two faults.
    assert [text for text, _ in judged(body)[1:]] in (
        [],
        ["Segment N4 (Payer City, State, ZIP Code) is missing here."],
    )


def test_faults_that_do_not_follow_from_each_other_are_all_told() -> None:
    body = replaced("REF*6R*1", "REF*ZZ*1", "REF*YY*1")
    body = [each.replace("DTM*232*20240101", "DTM*232*20249901") for each in body]
    assert [where for _, where in judged(body)] == [
        "segment 14 (DTM)",
        "segment 18 (REF)",
        "segment 19 (REF)",
    ]


def test_a_lost_loop_that_comes_again_is_no_cause_any_more() -> None:
    body = [*replaced("SVC*HC:99213*60*50", "SVC*XX:99213*60*50"), "DTM*232*20240101"]
    assert [text for text, _ in judged(body)] == [
        "SVC01-1 is XX; the guide knows AD, ER, HC, HP, IV, N4, N6, NU, UI, WK there.",
        "Segment DTM*232 stands too late or too often: behind CAS the guide has no place for it.",
    ]


def test_claims_have_causes_too() -> None:
    body = [*PROVIDER, *SUBSCRIBER, *BILLED[:4], *BILLED[5:]]
    data = interchange(body, code="837", version="005010X222A1", functional="HC")
    found = judge(wrap_set(next(read_sets(io.BytesIO(data), [])))).findings
    assert "No LX segment (Service Line Number) stands before this SV1 segment; the guide wants one." in [
        finding.text for finding in found
    ]
    assert len([finding for finding in found if finding.code == "guide-segment-1"]) == 1


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b"SE*22*0001", b"SE*21*0001"),
        (b"SE*22*0001", b"SE*22*0009"),
        (b"SE*22*0001~\n", b""),
        (b"*20240105~", b"~"),
        (b"*20240105~", b"*20249905~"),
        (b"SVC*HC:99213*60*50", b"SVC*HC>99213*60*50"),
        (b"CAS*CO*45*10", b"CAS*CO*45*1O"),
        (b"REF*6R*1~", b"ZZZ*1~"),
        (b"TRN*1*TRACE1*1512345678~\n", b"CUR*PR*USD~\n"),
        (b"N1*PE*SUNRISE CLINIC*XX*1234567893~\n", b"PER*BL*DESK*TE*8005550101~\n"),
        (b"NM1*QC*1*DOE*", b"NM1*QC*1*DOE*" + b"A" * 90),
    ],
)
def test_what_reader_and_judge_both_see_is_told_once(tmp_path: Path, right: bytes, wrong: bytes) -> None:
    good = interchange(GOOD)
    assert validated(tmp_path, good) == []
    assert right in good
    said = validated(tmp_path, good.replace(right, wrong, 1))
    said = [finding for finding in said if finding.code not in ("line-balance", "claim-balance", "no-ge")]
    assert len(said) == 1, said
    assert not any("without saying why" in finding.text for finding in said)


def test_what_is_wrong_with_header_and_trailer_is_said(tmp_path: Path) -> None:
    data = interchange(GOOD).replace(b"*0001~", b"*1~")
    assert [(finding.text, finding.where) for finding in validated(tmp_path, data)] == [
        (
            'Data element "Transaction Set Control Number" (ST02) is too short: len("1") = 1 < 4 (min_len)',
            "segment 1 (ST)",
        ),
        (
            'Data element "Transaction Set Control Number" (SE02) is too short: len("1") = 1 < 4 (min_len)',
            "segment 22 (SE)",
        ),
    ]
    long = interchange(GOOD).replace(b"SE*22*0001", b"SE*22*0001*X")
    assert codes(validated(tmp_path, long)) == ["guide-element-3"]


def test_segments_of_a_claim_behind_no_claim_are_told_once(tmp_path: Path) -> None:
    said = validated(tmp_path, interchange(replaced(CLAIM[0])))
    assert [finding.text for finding in said if finding.code != "transaction-balance"] == [
        "Segment NM1 stands behind no claim (CLP); up to the next claim or PLB nothing is read."
    ]
