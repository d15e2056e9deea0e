"""Split/Edit A Line: choosing the line and dividing it among claims (behaviour 1.1.1, `screens.md` 23.4)."""

from collections.abc import Mapping, Sequence

from screens.list_manager.actions import After
from screens.list_manager.glass.leaving import Abandoned
from screens.list_manager.lists.call import Call
from screens.scratchpad.line_number import ask_line_number, read_line_number
from screens.scratchpad.open_pad import OpenPad, tell_refusal
from screens.scratchpad.pad_lines import block, top_line
from screens.scratchpad.split_questions import ask_comment, ask_new_row
from screens.scratchpad.split_screen import SplitScreen, split_screen
from services.errors import Refused
from services.scratchpad.line_acts import comment
from services.scratchpad.screen_view import EntryView, LineView
from services.scratchpad.splitting import SplitRow, editable_lines, is_divided, refuse_distributed


async def split_edit(pad: OpenPad, call: Call) -> After:
    """Divides a line of the scratch pad among claims, or corrects its claim or comment.

    Nothing is changed before File New Lines; an ERA-level line has only its comment to edit.
    """
    desk = pad.desk
    desk.say("", "SELECT THE ENTRY THAT HAS A LINE YOU NEED TO SPLIT/EDIT", "")
    entry = pad.view.entries[await call.entry(_number(pad)) - 1]
    try:
        lines = _editable(pad, entry)
        named = _find_named(pad, entry, call.line) if call.line else None
    except Refused as refusal:
        await tell_refusal(desk, *str(refusal).splitlines())
        return After.REPAINT
    if entry.entry.verified:
        # The line may be on another page: the question is about what stands above it.
        desk.say(
            "", top_line(entry), *(row for line in ([named] if named else lines) for row in block(line)[:2])
        )
        desk.say("", "WARNING!  THIS LINE HAS ALREADY BEEN VERIFIED")
        if not await desk.ask.yes_no(
            "ARE YOU SURE YOU WANT TO CONTINUE?",
            default=False,
            help="Its patient, amount and dates agree with the bill.",
        ):
            return After.REPAINT
    line = named or (lines[0] if len(lines) == 1 else await _which(pad, entry, lines))
    desk.clear()
    desk.say("", *block(line))
    if line.era_level:
        return await _edit_comment(pad, line)
    rows = await _rows(pad, line)
    screen = SplitScreen(pad, line, rows)
    await split_screen(screen)
    if screen.filed:
        pad.acted_on(line.stored)
    return After.REBUILD


def _number(pad: OpenPad) -> Mapping[str, int]:
    """The place in the list of the entry of every line, by the line's number on the screen."""
    return {line.label: place for place, entry in enumerate(pad.view.entries, 1) for line in entry.lines}


def _editable(pad: OpenPad, entry: EntryView) -> Sequence[LineView]:
    """The lines of an entry that no distribution has touched; refuses when there is none."""
    numbers = {line.number for line in editable_lines(entry.entry, pad.view.label_of)}
    return [line for line in entry.lines if line.line.number in numbers]


async def _which(pad: OpenPad, entry: EntryView, lines: Sequence[LineView]) -> LineView:
    """Asks for one of several lines by its display number; RETURN leaves."""
    listed = ["ENTER THE LINE # THAT YOU WANT TO SPLIT OR EDIT:"]
    for line in lines:
        listed += block(line)[:2]
    prompt = f"WHICH LINE OF ENTRY {entry.display} DO YOU WANT TO SPLIT/EDIT?:"
    pad.desk.say()
    while True:
        answer = await ask_line_number(pad.desk, prompt, "", listed)
        if not answer:
            raise Abandoned
        try:
            return _find_named(pad, entry, answer)
        except Refused as refusal:
            pad.desk.terminal.bell()
            pad.desk.say("", *str(refusal).splitlines(), "")


def _find_named(pad: OpenPad, entry: EntryView, answer: str) -> LineView:
    """The line of an entry that was typed; refuses one that is not there or that a distribution has touched."""
    typed = read_line_number(answer)
    named = [line for line in entry.lines if typed == (entry.display, line.line.number)]
    if not named:
        raise Refused(f"LINE {answer[:20]} DOES NOT EXIST - TRY AGAIN")
    refuse_distributed(named[0].line, pad.view.label_of)
    return named[0]


async def _rows(pad: OpenPad, line: LineView) -> Sequence[SplitRow]:
    """Asks for rows until the whole line is divided."""
    if line.line.log:
        pad.desk.say("", "NOTE: THIS LINE HAS AN ADJUSTMENT RECORD ASSOCIATED WITH IT")
    rows: list[SplitRow] = []
    while not rows or not is_divided(line.line, rows):
        rows.append(await ask_new_row(pad, line, rows))
    return rows


async def _edit_comment(pad: OpenPad, line: LineView) -> After:
    desk = pad.desk
    desk.say("", "THIS IS AN ERA-LEVEL ADJUSTMENT - ONLY THE RECEIPT LINE COMMENT CAN BE EDITED", "")
    text = await ask_comment(desk, line.line.comment)
    if text == line.line.comment:
        return After.REPAINT
    await desk.write(comment, line.stored, text, seen=pad.view.version, batch=pad.batch_number)
    pad.acted_on(line.stored)
    return After.REBUILD
