"""A composite is read whatever mark separates it, and a mark other than the header's is told once a set."""

import io

import pytest

from services.findings import Finding
from services.x12.acknowledgement import ClaimAcknowledgement
from services.x12.billing import BilledClaim
from services.x12.read_277ca import read_277ca
from services.x12.read_837 import read_837
from services.x12.segments import read_sets
from tests.services.x12.files import codes, interchange, provider_level, read, remittance
from tests.services.x12.test_read_277ca import ACCEPTED, BEFORE
from tests.services.x12.test_read_837 import CLAIM, PROVIDER, SUBSCRIBER

BODY = (
    "CLP*A*1*150*100*0*12*I",
    "SVC*HC:99213:25:59*100*100**1*HC:99214",
    "SVC*HC:87070*50*0**1",
    "CAS*CO*45*50",
)
END = ("PLB*1234567893*20241231*WO:ICN1:2*0*CS*0",)


@pytest.mark.parametrize("mark", [">", "^", "|"])
def test_another_mark_than_the_header_s_separates_and_is_told_once(mark: str) -> None:
    body = [segment.replace(":", mark) for segment in BODY]
    end = [segment.replace(":", mark) for segment in END]
    data = remittance(*body, end=end)
    _, (claim,), summary = read(data)
    first, second = claim.lines
    assert (first.qualifier, first.procedure, first.modifiers) == ("HC", "99213", ("25", "59"))
    assert (first.original_procedure, second.procedure) == ("HC:99214", "87070")
    assert claim.findings == (
        Finding(
            "component-separator",
            claim.findings[0].text,
            f"segment 11 (SVC, byte {data.index(b'SVC')})",
        ),
    )
    assert f"separates its components by {mark}, but the header says :" in claim.findings[0].text
    assert summary.findings == ()
    assert [(each.code, each.reference) for each in provider_level(data)] == [("WO", "ICN1:2"), ("CS", "")]


@pytest.mark.parametrize("composite", ["HC>99213^25", "LONG>99213", ">99213", "99213"])
def test_what_may_be_no_composite_stays_whole(composite: str) -> None:
    _, (claim,), _ = read(remittance("CLP*A*1*100*100*0*12*I", f"SVC*{composite}*100*100"))
    assert claim.lines[0].procedure == composite
    assert claim.findings == ()


def test_the_mark_of_the_header_goes_first() -> None:
    _, (claim,), _ = read(remittance("CLP*A*1*100*100*0*12*I", "SVC*HC:99213>25*100*100"))
    assert claim.lines[0].procedure == "99213>25"
    assert claim.findings == ()


def test_a_provider_level_adjustment_alone_tells_of_it_too() -> None:
    _, _, summary = read(remittance("CLP*A*1*100*100*0*12*I", end=["PLB*1*20241231*WO>ICN*0*FB>Y*0"]))
    assert codes(summary.findings) == ["component-separator"]


def test_claims_and_acknowledgements_are_read_so_too() -> None:
    body = [segment.replace(":", ">") for segment in (*PROVIDER, *SUBSCRIBER, *CLAIM)]
    data = interchange(body, code="837", version="005010X222A1", functional="HC")
    claim = next(read_837(next(read_sets(io.BytesIO(data), []))))
    assert isinstance(claim, BilledClaim)
    assert (claim.facility, claim.frequency, claim.diagnoses) == ("11", "1", ("J020", "Z1159"))
    assert [line.procedure for line in claim.lines] == ["99213", "87070"]
    assert codes(claim.findings) == ["component-separator"]
    body = [segment.replace(":", ">") for segment in (*BEFORE, *ACCEPTED)]
    data = interchange(body, code="277", version="005010X214", functional="HN")
    said = next(read_277ca(next(read_sets(io.BytesIO(data), []))))
    assert isinstance(said, ClaimAcknowledgement)
    assert (said.categories, said.statuses) == (("A2",), ("20",))
    assert codes(said.findings) == ["component-separator"]
