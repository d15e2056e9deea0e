"""Batch Maintenance: editing batches, dividing the ERA anew, marking all ready (behaviour 1.1.8, `screens.md` 7)."""

from collections.abc import Awaitable, Callable, Sequence

from models.words.keys import SecurityKey
from screens.list_manager.actions import After
from screens.list_manager.asking.dialogue import Option
from screens.list_manager.asking.questions import Pause, echo, question
from screens.list_manager.glass.leaving import Abandoned, Cancelled
from screens.list_manager.lists.call import Call
from screens.lockbox_desk import LockboxDesk
from screens.scratchpad.batch_report import print_summary
from screens.scratchpad.open_pad import OpenPad, tell_refusal
from screens.worklist.batch_dialogue import ask_name, ask_plan, ask_whether_to_split, tell_created
from screens.worklist.entire_or_batch import select_batch
from services.errors import Refused
from services.office.actor import require
from services.scratchpad.acts import opening
from services.scratchpad.batch_acts import NO_BATCHES, assign_batches, edit_batch, mark_all_ready
from services.scratchpad.batch_views import BatchName, batch_name, batch_names

NONE_DEFINED = "***** THERE ARE CURRENTLY NO BATCHES DEFINED FOR THIS ERA *****"
REMOVES = "THIS ACTION REMOVES ALL BATCH REFERENCES.  THE BATCHES CAN THEN BE REBUILT."
MARKS_ALL = "THIS ACTION WILL MARK ALL BATCHES FOR THIS ERA AS READY TO POST"

_READY = {True: "READY", False: "NOT READY"}
_TYPED = {True: ("READY", "YES", "1"), False: ("NOT READY", "NO", "0")}


async def batch_maintenance(pad: OpenPad, call: Call) -> After:
    """The menu of what can be done with the batches of the entire ERA; inside a batch that one is edited."""
    desk = pad.desk
    if pad.batch_number is not None:
        desk.say("", f"EDITING BATCH #{pad.batch_number}")
        batch = await desk.read(batch_name, pad.era_number, pad.batch_number)
        await _edit(pad, batch, inside=True)
        return After.REBUILD
    require(desk.actor, SecurityKey.BATCH_MAINTENANCE)
    desk.clear()
    desk.say("", "", "", "")
    if not await _batches(pad):
        desk.say(NONE_DEFINED, "")
    while True:
        chosen = await _choose(desk)
        if chosen is None:
            return After.REBUILD
        try:
            await chosen(pad)
        except Cancelled:
            raise
        except Abandoned:
            pass
        except Refused as refusal:
            await tell_refusal(desk, *str(refusal).splitlines())
        desk.say()


async def _choose(desk: LockboxDesk) -> Callable[[OpenPad], Awaitable[None]] | None:
    """Asks for a line of the menu; None to leave it."""
    desk.say("BATCH MAINTENANCE:", *(f"{'':10}{code}     {text}" for code, (text, _, _) in _MENU.items()), "")
    options = [Option(code, typed) for code, (_, typed, _) in _MENU.items()]
    try:
        return _MENU[await desk.ask.choice("Select Action", options, _QUIT)][2]
    except Abandoned:
        return None


async def _batches(pad: OpenPad) -> Sequence[BatchName]:
    return await pad.desk.read(batch_names, pad.era_number)


async def _existing(pad: OpenPad) -> Sequence[BatchName]:
    """The batches of the ERA; refuses when there are none."""
    made = await _batches(pad)
    if not made:
        raise Refused(NO_BATCHES)
    return made


async def _edit_batches(pad: OpenPad) -> None:
    made = await _existing(pad)
    desk = pad.desk
    desk.say()
    which = await desk.ask.choice("EDIT(A)LL or (O)NE BATCH?", (Option("A", "ALL"), Option("O", "ONE")), "O")
    if which == "A":
        for batch in made:
            desk.say("", f"BATCH #: {batch.number}")
            await _edit(pad, batch)
        return
    desk.say()
    chosen = await select_batch(desk, made)
    if chosen is not None:
        await _edit(pad, chosen)


async def _edit(pad: OpenPad, batch: BatchName, *, inside: bool = False) -> None:
    """Asks for name and mark of a batch and files what is another."""
    name = await ask_name(pad.desk, batch.name)
    ready = await _ask_ready(pad.desk, batch.ready)
    if (name, ready) == (batch.name, batch.ready):
        return
    await pad.desk.write(
        edit_batch,
        pad.era_number,
        batch.number,
        name=None if name == batch.name else name,
        ready=None if ready == batch.ready else ready,
        inside=inside,
        # Batches that were made anew have the numbers of those before them.
        seen=pad.view.version if inside else None,
    )


async def _ask_ready(desk: LockboxDesk, now: bool) -> bool:
    ask = desk.ask
    while True:
        answer = await ask.read(
            question("READY TO POST", _READY[now]), ("READY says that the lines of this batch are worked.",)
        )
        typed = answer.strip().upper()
        for ready, words in _TYPED.items():
            if typed and any(word.startswith(typed) for word in words):
                ask.accept(answer, echo(typed, _READY[ready]))
                return ready
        ask.accept()
        if not typed:
            return now
        ask.wrong("Enter READY or NOT READY.")


async def _assign(pad: OpenPad) -> None:
    desk = pad.desk
    if await _batches(pad):
        desk.say("", REMOVES)
        if not await desk.ask.yes_no("ARE YOU SURE YOU WANT TO CONTINUE?", default=False):
            return
    else:
        desk.say("", " ***** THIS ERA CURRENTLY HAS NO BATCHES DEFINED *****")
    eeobs = (await desk.read(opening, pad.era_number)).eeobs

    async def count() -> int:
        return sum(not shown.entry.era_level for shown in pad.view.entries)

    plan = await ask_plan(desk, eeobs, count) if await ask_whether_to_split(desk, eeobs) else None
    await desk.write(assign_batches, pad.era_number, plan, seen=pad.view.version)
    # What is filed next is filed in the pad as it is now.
    await pad.build()
    await tell_created(desk, len(await _batches(pad)))


async def _mark_all(pad: OpenPad) -> None:
    desk = pad.desk
    await _existing(pad)
    desk.say("", MARKS_ALL)
    if await desk.ask.yes_no("ARE YOU SURE YOU WANT TO DO THIS?", default=False):
        changed = await desk.write(mark_all_ready, pad.era_number)
        desk.say("", f"{changed} BATCHES CHANGED TO READY TO POST", "ALL BATCHES ARE NOW READY TO POST")
        await desk.ask.pause(Pause.MESSAGE)


async def _summary(pad: OpenPad) -> None:
    await _existing(pad)
    await print_summary(pad.desk, pad.era_number)


_QUIT = "5"
_MENU: dict[str, tuple[str, str, Callable[[OpenPad], Awaitable[None]] | None]] = {
    "1": ("EDIT BATCH", "EDIT BATCH", _edit_batches),
    "2": ("NEW BATCH ASSIGNMENT", "NEW BATCHES", _assign),
    "3": ("MARK ALL READY TO POST", "MARK ALL", _mark_all),
    "4": ("BATCH SUMMARY REPORT", "BATCH SUMMARY", _summary),
    _QUIT: ("QUIT AND RETURN TO WORKLIST", "Quit", None),
}
