"""Splitting an ERA into batches: whether, by which criterion, under which names (behaviour 1.1.8, `screens.md` 7).

Nothing is written here: what was answered becomes a plan, which its caller files.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from models.words.scratchpad import BatchCriterion
from screens.list_manager.asking.dialogue import Option
from screens.list_manager.asking.questions import Pause
from screens.list_manager.glass.leaving import Abandoned
from screens.lockbox_desk import LockboxDesk
from services.errors import Refused
from services.scratchpad.batches import (
    LAST_LETTER,
    LONGEST_NAME,
    BatchPlan,
    check_name,
    define,
    is_advised,
    letter_behind,
)

_CRITERIA = {
    "1": (BatchCriterion.MAX, "MAX #", "BY MAX # OF EEOBs TO INCLUDE IN A BATCH"),
    "2": (BatchCriterion.NAME, "LAST NAME", "BY RANGES OF PATIENT LAST NAME"),
    "3": (BatchCriterion.PAYMENT, "PAY STATUS", "BY EEOB PAYMENT STATUS (FULL/PARTIAL/NO PAY)"),
    "4": (BatchCriterion.COPAY, "CO-PAY STATUS", "BY CO-PAY AND NON-COPAY FOR THE DATE OF SERVICE"),
}

#: Says how many entries a scratch pad will have that can be divided.
Count = Callable[[], Awaitable[int]]


async def ask_whether_to_split(desk: LockboxDesk, eeobs: int) -> bool:
    """Asks whether an ERA of so many EEOBs is split; of one with many YES is the default."""
    desk.say("", f"THERE ARE APPROXIMATELY {eeobs} EEOBS IN THIS ERA")
    return await desk.ask.yes_no(
        "DO YOU WANT TO SPLIT THIS ERA INTO BATCHES?",
        default=is_advised(eeobs),
        help="Enter YES to divide the EEOBs among several clerks, who work at the same time.",
    )


async def ask_plan(desk: LockboxDesk, eeobs: int, count: Count) -> BatchPlan:
    """Asks for the criterion, whether the batches get names of the clerk's own, and what the criterion needs.

    Raises Abandoned for `^`, and for RETURN at the criterion: then there are no batches.
    """
    desk.say("", "", "YOU MAY USE ANY ONE OF THE FOLLOWING CRITERIA TO SPLIT THE ERA INTO BATCHES:", "")
    for code, (_, _, told) in _CRITERIA.items():
        desk.say(f"{'':10}{code} - {told}")
    desk.say()
    options = [Option(code, text) for code, (_, text, _) in _CRITERIA.items()]
    code = await desk.ask.choice("CRITERIA SELECTION", options, required=False)
    if not code:
        raise Abandoned
    desk.say()
    own = await desk.ask.yes_no(
        "DO YOU WANT TO NAME YOUR OWN BATCHES?",
        default=False,
        help="Enter YES to be asked for the name of each batch, NO to take its usual name.",
    )
    plan = await _bounds(desk, BatchPlan(_CRITERIA[code][0]), eeobs)
    return await _ask_names(desk, plan, await count()) if own else plan


async def _bounds(desk: LockboxDesk, plan: BatchPlan, eeobs: int) -> BatchPlan:
    """The plan with what its criterion needs: the most EEOBs of a batch, or the ranges of last names."""
    desk.say()
    if plan.criterion is BatchCriterion.MAX:
        most = await desk.ask.entry("MAX # OF EEOBS TO INCLUDE IN A BATCH", 1, eeobs)
        return replace(plan, most=most)
    if plan.criterion is not BatchCriterion.NAME:
        return plan
    through: list[str] = []
    first = "A"
    while first:
        desk.say("", f"START FROM LAST NAME BEGINNING WITH: {first}")
        through.append(await _ask_letter(desk, first))
        first = letter_behind(through[-1])
    return replace(plan, through=tuple(through))


async def _ask_letter(desk: LockboxDesk, first: str) -> str:
    wanted = f"ENTER A LETTER IN UPPERCASE, FROM {first} TO {LAST_LETTER}"
    return await desk.ask.text(
        "INCLUDE THROUGH LAST NAME BEGINNING WITH",
        required=True,
        longest=1,
        upper=True,
        help=(wanted, f"{LAST_LETTER} ends the last batch."),
        check=lambda letter: None if letter.isascii() and first <= letter <= LAST_LETTER else wanted,
    )


async def _ask_names(desk: LockboxDesk, plan: BatchPlan, entries: int) -> BatchPlan:
    names = []
    for batch in define(plan, entries):
        desk.say("", f"**BATCH #: {batch.number}")
        names.append(await ask_name(desk, batch.name))
    return replace(plan, names=tuple(names))


async def ask_name(desk: LockboxDesk, default: str) -> str:
    """Asks for the name of a batch."""
    return await desk.ask.text(
        "NAME",
        default,
        required=True,
        longest=LONGEST_NAME,
        help="Type 1 to 30 characters.",
        check=_find_fault,
    )


def _find_fault(name: str) -> str | None:
    try:
        check_name(name)
    except Refused as refusal:
        return str(refusal)
    return None


async def tell_created(desk: LockboxDesk, count: int) -> None:
    """Says how many batches there are now."""
    desk.say("", f"{count} BATCHES CREATED.")
    await desk.ask.pause(Pause.MESSAGE)
