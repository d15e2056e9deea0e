"""Real sample files: each is read without a traceback, and its sums agree with what the index says of it."""

from collections import Counter
from pathlib import Path

import pytest

from services.findings import Finding
from services.intake.known_formats import KNOWN
from services.x12.billing import BillingEnd
from services.x12.envelope import Segment
from services.x12.read_835 import read_835
from services.x12.read_837 import read_837
from services.x12.remittance import RemittanceClaim, RemittanceSummary
from services.x12.segments import read_sets
from tests.services.x12.files import AT_HAND, samples

SAMPLES_835 = [pytest.param(*sample, id=sample[0].name) for sample in samples("835")]
SAMPLES_837 = [pytest.param(*sample, id=sample[0].name) for sample in samples("837")]


def share(proven: Counter[bool]) -> str:
    """How many of how many, as the index writes it."""
    return f"{proven[True]}/{proven.total()}"


@pytest.mark.parametrize(("path", "row"), SAMPLES_835)
def test_a_real_remittance_has_the_claims_lines_and_balances_of_the_index(
    path: Path, row: dict[str, str]
) -> None:
    lines: Counter[bool] = Counter()
    claims: Counter[bool] = Counter()
    sets: Counter[bool] = Counter()
    findings: list[Finding] = []
    with path.open("rb") as stream:
        for opened in read_sets(stream, findings):
            assert KNOWN.kind_of(opened) == "835"
            for part in read_835(opened):
                if isinstance(part, RemittanceClaim):
                    wrong = {finding.code for finding in part.findings}
                    claims[not wrong & {"claim-balance", "bad-amount"}] += 1
                    lines.update(line.balanced for line in part.lines)
                elif isinstance(part, RemittanceSummary):
                    sets[part.balanced] += 1
                    assert part.complete
    assert share(lines) == row["line_balance"]
    assert share(claims) == row["claim_balance"]
    assert share(sets) == row["transaction_balance"]
    whole = all(not counted[False] for counted in (lines, claims, sets))
    assert whole is (row["balances"] == "yes")
    assert any(finding.code == "no-interchange" for finding in findings) is (row["n_isa"] == "0")


@pytest.mark.parametrize(("path", "row"), SAMPLES_835)
def test_a_real_remittance_has_the_segments_of_the_index(path: Path, row: dict[str, str]) -> None:
    segments: list[Segment] = []
    with path.open("rb") as stream:
        sets = 0
        for opened in read_sets(stream, []):
            sets += 1
            segments += opened.segments
    names = Counter(segment.elements[0] for segment in segments)
    assert sets == int(row["n_st"])
    for name in ("CLP", "SVC", "CAS", "PLB"):
        assert names[name] == int(row[f"n_{name.lower()}"]), name
    data = path.read_bytes()
    for segment in segments:
        assert data[segment.offset :].startswith(segment.elements[0].encode())


@pytest.mark.parametrize(("path", "row"), SAMPLES_837)
def test_a_real_837_gives_a_claim_for_each_clm(path: Path, row: dict[str, str]) -> None:
    with path.open("rb") as stream:
        expected = counted = 0
        for opened in read_sets(stream, []):
            element = opened.delimiters.element
            *claims, end = read_837(opened)
            assert isinstance(end, BillingEnd)
            assert end.complete
            assert end.claims == len(claims)
            counted += len(claims)
        expected = path.read_text("latin-1").count(f"CLM{element}")
    assert counted == expected > 0


@pytest.mark.skipif(not AT_HAND, reason="$LOCKBOX_CORPUS names no folder of samples")
def test_every_file_at_hand_is_read_without_raising() -> None:
    files = [path for path in Path(AT_HAND).rglob("*") if path.is_file()]
    assert files
    for path in files:
        with path.open("rb") as stream:
            for opened in read_sets(stream, []):
                list(read_835(opened))
        with path.open("rb") as stream:
            for opened in read_sets(stream, []):
                list(read_837(opened))
