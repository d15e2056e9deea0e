"""Opening the scratch pad of an ERA, and creating it when there is none (`screens.md` 23.1, behaviour 1.1).

Everything is asked first; what was answered is written in one transaction after the last question. `^`
before that leaves nothing changed.
"""

from dataclasses import dataclass
from functools import partial

from models.words.scratchpad import PaymentOrder
from screens.destinations import SCRATCH_PAD, SCRATCH_PAD_TO_VIEW
from screens.list_manager.asking.dialogue import Option
from screens.list_manager.asking.questions import Pause
from screens.list_manager.glass.leaving import Abandoned, Cancelled
from screens.lockbox_desk import LockboxDesk
from screens.worklist.batch_dialogue import ask_plan, ask_whether_to_split, tell_created
from screens.worklist.entire_or_batch import choose_part
from services.dates import short
from services.scratchpad.acts import (
    LONGEST_BANK,
    LONGEST_CHECK,
    NO_MONEY,
    PAYS_NOTHING,
    Opening,
    PaperCheck,
    create_pad,
)
from services.scratchpad.batch_views import count_divisible
from services.scratchpad.batches import BatchPlan
from services.scratchpad.entering import Entrance, enter_pad, entrance, leave_pad, remember_order
from services.scratchpad.paper_checks import check_of_another, eft_at_hand
from services.scratchpad.stored import NO_PAD

#: Said before a paper check is taken for money that goes to the bank, as the payer says.
EFT_MAY_COME = (
    "THE PAYER SAYS THAT IT PAYS BY EFT, WHICH MAY STILL COME.  TYPE ^ UNLESS YOU",
    "HAVE ITS PAPER CHECK.",
)

EFT_IS_HERE = "TYPE ^ UNLESS A PAPER CHECK CAME AS WELL."
_BESIDE = (
    "Enter YES only if you hold a paper check besides the EFT: its money is booked",
    "in addition to that of the EFT. Otherwise press RETURN, and wait for the match.",
)

_ORDERS = {"N": PaymentOrder.NONE, "F": PaymentOrder.ZERO_FIRST, "L": PaymentOrder.ZERO_LAST}


@dataclass(frozen=True, slots=True)
class _Money:
    """What the clerk says of the ERA's money: its paper check, or that none is expected."""

    check: PaperCheck | None = None
    match_0: bool = False
    check_again: bool = False
    beside_eft: bool = False


async def open_scratch_pad(desk: LockboxDesk, era_number: int) -> None:
    """Opens the scratch pad of an ERA, to work on it or only to see it; its lease is given back afterwards.

    Raises Abandoned for `^`, and Refused when the ERA may not be opened, with what the clerk reads.
    """
    asked = await desk.read(entrance, desk.actor, era_number)
    if asked.view_only is not None:
        await _view(desk, asked, asked.view_only)
    elif asked.opening.exists:
        await _open(desk, asked)
    else:
        await _create(desk, asked)


async def _open(desk: LockboxDesk, asked: Entrance) -> None:
    """Opens a scratch pad that is there, whole or one batch of it."""
    number = asked.opening.era
    batch = None if asked.division is None else await choose_part(desk, asked.division)
    desk.say()
    order = await _ask_order(desk, asked.order)
    await desk.write(enter_pad, number, order, batch=batch)
    await _work(desk, number, order, batch)


async def _view(desk: LockboxDesk, asked: Entrance, why: str) -> None:
    number = asked.opening.era
    desk.say("", why)
    await desk.ask.pause(Pause.MESSAGE)
    desk.say()
    order = await _ask_order(desk, asked.order)
    await desk.write(remember_order, number, order)
    await desk.go(SCRATCH_PAD_TO_VIEW, number, order)


async def _work(desk: LockboxDesk, era_number: int, order: PaymentOrder, batch: int | None = None) -> None:
    try:
        await desk.go(SCRATCH_PAD, era_number, order, batch)
    finally:
        await desk.write(leave_pad, era_number, batch=batch)


async def _create(desk: LockboxDesk, asked: Entrance) -> None:
    """The creation dialogue; opens what it has created.

    A scratch pad that is divided is created before it is asked which part of it is opened.
    """
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
    money = await _ask_money(desk, opening)
    if money is None:
        return
    plan = await _ask_plan(desk, opening)
    if plan is not None:
        await _file(desk, opening, money, batches=plan)
        await _open_divided(desk, opening.era)
        return
    desk.say()
    order = await _ask_order(desk, asked.order)
    await _file(desk, opening, money, order=None if order is asked.order else order)
    await _work(desk, opening.era, order)


async def _file(
    desk: LockboxDesk,
    opening: Opening,
    money: _Money,
    *,
    order: PaymentOrder | None = None,
    batches: BatchPlan | None = None,
) -> None:
    """Creates the scratch pad as it was answered."""
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


async def _open_divided(desk: LockboxDesk, era_number: int) -> None:
    """Says how many batches there are, and opens a part; the ERA is held from its creation until that is chosen."""
    try:
        asked = await desk.read(entrance, desk.actor, era_number)
        if asked.division is not None:
            await tell_created(desk, len(asked.division.free))
        await _open(desk, asked)
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


async def _ask_money(desk: LockboxDesk, opening: Opening) -> _Money | None:
    """What came for the ERA; None when the clerk does not say, and then no scratch pad is created."""
    if not opening.needs_check:
        return _Money()
    if opening.may_match_0:
        if await _ask_match_0(desk):
            return _Money(match_0=True)
        desk.say("", PAYS_NOTHING)
        await desk.ask.pause(Pause.MESSAGE)
        return None
    return await _ask_check(desk, opening)


async def _ask_match_0(desk: LockboxDesk) -> bool:
    desk.say(
        "THIS ERA HAS NO PAYMENT ASSOCIATED WITH IT AND CAN BE MARKED AS",
        "'MATCH-0 PAYMENT' TO REMOVE IT FROM THE ERA AGING REPORT IF NO PAPER CHECK OR",
        "EFT IS EXPECTED TO BE RECEIVED FOR THIS ERA",
    )
    return await desk.ask.yes_no(
        "DO YOU WANT TO DO THIS?",
        help=(
            "Do NOT respond YES here unless you are sure there will be no EFT or paper",
            "check to be received for this 0-PAYMENT ERA.",
        ),
    )


async def _ask_check(desk: LockboxDesk, opening: Opening) -> _Money | None:
    """The paper check that came; None when there is none, or when it was not the right one."""
    ask, today = desk.ask, desk.today()
    desk.say("", "THIS ERA DOES NOT HAVE A MATCHING EFT")
    here = await desk.read(eft_at_hand, opening.era)
    if here is not None:
        desk.say(*here.splitlines(), EFT_IS_HERE)
    elif opening.eft_may_come:
        desk.say(*EFT_MAY_COME)
    expected = here is None and not opening.eft_may_come
    try:
        number = await ask.text(
            "ENTER THE NUMBER OF THE PAPER CHECK YOU RECEIVED FOR THIS ERA",
            opening.trace[:LONGEST_CHECK] if expected else None,
            longest=LONGEST_CHECK,
            deletable=True,
            help="Type the number of the paper check: 1 to 50 characters.",
        )
    except Abandoned:
        number = ""
    if not number:
        desk.say("", "", NO_MONEY)
        await ask.pause(Pause.MESSAGE)
        return None
    if here is not None and not await ask.yes_no(
        "DID THIS CHECK COME BESIDE THE EFT?", default=False, help=_BESIDE
    ):
        return None
    used = await desk.read(check_of_another, opening.era, number)
    if used is not None and not await _ask_again(desk, used):
        return None
    desk.say()
    date = await ask.date(
        "DATE OF CHECK", opening.date if opening.date <= today else None, latest=today, shown=short
    )
    desk.say()
    bank = await ask.text(
        "CHECK BANK/ROUTING #",
        longest=LONGEST_BANK,
        help="Type the bank or routing number of the check, at most 15 characters, or press RETURN.",
    )
    desk.say("", f"ERA #{opening.era} (TRACE #:{opening.trace}) MATCHED TO PAPER CHECK {number}")
    if not await ask.yes_no("IS THIS CORRECT?", default=True):
        return None
    return _Money(
        check=PaperCheck(number, date, bank), check_again=used is not None, beside_eft=here is not None
    )


async def _ask_again(desk: LockboxDesk, used: str) -> bool:
    """Whether a check that pays another ERA already pays this one too."""
    desk.say("", *used.splitlines())
    return await desk.ask.yes_no(
        "DOES THE CHECK PAY THIS ERA TOO?",
        default=False,
        help=(
            "Enter YES only if the one check came for both ERAs. If this is the other ERA",
            "once more, its payments would be posted twice: press RETURN.",
        ),
    )


async def _ask_order(desk: LockboxDesk, last: PaymentOrder) -> PaymentOrder:
    codes = {order: code for code, order in _ORDERS.items()}
    code = await desk.ask.choice(
        "ORDER OF PAYMENTS", [Option(code, order.value) for code, order in _ORDERS.items()], codes[last]
    )
    return _ORDERS[code]
