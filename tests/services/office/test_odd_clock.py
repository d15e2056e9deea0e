"""A clock whose date does not follow the site's work dates no receipt unless somebody says that it is right."""

import datetime
from collections.abc import Callable
from decimal import Decimal

import pytest
from sqlalchemy import select, update

from models.audit import AuditEvent
from models.bills import Bill
from models.errors import LockboxError
from models.site import Site
from models.store import Store
from services.bills.adjustments import adjust
from services.errors import OddClock
from services.night.job import run_nightly
from services.office.actor import Actor
from services.office.clock import doubt, today
from services.office.once import new_key
from services.office.site import set_parameter
from services.receipts.creating import create_receipt, creation
from services.receipts.processing import process_preview, process_receipt
from tests import given, ledger
from tests.clerk import Clerk
from tests.stores import FixedClock


def odd(store: Store) -> str | None:
    """What is odd about the clock now."""
    with store.reading() as session:
        return doubt(session)


def said_right(store: Store) -> list[tuple[str, str]]:
    """What the audit trail has of odd dates that somebody said to be right."""
    with store.reading() as session:
        rows = session.execute(
            select(AuditEvent.object, AuditEvent.detail).where(AuditEvent.act == "date said to be right")
        )
        return [(of, detail) for of, detail in rows]


@pytest.fixture
def era(clerk: Clerk, site: Store, actor: Actor) -> int:
    """An ERA with its money, whose scratch pad is open."""
    given.bills(site, actor, {"K1": 100})
    era = given.matched_era(site, actor, trace="T1", claims=[("K1", 100, 80)], eft_amount=80)
    clerk.opens(era)
    return era


class TestWhatIsOdd:
    def test_the_same_day_and_the_next_are_not(self, site: Store, actor: Actor, clock: FixedClock) -> None:
        run_nightly(site, actor)
        assert odd(site) is None
        clock.forward(hours=9)
        assert odd(site) is None
        clock.forward(hours=24)
        assert odd(site) is None

    def test_more_than_a_day_later_is(self, site: Store, actor: Actor, clock: FixedClock) -> None:
        run_nightly(site, actor)
        clock.forward(days=2)
        assert odd(site) == (
            "THE CLOCK SAYS JUL 24, 2012@14:37, BUT RECEIPTS WERE LAST MADE, OR THE NIGHT JOB RUN, ON JUL 22, 2012"
        )
        clock.forward(days=20 * 365)
        assert (odd(site) or "").startswith("THE CLOCK SAYS JUL 19, 2032@")

    def test_before_the_last_act_is_but_for_what_two_clocks_may_differ(
        self, site: Store, actor: Actor, clock: FixedClock
    ) -> None:
        clock.forward(minutes=-4)
        assert odd(site) is None
        clock.forward(minutes=-2)
        assert odd(site) == (
            "THE CLOCK SAYS JUL 22, 2012@14:31, BUT THE LAST ACT OF THIS SITE WAS DONE JUL 22, 2012@14:37"
        )

    def test_a_night_job_that_finds_nothing_keeps_up_with_the_days(
        self, site: Store, actor: Actor, clock: FixedClock
    ) -> None:
        for _ in range(30):
            clock.forward(days=1)
            run_nightly(site, actor)
            assert odd(site) is None

    def test_before_the_last_day_with_money_is_though_somebody_works_on_by_the_right_clock(
        self, site: Store, actor: Actor, clock: FixedClock
    ) -> None:
        clock.forward(days=400)
        run_nightly(site, actor, date_is_right=True)
        clock.forward(days=-400)
        with site.writing() as session:
            set_parameter(session, actor, "name", "OTHER")
        assert odd(site) == (
            "THE CLOCK SAYS JUL 22, 2012@14:37, BUT RECEIPTS WERE LAST MADE, OR THE NIGHT JOB RUN, ON AUG 26, 2013"
        )
        run_nightly(site, actor, date_is_right=True)
        assert odd(site) is None

    def test_two_clocks_may_differ_at_midnight_too(
        self, site: Store, actor: Actor, clock: FixedClock
    ) -> None:
        clock.set(datetime.datetime(2012, 7, 23, 0, 1, tzinfo=datetime.UTC))
        run_nightly(site, actor)
        clock.forward(minutes=-4)
        assert odd(site) is None

    @pytest.mark.parametrize("begun", [True, False])
    def test_other_work_does_not_make_a_wrong_date_right(
        self, site: Store, actor: Actor, clock: FixedClock, begun: bool
    ) -> None:
        if begun:
            run_nightly(site, actor)
        clock.forward(days=365)
        with site.writing() as session:
            set_parameter(session, actor, "name", "OTHER")
        assert odd(site) is not None

    def test_a_site_that_has_dated_no_money_yet_has_a_month_from_its_last_act(
        self, site: Store, actor: Actor, clock: FixedClock
    ) -> None:
        clock.forward(days=30)
        assert odd(site) is None
        with site.writing() as session:
            set_parameter(session, actor, "name", "OTHER")
        clock.forward(days=31)
        assert odd(site) is None
        clock.forward(days=1)
        assert odd(site) == (
            "THE CLOCK SAYS SEP 22, 2012@14:37, BUT THE LAST ACT OF THIS SITE WAS DONE AUG 21, 2012@14:37"
        )

    def test_a_demo_site_goes_by_its_own_days(self, site: Store, clock: FixedClock) -> None:
        with site.writing() as session:
            session.execute(update(Site).values(demo=True))
        clock.forward(days=300)
        assert odd(site) is None

    @pytest.mark.parametrize("year", [1, 1970, 1999, 2100, 9999])
    def test_a_year_in_which_nobody_works_is_one_sentence(
        self, site: Store, clock: FixedClock, year: int
    ) -> None:
        clock.set(datetime.datetime(year, 12, 31, 23, 59, tzinfo=datetime.UTC))
        with (
            site.reading() as session,
            pytest.raises(LockboxError, match="which cannot be"),
        ):
            today(session)


class TestWhatItMayNotDate:
    @pytest.mark.parametrize(
        "away",
        [datetime.timedelta(days=7_000), datetime.timedelta(days=2), datetime.timedelta(hours=-1)],
        ids=str,
    )
    def test_receipts_and_the_night_job_are_refused_and_done_when_it_is_right(
        self, site: Store, actor: Actor, clerk: Clerk, era: int, clock: FixedClock, away: datetime.timedelta
    ) -> None:
        clock.instant += away
        acts: list[Callable[[], object]] = [
            lambda: clerk.creates_receipt(era),
            lambda: run_nightly(site, actor),
        ]
        before = ledger.contents(site)
        for act in acts:
            with pytest.raises(OddClock, match="THE CLOCK SAYS"):
                act()
        assert ledger.differing(before, ledger.contents(site)) == {}
        with site.reading() as session:
            assert creation(session, actor, era).odd_clock is not None
        with site.writing() as session:
            receipt = create_receipt(session, actor, era, date_is_right=True).number
        assert odd(site) is None
        assert [(of, "THE CLOCK SAYS" in detail) for of, detail in said_right(site)] == [("clock", True)]
        clerk.processes(receipt)
        ledger.assert_clean(site)

    def test_a_receipt_is_not_posted(
        self, site: Store, actor: Actor, clerk: Clerk, era: int, clock: FixedClock
    ) -> None:
        receipt = clerk.creates_receipt(era)
        clock.forward(days=40)
        with site.reading() as session:
            assert process_preview(session, actor, receipt).odd_clock is not None
        before = ledger.contents(site)
        with pytest.raises(OddClock):
            clerk.processes(receipt)
        assert ledger.differing(before, ledger.contents(site)) == {}
        with ledger.moving(site, _2110=80, _1200=-80), site.writing() as session:
            process_receipt(session, actor, receipt, date_is_right=True)
        assert odd(site) is None
        assert clerk.processes(receipt).already is not None

    def test_a_bill_is_not_changed(self, site: Store, actor: Actor, clerk: Clerk, clock: FixedClock) -> None:
        given.bills(site, actor, {"K1": 100})
        with site.reading() as session:
            bill = session.scalars(select(Bill.id)).one()
        clock.forward(days=400)

        def decrease(date_is_right: bool) -> None:
            with site.writing() as session:
                adjust(
                    session,
                    actor,
                    new_key(),
                    bill,
                    Decimal("10.00"),
                    increase=False,
                    contractual=True,
                    comment="X",
                    date_is_right=date_is_right,
                )

        with pytest.raises(OddClock):
            decrease(date_is_right=False)
        with ledger.moving(site, _4100=10, _1200=-10):
            decrease(date_is_right=True)
        decrease(date_is_right=False)

    def test_a_site_without_a_night_job_for_weeks_goes_on_when_the_date_is_said_to_be_right(
        self, site: Store, actor: Actor, clock: FixedClock
    ) -> None:
        run_nightly(site, actor)
        given.eft(site, actor, trace="T9", amount=10)
        clock.forward(days=21)
        with pytest.raises(OddClock):
            run_nightly(site, actor)
        assert said_right(site) == []
        assert run_nightly(site, actor, date_is_right=True).deposits_recorded == 1
        assert len(said_right(site)) == 1
        clock.forward(days=1)
        assert run_nightly(site, actor).deposits_recorded == 0
