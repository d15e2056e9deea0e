"""A PostgreSQL server whose answer to a COMMIT is lost is asked what became of it, and that is what is true."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from models.broken_store import broken_store
from models.errors import LockboxError, OutcomeUnknown
from models.site import Site
from models.store import Store
from models.upgrading import create_store
from services.office.actor import Actor
from services.office.clock import SITE
from services.office.site import open_site, set_parameter
from tests.server import Gate, Server, gate, server
from tests.stores import AUDIT_KEY


@pytest.fixture(scope="module")
def real() -> Iterator[Server]:
    """The server."""
    with server() as running:
        yield running


@pytest.fixture
def between(real: Server) -> Iterator[Gate]:
    """The gate before it."""
    with gate(real) as opened:
        yield opened


@pytest.fixture
def store(real: Server, between: Gate, request: pytest.FixtureRequest) -> Iterator[Store]:
    """A store behind the gate, in a database of its own."""
    real.run(f'CREATE DATABASE "{request.node.name}"')
    opened = Store(between.address(request.node.name), audit_key=AUDIT_KEY)
    create_store(opened)
    yield opened
    opened.close()


@pytest.fixture
def actor(store: Store) -> Actor:
    """The first user of the site."""
    with store.writing() as session:
        return open_site(session, "clerk", station="442", name="BEFORE", auto_audit=True)


def renamed(store: Store, actor: Actor) -> None:
    """One act: the site gets another name."""
    with store.writing() as session:
        set_parameter(session, actor, "name", "AFTER")


def name_of(store: Store) -> str:
    """What the store says now."""
    with store.reading() as session:
        return session.scalars(select(Site.name).where(Site.id == SITE)).one()


def test_what_was_committed_is_done_though_the_answer_was_lost(
    store: Store, actor: Actor, between: Gate
) -> None:
    between.lose_next_commit(arrives=True)
    renamed(store, actor)
    assert name_of(store) == "AFTER"


def test_what_never_arrived_is_said_to_be_undone(store: Store, actor: Actor, between: Gate) -> None:
    between.lose_next_commit(arrives=False)
    with pytest.raises(LockboxError, match="What was being done is undone as a whole") as told:
        renamed(store, actor)
    assert not isinstance(told.value, OutcomeUnknown)
    assert name_of(store) == "BEFORE"
    renamed(store, actor)
    assert name_of(store) == "AFTER"


@pytest.mark.parametrize("arrives", [True, False])
def test_when_it_cannot_be_asked_nothing_is_claimed(
    store: Store, actor: Actor, between: Gate, arrives: bool
) -> None:
    store.patience = 0.5
    between.lose_next_commit(arrives=arrives, closes=True)
    with pytest.raises(OutcomeUnknown, match="before it said whether the act was done"):
        renamed(store, actor)
    between.open()
    assert name_of(store) == ("AFTER" if arrives else "BEFORE")


def test_what_an_act_gave_can_still_be_shown(store: Store, actor: Actor, between: Gate) -> None:
    between.lose_next_commit(arrives=True)
    with store.writing() as session:
        site = session.get_one(Site, SITE)
        site.name = "SHOWN"
    assert (site.name, site.station, name_of(store)) == ("SHOWN", "442", "SHOWN")


def test_a_server_that_ends_a_connection_within_an_act_has_undone_it(store: Store, actor: Actor) -> None:
    with pytest.raises(DBAPIError) as told, store.writing() as session:
        set_parameter(session, actor, "name", "AFTER")
        with store.engine.connect() as other:
            other.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_xid IS NOT NULL")
            )
        session.execute(text("SELECT 1"))
    assert "ended this connection. What was being done is undone as a whole" in str(broken_store(told.value))
    assert name_of(store) == "BEFORE"
