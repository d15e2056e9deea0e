"""Refresh Scratch Pad: all lines as the ERA has them, all work on them gone (behaviour 1.1.3)."""

from screens.list_manager.actions import After
from screens.list_manager.lists.call import Call
from screens.scratchpad.open_pad import OpenPad
from services.scratchpad.acts import refresh
from services.scratchpad.reviewing import is_reviewed

WARNING = (
    "THIS ACTION WILL DELETE AND REBUILD THIS EEOB WORKLIST SCRATCH PAD ENTRY",
    "ALL EDITS/SPLITS/DISTRIBUTE ADJUSTMENTS ENTERED FOR THIS ERA WILL BE ERASED",
    "AND ALL ENTRIES MARKED AS MANUALLY VERIFIED WILL BE UNMARKED",
)


#: Beyond VistA, which deletes them without a word.
REVIEWED = "THE REVIEWS OF ITS LINES WILL BE DELETED, WITH ALL COMMENTS"


async def refresh_pad(pad: OpenPad, call: Call) -> After:
    """Warns, asks without a default, and lays the pad out anew; the list goes back to its first line."""
    desk = pad.desk
    reviewed = (REVIEWED,) if await desk.read(is_reviewed, pad.era_number) else ()
    desk.say("", *WARNING, *reviewed, "")
    if not await desk.ask.yes_no(
        "ARE YOU SURE YOU WANT TO DO THIS?", help="YES erases all work on this scratch pad, NO keeps it."
    ):
        return After.REPAINT
    await desk.write(refresh, pad.era_number, seen=pad.view.version)
    return After.TOP
