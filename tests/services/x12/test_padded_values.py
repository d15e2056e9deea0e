"""Values count, not what fills them up: padded with zeros or blanks, a file says the same."""

import io
import random
import re

from hypothesis import given
from hypothesis import strategies as st

from services.x12.billing import BilledClaim
from services.x12.read_277ca import read_277ca
from services.x12.read_835 import Part, read_835
from services.x12.read_837 import read_837
from services.x12.remittance import RemittanceClaim, RemittanceHeader, RemittanceSummary
from services.x12.segments import read_sets
from tests.services.x12.files import HEADER_835, codes, interchange, sets_of
from tests.services.x12.test_fast_claims import ALL_DIFFERENT
from tests.services.x12.test_read_277ca import ACCEPTED, BEFORE, REJECTED
from tests.services.x12.test_read_837 import CLAIM, PROVIDER, SUBSCRIBER

#: Elements that hold amounts and counts, by segment.
NUMBERS = {
    "BPR": {2},
    "CLP": {3, 4, 5, 12, 13},
    "CAS": {3, 4, 6, 7, 9, 10},
    "SVC": {2, 3, 5, 7},
    "AMT": {2},
    "QTY": {2},
    "MOA": {1},
    "PLB": {4, 6},
    "CLM": {2},
    "SV1": {2, 4},
    "STC": {4},
    "SE": {1},
    "GE": {1},
    "IEA": {1},
}
REMITTANCE = (*HEADER_835, *ALL_DIFFERENT, "PLB*1234567893*20241231*WO:ICN1*-51*FB:X*.5")
BLANKS = ("", "", " ", "   ", "\t")
#: What a file is filled up with follows from a number: to draw each blank by itself takes long.
SEEDS = st.integers(0, 2**32)


def filled_up(seed: int, text: str) -> str:
    """The segments of a text with some of their values filled up: amounts with zeros, everything with blanks."""
    chance = random.Random(seed)
    padded = []
    for segment in text.split("~\n"):
        elements = segment.split("*")
        for index in range(len(elements)):
            if elements[0] not in ("ISA", "") and chance.randrange(4) == 0:
                elements[index] = (
                    chance.choice(BLANKS) + zeros(chance, elements, index) + chance.choice(BLANKS)
                )
        padded.append("*".join(elements))
    return "~\n".join(padded)


def zeros(chance: random.Random, elements: list[str], index: int) -> str:
    text = elements[index]
    if index not in NUMBERS.get(elements[0].strip(), ()) or not text:
        # Blanks may stand within a composite too.
        return text.replace(":", " : ") if elements[0].strip() in ("SVC", "PLB", "SV1", "STC") else text
    number = re.fullmatch(r"(-?)([0-9]*)(\.?)([0-9]*)", text)
    assert number is not None
    sign, whole, point, part = number.groups()
    before, behind = (
        "0" * chance.randrange(19),
        "0" * chance.randrange(11) if point else "",
    )
    return f"{sign}{before}{whole}{point}{part}{behind}"


def values(parts: list[Part]) -> list[Part]:
    """What was read, without what goes by bytes: places of findings, the text itself."""
    told: list[Part] = []
    for part in parts:
        if isinstance(part, RemittanceClaim):
            told.append(part._replace(text="", offset=0, findings=()))
            assert codes(part.findings) == ["claim-balance"]
        else:
            told.append(part)
            if isinstance(part, (RemittanceHeader, RemittanceSummary)):
                assert codes(part.findings) in ([], ["transaction-balance"])
    return told


def parts_of(text: str) -> list[Part]:
    return [part for opened in read_sets(io.BytesIO(text.encode()), []) for part in read_835(opened)]


@given(SEEDS)
def test_a_remittance_with_padded_values_reads_the_same(seed: int) -> None:
    plain = interchange(REMITTANCE).decode()
    padded = filled_up(seed, plain)
    assert [str(part) for part in values(parts_of(padded))[1:-1]] == [
        str(part) for part in values(parts_of(plain))[1:-1]
    ]
    assert values(parts_of(padded))[:1] == values(parts_of(plain))[:1]
    opened, findings = sets_of(padded.encode())
    assert [finding.code for finding in findings if finding.code != "padded-values"] == []
    assert opened[0][0].findings == []


@given(SEEDS)
def test_claims_and_acknowledgements_with_padded_values_read_the_same(seed: int) -> None:
    claims = interchange(
        [*PROVIDER, *SUBSCRIBER, *CLAIM], code="837", version="005010X222A1", functional="HC"
    )
    acknowledged = interchange(
        [*BEFORE, *ACCEPTED, *REJECTED], code="277", version="005010X214", functional="HN"
    )
    for reader, plain in ((read_837, claims.decode()), (read_277ca, acknowledged.decode())):
        told = []
        for text in (plain, filled_up(seed, plain)):
            (opened,) = read_sets(io.BytesIO(text.encode()), [])
            told.append([re.sub(r"offset=[0-9]+", "", str(part)) for part in reader(opened)])
        assert told[0] == told[1]


def test_blanks_around_values_are_told_once_a_file() -> None:
    plain = interchange(REMITTANCE).decode()
    padded = plain.replace("*DOE*", "*DOE  *").replace("*ROE*", "* ROE*")
    _, findings = sets_of(padded.encode())
    assert [(finding.code, finding.where) for finding in findings] == [
        ("padded-values", f"byte {padded.index('NM1*QC')}")
    ]
    assert sets_of(plain.encode())[1] == []


def test_a_claim_whose_name_is_a_blank_has_none() -> None:
    plain = interchange([*PROVIDER, *SUBSCRIBER, *CLAIM], code="837", version="005010X222A1", functional="HC")
    data = plain.replace(b"DOE*JANE*Q*", b"DOE*JANE* *")
    (claim, _) = read_837(next(read_sets(io.BytesIO(data), [])))
    assert isinstance(claim, BilledClaim)
    assert claim.subscriber.full_name == "DOE,JANE"
