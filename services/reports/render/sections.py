"""Sections on paper: blocks of facts in columns, small tables, words (`screens.md` 12 and 13)."""

import textwrap
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from services.clean import clean
from services.reports.report import LONGEST, Fact, Facts, Kind, Report, Section, Table, Words

#: Where the day of the print and the page number stand in the first line (columns counted from 1).
_PRINTED_AT, _PAGE_AT = 56, 71
#: The two columns of flowing facts: how long the left one may be, where the right one stands, where both end.
_LEFT, _RIGHT_AT, _BOTH = 39, 42, 75
#: What goes on beneath is set in by so much at most, so that something of it has room.
_DEEPEST = 40


def heading_in_sections(report: Report[Any], printed: str, width: int) -> Callable[[int], list[str]]:
    """The head of each page as VistA prints it: title, day, page number, the head's facts, a rule."""
    head = [] if report.head is None else list(_facts(report.head, width))
    title = " " * (report.title_at - 1) + clean(report.title, LONGEST)

    def of_page(number: int) -> list[str]:
        page = f"Page: {number}"
        first = f"{title:<{_PRINTED_AT - 1}}{printed}"
        beside = max(min(_PAGE_AT - 1, width - len(page)), 0)
        begins = (
            [f"{first:<{beside}}{page}"] if len(first) < beside else [*_fold(first, width), page.rjust(width)]
        )
        return [*begins, *(["", *head] if head else []), "=" * width]

    return of_page


def lines_of(section: Section, width: int) -> Iterator[str]:
    """The lines of one section: the empty ones before it, its title, its parts."""
    yield from [""] * section.blanks
    if section.title:
        yield from _fold(section.title, width)
    for part in section.parts:
        if isinstance(part, Facts):
            yield from _flow(part, width) if part.flowing else _facts(part, width)
        elif isinstance(part, Words):
            yield from _fold(part.lead + part.text, width)
        else:
            yield from _table(part, width)


def _flow(facts: Facts, width: int) -> Iterator[str]:
    left = ""
    for fact in (fact for line in facts.lines for fact in line):
        if not (value := fact.on_paper):
            continue
        item = f"{clean(fact.label, LONGEST)}{facts.between}{value}"
        if left and _RIGHT_AT - 1 + len(item) <= min(_BOTH, width):
            yield f"{left:<{_RIGHT_AT - 1}}{item}"
            left = ""
            continue
        if left:
            yield left
        left = ""
        if len(item) > min(_LEFT, width):
            yield from _fold(item, width)
        else:
            left = item
    if left:
        yield left


def _facts(facts: Facts, width: int) -> Iterator[str]:
    labels = (
        _widest((line[0] for line in facts.lines), facts.widths[0]),
        _widest((line[1] for line in facts.lines if len(line) > 1), facts.widths[1]),
    )
    for line in facts.lines:
        first, *second = (_fact(fact, facts, label) for fact, label in zip(line, labels, strict=False))
        left = facts.lead + first
        if second and len(left) < facts.right and facts.right - 1 + len(second[0]) <= width:
            yield f"{left:<{facts.right - 1}}{second[0]}".rstrip()
            continue
        for at, text in (
            (len(facts.lead), left),
            *((facts.right - 1, " " * (facts.right - 1) + each) for each in second),
        ):
            begins = at + labels[0 if text is left else 1] + len(facts.between)
            yield from _hang(text, width, begins if facts.hanging else 0, facts.most)


def _fact(fact: Fact, facts: Facts, width: int) -> str:
    value = fact.on_paper
    if fact.kind is Kind.MONEY and facts.amounts:
        value = value.rjust(facts.amounts)
    label = clean(fact.label, LONGEST)
    return f"{label.rjust(width) if facts.labels_right else label.ljust(width)}{facts.between}{value}"


def _widest(facts: Iterable[Fact], least: int) -> int:
    return max([least, *(len(clean(fact.label, LONGEST)) for fact in facts)])


def _hang(text: str, width: int, indent: int, most: int) -> Iterator[str]:
    """A line that goes on beneath its value where it is too long."""
    wide = min(width, indent + most) if most else width
    if len(text) <= wide:
        yield text.rstrip()
        return
    indent = min(indent, _DEEPEST, wide - 1)
    lead = len(text) - len(text.lstrip())
    begins = " " * min(lead, wide - 1)
    yield from textwrap.wrap(
        text.strip(), wide, initial_indent=begins, subsequent_indent=" " * indent, break_on_hyphens=False
    )


def _table(table: Table[Any], width: int) -> Iterator[str]:
    """The rows under their titles; a column is as wide as its widest value, and what has no room goes beneath."""
    rows = [[column.on_paper(row) for column in table.columns] for row in table.rows]
    widths = [
        min(
            max(column.width, *(len(cells[at]) for cells in rows), 0 if column.width else len(column.title)),
            width,
        )
        for at, column in enumerate(table.columns)
    ]
    titles = [column.title for column in table.columns]
    captions = table.caption.split("\n") if table.caption else []
    as_declared = all(wide == column.width for wide, column in zip(widths, table.columns, strict=True))
    if captions and as_declared and max(map(len, captions)) <= width:
        yield from captions
    elif rows:
        widths = [max(wide, len(title)) for wide, title in zip(widths, titles, strict=True)]
        yield from _row(table, titles, widths, width)
    for cells in rows:
        yield from _row(table, cells, widths, width)


def _row(table: Table[Any], cells: list[str], widths: list[int], width: int) -> Iterator[str]:
    line = ""
    for column, cell, wide in zip(table.columns, cells, widths, strict=True):
        text = cell.rjust(wide) if column.right else cell.ljust(wide)
        if line and len(line) + 1 + len(text) > width:
            yield line.rstrip()
            line = ""
        line = f"{line} {text}" if line else text
        while len(line.rstrip()) > width:
            yield line[:width]
            line = line[width:]
    yield line.rstrip()


def _fold(text: str, width: int) -> list[str]:
    """A text in lines of a width; the blanks before it stay."""
    cleaned = clean(text, LONGEST)
    lead = min(len(cleaned) - len(cleaned.lstrip()), width - 1)
    return textwrap.wrap(cleaned.strip(), width, initial_indent=" " * lead, break_on_hyphens=False) or [""]
