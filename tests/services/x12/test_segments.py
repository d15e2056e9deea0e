"""A file of sets is split whatever its delimiters, line ends and faults, and every fault is told."""

import io
from itertools import pairwise

import pytest

from services.findings import Finding
from services.x12.segments import read_sets
from services.x12.splitting import CHUNK
from tests.services.x12.files import Trickle, codes, interchange, isa, sets_in, sets_of

BODY = ["BPR*I*0*H*NON", "TRN*1*T*1512345678"]


def test_a_plain_file_has_its_sets_with_control_numbers_and_no_finding() -> None:
    data = interchange(BODY, BODY)
    read, findings = sets_of(data)
    assert findings == []
    first, second = read
    assert (first[0].code, first[0].version, first[0].control) == ("835", "005010X221A1", "0001")
    assert (first[0].group_control, first[0].interchange_control, first[0].sender) == (
        "1",
        "000000001",
        "PAYER",
    )
    assert [segment.elements[0] for segment in first[1]] == ["ST", "BPR", "TRN", "SE"]
    assert [segment.ordinal for segment in second[1]] == [1, 2, 3, 4]
    assert second[0].ordinal == 2
    for opened, segments in read:
        assert opened.findings == []
        assert data[opened.offset :].startswith(b"ST*835")
        for segment in segments:
            assert data[segment.offset :].startswith("*".join(segment.elements).encode())


def test_two_interchanges_may_declare_different_delimiters() -> None:
    other = interchange(BODY, terminator="!", line_end="").replace(b"*", b"|").replace(b":!", b"<!", 1)
    read, findings = sets_of(interchange(BODY) + other)
    assert findings == []
    assert [segment.elements for segment in read[0][1]] == [segment.elements for segment in read[1][1]]
    assert read[1][0].delimiters.element == "|"
    assert read[1][0].delimiters.component == "<"
    assert read[1][0].delimiters.segment == "!"


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"\r\n\r\n  ", b"\xef\xbb\xbf\n"])
def test_a_byte_order_mark_and_blanks_before_the_isa_are_no_fault(before: bytes) -> None:
    read, findings = sets_of(before + interchange(BODY))
    assert findings == []
    assert read[0][0].offset == len(before) + interchange(BODY).index(b"ST*")


@pytest.mark.parametrize("line_end", ["", "\n", "\r\n", "\n\n", "\r", "\n   "])
def test_line_ends_between_segments_are_no_fault(line_end: str) -> None:
    read, findings = sets_of(interchange(BODY, line_end=line_end))
    assert findings == []
    assert [segment.elements for segment in read[0][1]][1] == ["BPR", "I", "0", "H", "NON"]


def test_a_line_feed_may_be_the_terminator_with_or_without_carriage_return() -> None:
    for line_end in ("\n", "\r\n"):
        data = interchange(BODY, terminator=line_end, line_end="")
        read, findings = sets_of(data)
        assert findings == []
        assert len(read[0][1]) == 4
        assert read[0][0].delimiters.segment == "\n"


def test_a_blank_segment_is_told_and_does_not_end_the_reading() -> None:
    read, findings = sets_of(interchange(BODY).replace(b"TRN", b"~~TRN"))
    assert codes(findings) == ["blank-segment", "blank-segment"]
    assert len(read[0][1]) == 4
    assert read[0][0].findings == []


def test_a_line_break_inside_a_segment_is_taken_out_and_told() -> None:
    read, findings = sets_of(interchange(BODY).replace(b"TRN*1*T*1512", b"TRN*1*T*15\r\n12"))
    assert codes(findings) == ["line-break"]
    assert read[0][1][2].elements == ["TRN", "1", "T", "1512345678"]


def test_an_isa_with_collapsed_blanks_is_read_by_counting() -> None:
    data = interchange(BODY).replace(b" " * 10, b" ").replace(b"PAYER ", b"PAYER", 1)
    read, findings = sets_of(data)
    assert codes(findings) == ["isa-length"]
    assert read[0][0].sender == "PAYER"
    assert read[0][0].findings == []


def test_a_file_without_isa_has_no_interchange_number_and_is_told_so() -> None:
    data = interchange(BODY)
    for start in (b"GS*", b"ST*"):
        read, findings = sets_of(data[data.index(start) : data.index(b"GE*")])
        assert codes(findings)[0] == "no-interchange"
        assert read[0][0].interchange_control == ""
        assert len(read[0][1]) == 4


def test_sets_behind_an_iea_without_isa_are_read_and_told() -> None:
    data = interchange(BODY)
    read, findings = sets_of(data + data[data.index(b"GS*") : data.index(b"IEA")])
    assert [opened.interchange_control for opened, _ in read] == ["000000001", ""]
    assert codes(findings) == ["no-interchange"]


def test_the_last_segment_may_lack_its_terminator() -> None:
    read, findings = sets_of(interchange(BODY).rstrip()[:-1])
    assert codes(findings) == ["no-terminator"]
    assert len(read) == 1


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        (b"SE*4*", b"SE*5*", "se-count"),
        (b"SE*4*", b"SE**", "se-count"),
        (b"SE*4*0001", b"SE*4*0002", "se-control"),
        (b"SE*4*", "SE*٤*".encode(), "se-count"),
    ],
)
def test_a_wrong_set_trailer_is_a_finding_of_the_set(right: bytes, wrong: bytes, code: str) -> None:
    read, findings = sets_of(interchange(BODY).replace(right, wrong))
    assert findings == []
    assert codes(read[0][0].findings) == [code]
    assert read[0][0].findings[0].where.startswith("segment 4 (SE, byte ")


@pytest.mark.parametrize(
    ("right", "wrong", "expected"),
    [
        (b"GE*1*1", b"GE*2*1", ["ge-count"]),
        (b"GE*1*1", b"GE*1*7", ["ge-control"]),
        (b"IEA*1*", b"IEA*9*", ["iea-count"]),
        (b"IEA*1*000000001", b"IEA*1*000000009", ["iea-control"]),
        (b"GE*1*1~\n", b"", ["no-ge"]),
        (b"IEA*1*000000001~\n", b"", ["no-iea"]),
        (
            b"GS*HP*PAYER*CLINIC*20240105*1200*1*X*005010X221A1~\n",
            b"",
            ["no-gs", "stray-segment", "iea-count"],
        ),
        (b"ST*835*0001~\nBPR*I*0*H*NON~\nTRN*1*T*1512345678~\n", b"", ["stray-segment", "ge-count"]),
        (b"GE*1*1~\n", b"GE*1*1~\nXX*1~\n", ["stray-segment"]),
    ],
)
def test_a_wrong_envelope_is_a_finding_of_the_file(right: bytes, wrong: bytes, expected: list[str]) -> None:
    data = interchange(BODY)
    assert right in data
    _, findings = sets_of(data.replace(right, wrong))
    assert codes(findings) == expected


def test_a_set_without_se_ends_with_the_next_st_or_with_the_file() -> None:
    data = interchange(BODY, BODY)
    read, _ = sets_of(data.replace(b"SE*4*0001~\n", b""))
    assert [len(segments) for _, segments in read] == [3, 4]
    assert codes(read[0][0].findings) == ["no-se"]
    cut, findings = sets_of(data[: data.index(b"TRN") + 8])
    assert codes(cut[0][0].findings) == ["no-se"]
    assert codes(findings) == ["no-terminator", "no-ge", "no-iea"]


def test_a_file_cut_inside_a_segment_and_followed_by_another_keeps_both() -> None:
    data = interchange(BODY)
    read, findings = sets_of(data[: data.index(b"5678~")] + data)
    assert [len(segments) for _, segments in read] == [3, 4]
    assert codes(read[0][0].findings) == ["no-se"]
    assert codes(findings) == ["no-terminator", "no-ge", "no-iea"]


def test_text_behind_the_interchange_is_told_once() -> None:
    read, findings = sets_of(interchange(BODY) + b"\x1a\x00\x00")
    assert (len(read), findings) == (1, [])
    read, findings = sets_of(interchange(BODY) + b"Kind regards, the VISA desk~" * 5000 + interchange(BODY))
    assert len(read) == 2
    assert codes(findings) == ["text-after-iea"]


def test_unread_segments_are_skipped_when_the_next_set_is_asked_for() -> None:
    findings: list[Finding] = []
    seen = []
    for opened in read_sets(io.BytesIO(interchange(BODY, BODY, BODY)), findings):
        seen.append((opened.control, next(opened.segments).elements[2]))
    assert seen == [("0001", "0001"), ("0002", "0002"), ("0003", "0003")]
    assert findings == []


def test_an_earlier_set_gives_nothing_more_once_the_next_one_is_open() -> None:
    sets = read_sets(io.BytesIO(interchange(BODY, BODY)), [])
    first = next(sets)
    next(first.segments)
    second = next(sets)
    assert [segment.elements[0] for segment in second.segments] == ["ST", "BPR", "TRN", "SE"]
    assert list(first.runs or ()) == []


@pytest.mark.parametrize(
    "header",
    [
        isa(element="A"),
        isa(component="*"),
        isa(component="5"),
        isa(element=" "),
    ],
)
@pytest.mark.parametrize("terminator", ["~", "*", "Z", " ", "4"])
def test_delimiters_that_cannot_separate_are_told_and_nothing_is_read(header: str, terminator: str) -> None:
    data = (header + terminator + interchange(BODY).decode()[107:]).encode()
    read, findings = sets_of(data)
    assert read == []
    assert set(codes(findings)) <= {"bad-delimiters", "not-x12", "text-before-isa", "isa-length", "bad-isa"}
    assert findings


def test_an_element_of_five_megabytes_is_clipped_and_told() -> None:
    data = interchange([*BODY, "REF*EV*" + "A" * 5_000_000 + "*B", "REF*F2*X"])
    read, findings = sets_of(data)
    segments = read[0][1]
    assert codes(findings) == ["element-too-long"]
    assert [len(element) for element in segments[3].elements] == [3, 2, 4096, 1]
    assert segments[4].elements == ["REF", "F2", "X"]
    assert data[segments[4].offset :].startswith(b"REF*F2*X")
    assert data[segments[5].offset :].startswith(b"SE*")


def test_each_segment_with_a_long_element_is_told_once() -> None:
    long = "REF*EV*" + "A" * 300_000
    data = interchange([*BODY, long, long + "*B", "REF*F2*X", long])
    _, findings = sets_of(data)
    starts = [place for place in range(len(data)) if data.startswith(b"REF*EV*AAA", place)]
    assert [(each.code, each.where) for each in findings] == [
        ("element-too-long", f"byte {start}") for start in starts
    ]


def test_a_long_element_within_one_chunk_is_clipped_too() -> None:
    data = interchange([*BODY, "REF*EV*" + "A" * 10_000 + "*B", "REF*F2*X"])
    read, findings = sets_of(data)
    assert codes(findings) == ["element-too-long"]
    assert [len(element) for element in read[0][1][3].elements] == [3, 2, 4096, 1]
    assert data[read[0][1][4].offset :].startswith(b"REF*F2*X")


def test_text_beyond_ascii_is_read_as_utf_8_when_it_is_and_as_latin_1_when_not() -> None:
    for encoding in ("utf-8", "latin-1"):
        data = interchange([*BODY, "N1*PR*@"]).replace(b"@", "MUÑOZ".encode(encoding))
        read, findings = sets_of(data)
        assert findings == []
        assert read[0][1][3].elements == ["N1", "PR", "MUÑOZ"]
        for _, segments in read:
            for segment, after in pairwise(segments):
                assert data[after.offset :].startswith(after.elements[0].encode())
                assert data[segment.offset :].startswith(segment.elements[0].encode())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n  ",
        b"\x1f\x8b\x08\x00" + b"\x00" * 50,
        b"PK\x03\x04" + b"\x00" * 50,
        "ISA*00*".encode("utf-16"),
        interchange(BODY).decode().encode("utf-16-le"),
        interchange(BODY).decode().encode("cp500"),
        b"%PDF-1.7",
        b"Dear colleague, this is a letter.",
        b"isa*00*          *00*",
        bytes(range(256)) * 400,
    ],
)
def test_what_is_no_x12_has_no_sets_and_says_so(data: bytes) -> None:
    read, findings = sets_of(data)
    assert read == []
    assert "not-x12" in codes(findings)


def test_a_hundred_thousand_faults_are_not_a_hundred_thousand_findings() -> None:
    _, findings = sets_of(interchange(BODY).replace(b"TRN", b"~" * 100_000 + b"TRN"))
    assert len(findings) == 50
    assert findings[-1].text.endswith("Further ones of this kind are not listed.")


def test_chunks_of_any_size_give_the_same() -> None:
    data = interchange(BODY, BODY) + b"\r\n" + interchange(BODY, line_end="").replace(b"~", b"'")
    whole, told = sets_of(data)
    for size in (1, 2, 3, 7, 64, 105, 106, 107, 300):
        read, findings = sets_in(Trickle(data, size))
        assert [segments for _, segments in read] == [segments for _, segments in whole]
        assert findings == told


def test_a_file_of_very_many_interchanges_is_not_read_far_ahead() -> None:
    one = interchange(BODY)
    stream = io.BytesIO(one * (20 * CHUNK // len(one)))
    for number, read in enumerate(read_sets(stream, [])):
        for _ in read.runs or ():
            assert stream.tell() - number * len(one) <= 2 * CHUNK + len(one)
    assert stream.tell() > 19 * CHUNK


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\n\n"])
@pytest.mark.parametrize("terminator", ["~", "|", "!", "'", "\x1c"])
def test_the_line_end_may_stand_before_the_terminator(line_end: str, terminator: str) -> None:
    plain = interchange(BODY, BODY, terminator=terminator)
    data = plain.replace(f"{terminator}\n".encode(), f"{line_end}{terminator}".encode())
    read, findings = sets_of(data)
    assert findings == []
    assert [segment.elements for _, segments in read for segment in segments] == [
        segment.elements for _, segments in sets_of(plain)[0] for segment in segments
    ]
    for _, segments in read:
        for segment in segments:
            assert data[segment.offset :].startswith("*".join(segment.elements).encode())


@pytest.mark.parametrize("indent", ["", "   ", "\t"])
def test_a_line_end_is_the_terminator_where_a_name_follows_it(indent: str) -> None:
    data = interchange(BODY).replace(b"~\n", b"\n" + indent.encode())
    read, findings = sets_of(data)
    assert findings == []
    assert (read[0][0].delimiters.segment, len(read[0][1])) == ("\n", 4)


@pytest.mark.parametrize(
    ("terminator", "said"),
    [("Z", "the letter or digit Z"), (" ", "a blank"), ("\t", "a tab"), ("", "nothing")],
)
def test_a_terminator_that_cannot_be_told_is_said(terminator: str, said: str) -> None:
    data = (isa() + (terminator + interchange(BODY).decode()[107:] if terminator else "")).encode()
    read, findings = sets_of(data)
    assert read == []
    assert findings[-1].text == (
        f"The segment terminator cannot be told: behind ISA16 stands {said}. Nothing behind the header is read."
    )


def test_a_terminator_that_does_not_come_again_is_named() -> None:
    data = interchange(BODY)
    read, findings = sets_of(data[:105] + b"\n" + data[107:].replace(b"\n", b""))
    assert read == []
    assert findings[-1].text == (
        "The header says that segments end with a line end; read so, no group (GS) and no set (ST) stands in the file."
    )
