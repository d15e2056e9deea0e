"""What the judge of the implementation guides reports, as findings: each cause once, in its place, nothing twice."""

import re
from collections.abc import Sequence
from typing import Any

from services.clean import clean
from services.findings import Finding
from services.x12.guide_causes import Causes

#: The judge counts its lines from the ISA on; ISA and GS stand before the set.
BEFORE_SET = 2
LONGEST_TEXT = 160
#: What the judge says of a segment, as codes of X12 (data element 620): without place, missing.
_NOT_FOUND, _NOT_USED = "1", "2"
_MISSING = re.compile(r'Mandatory (segment|loop) "(.*)" \((.*)\) missing\Z', re.DOTALL)
_ORDINAL = re.compile(r"segment ([0-9]+)")
_ELEMENT = re.compile(r"\b([A-Z][A-Z0-9]{1,2}[0-9]{2})(?:-[0-9]+)?\b")
#: What a reader tells itself: the judge's codes, and with which words of it goes which code of the reader.
_TOLD_BY = {
    "guide-set-4": (("se-count", ""),),
    "guide-set-3": (("se-control", ""),),
    "guide-envelope-3": (("no-se", ""),),
    "guide-segment-3": (
        ("no-se", "Segment SE "),
        ("no-payment", "Segment BPR "),
        ("no-trace", "Segment TRN "),
        ("no-payer", "Loop 1000A "),
        ("no-payee", "Loop 1000B "),
    ),
}
_SEPARATED_BY = re.compile(r" separates its components by (\S), ")
#: A value in the judge's words, or in those of a cause, that holds a mark.
_VALUE_WITH = r'(?:["(]|\bis )[^")\s;]*{}'
_STRANGE = frozenset({"unknown-segment", "segment-out-of-place"})


def findings_of(document: Any, causes: Causes, *, whole: bool) -> list[Finding]:
    """The objections of the judge's report; those to the wrapping and the trailer only when the set was read whole."""
    found: list[Finding | None] = []
    for interchange in document.get("interchanges", ()):
        for group in interchange["groups"]:
            for error in (*interchange["errors"], *group["errors"]) if whole else ():
                found.append(_finding("envelope", error, "", 0))
            for transaction in group["transactions"]:
                for error in transaction["errors"] if whole else ():
                    found.append(_finding("set", error, "ST", 1))
                for segment in transaction["segments"]:
                    name, ordinal = str(segment["seg_id"]), segment["cur_line"] - BEFORE_SET
                    for error in segment["errors"]:
                        found.append(_of_segment(error, name, ordinal, causes))
                    for element in segment["elements"]:
                        # What is too long is no valid code either: the first objection says it.
                        for error in element["errors"][:1]:
                            found.append(_finding("element", error, name, ordinal))
    return [finding for finding in found if finding is not None]


def _of_segment(error: dict[str, Any], name: str, ordinal: int, causes: Causes) -> Finding | None:
    """An objection to a segment as a whole; None where it follows from another."""
    said = str(error["err_str"])
    if error["err_cde"] == _NOT_FOUND and said.startswith("Segment "):
        cause = causes.told.get(ordinal)
        if cause is None:
            return None
        again = causes.repeated.get(ordinal, 0)
        more = f" The same is true of {again} further segment{'s' * (again > 1)}." if again else ""
        return _place(error, cause + more, name, ordinal)
    missing = _MISSING.match(said)
    around = causes.surroundings.get(ordinal)
    if missing is None or around is None:
        return _finding("segment", error, name, ordinal + (error["err_cde"] == _NOT_USED))
    what, named, identifier = missing.groups()
    if what == "segment":
        if identifier in around.unplaced:
            return None
        return _place(
            error, f"Segment {identifier} ({named}) is missing here.", around.before, ordinal - 1, "behind "
        )
    if any(lost.endswith(f"/{identifier}") for lost in around.lost):
        return None
    told = f"Loop {identifier} ({named}), which begins with {name}, is missing here."
    return _place(error, told, around.before, ordinal - 1, "behind ")


def _finding(level: str, error: dict[str, Any], name: str, ordinal: int) -> Finding:
    """One objection in the judge's words, long values cut: they may be patients' data."""
    said, value = str(error["err_str"]), error.get("err_val")
    if value and len(str(value)) > 12:
        said = said.replace(str(value), f"{str(value)[:12]}…")
    where = f"segment {ordinal} ({clean(name, 3)})" if ordinal else ""
    return Finding(f"guide-{level}-{clean(str(error['err_cde']), 8)}", clean(said, LONGEST_TEXT), where)


def _place(error: dict[str, Any], told: str, name: str, ordinal: int, relation: str = "") -> Finding:
    """An objection in our words, with the segment it is about or, with `relation`, one beside it."""
    where = f"{relation}segment {ordinal} ({clean(name, 3)})"
    return Finding(f"guide-segment-{clean(str(error['err_cde']), 8)}", clean(told, LONGEST_TEXT), where)


def element_finding(error: dict[str, Any], name: str, ordinal: int) -> Finding:
    """An objection to one element: its code, what the judge says, and the value that it says it of."""
    return _finding("element", error, name, ordinal)


def ordinal_of(where: str) -> int:
    """The ordinal within its set of the segment that a finding names, 0 without one."""
    number = _ORDINAL.search(where)
    return int(number.group(1)) if number else 0


def leave_out_told(own: Sequence[Finding], judged: Sequence[Finding]) -> tuple[Finding, ...]:
    """What the judge found of a set that its reader did not: `own` are the findings of the set and its reader.

    Both look at envelope, amounts, dates and separators; what both find is told once, in the reader's words.
    """
    said = {finding.code for finding in own}
    elements = {
        (ordinal_of(finding.where), name) for finding in own for name in _ELEMENT.findall(finding.text)
    }
    strangers = {ordinal_of(finding.where) for finding in own if finding.code in _STRANGE}
    separated = [
        _SEPARATED_BY.search(finding.text) for finding in own if finding.code == "component-separator"
    ]
    values = [re.compile(_VALUE_WITH.format(re.escape(found.group(1)))) for found in separated if found]

    def told(finding: Finding) -> bool:
        ordinal = ordinal_of(finding.where)
        return (
            any(code in said and words in finding.text for code, words in _TOLD_BY.get(finding.code, ()))
            or any((ordinal, name) in elements for name in _ELEMENT.findall(finding.text))
            or (finding.code == "guide-segment-1" and ordinal in strangers)
            or any(value.search(finding.text) for value in values)
        )

    return tuple(finding for finding in judged if not told(finding))
