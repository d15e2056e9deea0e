"""AR deposit tickets: which bank deposit a check receipt belongs to (behaviour 1.1.4, 1.14)."""

import datetime
import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.receipts import DepositTicket, TicketStatus
from services.actor import Actor
from services.clock import now, today
from services.errors import Refused

__all__ = ["TicketStatus"]

_TYPED = re.compile(r"[A-Z][0-9]{6}\Z")

#: A deposit older than this is warned about before a receipt is put on it.
TOO_OLD = datetime.timedelta(days=7)


def find_ticket(session: Session, number: str) -> DepositTicket | None:
    """The deposit ticket of this number."""
    return session.scalars(
        select(DepositTicket).where(DepositTicket.number == number.strip().upper())
    ).first()


def may_be_opened(number: str) -> bool:
    """Whether a person may open a ticket of this number: one letter and six digits (patch 283)."""
    return _TYPED.match(number.strip().upper()) is not None


def open_ticket(
    session: Session, actor: Actor, number: str, date: datetime.date | None = None
) -> DepositTicket:
    """Opens a new deposit ticket; nine digits are the bank's own (`9 digits limited to automatic deposits`)."""
    number = number.strip().upper()
    if not may_be_opened(number):
        if number.isascii() and number.isdecimal() and len(number) == 9:
            raise Refused("9 digits limited to automatic deposits")
        raise Refused("A DEPOSIT TICKET IS ONE LETTER AND SIX DIGITS, SUCH AS A123456")
    if find_ticket(session, number) is not None:
        raise Refused(f"DEPOSIT TICKET {number} EXISTS ALREADY")
    return _add(session, actor, number, date or today(session), TicketStatus.OPEN)


def confirmed_ticket(session: Session, actor: Actor, number: str, date: datetime.date) -> DepositTicket:
    """The bank's own deposit, found or made already confirmed, so that nobody changes it (behaviour 3.12)."""
    found = find_ticket(session, number)
    return found or _add(session, actor, number, date, TicketStatus.CONFIRMED)


def usable_ticket(session: Session, actor: Actor, number: str) -> DepositTicket:
    """The OPEN ticket of this number, opened there and then when it is unknown; refuses a closed one."""
    found = find_ticket(session, number)
    if found is None:
        return open_ticket(session, actor, number)
    if found.status is not TicketStatus.OPEN:
        raise Refused(f"DEPOSIT TICKET {found.number} IS {found.status.value}, NOT OPEN")
    return found


def open_tickets(session: Session) -> list[str]:
    """The numbers of the tickets that are OPEN, newest first."""
    return list(
        session.scalars(
            select(DepositTicket.number)
            .where(DepositTicket.status == TicketStatus.OPEN)
            .order_by(DepositTicket.id.desc())
            .limit(200)
        )
    )


def too_old(session: Session, ticket: DepositTicket) -> bool:
    """Whether the deposit was opened more than one week ago."""
    return today(session) - ticket.date > TOO_OLD


def _add(
    session: Session, actor: Actor, number: str, date: datetime.date, status: TicketStatus
) -> DepositTicket:
    at = now(session)
    confirmed = status is TicketStatus.CONFIRMED
    ticket = DepositTicket(
        number=number,
        date=date,
        status=status,
        opened_by=actor.user_id,
        opened_at=at,
        confirmed_by=actor.user_id if confirmed else None,
        confirmed_at=at if confirmed else None,
    )
    session.add(ticket)
    session.flush()
    return ticket
