"""A bank numbers its files and batches from 1: no payment is taken for another, and none is taken twice."""

import io
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from sqlalchemy import select

from models.efts import Eft
from models.messages import Bulletin
from models.store import Store
from models.words.intake import Outcome
from services.intake import eft_filing
from services.intake.eft_filing import TWINS_SUBJECT
from services.intake.importing import import_stream
from services.intake.report import FileReport
from services.office.actor import Actor
from services.office.site import open_site
from services.remittances.efts import eft_list, eft_show
from tests import ledger
from tests.services.bank.ach_text import HandEntry, as_file, batch, whole
from tests.stores import FixedClock, StoreKind
from tests.tampering import places


def trn(trace: str, payer: str = "1227777777") -> tuple[str, ...]:
    """The addenda of a payment with that trace."""
    return (f"TRN*1*{trace}*{payer}\\",)


def file(
    *batches: Sequence[HandEntry], created: str = "261120", modifier: str = "A", effective: str = "261123"
) -> bytes:
    """A file of these batches, numbered from 1."""
    numbered = [
        batch(entries, number=number, effective=effective) for number, entries in enumerate(batches, start=1)
    ]
    return as_file(whole(numbered, created=created, modifier=modifier))


def brought(store: Store, actor: Actor, content: bytes) -> FileReport:
    """Imports a file, and sees that the books prove."""
    report = import_stream(store, actor, "day.ach", io.BytesIO(content))
    ledger.assert_clean(store)
    return report


def on_file(store: Store) -> list[tuple[str, Decimal, str, int | None]]:
    """Trace, amount, the bank's file and twin of each EFT."""
    with store.reading() as session:
        rows = session.execute(select(Eft.trace, Eft.amount, Eft.bank_file, Eft.twin_id).order_by(Eft.id))
        return [(row[0], row[1], row[2], row[3]) for row in rows]


def test_the_same_number_with_another_trn_is_another_eft(site: Store, actor: Actor) -> None:
    morning = file([HandEntry("22", 5000, trn("A1"), trace=1)])
    evening = file([HandEntry("22", 5000, trn("A2"), trace=1)], modifier="B")
    in_batches = file(
        [HandEntry("22", 5000, trn("A3"), trace=1)], [HandEntry("22", 5000, trn("A4"), trace=1)], modifier="C"
    )
    payer = file([HandEntry("22", 5000, trn("A1", "1999999999"), trace=1)], modifier="D")
    assert [brought(site, actor, each).efts for each in (morning, evening, in_batches, payer)] == [1, 1, 2, 1]
    assert [trace for trace, *_ in on_file(site)] == ["A1", "A2", "A3", "A4", "A1"]


def test_the_same_trn_in_another_file_of_the_bank_is_the_same_eft(site: Store, actor: Actor) -> None:
    brought(site, actor, file([HandEntry("22", 5000, trn("A1"), trace=1)]))
    again = brought(
        site, actor, file([HandEntry("22", 5000, trn("A1"), trace=1)], created="261121", modifier="B")
    )
    assert (again.outcome, again.efts, [each.code for each in again.findings]) == (
        Outcome.DUPLICATE,
        0,
        ["duplicate-eft"],
    )


@pytest.mark.parametrize(
    "other",
    [
        {"modifier": "B"},
        {"created": "261121"},
        {"batch": "2"},
    ],
)
def test_without_trn_all_alike_but_the_file_is_kept_and_marked(
    site: Store, actor: Actor, other: dict[str, str]
) -> None:
    without = HandEntry("22", 5000, trace=1)
    brought(site, actor, file([without]))
    in_batch = other.pop("batch", None)
    batches = [[without]] if in_batch is None else [[HandEntry("22", 1, trn("X"), trace=9)], [without]]
    report = brought(site, actor, file(*batches, **other))
    twin = 1 + len(batches)
    assert report.efts == len(batches)
    [told] = [finding for finding in report.findings if finding.code == "twin-eft"]
    assert "EFT 1" in told.text and "50.00" in told.text
    with site.reading() as session:
        assert eft_show(session, 1).twins == (twin,)
        assert eft_show(session, twin).twins == (1,)
        [bulletin] = session.scalars(select(Bulletin).where(Bulletin.subject == TWINS_SUBJECT))
        assert f"EFT {twin} of 50.00 and EFT 1" in bulletin.text
    before = ledger.contents(site)
    assert brought(site, actor, file(*batches, **other)).outcome is Outcome.DUPLICATE
    assert set(ledger.differing(before, ledger.contents(site))) <= {"audit_event", "site"}


def test_two_files_in_one_are_two_files(site: Store, actor: Actor) -> None:
    without = HandEntry("22", 5000, trace=1)
    report = brought(site, actor, file([without]) + file([without], modifier="B"))
    assert (report.efts, on_file(site)[1][2:]) == (2, ("2026-11-20 B 0000001", 1))


@pytest.mark.parametrize("addenda", [(), trn("A1")])
@pytest.mark.parametrize("in_one_batch", [True, False])
@pytest.mark.parametrize("at_once", [1, 2])
def test_one_file_has_no_duplicates_of_itself_for_it_counts_each(
    site: Store,
    actor: Actor,
    monkeypatch: pytest.MonkeyPatch,
    addenda: tuple[str, ...],
    in_one_batch: bool,
    at_once: int,
) -> None:
    monkeypatch.setattr(eft_filing, "AT_ONCE", at_once)
    entry = HandEntry("22", 5000, addenda, trace=1)
    content = file([entry, entry]) if in_one_batch else file([entry], [entry])
    report = brought(site, actor, content)
    assert (report.outcome, report.efts) == (Outcome.FILED, 2)
    [told] = [each for each in report.findings if each.code == "twin-eft"]
    assert "EFT 1" in told.text and "50.00" in told.text
    with site.reading() as session:
        assert (eft_show(session, 1).twins, eft_show(session, 2).twins) == ((2,), (1,))
        [bulletin] = session.scalars(select(Bulletin).where(Bulletin.subject == TWINS_SUBJECT))
        assert "EFT 2 of 50.00 and EFT 1" in bulletin.text
    before = ledger.contents(site)
    assert brought(site, actor, content).outcome is Outcome.DUPLICATE
    assert set(ledger.differing(before, ledger.contents(site))) <= {"audit_event", "site"}
    if addenda:
        again = brought(site, actor, file([entry], modifier="B"))
        assert (again.outcome, again.efts) == (Outcome.DUPLICATE, 0)
        third = brought(site, actor, file([entry, entry, entry], modifier="C"))
        assert (third.efts, on_file(site)[2][3]) == (1, 1)


def test_a_date_that_was_made_up_makes_no_new_eft_of_an_old_one(
    site: Store, actor: Actor, clock: FixedClock
) -> None:
    traced, without = HandEntry("22", 5000, trn("A1"), trace=1), HandEntry("22", 700, trace=2)
    undated = file([traced, without], created="      ", effective="      ")
    assert brought(site, actor, undated).efts == 2
    clock.forward(days=3)
    assert brought(site, actor, undated).efts == 0
    # The same two in another file: one is known by its TRN, of the other nothing says that it is the same.
    other = file([traced, without, HandEntry("22", 800, trace=3)], created="      ", effective="      ")
    report = brought(site, actor, other)
    assert (report.efts, {each.code for each in report.findings} & {"duplicate-eft", "twin-eft"}) == (
        2,
        {"duplicate-eft", "twin-eft"},
    )
    assert [(trace, amount, twin) for trace, amount, _, twin in on_file(site)] == [
        ("A1", Decimal("50.00"), None),
        ("", Decimal("7.00"), None),
        ("", Decimal("7.00"), 2),
        ("", Decimal("8.00"), None),
    ]


class Paid(NamedTuple):
    """An entry as a bank may number it: few numbers, amounts and traces, so that many are alike."""

    number: int
    cents: int
    trace: str


class Brought(NamedTuple):
    """A file of a bank: date, modifier, and the entries of its batches."""

    day: int
    modifier: str
    batches: list[list[Paid]]


entries = st.builds(
    Paid, st.integers(1, 2), st.sampled_from((100, 200)), st.sampled_from(("", "", "A1", "A2", "a1"))
)
files = st.builds(
    Brought,
    st.integers(20, 21),
    st.sampled_from("AB"),
    st.lists(st.lists(entries, min_size=1, max_size=4), min_size=1, max_size=3),
)


@settings(max_examples=15)
@drawn(st.lists(files, min_size=1, max_size=4), st.integers(1, 4))
def test_any_two_that_differ_in_trn_or_file_are_two_and_the_same_file_twice_changes_nothing(
    stores: StoreKind, days: list[Brought], at_once: int
) -> None:
    with stores.fresh(FixedClock()) as store, pytest.MonkeyPatch.context() as patch:
        patch.setattr(eft_filing, "AT_ONCE", at_once)
        with store.writing() as session:
            actor = open_site(session, "clerk", station="442", name="DEMO", auto_audit=True)
        wanted: Counter[tuple[object, ...]] = Counter()
        for day, modifier, batches in days:
            content = file(
                *(
                    [HandEntry("22", cents, trn(trace) if trace else (), trace=n) for n, cents, trace in each]
                    for each in batches
                ),
                created=f"2611{day}",
                modifier=modifier,
            )
            # One file counts whatever it has; what another has more of is new.
            wanted |= Counter(
                (n, cents, trace) if trace else (n, cents, trace, day, modifier, number)
                for number, each in enumerate(batches, start=1)
                for n, cents, trace in each
            )
            import_stream(store, actor, "day.ach", io.BytesIO(content))
            ledger.assert_clean(store)
            before = ledger.contents(store)
            again = import_stream(store, actor, "day.ach", io.BytesIO(content))
            assert again.efts == 0
            assert set(ledger.differing(before, ledger.contents(store))) <= {"audit_event", "site"}
        with store.reading() as session:
            efts = eft_list(session)
        assert len(efts) == wanted.total()
        assert sum(eft.amount for eft in efts) == Decimal(
            sum(int(str(one[1])) for one in wanted.elements())
        ).scaleb(-2)
        places_of: dict[tuple[str, Decimal, str | None], list[int]] = {}
        for eft in efts:
            places_of.setdefault((eft.ach_trace, eft.amount, eft.trace), []).append(eft.number)
        alike = {number: set(some) - {number} for some in places_of.values() for number in some}
        assert {eft.number: set(eft.twins) for eft in efts} == {
            eft.number: alike.get(eft.number, set()) for eft in efts
        }


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("UPDATE eft SET bank_file = '2026-11-20 C 0000001' WHERE id = 3", "deposit-checksum"),
        ("UPDATE eft SET trace = 'A9', trace_key = 'A9' WHERE id = 1", "deposit-checksum"),
        ("UPDATE eft SET bank_file = 'x' WHERE id = 1", "eft-identity"),
        ("UPDATE eft SET bank_file = '' WHERE id = 2", "eft-identity"),
        ("UPDATE eft SET twin_id = NULL WHERE id = 3", "eft-identity"),
        ("UPDATE eft SET twin_id = 1 WHERE id = 3", "eft-identity"),
        ("UPDATE eft_deposit SET checksum = 'x' WHERE id = 1", "deposit-checksum"),
    ],
)
def test_an_eft_that_is_no_longer_what_the_bank_sent_is_named(
    site: Store, actor: Actor, change: str, code: str
) -> None:
    without = HandEntry("22", 5000, trace=2)
    brought(site, actor, file([HandEntry("22", 5000, trn("A1"), trace=1), without]))
    brought(site, actor, file([without], modifier="B"))
    assert code in {found for found, _ in places(site, change)}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("UPDATE eft SET twin_id = NULL WHERE id = 2", "eft-identity"),
        ("UPDATE eft SET bank_file = '', trace = 'A2' WHERE id = 2", "eft-identity"),
        ("DELETE FROM eft WHERE id = 2", "deposit-total"),
    ],
)
def test_one_of_two_alike_in_a_file_that_is_tampered_with_is_named(
    site: Store, actor: Actor, change: str, code: str
) -> None:
    entry = HandEntry("22", 5000, trn("A1"), trace=1)
    brought(site, actor, file([entry], [entry]))
    assert code in {found for found, _ in places(site, change)}
