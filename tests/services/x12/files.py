"""X12 files for tests: written from segments, read back as values, and the samples of the corpus."""

import csv
import io
import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from services.findings import Finding
from services.x12.envelope import Segment, TransactionSet
from services.x12.read_835 import read_835
from services.x12.remittance import (
    ProviderLevelAdjustment,
    RemittanceClaim,
    RemittanceHeader,
    RemittanceSummary,
)
from services.x12.segments import read_sets

#: The samples that may be shipped, and those of a folder at hand with further ones.
SHIPPED = Path(__file__).parents[2] / "corpus"
AT_HAND = os.environ.get("LOCKBOX_CORPUS", "")

HEADER_835 = (
    "BPR*I*100*C*ACH*CCP*01*999999992*DA*123456*1512345678**01*999988880*DA*98765*20240105",
    "TRN*1*TRACE1*1512345678",
    "DTM*405*20240104",
    "N1*PR*ACME HEALTH*XV*12345",
    "N3*1 MAIN ST",
    "N4*COLUMBUS*OH*43215",
    "N1*PE*SUNRISE CLINIC*XX*1234567893",
    "LX*1",
)


def isa(element: str = "*", component: str = ":", repetition: str = "^", control: str = "000000001") -> str:
    """An ISA of 106 characters without its terminator."""
    fields = "ISA 00 {:10} 00 {:10} ZZ {:15} ZZ {:15} 240105 1200 {} 00501 {} 0 P {}"
    parts = fields.split(" ")
    values = iter(("", "", "PAYER", "CLINIC", repetition, control, component))
    return element.join(part.format(next(values)) if "{" in part else part for part in parts)


def interchange(
    *bodies: Iterable[str],
    code: str = "835",
    version: str = "005010X221A1",
    functional: str = "HP",
    terminator: str = "~",
    line_end: str = "\n",
) -> bytes:
    """One interchange and group with a set for each body (its segments between ST and SE), all counts right."""
    rows = [isa(), f"GS*{functional}*PAYER*CLINIC*20240105*1200*1*X*{version}"]
    for number, body in enumerate(bodies, 1):
        segments = list(body)
        rows += [f"ST*{code}*{number:04d}", *segments, f"SE*{len(segments) + 2}*{number:04d}"]
    rows += [f"GE*{len(bodies)}*1", "IEA*1*000000001"]
    return "".join(row + terminator + line_end for row in rows).encode("latin-1")


def remittance(*claims: str, total: str = "100", end: Iterable[str] = ()) -> bytes:
    """An 835 of one set with this payment, these segments of claims and this end (PLB)."""
    header = [HEADER_835[0].replace("*100*", f"*{total}*", 1), *HEADER_835[1:]]
    return interchange([*header, *claims, *end])


class Trickle(io.RawIOBase):
    """A file that gives only some bytes at a time."""

    def __init__(self, data: bytes, size: int) -> None:
        self._stream = io.BytesIO(data)
        self._size = size

    def read(self, size: int = -1, /) -> bytes:
        return self._stream.read(self._size)


def sets_of(data: bytes) -> tuple[list[tuple[TransactionSet, list[Segment]]], list[Finding]]:
    """All sets of a file with their segments, and the findings of the file."""
    return sets_in(io.BytesIO(data))


def sets_in(stream: BinaryIO | Trickle) -> tuple[list[tuple[TransactionSet, list[Segment]]], list[Finding]]:
    """All sets of a stream with their segments, and the findings of the file."""
    findings: list[Finding] = []
    return [(read, list(read.segments)) for read in read_sets(stream, findings)], findings


def codes(findings: Iterable[Finding]) -> list[str]:
    """The codes of findings, in their order."""
    return [finding.code for finding in findings]


def read(data: bytes) -> tuple[RemittanceHeader, list[RemittanceClaim], RemittanceSummary]:
    """The only 835 of a file."""
    header: RemittanceHeader | None = None
    claims: list[RemittanceClaim] = []
    summary: RemittanceSummary | None = None
    for part in read_835(next(read_sets(io.BytesIO(data), []))):
        if isinstance(part, RemittanceHeader):
            assert header is None and not claims
            header = part
        elif isinstance(part, RemittanceClaim):
            claims.append(part)
        elif isinstance(part, RemittanceSummary):
            assert summary is None
            summary = part
    assert header is not None and summary is not None
    return header, claims, summary


def provider_level(data: bytes) -> list[ProviderLevelAdjustment]:
    """The provider-level adjustments of the only 835 of a file."""
    parts = read_835(next(read_sets(io.BytesIO(data), [])))
    return [part for part in parts if isinstance(part, ProviderLevelAdjustment)]


def samples(kind: str) -> list[tuple[Path, dict[str, str]]]:
    """The sample files of a kind (835, 837) with their rows of the index: shipped ones, and those at hand."""
    found: dict[str, tuple[Path, dict[str, str]]] = {}
    for folder in (SHIPPED, Path(AT_HAND)) if AT_HAND else (SHIPPED,):
        with (folder / "INDEX.tsv").open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
                if row["file"].startswith(f"{kind}/"):
                    found.setdefault(row["file"], (folder / row["file"], row))
    return list(found.values())
