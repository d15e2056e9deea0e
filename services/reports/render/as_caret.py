"""A report as lines whose values are parted by `^`, as VistA exports to Excel (behaviour 1.12: one line a record)."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from services.reports.render.facts import TITLES, facts_of
from services.reports.render.spreadsheet import harmless_unquoted
from services.reports.report import Column, Kind, Report

Row = TypeVar("Row")


def as_caret(report: Report[Row]) -> Iterator[str]:
    """The titles of the columns, then a line for each row; heading, totals and notes are left out.

    A `^` within a value is a blank: it parts the values. What would be a formula or an opening quote is none. Of a
    print in sections each fact is a line.
    """
    if report.sections is not None:
        yield _line(TITLES)
        for section, fact in facts_of(report):
            value = _text(fact.text) if fact.kind is Kind.TEXT else fact.text
            yield _line((*map(_text, (section.of, section.title, fact.label)), value, _text(fact.meaning)))
        return
    yield _line(_text(column.title) for column in report.columns)
    for row in report.rows:
        yield _line(_cell(column, row) for column in report.columns)


def _cell(column: Column[Row], row: Row) -> str:
    text = column.text(row)
    return _text(text) if column.kind is Kind.TEXT else text


def _text(text: str) -> str:
    # In this order: behind a `^` that becomes a blank there may be a formula.
    return harmless_unquoted(text.replace("^", " "))


def _line(cells: Iterable[str]) -> str:
    return "^".join(cells) + "\n"
