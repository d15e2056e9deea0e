"""Hostile files never raise, never hang and never fill the memory."""

import io
import time
import tracemalloc
from collections.abc import Iterator

import pytest

from services.findings import Finding
from services.x12.read_277ca import read_277ca
from services.x12.read_835 import read_835
from services.x12.read_837 import read_837
from services.x12.remittance import RemittanceSummary
from services.x12.segments import read_sets
from tests.services.x12.files import codes, interchange, isa, remittance

HEAD = interchange(["BPR*I*0*H*NON"]).split(b"SE*")[0]


class Endless(io.RawIOBase):
    """A file that is written while it is read: a head, then one piece again and again."""

    def __init__(self, head: bytes, piece: bytes, size: int) -> None:
        self._pieces = self._all(head, piece, size)

    @staticmethod
    def _all(head: bytes, piece: bytes, size: int) -> Iterator[bytes]:
        yield head
        block = piece * max(1, 60_000 // len(piece))
        for _ in range(size // len(block)):
            yield block

    def read(self, size: int = -1, /) -> bytes:
        return next(self._pieces, b"")


HOSTILE = {
    "segments": b"REF*EV*1~",
    "claims": b"CLP*A*1*10*5*0*12*I~CAS*CO*45*5~",
    "lines of one claim": b"SVC*HC:1*10*5~CAS*CO*45*5~",
    "adjustments": b"CAS*CO*45*5*1*46*5*1*47*5*1~",
    "bad amounts": b"CLP*A*1*x*y~SVC*HC:1*z*q~",
    "provider level": b"PLB*1*20240101*WO:1*5*WO:2*5*WO:3*5~",
    "unknown": b"ZZ1*1~ZZ2*1~",
    "blank segments": b"~",
    "terminators and line ends": b"~\n\n",
    "one element": b"A",
    "elements": b"*",
    "sets": b"ST*835*1~SE*2*1~",
    "groups": b"GS*HP*A*B~GE*0*1~",
    "headers": isa().encode() + b"~",
    "broken headers": b"ISA*00*",
    "broken headers in text": b" ISA ",
    "trailers": b"IEA*1*1~",
    "text behind": b"IEA*1*1~x",
    "nul": b"\x00",
    "escape": b"NM1*QC*1*\x1b]0;x\x07~",
    "beyond ASCII": "NM1*QC*1*MUÑOZ~".encode(),
    "levels": b"HL*1**20~HL*2*1*22~CLM*1*1~LX*1~",
    "statuses": b"HL*1*1*PT~TRN*2*1~STC*A1:1~STC*A2:2~",
}


def read_all(stream: io.RawIOBase) -> tuple[int, list[Finding]]:
    """Reads a file as every kind; gives its sets and findings."""
    findings: list[Finding] = []
    count = 0
    for opened in read_sets(stream, findings):
        reader = (read_835, read_837, read_277ca)[count % 3] if count < 30 else read_835
        for _ in reader(opened):
            pass
        assert len(opened.findings) <= 200
        count += 1
    return count, findings


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_full_of_anything_is_read_in_little_time_and_memory(name: str) -> None:
    started = time.process_time()
    read_all(Endless(HEAD, HOSTILE[name], 700_000))
    assert time.process_time() - started < 60
    tracemalloc.start()
    try:
        _, findings = read_all(Endless(HEAD, HOSTILE[name], 150_000))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(findings) < 1000
    assert peak < 50_000_000


def test_memory_does_not_grow_with_the_file() -> None:
    body = b"CLP*A*1*10*5*0*12*I~CAS*CO*45*5~NM1*QC*1*DOE*JANE~SVC*HC:1*5*5~DTM*472*20240101~"
    peaks = []
    for size in (200_000, 1_000_000):
        tracemalloc.start()
        try:
            read_all(Endless(HEAD, body, size))
            peaks.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
    assert peaks[1] < peaks[0] + 500_000


def test_time_grows_with_the_file_and_not_with_its_square() -> None:
    def took(size: int) -> float:
        started = time.process_time()
        read_all(Endless(HEAD, b"A", size))
        return time.process_time() - started

    took(500_000)
    assert took(8_000_000) < 30 * max(took(1_000_000), 0.02)


@pytest.mark.parametrize(
    "data",
    [
        remittance("CLP*A*1*10*5").replace(b"~", b"*"),
        remittance("CLP*A*1*10*5").replace(b"*", b"~"),
        remittance("CLP*A*1*10*5").replace(b"*", b"A"),
        remittance("CLP*A*1*10*5").replace(b"~", b"4"),
        remittance("CLP*A*1*10*5").replace(b"*", b" "),
        remittance("CLP*A*1*10*5").replace(b"*", b"\r"),
        remittance("CLP*A*1*10*5").replace(b":~", b"*~", 1),
        remittance("CLP*A*1*10*5").decode().encode("utf-16"),
        remittance("CLP*A*1*10*5").decode().encode("cp037"),
    ],
)
def test_delimiters_that_make_no_sense_end_in_a_finding(data: bytes) -> None:
    sets, findings = read_all(io.BytesIO(data))  # type: ignore[arg-type]  # BytesIO reads like RawIOBase
    assert sets == 0
    assert findings


def test_an_unbalanced_remittance_is_read_and_not_believed() -> None:
    data = remittance("CLP*A*1*10*5*0*12*I", total="5").replace(b"*5*C*ACH", b"*500000*C*ACH")
    for opened in read_sets(io.BytesIO(data), []):
        *_, summary = read_835(opened)
        assert isinstance(summary, RemittanceSummary)
        assert not summary.balanced
        assert codes(summary.findings) == ["transaction-balance"]
