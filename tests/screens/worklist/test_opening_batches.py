"""Splitting an ERA into batches as its pad is created, and opening one of them (behaviour 1.1, `screens.md` 7)."""

import pytest
from sqlalchemy import select

from models.leases import Lease
from models.scratchpads import Scratchpad
from models.store import Store
from models.words.scratchpad import BatchCriterion
from screens.scratchpad.scratch_pad import ScratchPadScreen
from screens.worklist.opening_pad import open_scratch_pad
from services.errors import InUse
from services.office.actor import Actor
from services.scratchpad.batch_acts import edit_batch
from services.scratchpad.batch_views import batches_of
from services.scratchpad.batches import BatchPlan
from services.scratchpad.in_use import take_batch
from tests import given
from tests.screens.batch_site import BY_NAME, colleague, divided_era
from tests.screens.conftest import Golden
from tests.screens.seat import Seat

IN_TWOS = BatchPlan(BatchCriterion.MAX, most=2)


def opening(store: Store, actor: Actor, era: int) -> Seat:
    """A clerk who opens an ERA."""
    return Seat(store, actor, lambda desk: open_scratch_pad(desk, era))


def leased(store: Store) -> list[str]:
    """What is leased, as kind and number."""
    with store.reading() as session:
        return [f"{lease.kind} {lease.reference}" for lease in session.scalars(select(Lease))]


def parts(clerk: Seat) -> list[int | None]:
    """The parts of scratch pads that were opened: a batch by its number, None for an entire ERA."""
    return [screen.batch_number for screen in clerk.opened if isinstance(screen, ScratchPadScreen)]


def made(store: Store, era: int) -> list[tuple[str, int]]:
    """The batches of an ERA: name and number of entries."""
    with store.reading() as session:
        return [(batch.name, batch.records) for batch in batches_of(session, era)]


def new_era(store: Store, actor: Actor, eeobs: int) -> int:
    """An ERA with its EFT, matched, of so many EEOBs and as many bills; it has no scratch pad yet."""
    numbers = [f"K{number:04d}" for number in range(1, eeobs + 1)]
    given.bills(store, actor, dict.fromkeys(numbers, 10))
    return given.matched_era(
        store, actor, trace="EFT1", claims=[(number, 10, 10) for number in numbers], eft_amount=10 * eeobs
    )


async def test_a_large_era_is_split_by_last_names_as_in_the_manual(
    site: Store, actor: Actor, golden: Golden
) -> None:
    era = new_era(site, actor, 31)
    async with opening(site, actor, era) as clerk:
        screen = await clerk.types("Y\n")
        assert "THERE ARE APPROXIMATELY 31 EEOBS IN THIS ERA" in screen
        assert screen.rstrip().endswith("DO YOU WANT TO SPLIT THIS ERA INTO BATCHES?: YES//")
        golden("batches_criteria", await clerk.types("\n"))
        await clerk.types("2\n\n")
        await clerk.is_refused("5", "ENTER A LETTER IN UPPERCASE, FROM A TO Z")
        await clerk.types("H\n")
        await clerk.is_refused("G", "ENTER A LETTER IN UPPERCASE, FROM I TO Z")
        golden("batches_last_names", await clerk.types("Z\n"))
        assert leased(site) == [f"ERA {era}"], "nobody comes in between"
        golden("batches_entire_or_one", await clerk.types("\nB\n"))
        await clerk.types("1\n")
        screen = await clerk.types("\n")
        assert parts(clerk) == [1]
        assert "BATCH: 1  LAST NAME FROM A - HZZZ  NOT READY" in screen
        assert leased(site) == [f"BATCH {era}.1"]
        await clerk.types("^\n")
        assert clerk.done
    assert leased(site) == []
    assert made(site, era) == [("LAST NAME FROM A - HZZZ", 31), ("LAST NAME FROM I - ZZZZ", 0)]


async def test_thirty_eeobs_are_still_for_one(site: Store, actor: Actor) -> None:
    era = new_era(site, actor, 30)
    async with opening(site, actor, era) as clerk:
        screen = await clerk.types("Y\n")
        assert screen.rstrip().endswith("DO YOU WANT TO SPLIT THIS ERA INTO BATCHES?: NO//")
        await clerk.types("\n\n")
        assert parts(clerk) == [None]
    assert made(site, era) == []


async def test_batches_by_number_get_names_of_the_clerks_own(
    site: Store, actor: Actor, golden: Golden
) -> None:
    era = new_era(site, actor, 5)
    async with opening(site, actor, era) as clerk:
        await clerk.types("Y\nY\n1\nY\n")
        await clerk.is_refused("6", "'6' is not a valid choice")
        await clerk.types("2\n")
        await clerk.is_refused("X" * 31, "Type 1 to 30 characters.")
        await clerk.types("ANNE\n\n")
        golden("batches_own_names", await clerk.types("CARL\n"))
        assert made(site, era) == [("ANNE", 2), ("BATCH #: 2", 2), ("CARL", 1)]
        await clerk.types("\nE\n\n")
        assert parts(clerk) == [None]
        assert leased(site) == [f"ERA {era}"]
        await clerk.types("^\n")
    assert leased(site) == []


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("3\n\n", ["FULL PAYMENT", "PARTIAL PAYMENT", "NO PAYMENT"]),
        ("CO\n\n", ["CO-PAY EXISTS", "NO CO-PAY EXISTS"]),
    ],
)
async def test_batches_by_payment_and_by_copay(
    site: Store, actor: Actor, typed: str, names: list[str]
) -> None:
    era = new_era(site, actor, 2)
    async with opening(site, actor, era) as clerk:
        screen = await clerk.types(f"Y\nY\n{typed}")
        assert f"{len(names)} BATCHES CREATED." in screen
        await clerk.types("\n^\n")
        assert clerk.done, "the pad is there, and nobody holds it"
    assert [name for name, _ in made(site, era)] == names
    assert leased(site) == []


@pytest.mark.parametrize("typed", ["\n", "^\n", "2\n\nH\n^\n", "1\n\n^\n"])
async def test_leaving_the_batch_dialogue_makes_no_batches_and_goes_on(
    site: Store, actor: Actor, typed: str
) -> None:
    era = new_era(site, actor, 2)
    async with opening(site, actor, era) as clerk:
        screen = await clerk.types(f"Y\nY\n{typed}")
        assert "NO BATCHES WERE MADE" in screen
        assert screen.rstrip().endswith("ORDER OF PAYMENTS: NO ORDER//")
        with site.reading() as session:
            assert session.get(Scratchpad, era) is None
        await clerk.types("\n")
        assert parts(clerk) == [None]
    assert made(site, era) == []


async def test_a_batch_is_chosen_by_its_number_or_the_start_of_its_name(site: Store, actor: Actor) -> None:
    era = divided_era(site, actor, IN_TWOS)
    async with opening(site, actor, era) as clerk:
        await clerk.is_refused("", "This is a required response.")
        await clerk.types("B\n")
        screen = await clerk.types("??\n")
        assert "   3     BATCH #: 3                      NOT READY" in screen
        await clerk.is_refused("9", "Nothing found for 9.")
        screen = await clerk.types("BATCH\n")
        assert "     1   1     BATCH #: 1" in screen
        await clerk.types("3\n\n")
        assert parts(clerk) == [3]


async def test_who_chooses_no_batch_opens_nothing(site: Store, actor: Actor) -> None:
    era = divided_era(site, actor)
    for typed in ("^\n", "B\n\n", "B\n^\n", "B\n1\n^\n"):
        async with opening(site, actor, era) as clerk:
            await clerk.types(typed)
            assert clerk.done
            assert parts(clerk) == []
    assert leased(site) == []


async def test_while_a_batch_is_in_use_only_the_others_can_be_opened(
    site: Store, actor: Actor, golden: Golden
) -> None:
    era = divided_era(site, actor)
    other = colleague(site)
    with site.writing() as session:
        take_batch(session, other, era, 2)
    async with opening(site, actor, era) as clerk:
        golden("batches_in_use", clerk.screen)
        await clerk.is_refused("2", "Nothing found for 2.")
        await clerk.types("1\n\n")
        assert parts(clerk) == [1]
        with site.writing() as session:
            take_batch(session, other, era, 3)
        third = opening(site, colleague(site, "third"), era)
        async with third.started():
            with pytest.raises(InUse, match="ALL BATCHES WITHIN THIS ERA ARE CURRENTLY IN USE"):
                await third.result()


async def test_a_batch_that_another_has_just_opened_is_refused(site: Store, actor: Actor) -> None:
    era, other = divided_era(site, actor), colleague(site)
    clerk = opening(site, actor, era)
    async with clerk:
        await clerk.types("B\n2\n")
        with site.writing() as session:
            take_batch(session, other, era, 2)
        clerk.keys.feed("\n")
        with pytest.raises(InUse, match="ANOTHER USER HAS JUST OPENED THIS BATCH - TRY AGAIN LATER"):
            await clerk.result()


async def test_a_batch_that_is_ready_already_is_told(site: Store, actor: Actor) -> None:
    era = divided_era(site, actor)
    with site.writing() as session:
        edit_batch(session, actor, era, 2, ready=True)
    async with opening(site, actor, era) as clerk:
        screen = await clerk.types("B\n2\n")
        assert "** WARNING - THIS BATCH HAS BEEN FLAGGED AS READY TO POST" in screen
        screen = await clerk.types("\n\n")
        assert "BATCH: 2  LAST NAME FROM I - QZZZ  READY" in screen


async def test_with_negative_lines_only_the_entire_era_is_opened(
    site: Store, actor: Actor, golden: Golden
) -> None:
    given.bills(site, actor, {"K1": 100, "K2": 50})
    era = given.matched_era(
        site,
        actor,
        trace="EFT2",
        claims=[("K1", 100, 80), ("K2", 50, 50)],
        plbs=[("WO", "R1", 14)],
        eft_amount=116,
    )
    async with opening(site, actor, era) as clerk:
        await clerk.types("Y\nY\n3\n\n")
        golden("batches_negative_first", await clerk.types("\n"))
        await clerk.types("\n\n")
        assert parts(clerk) == [None]


async def test_a_divided_era_that_another_has_entirely_says_so(site: Store, actor: Actor) -> None:
    era = divided_era(site, actor, BY_NAME)
    first = opening(site, colleague(site), era)
    async with first:
        await first.types("E\n\n")
        second = opening(site, actor, era)
        async with second.started():
            with pytest.raises(InUse, match="ANOTHER USER IS CURRENTLY USING THIS ERA, TRY AGAIN LATER"):
                await second.result()
