"""Findings as a person reads them: the same sentence once, with how often it was found."""

import re
from collections.abc import Iterable
from dataclasses import replace

from lockbox_tui.commands.printing import Printer
from services.counted import say_count
from services.findings import Finding

#: Of which claim a sentence is, at its beginning or in parentheses.
_OF_A_CLAIM = re.compile(r"\AClaim [^:]{1,60}: | \(claim [^)]{1,60}\)")

#: A row of a list of bills.
_ROW = re.compile(r"row ([0-9]+)\Z")
#: Rows that are named one by one.
_MOST_ROWS = 40

#: Sentences of a file that are printed for a person; scripts get all.
MOST_PRINTED = 20


def of_set(control: str, ordinal: int, findings: Iterable[Finding], era: int | None = None) -> list[Finding]:
    """The findings of one set of a file, each with the set in its place: by its control number, and with its ERA."""
    named = f"set {control or ordinal}" + ("" if era is None else f", ERA {era}")
    return [
        replace(finding, where=f"{named}, {finding.where}" if finding.where else named)
        for finding in findings
    ]


def say_findings(out: Printer, of: str, findings: Iterable[Finding]) -> None:
    """Prints findings, each behind what it is of (`remittance.835: `) and with its place.

    What is said of several claims in the same words is said of the first one.
    """
    alike: dict[str, list[Finding]] = {}
    for finding in findings:
        alike.setdefault(_OF_A_CLAIM.sub("", finding.text), []).append(finding)
    for found in list(alike.values())[:MOST_PRINTED]:
        out.say(f"{of}{found[0].text}{_found(found)}")
    if len(alike) > MOST_PRINTED:
        further = say_count(len(alike) - MOST_PRINTED, "further finding")
        out.say(f"{of}{further}; --json has them all.")


def _found(found: list[Finding]) -> str:
    """Where and how often something was found."""
    where = found[0].where
    if len(found) > 1 and (rows := [_ROW.match(one.where) for one in found]) and all(rows):
        return f" ({_rows([int(row[1]) for row in rows if row])})"
    if len(found) == 1:
        return f" ({where})" if where else ""
    return f" ({len(found)} times, first at {where})" if where else f" ({len(found)} times)"


def _rows(rows: list[int]) -> str:
    """The rows in which something was found, each named: whoever mends the file goes from one to the next."""
    named = ", ".join(map(str, rows[:_MOST_ROWS]))
    more = len(rows) - _MOST_ROWS
    return f"rows {named}" + (f" and {more} more; --json has them all" if more > 0 else "")
