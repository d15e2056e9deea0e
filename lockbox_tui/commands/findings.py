"""Findings as a person reads them: the same sentence once, with how often it was found."""

from collections.abc import Iterable

from lockbox_tui.commands.printing import Printer
from services.counted import counted
from services.findings import Finding

#: Sentences of a file that are printed for a person; scripts get all.
MOST_PRINTED = 20


def say_findings(out: Printer, of: str, findings: Iterable[Finding]) -> None:
    """Prints findings, each behind what it is of (`remittance.835: `) and with its place, or its first one."""
    places: dict[str, list[str]] = {}
    for finding in findings:
        places.setdefault(finding.text, []).append(finding.where)
    for text, wheres in list(places.items())[:MOST_PRINTED]:
        out.say(f"{of}{text}{_found(wheres)}")
    if len(places) > MOST_PRINTED:
        further = counted(len(places) - MOST_PRINTED, "further finding")
        out.say(f"{of}{further}; --json has them all.")


def _found(wheres: list[str]) -> str:
    """Where and how often something was found."""
    first = next(filter(None, wheres), "")
    if len(wheres) == 1:
        return f" ({first})" if first else ""
    return f" ({len(wheres)} times, first at {first})" if first else f" ({len(wheres)} times)"
