"""The lines of a distribution: how they are named, found and shown (behaviour 1.1.2)."""

from collections.abc import Sequence
from typing import NamedTuple

from screens.scratchpad.line_number import read_line_number
from screens.scratchpad.open_pad import OpenPad
from services.scratchpad.distribution import NOT_NEEDED, needing
from services.scratchpad.pad import Entry, PadLine
from services.scratchpad.screen_view import LineView, PadView

ENTIRE = "PLEASE ENTER THE ENTIRE LINE # (Such as: 1.001)"
NO_SUCH_LINE = "THIS LINE DOES NOT EXIST FOR THIS ERA"


class Typed(NamedTuple):
    """The lines as they were typed along; "" for one that is asked for."""

    source: str = ""
    target: str = ""


def typed_along(view: PadView, argument: str) -> Typed:
    """What was typed along: from and to, or one line, which bears the take-back where only one can be the source."""
    first, comma, second = (part.strip() for part in argument.partition(","))
    if comma or not first:
        return Typed(first, second)
    sources = in_display_order(view, needing(view.pad))
    if len(sources) == 1 and not isinstance(find_line(view, sources, first, NOT_NEEDED), LineView):
        return Typed(sources[0].label, first)
    return Typed(first)


def say_whose(view: PadView, line: LineView) -> str:
    """The claim of a line, its patient, and what is still owed on it; the payer's reference of a line of the ERA."""
    entry, stored = view.pad.find(line.stored)
    if line.era_level:
        return f"AT ERA LEVEL  Ref: {entry.reference_of(stored)}"
    balance = "" if line.bill is None else f"  CLAIM BAL: {line.bill.balance:.2f}"
    return f"CLAIM #: {line.line.claim}  {line.patient[:30]}{balance}"


def line_row(view: PadView, line: LineView) -> str:
    """A line as `?` lists it: number, amount, claim, patient, and what is still owed on the claim."""
    entry, stored = view.pad.find(line.stored)
    claim = f"Ref: {entry.reference_of(stored)}" if line.era_level else line.line.claim
    balance = "" if line.bill is None else f"Bal: {line.bill.balance:.2f}"
    return (
        f"  {line.label:>8}  {line.line.net:>12.2f}  {claim:<16.16} {line.patient:<20.20} {balance}".rstrip()
    )


def of_marker(pad: OpenPad, lines: Sequence[LineView]) -> str:
    """The line of the entry under the marker, where it is one of these and the only one."""
    marked = [line.label for line in lines if line.display_entry == pad.marker]
    return marked[0] if len(marked) == 1 else ""


def in_display_order(view: PadView, found: Sequence[tuple[Entry, PadLine]]) -> list[LineView]:
    wanted = {line.at for _, line in found}
    return [line for stored, line in view.lines().items() if stored in wanted]


def find_line(view: PadView, lines: Sequence[LineView], answer: str, wrong_line: str) -> LineView | str:
    """The line that an answer names, or the sentence that says what is wrong with the answer.

    A whole number names the line of an entry that has only one.
    """
    typed = read_line_number(answer)
    if typed is None:
        return ENTIRE
    display, number = typed
    if not 1 <= display <= len(view.entries):
        return NO_SUCH_LINE
    of_entry = view.entries[display - 1].lines
    if number is None and len(of_entry) > 1:
        return ENTIRE
    named = [line for line in of_entry if number in (None, line.line.number)]
    if not named:
        return NO_SUCH_LINE
    return next((line for line in lines if line.stored == named[0].stored), wrong_line)
