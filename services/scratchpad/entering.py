"""Going in and out of an ERA's scratch pad: to work on it under a lease, or only to see it (behaviour 1.1, 3.16)."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.words.keys import SecurityKey
from models.words.scratchpad import PaymentOrder
from services.errors import MissingKey, Refused
from services.office import leases
from services.office.actor import Actor, Holder, require
from services.scratchpad.acts import (
    LOCKED,
    LOCKED_NEW,
    Opening,
    opening,
    prefer_order,
    preferred_order,
    take_era,
)
from services.scratchpad.stored import NO_PAD

VIEW_ONLY = "THIS ERA ALREADY HAS A RECEIPT - YOU MAY ONLY VIEW ITS SCRATCH PAD"


@dataclass(frozen=True, slots=True)
class Entrance:
    """How this clerk may go in: what to ask, the order he chose last, and why he may only see it, if so."""

    opening: Opening
    order: PaymentOrder
    view_only: str | None


def entrance(session: Session, actor: Actor, era_number: int) -> Entrance:
    """Says how the actor may go into an ERA's scratch pad; changes nothing and takes no lease.

    Refuses an ERA that was posted without a pad, one that another desk works on (`InUse`), and one
    without a pad to a user who may not create it (`MissingKey`).
    """
    asked = opening(session, era_number)
    order = preferred_order(session, actor, asked.era)
    if asked.read_only:
        return Entrance(asked, order, VIEW_ONLY)
    try:
        require(actor, SecurityKey.CLERK)
    except MissingKey as missing:
        if not asked.exists:
            raise MissingKey(f"{NO_PAD}\n{missing}") from missing
        return Entrance(asked, order, str(missing))
    leases.refuse_if_taken(session, actor, "ERA", str(asked.era), LOCKED if asked.exists else LOCKED_NEW)
    return Entrance(asked, order, None)


def enter_pad(session: Session, actor: Actor, era_number: int, order: PaymentOrder) -> None:
    """Takes the ERA's lease to work on its pad, and remembers the order of payments.

    Refuses when a receipt has come since the clerk was asked, and when another desk has the lease.
    """
    require(actor, SecurityKey.CLERK)
    take_era(session, actor, era_number)
    if opening(session, era_number).read_only:
        raise Refused(VIEW_ONLY)
    remember_order(session, actor, era_number, order)


def remember_order(session: Session, holder: Holder, era_number: int, order: PaymentOrder) -> None:
    """Remembers the order of payments, when it is another than this clerk's last one for this ERA."""
    if order is not preferred_order(session, holder, era_number):
        prefer_order(session, holder, era_number, order)


def leave_pad(session: Session, holder: Holder, era_number: int) -> None:
    """Gives the ERA's lease back."""
    leases.give_back(session, leases.Held("ERA", str(era_number), holder.desk))
