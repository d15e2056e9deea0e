"""A report as CSV for a spreadsheet (RFC 4180): texts in quotes, amounts, numbers and dates without."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from services.reports.render.spreadsheet import harmless
from services.reports.report import Column, Kind, Report

Row = TypeVar("Row")


def as_csv(report: Report[Row]) -> Iterator[str]:
    """The titles of the columns, then a line for each row; heading, totals and notes are left out.

    Whatever the spreadsheet takes for the sign between two cells, a text in quotes stays in one. What would
    be a formula is none.
    """
    yield _line(_quote(column.title) for column in report.columns)
    for row in report.rows:
        yield _line(_cell(column, row) for column in report.columns)


def _cell(column: Column[Row], row: Row) -> str:
    text = column.text(row)
    return _quote(text) if column.kind is Kind.TEXT and text else text


def _quote(text: str) -> str:
    return '"' + harmless(text).replace('"', '""') + '"'


def _line(cells: Iterable[str]) -> str:
    return ",".join(cells) + "\r\n"
