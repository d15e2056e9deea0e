"""Lists of ERAs for scripts: whatever the order and the size of a page, each ERA comes once and in its place."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from models.eras import Era
from models.store import Store
from models.words.remittances import PostStatus
from services.office.actor import Actor
from services.office.site import open_site
from services.remittances.listing import (
    EraOrder,
    EraPosition,
    EraRow,
    EraSelection,
    EraSort,
    MatchFilter,
    PostFilter,
    SortKey,
    era_list,
    era_numbers,
)
from tests import given
from tests.stores import FixedClock

PRAIRIE, BLUE = "PRAIRIE STATE INSURANCE CO", given.BLUE_RIVER
EVERYTHING = EraSelection()
BY_ARRIVAL = EraOrder()


@pytest.fixture(scope="module")
def rows(stores: Any) -> Any:
    """A store of seven ERAs of two payers, received on three days, many of them alike."""
    clock = FixedClock()
    with stores.fresh(clock) as store:
        actor = opened(store)
        given.bills(store, actor, {f"K{number}": 100 for number in range(7)})
        arriving = [
            *((PRAIRIE, 50, 0, 0), (BLUE, 50, 1, 0), (BLUE, 70, 0, 1), (PRAIRIE, 50, 0, 0)),
            *((BLUE, 20, 2, 0), (PRAIRIE, 70, 1, 1), (BLUE, 50, 1, 0)),
        ]
        for number, (payer, paid, days, forward) in enumerate(arriving):
            clock.forward(days=forward)
            given.era(
                store,
                actor,
                trace=f"T{number}",
                claims=[(f"K{number}", 100, paid)],
                payer=payer,
                date=given.PAID_ON - datetime.timedelta(days=days),
            )
        yield store


def opened(store: Store) -> Actor:
    """A site in an empty store."""
    with store.writing() as session:
        return open_site(session, "clerk", station="442", name="DEMO", auto_audit=True)


def value(row: EraRow, sort: EraSort, store: Store, *, alone: bool) -> Any:
    """What an ERA is sorted by."""
    if sort is EraSort.RECEIVED and alone:
        with store.reading() as session:
            return session.scalars(select(Era.received_at).where(Era.id == row.number)).one()
    values: dict[EraSort, Any] = {
        EraSort.RECEIVED: row.received,
        EraSort.DATE: row.date,
        EraSort.PAYER: row.payer,
        EraSort.AMOUNT: row.amount,
    }
    return values[sort]


KEYS = st.builds(SortKey, st.sampled_from(EraSort), st.booleans())


@settings(max_examples=60)
@examples(first=KEYS, second=st.none() | KEYS, page=st.integers(1, 8))
def test_pages_together_are_the_sorted_list(
    rows: Store, first: SortKey, second: SortKey | None, page: int
) -> None:
    order = EraOrder(first, second)
    with rows.reading() as session:
        whole = era_list(session, EVERYTHING, order).rows
        gathered: list[EraRow] = []
        after: EraPosition | None = None
        while True:
            part = era_list(session, EVERYTHING, order, after=after, limit=page)
            gathered += part.rows
            after = part.next
            if after is None:
                break
            assert len(part.rows) == page
    assert gathered == list(whole)
    assert sorted(row.number for row in whole) == list(range(1, 8))
    expected = sorted(whole, key=lambda row: row.number, reverse=first.descending)
    for key in filter(None, (second, first)):
        alone = second is None

        def sorting(row: EraRow, key: SortKey = key, alone: bool = alone) -> Any:
            return value(row, key.by, rows, alone=alone)

        expected.sort(key=sorting, reverse=key.descending)
    if second is None or second.by is not first.by:
        assert [row.number for row in whole] == [row.number for row in expected]
    with rows.reading() as session:
        assert era_numbers(session, EVERYTHING, order) == [row.number for row in whole]


@pytest.mark.parametrize(
    ("order", "numbers"),
    [
        (EraOrder(SortKey(EraSort.AMOUNT)), [5, 1, 2, 4, 7, 3, 6]),
        (EraOrder(SortKey(EraSort.AMOUNT, descending=True)), [6, 3, 7, 4, 2, 1, 5]),
        (EraOrder(SortKey(EraSort.PAYER)), [2, 3, 5, 7, 1, 4, 6]),
        (EraOrder(SortKey(EraSort.DATE)), [5, 2, 6, 7, 1, 3, 4]),
        (EraOrder(SortKey(EraSort.RECEIVED, descending=True)), [7, 6, 5, 4, 3, 2, 1]),
        (EraOrder(SortKey(EraSort.AMOUNT), SortKey(EraSort.PAYER)), [5, 2, 7, 1, 4, 3, 6]),
        (EraOrder(SortKey(EraSort.AMOUNT), SortKey(EraSort.PAYER, descending=True)), [5, 1, 4, 2, 7, 6, 3]),
        (EraOrder(SortKey(EraSort.PAYER), SortKey(EraSort.RECEIVED, descending=True)), [7, 3, 5, 2, 6, 4, 1]),
        (EraOrder(SortKey(EraSort.RECEIVED), SortKey(EraSort.AMOUNT)), [1, 2, 5, 4, 3, 7, 6]),
    ],
)
def test_what_is_alike_in_one_key_stands_by_the_next_and_then_by_number(
    rows: Store, order: EraOrder, numbers: list[int]
) -> None:
    with rows.reading() as session:
        assert era_numbers(session, EVERYTHING, order) == numbers


def numbers(store: Store, selection: EraSelection) -> list[int]:
    """The ERAs of a selection in the order of their arrival."""
    with store.reading() as session:
        return [row.number for row in era_list(session, selection, BY_ARRIVAL).rows]


def test_received_dates_and_payer_names_include_both_ends(rows: Store) -> None:
    day = datetime.date(2012, 7, 23)
    assert numbers(rows, EraSelection(received_from=day)) == [3, 4, 5, 6, 7]
    assert numbers(rows, EraSelection(received_from=day, received_to=day)) == [3, 4, 5]
    assert numbers(rows, EraSelection(received_to=datetime.date(2012, 7, 22))) == [1, 2]
    assert numbers(rows, EraSelection(payer_from="prairie", payer_to="PRAIRIE STATE INSURANCE CO")) == [
        1,
        4,
        6,
    ]
    assert numbers(rows, EraSelection(payer_to="BZ")) == [2, 3, 5, 7]


def test_posted_and_matched_are_anything_but_not_posted_and_unmatched(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 100, "K2": 100})
    matched = given.matched_era(site, actor, trace="T1", claims=[("K1", 100, 40)], eft_amount=39)
    alone = given.era(site, actor, trace="T2", claims=[("K2", 100, 40)])
    assert numbers(site, EraSelection(match=MatchFilter.MATCHED)) == [matched]
    assert numbers(site, EraSelection(match=MatchFilter.NOT_MATCHED)) == [alone]
    for status in PostStatus:
        with site.writing() as session:
            session.execute(update(Era).where(Era.id == alone).values(post_status=status))
        posted = [] if status is PostStatus.NOT_POSTED else [alone]
        assert numbers(site, EraSelection(post=PostFilter.POSTED)) == posted
        assert sorted([*numbers(site, EraSelection(post=PostFilter.UNPOSTED)), *posted]) == [matched, alone]


def test_a_row_says_what_stands_around_its_era(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 100})
    given.matched_era(site, actor, trace="T1", claims=[("K1", 100, 40)], eft_amount=40)
    with site.reading() as session:
        (row,) = era_list(session, EVERYTHING, BY_ARRIVAL).rows
    assert (row.trace, row.payer, row.amount) == ("T1", BLUE, Decimal("40.00"))
    assert (row.eft, row.eft_receipt_status, row.receipt) == (1, "ACCEPTED BY FMS", None)
    assert (row.approximate_eeobs, row.has_scratchpad, row.check) == (1, False, None)
