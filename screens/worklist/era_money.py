"""What came for an ERA, asked before its scratch pad is created (`screens.md` 23.1, behaviour 1.1, opening, step 3)."""

from dataclasses import dataclass

from screens.list_manager.asking.questions import Pause
from screens.list_manager.glass.leaving import Abandoned
from screens.lockbox_desk import LockboxDesk
from services.dates import short
from services.scratchpad.acts import LONGEST_BANK, LONGEST_CHECK, NO_MONEY, PAYS_NOTHING, Opening, PaperCheck
from services.scratchpad.paper_checks import check_of_another, eft_at_hand

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
_AT_ONCE = (
    "YES says that you hold this check, with this date. NO takes nothing: select the",
    "ERA by SE= and its number to be asked for number, date and bank of the check.",
)


@dataclass(frozen=True, slots=True)
class EraMoney:
    """What the clerk says of the ERA's money: its paper check, or that none is expected."""

    check: PaperCheck | None = None
    match_0: bool = False
    check_again: bool = False
    beside_eft: bool = False


async def ask_money(desk: LockboxDesk, opening: Opening) -> EraMoney | None:
    """What came for the ERA; None when the clerk does not say, and then no scratch pad is created."""
    if not opening.needs_check:
        return EraMoney()
    if opening.may_match_0:
        if await _ask_match_0(desk):
            return EraMoney(match_0=True)
        desk.say("", PAYS_NOTHING)
        await desk.ask.pause(Pause.MESSAGE)
        return None
    return await _ask_check(desk, opening)


async def ask_at_once(desk: LockboxDesk, opening: Opening, check: PaperCheck) -> EraMoney | None:
    """Shows the paper check as the ERA names it, in one block, and asks once; None when it is not right."""
    ask = desk.ask
    desk.say(
        "",
        f"{'PAYMENT METHOD CODE REPORTED: ' + opening.method:<40}TOTAL AMT: {opening.total:.2f}",
        f"{'DATE OF CHECK: ' + short(check.date):<40}CHECK BANK/ROUTING #: NONE",
        f"ERA #{opening.era} (TRACE #:{opening.trace}) MATCHED TO PAPER CHECK {check.number}",
    )
    correct = await ask.yes_no("IS THIS CORRECT?", default=True, help=_AT_ONCE)
    return EraMoney(check=check) if correct else None


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


async def _ask_check(desk: LockboxDesk, opening: Opening) -> EraMoney | None:
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
    return EraMoney(
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
