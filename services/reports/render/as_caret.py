"""A report as lines whose values are parted by `^`, as VistA exports to Excel (behaviour 1.12: one line a record)."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from services.reports.render.facts import TITLES, facts_of
from services.reports.render.spreadsheet import harmless
from services.reports.report import Column, Kind, Report

Row = TypeVar("Row")


def as_caret(report: Report[Row]) -> Iterator[str]:
    """The titles of the columns, then a line for each row; heading, totals and notes are left out.

    A `^` within a value is a blank: it parts the values. What would be a formula is none. Of a print in sections
    each fact is a line.
    """
    if report.sections is not None:
        yield _line(TITLES)
        for section, fact in facts_of(report):
            value = harmless(fact.text) if fact.kind is Kind.TEXT else fact.text
            yield _line(
                (*map(harmless, (section.of, section.title, fact.label)), value, harmless(fact.meaning))
            )
        return
    yield _line(harmless(column.title) for column in report.columns)
    for row in report.rows:
        yield _line(_cell(column, row) for column in report.columns)


def _cell(column: Column[Row], row: Row) -> str:
    text = column.text(row)
    return harmless(text) if column.kind is Kind.TEXT else text


def _line(cells: Iterable[str]) -> str:
    return "^".join(cell.replace("^", " ") for cell in cells) + "\n"
