"""What the benchmarks work on: a generated site day, and stores to import it into; made once and kept."""

import datetime
import io
from pathlib import Path

from bench.jobs.stopwatch import Stopwatch
from models.store import Store
from models.upgrading import create_store
from models.words.intake import Outcome
from services.generator.site_day import CLAIMS_837I, CLAIMS_837P, generate_site_day
from services.intake.importing import import_file, import_stream
from services.office.actor import Actor, os_login, sign_on
from services.office.site import open_site

LINES = 3
SEED = 1
DAY = datetime.date(2026, 3, 2)
KEY = bytes(32)

#: The one bill of the 835s that are large in one place, and how they begin.
BILL = "K1"
_ENVELOPE = (
    "ISA*00*          *00*          *ZZ*PAYER          *ZZ*CLINIC         *260302*1200*^*00501*000000001*0*P*:~"
    "GS*HP*PAYER*CLINIC*20260302*1200*1*X*005010X221A1~"
)
_HEADER_835 = (
    "ST*835*0001~BPR*I*100*C*CHK************20260302~TRN*1*LARGE*1512345678~"
    "N1*PR*BENCH~N1*PE*CLINIC*XX*1234567893~LX*1~"
)


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


def make_bill(file: str) -> dict[str, float]:
    """Makes the one bill that `make_large` pays."""
    watch = Stopwatch()
    store = open_store(file)
    text = (
        f"bill_number,patient_name,payer_name,service_from,charge\n{BILL},DEMOVET,BENCH,2026-01-02,100.00\n"
    )
    report = import_stream(store, actor_in(store), "bills.csv", io.BytesIO(text.encode()))
    store.close()
    assert report.bills == 1
    return watch.stop()


def make_large(file: str, segment: str, times: str) -> dict[str, float]:
    """Writes an 835 of one claim with the same segment again and again behind it."""
    watch = Stopwatch()
    count = int(times)
    with open(file, "w", encoding="ascii") as stream:
        stream.write(f"{_ENVELOPE}{_HEADER_835}CLP*{BILL}*1*100*100**12*ICN1*11*1~")
        for _ in range(count):
            stream.write(f"{segment}~")
        stream.write(f"SE*{_HEADER_835.count('~') + count + 2}*0001~GE*1*1~IEA*1*000000001~")
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
