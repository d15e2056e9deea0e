"""A print on paper: cut into pages, and each sheet signed with who printed it, when, and its number."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from services.clean import one_cell_each
from services.dates import stamp

#: So many lines a page of paper has, and from so many on a print has no pages.
PRINTED_PAGE, UNPAGED = 60, 999

#: What stands at the foot of a sheet, with the empty line before it.
_FOOT = 2

#: Gives the lines that begin a page, by its number.
Heading = Callable[[int], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Signed:
    """Who prints, and when, in the site's time zone."""

    user: str
    at: datetime.datetime

    def foot(self, number: int, width: int) -> str:
        """What stands at the foot of sheet `number`; a name that is too long for it is cut."""
        page, when = f"PAGE {number}", stamp(self.at).upper()
        name = self.user[: max(width - len(page) - len(when) - 4, 0)]
        signed = f"{name}  {when}" if name else when
        return f"{signed:<{width - len(page)}}{page}"


@dataclass(frozen=True, slots=True)
class Print:
    """What is to be printed: its lines, and the heading of each of its pages.

    What begins with an empty line begins on a new page where fewer rows than `room` are left.
    """

    lines: Iterable[str]
    heading: Heading | None = None
    room: int = 0
    title: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper of a print: how wide it is, how many lines a sheet has, and who signs them."""

    columns: int
    rows: int
    signed: Signed

    @property
    def body(self) -> int:
        """How many lines a sheet has above its foot."""
        return max(self.rows - _FOOT, 1)


def pages(
    lines: Iterable[str], length: int, width: int, heading: Heading | None = None, room: int = 0
) -> Iterator[list[str]]:
    """Cuts lines into pages of at most `length` lines, each cut at `width`; `heading(n)` begins page n.

    What begins with an empty line begins on a new page, without it, where fewer rows than `room` are left.
    """
    page: list[str] = []
    number = 0
    for line in lines:
        if page and not line and length - len(page) < room:
            yield page
            page = []
            continue
        if not page:
            number += 1
            page = [text[:width] for text in heading(number)] if heading else []
            page = page[: max(length - 1, 0)]
        page.append(line[:width])
        if len(page) >= length:
            yield page
            page = []
    if page:
        yield page


def sheets(of: Print, paper: Paper) -> Iterator[list[str]]:
    """The sheets of a print: each page, and at the foot of the sheet who printed it; beneath its end where it has none.

    Every letter takes one cell, and no line ends in blanks.
    """
    cut = pages(of.lines, paper.body, paper.columns, of.heading, of.room)
    for number, page in enumerate(cut, 1):
        filled = [""] * (paper.body - len(page) if paper.rows < UNPAGED else 0)
        sheet = [*page, *filled, "", paper.signed.foot(number, paper.columns)]
        yield [one_cell_each(line).rstrip() for line in sheet]


def as_text(sheets: Iterable[Sequence[str]]) -> Iterator[str]:
    """The text of each sheet, a form feed between two of them."""
    for number, sheet in enumerate(sheets):
        yield ("\f" if number else "") + "".join(f"{line}\n" for line in sheet)
