"""What the benchmarks work on: a generated site day, and stores to import it into; made once and kept."""

import datetime
from pathlib import Path

from bench.jobs.stopwatch import Stopwatch
from models.store import Store
from models.upgrading import create_store
from services.actor import Actor, os_login, sign_on
from services.generator.site_day import CLAIMS_837I, CLAIMS_837P, generate_site_day
from services.intake import Outcome, import_file
from services.sites import open_site

LINES = 3
SEED = 1
DAY = datetime.date(2026, 3, 2)
KEY = bytes(32)


def make_day(folder: str, claims: str, claims_per_set: str) -> dict[str, float]:
    """Writes the files of a site day: what is billed, acknowledged, remitted and paid."""
    watch = Stopwatch()
    generate_site_day(
        Path(folder),
        claims=int(claims),
        lines=LINES,
        seed=SEED,
        faults=frozenset(),
        claims_per_set=int(claims_per_set),
        day=DAY,
    )
    return watch.stop()


def make_site(file: str) -> dict[str, float]:
    """Lays out a store with a site whose bills become ACTIVE when they are imported."""
    watch = Stopwatch()
    store = open_store(file)
    create_store(store)
    with store.writing() as session:
        open_site(session, os_login(), station="442", name="BENCH", auto_audit=True)
    store.close()
    # The program finds the key of a store beside it.
    Path(file).with_suffix(".audit.key").write_text(KEY.hex() + "\n", "ascii")
    Path(file).with_suffix(".audit.key").chmod(0o600)
    return watch.stop()


def make_bills(file: str, folder: str) -> dict[str, float]:
    """Imports the 837s of a day into a store that has a site."""
    watch = Stopwatch()
    store = open_store(file)
    actor = actor_in(store)
    for name in (CLAIMS_837P, CLAIMS_837I):
        path = Path(folder) / name
        if path.exists():
            brought(store, actor, path)
    store.close()
    return watch.stop()


def open_store(file: str | Path) -> Store:
    """Opens a store of the benchmarks."""
    return Store(f"sqlite:///{file}", audit_key=KEY)


def actor_in(store: Store) -> Actor:
    """The user of this process, who set the site up."""
    with store.reading() as session:
        return sign_on(session, os_login())


def brought(store: Store, actor: Actor, path: Path, outcome: Outcome = Outcome.FILED) -> None:
    """Imports a file; one that comes to something else would make the figures worthless."""
    report = import_file(store, actor, path)
    if report.outcome is not outcome:
        found = [*report.findings, *(finding for one in report.sets for finding in one.findings)]
        raise SystemExit(f"{path.name} came to {report.outcome.value}, not {outcome.value}: {found[:5]}")
