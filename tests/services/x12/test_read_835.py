"""A remittance is read loop by loop, its three balances are proven to the cent, nothing is repaired."""

import datetime
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.x12.read_835 import read_835
from services.x12.remittance import Adjustment, Qualified, QualifiedAmount
from services.x12.segments import read_sets
from tests.services.x12.files import codes, interchange, provider_level, read, remittance

FULL = (
    "CLP*200-K12AB34*1*300*150*50*12*ICN1*11*1**397*1.25*0.5",
    "CAS*OA*23*20**A1*5*2",
    "NM1*QC*1*DOE*JANE*Q**JR*MI*M1",
    "NM1*IL*1*DOE*JOHN",
    "NM1*74*1*ROE*JANE",
    "NM1*82*2*CLINIC*****XX*1234567893",
    "NM1*TT*2*OTHER PLAN*****PI*77",
    "MIA*1***250.5*MA01",
    "MOA***MA18*N130",
    "REF*1L*GROUP7",
    "DTM*232*20240101",
    "DTM*233*20240103",
    "DTM*050*20240104",
    "DTM*036*20241231",
    "PER*CX*HELP*TE*8005550100*EX*12",
    "AMT*AU*250",
    "QTY*CA*3",
    "SVC*HC:99213:25:59*200*110*0450*1**2",
    "DTM*472*20240102",
    "CAS*CO*45*40",
    "CAS*PR*1*30*1*2*20",
    "REF*6R*LINE1",
    "AMT*B6*160",
    "QTY*ZK*4",
    "LQ*HE*N130",
    "SVC*NU:0250*100*65**1",
    "DTM*150*20240101",
    "DTM*151*20240103",
    "CAS*CO*45*35",
)


def test_every_loop_of_a_claim_is_read() -> None:
    header, claims, summary = read(remittance(*FULL, total="140", end=["PLB*1234567893*20241231*WO:ICN0*10"]))
    (claim,) = claims
    assert claim.findings == header.findings == summary.findings == ()
    assert (claim.claim, claim.status, claim.charge, claim.paid) == (
        "200-K12AB34",
        "1",
        Decimal(300),
        Decimal(150),
    )
    assert claim.patient_responsibility == Decimal(50)
    assert (claim.filing_indicator, claim.payer_control, claim.facility, claim.frequency) == (
        "12",
        "ICN1",
        "11",
        "1",
    )
    assert (claim.drg, claim.drg_weight, claim.discharge_fraction) == ("397", Decimal("1.25"), Decimal("0.5"))
    assert (claim.patient.full_name, claim.patient.suffix) == ("DOE,JANE Q JR", "JR")
    assert (claim.patient.qualifier, claim.patient.identifier, claim.patient.person) == ("MI", "M1", True)
    assert claim.subscriber.full_name == "DOE,JOHN"
    assert claim.corrected.full_name == "ROE,JANE"
    assert (claim.rendering.full_name, claim.rendering.person) == ("CLINIC", False)
    assert claim.crossover.identifier == "77"
    assert claim.other_subscriber.full_name == ""
    assert claim.statement_from == datetime.date(2024, 1, 1)
    assert claim.statement_to == datetime.date(2024, 1, 3)
    assert claim.received == datetime.date(2024, 1, 4)
    assert claim.coverage_expires == datetime.date(2024, 12, 31)
    assert claim.adjustments == (
        Adjustment("OA", "23", Decimal(20), None),
        Adjustment("OA", "A1", Decimal(5), Decimal(2)),
    )
    assert claim.amounts == (QualifiedAmount("AU", Decimal(250)),)
    assert claim.quantities == (QualifiedAmount("CA", Decimal(3)),)
    assert claim.medicare == (
        QualifiedAmount("MIA01", Decimal(1)),
        QualifiedAmount("MIA04", Decimal("250.5")),
    )
    assert [remark.value for remark in claim.remarks] == ["MA01", "MA18", "N130"]
    assert claim.references == (Qualified("1L", "GROUP7"),)
    assert claim.contacts[0].numbers == (Qualified("TE", "8005550100"), Qualified("EX", "12"))
    first, second = claim.lines
    assert (first.number, first.qualifier, first.procedure, first.modifiers) == (
        1,
        "HC",
        "99213",
        ("25", "59"),
    )
    assert (first.revenue_code, first.units, first.charge, first.paid) == (
        "0450",
        Decimal(1),
        Decimal(200),
        Decimal(110),
    )
    assert first.service_from == first.service_to == datetime.date(2024, 1, 2)
    assert first.control_number == "LINE1"
    assert [adjustment.amount for adjustment in first.adjustments] == [40, 30, 20]
    assert first.adjustments[1].quantity == 1
    assert first.amounts == (QualifiedAmount("B6", Decimal(160)),)
    assert first.quantities == (QualifiedAmount("ZK", Decimal(4)),)
    assert first.remarks == (Qualified("HE", "N130"),)
    assert (second.procedure, second.revenue_code) == ("", "0250")
    assert (second.service_from, second.service_to) == (datetime.date(2024, 1, 1), datetime.date(2024, 1, 3))
    assert first.balanced and second.balanced and claim.balanced
    assert summary.balanced and summary.lines_balanced and summary.claims_balanced and summary.complete
    assert (summary.claims, summary.paid_total) == (1, Decimal(150))


def test_the_header_says_who_pays_whom() -> None:
    header, _, summary = read(remittance(total="0"))
    assert header.total == 0
    assert (header.method, header.handling, header.credit_debit) == ("ACH", "I", "C")
    assert (header.trace, header.payer_id, header.company_id) == ("TRACE1", "1512345678", "1512345678")
    assert header.payment_date == datetime.date(2024, 1, 5)
    assert header.production_date == datetime.date(2024, 1, 4)
    assert header.payer.name == "ACME HEALTH"
    assert header.payer.address == ("1 MAIN ST", "COLUMBUS, OH 43215")
    assert (header.payee.qualifier, header.payee.identifier) == ("XX", "1234567893")
    assert header.findings == ()
    assert summary.balanced


def test_a_line_that_is_off_by_a_cent_is_told_with_its_segment() -> None:
    data = remittance("CLP*A*1*100*99.99*0*12*I", "SVC*HC:1*100*99.99", "CAS*CO*45*0.02", total="99.99")
    _, (claim,), summary = read(data)
    assert codes(claim.findings) == ["line-balance", "claim-balance"]
    line = claim.findings[0]
    assert (
        line.text == "Claim A, line 1: the charge 100.00 less adjustments 0.02 is 99.98, but 99.99 was paid."
    )
    assert line.where == f"segment 11 (SVC, byte {data.index(b'SVC')})"
    assert claim.findings[1].where == f"segment 10 (CLP, byte {data.index(b'CLP')})"
    assert not claim.balanced and not claim.lines[0].balanced
    assert (claim.lines[0].charge, claim.lines[0].paid) == (Decimal(100), Decimal("99.99"))
    assert summary.balanced and not summary.lines_balanced and not summary.claims_balanced


def test_the_claim_equation_counts_the_adjustments_of_claim_and_lines() -> None:
    data = remittance("CLP*A*1*100*70*0*12*I", "CAS*OA*23*10", "SVC*HC:1*100*80", "CAS*CO*45*20", total="70")
    _, (claim,), _ = read(data)
    assert claim.balanced
    _, (claim,), _ = read(data.replace(b"CAS*OA*23*10", b"CAS*OA*23*11"))
    assert codes(claim.findings) == ["claim-balance"]
    assert claim.lines[0].balanced and not claim.balanced


def test_amounts_for_information_are_no_part_of_the_balance() -> None:
    _, (claim,), _ = read(remittance("CLP*A*1*100*100*0*12*I", "AMT*I*5", "QTY*CA*5"))
    assert claim.balanced


def test_money_taken_at_the_provider_level_keeps_the_sign_of_x12() -> None:
    end = ["PLB*1234567893*20241231*WO:ICN1*25*L6:INT*-5*FB*10*72:R*-1*CS:X*1*AP:Y*3"]
    data = remittance("CLP*A*1*133*133*0*12*I", end=end)
    adjustments = provider_level(data)
    assert [(adjustment.code, adjustment.reference, adjustment.amount) for adjustment in adjustments] == [
        ("WO", "ICN1", Decimal(25)),
        ("L6", "INT", Decimal(-5)),
        ("FB", "", Decimal(10)),
        ("72", "R", Decimal(-1)),
        ("CS", "X", Decimal(1)),
        ("AP", "Y", Decimal(3)),
    ]
    assert {adjustment.fiscal_date for adjustment in adjustments} == {datetime.date(2024, 12, 31)}
    assert read(data)[2].balanced


def test_a_payment_that_is_not_the_sum_of_its_claims_is_told() -> None:
    _, _, summary = read(remittance("CLP*A*1*90*90*0*12*I"))
    assert codes(summary.findings) == ["transaction-balance"]
    assert summary.findings[0].where.startswith("segment 2 (BPR, byte ")
    assert not summary.balanced


def test_a_reversal_has_status_22_and_negative_amounts_that_balance() -> None:
    data = remittance(
        "CLP*A*22*-100*-80*0*12*I", "CAS*CO*45*-20", "CLP*A*1*100*90*0*12*J", "CAS*CO*45*10", total="10"
    )
    _, (taken, given), summary = read(data)
    assert (taken.reversal, given.reversal) == (True, False)
    assert taken.paid == Decimal(-80)
    assert taken.balanced and given.balanced and summary.balanced


@pytest.mark.parametrize(
    "text",
    [
        "1e9",
        "+5",
        "1,000.00",
        "NaN",
        "١٢",
        "12.345",
        "Infinity",
        "1_0",
        "5 0",
        "--5",
        "-",
        ".",
        "9" * 18,
        "0" * 64 + "5",
    ],
)
def test_what_is_no_amount_counts_as_nothing_and_is_told(text: str) -> None:
    _, (claim,), summary = read(
        interchange(
            ["BPR*I*5*C*CHK************20240105", "TRN*1*T*1512345678", "N1*PR*P", "N1*PE*C", "CLP*A*1*5*@"]
        )
        .decode()
        .replace("@", text)
        .encode()
    )
    assert claim.paid == 0
    assert codes(claim.findings) == ["bad-amount"]
    assert claim.findings[0].where.startswith("segment 6 (CLP, byte ")
    assert not claim.balanced and not summary.balanced and not summary.claims_balanced


@pytest.mark.parametrize(
    ("text", "amount"), [(".5", "0.50"), ("5.", "5.00"), ("-0", "0.00"), ("007", "7.00")]
)
def test_amounts_are_read_as_x12_writes_them(text: str, amount: str) -> None:
    _, (claim,), _ = read(remittance(f"CLP*A*1*{text}*{text}*0*12*I"))
    assert str(claim.charge) == amount
    assert claim.findings == ()


def test_a_missing_amount_counts_as_nothing_and_is_told() -> None:
    _, (claim,), _ = read(remittance("CLP*A*1*100**0*12*I", "SVC*HC:1"))
    assert codes(claim.findings) == ["missing-amount", "missing-amount", "missing-amount", "claim-balance"]
    assert claim.paid == claim.lines[0].charge == 0


@pytest.mark.parametrize("text", ["00000000", "20250230", "240101", "2024-01-01", "٢٠٢٤٠١٠١", "99991231"])
def test_what_is_no_date_is_none_and_told(text: str) -> None:
    data = remittance("CLP*A*1*100*100*0*12*I", "DTM*232*@").decode("latin-1").replace("@", text).encode()
    _, (claim,), _ = read(data)
    assert claim.statement_from is None
    assert codes(claim.findings) == ["bad-date"]


@pytest.mark.parametrize(
    "dtm", ["DTM*472*20240102", "DTM*472*20240102***", "DTM*472****D8*20240102", "DTM*472*D8*20240102"]
)
def test_a_day_may_be_written_in_several_places(dtm: str) -> None:
    _, (claim,), _ = read(remittance("CLP*A*1*100*100*0*12*I", "SVC*HC:1*100*100", dtm))
    assert claim.findings == ()
    assert claim.lines[0].service_from == claim.lines[0].service_to == datetime.date(2024, 1, 2)


@pytest.mark.parametrize("dtm", ["DTM*472****RD8*20240102-20240105", "DTM*472*RD8*20240102-20240105"])
def test_a_period_has_a_first_and_a_last_day(dtm: str) -> None:
    _, (claim,), _ = read(remittance("CLP*A*1*100*100*0*12*I", "SVC*HC:1*100*100", dtm))
    assert claim.lines[0].service_from == datetime.date(2024, 1, 2)
    assert claim.lines[0].service_to == datetime.date(2024, 1, 5)


def test_an_unknown_segment_is_told_once_a_set() -> None:
    _, claims, summary = read(
        remittance(
            "CLP*A*1*50*50*0*12*I",
            "ZZ*1",
            "ZZ*2",
            "CLP*B*1*50*50*0*12*I",
            "ZZ*3",
            end=["PLB*1*20240101", "QQ*1"],
        )
    )
    assert [codes(claim.findings) for claim in claims] == [["unknown-segment"], []]
    assert claims[0].findings[0].where.startswith("segment 11 (ZZ, byte ")
    assert codes(summary.findings) == ["bad-adjustment", "unknown-segment"]


def test_segments_out_of_place_are_told_and_lose_no_claim() -> None:
    _, claims, _ = read(
        remittance(
            "CAS*CO*45*9", "CLP*A*1*50*50*0*12*I", "N3*STREET", "PLB*1*20240101*CS*0", "CLP*B*1*50*50*0*12*I"
        )
    )
    assert [claim.claim for claim in claims] == ["A", "B"]
    assert [codes(claim.findings) for claim in claims] == [
        ["segment-out-of-place"] * 2,
        ["segment-out-of-place"],
    ]


def test_short_segments_are_told_and_lose_no_claim() -> None:
    body = ["CLP", "NM1", "REF", "DTM", "AMT", "LQ", "CAS", "QTY", "SVC", "MIA", "PER", "CAS*CO", "LQ*HE"]
    _, (claim,), summary = read(remittance(*body, total="0", end=["PLB", "PLB*1"]))
    assert claim.claim == ""
    assert len(claim.lines) == 1
    assert set(codes(claim.findings)) == {"segment-too-short", "bad-adjustment", "missing-amount"}
    assert codes(summary.findings) == ["bad-date", "bad-adjustment"] * 2


def test_a_remittance_without_bpr_trn_payer_and_payee_says_so() -> None:
    header, _, summary = read(interchange(["LX*1"]))
    assert codes(header.findings) == ["no-payment", "no-trace", "no-payer", "no-payee"]
    assert not summary.balanced


def test_a_cut_remittance_is_not_complete_and_its_last_claim_not_balanced() -> None:
    data = remittance(*FULL)
    _, (claim,), summary = read(data[: data.index(b"SVC*NU")])
    assert not summary.complete
    assert not claim.balanced
    assert summary.segments == 34


def test_a_4010_remittance_is_read_alike() -> None:
    body = [
        "BPR*I*5*C*CHK************20040105",
        "TRN*1*T*1512345678",
        "N1*PR*P",
        "N2*MORE",
        "N1*PE*C",
        "CLP*A*1*5*5",
    ]
    data = interchange(body, version="004010X091A1").replace(b"00501", b"00401").replace(b"*^*", b"*U*")
    header, (claim,), summary = read(data)
    assert header.version == "004010X091A1"
    assert header.findings == claim.findings == ()
    assert summary.balanced


def test_the_fingerprint_of_an_eeob_sent_again_is_the_same_whatever_the_wrapping() -> None:
    data = remittance(*FULL, total="150")
    fingerprint = read(data)[1][0].fingerprint
    again = remittance("CLP*Z*1*1*1*0*12*I", *FULL, total="151")
    assert read(again)[1][1].fingerprint == fingerprint
    other = data.replace(b":", b"<").replace(b"*", b"|").replace(b"~\n", b"!")
    assert read(other)[1][0].fingerprint == fingerprint
    assert read(data.replace(b"CAS*CO*45*40~", b"CAS*CO*45*40***~"))[1][0].fingerprint == fingerprint
    assert len(fingerprint) == 16
    assert read(data.replace(b"LINE1", b"LINE2"))[1][0].fingerprint != fingerprint


def test_what_a_payer_writes_cannot_drive_the_terminal() -> None:
    evil = "\x1b]0;X\x07[@click=app.quit]\u202e\u200b"
    data = remittance("CLP*A@*1*100*100*0*12*I", "NM1*QC*1*DOE@", "SVC*HC:99213@:2@*100*100").decode(
        "latin-1"
    )
    _, (claim,), _ = read(data.replace("@", evil).encode("utf-8"))
    assert claim.balanced
    for text in (claim.claim, claim.patient.name, claim.lines[0].procedure, *claim.lines[0].modifiers):
        assert "\x1b" not in text and "\u202e" not in text and "\u200b" not in text
        assert text.endswith("[@click=app.quit]��")


def test_the_component_separator_may_be_a_control_character() -> None:
    data = remittance("CLP*A*1*100*100*0*12*I", "SVC*HC:99213:25*100*100").replace(b":", b"\x1f")
    _, (claim,), _ = read(data)
    assert (claim.lines[0].procedure, claim.lines[0].modifiers) == ("99213", ("25",))


def test_values_longer_than_x12_allows_are_cut_and_told() -> None:
    data = remittance("CLP*" + "N" * 50 + "*1*100*100*0*12*I", "NM1*QC*1*" + "D" * 300, "REF*1L*X")
    _, (claim,), _ = read(data)
    assert codes(claim.findings) == ["value-too-long", "value-too-long"]
    assert (claim.claim, claim.patient.name) == ("N" * 38, "D" * 80)
    assert claim.findings[0].where == f"segment 11 (NM1, byte {data.index(b'NM1*QC')})"


def test_a_set_read_by_its_segments_gives_the_same_as_by_its_runs() -> None:
    data = remittance(*FULL, total="150")
    by_runs = list(read_835(next(read_sets(io.BytesIO(data), []))))
    opened = next(read_sets(io.BytesIO(data), []))
    opened.runs = None
    assert list(read_835(opened)) == by_runs


CENTS = st.integers(-10_000_000, 10_000_000)


def dollars(cents: int) -> str:
    """Cents as X12 writes them, now with two decimals and now without trailing zeros."""
    text = f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"
    return text if cents % 3 else text.rstrip("0").rstrip(".")


@given(
    st.lists(
        st.tuples(
            st.lists(st.tuples(CENTS, st.lists(CENTS, max_size=8)), max_size=4), st.lists(CENTS, max_size=3)
        ),
        max_size=4,
    ),
    st.lists(CENTS, max_size=8),
    st.integers(0, 2),
    st.integers(-3, 3),
)
def test_balances_hold_exactly_when_the_cents_do(
    claims: list[tuple[list[tuple[int, list[int]]], list[int]]], plbs: list[int], where: int, off: int
) -> None:
    segments: list[str] = []
    total = 0
    for lines, of_claim in claims:
        charge = sum(line for line, _ in lines)
        paid = charge - sum(of_claim) - sum(sum(adjustments) for _, adjustments in lines)
        total += paid
        segments.append(f"CLP*A*1*{dollars(charge)}*{dollars(paid + (off if where == 1 else 0))}")
        segments += [f"CAS*OA*23*{dollars(amount)}" for amount in of_claim]
        for line, adjustments in lines:
            line_paid = line - sum(adjustments) + (off if where == 0 else 0)
            segments.append(f"SVC*HC:1*{dollars(line)}*{dollars(line_paid)}")
            for start in range(0, len(adjustments), 6):
                triplets = "**".join(f"45*{dollars(amount)}" for amount in adjustments[start : start + 6])
                segments.append(f"CAS*CO*{triplets}")
    end = [f"PLB*1*20241231*WO:R*{dollars(amount)}" for amount in plbs]
    total -= sum(plbs)
    total += off if where == 2 else 0
    _, read_claims, summary = read(remittance(*segments, total=dollars(total), end=end))
    lines_count = sum(len(lines) for lines, _ in claims)
    assert summary.lines_balanced is not bool(off and where == 0 and lines_count)
    assert summary.claims_balanced is not bool(off and where == 1 and claims)
    assert summary.balanced is not bool(off and (where == 2 or (where == 1 and claims)))
    assert [claim.balanced for claim in read_claims] == [
        not (off and (where == 1 or (where == 0 and lines))) for lines, _ in claims
    ]
