"""A bare number on the ERA List: the pad opens by the usual answers, and asks for all where one of them moves money."""

import datetime

import pytest
from sqlalchemy import select, update

from models.eras import Era
from models.scratchpads import Scratchpad
from models.store import Store
from models.words.keys import SecurityKey
from models.words.remittances import EraMatchStatus
from models.words.scratchpad import PaymentOrder
from screens.worklist.opening_pad import open_scratch_pad
from services.office.actor import Actor, sign_on
from services.office.site import add_user
from services.scratchpad.acts import take_era
from tests import given
from tests.screens.batch_site import BY_NAME, divided_era
from tests.screens.conftest import Golden
from tests.screens.era_site import Eras, day, fill
from tests.screens.seat import Seat
from tests.screens.worklist.test_opening_batches import parts
from tests.screens.worklist.test_opening_pad import leased, opened, state
from tests.stores import FixedClock

CREATE = "DO YOU WANT TO CREATE ONE NOW?: NO//"
CORRECT = "IS THIS CORRECT?: YES//"


@pytest.fixture
def eras(site: Store, actor: Actor, clock: FixedClock) -> Eras:
    """A site with an ERA of each kind."""
    return fill(site, actor, clock)


def at_once(store: Store, actor: Actor, era: int) -> Seat:
    """A clerk who types the number of an ERA's row."""
    return Seat(store, actor, lambda desk: open_scratch_pad(desk, era, at_once=True))


async def test_a_paper_check_is_shown_in_one_block_and_asked_for_once(
    site: Store, actor: Actor, eras: Eras, golden: Golden
) -> None:
    before = state(site)
    async with at_once(site, actor, eras.check_expected) as clerk:
        golden("opening_at_once_with_a_check", clerk.screen)
        assert clerk.prompt == CORRECT
        assert "SE= and its number" in await clerk.types("?\n")
        assert state(site) == before, "nothing is written before the answer"
        await clerk.types("\n")
        assert opened(clerk) == [(eras.check_expected, PaymentOrder.NONE, False)]
        assert leased(site) == [f"ERA {eras.check_expected}"]
        await clerk.types("^\n")
        assert clerk.done
    assert leased(site) == []
    with site.reading() as session:
        era = session.get_one(Era, eras.check_expected)
        pad = session.get_one(Scratchpad, era.id)
        assert (era.match_status, era.check_number) == (EraMatchStatus.PAPER_CHECK, "NWM0098231")
        assert (pad.check_number, pad.check_date, pad.bank_routing) == ("NWM0098231", day(2), "")


@pytest.mark.parametrize("answer", ["NO\n", "^\n"])
async def test_a_check_that_is_not_right_is_not_taken(
    site: Store, actor: Actor, eras: Eras, answer: str
) -> None:
    before = state(site)
    async with at_once(site, actor, eras.check_expected) as clerk:
        await clerk.types(answer)
        assert clerk.done
    assert state(site) == before


async def test_an_era_with_its_eft_is_opened_without_a_question(
    site: Store, actor: Actor, eras: Eras
) -> None:
    async with at_once(site, actor, eras.matched) as clerk:
        assert opened(clerk) == [(eras.matched, PaymentOrder.NONE, False)]
        await clerk.types("^\n")
    with site.reading() as session:
        assert session.get_one(Era, eras.matched).match_status is EraMatchStatus.MATCHED


async def test_a_pad_that_is_there_opens_in_the_order_chosen_last(
    site: Store, actor: Actor, eras: Eras
) -> None:
    async with at_once(site, actor, eras.check_chosen) as clerk:
        assert opened(clerk) == [(eras.check_chosen, PaymentOrder.ZERO_LAST, False)]


@pytest.mark.parametrize(
    "method", ["ACH", "FWT", "BOP", "NON", "", "chk"], ids=lambda method: method or "none"
)
async def test_only_a_payer_who_says_check_has_his_check_taken(
    site: Store, actor: Actor, eras: Eras, method: str
) -> None:
    with site.writing() as session:
        of_check = update(Era).where(Era.id == eras.check_expected)
        session.execute(of_check.values(method=method, version=Era.version + 1))
    before = state(site)
    async with at_once(site, actor, eras.check_expected) as clerk:
        assert clerk.prompt == CREATE, "all is asked, as by SE="
        await clerk.types("\n")
        assert clerk.done
    assert state(site) == before


async def test_an_ach_era_without_its_eft_takes_no_check_by_returns(
    site: Store, actor: Actor, eras: Eras
) -> None:
    before = state(site)
    async with at_once(site, actor, eras.waiting) as clerk:
        await clerk.types("Y\n\n\n\n\n\n\n")
        assert clerk.done
        assert opened(clerk) == []
    assert state(site) == before


async def test_a_match_0_payment_is_decided_by_the_clerk(site: Store, actor: Actor, eras: Eras) -> None:
    before = state(site)
    async with at_once(site, actor, eras.nothing) as clerk:
        assert clerk.prompt == CREATE
        screen = await clerk.types("Y\n")
        assert screen.rstrip().endswith("DO YOU WANT TO DO THIS?:")
        await clerk.types("^\n")
    assert state(site) == before


async def test_a_check_that_pays_another_era_is_asked_for(site: Store, actor: Actor, eras: Eras) -> None:
    again = given.era(
        site,
        actor,
        trace="psi5507937",
        payer="PRAIRIE STATE INSURANCE CO",
        method="CHK",
        claims=[("K20A011", 200, 90)],
    )
    with site.writing() as session:
        used = update(Era).where(Era.id == eras.check_chosen)
        session.execute(used.values(check_number="0PSI5507937", version=Era.version + 1))
    before = state(site)
    async with at_once(site, actor, again) as clerk:
        assert clerk.prompt == CREATE
        screen = await clerk.types("Y\n\n")
        assert f"OF THIS PAYER PAYS ERA {eras.check_chosen} ALREADY" in screen
        await clerk.types("\n")
    assert state(site) == before


async def test_an_eft_that_is_here_is_told_before_any_check(site: Store, actor: Actor, eras: Eras) -> None:
    with site.writing() as session:
        era = session.get_one(Era, eras.check_expected)
        trace, payer = era.trace, era.payer_name
    given.eft(site, actor, trace=trace, amount=250, payer=payer)
    before = state(site)
    async with at_once(site, actor, eras.check_expected) as clerk:
        assert clerk.prompt == CREATE
        screen = await clerk.types("Y\n")
        assert "OF THE SAME TRACE AND PAYER IS HERE" in screen
        await clerk.types("\n\n")
    assert state(site) == before


@pytest.mark.parametrize("values", [{"dated": False}, {"date": datetime.date(2012, 7, 23)}, {"trace": " "}])
async def test_a_check_that_is_not_named_in_full_is_asked_for(
    site: Store, actor: Actor, eras: Eras, values: dict[str, object]
) -> None:
    with site.writing() as session:
        of_check = update(Era).where(Era.id == eras.check_expected)
        session.execute(of_check.values(**values, version=Era.version + 1))
    async with at_once(site, actor, eras.check_expected) as clerk:
        assert clerk.prompt == CREATE


async def test_a_large_era_is_asked_whether_it_is_split(site: Store, actor: Actor, eras: Eras) -> None:
    with site.writing() as session:
        large = update(Era).where(Era.id == eras.matched)
        session.execute(large.values(approximate_eeobs=31, version=Era.version + 1))
    async with at_once(site, actor, eras.matched) as clerk:
        assert clerk.prompt == "DO YOU WANT TO SPLIT THIS ERA INTO BATCHES?: YES//"
        await clerk.types("N\n")
        assert opened(clerk) == [(eras.matched, PaymentOrder.NONE, False)]


async def test_which_part_of_a_divided_era_is_opened_is_asked(site: Store, actor: Actor) -> None:
    era = divided_era(site, actor, BY_NAME)
    async with at_once(site, actor, era) as clerk:
        assert clerk.prompt == "DO YOU WANT THE (E)NTIRE ERA OR JUST A (B)ATCH?:"
        await clerk.types("E\n")
        assert parts(clerk) == [None]


async def test_a_reviewer_is_told_that_he_may_only_look(site: Store, actor: Actor, eras: Eras) -> None:
    with site.writing() as session:
        add_user(session, "looker", "REVIEWER,ONE", (), given_by="test")
        reviewer = sign_on(session, "looker")
    async with at_once(site, reviewer, eras.check_chosen) as clerk:
        assert SecurityKey.CLERK in clerk.screen
        await clerk.types("\n")
        assert [read_only for _, _, read_only in opened(clerk)] == [True]


async def test_an_era_of_another_clerk_is_refused(site: Store, actor: Actor, eras: Eras) -> None:
    with site.writing() as session:
        add_user(session, "second", "CLERK,TWO", (SecurityKey.CLERK,), given_by="test")
        take_era(session, sign_on(session, "second"), eras.check_expected)
    with site.reading() as session:
        before = session.scalars(select(Scratchpad.era_id)).all()
    async with at_once(site, actor, eras.check_expected) as clerk:
        with pytest.raises(Exception, match="ANOTHER USER HAS LOCKED THIS ENTRY"):
            await clerk.result()
    with site.reading() as session:
        assert session.scalars(select(Scratchpad.era_id)).all() == before
