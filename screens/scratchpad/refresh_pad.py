"""Refresh Scratch Pad: all lines as the ERA has them, all work on them gone (behaviour 1.1.3)."""

from functools import partial

from screens.list_manager.actions import After
from screens.list_manager.lists.call import Call
from screens.scratchpad.open_pad import OpenPad
from screens.worklist.batch_dialogue import ask_plan, ask_whether_to_split, tell_created
from services.scratchpad.acts import opening, refresh
from services.scratchpad.batch_views import batch_names, count_divisible
from services.scratchpad.batches import BatchPlan
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
    redefine, plan = False, None
    if await desk.read(batch_names, pad.era_number):
        redefine = await desk.ask.yes_no(
            "DO YOU WANT TO REDEFINE YOUR BATCHES TOO?",
            default=False,
            help="YES puts other batches in the place of those there are, NO keeps them; none will be ready.",
        )
    if redefine:
        plan = await _ask_plan(pad)
    await desk.write(refresh, pad.era_number, redefine=redefine, batches=plan, seen=pad.view.version)
    if plan is not None:
        await tell_created(desk, len(await desk.read(batch_names, pad.era_number)))
    return After.TOP


async def _ask_plan(pad: OpenPad) -> BatchPlan | None:
    """How the fresh pad is divided; None when it is not any more."""
    desk = pad.desk
    eeobs = (await desk.read(opening, pad.era_number)).eeobs
    if not await ask_whether_to_split(desk, eeobs):
        return None
    return await ask_plan(desk, eeobs, partial(desk.read, count_divisible, pad.era_number))
