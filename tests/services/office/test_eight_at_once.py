"""Eight processes work in one PostgreSQL store: nobody is refused because two of them waited for each other."""

import multiprocessing
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

import pytest
from psycopg import Error as PsycopgError
from psycopg.errors import DeadlockDetected
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from models.bills import Bill
from models.dialects import LOCKED
from models.receipts import Receipt
from models.store import Store
from models.words.receipts import ReceiptStatus
from services.bills.adjustments import adjust
from services.office.access import Access
from services.office.actor import Actor, sign_on
from services.office.once import new_key
from services.receipts.creating import create_receipt
from services.receipts.processing import process_receipt
from services.scratchpad.acts import create_pad
from tests import given, ledger
from tests.given import dollars
from tests.stores import AUDIT_KEY, FixedClock

CLERKS, IMPORTERS = 6, 2

#: ERAs of each clerk, and files of each importer.
EACH = 4


@pytest.fixture
def together(site: Store, actor: Actor) -> Iterator[Store]:
    """A site with a matched ERA for each round of each clerk; all of them pay the same two bills."""
    if site.sqlite:
        pytest.skip("SQLite has one writer at a time")
    given.bills(site, actor, {"K1": 9000, "K2": 9000})
    for number in range(CLERKS * EACH):
        given.era(site, actor, trace=f"T{number}", claims=[("K2", 9000, 10), ("K1", 9000, 20)])
        given.eft(site, actor, trace=f"T{number}", amount=30)
    given.night(site)
    yield site


def work(url: str, number: int) -> list[str]:
    """One clerk's, or one importer's, work in a process of its own; gives what went wrong."""
    store = Store(url, audit_key=AUDIT_KEY, clock=FixedClock())
    with store.reading() as session:
        actor = sign_on(session, "clerk")
    wrong = []
    for turn in range(EACH):
        try:
            if number < CLERKS:
                _post(Access(store, actor), number * EACH + turn + 1, turn)
            else:
                given.eft(store, actor, trace=f"N{number}X{turn}", amount=5 + turn)
                given.night(store)
        except Exception as error:  # noqa: BLE001 - the test reads it
            wrong.append(f"{number}.{turn}: {type(error).__name__}: {error}")
    store.close()
    return wrong


def _post(access: Access, era: int, turn: int) -> None:
    access.write(create_pad, era)
    receipt = access.write(create_receipt, era)
    access.write(process_receipt, receipt.number)
    with access.store.reading() as session:
        bill = session.scalars(select(Bill.id).where(Bill.number == f"K{1 + turn % 2}")).one()
    access.write(
        adjust, new_key(), bill, dollars(1), increase=False, contractual=True, comment="beside others"
    )


def test_eight_processes_are_not_refused_and_the_books_prove(together: Store) -> None:
    url = together.url.render_as_string(hide_password=False)
    with ProcessPoolExecutor(CLERKS + IMPORTERS, multiprocessing.get_context("spawn")) as pool:
        wrong = [said for some in pool.map(work, [url] * 8, range(8)) for said in some]
    assert wrong == []
    ledger.assert_clean(together)
    with together.reading() as session:
        closed = select(func.count()).where(
            Receipt.status == ReceiptStatus.CLOSED, Receipt.era_id.is_not(None)
        )
        assert session.scalar(closed) == CLERKS * EACH
        owed = dict(session.execute(select(Bill.number, Bill.balance)).all())
    posted, adjusted = CLERKS * EACH, CLERKS * EACH // 2
    assert owed == {"K1": 9000 - 20 * posted - adjusted, "K2": 9000 - 10 * posted - adjusted}
    given.night(together)
    ledger.assert_clean(together)


def test_an_act_that_the_server_breaks_off_is_done_again_with_its_own_key(site: Store, actor: Actor) -> None:
    """Another transaction locks two bills crosswise; the server breaks the act off, which is then done once."""
    if site.sqlite:
        pytest.skip("SQLite has one writer at a time")
    bills = given.bills(site, actor, {"K1": 100, "K2": 100})
    keys = {number: new_key() for number in bills}
    other_has_one, act_has_two = threading.Event(), threading.Event()
    tries = 0

    def lock(session: Session, bill: str) -> None:
        session.get_one(Bill, bills[bill], with_for_update=LOCKED)

    def other() -> None:
        with site.writing() as session:
            # So that the server finds out while the act waits, and breaks that off.
            session.execute(text("SET LOCAL deadlock_timeout = '60s'"))
            lock(session, "K1")
            other_has_one.set()
            act_has_two.wait()
            lock(session, "K2")

    def act(session: Session) -> None:
        nonlocal tries
        tries += 1
        for bill in ("K2", "K1"):
            adjust(
                *(session, actor, keys[bill], bills[bill], dollars(1)),
                increase=False,
                contractual=True,
                comment="crosswise",
            )
            act_has_two.set()

    beside = threading.Thread(target=other)
    beside.start()
    other_has_one.wait()
    site.write(act)
    beside.join()
    assert tries == 2
    ledger.assert_clean(site)
    with site.reading() as session:
        assert session.scalars(select(Bill.balance)).all() == [dollars(99), dollars(99)]


def test_an_act_that_is_broken_off_again_and_again_says_so(site: Store) -> None:
    tries = 0

    def act(_: Session) -> None:
        nonlocal tries
        tries += 1
        raise DBAPIError.instance("UPDATE", None, DeadlockDetected("deadlock detected"), PsycopgError)

    with pytest.raises(DBAPIError):
        site.write(act)
    assert tries == 5
