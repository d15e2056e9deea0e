"""Going in and out of an ERA's scratch pad: to work on it under a lease, or only to see it (behaviour 1.1, 3.16)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.words.keys import SecurityKey
from models.words.money import ZERO
from models.words.remittances import PaymentMethod
from models.words.scratchpad import PaymentOrder
from services.errors import InUse, MissingKey, Refused
from services.office import leases
from services.office.actor import Actor, Holder, require
from services.office.clock import today
from services.remittances.finding import era_of
from services.scratchpad.acts import (
    LOCKED,
    LOCKED_NEW,
    LONGEST_CHECK,
    Opening,
    PaperCheck,
    opening,
    prefer_order,
    preferred_order,
    refuse_no_batch,
    take_era,
)
from services.scratchpad.batch_views import BatchName, batch_names
from services.scratchpad.in_use import (
    ALL_IN_USE,
    find_in_use_elsewhere,
    give_batch_back,
    refuse_batches_in_use,
    take_batch,
)
from services.scratchpad.paper_checks import check_of_another, eft_at_hand
from services.scratchpad.stored import NO_PAD, has_negative

ERA_IN_USE = "ANOTHER USER IS CURRENTLY USING THIS ERA, TRY AGAIN LATER"
VIEW_ONLY = "THIS ERA ALREADY HAS A RECEIPT - YOU MAY ONLY VIEW ITS SCRATCH PAD"


#: Said before the entire ERA of a divided pad is opened while it has to be distributed.
NEGATIVE_FIRST = (
    "THIS ERA HAS NEGATIVE ADJUSTMENTS THAT NEED TO BE DISTRIBUTED TO OTHER\n"
    "PAYMENTS ON THE ERA.  YOU CANNOT SELECT ANY INDIVIDUAL BATCHES UNTIL\n"
    "THE DISTRIBUTIONS ARE COMPLETE."
)


@dataclass(frozen=True, slots=True)
class Division:
    """The batches of a pad to choose from (behaviour 1.1, entire ERA or batch).

    `free` are those that nobody else works in; `in_use` says that somebody does. `negative`: only the entire ERA
    may be opened, since negative lines have to be distributed first.
    """

    free: tuple[BatchName, ...]
    in_use: bool
    negative: bool


@dataclass(frozen=True, slots=True)
class Entrance:
    """How this clerk may go in: what to ask, the order he chose last, and why he may only see it, if so.

    `division` is None where there is no pad, it is not divided, or it may only be seen: then it is the entire ERA.
    `check` is the paper check that the ERA names itself, where there is nothing about it to be decided.
    """

    opening: Opening
    order: PaymentOrder
    view_only: str | None
    division: Division | None = None
    check: PaperCheck | None = None


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
    made = batch_names(session, asked.era)
    sentence = (ERA_IN_USE if made else LOCKED) if asked.exists else LOCKED_NEW
    leases.refuse_if_taken(session, actor, "ERA", str(asked.era), sentence)
    return Entrance(
        asked,
        order,
        None,
        _division(session, actor, asked.era, made) if made else None,
        None if asked.exists else announced_check(session, asked),
    )


def announced_check(session: Session, asked: Opening) -> PaperCheck | None:
    """The paper check that an ERA announces by its own trace and date; None where a clerk has to say what came.

    Only of a payer who says that he pays by check (BPR04), and only while neither an EFT is here for the ERA nor the
    number pays another one, so that taking it needs none of the answers that decide about money (behaviour 8.7).
    """
    era = era_of(session, asked.era, lock=False)
    if not asked.needs_check or asked.method != PaymentMethod.CHECK or asked.total <= ZERO:
        return None
    number = asked.trace.strip()
    if not 0 < len(number) <= LONGEST_CHECK or not era.dated or asked.date > today(session):
        return None
    if eft_at_hand(session, asked.era) or check_of_another(session, asked.era, number):
        return None
    return PaperCheck(number, asked.date)


def _division(session: Session, actor: Actor, era_id: int, made: Sequence[BatchName]) -> Division:
    negative = has_negative(session, era_id)
    used = find_in_use_elsewhere(session, actor, era_id)
    if negative:
        refuse_batches_in_use(session, actor, era_id)
    elif len(used) == len(made):
        raise InUse(ALL_IN_USE)
    return Division(tuple(batch for batch in made if batch.number not in used), bool(used), negative)


def enter_pad(
    session: Session, actor: Actor, era_number: int, order: PaymentOrder, *, batch: int | None = None
) -> None:
    """Takes the ERA's lease, or that of one batch, to work on its pad, and remembers the order of payments.

    Refuses when a receipt has come since the clerk was asked, when another desk has the lease, and a batch while
    negative lines have to be distributed.
    """
    require(actor, SecurityKey.CLERK)
    era = era_of(session, era_number)
    if batch is None:
        divided = bool(batch_names(session, era.id))
        take_era(session, actor, era_number, ERA_IN_USE if divided else LOCKED)
    else:
        refuse_no_batch(session, era.id, batch)
        take_batch(session, actor, era.id, batch)
        # Whoever has just created the pad holds the entire ERA until then.
        leave_pad(session, actor, era.id)
        if has_negative(session, era.id):
            raise Refused(NEGATIVE_FIRST)
    if opening(session, era_number).read_only:
        raise Refused(VIEW_ONLY)
    remember_order(session, actor, era_number, order)


def remember_order(session: Session, holder: Holder, era_number: int, order: PaymentOrder) -> None:
    """Remembers the order of payments, when it is another than this clerk's last one for this ERA."""
    if order is not preferred_order(session, holder, era_number):
        prefer_order(session, holder, era_number, order)


def leave_pad(session: Session, holder: Holder, era_number: int, *, batch: int | None = None) -> None:
    """Gives the ERA's lease back, or that of one batch."""
    if batch is None:
        leases.give_back(session, leases.Held("ERA", str(era_number), holder.desk))
    else:
        give_batch_back(session, holder, era_number, batch)
