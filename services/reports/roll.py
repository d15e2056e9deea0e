"""A report written down line by line before it is printed, so that no transaction waits for whoever turns the pages.

A short one stays in memory; a long one goes on in a file without a name, which is gone when it is closed.
"""

import tempfile
from collections.abc import Iterator
from typing import Any, ParamSpec

from sqlalchemy.orm import Session

from services.office.access import View
from services.reports.render.as_page import as_page
from services.reports.report import Report
from services.reports.sheets import Heading

P = ParamSpec("P")

#: So many characters of a roll are kept in memory.
_IN_MEMORY = 1_000_000


class Roll:
    """The lines of one report, to be read from the first again and again until it is closed.

    `heading` gives what stands at the top of a page by its number, `title` is what the report is called.
    """

    def __init__(self, lines: Iterator[str], heading: Heading, title: str = "") -> None:
        self.heading = heading
        self.title = title
        self._file = tempfile.SpooledTemporaryFile(  # noqa: SIM115 - it is closed with the roll
            _IN_MEMORY, "w+", encoding="utf-8", newline="\n"
        )
        try:
            self._file.writelines(f"{line}\n" for line in lines)
        except BaseException:
            self.close()
            raise

    def lines(self) -> Iterator[str]:
        """All its lines, as they are wanted."""
        self._file.seek(0)
        for line in self._file:
            yield line.removesuffix("\n")

    def close(self) -> None:
        """Ends it; what was written down is gone."""
        self._file.close()


def roll_of(
    session: Session,
    width: int,
    printed: str,
    report_of: View[P, Report[Any]],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> Roll:
    """A report of the store on paper of a width; `printed` is the day that stands on each page."""
    page = as_page(report_of(session, *args, **kwargs), width)
    return Roll(page.lines(), page.heading(printed), page.report.title)
