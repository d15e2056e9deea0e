"""The judge of the implementation guides is asked set by set; what stops it never stops the program."""

import io
import logging

import pytest

from services.intake.known_formats import KNOWN
from services.x12 import conformity
from services.x12.conformity import guide_of, judge, wrap_set
from services.x12.envelope import TransactionSet
from services.x12.segments import read_sets
from tests.services.x12.files import HEADER_835, SHIPPED, codes, interchange

BODY = (*HEADER_835[:6], "PER*BL*DESK*TE*8005550100", *HEADER_835[6:])
CLAIM = ("CLP*A*1*100*100*0*12*ICN*11*1", "NM1*QC*1*DOE*JANE****MI*M1", "DTM*232*20240101", "AMT*AU*100")


def first(data: bytes) -> TransactionSet:
    return next(read_sets(io.BytesIO(data), []))


def test_a_good_remittance_conforms_and_is_seen_whole() -> None:
    with (SHIPPED / "835/oxedi_balanced_5010_plb_wo_l6_fb.835").open("rb") as stream:
        verdict = judge(wrap_set(next(read_sets(stream, []))))
    assert verdict.conforms
    assert verdict.findings == ()
    assert verdict.segments_seen == 58


def test_an_objection_names_the_segment_within_its_set() -> None:
    data = interchange([*BODY, *CLAIM]).replace(b"DTM*232*20240101", b"DTM*232*20249901")
    # The second set of a file: its segments are counted from its own ST.
    verdicts = [judge(wrap_set(opened)) for opened in read_sets(io.BytesIO(interchange(["LX*1"]) + data), [])]
    verdict = verdicts[1]
    assert not verdict.conforms
    assert [(finding.code, finding.where) for finding in verdict.findings] == [
        ("guide-element-8", "segment 13 (DTM)")
    ]


def test_a_current_remark_code_is_no_fault() -> None:
    assert judge(wrap_set(first(interchange([*BODY, *CLAIM[:2], "MOA***N800", *CLAIM[2:]])))).conforms


@pytest.mark.parametrize("terminator", ["\n", "!", "\x1c"])
def test_the_wrapping_suits_any_delimiters(terminator: str) -> None:
    data = interchange(
        [*BODY, *CLAIM],
        terminator=terminator,
        line_end="",
    )
    verdict = judge(wrap_set(first(data)))
    assert verdict.conforms, verdict.findings
    assert verdict.segments_seen == 15


def test_long_values_are_not_repeated_in_what_is_told() -> None:
    secret = "SECRETNAMEOFAPATIENT" * 3
    verdict = judge(wrap_set(first(interchange([*BODY, CLAIM[0], f"NM1*QC*1*DOE*{secret}", *CLAIM[2:]]))))
    assert not verdict.conforms
    assert all(secret not in finding.text for finding in verdict.findings)
    assert all(len(finding.text) <= 160 for finding in verdict.findings)


def test_a_blank_segment_at_which_the_judge_stops_is_told() -> None:
    segments = list(wrap_set(first(interchange([*BODY, *CLAIM]))))
    segments.insert(len(segments) - 6, "~")
    verdict = judge(iter(segments))
    assert not verdict.conforms
    assert "validator-stopped-early" in codes(verdict.findings)


def test_a_set_with_very_many_faults_is_judged_up_to_some_and_told() -> None:
    wrong = ["CLP*A*1*100*100*0*12*ICN*11*1", "NM1*QC*9*DOE"]
    verdict = judge(wrap_set(first(interchange([*BODY, *wrong * 50_000]))))
    assert not verdict.conforms
    assert len(verdict.findings) == 1001
    assert codes(verdict.findings)[-1] == "validator-stopped-early"
    assert verdict.segments_seen < 5_000
    assert not [code for code in codes(verdict.findings) if code.startswith(("guide-envelope", "guide-set"))]


def test_whatever_the_judge_raises_is_a_finding() -> None:
    verdict = judge(wrap_set(first(interchange([*BODY, *CLAIM, "SVC*HC:1:2:3:4:5:6:7:8:9:10:11*0*0"]))))
    assert not verdict.conforms
    assert "validator-stopped" in codes(verdict.findings)


@pytest.mark.parametrize("text", ["", "ISA", "ISA*", "~", "ISA*00*" + "~" * 200, "\x00" * 200])
def test_what_is_no_interchange_is_not_judged(text: str) -> None:
    assert codes(judge(iter([text])).findings) == ["no-guide"]
    assert codes(judge(iter(text)).findings) == ["no-guide"]


@pytest.mark.parametrize(
    ("code", "version", "guide", "kind"),
    [
        ("835", "005010X221A1", "005010X221A1", "835"),
        ("835", "005010X221", "005010X221A1", "835"),
        ("835", "", "005010X221A1", "835"),
        ("835", "004010", "004010X091A1", "835"),
        ("837", "005010X222A2", "005010X222A1", "837P"),
        ("837", "005010X223A3", "005010X223A2", "837I"),
        ("837", "005010X224A2", "", "837D"),
        ("837", "004010X098A1", "004010X098A1", "837P"),
        ("837", "005010X298", "", "unknown 837"),
        ("277", "005010X214", "005010X214", "277CA"),
        ("277", "005010X212", "", "unknown 277"),
        ("999", "005010X231A1", "", "999"),
        ("810", "004010", "", "unknown 810"),
        ("", "", "", "unknown"),
    ],
)
def test_the_guide_and_the_kind_follow_from_the_version(
    code: str, version: str, guide: str, kind: str
) -> None:
    opened = first(interchange(["LX*1"], code=code, version=version))
    assert guide_of(opened) == guide
    assert KNOWN.kind_of(opened) == kind


def test_a_set_without_a_known_guide_is_not_judged() -> None:
    verdict = judge(wrap_set(first(interchange(["BHT*1"], code="837", version="005010X224A2"))))
    assert codes(verdict.findings) == ["no-guide"]
    assert not verdict.conforms


def test_the_judge_writes_no_log_line(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        judge(wrap_set(first(interchange([*BODY, CLAIM[0], "NM1*QC*9*SECRET"]))))
    assert "SECRET" not in caplog.text
    out = capsys.readouterr()
    assert (out.out, out.err) == ("", "")


def test_the_judge_is_loaded_only_when_it_is_asked() -> None:
    assert not [name for name in vars(conformity) if "pyx12" in name]
