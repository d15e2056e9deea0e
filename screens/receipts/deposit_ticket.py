"""Select AR DEPOSIT TICKET #: an open deposit ticket, or a new one (behaviour 1.1.4 item 6, 1.14)."""

from screens.lockbox_desk import LockboxDesk
from services.dates import capitals
from services.receipts.tickets import DEPOSIT_TICKETS, TicketChoice

_PREFERENCE = "DEPOSIT TICKET"


async def select_ticket(desk: LockboxDesk) -> TicketChoice | None:
    """Asks for the deposit ticket of a paper check; None when RETURN skips it.

    SPACE RETURN is the one that he took last today. Only OPEN tickets are offered. An unknown number of one letter
    and six digits may be opened there and then: it is written together with the act that uses it, so that `^` later
    leaves nothing behind.
    """
    desk.ask.remember(DEPOSIT_TICKETS.kind, _of_today(desk))
    while True:
        chosen = await desk.pick(DEPOSIT_TICKETS)
        if chosen is None:
            return None
        if await _agree(desk, chosen):
            desk.settings.preferences.set(_PREFERENCE, f"{desk.today().isoformat()} {chosen.number}")
            return chosen


def _of_today(desk: LockboxDesk) -> str:
    """The ticket that this clerk took last today, at whatever desk; a new day begins without one."""
    day, _, number = (desk.settings.preferences.get(_PREFERENCE) or "").partition(" ")
    return number if day == desk.today().isoformat() else ""


async def _agree(desk: LockboxDesk, chosen: TicketChoice) -> bool:
    """Whether the clerk really wants a new ticket, or one that was opened more than a week ago."""
    if chosen.new:
        return await desk.ask.yes_no(
            f"ARE YOU ADDING '{chosen.number}' AS A NEW AR DEPOSIT TICKET? ", default=False
        )
    if not chosen.too_old:
        return True
    desk.say(f"THIS DEPOSIT WAS OPENED MORE THAN ONE WEEK AGO ({capitals(chosen.date)})")
    return await desk.ask.yes_no("ARE YOU SURE YOU WANT TO USE THIS DEPOSIT?:", default=False)
