"""Kill sweep of Process Receipt: stopped at every write, sync, truncate and unlink, then run again.

Whatever point it is stopped at, the receipt is posted whole or not at all, what was acknowledged is there, and
the next run completes it exactly once. `make sweep` runs it; it needs strace.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from models.store import Store
from models.upgrading import create_store
from models.words.receipts import ReceiptStatus
from models.words.scratchpad import LineKey
from services.office.site import open_site
from services.proofs.check import check_books
from services.receipts.creating import create_receipt
from services.receipts.lookup import receipt_of
from services.scratchpad.acts import PaperCheck, create_pad
from services.scratchpad.line_acts import distribute
from tests import given
from tests.ledger import Contents, contents
from tests.stores import FixedClock
from tests.sweeps.faults import Run, run
from tests.sweeps.process_once import AUDIT_KEY, committing_early, processing

pytestmark = [
    pytest.mark.sweep,
    pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed"),
]

Program = Callable[[Path, str], Callable[[], tuple[str, int]]]
CALLS = ("pwrite64", "fdatasync", "fsync", "ftruncate", "unlink")

#: No transaction here needs more points; reaching it means that the sweep does not end.
MOST_POINTS = 400


#: A reversal of a bill of which that much had been paid.
BORNE = given.taken_back("K4", 70, 10)


@dataclass(frozen=True)
class Open:
    """A store with one open receipt, to be copied for each run."""

    path: Path
    receipt: str
    posted: Contents


@pytest.fixture(scope="module")
def open_receipt(tmp_path_factory: pytest.TempPathFactory) -> Open:
    """A check's receipt with a pending decrease, a reversal that its own bill bears, and a suspense line.

    One bill is paid in full, one in part, partly out of the reversal.
    """
    folder = tmp_path_factory.mktemp("sweep")
    path, clock = folder / "open.sqlite3", FixedClock()
    store = Store(f"sqlite:///{path}", audit_key=AUDIT_KEY, clock=clock)
    create_store(store)
    with store.writing() as session:
        actor = open_site(session, "clerk", station="442", name="SWEEP SITE", auto_audit=True)
    given.bills(store, actor, {"K1": 100, "K2": 70, "K3": 50})
    given.bill(store, actor, "K4", 70, balance=30)
    number = given.era(
        store,
        actor,
        trace="SWEEP",
        method="CHK",
        claims=[("K1", 100, 100), given.taken_back("K2", 70, 40), ("K3", 50, 20), BORNE, ("X9", 30, 25)],
    )
    with store.writing() as session:
        create_pad(session, actor, number, check=PaperCheck("SWEEP", clock.today))
        distribute(session, actor, LineKey(number, 2, 1), LineKey(number, 1, 1), given.dollars(40))
        at, to = LineKey(number, 4, 1), LineKey(number, 3, 1)
        distribute(session, actor, at, to, given.dollars(10), re_establish=True)
        receipt = create_receipt(session, actor, number, ticket="A123456").number
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    reference = folder / "reference.sqlite3"
    shutil.copy(path, reference)
    assert run(processing(reference, receipt), folder / "strace.log").said == "POSTED"
    return Open(path, receipt, _settled(reference))


def _opened(path: Path) -> Store:
    return Store(f"sqlite:///{path}", audit_key=AUDIT_KEY, clock=FixedClock())


def _settled(path: Path) -> Contents:
    """The whole store, but for what may differ from run to run: the desk's own lease."""
    store = _opened(path)
    try:
        return {name: rows for name, rows in contents(store).items() if name != "lease"}
    finally:
        store.close()


def _posted(path: Path, receipt: str) -> bool:
    """Proves the books and says whether the receipt is posted."""
    store = _opened(path)
    try:
        with store.reading() as session:
            assert check_books(session) == []
            return receipt_of(session, receipt).status is ReceiptStatus.CLOSED
    finally:
        store.close()


def _points(
    open_receipt: Open, folder: Path, call: str, fault: str, program: Program
) -> Iterator[tuple[Path, Run]]:
    """Runs with the fault at the first call, the second … until the program meets it no more."""
    path, log = folder / "run.sqlite3", folder / "strace.log"
    sticky = "+" if fault.endswith("+") else ""
    for point in range(1, MOST_POINTS):
        for old in folder.glob("run.*"):
            old.unlink()
        shutil.copy(open_receipt.path, path)
        ended = run(
            program(path, open_receipt.receipt), log, f"{call}:{fault.rstrip('+')}:when={point}{sticky}"
        )
        yield path, ended
        if not ended.met:
            return
    raise AssertionError("the sweep does not end")


@pytest.mark.parametrize("fault", ["signal=KILL", "error=ENOSPC", "error=ENOSPC+", "error=EIO"])
@pytest.mark.parametrize("call", CALLS)
def test_nothing_is_lost_and_nothing_is_posted_twice(
    open_receipt: Open, tmp_path: Path, call: str, fault: str
) -> None:
    for path, ended in _points(open_receipt, tmp_path, call, fault, processing):
        posted = _posted(path, open_receipt.receipt)
        assert posted or ended.said != "POSTED"
        assert ended.code in (None, 0, 1), ended
        again = run(processing(path, open_receipt.receipt), tmp_path / "strace.log")
        assert again.said == ("ALREADY" if posted else "POSTED")
        assert _posted(path, open_receipt.receipt)
        assert _settled(path) == open_receipt.posted


def test_the_sweep_finds_a_commit_that_was_moved(open_receipt: Open, tmp_path: Path) -> None:
    found = 0
    for path, _ in _points(open_receipt, tmp_path, "pwrite64", "signal=KILL", committing_early):
        store = _opened(path)
        with store.reading() as session:
            found += bool(check_books(session))
        store.close()
    assert found > 0
