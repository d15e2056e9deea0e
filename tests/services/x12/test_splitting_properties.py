"""Whatever is joined into a file comes out of it again, in chunks of any size; nothing else hangs or raises."""

import io

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from services.x12.read_835 import read_835
from services.x12.remittance import RemittanceHeader, RemittanceSummary
from services.x12.segments import read_sets
from tests.services.x12.files import Trickle, interchange, remittance, sets_in

MARKS = st.sampled_from([*"*|~!'<>:;+%&#@$\\/\x1c\x1d\x1e\x1f", "§"])
LINE_ENDS = st.sampled_from(["", "\n", "\r\n"])
WORDS = st.text("ABCDEFGHIJ KLMNOP0123456789.,-éñ", max_size=12).map(str.strip)
SEGMENTS = st.lists(
    st.tuples(st.sampled_from(["CLP", "CAS", "REF", "N1", "SVC", "LX"]), st.lists(WORDS, max_size=5)),
    max_size=12,
)


@st.composite
def delimiters(draw: st.DrawFn) -> tuple[str, str, str]:
    element, component = draw(MARKS), draw(MARKS)
    terminator = draw(st.one_of(MARKS, st.just("\n"), st.just("\r\n")))
    assume(len({element, component, terminator}) == 3)
    return element, component, terminator


@given(delimiters(), LINE_ENDS, st.lists(SEGMENTS, min_size=1, max_size=4), st.integers(1, 400))
def test_split_gives_back_what_was_joined(
    marks: tuple[str, str, str], line_end: str, bodies: list[list[tuple[str, list[str]]]], size: int
) -> None:
    element, component, terminator = marks
    plain = interchange(*[["\x00".join([name, *words]) for name, words in body] for body in bodies])
    text = plain.decode("latin-1").replace(":~", "\x02~", 1)
    line = "" if terminator.endswith("\n") else line_end
    text = text.replace("\x00", "*").replace("~\n", "\x01")
    text = text.replace("*", element).replace("\x02", component).replace("\x01", terminator + line)
    data = text.encode("latin-1")
    read, findings = sets_in(Trickle(data, size))
    assert findings == []
    assert len(read) == len(bodies)
    for (opened, segments), body in zip(read, bodies, strict=True):
        assert opened.findings == []
        got = [segment.elements for segment in segments[1:-1]]
        assert got == [[name, *words] for name, words in body]
        for segment in segments:
            assert data[segment.offset :].startswith(segment.elements[0].encode())


NOISE = st.one_of(
    st.binary(max_size=300),
    st.lists(
        st.sampled_from(
            [
                b"ISA*",
                b"ISA",
                b"GS*",
                b"ST*835*1",
                b"SE*",
                b"IEA*1*1",
                b"GE*",
                b"~",
                b"~~",
                b"*",
                b":",
                b"\n",
                b"\x00",
                b"CLP*A*1*10*5",
                b"SVC*HC:1*10*5",
                b"CAS*CO*45*5",
                b"PLB*1*20240101*WO:1*5",
                b"A" * 5000,
            ]
        ),
        max_size=60,
    ).map(b"".join),
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(NOISE, NOISE, st.integers(0, 2000), st.integers(1, 700))
def test_noise_anywhere_is_read_without_raising_and_every_set_has_header_and_summary(
    noise: bytes, more: bytes, place: int, size: int
) -> None:
    whole = interchange(["BPR*I*5*C*CHK************20240105", "TRN*1*T*1512345678", "CLP*A*1*10*5"])
    data = noise + whole[:place] + more + whole[place:] + noise
    for opened in read_sets(Trickle(data, size), []):
        parts = list(read_835(opened))
        assert isinstance(parts[0], RemittanceHeader)
        assert isinstance(parts[-1], RemittanceSummary)


@given(st.data())
def test_a_remittance_cut_anywhere_is_never_complete(data: st.DataObject) -> None:
    whole = remittance("CLP*A*1*150*100*50*12*ICN", "CAS*PR*1*50", "NM1*QC*1*DOE*JANE")
    end = whole.index(b"SE*")
    cut = data.draw(st.integers(whole.index(b"ST*") + 4, end))
    for opened in read_sets(io.BytesIO(whole[:cut]), []):
        summary = list(read_835(opened))[-1]
        assert isinstance(summary, RemittanceSummary)
        assert not summary.complete
