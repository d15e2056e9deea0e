"""Two desks and one thing: who may work on it, until when, and what the other clerk reads."""

import datetime
from collections.abc import Callable

import pytest
from sqlalchemy import select

from models.leases import Lease
from models.store import Store
from models.words.keys import SecurityKey
from services.errors import InUse
from services.office import leases
from services.office.actor import Actor, sign_on
from services.office.site import add_user
from tests.stores import FixedClock

OWN = "you yourself, in another session"
SENTENCE = "Another user is editing the receipt."


@pytest.fixture
def other(site: Store) -> Actor:
    """The same clerk at another desk."""
    with site.reading() as session:
        return sign_on(session, "clerk")


def take(store: Store, actor: Actor) -> None:
    """Takes the lease on one receipt."""
    with store.writing() as session:
        leases.take(session, actor, "RECEIPT", "R1", SENTENCE)


def ask(store: Store, actor: Actor) -> None:
    """Asks whether another desk has the lease on the receipt."""
    with store.reading() as session:
        leases.refuse_if_taken(session, actor, "RECEIPT", "R1", SENTENCE)


def holder(store: Store) -> str:
    """The desk that has the lease."""
    with store.reading() as session:
        return session.scalars(select(Lease.session)).one()


BOTH = pytest.mark.parametrize("tries", [take, ask])


@BOTH
def test_a_lease_taken_under_a_wrong_clock_is_free(
    site: Store, actor: Actor, other: Actor, clock: FixedClock, tries: Callable[[Store, Actor], None]
) -> None:
    right = clock.instant
    clock.forward(days=365)
    take(site, actor)
    clock.set(right)
    tries(site, other)
    take(site, other)
    assert holder(site) == other.desk
    with pytest.raises(InUse, match="since 14:37, until 14:40 unless renewed"):
        tries(site, actor)


@BOTH
@pytest.mark.parametrize("minutes", [-1.9, 0, 4.9])
def test_clocks_that_differ_by_a_little_do_not_free_a_lease(
    site: Store,
    actor: Actor,
    other: Actor,
    clock: FixedClock,
    tries: Callable[[Store, Actor], None],
    minutes: float,
) -> None:
    right = clock.instant
    clock.forward(minutes=minutes)
    take(site, actor)
    clock.set(right)
    with pytest.raises(InUse):
        tries(site, other)


@BOTH
def test_the_date_of_another_day_is_said(
    site: Store, actor: Actor, other: Actor, clock: FixedClock, tries: Callable[[Store, Actor], None]
) -> None:
    clock.set(datetime.datetime(2012, 7, 22, 23, 58, 30, tzinfo=datetime.UTC))
    take(site, actor)
    with pytest.raises(InUse) as refused:
        tries(site, other)
    assert str(refused.value) == (f"{SENTENCE} ({OWN} since 23:58, until JUL 23, 2012@00:01 unless renewed)")
    clock.forward(minutes=1.8)
    with pytest.raises(InUse) as refused:
        tries(site, other)
    silent = f"({OWN} since JUL 22, 2012@23:58 that does not answer any more: free at 00:01)"
    assert str(refused.value) == f"{SENTENCE} {silent}"
    clock.forward(minutes=0.3)
    tries(site, other)


@BOTH
def test_a_session_of_ones_own_that_has_ended_is_named_as_such(
    site: Store, actor: Actor, other: Actor, clock: FixedClock, tries: Callable[[Store, Actor], None]
) -> None:
    with site.writing() as session:
        add_user(session, "second", "CLERK,TWO", (SecurityKey.CLERK,), given_by="test")
        second = sign_on(session, "second")
    take(site, actor)
    clock.forward(seconds=50)
    with site.writing() as session:
        leases.renew(session, actor)
    clock.forward(seconds=59)
    with pytest.raises(InUse, match=f"{OWN} since 14:37, until 14:40 unless renewed"):
        tries(site, other)
    clock.forward(seconds=2)
    with pytest.raises(InUse, match=f"{OWN} since 14:37 that does not answer any more: free at 14:40"):
        tries(site, other)
    with pytest.raises(InUse, match="CLERK since 14:37, until 14:40 unless renewed"):
        tries(site, second)


def test_one_that_has_ended_is_not_kept_alive_again(
    site: Store, actor: Actor, other: Actor, clock: FixedClock
) -> None:
    """A machine that slept wakes and renews: what it held is free meanwhile, and may be another's."""
    take(site, actor)
    clock.forward(minutes=1)
    with site.writing() as session:
        assert leases.renew(session, actor) == 1
    clock.forward(minutes=3)
    with site.writing() as session:
        assert leases.renew(session, actor) == 0
    take(site, other)
    assert holder(site) == other.desk
