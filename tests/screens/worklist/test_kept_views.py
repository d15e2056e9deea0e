"""The lists that a clerk need not ask for question by question: the last one, his own view, one ERA by its number."""

from collections.abc import Awaitable, Callable

import pytest

from models.store import Store
from screens.list_manager.asking.questions import REQUIRED
from screens.list_manager.menus.menus import Menus
from screens.lockbox_desk import LockboxDesk
from screens.menus import CLERKS_MENU
from screens.worklist.era_filters import eeob_worklist
from services.office.actor import Actor
from tests.screens.conftest import Golden
from tests.screens.era_site import Eras, fill
from tests.screens.seat import Seat
from tests.screens.worklist.test_era_filters import listed
from tests.screens.worklist.test_era_list import THE_LIST, post
from tests.stores import FixedClock

BY_PAYER = "L\n\nM\n\nR\nBLUE\n\n"
WHICH = "DO YOU WANT A (L)IST OF ERAs OR A (S)PECIFIC ONE?: LIST//"
SAVE = "DO YOU WANT TO SAVE THIS AS YOUR PREFERRED VIEW?: NO//"


@pytest.fixture
def eras(site: Store, actor: Actor, clock: FixedClock) -> Eras:
    """A site with an ERA of each kind."""
    return fill(site, actor, clock)


def times(count: int) -> Callable[[LockboxDesk], Awaitable[None]]:
    """The option, so often one after the other at one desk."""

    async def talk(desk: LockboxDesk) -> None:
        for _ in range(count):
            await eeob_worklist(desk)

    return talk


async def test_space_return_shows_the_last_list_again(site: Store, actor: Actor, eras: Eras) -> None:
    async with Seat(site, actor, times(2)) as clerk:
        await clerk.is_refused(" ", "No list has been chosen before.")
        await clerk.types(BY_PAYER)
        shown = [clerk.row(number) for number in range(2, 21)]
        assert "PAYERS: BLUE-BLUEZZZ" in clerk.screen
        await clerk.types("SO\nA\nH\n\nQ\n")
        assert clerk.prompt == WHICH
        await clerk.types(" \n")
        assert [clerk.row(number) for number in range(2, 21)] == shown, "in VistA's order"
        screen = await clerk.types("Q\n")
        assert clerk.done
        assert screen


async def test_the_last_list_is_said_before_it_is_shown(site: Store, actor: Actor, eras: Eras) -> None:
    async with Seat(site, actor, times(2)) as clerk:
        await clerk.types(f"{BY_PAYER}Q\n \n")
        said = " ".join(clerk.below.split())
        assert "UNPOSTED, MATCH STATUS MATCHED, PAYERS BLUE-BLUEZZZ" in said


async def test_the_number_of_an_era_opens_it(site: Store, actor: Actor, eras: Eras) -> None:
    async with Seat(site, actor, eeob_worklist) as clerk:
        await clerk.is_refused("99", "There is no ERA 99.")
        screen = await clerk.types(f"{eras.check_expected}\n")
        assert f"{WHICH} {eras.check_expected}\n     1      NWM0098231 " in screen
        assert clerk.prompt == "DO YOU WANT TO CREATE ONE NOW?: NO//"
        await clerk.types("\n")
        assert clerk.done


@pytest.mark.parametrize("typed", ["1.5", "12X", "9" * 19, "^1"])
async def test_what_is_no_number_is_refused_as_before(
    site: Store, actor: Actor, eras: Eras, typed: str
) -> None:
    async with Seat(site, actor, eeob_worklist) as clerk:
        await clerk.is_refused(typed, "Type '^' alone" if typed[0] == "^" else "Choose one of:")


async def test_the_question_says_what_else_may_be_answered(site: Store, actor: Actor, eras: Eras) -> None:
    async with Seat(site, actor, eeob_worklist) as clerk:
        screen = await clerk.types("?\n")
        assert "Enter LIST to see a list of ERAs." in screen
        assert "SPACE RETURN shows the list again that you asked for last." in screen
        assert "The number of an ERA opens that ERA." in screen
        assert "PREFERRED" not in screen
        assert REQUIRED not in screen


async def test_change_view_asks_again_with_what_is_shown_as_default(
    site: Store, actor: Actor, eras: Eras, golden: Golden
) -> None:
    async with Seat(site, actor, eeob_worklist) as clerk:
        await clerk.types("L\nB\nM\nY\nT-30\nT\nR\nBLUE\nLAKE\n")
        shown = [clerk.row(number) for number in range(2, 21)]
        await clerk.types("C\n\n\n\n\n\n\n\n\n")
        golden("change_view", clerk.screen)
        assert clerk.prompt == SAVE
        await clerk.types("\n")
        assert [clerk.row(number) for number in range(2, 21)] == shown


async def test_a_view_that_was_saved_is_offered_and_shown(
    site: Store, actor: Actor, eras: Eras, golden: Golden
) -> None:
    async with Seat(site, actor, times(3)) as clerk:
        await clerk.types(f"{THE_LIST}SO\nA\nH\n\nC\n\nM\nY\nT-30\n\n\nY\n")
        assert clerk.row(1).startswith("ERA List - Worklist")
        assert "MATCH STATUS: MATCHED " in clerk.row(2)
        assert "DATE RANGE  : 6/22/12-7/22/12" in clerk.row(3)
        saved = listed(clerk)
        await clerk.types("Q\n")
        golden("preferred_view_offered", clerk.screen)
        assert clerk.prompt == WHICH, "the default is VistA's"
        assert "Enter PREFERRED to see the view that you have saved." in await clerk.types("?\n")
        await clerk.types("P\n")
        assert listed(clerk) == saved, "in its order"
        assert "DATE RANGE  : NONE SELECTED" in clerk.row(3), "the days were those of that day"
        await clerk.types(f"Q\n{THE_LIST}")
        assert "MATCH STATUS: BOTH" in clerk.row(2), "RETURN at each question is VistA's view"


async def test_without_a_saved_view_there_is_none_to_be_chosen(site: Store, actor: Actor, eras: Eras) -> None:
    async with Seat(site, actor, eeob_worklist) as clerk:
        await clerk.is_refused("P", "Choose one of:")


@pytest.mark.parametrize("typed", ["C\n^\n", "C\nB\n^\n", "C\nB\n\n\n\n^\n"])
async def test_a_view_that_is_not_asked_for_to_the_end_changes_nothing(
    site: Store, actor: Actor, eras: Eras, typed: str
) -> None:
    async with Seat(site, actor, times(2)) as clerk:
        await clerk.types(THE_LIST)
        shown = [clerk.row(number) for number in range(2, 20)]
        await clerk.types(typed)
        assert [clerk.row(number) for number in range(2, 20)] == shown
        await clerk.types("Q\n")
        assert "PREFERRED" not in clerk.screen


async def test_a_changed_view_that_finds_nothing_says_so(site: Store, actor: Actor, eras: Eras) -> None:
    async with Seat(site, actor, eeob_worklist) as clerk:
        await clerk.types(f"{THE_LIST}C\nP\n\n\n\n\n")
        assert clerk.row(7) == "No ERAs left for your selection criteria"
        assert "POST STATUS: POSTED" in clerk.row(2)
        await clerk.types("C\nU\n\n\n\n\n")
        assert clerk.row(7).startswith(f"1   -{eras.check_expected} ")


async def test_f2_goes_back_to_the_page_that_was_left_and_builds_it_anew(
    site: Store, actor: Actor, eras: Eras
) -> None:
    async with Seat(site, actor, lambda desk: Menus(desk, CLERKS_MENU).run()) as clerk:
        await clerk.types(f"W\n{THE_LIST}SO\n\nL\n\n\n")
        assert clerk.row(1).endswith("Page:    2 of    3")
        seen = [clerk.row(number) for number in range(1, 21)]
        await clerk.types("^^\nAG\n")
        await clerk.press("f2")
        assert [clerk.row(number) for number in range(1, 21)] == seen
        await clerk.types("Q\n")
        assert clerk.prompt == "Select Agent Cashier Menu Option:"
        post(site, eras.waiting)
        await clerk.press("f2")
        await clerk.types("FS\n")
        assert clerk.row(7).startswith(f"1   -{eras.nothing} ")
        await clerk.types("Q\n")
        assert clerk.prompt == "Select Agent Cashier Menu Option:"
