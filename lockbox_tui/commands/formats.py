"""A list in the format that was asked for, other than the table of a terminal and JSON."""

from collections.abc import Iterator
from typing import Any

from lockbox_tui.commands.answers import Answer
from services.reports.render.as_caret import as_caret
from services.reports.render.as_csv import as_csv
from services.reports.render.as_page import as_page
from services.reports.report import Report


def write(answer: Answer, format: str) -> Iterator[str]:
    """The report of an answer, piece by piece; raises `KeyError` for a format that is none."""
    assert answer.report is not None
    return _WRITERS[format](answer.report)


def _text(report: Report[Any]) -> Iterator[str]:
    """One long page: what prints it cuts it into pages."""
    page = as_page(report)
    for line in (*page.heading("")(1), *page.lines()):
        yield f"{line}\n"


_WRITERS = {"text": _text, "caret": as_caret, "csv": as_csv}
