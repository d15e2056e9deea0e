"""A bank's file of any size is taken whole or not at all, some hundreds of EFTs at a time."""

import hashlib
import io
import json
import random
import tracemalloc
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from models.bills import PayerAlias
from models.efts import Eft, EftDeposit
from models.eras import Era
from models.messages import StoredFinding, TransmissionException
from models.store import Store
from models.words.intake import Outcome
from services.errors import LockboxError
from services.intake import eft_filing
from services.intake.eft_filing import AT_ONCE
from services.intake.importing import import_file, import_stream
from services.intake.report import FileReport
from services.night.job import run_nightly
from services.office.actor import Actor
from tests import given, ledger
from tests.services.bank.ach_text import HandEntry, as_file, batch, whole

#: More than two rounds of filing.
MANY = 2 * AT_ONCE + 203


def payment(trace: int, cents: int = 100, account: str = "442000111") -> HandEntry:
    """A claim payment with its reassociation trace."""
    return HandEntry("22", cents, (f"TRN*1*T{trace:07d}*1227777777\\",), account=account, trace=trace)


def ach(*batches: Sequence[HandEntry]) -> bytes:
    """A file of these batches."""
    return as_file(whole([batch(entries, number=at) for at, entries in enumerate(batches, start=1)]))


def brought(store: Store, actor: Actor, content: bytes) -> FileReport:
    """Imports a file, and sees that the books prove whatever became of it."""
    report = import_stream(store, actor, "day.ach", io.BytesIO(content))
    ledger.assert_clean(store)
    return report


def deposits(store: Store) -> dict[str, tuple[str, Decimal, list[tuple[int, str, Decimal]]]]:
    """Each deposit by its number: account, total, and its EFTs by number, trace and amount."""
    with store.reading() as session:
        return {
            deposit.number: (
                deposit.account,
                deposit.total,
                [
                    (eft.number, eft.trace, eft.amount)
                    for eft in session.scalars(
                        select(Eft).where(Eft.deposit_id == deposit.id).order_by(Eft.id)
                    )
                ],
            )
            for deposit in session.scalars(select(EftDeposit).order_by(EftDeposit.id))
        }


def nothing_taken(store: Store) -> bool:
    """Whether no EFT and no deposit is on file."""
    return deposits(store) == {}


def test_many_efts_become_one_deposit_in_the_order_of_the_file(site: Store, actor: Actor) -> None:
    report = brought(site, actor, ach([payment(at, at) for at in range(1, MANY + 1)]))
    assert (report.outcome, report.efts, report.findings) == (Outcome.FILED, MANY, ())
    total = Decimal(MANY * (MANY + 1) // 2).scaleb(-2)
    wanted = [(at, f"T{at:07d}", Decimal(at).scaleb(-2)) for at in range(1, MANY + 1)]
    assert deposits(site) == {"569000001": ("442000111", total, wanted)}


def test_the_checksum_is_over_the_sorted_efts_of_the_deposit(site: Store, actor: Actor) -> None:
    # The same trace with amounts that sort differently as numbers and as texts.
    sums = [150, 1000, 99, 2000, 10, 100000, 100, 1]
    brought(site, actor, ach([payment(7, cents) for cents in sums] + [payment(3, 5), payment(12, 5)]))
    details = sorted(
        (
            f"99999999{trace:07d}",
            "1227777777",
            f"T{trace:07d}",
            f"{Decimal(cents).scaleb(-2):.2f}",
        )
        for trace, cents in [*((7, cents) for cents in sums), (3, 5), (12, 5)]
    )
    total = f"{Decimal(sum(sums) + 10).scaleb(-2):.2f}"
    text = json.dumps(["569000001", "2026-11-23", total, details], separators=(",", ":"))
    with site.reading() as session:
        [checksum] = session.scalars(select(EftDeposit.checksum))
    assert checksum == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("columns", [(7, 13), (13, 21), (21, 31), (43, 55)])
def test_an_error_in_the_last_record_holds_the_whole_file(
    site: Store, actor: Actor, columns: tuple[int, int]
) -> None:
    rows = whole([batch([payment(at) for at in range(1, MANY + 1)])])
    at = max(number for number, row in enumerate(rows) if row != "9" * 94)
    start, end = columns
    stated = int(rows[at][start:end])
    rows[at] = rows[at][:start] + f"{stated + 1:0{end - start}d}" + rows[at][end:]
    report = brought(site, actor, as_file(rows))
    assert (report.outcome, report.efts) == (Outcome.EXCEPTION, 0)
    [wrong, held] = report.findings
    assert (wrong.where, held.code) == (f"record {at + 1}", "held")
    assert nothing_taken(site)
    with site.reading() as session:
        assert [each.code for each in session.scalars(select(StoredFinding))] == [wrong.code, "held"]
    good = brought(site, actor, ach([payment(at) for at in range(1, MANY + 1)]))
    assert (good.outcome, good.efts, list(deposits(site))) == (Outcome.FILED, MANY, ["569000001"])


def test_an_error_in_the_last_entry_and_a_cut_hold_the_whole_file(site: Store, actor: Actor) -> None:
    rows = whole([batch([payment(at) for at in range(1, MANY + 1)])])
    last = max(number for number, row in enumerate(rows) if row[0] == "6")
    wrong = list(rows)
    wrong[last] = wrong[last][:29] + "0000000101" + wrong[last][39:]
    cut = rows[: last + 2]
    for spoilt in (wrong, cut):
        assert brought(site, actor, as_file(spoilt)).outcome is Outcome.EXCEPTION
        assert nothing_taken(site)


def test_the_same_eft_far_apart_is_taken_as_its_file_counts_it_and_told(site: Store, actor: Actor) -> None:
    first = [payment(at) for at in range(1, MANY + 1)]
    report = brought(site, actor, ach(first, [payment(3), payment(3, 999)]))
    again = 2 + 2 * MANY + 3
    [twin] = report.findings
    assert (twin.code, twin.where, "EFT 3," in twin.text) == ("twin-eft", f"record {again}", True)
    assert (report.outcome, report.efts) == (Outcome.FILED, MANY + 2)
    [(_, total, efts)] = deposits(site).values()
    assert (total, len(efts)) == (Decimal(MANY * 100 + 100 + 999).scaleb(-2), MANY + 2)


def test_of_a_later_file_only_what_is_new_is_taken(site: Store, actor: Actor) -> None:
    brought(site, actor, ach([payment(at) for at in range(1, MANY + 1)]))
    later = brought(site, actor, ach([payment(at) for at in range(AT_ONCE, MANY + 8)]))
    known = MANY - AT_ONCE + 1
    assert (later.outcome, later.efts) == (Outcome.FILED, 7)
    assert [each.code for each in later.findings] == ["duplicate-eft"] * known
    assert later.findings[-1].where == f"record {1 + 2 * known}"
    second = deposits(site)["569000002"]
    assert second[1:] == (
        Decimal("7.00"),
        [(number, f"T{MANY + number:07d}", Decimal("1.00")) for number in range(1, 8)],
    )
    same = brought(site, actor, ach([payment(at) for at in range(2, MANY + 1)]))
    assert (same.outcome, same.efts, len(deposits(site))) == (Outcome.DUPLICATE, 0, 2)
    # As many as are stored are listed; the others are counted.
    assert len(same.findings) == 1001
    assert (
        same.findings[-1].text == f"{MANY - 1 - 1000} more findings duplicate-eft are not listed one by one."
    )


@pytest.mark.parametrize("seed", range(4))
def test_any_mix_of_accounts_and_repeats_makes_the_same_deposits(
    site: Store, actor: Actor, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(eft_filing, "AT_ONCE", 7)
    monkeypatch.setattr(eft_filing, "MOST_REMEMBERED", 2)
    dice = random.Random(seed)
    entries = [
        payment(dice.randint(1, 40), dice.choice([100, 250]), f"4420001{dice.randint(0, 6):02d}")
        for _ in range(dice.randint(60, 120))
    ]
    wanted: dict[str, list[tuple[int, str, Decimal]]] = {}
    taken: set[tuple[int, int]] = set()
    for entry in entries:
        taken.add((entry.trace, entry.cents))
        efts = wanted.setdefault(entry.account, [])
        efts.append((len(efts) + 1, f"T{entry.trace:07d}", Decimal(entry.cents).scaleb(-2)))
    report = brought(site, actor, ach(entries))
    # Each is taken, for the file counts each; those that are alike are told.
    assert (report.efts, len(report.findings)) == (len(entries), len(entries) - len(taken))
    assert {each.code for each in report.findings} == {"twin-eft"}
    assert list(deposits(site).values()) == [
        (account, sum((amount for _, _, amount in efts), Decimal()), efts) for account, efts in wanted.items()
    ]
    run_nightly(site, actor)
    ledger.assert_clean(site)


def test_a_deposit_is_of_one_day(site: Store, actor: Actor) -> None:
    rows = whole(
        [
            batch([payment(1), payment(2)]),
            batch([payment(3)], number=2, effective="261124"),
            batch([payment(4)], number=3),
            batch([payment(5)], number=4, effective="      "),
        ]
    )
    report = brought(site, actor, as_file(rows))
    assert [(each.code, each.where) for each in report.findings] == [("no-effective-date", "record 17")]
    with site.reading() as session:
        found = session.execute(
            select(EftDeposit.date, Eft.number, Eft.trace)
            .join(Eft, Eft.deposit_id == EftDeposit.id)
            .order_by(Eft.id)
        )
        assert [(f"{date:%m-%d}", number, trace) for date, number, trace in found] == [
            ("11-23", 1, "T0000001"),
            ("11-23", 2, "T0000002"),
            ("11-24", 1, "T0000003"),
            ("11-23", 3, "T0000004"),
            ("11-20", 1, "T0000005"),
        ]


def test_a_payer_is_known_by_its_other_number(site: Store, actor: Actor) -> None:
    with site.writing() as session:
        session.add(PayerAlias(alias="1227777777", payer_key="1999999999"))
    brought(site, actor, ach([payment(1)]))
    with site.reading() as session:
        assert session.execute(select(Eft.payer_id, Eft.payer_key)).all() == [("1227777777", "1999999999")]


class _Changing(io.BytesIO):
    """A file that somebody writes to between its second and its third reading for entries."""

    def __init__(self, content: bytes, later: bytes) -> None:
        super().__init__(content)
        self._later = later
        self._begun = 0

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Goes back to the beginning: of another text, the fourth time."""
        self._begun += 1
        if self._begun == 4:
            self.getbuffer()[:] = self._later
        return super().seek(offset, whence)


def test_a_file_that_is_changed_meanwhile_files_nothing(site: Store, actor: Actor) -> None:
    before = ledger.contents(site)
    good, other = (ach([payment(at, cents) for at in range(1, MANY + 1)]) for cents in (100, 200))
    with pytest.raises(LockboxError, match="changed while it was imported"):
        import_stream(site, actor, "day.ach", _Changing(good, other))
    assert ledger.differing(before, ledger.contents(site)) == {}
    assert brought(site, actor, good).efts == MANY


def test_more_money_than_a_deposit_can_hold_is_held(site: Store, actor: Actor) -> None:
    one = ach([payment(at, 9_999_999_999) for at in range(1, 101)])
    two = ach([payment(at, 9_999_999_999) for at in range(101, 201)])
    report = brought(site, actor, one + two)
    assert (report.outcome, [each.code for each in report.findings]) == (
        Outcome.EXCEPTION,
        ["several-files", "beyond-bounds"],
    )
    assert nothing_taken(site)
    assert brought(site, actor, one).efts == 100


def _ctx(text: str, cents: int) -> bytes:
    addenda = tuple(text[at : at + 80] for at in range(0, len(text), 80))
    return as_file(whole([batch([HandEntry("22", cents, addenda), payment(2)], sec="CTX")]))


def test_a_remittance_of_many_addenda_is_taken_out_of_its_payment(site: Store, actor: Actor) -> None:
    claims = {f"K{at}": 100 for at in range(400)}
    given.bills(site, actor, claims)
    remittance = given.remittance_file(("T1", [(claim, 100, 80) for claim in claims]))
    report = brought(site, actor, _ctx(remittance.decode("ascii").replace("\n", ""), 400 * 8000))
    assert (report.efts, [part.outcome for part in report.sets]) == (2, [Outcome.FILED])
    given.night(site)
    with site.reading() as session:
        [(total, matched)] = session.execute(select(Era.total, Eft.amount).join(Eft, Eft.era_id == Era.id))
        assert total == matched == Decimal(400 * 80)


def test_more_addenda_than_nacha_allows_is_one_finding_and_the_money_stands(
    site: Store, actor: Actor
) -> None:
    given.bills(site, actor, {"K1": 100})
    claims = [(f"K{at}", 100, 80) for at in range(4500)]
    text = given.remittance_file(("T1", claims)).decode("ascii").replace("\n", "")
    assert len(text) > 80 * 9999
    report = brought(site, actor, _ctx(text, 4500 * 8000))
    assert (report.outcome, report.efts) == (Outcome.EXCEPTION, 2)
    assert [(each.code, each.where) for each in report.findings if each.code == "addenda-too-many"] == [
        ("addenda-too-many", "record 3")
    ]
    assert {each.code for each in report.findings} <= {
        *("addenda-too-many", "addenda-count", "no-terminator", "no-ge", "no-iea")
    }
    [cut] = report.sets
    assert (cut.outcome, cut.era) == (Outcome.EXCEPTION, None)
    with site.reading() as session:
        [exception] = session.scalars(select(TransmissionException))
        assert "PARTIAL" in exception.category.value
        assert session.scalars(select(Eft.trace).order_by(Eft.id)).all() == ["T1", "T0000002"]


def test_memory_does_not_grow_with_the_file(site: Store, actor: Actor, tmp_path: Path) -> None:
    brought(site, actor, ach([payment(1)]))
    path = tmp_path / "large.ach"
    path.write_bytes(ach([payment(at) for at in range(2, 8002)]))
    tracemalloc.start()
    try:
        assert import_file(site, actor, path).efts == 8000
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # A part of the raw text and a round of EFTs; an EFT as its reader gives it is about 3 KB.
    assert peak < 6_000_000
