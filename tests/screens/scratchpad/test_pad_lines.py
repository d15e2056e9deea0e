"""The lines of the scratch pad stand where `screens.md` 2 puts them, to the column."""

import datetime
from dataclasses import replace
from decimal import Decimal

from models.words.bills import BillStatus
from models.words.scratchpad import EntryKind, LineKey
from screens.scratchpad.pad_lines import DOTS, block, entry_lines, top_line
from services.scratchpad.pad import Entry, PadLine
from services.scratchpad.screen_view import AdjustmentShown, BillShown, EntryView, LineView


def _money(text: str) -> Decimal:
    return Decimal(text)


def _line(
    display: int,
    payment: str,
    adjustments: str,
    *,
    claim: str = "",
    kind: EntryKind = EntryKind.CLAIM,
    bill: BillShown | None = None,
    patient: str = "",
    last_four: str = "",
    number: int = 1,
    comment: str = "",
    said: tuple[AdjustmentShown, ...] = (),
) -> LineView:
    bill_id = None if bill is None else 1
    line = PadLine(LineKey(1, display, number), claim, bill_id, _money(payment), _money(adjustments), comment)
    return LineView(display, kind, line, bill, patient, last_four, said)


def _entry(display: int, sequences: tuple[str, ...], *lines: LineView, verified: bool = False) -> EntryView:
    kind = lines[0].kind
    stored = tuple(line.line for line in lines)
    return EntryView(
        display, Entry(display, kind, lines[0].line.claim, sequences, 0, verified, stored), lines
    )


def _bill(balance: str, billed: str, day: datetime.date | None, *, further: bool = False) -> BillShown:
    return BillShown("K20B119", BillStatus.ACTIVE, _money(balance), _money(billed), day, further)


def test_an_era_level_retraction_stands_as_in_the_sample() -> None:
    said = AdjustmentShown("Non-specific retraction (ref# ", "PSI-RCP-77", "): -18.50", "")
    line = _line(1, "0.00", "-18.50", kind=EntryKind.ERA_ADJUSTMENT, said=(said,))
    assert list(entry_lines(_entry(1, ("ADJ1",), line))) == [
        "1       EEOB Seq # On ERA: ADJ1   Net Payment Amt: -18.50",
        "       1.001***ADJUSTMENT AT ERA LEVEL",
        "         Payment Amt: 0.00   Total Adjustments: -18.50  Net: -18.50",
        "         ADJUSTMENTS:",
        "           1.  Non-specific retraction (ref# PSI-RCP-77): -18.50",
        "." * 78,
    ]


def test_a_totals_mismatch_says_so_without_a_blank_behind_the_number() -> None:
    line = _line(1, "0.00", "-5.00", kind=EntryKind.TOTALS_MISMATCH)
    assert top_line(_entry(1, ("TOTALS MISMATCH",), line)) == (
        "1       EEOB Seq # On ERA: TOTALS MISMATCH   Net Payment Amt: -5.00"
    )
    assert block(line)[0] == "       1.001*** ADJUSTMENT LINE FOR TOTALS MISMATCH"


def test_a_verified_claim_with_a_distribution_stands_as_in_the_sample() -> None:
    bill = _bill("1210.40", "1210.40", datetime.date(2012, 5, 14), further=True)
    said = AdjustmentShown(
        "Distributed adj dec for retraction ",
        "PSI-RCP-77",
        ": -18.50",
        "RETRACTED FOR ERA ADJ #1 Ref: PSI-RCP-77",
    )
    line = _line(
        3,
        "905.00",
        "-18.50",
        claim="K20A3F7",
        bill=bill,
        patient="DEMOVET,BRAVO C",
        last_four="1002",
        said=(said,),
    )
    assert list(entry_lines(_entry(3, ("1",), line, verified=True))) == [
        "3    (V)EEOB Seq # On ERA: 1   Net Payment Amt: 886.50",
        "       3.001 Claim #: K20A3F7 Patient/Last 4: DEMOVET,BRAVO C/1002",
        "         Claim Bal: 1210.40   Billed Amt: 1210.40   Amt To Post: 886.50",
        "         Svc Dt: 5/14/12  COB: YES  Rx Copay: UNKNOWN  Means Tst: ??",
        "         Payment Amt: 905.00   Total Adjustments: -18.50  Net: 886.50",
        "         ADJUSTMENTS:",
        "           1.  Distributed adj dec for retraction PSI-RCP-77: -18.50",
        "               RETRACTED FOR ERA ADJ #1 Ref: PSI-RCP-77",
        DOTS,
    ]


def test_a_split_entry_shows_each_subline_with_its_comment() -> None:
    bill = _bill("100.00", "100.00", datetime.date(2012, 5, 21))
    name = "DEMOVET,CHARLIE"
    first = _line(
        4,
        "100.00",
        "0.00",
        claim="K20B119",
        bill=bill,
        comment="SPLIT PAYMENT REMAINDER",
        patient=name,
        last_four="1003",
    )
    second = _line(4, "419.60", "0.00", claim="K20B120", bill=bill, number=2, patient=name, last_four="1003")
    assert list(entry_lines(_entry(4, ("2",), first, second))) == [
        "4       EEOB Seq # On ERA: 2   Net Payment Amt: 519.60",
        "       4.001 Claim #: K20B119 Patient/Last 4: DEMOVET,CHARLIE/1003",
        "         Claim Bal: 100.00   Billed Amt: 100.00   Amt To Post: 100.00",
        "         Svc Dt: 5/21/12  COB: NO   Rx Copay: UNKNOWN  Means Tst: ??",
        "         Payment Amt: 100.00   Total Adjustments: 0.00  Net: 100.00",
        "         Receipt Comment: SPLIT PAYMENT REMAINDER",
        DOTS,
        "       4.002 Claim #: K20B120 Patient/Last 4: DEMOVET,CHARLIE/1003",
        "         Claim Bal: 100.00   Billed Amt: 100.00   Amt To Post: 419.60",
        "         Svc Dt: 5/21/12  COB: NO   Rx Copay: UNKNOWN  Means Tst: ??",
        "         Payment Amt: 419.60   Total Adjustments: 0.00  Net: 419.60",
        DOTS,
    ]


def test_a_claim_not_in_ar_has_no_balances_and_a_name_without_last_four() -> None:
    line = _line(2, "64.20", "0.00", claim="K99ZZ01", patient="DEMOVET,ECHO")
    assert list(block(line)) == [
        "       2.001 Claim #: K99ZZ01 Patient/Last 4: DEMOVET,ECHO",
        "         ***CLAIM NOT FOUND IN YOUR AR ***",
        "         Payment Amt: 64.20   Total Adjustments: 0.00  Net: 64.20",
        DOTS,
    ]


def test_an_eeob_that_does_not_balance_says_so_under_the_entry() -> None:
    entry = replace(_entry(3, ("9", "12"), _line(3, "60.00", "-40.00", claim="K20C4H0")), unbalanced=("12",))
    assert entry_lines(entry)[:3] == [
        "3       EEOB Seq #'s On ERA: 9,12   Net Payment Amt: 20.00",
        "       ***EEOB SEQ # 12 IS OUT OF BALANCE ON THE ERA ***",
        "       3.001 Claim #: K20C4H0 Patient/Last 4: ",
    ]


def test_two_sequences_are_named_in_the_plural() -> None:
    line = _line(3, "60.00", "-40.00", claim="K20C4H0")
    assert top_line(_entry(3, ("9", "12"), line)) == (
        "3       EEOB Seq #'s On ERA: 9,12   Net Payment Amt: 20.00"
    )


def test_what_stands_under_a_longer_number_moves_with_it() -> None:
    line = _line(10, "1.00", "0.00", claim="K1", bill=_bill("1.00", "1.00", None), comment="C")
    assert list(block(line)) == [
        "       10.001 Claim #: K1 Patient/Last 4: ",
        "          Claim Bal: 1.00   Billed Amt: 1.00   Amt To Post: 1.00",
        "          Svc Dt: UNKNOWN  COB: NO   Rx Copay: UNKNOWN  Means Tst: ??",
        "          Payment Amt: 1.00   Total Adjustments: 0.00  Net: 1.00",
        "         Receipt Comment: C",
        DOTS,
    ]


def test_a_reference_too_long_for_the_line_never_hides_the_amount() -> None:
    said = AdjustmentShown("Non-specific retraction (ref# ", "R" * 50, "): -18.50", "")
    line = _line(1, "0.00", "-18.50", kind=EntryKind.ERA_ADJUSTMENT, said=(said,))
    text = block(line)[3]
    assert len(text) == 80
    assert text.endswith("RR): -18.50")


def test_a_name_too_long_for_the_line_never_hides_the_last_four() -> None:
    line = _line(1, "1.00", "0.00", claim="K" * 30, patient="N" * 60, last_four="1234")
    assert len(block(line)[0]) == 80
    assert block(line)[0].endswith("N/1234")
