"""A report says the same in every format: on paper, in a table, in a spreadsheet, to a script."""

import csv
import datetime
import io
import json
from collections import Counter
from collections.abc import Iterable
from itertools import chain
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lockbox_tui.commands.printing import Printer
from services.reports.render.as_caret import as_caret
from services.reports.render.as_csv import as_csv
from services.reports.render.as_json import as_json
from services.reports.render.as_page import END, NONE, as_page
from services.reports.render.facts import facts_of
from services.reports.render.spreadsheet import harmless, harmless_unquoted
from services.reports.report import Column, Kind, Report
from tests.services.reports.all_reports import any_report, cells, report_functions

REPORTS = report_functions()
#: Those that are lists, and those that are prints in sections.
LISTS = [name for name in REPORTS if not name.endswith("_print")]
PRINTS = [name for name in REPORTS if name.endswith("_print")]


def letters(texts: Iterable[str]) -> Counter[str]:
    """How often each letter stands in some texts, blanks and the rules of a page left out."""
    return Counter(letter for text in texts for letter in text if not letter.isspace() and letter != "-")


def in_words(value: Any, kind: Kind) -> str:
    """What a script is told, as a person reads it."""
    if value is None:
        return ""
    if kind is Kind.FLAG:
        return "YES" if value else "NO"
    if kind is Kind.INSTANT:
        return f"{datetime.datetime.fromisoformat(value):%Y-%m-%d %H:%M:%S} UTC"
    return str(value)


def in_csv(text: str, kind: Kind) -> str:
    """A cell as a spreadsheet gets it."""
    return harmless(text) if kind is Kind.TEXT else text


def in_caret(text: str, kind: Kind) -> str:
    """The same where cells stand without quotes, parted by `^`."""
    return harmless_unquoted(text.replace("^", " ")) if kind is Kind.TEXT else text


def table_of(report: Report[Any]) -> str:
    """What a person reads on the terminal."""
    out = Printer(terminal=False)
    out.table(report)
    return out.text()


@pytest.mark.parametrize("name", LISTS)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_its_cells_agree_in_all_formats(name: str, data: st.DataObject) -> None:
    report = data.draw(any_report(REPORTS[name]))
    said, columns = list(cells(report)), report.columns
    kinds = [column.kind for column in columns]
    titles = [column.title for column in columns]

    read = list(csv.reader(io.StringIO("".join(as_csv(report)), newline="")))
    assert read == [
        titles,
        *(list(map(in_csv, row, kinds)) for row in said),
    ]

    lines = "".join(as_caret(report)).splitlines()
    assert [line.split("^") for line in lines] == [
        titles,
        *(list(map(in_caret, row, kinds)) for row in said),
    ]

    rows = json.loads("".join(as_json(report)))["rows"]
    assert [[in_words(row[column.key], column.kind) for column in columns] for row in rows] == said

    page = as_page(report)
    on_paper = list(page.lines())
    totals, notes = report.total_cells(), report.notes
    none = () if said else (NONE,)
    assert all(len(line) <= 80 for line in (*on_paper, *page.heading("JUL 24, 2012")(1)))
    assert letters(on_paper) == letters([*chain(*said, *totals), *notes, END, *none])
    amounts = [
        text for row in said for text, column in zip(row, columns, strict=True) if column.kind is Kind.MONEY
    ]
    assert all(any(text in line for line in on_paper) for text in amounts)

    printed = table_of(report)
    if said:
        assert letters([printed]) == letters([*titles, *chain(*said, *totals), *notes])
    else:
        assert printed.splitlines() == [report.none, *notes]


@pytest.mark.parametrize("name", PRINTS)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_facts_of_a_print_agree_in_all_formats(name: str, data: st.DataObject) -> None:
    report = data.draw(any_report(REPORTS[name]))
    told = json.loads("".join(as_json(report)))["facts"]
    facts = list(facts_of(report))
    names = ("of", "section", "label", "value", "meaning")
    said = [[fact[each] or "" for each in names] for fact in told]
    assert said == [
        [section.of, section.title, fact.label, fact.text, fact.meaning] for section, fact in facts
    ]

    kinds = [[Kind.TEXT, Kind.TEXT, Kind.TEXT, fact.kind, Kind.TEXT] for _, fact in facts]
    titles, *read = csv.reader(io.StringIO("".join(as_csv(report)), newline=""))
    assert titles == [each.upper() for each in names]
    assert read == [list(map(in_csv, *each)) for each in zip(said, kinds, strict=True)]
    lines = "".join(as_caret(report)).splitlines()
    assert [line.split("^") for line in lines[1:]] == [
        list(map(in_caret, *each)) for each in zip(said, kinds, strict=True)
    ]

    page = as_page(report)
    on_paper = list(page.lines())
    assert all(len(line) <= 80 for line in (*on_paper, *page.heading("7/24/12")(1)))
    assert on_paper[-1] == END
    for width in (40, 132):
        page = as_page(report, width)
        assert all(len(line) <= width for line in (*page.lines(), *page.heading("7/24/12")(1)))


@pytest.mark.parametrize("name", LISTS)
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_each_of_its_columns_has_a_name_of_its_own(name: str, data: st.DataObject) -> None:
    report = data.draw(any_report(REPORTS[name]))
    for names in ([column.title for column in report.columns], [column.key for column in report.columns]):
        assert len(set(names)) == len(names)
        assert all(names)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ('"=1+CMD()"', '\'"=1+CMD()"'),
        (' " =1+CMD()"', '\' " =1+CMD()"'),
        ('"ABC', "'\"ABC"),
        ('""', '\'""'),
        ("^=1+CMD()", "' =1+CMD()"),
        ("=1+CMD()", "'=1+CMD()"),
        ('THE "BLUE" PAYER', 'THE "BLUE" PAYER'),
    ],
)
def test_a_quote_of_a_payer_opens_no_cell_of_a_caret_file_and_hides_no_formula(text: str, cell: str) -> None:
    columns: tuple[Column[str], ...] = (Column("PAYER", str), Column("NEXT", lambda row: "NEXT"))
    written = io.StringIO("".join(as_caret(Report("PAYERS", columns, (text, "LAST")))), newline="")
    assert list(csv.reader(written, delimiter="^"))[1:] == [[cell, "NEXT"], ["LAST", "NEXT"]]
