"""A print in sections as a row of facts: what a spreadsheet and a script get of it."""

import itertools
from collections.abc import Iterator
from typing import TypeVar

from services.clean import clean
from services.reports.report import LONGEST, Fact, Report, Section

Row = TypeVar("Row")

#: The titles of the columns of such a row.
TITLES = ("OF", "SECTION", "LABEL", "VALUE", "MEANING")


def facts_of(report: Report[Row]) -> Iterator[tuple[Section, Fact]]:
    """Each fact that says something, with the section it stands in, what heads each page first; all texts cleaned.

    A section without a title goes on under the one before; of a title the marks that it has on paper are left out.
    """
    title = _title(report.title)
    head = () if report.head is None else (Section(title, (report.head,)),)
    for section in itertools.chain(head, report.sections or ()):
        title = _title(section.title) or title
        here = Section(title, (), clean(section.of, LONGEST))
        for fact in section.facts():
            if fact.held is not None and fact.text:
                label, meaning = clean(fact.label, LONGEST), clean(fact.meaning, LONGEST)
                yield here, Fact(label, fact.held, fact.kind, meaning)


def _title(title: str) -> str:
    return clean(title, LONGEST).strip(" *:")
