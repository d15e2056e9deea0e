"""What a desk does of an act to which the store gave no answer: it looks before anything is said."""

import pytest
from sqlalchemy.orm import Session

from models.store import Store
from screens.list_manager.glass.terminal import Terminal
from services.errors import LockboxError, OutcomeUnknown, Refused
from services.office.actor import Actor
from services.receipts.tickets import find_ticket, open_ticket
from tests.screens.failing_store import failing_commit
from tests.screens.list_manager.clerk import Clerk
from tests.screens.seat import assert_nothing_open, desk_of

NUMBER = "A123456"
UNKNOWN = "IT IS NOT KNOWN WHETHER THE TICKET WAS OPENED"
DISK = "The disk of the store gave an error. Look the act up before you repeat it."


def number_on_file(session: Session) -> str | None:
    """The ticket's number, when it is on file."""
    ticket = find_ticket(session, NUMBER)
    return None if ticket is None else ticket.number


async def opened(store: Store, actor: Actor) -> str:
    """Lets a desk open a deposit ticket once; gives its number."""

    async def talk(terminal: Terminal) -> str:
        desk = desk_of(terminal, store, actor)
        return await desk.once(UNKNOWN, number_on_file).write(open_ticket, NUMBER)

    async with Clerk(talk).started() as clerk:
        return await clerk.result()


def on_file(store: Store) -> bool:
    with store.reading() as session:
        return number_on_file(session) is not None


async def test_what_was_done_without_an_answer_is_found(site: Store, actor: Actor) -> None:
    with failing_commit(site, done=True):
        assert await opened(site, actor) == NUMBER
    assert on_file(site)
    assert_nothing_open(site)


async def test_what_was_not_done_is_said_not_to_be(site: Store, actor: Actor) -> None:
    with failing_commit(site, done=False), pytest.raises(LockboxError) as told:
        await opened(site, actor)
    assert str(told.value) == DISK and not isinstance(told.value, OutcomeUnknown)
    assert not on_file(site)
    assert await opened(site, actor) == NUMBER


@pytest.mark.parametrize("done", [False, True])
async def test_what_cannot_be_found_out_is_said_to_be_unknown(
    site: Store, actor: Actor, *, done: bool
) -> None:
    with failing_commit(site, done=done, gone=True), pytest.raises(OutcomeUnknown) as told:
        await opened(site, actor)
    assert str(told.value) == f"{DISK}\n{UNKNOWN}"
    assert on_file(site) == done


async def test_a_refusal_is_an_answer(site: Store, actor: Actor) -> None:
    await opened(site, actor)
    with pytest.raises(Refused, match="EXISTS ALREADY"):
        await opened(site, actor)
