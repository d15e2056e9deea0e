"""Verify: marking lines as verified by hand, beside what their bills say (behaviour 1.1.6, `screens.md` 8a)."""

import contextlib
from collections.abc import Sequence

from models.words.keys import SecurityKey
from screens.list_manager.actions import After
from screens.list_manager.asking.dialogue import Option
from screens.list_manager.glass.leaving import Abandoned
from screens.list_manager.lists.call import Call
from screens.scratchpad.line_number import read_answer, read_line_number
from screens.scratchpad.open_pad import OpenPad, tell_refusal
from screens.scratchpad.pad_lines import top_line
from screens.scratchpad.part import open_batch, part_of_era
from screens.scratchpad.unverified_print import print_unverified
from screens.scratchpad.verify_lines import comparison_lines
from screens.scratchpad.verify_together import mark_together
from services.errors import MissingKey
from services.office.actor import require
from services.scratchpad.screen_view import EntryView
from services.scratchpad.verifying import ALREADY_VERIFIED, compare_entries, is_unverified
from services.scratchpad.verifying import verify as mark_verified

MENU = (
    "VERIFY EEOBs:",
    "          1     MANUAL MARK AS VERIFIED",
    "          2     REPORT OF UNVERIFIED WITH DISCREPANCIES",
    "          3     QUIT AND RETURN TO WORKLIST",
)
NO_SUCH_LINE = "THIS LINE DOES NOT EXIST FOR THIS {}"
NONE_LEFT = "ALL EEOBS HAVE ALREADY BEEN VERIFIED IN THIS {}"
TOO_MANY = (
    "THERE ARE TOO MANY EEOB ENTRIES NOT VERIFIED TO LIST",
    "PRINT THE UNVERIFIED DISCREPANCY REPORT TO GET A LIST OF POSSIBLE CHOICES",
)

_CHOICES = (
    Option("1", "MANUAL VERIFICATION"),
    Option("2", "REPORT UNVERIFIED DISCREPANCIES"),
    Option("3", "QUIT"),
)
_MOST_LISTED = 99


async def verify(pad: OpenPad, call: Call) -> After:
    """The menu VERIFY EEOBs, again and again until QUIT; `^` within one of its actions comes back to it.

    Beyond VistA a line that is typed along (`VE=3`) is asked for at once, without the menu; several (`VE=3,7-9`, or
    all that are not verified, `VE=*`) are listed and marked together.
    """
    marked: set[int] = set()
    with contextlib.suppress(Abandoned):
        if call.argument:
            await _mark_named(pad, call, marked)
        else:
            await _choose(pad, marked)
    return After.REBUILD if marked else After.REPAINT


async def _choose(pad: OpenPad, marked: set[int]) -> None:
    desk = pad.desk
    desk.say("", "", "", "")
    while True:
        desk.say(*MENU, "")
        chosen = await desk.ask.choice("Select Action", _CHOICES, "3")
        if chosen == "3":
            return
        with contextlib.suppress(Abandoned):
            await (_mark(pad, marked) if chosen == "1" else print_unverified(pad))
        desk.say("", "")


async def _may_mark(pad: OpenPad) -> bool:
    """Whether this clerk may mark lines; who may not is told so."""
    try:
        require(pad.desk.actor, SecurityKey.CLERK)
    except MissingKey as missing:
        await tell_refusal(pad.desk, str(missing))
        return False
    return True


async def _mark_named(pad: OpenPad, call: Call, marked: set[int]) -> None:
    """Marks what was typed along: one line beside its bill, several of which only the names may differ together."""
    everything = call.argument == "*"
    numbers = () if everything else await call.entries()
    if not await _may_mark(pad):
        return
    if len(numbers) != 1:
        entries = [pad.view.entries[number - 1] for number in numbers]
        await mark_together(pad, [*filter(_waits, pad.view.entries)] if everything else entries, marked)
        return
    entry = pad.view.entries[numbers[0] - 1]
    pad.desk.say("", top_line(entry))
    if entry.entry.verified:
        await tell_refusal(pad.desk, ALREADY_VERIFIED)
    else:
        await _ask_one(pad, entry, marked, agreeing=True)


def _waits(entry: EntryView) -> bool:
    return is_unverified(entry.entry)


async def _mark(pad: OpenPad, marked: set[int]) -> None:
    """Asks for a line and marks it; `marked` are the entries that were marked since the pad was read.

    Beyond VistA the next line that is not verified is the default: RETURN takes it and then one after the other.
    """
    desk = pad.desk
    if not await _may_mark(pad):
        return
    waiting = [
        entry for entry in pad.view.entries if is_unverified(entry.entry) and entry.entry.number not in marked
    ]
    if not waiting:
        await tell_refusal(desk, NONE_LEFT.format(part_of_era(pad)))
        return
    desk.say()
    typed = await _ask_line(pad, waiting)
    if typed is None:
        for entry in waiting:
            desk.say("", top_line(entry))
            await _ask_one(pad, entry, marked, agreeing=True)
    elif not 1 <= typed <= len(pad.view.entries):
        desk.terminal.bell()
        desk.say(NO_SUCH_LINE.format(part_of_era(pad)))
    elif (entry := pad.view.entries[typed - 1]).entry.verified or entry.entry.number in marked:
        await tell_refusal(desk, ALREADY_VERIFIED)
    else:
        await _ask_one(pad, entry, marked, agreeing=False)


async def _ask_line(pad: OpenPad, waiting: Sequence[EntryView]) -> int | None:
    """The number that is typed, whatever stands there; None for RETURN."""
    desk = pad.desk
    default = str(waiting[0].display)
    while True:
        answer = await read_answer(
            desk, "SELECT AN EEOB LINE TO MARK AS VERIFIED:", default, _list(pad, waiting)
        )
        if not answer:
            return None
        if (read := read_line_number(answer)) is not None:
            return read[0]
        desk.ask.wrong(f"Type a number between 1 and {len(pad.view.entries)}.")


def _list(pad: OpenPad, waiting: Sequence[EntryView]) -> Sequence[str]:
    """What `?` says: the lines that are not verified, or that they are too many."""
    if len(waiting) > _MOST_LISTED:
        return TOO_MANY
    in_batch = "IN THIS BATCH " if open_batch(pad) else ""
    lines = [f"THE FOLLOWING EEOB LINE(S) {in_batch}ARE NOT VERIFIED"]
    for entry in waiting:
        split = " (LINE HAS BEEN SPLIT)" if len(entry.lines) > 1 else ""
        lines += [f"  {top_line(entry)}", f"{'':10}{entry.entry.claim}{split}"]
    return lines


async def _ask_one(pad: OpenPad, entry: EntryView, marked: set[int], *, agreeing: bool) -> None:
    """Shows a line beside its bill and marks it on YES, which is the default only where `agreeing` and both agree."""
    desk, stored = pad.desk, entry.entry
    (found,) = await desk.read(compare_entries, pad.era_number, (stored,))
    desk.say(*comparison_lines(found))
    if await desk.ask.yes_no(
        "DO YOU WANT TO MARK THIS LINE VERIFIED?:",
        default=agreeing and found.agrees,
        help="YES marks it with (V). Only Refresh Scratch Pad takes that back.",
    ):
        await desk.write(
            mark_verified,
            pad.era_number,
            stored.number,
            sequences=stored.sequences,
            batch=pad.batch_number,
        )
        marked.add(stored.number)
