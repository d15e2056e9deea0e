"""The interchange header: where an ISA starts, and the delimiters that it declares."""

import re
from dataclasses import dataclass

from services.clean import clean
from services.findings import Finding
from services.x12.envelope import Delimiters
from services.x12.faults import place

#: An ISA is 106 characters; longer ones occur (control numbers too wide), this long ones do not.
HEADER_REACH = 1000

_WIDTHS = (2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1)
_SEPARATORS = tuple(3 + sum(_WIDTHS[:count]) + count for count in range(16))

# The first eight elements in their fixed widths: this may stand anywhere, even where a cut file was
# continued by the next one in the middle of a segment.
_EXACT = re.compile(
    r"ISA([^A-Za-z0-9 \t\r\n])[0-9 ]{2}\1.{10}\1[0-9 ]{2}\1.{10}\1[0-9A-Z ]{2}\1.{15}\1[0-9A-Z ]{2}\1",
    re.DOTALL,
)
_LENIENT = re.compile(r"ISA[^A-Za-z0-9 \t\r\n]")
_ALONE = re.compile(r"(?<![A-Za-z0-9])ISA[^A-Za-z0-9]")
_BLANKS = " \t\r\n"
#: Control characters that some use as delimiters, as X12.5 suggests.
_SEPARATING_CONTROLS = "\x1c\x1d\x1e\x1f"
#: How many characters an `_EXACT` match needs at most.
EXACT_REACH = 75


@dataclass(frozen=True, slots=True)
class Interchange:
    """An ISA as read: its delimiters, sender (ISA06), control number (ISA13), usage (ISA15) and length in characters.

    `usable` is False when its delimiters cannot separate anything; nothing behind it can be read then.
    """

    delimiters: Delimiters
    sender: str
    control: str
    length: int
    usable: bool
    findings: tuple[Finding, ...]
    usage: str = ""


def next_alone(text: str, start: int) -> int:
    """Finds the next ISA between interchanges, where anything may stand before it; -1 without one."""
    hit = _ALONE.search(text, start)
    return hit.start() if hit else -1


def next_within(text: str, start: int, terminator: str) -> int:
    """Finds an ISA that begins although the interchange before it has not ended; -1 without one."""
    at = text.find("ISA", start)
    while at >= 0:
        if _EXACT.match(text, at):
            return at
        if _LENIENT.match(text, at):
            before = text[max(0, at - 200) : at].rstrip(" \t")
            bare = before.rstrip(_BLANKS)
            if not bare or before.endswith(terminator) or bare.endswith(terminator):
                return at
        at = text.find("ISA", at + 3)
    return -1


def _terminator(text: str, at: int, element: str) -> tuple[str, str, int]:
    """Reads ISA16 and the terminator behind it, which stand at `at`: component, terminator, end."""
    component, terminator = text[at : at + 1], text[at + 1 : at + 2]
    if component == "~" and text.startswith(f"GS{element}", at + 1):
        return "", component, at + 1
    if component in ("\r", "\n"):
        return "", *_behind_line_end(text, at, element)
    if component == "~" and terminator in ("\r", "\n"):
        # Either a component separator with a line feed as terminator, or the terminator of an ISA without one.
        following = text[at + 1 : at + HEADER_REACH].lstrip(_BLANKS).split("\n")[0]
        if following.rstrip(_BLANKS).endswith("~"):
            return "", component, at + 1
    if terminator in ("\r", "\n"):
        return component, *_behind_line_end(text, at + 1, element + component)
    return component, terminator, at + 2


def _behind_line_end(text: str, at: int, taken: str) -> tuple[str, int]:
    """The terminator where a line end stands at `at`, and its end: the line end itself, or what comes before each name.

    Some payers write the line end before the terminator: a mark then stands between it and the next segment.
    """
    end = at + (2 if text.startswith("\r\n", at) else 1)
    behind = text[end : at + HEADER_REACH]
    mark = behind.lstrip(_BLANKS)[:2]
    if len(mark) == 2 and _may_end(mark[0]) and mark[0] not in taken and mark[1].isalnum():
        return mark[0], end + behind.index(mark) + 1
    return text[end - 1], end


def read_interchange(text: str, at: int, offset: int) -> Interchange:
    """Reads the ISA that starts at `at`; `offset` is its byte in the file.

    The terminator is found by counting sixteen element separators, so that an ISA whose fields were
    shortened or widened is read too (X12.5 declares the delimiters by position: byte 4, 105 and 106).
    """
    where = place("ISA", offset)
    findings: list[Finding] = []
    element = text[at + 3]
    head = text[at : at + HEADER_REACH]
    fixed = len(head) > 105 and all(head[place_] == element for place_ in _SEPARATORS)
    last = _SEPARATORS[15] if fixed else -1
    if not fixed:
        position = 2
        for _ in range(16):
            position = head.find(element, position + 1)
            if position < 0:
                break
        last = position
        findings.append(
            Finding(
                "isa-length", "The interchange header is not 106 characters wide; read by counting.", where
            )
        )
    if last < 0:
        findings.append(Finding("bad-isa", "The interchange header has fewer than 16 elements.", where))
        return Interchange(Delimiters(element, "", "", ""), "", "", len(head), False, tuple(findings))
    component, terminator, end = _terminator(text, at + last + 1, element)
    fields = [field.strip(_BLANKS) for field in head[:last].split(element)]
    if not component:
        component = ":"
        findings.append(
            Finding("bad-delimiters", "The header declares no component separator; ':' assumed.", where)
        )
    repetition = fields[11] if fields[12] >= "00402" else ""
    if len(repetition) != 1 or repetition.isalnum() or repetition in (element, component, terminator):
        repetition = ""
    wrong = [name for name, mark in (("element", element), ("component", component)) if _unfit(mark)]
    if len({element, component, terminator}) < 3:
        wrong.append("equal")
    if not terminator or terminator.isalnum() or terminator in " \t":
        said = {"": "nothing", " ": "a blank", "\t": "a tab"}.get(
            terminator, f"the letter or digit {terminator}"
        )
        told = f"The segment terminator cannot be told: behind ISA16 stands {said}. Nothing behind the header is read."
        findings.append(Finding("bad-delimiters", told, where))
        wrong.append("segment")
    elif wrong:
        findings.append(
            Finding(
                "bad-delimiters",
                "The header declares delimiters that cannot separate"
                f" ({', '.join(wrong)}); nothing behind it is read.",
                where,
            )
        )
    return Interchange(
        Delimiters(element, component, terminator, repetition),
        clean(fields[6], 40),
        clean(fields[13], 40),
        end - at,
        not wrong,
        tuple(findings),
        clean(fields[15], 1).upper(),
    )


def _may_end(mark: str) -> bool:
    return not mark.isalnum() and (mark.isprintable() or mark in _SEPARATING_CONTROLS)


def _unfit(mark: str) -> bool:
    return mark.isalnum() or mark in _BLANKS
