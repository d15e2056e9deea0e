"""Select AR DEPOSIT TICKET #: an open deposit ticket, or a new one (behaviour 1.1.4 item 6, 1.14)."""

from collections.abc import Sequence
from dataclasses import dataclass

from screens.list_manager.dates import capitals, padded
from screens.list_manager.lookup import Hit
from screens.lockbox_desk import LockboxDesk
from services.errors import Refused
from services.receipts.tickets import TicketChoice, all_open_tickets, open_tickets, refuse_new

PROMPT = "Select AR DEPOSIT TICKET #"
_HELP = (
    "Type the number of an open deposit or the beginning of one, or one letter and six digits for a new "
    "one. Type ?? to see the open deposits."
)


@dataclass(frozen=True, slots=True)
class ChosenTicket:
    """The ticket a clerk chose; `known` is None for one that is opened together with what needs it."""

    number: str
    known: TicketChoice | None


async def select_ticket(desk: LockboxDesk) -> ChosenTicket | None:
    """Asks for the deposit ticket of a paper check; None when RETURN skips it.

    Only OPEN tickets are offered. An unknown number of one letter and six digits may be opened there and
    then: it is written together with the act that uses it, so that `^` later leaves nothing behind.
    """
    ask = desk.ask

    async def search(text: str) -> Sequence[Hit[ChosenTicket]]:
        typed = text.strip().upper()
        known = await desk.read(open_tickets, typed)
        if known:
            return [Hit(ticket.number, _row(ticket), ChosenTicket(ticket.number, ticket)) for ticket in known]
        try:
            await desk.read(refuse_new, typed)
        except Refused as refusal:
            raise _NotPossible(str(refusal)) from refusal
        return [Hit(typed, "", ChosenTicket(typed, None))]

    async def listing(start: int, count: int) -> Sequence[str]:
        return [_row(ticket) for ticket in await desk.read(all_open_tickets, start, count)]

    while True:
        try:
            chosen = await ask.lookup(PROMPT, search, kind="deposit", help=_HELP, listing=listing)
        except _NotPossible as refusal:
            ask.accept()
            ask.wrong(str(refusal))
            continue
        if chosen is None or await _agreed(desk, chosen):
            return chosen


async def _agreed(desk: LockboxDesk, chosen: ChosenTicket) -> bool:
    """Whether the clerk really wants a new ticket, or one that was opened more than a week ago."""
    if chosen.known is None:
        return await desk.ask.yes_no(
            f"ARE YOU ADDING '{chosen.number}' AS A NEW AR DEPOSIT TICKET? ", default=True
        )
    if not chosen.known.too_old:
        return True
    desk.say(f"THIS DEPOSIT WAS OPENED MORE THAN ONE WEEK AGO ({capitals(chosen.known.date)})")
    return await desk.ask.yes_no("ARE YOU SURE YOU WANT TO USE THIS DEPOSIT?:", default=False)


def _row(ticket: TicketChoice) -> str:
    return f"{ticket.number}  {padded(ticket.date)}  {ticket.opened_by:.30}  ${ticket.amount:.2f}  {ticket.status}"


class _NotPossible(Exception):
    """What was typed is neither an open ticket nor the number of a new one."""
