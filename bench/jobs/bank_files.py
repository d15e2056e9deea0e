"""Very large ACH files: many EFTs in few batches and in one each, many addenda, remittances, a wrong total."""

import io
from collections.abc import Iterator
from pathlib import Path

from bench.jobs.site_days import DAY, LINES, SEED, actor_in, brought, open_store
from bench.jobs.stopwatch import Stopwatch
from services.bank.write_nacha import NachaWriter, Payment, PaymentBatch
from services.generator.fictions import PAYERS, demo_site
from services.generator.random_day import RandomDay
from services.generator.remittance_835 import VERSION, write_remittance
from services.x12.writing import InterchangeWriter

_SITE = demo_site("442")
_A_BATCH = 1000
_ADDENDA = 300
#: Claims of a remittance in a CTX: it fills most of the 9,999 addenda that NACHA allows.
_A_REMITTANCE = 1200
_FILLER = "9" * 94


def make_bank_files(folder: str, efts: str) -> dict[str, float]:
    """Writes the files: `few-batches`, `many-batches` (the same EFTs), `addenda`, `ctx`, `wrong-total`."""
    watch = Stopwatch()
    target, count = Path(folder), int(efts)
    _write(target / "few-batches.ach", _plain(count), "CCD", _A_BATCH)
    _write(target / "many-batches.ach", _plain(count), "CCD", 1)
    long = (_payment(at, "X" * (80 * (_ADDENDA - 1))) for at in range(max(1, count // 100)))
    _write(target / "addenda.ach", long, "CTX", _A_BATCH)
    _write(target / "ctx.ach", _remittances(count // 5), "CTX", 1)
    _spoil(target / "few-batches.ach", target / "wrong-total.ach")
    return watch.stop()


def make_paid(file: str, path: str) -> dict[str, float]:
    """Imports a bank's file into a store that has a site."""
    watch = Stopwatch()
    store = open_store(file)
    brought(store, actor_in(store), Path(path))
    store.close()
    return watch.stop()


def _write(path: Path, payments: Iterator[Payment], sec: str, a_batch: int) -> None:
    with (
        path.open("wb") as stream,
        NachaWriter(
            stream,
            destination="999999992",
            destination_name="BENCH TREASURY BANK",
            origin="999900001",
            origin_name="BENCH CLEARING BANK",
            created=DAY,
        ) as out,
    ):
        payer, at = PAYERS[0], 0
        batch = PaymentBatch(payer.short_name, payer.company_id, sec, "HCCLAIMPMT", DAY, payer.odfi)
        waiting: list[Payment] = []
        for at, payment in enumerate(payments, start=1):
            waiting.append(payment)
            if at % a_batch == 0:
                out.batch(batch, waiting)
                waiting = []
        if waiting:
            out.batch(batch, waiting)


def _plain(count: int) -> Iterator[Payment]:
    return (_payment(at, "") for at in range(count))


def _payment(at: int, more: str) -> Payment:
    trn = f"TRN*1*BENCH{at:09d}*{PAYERS[0].company_id}\\"
    return Payment("22", _SITE.routing, _SITE.account, 100 + at % 1_000_000, "BENCH", trn + more)


def _remittances(claims: int) -> Iterator[Payment]:
    """A payment for each remittance of a made-up day, which it carries."""
    day = RandomDay(
        claims=max(claims, 1),
        lines=LINES,
        seed=SEED,
        faults=frozenset(),
        claims_per_set=_A_REMITTANCE,
        day=DAY,
    )
    for number, remittance in enumerate(day.remittances(), start=1):
        stream = io.BytesIO()
        with InterchangeWriter(
            stream,
            functional="HP",
            version=VERSION,
            sender="BENCH",
            receiver="SITE442",
            written=DAY,
            control=number,
        ) as out:
            write_remittance(out, _SITE, remittance)
        text = stream.getvalue().decode("ascii").replace("\n", "")
        yield Payment("22", _SITE.routing, _SITE.account, remittance.total_cents, "BENCH", text)


def _spoil(path: Path, target: Path) -> None:
    """Copies a file with another total in its last record."""
    records = path.read_text("ascii").splitlines()
    at = max(number for number, record in enumerate(records) if record != _FILLER)
    wrong = f"{int(records[at][43:55]) + 1:012d}"
    records[at] = records[at][:43] + wrong + records[at][55:]
    target.write_text("\n".join([*records, ""]), "ascii")
