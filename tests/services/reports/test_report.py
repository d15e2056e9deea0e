"""A report as it stands on paper, in a spreadsheet and in a script's document."""

import csv
import datetime
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice

import hypothesis
import pytest
from hypothesis import strategies as st

from services.dates import pad_day, short
from services.reports.imported import ranges
from services.reports.render.as_caret import as_caret
from services.reports.render.as_csv import as_csv
from services.reports.render.as_json import as_json
from services.reports.render.as_page import as_page
from services.reports.report import (
    Column,
    Fact,
    Facts,
    Kind,
    Report,
    Section,
    Table,
    Total,
    Value,
    Words,
)
from tests.services.reports.all_reports import HARMFUL


@dataclass(frozen=True)
class Paid:
    """A payment of a payer."""

    payer: str
    amount: Decimal
    day: datetime.date | None = None
    sure: bool = True
    remark: str = ""


COLUMNS: tuple[Column[Paid], ...] = (
    Column("PAYER", lambda row: row.payer),
    Column("AMOUNT", lambda row: row.amount, Kind.MONEY),
    Column("DAY", lambda row: row.day, Kind.DATE),
    Column("SURE", lambda row: row.sure, Kind.FLAG),
)
BLUE = Paid("BLUE RIVER", Decimal("80.00"), datetime.date(2012, 7, 20))
TAKEN = Paid("PRAIRIE", Decimal("-14.5"), None, sure=False)


def report(*rows: Paid, columns: tuple[Column[Paid], ...] = COLUMNS) -> Report[Paid]:
    """A report of some payments."""
    sums = {"AMOUNT": sum((row.amount for row in rows), Decimal(0))}
    return Report("PAYMENTS", columns, rows, ("ALL PAYERS",), (Total("TOTAL", sums),), ("A note.",))


def test_it_stands_on_paper_with_its_heading_on_each_page() -> None:
    page = as_page(report(BLUE, TAKEN))
    heading = page.heading("JUL 22, 2012@09:00")
    assert heading(1) == [
        "PAYMENTS" + " " * 46 + "JUL 22, 2012@09:00  PAGE 1",
        "ALL PAYERS",
        "PAYER       AMOUNT  DAY         SURE",
        "-" * 80,
    ]
    assert heading(12)[0].endswith("PAGE 12")
    assert list(page.lines()) == [
        "BLUE RIVER   80.00  2012-07-20  YES",
        "PRAIRIE     -14.50              NO",
        "-" * 80,
        "TOTAL        65.50",
        "A note.",
        "END OF REPORT",
    ]


def test_without_a_row_it_says_so_on_paper() -> None:
    assert list(as_page(Report("PAYMENTS", COLUMNS, ())).lines()) == [
        "*** NO RECORDS TO PRINT ***",
        "END OF REPORT",
    ]


def test_what_does_not_stand_beside_each_other_goes_on_beneath() -> None:
    wide: tuple[Column[Paid], ...] = (
        *COLUMNS,
        Column("REMARK", lambda row: row.remark, width=20),
        Column("AGAIN", lambda row: row.payer, width=40),
    )
    long = Paid("BLUE RIVER", Decimal(1), remark="IT WAS SAID ON THE TELEPHONE")
    assert list(as_page(report(long, long, columns=wide)).lines())[:5] == [
        "BLUE RIVER    1.00       YES   IT WAS SAID ON THE T",
        "                               ELEPHONE",
        "    BLUE RIVER",
        "",
        "BLUE RIVER    1.00       YES   IT WAS SAID ON THE T",
    ]


def test_for_a_spreadsheet_it_is_one_line_a_row() -> None:
    assert "".join(as_csv(report(BLUE, TAKEN))) == (
        '"PAYER","AMOUNT","DAY","SURE"\r\n"BLUE RIVER",80.00,2012-07-20,YES\r\n"PRAIRIE",-14.50,,NO\r\n'
    )
    assert "".join(as_caret(report(BLUE, TAKEN))) == (
        "PAYER^AMOUNT^DAY^SURE\nBLUE RIVER^80.00^2012-07-20^YES\nPRAIRIE^-14.50^^NO\n"
    )


@pytest.mark.parametrize("text", [each for each in HARMFUL if each.lstrip()[0] in "=+-@＝"])
def test_what_a_payer_wrote_is_no_formula_but_an_amount_stays_a_number(text: str) -> None:
    spoilt = report(Paid(text, Decimal("-14.00")))
    (_, row) = csv.reader(io.StringIO("".join(as_csv(spoilt)), newline=""))
    assert row[:2] == [f"'{text}", "-14.00"]
    assert "".join(as_csv(spoilt)).splitlines()[1].split(",")[-3] == "-14.00"
    assert "".join(as_caret(spoilt)).splitlines()[1].startswith(f"'{text}^-14.00^")


def test_no_text_drives_a_terminal_or_breaks_a_line() -> None:
    spoilt = report(Paid("EVIL\x1b[2J\r\n\u202eX", Decimal(1)))
    for text in (
        "".join(as_csv(spoilt)),
        "".join(as_caret(spoilt)),
        "\n".join(as_page(spoilt).lines()),
    ):
        assert "EVIL\ufffd[2J\ufffd\ufffd\ufffdX" in text
    assert json.loads("".join(as_json(spoilt)))["rows"][0]["payer"] == "EVIL\ufffd[2J\ufffd\ufffd\ufffdX"


def test_for_a_script_it_is_one_document() -> None:
    assert json.loads("".join(as_json(report(BLUE, TAKEN)))) == {
        "title": "PAYMENTS",
        "heading": ["ALL PAYERS"],
        "rows": [
            {"payer": "BLUE RIVER", "amount": "80.00", "day": "2012-07-20", "sure": True},
            {"payer": "PRAIRIE", "amount": "-14.50", "day": None, "sure": False},
        ],
        "totals": [{"title": "TOTAL", "values": {"amount": "65.50"}}],
        "notes": ["A note."],
    }


def test_a_long_one_is_written_row_by_row() -> None:
    asked: list[str] = []

    def payer(row: Paid) -> str:
        asked.append(row.payer)
        return row.payer

    rows = [Paid(f"PAYER {number}", Decimal(1)) for number in range(1000)]
    long = Report("PAYMENTS", (Column("PAYER", payer),), rows)
    for pieces in (as_csv(long), as_caret(long), as_json(long)):
        asked.clear()
        list(islice(pieces, 20))
        assert 0 < len(asked) < 20


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.MONEY, 5),
        (Kind.MONEY, "5.00"),
        (Kind.NUMBER, Decimal(5)),
        (Kind.NUMBER, True),
        (Kind.TEXT, 5),
        (Kind.DATE, datetime.datetime(2012, 7, 20, tzinfo=datetime.UTC)),
        (Kind.INSTANT, datetime.date(2012, 7, 20)),
        (Kind.FLAG, 1),
    ],
)
def test_a_value_of_another_kind_than_its_column_is_a_defect(kind: Kind, value: Value) -> None:
    column: Column[Paid] = Column("X", lambda row: value, kind)
    with pytest.raises(TypeError, match=f"is {kind}, which no"):
        column.text(BLUE)


@hypothesis.given(st.lists(st.integers(1, 60)))
def test_numbers_in_a_row_are_said_as_from_and_to(numbers: list[int]) -> None:
    said: list[int] = []
    for part in filter(None, ranges([*numbers, None]).split(",")):
        first, _, last = part.partition("-")
        said += range(int(first), int(last or first) + 1)
    assert said == sorted(set(numbers))
    assert ranges(range(1, 51)) == "1-50"


SECTIONS = (
    Section(
        " **PAYER DATA:",
        (
            Facts(
                (
                    (Fact("Name", "BLUE RIVER"), Fact("Id", "1")),
                    (
                        Fact("Payer Since", BLUE.day, Kind.DATE, paper=short),
                        Fact("Paid", BLUE.amount, Kind.MONEY),
                    ),
                    (Fact("Said", "IT IS LATE " * 8),),
                ),
                amounts=10,
            ),
            Words("NONE", "  "),
        ),
        "EEOB 1",
    ),
    Section(
        "",
        (
            Table(
                (
                    Column("PAYER", lambda row: row.payer, width=8, to_right=True),
                    Column("DAY", lambda row: row.day, Kind.DATE, 8, paper=pad_day),
                    Column("AMOUNT", lambda row: row.amount, Kind.MONEY, 8),
                ),
                (Paid("PRAIRIE", Decimal("-14.50"), BLUE.day),),
                "   PAYER   DAY      AMOUNT",
            ),
            Facts(
                ((Fact("A", "1"), Fact("B", None), Fact("C", "X" * 30), Fact("D", "Y" * 40)),), flowing=True
            ),
        ),
        "EEOB 1",
        0,
    ),
)


def in_sections() -> Report[None]:
    """A print of two sections under a head of its own."""
    head = Facts(((Fact("ERA", 7, Kind.NUMBER), Fact("DATE", BLUE.day, Kind.DATE)),), lead="", right=26)
    return Report("ERA DETAIL", sections=SECTIONS, head=head, title_at=6)


def test_a_print_in_sections_stands_on_paper_in_columns() -> None:
    page = as_page(in_sections())
    assert page.heading("7/22/12")(12) == [
        "     ERA DETAIL                                        7/22/12        Page: 12",
        "",
        "ERA: 7                   DATE: 2012-07-20",
        "=" * 80,
    ]
    assert list(page.lines()) == [
        "",
        " **PAYER DATA:",
        " Name       : BLUE RIVER                Id  : 1",
        " Payer Since: 7/20/12                   Paid:      80.00",
        " Said       : IT IS LATE IT IS LATE IT IS LATE IT IS LATE IT IS LATE IT IS LATE",
        "              IT IS LATE IT IS LATE",
        "  NONE",
        "   PAYER   DAY      AMOUNT",
        " PRAIRIE 07/20/12   -14.50",
        "A: 1                                     C: XXXXXXXXXXXXXXXXXXXXXXXXXXXXXX",
        "D: YYYYYYYYYYYYYYYYYYYYYYYYYYYYYYYYYYYYYYYY",
        "END OF REPORT",
    ]


def test_a_print_in_sections_is_one_row_a_fact_for_a_spreadsheet_and_a_script() -> None:
    lines = "".join(as_caret(in_sections())).splitlines()
    assert lines[:6] == [
        "OF^SECTION^LABEL^VALUE^MEANING",
        "^ERA DETAIL^ERA^7^",
        "^ERA DETAIL^DATE^2012-07-20^",
        "EEOB 1^PAYER DATA^Name^BLUE RIVER^",
        "EEOB 1^PAYER DATA^Id^1^",
        "EEOB 1^PAYER DATA^Payer Since^2012-07-20^",
    ]
    assert "EEOB 1^PAYER DATA^AMOUNT^-14.50^" in lines
    told = json.loads("".join(as_json(in_sections())))
    assert told["title"] == "ERA DETAIL"
    assert told["facts"][0] == {
        "of": None,
        "section": "ERA DETAIL",
        "label": "ERA",
        "value": "7",
        "meaning": None,
    }
    assert len(told["facts"]) == len(lines) - 1


def test_an_amount_that_has_no_room_in_its_column_stays_whole() -> None:
    (table, _) = SECTIONS[1].parts
    assert isinstance(table, Table)
    wide = replace(table, rows=(Paid("P" * 70, Decimal("123456789.01"), BLUE.day),))
    lines = list(as_page(Report("X", sections=(Section("", (wide,)),))).lines())
    assert lines[1:-1] == [
        f"{'PAYER':>70} DAY",
        "      AMOUNT",
        f"{'P' * 70} 07/20/12",
        "123456789.01",
    ]


def test_a_long_print_is_written_section_by_section() -> None:
    asked: list[int] = []

    def sections() -> Iterator[Section]:
        for number in range(1000):
            asked.append(number)
            yield Section("S", (Facts(((Fact("N", number, Kind.NUMBER),),)),))

    for write in (as_csv, as_caret, as_json, lambda report: as_page(report).lines()):
        asked.clear()
        list(islice(write(Report("LONG", sections=sections())), 20))
        assert 0 < len(asked) < 20
