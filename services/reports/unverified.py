"""The Unverified Discrepancies Report: EEOBs that are not verified, each beside its bill (behaviour 1.1.6)."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from models.words.money import two_decimals
from services.clean import clean
from services.dates import short
from services.reports.report import LONGEST, Column, Report
from services.scratchpad.verification import Compared, Told
from services.scratchpad.verifying import Comparison, Unverified

TITLE = "EDI LBOX WORKLIST - UNVERIFIED LINES DISCREPANCIES REPORT"
NONE = "THERE ARE NO UNVERIFIED LINES WITH DISCREPANCIES IN THIS ERA"
STARRED = "* preceding data = data has discrepancy"
NO_DATA = "NO DATA"
NOT_RELATED = "NOT RELATED TO A VistA BILL"
SPLIT = "<<< THIS EEOB HAS BEEN SPLIT >>>"
NOT_IN_VISTA = "BILL NOT IN VISTA"

#: The batch of a report on an entire ERA that has batches.
ALL_BATCHES = "ALL"

#: An entry does not begin where fewer lines of a page are left.
_NEEDED = 7


@dataclass(frozen=True, slots=True)
class Said:
    """What one side says of an EEOB, in words; `*` stands before what the other side says differently.

    `side` is VistA for the bill, ERA for the payer, SPLIT for a line that a clerk has made of it.
    """

    eeobs: str
    claim: str
    side: str
    patient: str
    last_four: str = ""
    amount: str = ""
    service_from: str = ""
    service_to: str = ""


def unverified_report(found: Unverified) -> Report[Said]:
    """The report row by row, as lists are written."""
    return Report(
        TITLE,
        (
            Column("EEOB", lambda row: row.eeobs),
            Column("CLAIM", lambda row: row.claim),
            Column("OF", lambda row: row.side),
            Column("PATIENT NAME", lambda row: row.patient),
            Column("LAST 4", lambda row: row.last_four),
            Column("SUBMITTED AMT", lambda row: row.amount),
            Column("SVC FROM", lambda row: row.service_from),
            Column("SVC TO", lambda row: row.service_to),
        ),
        tuple(row for entry in found.entries for row in entry_rows(entry)),
        heading=(
            f"ERA #: {found.era}{f'   BATCH: {found.batch}' if found.batch else ''}   TRACE #: {found.trace}",
            f"PAYER: {found.payer}   ERA DT: {short(found.date)}",
        ),
        notes=(STARRED,) if found.entries else (),
        none=none_of(found),
    )


def none_of(found: Unverified) -> str:
    """What is said in the place of a report without lines."""
    return f"{NONE} BATCH" if found.batch not in (None, ALL_BATCHES) else NONE


def entry_rows(entry: Comparison) -> Iterator[Said]:
    """The rows of one EEOB: its bill, the payer, and the lines that it was split into."""
    named = (",".join(entry.sequences), entry.claim)
    if entry.bill is None:
        yield Said(*named, "VistA", NOT_RELATED)
    else:
        yield _row(named, "VistA", entry, entry.bill, entry.last_four)
    if entry.eeob is not None:
        yield _row(named, "ERA", entry, entry.eeob)
    for part in entry.parts:
        claim = part.claim if part.in_ar else f"{NOT_IN_VISTA}: {part.claim}"
        yield Said(named[0], claim, "SPLIT", "", amount=two_decimals(part.payment))


def _row(named: tuple[str, str], side: str, entry: Comparison, told: Told, last_four: str = "") -> Said:
    name, amount, dates = ("*" if what in entry.differs else "" for what in Compared)
    return Said(
        *named,
        side,
        f"{name}{told.patient}" if told.patient else NO_DATA,
        last_four,
        f"{amount}{two_decimals(told.amount)}",
        _date(dates, told.service_from),
        _date(dates, told.service_to),
    )


def _date(star: str, day: datetime.date | None) -> str:
    return NO_DATA if day is None else f"{star}{short(day)}"


@dataclass(frozen=True, slots=True)
class UnverifiedPage:
    """The report as VistA prints it (`screens.md` 8b): three lines an EEOB, the lines of its split beneath."""

    found: Unverified
    printed: datetime.date

    def heading(self, number: int) -> list[str]:
        """What stands at the top of each page."""
        found = self.found
        batch = f"BATCH: {found.batch:<11.11}" if found.batch else ""
        return [
            f"{TITLE:<59}{short(self.printed):<11}Page: {number}",
            "",
            f"{f'ERA #: {found.era}':<20}{batch:<18}TRACE #: {_clean(found.trace)}",
            f"PAYER: {_clean(found.payer):<30.30}  ERA DT: {short(found.date)}",
            "",
            f"{'':7}{'PATIENT NAME':<37}{'SUBMITTED AMT':<17}SVC DATE(S)",
            STARRED,
            "=" * 80,
        ]

    def lines(self, length: int) -> Iterator[str]:
        """The entries; without any only that there is none.

        Of a page of `length` lines the rest is left blank where fewer than seven are left for an entry.
        """
        room = length - len(self.heading(1))
        used = 0
        for entry in self.found.entries:
            left = room - used % room if room > _NEEDED else _NEEDED
            if used and left < _NEEDED:
                yield from [""] * left
                used += left
            for line in _lines(entry):
                used += 1
                yield line
        if not self.found.entries:
            yield none_of(self.found)


def _lines(entry: Comparison) -> Iterator[str]:
    """One entry, a blank line before it, and one behind what it was split into."""
    yield ""
    yield f"EEOB Sequence #(s) on the ERA: {','.join(entry.sequences)}  {_clean(entry.claim)}"
    for row in entry_rows(entry):
        if row.side != "SPLIT":
            yield _side(row)
    if entry.parts:
        yield f"{'':9}{SPLIT}"
        for row in entry_rows(entry):
            if row.side == "SPLIT":
                yield f"{'':15}{_clean(row.claim)}  {row.amount}"
        yield ""


def _side(row: Said) -> str:
    label = "VistA: " if row.side == "VistA" else "  ERA: "
    if row.patient == NOT_RELATED:
        return f"{label}{NOT_RELATED}"
    name = f"{_clean(row.patient):<30.30} {row.last_four:<4.4}  "
    return f"{label}{name}{row.amount:<15}  {row.service_from:<9}-{row.service_to}"


def _clean(text: str) -> str:
    return clean(text, LONGEST)
