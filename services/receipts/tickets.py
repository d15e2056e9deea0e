"""AR deposit tickets: which bank deposit a check receipt belongs to (behaviour 1.1.4, 1.14)."""

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from models.receipts import DepositTicket, Receipt, ReceiptLine
from models.users import User
from models.words.acts import Act
from models.words.keys import SecurityKey
from models.words.money import ZERO
from models.words.receipts import TicketStatus
from services.dates import pad_day
from services.errors import Refused
from services.lookup import LookUp
from services.office.actor import Actor
from services.office.acts import begin, end, tell_also
from services.office.clock import today
from services.office.stamp import Stamp

_TYPED = re.compile(r"[A-Z][0-9]{6}\Z")

#: A deposit older than this is warned about before a receipt is put on it.
TOO_OLD = datetime.timedelta(days=7)

_MOST_TICKETS = 200


@dataclass(frozen=True, slots=True)
class TicketChoice:
    """A deposit ticket as a look-up lists it; `amount` is what its receipts come to.

    A `new` one is not on file yet: it is opened in the act that puts a receipt on it.
    """

    number: str
    date: datetime.date
    opened_by: str
    amount: Decimal
    status: TicketStatus
    too_old: bool
    new: bool = False


@dataclass(frozen=True, slots=True)
class UsableTicket:
    """The deposit ticket a receipt goes on, by its row and number; `opened` when it was opened for that receipt."""

    id: int
    number: str
    opened: bool


def find_ticket(session: Session, number: str) -> DepositTicket | None:
    """The deposit ticket of this number."""
    return session.scalars(
        select(DepositTicket).where(DepositTicket.number == number.strip().upper())
    ).first()


def may_be_opened(number: str) -> bool:
    """Whether a person may open a ticket of this number: one letter and six digits (patch 283)."""
    return _TYPED.match(number.strip().upper()) is not None


def open_ticket(session: Session, actor: Actor, number: str, date: datetime.date | None = None) -> str:
    """Opens a new deposit ticket and gives its number; nine digits are the bank's own.

    Refuses what is no ticket's number (`9 digits limited to automatic deposits`), and one that is taken.
    """
    by = begin(session, actor, Act.TICKET_OPENED, SecurityKey.CLERK)
    ticket = _open_new(session, by, number, date)
    end(session, by, f"deposit ticket {ticket.number}")
    return ticket.number


def find_confirmed_ticket(session: Session, by: Stamp, number: str, date: datetime.date) -> DepositTicket:
    """The bank's own deposit, found or made already confirmed, so that nobody changes it (behaviour 3.12)."""
    found = find_ticket(session, number)
    return found or _add(session, by, number, date, TicketStatus.CONFIRMED)


def usable_ticket(session: Session, by: Stamp, number: str) -> UsableTicket:
    """The OPEN ticket of this number, opened there and then when it is unknown; refuses a closed one."""
    found = find_ticket(session, number)
    if found is None:
        made = _open_new(session, by, number)
        return UsableTicket(made.id, made.number, opened=True)
    if found.status is not TicketStatus.OPEN:
        raise Refused(f"DEPOSIT TICKET {found.number} IS {found.status.value}, NOT OPEN")
    return UsableTicket(found.id, found.number, opened=False)


def on_deposit(session: Session, receipt: Receipt) -> str:
    """What the audit event of a receipt says of the deposit ticket it is on, and nothing when it is on none."""
    if receipt.deposit_ticket_id is None:
        return ""
    ticket = session.get_one(DepositTicket, receipt.deposit_ticket_id)
    return f", deposit ticket {ticket.number} of {ticket.date.isoformat()}"


def tell_opened(session: Session, by: Stamp, chosen: UsableTicket | None, receipt_number: str) -> None:
    """Writes the audit event of a ticket that was opened for a receipt; call it where the act ends."""
    if chosen is not None and chosen.opened:
        what = f"deposit ticket {chosen.number}"
        tell_also(session, by, Act.TICKET_OPENED, what, detail=f"receipt {receipt_number}")


def open_tickets(session: Session, text: str = "") -> list[TicketChoice]:
    """The OPEN ticket of exactly this number, else those whose number begins so, the newest first."""
    typed = text.strip().upper()
    query = _open().limit(_MOST_TICKETS)
    exactly = _choices(session, query.where(DepositTicket.number == typed))
    return exactly or _choices(session, query.where(DepositTicket.number.startswith(typed, autoescape=True)))


def find_tickets(session: Session, text: str) -> list[TicketChoice]:
    """The OPEN tickets a clerk may mean; none of them: a new one of that number. Refuses a number of neither."""
    known = open_tickets(session, text)
    if known:
        return known
    refuse_new(session, text)
    number = text.strip().upper()
    return [TicketChoice(number, today(session), "", ZERO, TicketStatus.OPEN, too_old=False, new=True)]


def all_open_tickets(session: Session, start: int, count: int) -> list[TicketChoice]:
    """All OPEN tickets, the newest first: so many from a place on, counted from 0."""
    return _choices(session, _open().offset(start).limit(count))


def _open() -> Select[DepositTicket, str, Decimal]:
    return (
        select(DepositTicket, User.name, func.coalesce(func.sum(ReceiptLine.amount), ZERO))
        .join(User, User.id == DepositTicket.opened_by)
        .outerjoin(Receipt, Receipt.deposit_ticket_id == DepositTicket.id)
        .outerjoin(ReceiptLine, ReceiptLine.receipt_id == Receipt.id)
        .where(DepositTicket.status == TicketStatus.OPEN)
        .group_by(DepositTicket.id, User.name)
        .order_by(DepositTicket.id.desc())
    )


def _choices(session: Session, query: Select[DepositTicket, str, Decimal]) -> list[TicketChoice]:
    return [
        TicketChoice(ticket.number, ticket.date, name, amount, ticket.status, too_old(session, ticket))
        for ticket, name, amount in session.execute(query).all()
    ]


def refuse_new(session: Session, number: str) -> None:
    """Refuses a number under which no new ticket may be opened: of another form, or taken already."""
    number = number.strip().upper()
    found = find_ticket(session, number)
    if found is not None and found.status is not TicketStatus.OPEN:
        raise Refused(f"DEPOSIT TICKET {found.number} IS {found.status.value}, NOT OPEN")
    if not may_be_opened(number):
        if number.isascii() and number.isdecimal() and len(number) == 9:
            raise Refused("9 digits limited to automatic deposits")
        raise Refused("A DEPOSIT TICKET IS ONE LETTER AND SIX DIGITS, SUCH AS A123456")
    if found is not None:
        raise Refused(f"DEPOSIT TICKET {number} EXISTS ALREADY")


def too_old(session: Session, ticket: DepositTicket) -> bool:
    """Whether the deposit was opened more than one week ago."""
    return today(session) - ticket.date > TOO_OLD


def _open_new(session: Session, by: Stamp, number: str, date: datetime.date | None = None) -> DepositTicket:
    number = number.strip().upper()
    refuse_new(session, number)
    return _add(session, by, number, date or by.date, TicketStatus.OPEN)


def _add(
    session: Session, by: Stamp, number: str, date: datetime.date, status: TicketStatus
) -> DepositTicket:
    confirmed = status is TicketStatus.CONFIRMED
    ticket = DepositTicket(
        number=number,
        date=date,
        status=status,
        opened_by=by.user_id,
        opened_at=by.at,
        confirmed_by=by.user_id if confirmed else None,
        confirmed_at=by.at if confirmed else None,
    )
    session.add(ticket)
    session.flush()
    return ticket


def ticket_row(ticket: TicketChoice) -> str:
    """One ticket in one row: number, date, who opened it, amount, status; of a new one there is nothing to show."""
    if ticket.new:
        return ""
    return f"{ticket.number}  {pad_day(ticket.date)}  {ticket.opened_by:.30}  ${ticket.amount:.2f}  {ticket.status}"


DEPOSIT_TICKETS: LookUp[TicketChoice] = LookUp(
    kind="deposit",
    prompt="Select AR DEPOSIT TICKET #",
    find=find_tickets,
    page=all_open_tickets,
    row=ticket_row,
    key=lambda ticket: ticket.number,
    help=(
        "Type the number of an open deposit or the beginning of one, or one letter and six digits for a new "
        "one. Type ?? to see the open deposits.",
    ),
)
