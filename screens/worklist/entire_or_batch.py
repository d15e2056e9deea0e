"""Entire ERA or one batch: which part of a divided scratch pad a clerk opens (behaviour 1.1)."""

from collections.abc import Sequence

from screens.list_manager.asking.dialogue import Option
from screens.list_manager.asking.lookup import Hit
from screens.list_manager.asking.questions import Pause
from screens.list_manager.glass.leaving import Abandoned
from screens.lockbox_desk import LockboxDesk
from services.scratchpad.batch_views import BatchName
from services.scratchpad.entering import NEGATIVE_FIRST, Division
from services.scratchpad.in_use import SOME_IN_USE

ONLY_BATCHES = "AT THIS TIME, YOU CAN ONLY ACCESS INDIVIDUAL BATCHES"
READY_ALREADY = "** WARNING - THIS BATCH HAS BEEN FLAGGED AS READY TO POST"


async def choose_part(desk: LockboxDesk, division: Division) -> int | None:
    """Asks for the part to be opened; gives the number of a batch, None for the entire ERA.

    Raises Abandoned when the clerk chooses none.
    """
    if division.negative:
        desk.say("", *NEGATIVE_FIRST.splitlines())
        await desk.ask.pause(Pause.MESSAGE)
        return None
    if division.in_use:
        desk.say("", SOME_IN_USE, ONLY_BATCHES, "")
    else:
        desk.say()
        part = await desk.ask.choice(
            "DO YOU WANT THE (E)NTIRE ERA OR JUST A (B)ATCH?",
            (Option("E", "ENTIRE ERA"), Option("B", "BATCH")),
            help=(
                "Enter ENTIRE to work on all lines; nobody else can work on the ERA then.",
                "Enter BATCH to work on the lines of one batch, while others work on theirs.",
            ),
        )
        if part == "E":
            return None
        desk.say()
    batch = await select_batch(desk, division.free)
    if batch is None:
        raise Abandoned
    if batch.ready:
        desk.say("", READY_ALREADY)
        await desk.ask.pause(Pause.MESSAGE)
    return batch.number


async def select_batch(desk: LockboxDesk, batches: Sequence[BatchName]) -> BatchName | None:
    """Asks for one of some batches by its number or the start of its name; None for RETURN."""

    async def search(typed: str) -> Sequence[Hit[BatchName]]:
        wanted = typed.strip().upper()
        by_number = [batch for batch in batches if str(batch.number) == wanted]
        found = by_number or [batch for batch in batches if batch.name.upper().startswith(wanted)]
        return [Hit(str(batch.number), batch.name if by_number else row(batch), batch) for batch in found]

    async def listing(start: int, count: int) -> Sequence[str]:
        return [row(batch) for batch in batches[start : start + count]]

    return await desk.ask.lookup("Select BATCH", search, kind="BATCH", listing=listing)


def row(batch: BatchName) -> str:
    """One batch in a list to choose from."""
    return f"{batch.number:<6}{batch.name:<32}{'READY' if batch.ready else 'NOT READY'}"
