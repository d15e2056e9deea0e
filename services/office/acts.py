"""The frame of every act: the key it needs, that it is done once, and the one audit event it leaves (DESIGN 2.2).

    by = begin(session, actor, Act.CHARGED, SecurityKey.ADJUST, once=key, of=bill.number)
    if by.done is not None:
        return
    ...
    end(session, by, f"bill {bill.number}")

A function that takes an actor and changes something is a door: it begins an act. What it calls takes the
stamp. `tests/services/office/test_doors.py` finds the doors and proves it.
"""

from sqlalchemy.orm import Session

from models.words.acts import Act
from models.words.keys import SecurityKey
from services.errors import OddClock
from services.office import audit
from services.office.actor import Actor, require, sign_on
from services.office.clock import doubt, note_day, now, today
from services.office.once import already_done, mark_done
from services.office.stamp import Stamp

#: Acts that date money by the clock, on receipts, documents for finance and bills: none is begun by an odd one.
#: An import is not among them: it may run for hours unattended, and what it files is dated by its files.
DATED = frozenset(
    (
        Act.RECEIPT_CREATED,
        Act.RECEIPT_PROCESSED,
        Act.DEPOSIT_RECORDED,
        Act.MOVED_TO_SUSPENSE,
        Act.PAYMENT_LINKED,
        Act.SUSPENSE_CLEARED,
        Act.EFT_RETURNED,
        Act.ADJUSTED,
        Act.CHARGED,
        Act.RE_ESTABLISHED,
    )
)


def begin(
    session: Session,
    actor: Actor,
    act: Act,
    key: SecurityKey,
    *,
    once: str | None = None,
    of: str = "",
    date_is_right: bool = False,
) -> Stamp:
    """Begins an act; refuses an actor without its key, with `MissingKey`.

    An act that dates money is refused by a clock whose date is odd, with `OddClock`, unless `date_is_right`:
    the clerk was asked, and says so, which the audit trail keeps.

    `once` is the idempotency key of an act that moves money, made before its first try: it is claimed here,
    for `of`, and when it was claimed before, `done` of the stamp says by whom and when. The row that the act
    changes must be locked by then, so that two tries come one after the other.
    """
    require(actor, key)
    done = None if once is None else already_done(session, once)
    odd = doubt(session) if act in DATED and done is None else None
    if odd is not None and not date_is_right:
        raise OddClock(odd)
    by = Stamp(
        act=act,
        user_id=actor.user_id,
        login=actor.login,
        os_user=actor.os_user,
        desk=actor.desk,
        at=now(session),
        date=today(session),
        done=done,
    )
    if once is not None and done is None:
        mark_done(session, once, act, of, by.user_id, by.at)
    if odd is not None:
        audit.record(session, by, Act.DATE_SAID_RIGHT, "clock", detail=odd)
    return by


def end(session: Session, by: Stamp, what: str, *, reason: str = "", detail: str = "") -> None:
    """Ends an act with its audit event; call it last, since it serialises the chain."""
    by.refuse_done()
    audit.record(session, by, by.act, what, reason=reason, detail=detail)
    if by.act in DATED:
        note_day(session)


def tell_also(session: Session, by: Stamp, act: Act, what: str, *, detail: str = "") -> None:
    """Writes the audit event of a smaller act that was done within another; call it just before `end`."""
    by.refuse_done()
    audit.record(session, by, act, what, detail=detail)


def act_as(session: Session, actor: Actor, login: str) -> Actor:
    """Another user's place, for a holder of LOCKBOX MANAGER; the audit keeps who really acted."""
    by = begin(session, actor, Act.ACTED_FOR, SecurityKey.MANAGER)
    other = sign_on(session, login, os_user=actor.os_user)
    end(session, by, other.login)
    return other
