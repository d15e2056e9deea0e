"""Leases: who is working on what, renewed while the screen is open, expiring by themselves (DESIGN 2.6)."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from models.leases import Lease
from models.users import User
from services.dates import capitals
from services.errors import InUse
from services.office.actor import Holder
from services.office.clock import SKEW, now, today, zone

#: A lease that is not renewed for this long is free again.
LASTS = datetime.timedelta(minutes=2)
#: A desk that has not renewed its lease for this long has ended or lost its line: it does so every 30 seconds.
_SILENT = LASTS / 2


@dataclass(frozen=True, slots=True)
class Held:
    """A lease in hand: what it is on and for which session."""

    kind: str
    reference: str
    session: str


def take(session: Session, holder: Holder, kind: str, reference: str, sentence: str) -> Held:
    """Takes the lease on one thing for the holder's desk, or takes it again; raises `InUse`.

    `sentence` is what VistA says to a second clerk; who holds it, since when and until when are added.
    """
    at, desk = now(session), holder.desk
    lease = session.scalars(
        select(Lease)
        .where(Lease.kind == kind, Lease.reference == reference)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).first()
    if lease is not None and lease.session != desk and _runs(lease, at):
        raise InUse(f"{sentence} {_say_holder(session, holder, lease)}")
    if lease is None:
        lease = Lease(kind=kind, reference=reference)
        session.add(lease)
    if lease.session != desk:
        lease.since = at
    lease.user_id, lease.session, lease.expires = holder.user_id, desk, at + LASTS
    session.flush()
    return Held(kind, reference, desk)


def renew(session: Session, holder: Holder) -> int:
    """Keeps all leases of the holder's desk alive that have not ended; gives how many it still holds.

    One that has ended, as on a machine that slept, is free: others may hold by now what it stands in the way of.
    """
    at = now(session)
    renewed = session.execute(
        update(Lease).where(Lease.session == holder.desk, Lease.expires > at).values(expires=at + LASTS)
    )
    return int(renewed.rowcount)  # type: ignore[attr-defined]  # an UPDATE gives a CursorResult


def still_held(session: Session, held: Held) -> bool:
    """Whether the lease is still this session's own."""
    lease = session.get(Lease, (held.kind, held.reference), populate_existing=True)
    return lease is not None and lease.session == held.session


def give_back(session: Session, held: Held) -> None:
    """Gives one lease back."""
    session.execute(
        delete(Lease).where(
            Lease.kind == held.kind, Lease.reference == held.reference, Lease.session == held.session
        )
    )


def give_back_all(session: Session, holder: Holder) -> None:
    """Gives back everything that the holder's desk holds: on leaving, on a hang-up, at the end."""
    session.execute(delete(Lease).where(Lease.session == holder.desk))


def refuse_if_taken(session: Session, holder: Holder, kind: str, reference: str, sentence: str) -> None:
    """Refuses when another desk holds the lease, without taking it; raises `InUse`."""
    lease = session.get(Lease, (kind, reference), populate_existing=True)
    if lease is not None and lease.session != holder.desk and _runs(lease, now(session)):
        raise InUse(f"{sentence} {_say_holder(session, holder, lease)}")


def find_taken_elsewhere(
    session: Session, holder: Holder, kind: str, references: Collection[str]
) -> frozenset[str]:
    """Of some things of a kind those that other desks hold a lease on."""
    return frozenset(
        lease.reference for lease in _running(session, kind, references) if lease.session != holder.desk
    )


def users_of(session: Session, kind: str, references: Collection[str]) -> dict[str, str]:
    """Who holds a lease on which of some things of a kind."""
    return {
        lease.reference: session.get_one(User, lease.user_id).name
        for lease in _running(session, kind, references)
    }


def _running(session: Session, kind: str, references: Collection[str]) -> list[Lease]:
    at = now(session)
    leases = session.scalars(
        select(Lease)
        .where(Lease.kind == kind, Lease.reference.in_(references))
        .execution_options(populate_existing=True)
    )
    return [lease for lease in leases if _runs(lease, at)]


def _runs(lease: Lease, at: datetime.datetime) -> bool:
    """Whether a lease has not ended; one that ends later than any may was taken under a wrong clock and is free."""
    return at < lease.expires <= at + LASTS + SKEW


def _say_holder(session: Session, asking: Holder, lease: Lease) -> str:
    """Who holds a lease, since when, and when it ends by itself if it is not renewed, in the site's time.

    The minute of the end is rounded up: a desk that is gone holds it until then. Whoever asks is told of a session of
    his own that it is his, and whether it still answers.
    """
    own = lease.user_id == asking.user_id
    name = "you yourself, in another session" if own else session.get_one(User, lease.user_id).name
    since = _show_time(session, lease.since)
    ends = _show_time(session, lease.expires + datetime.timedelta(seconds=59, microseconds=999_999))
    if own and now(session) - (lease.expires - LASTS) > _SILENT:
        return f"({name} since {since} that does not answer any more: free at {ends})"
    return f"({name} since {since}, until {ends} unless renewed)"


def _show_time(session: Session, instant: datetime.datetime) -> str:
    """A time of today as it is, of another day with its date."""
    at = instant.astimezone(zone(session))
    date = "" if at.date() == today(session) else f"{capitals(at)}@"
    return f"{date}{at:%H:%M}"
