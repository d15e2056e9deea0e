"""Matching looks at trace, payer and total first, then at dates and nights; why a match was made is kept."""

import datetime
import io
from collections.abc import Sequence

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from sqlalchemy import select

from models.efts import Eft
from models.eras import Era
from models.store import Store
from models.words.remittances import EftMatchStatus, EraMatchStatus, MatchReason
from services.errors import Refused
from services.office.actor import Actor
from services.office.site import open_site, set_parameter
from services.remittances.document import era_show
from services.remittances.efts import eft_show
from tests import given, ledger
from tests.clerk import Clerk
from tests.stores import FixedClock, StoreKind

FAR = given.PAID_ON - datetime.timedelta(days=365)


@pytest.fixture
def billed(site: Store, actor: Actor) -> Store:
    """A site with some bills."""
    given.bills(site, actor, {f"K{number}": 100 for number in range(1, 7)})
    return site


def era(store: Store, actor: Actor, total: int, date: datetime.date = given.PAID_ON, bill: str = "K1") -> int:
    """An ERA of the trace T1 with that total."""
    return given.era(store, actor, trace="T1", claims=[(bill, 100, total)], date=date)


def eft(store: Store, actor: Actor, amount: int, date: datetime.date = given.PAID_ON) -> int:
    """An EFT of the trace T1, whatever else has it."""
    given.brought(store, actor, "T1.ach", io.BytesIO(given.eft_file(trace="T1", amount=amount, date=date)))
    with store.reading() as session:
        return session.scalars(select(Eft.id).order_by(Eft.id.desc())).first() or 0


def matches(store: Store) -> dict[int, tuple[int | None, MatchReason | None]]:
    """The ERA of each EFT, and why."""
    with store.reading() as session:
        rows = session.execute(select(Eft.id, Eft.era_id, Eft.match_reason).order_by(Eft.id))
        return {row.id: (row.era_id, row.match_reason) for row in rows}


def next_night(store: Store, clock: FixedClock) -> None:
    """A day later the night job runs, and the books prove."""
    clock.forward(days=1)
    given.night(store)
    ledger.assert_clean(store)


def test_an_eft_waits_for_its_own_era_and_is_not_given_to_one_of_last_year(
    billed: Store, actor: Actor, clock: FixedClock
) -> None:
    old = era(billed, actor, 40, FAR)
    number = eft(billed, actor, 80)
    for _ in range(5):
        next_night(billed, clock)
    assert matches(billed) == {number: (None, None)}
    own = era(billed, actor, 80, bill="K2")
    next_night(billed, clock)
    assert matches(billed) == {number: (own, MatchReason.EQUAL)}
    with billed.reading() as session:
        assert era_show(session, own).match_reason is MatchReason.EQUAL
        assert eft_show(session, number).match_reason is MatchReason.EQUAL
        assert era_show(session, old).match_status is EraMatchStatus.UNMATCHED


def test_another_total_is_matched_on_the_third_night_and_not_before(
    billed: Store, actor: Actor, clock: FixedClock
) -> None:
    number = eft(billed, actor, 70)
    given.night(billed)
    other = era(billed, actor, 80)
    night = given.night(billed)
    assert (night.matching.unmatched, night.matching.held) == (1, 1)
    next_night(billed, clock)
    given.night(billed)
    assert matches(billed) == {number: (None, None)}
    next_night(billed, clock)
    assert matches(billed) == {number: (other, MatchReason.OTHER_TOTAL)}
    with billed.reading() as session:
        assert era_show(session, other).match_reason is MatchReason.OTHER_TOTAL
        assert "LESS" in (eft_show(session, number).errors or "")


@pytest.mark.parametrize(("days", "matched"), [(30, True), (31, False), (-30, True), (-31, False)])
def test_another_total_is_matched_within_the_window_only(
    billed: Store, actor: Actor, clock: FixedClock, days: int, matched: bool
) -> None:
    other = era(billed, actor, 80, given.PAID_ON - datetime.timedelta(days=days + 31))
    number = eft(billed, actor, 70, given.PAID_ON - datetime.timedelta(days=31))
    for _ in range(3):
        next_night(billed, clock)
    assert matches(billed) == {number: (other, MatchReason.OTHER_TOTAL) if matched else (None, None)}


def test_equal_totals_are_matched_however_far_apart_once_no_nearer_one_is_there(
    billed: Store, actor: Actor, clock: FixedClock
) -> None:
    old = era(billed, actor, 80, FAR)
    new = era(billed, actor, 80, bill="K2")
    number = eft(billed, actor, 80)
    next_night(billed, clock)
    assert matches(billed) == {number: (new, MatchReason.EQUAL)}
    later = eft(billed, actor, 80, given.PAID_ON + datetime.timedelta(days=1))
    next_night(billed, clock)
    assert matches(billed)[later] == (old, MatchReason.EQUAL_APART)


def test_a_window_of_nought_is_vistas_way(billed: Store, actor: Actor, clock: FixedClock) -> None:
    with billed.writing() as session:
        set_parameter(session, actor, "match-window", "0")
    old = era(billed, actor, 40, FAR)
    number = eft(billed, actor, 80)
    next_night(billed, clock)
    assert matches(billed) == {number: (old, MatchReason.OTHER_TOTAL)}


@pytest.mark.parametrize("value", ["-1", "367", "", "x", "3.5", "٣"])
def test_a_window_that_is_no_number_of_days_is_refused(site: Store, actor: Actor, value: str) -> None:
    with site.writing() as session, pytest.raises(Refused, match="0 TO 366 DAYS"):
        set_parameter(session, actor, "match-window", value)


def test_why_an_era_has_its_money_is_kept_when_a_clerk_says_so(
    billed: Store, actor: Actor, clerk: Clerk
) -> None:
    given.era(billed, actor, trace="T2", claims=[("K1", 100, 80)], method="CHK")
    given.era(billed, actor, trace="T3", claims=[("K2", 100, 0)], method="NON")
    clerk.opens(1, check="417")
    clerk.opens(2, match_0=True)
    with billed.reading() as session:
        assert session.scalars(select(Era.match_reason).order_by(Era.id)).all() == [
            MatchReason.PAPER_CHECK,
            MatchReason.MATCH_0,
        ]


totals = st.integers(1, 3).map(lambda tens: tens * 10)
dates = st.integers(0, 90).map(lambda days: given.PAID_ON - datetime.timedelta(days=days))
payments = st.lists(st.tuples(totals, dates), min_size=1, max_size=4, unique=True)


@settings(max_examples=12)
@drawn(payments, payments)
def test_nothing_that_fits_is_left_and_nothing_is_matched_that_does_not(
    stores: StoreKind,
    paid: Sequence[tuple[int, datetime.date]],
    advised: Sequence[tuple[int, datetime.date]],
) -> None:
    """Any EFTs and ERAs of one trace, after three nights."""
    clock = FixedClock()
    with stores.fresh(clock) as store:
        with store.writing() as session:
            actor = open_site(session, "clerk", station="442", name="DEMO", auto_audit=True)
        given.bills(store, actor, {f"K{number}": 100 for number in range(len(advised))})
        for number, (total, date) in enumerate(advised):
            era(store, actor, total, date, f"K{number}")
        for amount, date in paid:
            eft(store, actor, amount, date)
        for _ in range(3):
            clock.forward(days=1)
            given.night(store)
        ledger.assert_clean(store)
        with store.reading() as session:
            efts = session.scalars(select(Eft)).all()
            eras = {each.id: each for each in session.scalars(select(Era))}
            free = [each for each in eras.values() if each.match_status is EraMatchStatus.UNMATCHED]
            for each in efts:
                if each.era_id is None:
                    assert each.match_status is EftMatchStatus.UNMATCHED and each.match_reason is None
                    assert not [other for other in free if other.total == each.amount]
                    assert not [other for other in free if abs((other.date - each.date_paid).days) <= 30]
                    continue
                other = eras[each.era_id]
                apart = abs((other.date - each.date_paid).days)
                assert each.match_reason is other.match_reason
                assert each.match_reason is (
                    MatchReason.OTHER_TOTAL
                    if other.total != each.amount
                    else MatchReason.EQUAL
                    if apart <= 30
                    else MatchReason.EQUAL_APART
                )
                assert apart <= 30 or each.match_reason is MatchReason.EQUAL_APART
