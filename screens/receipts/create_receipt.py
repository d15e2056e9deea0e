"""Create Receipt: the dialogue that makes the receipt of an ERA (behaviour 1.1.4, `screens.md` 23.6)."""

from screens.destinations import RECEIPT_PROFILE, RECEIPT_TO_PROCESS
from screens.list_manager.asking.dialogue import Option
from screens.list_manager.asking.questions import Pause
from screens.list_manager.glass.leaving import Abandoned
from screens.lockbox_desk import LockboxDesk
from screens.receipts.deposit_ticket import select_ticket
from screens.receipts.odd_clock import is_date_right
from services.errors import LockboxError, OutcomeUnknown
from services.receipts.creating import create_receipt as create
from services.receipts.creating import creation
from services.remittances.finding import receipt_of_era

WARNING = (
    "THIS ACTION WILL CREATE THE RECEIPT FOR THIS ERA.  ONCE THE RECEIPT IS",
    " CREATED HERE, NO MORE AUTOMATIC ADJUSTMENTS MAY BE MADE FOR THIS ERA.",
)
_WHAT_IT_DOES = (
    "Enter YES to make a receipt of the payments that you have just looked at. No bill is paid "
    "until the receipt is processed, and its payments can be edited until then.",
    "P makes it too, and goes straight to Process Receipt, which asks once more before anything is posted.",
)
NOT_PROCESSABLE = (
    "THE RECEIPT COULD NOT BE PROCESSED AS IT STANDS:",
    "SPLIT/EDIT OR DISTRIBUTE ON THE SCRATCH PAD FIRST; WITH A RECEIPT THAT CANNOT BE DONE ANY MORE.",
)
_READY = (Option("YES", "YES"), Option("NO", "NO"), Option("P", "PROCESS"))
NOT_CREATED = "NO RECEIPT CREATED"
NOT_ADDED = "A PROBLEM WAS ENCOUNTERED ADDING THE RECEIPT - NO RECEIPT ADDED"
UNKNOWN = (
    "IT IS NOT KNOWN WHETHER ERA {} HAS A RECEIPT NOW.  OPEN ITS SCRATCH PAD AGAIN\n"
    "BEFORE YOU GO ON: ITS HEADING NAMES THE RECEIPT, AND NO ERA EVER GETS TWO."
)


async def create_receipt(desk: LockboxDesk, era_number: int, seen: int) -> bool:
    """Asks what has to be asked and creates the receipt of an ERA; True when it was created.

    `seen` is the version of the scratch pad that the clerk has looked at: no other one gets a receipt.

    Raises Abandoned on `^` before the receipt is made; nothing has changed then.
    """
    ask = desk.ask
    asked = await desk.read(creation, desk.actor, era_number)
    if asked.exists is not None:
        return await _end(desk, asked.exists)
    desk.say("", *WARNING, "")
    if asked.warnings:
        first, last = NOT_PROCESSABLE
        said = (row for warning in asked.warnings for row in warning.splitlines())
        desk.say(first, *said, last, "")
    ready = await ask.choice(
        "ARE YOU SURE YOU ARE READY TO CREATE THIS RECEIPT?:", _READY, "NO", help=_WHAT_IT_DOES
    )
    if ready == "NO":
        return await _end(desk, NOT_CREATED)
    if asked.refusal is not None:
        return await _end(desk, *asked.refusal.splitlines())
    if not await is_date_right(desk, asked.odd_clock):
        return await _end(desk, NOT_CREATED)
    ticket = None
    if asked.by_check:
        desk.say()
        ticket = await select_ticket(desk)
    number = await _create(
        desk, era_number, seen, None if ticket is None else ticket.number, asked.odd_clock is not None
    )
    desk.say("", *(["", ""] if asked.by_check else []), f"RECEIPT {number} HAS BEEN CREATED FOR THIS ERA")
    if ready == "P":
        await desk.go(RECEIPT_TO_PROCESS, number)
        return True
    try:
        go_on = await ask.yes_no(
            "DO YOU WANT TO GO TO RECEIPT PROCESSING NOW? ",
            default=True,
            help="Enter YES to see the receipt, where PR processes it; NO leaves it open for later.",
        )
    except Abandoned:
        return True
    if go_on:
        await desk.go(RECEIPT_PROFILE, number)
    return True


async def _create(
    desk: LockboxDesk, era_number: int, seen: int, ticket: str | None, date_is_right: bool
) -> str:
    """Creates the receipt and gives its number; after an error of the store it is looked up before speaking."""
    try:
        made = await desk.once(UNKNOWN.format(era_number), receipt_of_era, era_number).write(
            create, era_number, ticket=ticket, date_is_right=date_is_right, seen=seen
        )
    except OutcomeUnknown:
        raise
    except LockboxError as error:
        raise LockboxError(f"{NOT_ADDED}\n{error}") from error
    return made if isinstance(made, str) else made.number


async def _end(desk: LockboxDesk, *lines: str) -> bool:
    desk.say("", *lines)
    await desk.ask.pause(Pause.MESSAGE)
    return False
