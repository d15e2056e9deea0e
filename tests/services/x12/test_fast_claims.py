"""Claims are read by position: each value is found under its own name, and the two ways of reading agree."""

import datetime
import io
from collections.abc import Iterator
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from services.x12.read_835 import Part, read_835
from services.x12.remittance import Adjustment, Dated, Party, Qualified, QualifiedAmount, RemittanceLine
from services.x12.segments import read_sets
from tests.services.x12.files import HEADER_835, interchange, read, remittance

#: A claim in which no two values are alike.
ALL_DIFFERENT = (
    "CLP*K1*2*301*151*50*13*ICN2*14*5**396*1.25*0.5",
    "CAS*OA*23*21",
    "NM1*QC*1*DOE*JANE****MI*M1",
    "NM1*IL*1*ROE*RICK****MI*M2",
    "NM1*74*1*POE*PAUL****C*M3",
    "NM1*82*1*MOE*MARY****XX*1234567893",
    "NM1*TT*2*CROSSOVER PLAN*****PI*M4",
    "NM1*PR*2*PRIORITY PLAN*****PI*M5",
    "NM1*GB*1*LOE*LISA****MI*M6",
    "MOA*0.75**MA18",
    "REF*1L*POLICY",
    "DTM*232*20240101",
    "DTM*233*20240102",
    "DTM*050*20240103",
    "DTM*036*20240104",
    "PER*CX*HELP*TE*8005550100",
    "AMT*AU*251",
    "QTY*CA*3",
    "LQ*HE*N29",
    "NM1*QD*1*DAY*DORA",
    "DTM*009*20240108",
    "SVC*HC:99213:25*202*111*0450*4*HC:99214*7",
    "DTM*150*20240105",
    "DTM*151*20240106",
    "DTM*009*20240109",
    "CAS*CO*45*41",
    "CAS*PR*1*50",
    "REF*6R*LINE1",
    "REF*LU*SITE",
    "AMT*B6*161",
    "QTY*ZK*6",
    "LQ*HE*N130",
    "SVC*NU:0250*99*40**1",
    "DTM*472*20240107",
    "CAS*CO*97*59",
)


def day(number: int) -> datetime.date:
    return datetime.date(2024, 1, number)


def test_each_value_of_a_claim_stands_under_its_own_name() -> None:
    data = remittance(*ALL_DIFFERENT, total="151")
    _, (claim,), _ = read(data)
    named = claim._asdict()
    lines: tuple[RemittanceLine, ...] = named.pop("lines")
    text = named.pop("text")
    assert text == "~".join(ALL_DIFFERENT)
    assert named == {
        "sequence": 1,
        "claim": "K1",
        "status": "2",
        "charge": Decimal(301),
        "paid": Decimal(151),
        "patient_responsibility": Decimal(50),
        "filing_indicator": "13",
        "payer_control": "ICN2",
        "facility": "14",
        "frequency": "5",
        "drg": "396",
        "drg_weight": Decimal("1.25"),
        "discharge_fraction": Decimal("0.5"),
        "reversal": False,
        "patient": Party("QC", True, "DOE", "JANE", qualifier="MI", identifier="M1"),
        "subscriber": Party("IL", True, "ROE", "RICK", qualifier="MI", identifier="M2"),
        "corrected": Party("74", True, "POE", "PAUL", qualifier="C", identifier="M3"),
        "rendering": Party("82", True, "MOE", "MARY", qualifier="XX", identifier="1234567893"),
        "crossover": Party("TT", False, "CROSSOVER PLAN", qualifier="PI", identifier="M4"),
        "priority_payer": Party("PR", False, "PRIORITY PLAN", qualifier="PI", identifier="M5"),
        "other_subscriber": Party("GB", True, "LOE", "LISA", qualifier="MI", identifier="M6"),
        "statement_from": day(1),
        "statement_to": day(2),
        "received": day(3),
        "coverage_expires": day(4),
        "adjustments": (Adjustment("OA", "23", Decimal(21), None),),
        "amounts": (QualifiedAmount("AU", Decimal(251)),),
        "quantities": (QualifiedAmount("CA", Decimal(3)),),
        "medicare": (QualifiedAmount("MOA01", Decimal("0.75")),),
        "remarks": (Qualified("HE", "MA18"), Qualified("HE", "N29")),
        "references": (Qualified("1L", "POLICY"),),
        "contacts": claim.contacts,
        "balanced": False,
        "segment": 10,
        "offset": data.index(b"CLP*"),
        "findings": claim.findings,
        "further_parties": (Party("QD", True, "DAY", "DORA"),),
        "dates": (Dated("009", day(8)),),
    }
    assert [contact.name for contact in claim.contacts] == ["HELP"]
    assert [finding.code for finding in claim.findings] == ["claim-balance"]
    assert [line._asdict() for line in lines] == [
        {
            "number": 1,
            "qualifier": "HC",
            "procedure": "99213",
            "modifiers": ("25",),
            "revenue_code": "0450",
            "units": Decimal(4),
            "charge": Decimal(202),
            "paid": Decimal(111),
            "original_procedure": "HC:99214",
            "service_from": day(5),
            "service_to": day(6),
            "control_number": "LINE1",
            "adjustments": (
                Adjustment("CO", "45", Decimal(41), None),
                Adjustment("PR", "1", Decimal(50), None),
            ),
            "amounts": (QualifiedAmount("B6", Decimal(161)),),
            "references": (Qualified("6R", "LINE1"), Qualified("LU", "SITE")),
            "remarks": (Qualified("HE", "N130"),),
            "balanced": True,
            "quantities": (QualifiedAmount("ZK", Decimal(6)),),
            "billed_units": Decimal(7),
            "dates": (Dated("009", day(9)),),
        },
        {
            "number": 2,
            "qualifier": "NU",
            "procedure": "",
            "modifiers": (),
            "revenue_code": "0250",
            "units": Decimal(1),
            "charge": Decimal(99),
            "paid": Decimal(40),
            "original_procedure": "",
            "service_from": day(7),
            "service_to": day(7),
            "control_number": "",
            "adjustments": (Adjustment("CO", "97", Decimal(59), None),),
            "amounts": (),
            "references": (),
            "remarks": (),
            "balanced": True,
            "quantities": (),
            "billed_units": None,
            "dates": (),
        },
    ]


STRAY = st.sampled_from(
    [
        *["LX*2", "LX", "TS3*1*11*20241231*1*5", "TRN*1*T2*1", "BPR*I*7", "SE*9*0001", "ST*835*0002"],
        *["CLP", "CLP*", "CLP*B*22*-5*-5", "CLPX*1", "SEX", "ZZ*1", "PER*BL", "QTY*CA*x", "SVC", "REF*1L"],
        *["PLB*1*20241231*WO:1*5", f"PLB*1*20241231*FB:{'9' * 99}*5", f"REF*1L*{'8' * 99}", "N3*1 MAIN ST"],
    ]
)
CLAIM = (
    "CLP*A*1*150*100*50*12*ICN",
    "CAS*PR*1*50",
    "NM1*QC*1*DOE*JANE",
    "SVC*HC:1*150*100",
    "DTM*472*20240101",
)


@given(st.lists(st.tuples(st.integers(0, 40), STRAY), max_size=10), st.sampled_from(["", "\n", "\r\n"]))
def test_claims_are_the_same_read_together_or_segment_by_segment(
    strewn: list[tuple[int, str]], line_end: str
) -> None:
    body = [*HEADER_835, *CLAIM * 6]
    for place, stray in strewn:
        body.insert(place, stray)
    together, singly = (list(read_sets_of(body, line_end, by_runs)) for by_runs in (True, False))
    assert together == singly


def read_sets_of(body: list[str], line_end: str, by_runs: bool) -> Iterator[Part]:
    for opened in read_sets(io.BytesIO(interchange(body, line_end=line_end)), []):
        if not by_runs:
            opened.runs = None
        yield from read_835(opened)
