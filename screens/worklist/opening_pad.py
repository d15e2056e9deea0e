"""Opening the scratch pad of an ERA, and creating it when there is none (`screens.md` 23.1, behaviour 1.1).

Everything is asked first; what was answered is written in one transaction after the last question. `^`
before that leaves nothing changed.
"""

from functools import partial

from models.words.scratchpad import PaymentOrder
from screens.destinations import SCRATCH_PAD, SCRATCH_PAD_TO_VIEW
from screens.list_manager.asking.dialogue import Option
from screens.list_manager.asking.questions import Pause
from screens.list_manager.glass.leaving import Abandoned, Cancelled
from screens.lockbox_desk import LockboxDesk
from screens.worklist.batch_dialogue import ask_plan, ask_whether_to_split, tell_created
from screens.worklist.entire_or_batch import choose_part
from screens.worklist.era_money import EraMoney, ask_at_once, ask_money
from services.scratchpad.acts import Opening, create_pad
from services.scratchpad.batch_views import count_divisible
from services.scratchpad.batches import BatchPlan, is_advised
from services.scratchpad.entering import Entrance, enter_pad, entrance, leave_pad, remember_order
from services.scratchpad.stored import NO_PAD

_ORDERS = {"N": PaymentOrder.NONE, "F": PaymentOrder.ZERO_FIRST, "L": PaymentOrder.ZERO_LAST}


async def open_scratch_pad(desk: LockboxDesk, era_number: int, *, at_once: bool = False) -> None:
    """Opens the scratch pad of an ERA, to work on it or only to see it; its lease is given back afterwards.

    `at_once` takes the usual answer where none moves money, and asks for all where one does (behaviour 8.7).
    Raises Abandoned for `^`, and Refused when the ERA may not be opened, with what the clerk reads.
    """
    asked = await desk.read(entrance, desk.actor, era_number)
    if asked.view_only is not None:
        await _view(desk, asked, asked.view_only, at_once=at_once)
    elif asked.opening.exists:
        await _open(desk, asked, at_once=at_once)
    elif at_once and (asked.check is not None or not asked.opening.needs_check):
        await _create_at_once(desk, asked)
    else:
        await _create(desk, asked)


async def _open(desk: LockboxDesk, asked: Entrance, *, at_once: bool) -> None:
    """Opens a scratch pad that is there, whole or one batch of it."""
    number = asked.opening.era
    batch = None if asked.division is None else await choose_part(desk, asked.division)
    order = await _choose_order(desk, asked, at_once=at_once)
    await desk.write(enter_pad, number, order, batch=batch)
    await _work(desk, number, order, batch)


async def _view(desk: LockboxDesk, asked: Entrance, why: str, *, at_once: bool) -> None:
    number = asked.opening.era
    desk.say("", why)
    await desk.ask.pause(Pause.MESSAGE)
    order = await _choose_order(desk, asked, at_once=at_once)
    await desk.write(remember_order, number, order)
    await desk.go(SCRATCH_PAD_TO_VIEW, number, order)


async def _work(desk: LockboxDesk, era_number: int, order: PaymentOrder, batch: int | None = None) -> None:
    try:
        await desk.go(SCRATCH_PAD, era_number, order, batch)
    finally:
        await desk.write(leave_pad, era_number, batch=batch)


async def _create(desk: LockboxDesk, asked: Entrance) -> None:
    """The creation dialogue; opens what it has created."""
    ask, opening = desk.ask, asked.opening
    desk.say("", NO_PAD)
    if not await ask.yes_no(
        "DO YOU WANT TO CREATE ONE NOW?",
        default=False,
        help="Enter YES to lay out the EEOBs of this ERA on a scratch pad.",
    ):
        return
    method = opening.method
    desk.say(
        "", f"PAYMENT METHOD CODE REPORTED: {method}" if method else "NO PAYMENT METHOD CODE REPORTED", ""
    )
    money = await ask_money(desk, opening)
    if money is not None:
        await _create_with(desk, asked, money, await _ask_plan(desk, opening), at_once=False)


async def _create_at_once(desk: LockboxDesk, asked: Entrance) -> None:
    """Creates it by the usual answers; asks only whether the paper check is right, and whether a large ERA is split."""
    opening, check = asked.opening, asked.check
    money = EraMoney() if check is None else await ask_at_once(desk, opening, check)
    if money is not None:
        plan = await _ask_plan(desk, opening) if is_advised(opening.eeobs) else None
        await _create_with(desk, asked, money, plan, at_once=True)


async def _create_with(
    desk: LockboxDesk, asked: Entrance, money: EraMoney, plan: BatchPlan | None, *, at_once: bool
) -> None:
    """Creates the scratch pad as it was answered, and opens it.

    One that is divided is created before it is asked which part of it is opened.
    """
    opening = asked.opening
    if plan is not None:
        await _file(desk, opening, money, batches=plan)
        await _open_divided(desk, opening.era, at_once=at_once)
        return
    order = await _choose_order(desk, asked, at_once=at_once)
    await _file(desk, opening, money, order=None if order is asked.order else order)
    await _work(desk, opening.era, order)


async def _file(
    desk: LockboxDesk,
    opening: Opening,
    money: EraMoney,
    *,
    order: PaymentOrder | None = None,
    batches: BatchPlan | None = None,
) -> None:
    """Writes it all in one transaction."""
    await desk.write(
        create_pad,
        opening.era,
        check=money.check,
        match_0=money.match_0,
        check_again=money.check_again,
        beside_eft=money.beside_eft,
        order=order,
        batches=batches,
    )


async def _open_divided(desk: LockboxDesk, era_number: int, *, at_once: bool) -> None:
    """Says how many batches there are, and opens a part; the ERA is held from its creation until that is chosen."""
    try:
        asked = await desk.read(entrance, desk.actor, era_number)
        if asked.division is not None:
            await tell_created(desk, len(asked.division.free))
        await _open(desk, asked, at_once=at_once)
    finally:
        await desk.write(leave_pad, era_number)


async def _ask_plan(desk: LockboxDesk, opening: Opening) -> BatchPlan | None:
    """How the scratch pad is to be divided, None when it is not; `^` in the batch dialogue makes no batches."""
    if opening.eeobs <= 1 or not await ask_whether_to_split(desk, opening.eeobs):
        return None
    try:
        return await ask_plan(desk, opening.eeobs, partial(desk.read, count_divisible, opening.era))
    except Cancelled:
        raise
    except Abandoned:
        desk.say("", "NO BATCHES WERE MADE")
        return None


async def _choose_order(desk: LockboxDesk, asked: Entrance, *, at_once: bool) -> PaymentOrder:
    """The order of payments: asked for, or at once the one that this clerk has had last for this ERA."""
    if at_once:
        return asked.order
    desk.say()
    return await _ask_order(desk, asked.order)


async def _ask_order(desk: LockboxDesk, last: PaymentOrder) -> PaymentOrder:
    codes = {order: code for code, order in _ORDERS.items()}
    code = await desk.ask.choice(
        "ORDER OF PAYMENTS", [Option(code, order.value) for code, order in _ORDERS.items()], codes[last]
    )
    return _ORDERS[code]
