"""Opening an ERA's scratch pad: the creation dialogue, its refusals, the lease, and seeing without changing."""

import datetime
from collections.abc import Sequence

import pytest
from sqlalchemy import select, update

from models.audit import AuditEvent
from models.eras import Era
from models.leases import Lease
from models.receipts import Receipt
from models.scratchpads import Scratchpad, ScratchpadPreference
from models.store import Store
from models.words.keys import SecurityKey
from models.words.receipts import PaymentType
from models.words.remittances import EraMatchStatus, PostStatus
from models.words.scratchpad import PaymentOrder
from screens.scratchpad.scratch_pad import ScratchPadScreen
from screens.worklist.opening_pad import open_scratch_pad
from services.errors import InUse, MissingKey, Refused
from services.office.actor import Actor, sign_on
from services.office.site import add_user
from services.scratchpad.acts import take_era
from tests import given
from tests.screens.conftest import Golden
from tests.screens.era_site import Eras, day, fill
from tests.screens.seat import Seat
from tests.stores import FixedClock


@pytest.fixture
def eras(site: Store, actor: Actor, clock: FixedClock) -> Eras:
    """A site with an ERA of each kind."""
    return fill(site, actor, clock)


def leased(store: Store) -> list[str]:
    """What is leased, as kind and number."""
    with store.reading() as session:
        return [f"{lease.kind} {lease.reference}" for lease in session.scalars(select(Lease))]


def opened(clerk: Seat) -> list[tuple[int, PaymentOrder, bool]]:
    """The scratch pads that were opened: ERA, order, and whether they are only to be read."""
    pads = [screen for screen in clerk.opened if isinstance(screen, ScratchPadScreen)]
    return [(pad.era_number, pad.order, pad.read_only) for pad in pads]


def opening(store: Store, actor: Actor, era: int) -> Seat:
    """A clerk who opens an ERA."""
    return Seat(store, actor, lambda desk: open_scratch_pad(desk, era))


def state(store: Store) -> Sequence[object]:
    """Everything that the dialogue could change."""
    with store.reading() as session:
        eras = session.execute(select(Era.id, Era.match_status, Era.post_status, Era.check_number)).all()
        pads = session.execute(select(Scratchpad.era_id, Scratchpad.check_number)).all()
        orders = session.execute(select(ScratchpadPreference.era_id, ScratchpadPreference.order)).all()
        events = session.scalars(select(AuditEvent.sequence)).all()
        return [*eras, *pads, *orders, *events, *leased(store)]


async def test_a_paper_check_is_chosen_as_in_the_manual(
    site: Store, actor: Actor, eras: Eras, golden: Golden
) -> None:
    async with opening(site, actor, eras.check_expected) as clerk:
        before = state(site)
        await clerk.types("Y\n\n\n\n\n\n")
        assert state(site) == before, "nothing is written before the last answer"
        await clerk.types("L\n")
        golden("opening_with_a_check", clerk.below)
        assert opened(clerk) == [(eras.check_expected, PaymentOrder.ZERO_LAST, False)]
        assert leased(site) == [f"ERA {eras.check_expected}"]
        await clerk.types("^\n")
        assert clerk.done
    assert leased(site) == []
    with site.reading() as session:
        era = session.get_one(Era, eras.check_expected)
        pad = session.get_one(Scratchpad, era.id)
        assert (era.match_status, era.check_number) == (EraMatchStatus.PAPER_CHECK, "NWM0098231")
        assert (pad.check_number, pad.check_date, pad.bank_routing) == ("NWM0098231", day(2), "")
        preference = session.get_one(ScratchpadPreference, (era.id, actor.user_id))
        assert preference.order is PaymentOrder.ZERO_LAST


async def test_number_date_and_bank_of_the_check_are_the_clerks(
    site: Store, actor: Actor, eras: Eras
) -> None:
    async with opening(site, actor, eras.check_expected) as clerk:
        screen = await clerk.types("Y\n1003\nT-1\n041000124\n")
        assert f"ERA #{eras.check_expected} (TRACE #:NWM0098231) MATCHED TO PAPER CHECK 1003" in screen
        assert "DATE OF CHECK: 7/2/12// T-1  (JUL 21, 2012)" in screen
        await clerk.types("\n\n\n\n")
    with site.reading() as session:
        pad = session.get_one(Scratchpad, eras.check_expected)
        assert (pad.check_number, pad.check_date) == ("1003", datetime.date(2012, 7, 21))
        assert pad.bank_routing == "041000124"
        assert session.get_one(Era, eras.check_expected).check_number == "1003"


@pytest.fixture
def again(site: Store, actor: Actor, eras: Eras) -> int:
    """A second ERA of the payer whose check PSI05507937 pays an ERA already."""
    claims = [("K20A011", 200, 90)]
    return given.era(
        site, actor, trace="PSI1", payer="PRAIRIE STATE INSURANCE CO", method="CHK", claims=claims
    )


@pytest.mark.parametrize("answer", ["\n", "NO\n", "^\n"])
async def test_a_check_that_pays_another_era_is_not_taken_by_return(
    site: Store, actor: Actor, eras: Eras, again: int, answer: str
) -> None:
    before = state(site)
    async with opening(site, actor, again) as clerk:
        screen = await clerk.types("Y\nPSI05507937\n")
        assert f"CHECK PSI05507937 OF THIS PAYER PAYS ERA {eras.check_chosen} ALREADY" in screen
        assert "(TRACE PSI05507937, 150.00 OF 2012-07-09)" in screen
        assert screen.rstrip().endswith("DOES THE CHECK PAY THIS ERA TOO?: NO//")
        assert "would be posted twice" in await clerk.types("?\n")
        await clerk.types(answer)
        assert clerk.done
    assert state(site) == before


async def test_a_check_that_came_for_two_eras_pays_both(
    site: Store, actor: Actor, eras: Eras, again: int
) -> None:
    async with opening(site, actor, again) as clerk:
        screen = await clerk.types("Y\nPSI05507937\nY\n\n\n")
        assert f"ERA #{again} (TRACE #:PSI1) MATCHED TO PAPER CHECK PSI05507937" in screen
        await clerk.types("\n\n")
        assert opened(clerk) == [(again, PaymentOrder.NONE, False)]
    with site.reading() as session:
        assert session.get_one(Era, again).check_number == "PSI05507937"


async def test_an_era_with_its_eft_is_asked_for_no_check(
    site: Store, actor: Actor, eras: Eras, golden: Golden
) -> None:
    async with opening(site, actor, eras.matched) as clerk:
        screen = await clerk.types("Y\n")
        assert "PAYMENT METHOD CODE REPORTED: ACH" in screen
        assert "PAPER CHECK" not in screen
        assert screen.rstrip().endswith("DO YOU WANT TO SPLIT THIS ERA INTO BATCHES?: NO//")
        screen = await clerk.types("\n")
        assert screen.rstrip().endswith("ORDER OF PAYMENTS: NO ORDER//")
        await clerk.types("\n")
        golden("opening_with_an_eft", clerk.below)
    assert opened(clerk) == [(eras.matched, PaymentOrder.NONE, False)]


async def test_a_paper_check_for_an_era_paid_by_eft_is_taken_with_a_warning(
    site: Store, actor: Actor, eras: Eras
) -> None:
    warning = "THE PAYER SAYS THAT IT PAYS BY EFT, WHICH MAY STILL COME."
    async with opening(site, actor, eras.waiting) as clerk:
        screen = await clerk.types("Y\n")
        assert warning in screen
        assert screen.rstrip().endswith("ENTER THE NUMBER OF THE PAPER CHECK YOU RECEIVED FOR THIS ERA:"), (
            "no default"
        )
        assert "THERE MUST EITHER BE A PAPER CHECK OR AN EFT" in await clerk.types("^\n")
    async with opening(site, actor, eras.check_expected) as clerk:
        assert warning not in await clerk.types("Y\n")


async def test_a_check_beside_the_eft_that_is_here_is_asked_for_by_name(
    site: Store, actor: Actor, eras: Eras
) -> None:
    given.eft(site, actor, trace=era_trace(site, eras.waiting), amount=1, payer=era_payer(site, eras.waiting))
    before = state(site)
    async with opening(site, actor, eras.waiting) as clerk:
        screen = await clerk.types("Y\n")
        assert "OF THE SAME TRACE AND PAYER IS HERE: 1.00 OF" in screen
        assert "TYPE ^ UNLESS A PAPER CHECK CAME AS WELL." in screen
        screen = await clerk.types("4711\n")
        assert screen.rstrip().endswith("DID THIS CHECK COME BESIDE THE EFT?: NO//")
        assert "booked" in await clerk.types("?\n")
        await clerk.types("\n")
        assert clerk.done
    assert state(site) == before
    async with opening(site, actor, eras.waiting) as clerk:
        await clerk.types("Y\n4711\nYES\n\n\n\n\n")
    with site.reading() as session:
        assert session.get_one(Era, eras.waiting).check_number == "4711"


def era_trace(store: Store, era: int) -> str:
    """The trace of an ERA."""
    with store.reading() as session:
        return session.get_one(Era, era).trace


def era_payer(store: Store, era: int) -> str:
    """The payer of an ERA."""
    with store.reading() as session:
        return session.get_one(Era, era).payer_name


async def test_an_era_of_nothing_is_marked_as_match_0(
    site: Store, actor: Actor, eras: Eras, golden: Golden
) -> None:
    async with opening(site, actor, eras.nothing) as clerk:
        golden("opening_match_0", await clerk.types("Y\n"))
        screen = await clerk.types("\n")
        assert "This is a required response." in screen, "there is no default"
        await clerk.types("Y\n\n")
        assert opened(clerk) == [(eras.nothing, PaymentOrder.NONE, False)]
    with site.reading() as session:
        era = session.get_one(Era, eras.nothing)
        assert (era.match_status, era.post_status) == (EraMatchStatus.MATCH_0, PostStatus.NOT_NEEDED)


async def test_no_to_match_0_creates_no_pad_since_no_check_comes_for_nothing(
    site: Store, actor: Actor, eras: Eras
) -> None:
    """VistA goes on to the check here; a check of 0.00 does not exist (behaviour 8.1)."""
    before = state(site)
    async with opening(site, actor, eras.nothing) as clerk:
        screen = await clerk.types("Y\nN\n")
        assert "THIS ERA PAYS 0.00: NO CHECK COMES FOR IT, IT CAN ONLY BE A MATCH-0 PAYMENT" in screen
        await clerk.types("\n")
        assert clerk.done
    assert state(site) == before


@pytest.mark.parametrize("typed", ["^\n", "@\n"])
async def test_without_check_or_eft_there_is_no_scratch_pad(
    site: Store, actor: Actor, eras: Eras, typed: str
) -> None:
    before = state(site)
    async with opening(site, actor, eras.check_expected) as clerk:
        screen = await clerk.types(f"Y\n{typed}")
        assert "THERE MUST EITHER BE A PAPER CHECK OR AN EFT FOR THIS ERA" in screen
        assert screen.rstrip().endswith("PRESS RETURN TO CONTINUE")
        await clerk.types("\n")
        assert clerk.done
    assert state(site) == before
    assert opened(clerk) == []


@pytest.mark.parametrize(
    "typed",
    [
        "^\n",
        "\n",
        "NO\n",
        "Y\n\n^\n",
        "Y\n\n\n^\n",
        "Y\n\n\n\n^\n",
        "Y\n\n\n\nNO\n",
        "Y\n\n\n\n\n^\n",
        "Y\n\n\n\n\n\n^\n",
        "Y\n\n\n\n\nY\n^\n^\n",
        "Y\n\n\n\n\nY\n\n^\n",
        "Y\n\n\n\n\nY\n2\n^\n^\n",
        "Y\n\n\n\n\nY\n2\n\n^\n^\n",
        "Y\n\n\n\n\nY\n2\n\nD\n^\n^\n",
        "Y\n\n\n\n\nY\n1\nY\n2\n^\n^\n",
    ],
)
async def test_leaving_before_the_end_changes_nothing(
    site: Store, actor: Actor, eras: Eras, typed: str
) -> None:
    before = state(site)
    async with opening(site, actor, eras.check_expected) as clerk:
        await clerk.types(typed)
        assert clerk.done
    assert state(site) == before
    assert opened(clerk) == []


async def test_a_wrong_answer_is_refused_and_asked_again(site: Store, actor: Actor, eras: Eras) -> None:
    async with opening(site, actor, eras.check_expected) as clerk:
        await clerk.is_refused("PERHAPS", "Enter either 'Y' or 'N'.")
        await clerk.types("Y\n")
        assert "Type 1 to 50 characters." in await clerk.types(f"{'1' * 51}\n")
        await clerk.types("1003\n")
        await clerk.is_refused("SOON", "JUL 22 or JUL 22, 2010, not after JUL 22, 2012.")
        await clerk.is_refused("T+1", "not after JUL 22, 2012.")
        await clerk.types("\n")
        await clerk.is_refused("1" * 16, "Type 1 to 15 characters.")
        await clerk.types("\n")
        await clerk.is_refused("X", "Enter either 'Y' or 'N'.")
        await clerk.types("\n")
        await clerk.is_refused("20", "Enter either 'Y' or 'N'.")
        await clerk.types("\n")
        await clerk.is_refused("Q", "Choose one of:")
        await clerk.is_refused("ZERO", "That is more than one of:")
        assert opened(clerk) == []


async def test_a_pad_that_exists_is_opened_with_the_order_chosen_last(
    site: Store, actor: Actor, eras: Eras
) -> None:
    async with opening(site, actor, eras.check_chosen) as clerk:
        assert clerk.screen.strip() == "ORDER OF PAYMENTS: ZERO-PAYMENTS LAST//"
        await clerk.types("F\n")
        assert opened(clerk) == [(eras.check_chosen, PaymentOrder.ZERO_FIRST, False)]
        assert leased(site) == [f"ERA {eras.check_chosen}"]
        await clerk.types("^\n")
    assert leased(site) == []
    with site.reading() as session:
        row = session.get_one(ScratchpadPreference, (eras.check_chosen, actor.user_id))
        assert row.order is PaymentOrder.ZERO_FIRST


async def test_the_lease_is_given_back_however_the_pad_is_left(site: Store, actor: Actor, eras: Eras) -> None:
    async with opening(site, actor, eras.check_chosen) as clerk:
        await clerk.types("\n")
        assert leased(site) == [f"ERA {eras.check_chosen}"]
        await clerk.types("^\n")
    assert leased(site) == []


def second_desk(store: Store, keys: tuple[SecurityKey, ...] = (SecurityKey.CLERK,)) -> Actor:
    """Another user, at a desk of his own."""
    with store.writing() as session:
        add_user(session, "second", "CLERK,TWO", keys, given_by="test")
    with store.reading() as session:
        return sign_on(session, "second")


@pytest.mark.parametrize(
    ("which", "told"),
    [
        ("check_chosen", "Another user is currently editing this entry"),
        ("check_expected", "ANOTHER USER HAS LOCKED THIS ENTRY - NEW RECORD NOT CREATED"),
    ],
)
async def test_an_era_that_another_clerk_works_on_is_refused_before_any_question(
    site: Store, actor: Actor, eras: Eras, which: str, told: str
) -> None:
    era: int = getattr(eras, which)
    other = second_desk(site)
    with site.writing() as session:
        take_era(session, other, era)
    clerk = opening(site, actor, era)
    async with clerk.started():
        with pytest.raises(InUse) as refusal:
            await clerk.result()
    assert str(refusal.value) == f"{told} (CLERK,TWO since 14:37, until 14:40 unless renewed)"


async def test_a_clerk_who_comes_first_wins_and_the_other_is_told_at_the_end(
    site: Store, actor: Actor, eras: Eras
) -> None:
    other = second_desk(site)
    clerk = opening(site, actor, eras.check_expected)
    async with clerk:
        await clerk.types("Y\n\n\n\n\n\n")
        with site.writing() as session:
            take_era(session, other, eras.check_expected)
        before = state(site)
        clerk.keys.feed("\n")
        with pytest.raises(InUse):
            await clerk.result()
    assert state(site) == before
    assert opened(clerk) == []


async def test_an_eft_that_is_matched_while_the_clerk_answers_is_not_overwritten(
    site: Store, actor: Actor, eras: Eras
) -> None:
    clerk = opening(site, actor, eras.check_expected)
    async with clerk:
        await clerk.types("Y\n\n\n\n\n\n")
        with site.writing() as session:
            session.execute(
                update(Era)
                .where(Era.id == eras.check_expected)
                .values(match_status=EraMatchStatus.MATCHED, version=Era.version + 1)
            )
        clerk.keys.feed("\n")
        with pytest.raises(Refused, match="ALREADY"):
            await clerk.result()
    with site.reading() as session:
        assert session.get(Scratchpad, eras.check_expected) is None


def receipt_for(store: Store, actor: Actor, era: int) -> None:
    """Gives an ERA a receipt, as Create Receipt leaves it."""
    with store.writing() as session:
        receipt = Receipt(
            number="E12072200",
            payment_type=PaymentType.CHECK,
            date=day(22),
            era_id=era,
            opened_by=actor.user_id,
            opened_at=store.clock(),
            process_key="a key of this test",
        )
        session.add(receipt)
        session.flush()
        pad = session.get(Scratchpad, era)
        if pad is not None:
            pad.receipt_id = receipt.id


async def test_an_era_with_a_receipt_may_only_be_seen(
    site: Store, actor: Actor, eras: Eras, golden: Golden
) -> None:
    receipt_for(site, actor, eras.check_chosen)
    async with opening(site, actor, eras.check_chosen) as clerk:
        golden("opening_with_a_receipt", clerk.screen)
        await clerk.types("\n\n")
        assert opened(clerk) == [(eras.check_chosen, PaymentOrder.ZERO_LAST, True)]
        assert leased(site) == [], "who only looks keeps nobody out"


async def test_an_era_posted_without_a_scratch_pad_says_so(site: Store, actor: Actor, eras: Eras) -> None:
    receipt_for(site, actor, eras.matched)
    clerk = opening(site, actor, eras.matched)
    async with clerk.started():
        with pytest.raises(Refused, match="A SCRATCH PAD WAS NOT CREATED FOR THIS ERA BEFORE POSTING"):
            await clerk.result()


async def test_a_receipt_that_comes_while_the_clerk_answers_makes_the_pad_read_only(
    site: Store, actor: Actor, eras: Eras
) -> None:
    clerk = opening(site, actor, eras.check_chosen)
    async with clerk:
        receipt_for(site, actor, eras.check_chosen)
        clerk.keys.feed("\n")
        with pytest.raises(Refused, match="YOU MAY ONLY VIEW ITS SCRATCH PAD"):
            await clerk.result()
    assert leased(site) == []


async def test_a_reviewer_sees_a_pad_and_creates_none(site: Store, eras: Eras) -> None:
    reviewer = second_desk(site, keys=())
    async with opening(site, reviewer, eras.check_chosen) as clerk:
        assert "YOU MAY ONLY READ, VIEW AND PRINT" in clerk.screen
        await clerk.types("\n\n")
        assert opened(clerk) == [(eras.check_chosen, PaymentOrder.NONE, True)]
    before = state(site)
    clerk = opening(site, reviewer, eras.check_expected)
    async with clerk.started():
        with pytest.raises(MissingKey, match="NO WORKLIST SCRATCH PAD ENTRY EXISTS FOR THIS ERA"):
            await clerk.result()
    assert state(site) == before
