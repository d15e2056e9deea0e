"""A list in the format that was asked for, other than the table of a terminal and JSON."""

import itertools
from collections.abc import Iterator
from typing import Any, BinaryIO

from lockbox_tui.commands.answers import Answer
from services.reports.render.as_caret import as_caret
from services.reports.render.as_csv import as_csv
from services.reports.render.as_page import as_page
from services.reports.render.as_pdf import write_pdf
from services.reports.report import Report
from services.reports.sheets import PRINTED_PAGE, Paper, Print, as_text, sheets

#: A section begins on a new page where fewer rows are left (`screens.md` 12).
_ROOM = 5


def write(answer: Answer, format: str, *, on_paper: bool = False) -> Iterator[str]:
    """The report of an answer, piece by piece; text is one long page unless it goes on paper.

    Raises `KeyError` for a format that is none.
    """
    assert answer.report is not None
    if format != "text":
        return _WRITERS[format](answer.report)
    return _as_sheets(answer) if on_paper else _text(answer.report, answer.printed)


def write_document(answer: Answer, out: BinaryIO) -> None:
    """The report of an answer as PDF."""
    of, paper = _on_paper(answer)
    write_pdf(out, sheets(of, paper), paper, of.title)


def _as_sheets(answer: Answer) -> Iterator[str]:
    return as_text(sheets(*_on_paper(answer)))


def _on_paper(answer: Answer) -> tuple[Print, Paper]:
    assert answer.report is not None
    assert answer.signed is not None
    page = as_page(answer.report)
    of = Print(page.lines(), page.heading(answer.printed), _ROOM, page.report.title)
    return of, Paper(page.width, PRINTED_PAGE, answer.signed)


def _text(report: Report[Any], printed: str) -> Iterator[str]:
    """One long page: what prints it cuts it into pages."""
    page = as_page(report)
    for line in itertools.chain(page.heading(printed)(1), page.lines()):
        yield f"{line}\n"


_WRITERS = {"caret": as_caret, "csv": as_csv}
