"""Kill sweep of Process Receipt: stopped at every write, sync, truncate and unlink, then run again.

Whatever point it is stopped at, the receipt is posted whole or not at all, what was acknowledged is there, and
the next run completes it exactly once. `make sweep` runs it; it needs strace.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from models.store import Store
from models.upgrading import create_store
from services.books import check_books
from services.receipt_lookup import receipt_of
from services.receipts import ReceiptStatus, create_receipt
from services.sites import open_site
from services.worklist import PaperCheck, create_pad, distribute
from tests import given
from tests.ledger import Contents, contents
from tests.stores import FixedClock
from tests.sweeps.process_once import AUDIT_KEY

pytestmark = [
    pytest.mark.sweep,
    pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed"),
]

ROOT = Path(__file__).parents[2]
CALLS = ("pwrite64", "fdatasync", "fsync", "ftruncate", "unlink")

#: No transaction here needs more points; reaching it means that the sweep does not end.
MOST_POINTS = 400


@dataclass(frozen=True)
class Open:
    """A store with one open receipt, to be copied for each run."""

    path: Path
    receipt: str
    posted: Contents


@pytest.fixture(scope="module")
def open_receipt(tmp_path_factory: pytest.TempPathFactory) -> Open:
    """A check's receipt with a pending decrease, a payment in full, one in part and a suspense line."""
    folder = tmp_path_factory.mktemp("sweep")
    path, clock = folder / "open.sqlite3", FixedClock()
    store = Store(f"sqlite:///{path}", audit_key=AUDIT_KEY, clock=clock)
    create_store(store)
    with store.writing() as session:
        actor = open_site(session, "clerk", station="442", name="SWEEP SITE", auto_audit=True)
    given.bills(store, actor, {"K1": 100, "K2": 70, "K3": 50})
    number = given.era(
        store,
        actor,
        trace="SWEEP",
        method="CHK",
        claims=[("K1", 100, 100), given.taken_back("K2", 70, 40), ("K3", 50, 20), ("X9", 30, 25)],
    )
    with store.writing() as session:
        create_pad(session, actor, number, check=PaperCheck("SWEEP", clock.today))
        distribute(session, actor, number, (2, 1), (1, 1), given.dollars(40))
        receipt = create_receipt(session, actor, number, ticket="A123456").number
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    reference = folder / "reference.sqlite3"
    shutil.copy(path, reference)
    assert _run(reference, receipt).stdout == "POSTED\n"
    return Open(path, receipt, _settled(reference))


def _run(path: Path, receipt: str, *extra: str, trace: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.sweeps.process_once", str(path), receipt, *extra]
    if trace:
        call = trace.partition(":")[0]
        log = path.with_suffix(".trace")
        command = ["strace", "-qq", "-o", str(log), "-e", f"trace={call}", "-e", f"inject={trace}", *command]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


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
    open_receipt: Open, folder: Path, call: str, fault: str, *extra: str
) -> Iterator[tuple[Path, str]]:
    """Runs with the fault at the first call, the second … until the program meets it no more."""
    for point in range(1, MOST_POINTS):
        path = folder / "run.sqlite3"
        for old in folder.glob("run.*"):
            old.unlink()
        shutil.copy(open_receipt.path, path)
        sticky = "+" if fault.endswith("+") else ""
        run = _run(
            path, open_receipt.receipt, *extra, trace=f"{call}:{fault.rstrip('+')}:when={point}{sticky}"
        )
        met = (
            "INJECTED" in path.with_suffix(".trace").read_text() or run.returncode < 0 or run.returncode > 128
        )
        yield path, run.stdout
        if not met:
            return
    raise AssertionError("the sweep does not end")


@pytest.mark.parametrize("fault", ["signal=KILL", "error=ENOSPC", "error=ENOSPC+", "error=EIO"])
@pytest.mark.parametrize("call", CALLS)
def test_nothing_is_lost_and_nothing_is_posted_twice(
    open_receipt: Open, tmp_path: Path, call: str, fault: str
) -> None:
    for path, said in _points(open_receipt, tmp_path, call, fault):
        posted = _posted(path, open_receipt.receipt)
        assert posted or "POSTED" not in said
        again = _run(path, open_receipt.receipt)
        assert again.stdout == ("ALREADY\n" if posted else "POSTED\n"), again.stderr
        assert _posted(path, open_receipt.receipt)
        assert _settled(path) == open_receipt.posted


def test_the_sweep_finds_a_commit_that_was_moved(open_receipt: Open, tmp_path: Path) -> None:
    found = 0
    for path, _ in _points(open_receipt, tmp_path, "pwrite64", "signal=KILL", "--commit-early"):
        store = _opened(path)
        with store.reading() as session:
            found += bool(check_books(session))
        store.close()
    assert found > 0
