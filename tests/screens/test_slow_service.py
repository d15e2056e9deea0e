"""A service that takes its time: the clerk types on, breaks off what changes nothing, and never a posting.

How long it takes is the test's to say: the database waits at a statement until it is let go.
"""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from models.store import Store
from screens.list_manager.asking.progress import STANDBY
from screens.lockbox_desk import LockboxDesk
from screens.receipts.receipt_profile import receipt_profile
from screens.worklist.era_filters import eeob_worklist
from screens.worklist.era_list import SORTING
from services.office.actor import Actor
from services.receipts.creating import create_receipt
from tests import given, ledger
from tests.patience import PATIENCE
from tests.screens.pad_site import eft_era
from tests.screens.seat import Seat

THE_LIST = "\n\n\n\n\n"
UPDATING = "Updating AR accounts..."


class Slow:
    """A store whose services stand still at the statements that have certain words in them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._words: str | None = None
        self.go = threading.Event()
        event.listen(store.engine, "before_cursor_execute", self._wait)

    def at(self, words: str) -> None:
        """From now on services wait at statements with these words."""
        self._words = words

    def _wait(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        service = threading.current_thread().name == "service"
        if service and self._words is not None and self._words in " ".join(statement.split()):
            assert self.go.wait(PATIENCE), "the service was never let go"

    def close(self) -> None:
        """Lets everything go, now and later."""
        self.go.set()
        event.remove(self._store.engine, "before_cursor_execute", self._wait)


@pytest.fixture
def slow(site: Store) -> Iterator[Slow]:
    """The site's store, to be slowed down."""
    slow = Slow(site)
    yield slow
    slow.close()


@pytest.fixture
def era(site: Store, actor: Actor) -> int:
    """One ERA that waits for its check."""
    given.bills(site, actor, {"K1": 100})
    return given.era(site, actor, trace="CHK-1", method="CHK", claims=[("K1", 100, 80)])


async def test_what_is_typed_during_a_long_search_is_done_afterwards(
    site: Store, actor: Actor, era: int, slow: Slow
) -> None:
    slow.at("FROM era")
    async with Seat(site, actor, eeob_worklist) as clerk:
        clerk.keys.feed(THE_LIST)
        await clerk.until(STANDBY)
        clerk.keys.feed("Select=1\nYES\n")
        assert "ERA List - Worklist" not in clerk.screen
        slow.go.set()
        await clerk.until("ENTER THE NUMBER OF THE PAPER CHECK")
        assert "PAYMENT METHOD CODE REPORTED: CHK" in clerk.screen


async def test_what_was_found_is_said_while_the_first_page_is_fetched(
    site: Store, actor: Actor, era: int, slow: Slow
) -> None:
    slow.at("LEFT OUTER JOIN")
    async with Seat(site, actor, eeob_worklist) as clerk:
        clerk.keys.feed(THE_LIST)
        await clerk.until(SORTING)
        assert (
            "(A)LL PAYERS, (R)ANGE OF PAYER NAMES: ALL//\n\n...Records found...now sorting...\n"
            in clerk.screen
        )
        slow.go.set()
        await clerk.until("Select Action:")
        assert SORTING not in clerk.screen


async def test_a_caret_on_the_progress_line_breaks_the_search_off(
    site: Store, actor: Actor, era: int, slow: Slow
) -> None:
    slow.at("FROM era")
    before = ledger.contents(site)
    async with Seat(site, actor, eeob_worklist) as clerk:
        clerk.keys.feed(THE_LIST)
        await clerk.until(STANDBY)
        clerk.keys.feed("^")
        await clerk.result()
        assert not slow.go.is_set(), "the search itself still runs"
        assert "ERA List - Worklist" not in clerk.screen
    assert ledger.contents(site) == before


async def test_a_caret_typed_before_the_progress_line_answers_the_next_question(
    site: Store, actor: Actor, era: int, slow: Slow
) -> None:
    slow.at("FROM era")
    async with Seat(site, actor, eeob_worklist) as clerk:
        clerk.keys.feed(f"{THE_LIST}^\n")
        await clerk.until(STANDBY)
        assert not clerk.done
        shown: list[str] = []
        clerk.watch(lambda: shown.append(clerk.screen))
        slow.go.set()
        await clerk.result()
        assert any("ERA List - Worklist" in screen for screen in shown), (
            "the caret left the list, not the search"
        )


async def test_control_c_breaks_the_search_off_and_forgets_what_was_typed(
    site: Store, actor: Actor, era: int, slow: Slow
) -> None:
    slow.at("FROM era")
    async with Seat(site, actor, eeob_worklist) as clerk:
        clerk.keys.feed(THE_LIST)
        await clerk.until(STANDBY)
        clerk.keys.feed("Select=1\nYES\n")
        clerk.interrupt()
        await clerk.result()
        assert not clerk.keys.pending
    assert not slow.go.is_set()


async def test_what_was_updated_is_said_once(site: Store, actor: Actor, slow: Slow, tmp_path: Path) -> None:
    receipt = _receipt(site, actor)

    async def talk(desk: LockboxDesk) -> None:
        await receipt_profile(desk, receipt)

    async with Seat(site, actor, talk, tmp_path) as clerk:
        await clerk.types("PR\n")
        slow.at("INSERT INTO bill_transaction")
        clerk.keys.feed("YES\n")
        await clerk.until(UPDATING)
        slow.go.set()
        await clerk.until("Press RETURN to continue:")
        assert clerk.screen.count(UPDATING) == 1
        assert f"{UPDATING} Done." in clerk.screen


async def test_a_posting_is_never_broken_off(site: Store, actor: Actor, slow: Slow, tmp_path: Path) -> None:
    receipt = _receipt(site, actor)

    async def talk(desk: LockboxDesk) -> None:
        await receipt_profile(desk, receipt)

    async with Seat(site, actor, talk, tmp_path) as clerk:
        await clerk.types("PR\n")
        slow.at("INSERT INTO bill_transaction")
        clerk.keys.feed("YES\n")
        await clerk.until(UPDATING)
        clerk.keys.feed("^")
        clerk.interrupt()
        clerk.keys.feed("\n")
        assert not clerk.done
        slow.go.set()
        await clerk.until("Receipt Status: CLOSED")
        assert "Receipt processed on" in clerk.screen
    assert (tmp_path / "finance.journal").is_file()
    ledger.assert_clean(site)


def _receipt(site: Store, actor: Actor) -> str:
    given.bills(site, actor, {"K1": 100})
    number = eft_era(site, actor, [("K1", 100, 80)], amount=80)
    with site.writing() as session:
        return create_receipt(session, actor, number).number
