"""The Unverified Discrepancies Report stands on paper as in the sample (`screens.md` 8b)."""

import dataclasses
import datetime
from decimal import Decimal

from services.reports.unverified import ALL_BATCHES, UnverifiedPage, unverified_report
from services.scratchpad.verification import Told, differences
from services.scratchpad.verifying import Comparison, SplitPart, Unverified

SAMPLE = """\
EDI LBOX WORKLIST - UNVERIFIED LINES DISCREPANCIES REPORT  7/22/12    Page: 1

ERA #: 10263        BATCH: ALL        TRACE #: 804364580000035
PAYER: BLUE RIVER HEALTH PLAN          ERA DT: 7/16/12

       PATIENT NAME                         SUBMITTED AMT    SVC DATE(S)
* preceding data = data has discrepancy
================================================================================

EEOB Sequence #(s) on the ERA: 2  K20B119
VistA: *DEMOVET,CHARLIE               1003  *100.00          5/21/12  -5/21/12
  ERA: *DEMOVETT,CHARLIE                    *1719.92         5/21/12  -5/22/12
         <<< THIS EEOB HAS BEEN SPLIT >>>
               K20B119  100.00
               BILL NOT IN VISTA: K99ZZ02  19.60


EEOB Sequence #(s) on the ERA: 9,12  K20C4H0
VistA: DEMOVET,FOXTROT                1006  200.00           *4/30/12 -*5/2/12
  ERA: DEMOVET,FOXTROT                      200.00           *4/1/12  -*4/2/12
"""


def _day(month: int, day: int) -> datetime.date:
    return datetime.date(2012, month, day)


def _compared(
    entry: int, sequences: tuple[str, ...], claim: str, four: str, bill: Told, eeob: Told, *parts: SplitPart
) -> Comparison:
    differs = differences(bill, eeob)
    return Comparison(
        entry, sequences, claim, eeob, "BLUE RIVER", bill, "BLUE RIVER", four, differs, tuple(parts)
    )


FOUND = Unverified(
    10263,
    "804364580000035",
    "BLUE RIVER HEALTH PLAN",
    _day(7, 16),
    ALL_BATCHES,
    (
        _compared(
            2,
            ("2",),
            "K20B119",
            "1003",
            # In the sample the names differ behind their first five letters, which are all that is compared.
            Told("DEMOVET,CHARLIE", Decimal(100), _day(5, 21), _day(5, 21)),
            Told("demovett,CHARLIE", Decimal("1719.92"), _day(5, 21), _day(5, 22)),
            SplitPart("K20B119", True, Decimal(100)),
            SplitPart("K99ZZ02", False, Decimal("19.60")),
        ),
        _compared(
            9,
            ("9", "12"),
            "K20C4H0",
            "1006",
            Told("DEMOVET,FOXTROT", Decimal(200), _day(4, 30), _day(5, 2)),
            Told("DEMOVET,FOXTROT", Decimal(200), _day(4, 1), _day(4, 2)),
        ),
    ),
)


def _pages(found: Unverified, length: int) -> str:
    page = UnverifiedPage(found, _day(7, 22))
    return "".join(f"{line}".rstrip() + "\n" for line in (*page.heading(1), *page.lines(length)))


def test_it_stands_as_in_the_sample() -> None:
    assert _pages(FOUND, 60) == SAMPLE.replace("DEMOVETT", "demovett")


def test_no_entry_begins_where_fewer_than_seven_lines_are_left() -> None:
    page = UnverifiedPage(FOUND, _day(7, 22))
    on_screen, shorter = list(page.lines(23)), list(page.lines(22))
    assert len(on_screen) == 12
    assert shorter == [*on_screen[:8], *[""] * 6, *on_screen[8:]]


def test_a_batch_without_such_lines_says_so() -> None:
    of_batch = dataclasses.replace(FOUND, batch="2", entries=())
    assert list(UnverifiedPage(of_batch, _day(7, 22)).lines(60)) == [
        "THERE ARE NO UNVERIFIED LINES WITH DISCREPANCIES IN THIS ERA BATCH"
    ]
    assert unverified_report(of_batch).heading[0] == "ERA #: 10263   BATCH: 2   TRACE #: 804364580000035"
    whole = dataclasses.replace(FOUND, batch=None, entries=())
    assert unverified_report(whole).none.endswith("IN THIS ERA")
    assert "BATCH" not in _pages(whole, 60)
