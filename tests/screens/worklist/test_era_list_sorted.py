"""ERA List - Worklist in the order a clerk asks for with Sort List."""

import pytest

from models.store import Store
from screens.worklist.era_filters import eeob_worklist
from services.office.actor import Actor
from tests import given
from tests.screens.conftest import Golden
from tests.screens.era_site import Eras, at, fill
from tests.screens.seat import Seat
from tests.stores import FixedClock

THE_LIST = "\n\n\n\n\n"
DIRECTIONS = {
    "A": "SORT (L)OWEST TO HIGHEST OR (H)IGHEST TO LOWEST?: LOWEST TO HIGHEST//",
    "E": "SORT (E)ARLIEST TO LATEST OR (L)ATEST TO EARLIEST?: EARLIEST TO LATEST//",
    "P": "SORT (F)IRST TO LAST OR (L)AST TO FIRST?: FIRST TO LAST//",
    "D": "SORT (E)ARLIEST TO LATEST OR (L)ATEST TO EARLIEST?: EARLIEST TO LATEST//",
}


@pytest.fixture
def eras(site: Store, actor: Actor, clock: FixedClock) -> Eras:
    """A site with an ERA of each kind, and a second one like `waiting` in payer, day and amount: number 7."""
    eras = fill(site, actor, clock)
    now = clock.instant
    at(clock, 21)
    given.era(site, actor, trace="BRH7716203399", method="ACH", claims=[("K20A011", 200, 60)])
    clock.set(now)
    return eras


async def listed(clerk: Seat) -> list[int]:
    """The ERAs of the list from its first page to its last, as they stand on the screen."""
    found: list[int] = []
    await clerk.types("FS\n")
    while True:
        for number in range(7, 21):
            entry, mark, rest = clerk.row(number)[:4], clerk.row(number)[4:5], clerk.row(number)[5:15]
            if entry.strip().isdigit() and mark in ("-", " ") and rest.strip().isdigit():
                found.append(int(rest))
        page, pages = clerk.row(1).split("Page:")[1].split("of")
        if int(page) == int(pages):
            return list(dict.fromkeys(found))
        await clerk.types("+\n")


async def test_the_questions_stand_as_in_the_manual(
    site: Store, actor: Actor, eras: Eras, golden: Golden
) -> None:
    async with Seat(site, actor, eeob_worklist) as clerk:
        await clerk.types(THE_LIST)
        golden("sort_list_first_level", await clerk.types("SO\n"))
        golden("sort_list_direction", await clerk.types("P\n"))
        golden("sort_list_second_level", await clerk.types("\n"))
        golden("era_list_by_payer", await clerk.types("\n"))


@pytest.mark.parametrize("first", "AEPD")
async def test_the_second_key_is_one_of_the_other_three(
    site: Store, actor: Actor, eras: Eras, first: str
) -> None:
    async with Seat(site, actor, eeob_worklist) as clerk:
        await clerk.types(f"{THE_LIST}SO\n{first}\n")
        assert clerk.prompt.strip() == DIRECTIONS[first]
        await clerk.types("\n")
        assert clerk.prompt == "Enter response: NONE//"
        await clerk.is_refused(first, "Choose one of:")
        for second in DIRECTIONS.keys() - {first}:
            await clerk.types(f"{second}\n")
            assert clerk.prompt.strip() == DIRECTIONS[second]
            await clerk.types(f"^\nSO\n{first}\n\n")


@pytest.mark.parametrize(
    ("answers", "order"),
    [
        # By arrival, which is what RETURN at every question gives.
        ("\n\n\n", [1, 2, 3, 4, 5, 6, 7]),
        ("\nL\n\n", [7, 6, 5, 4, 3, 2, 1]),
        ("A\n\n\n", [5, 6, 7, 4, 2, 3, 1]),
        ("A\nH\n\n", [1, 3, 2, 4, 7, 6, 5]),
        ("E\n\n\n", [1, 2, 5, 3, 4, 6, 7]),
        ("E\nL\n\n", [7, 6, 4, 3, 5, 2, 1]),
        ("P\n\n\n", [3, 4, 6, 7, 5, 1, 2]),
        ("P\nL\n\n", [2, 1, 5, 7, 6, 4, 3]),
        # What is alike in the first key stands by the second.
        ("P\n\nA\n\n", [6, 7, 4, 3, 5, 1, 2]),
        ("P\n\nA\nH\n", [3, 4, 6, 7, 5, 1, 2]),
        ("P\n\nD\nL\n", [6, 7, 3, 4, 5, 1, 2]),
        ("D\n\nA\nH\n", [1, 2, 3, 4, 5, 6, 7]),
        ("D\nL\nA\n\n", [7, 6, 5, 4, 3, 2, 1]),
        ("E\n\nP\nL\n", [1, 2, 5, 3, 4, 6, 7]),
    ],
)
async def test_the_list_stands_in_the_order_asked_for(
    site: Store, actor: Actor, eras: Eras, answers: str, order: list[int]
) -> None:
    async with Seat(site, actor, eeob_worklist) as clerk:
        await clerk.types(f"{THE_LIST}SO\n{answers}")
        assert clerk.row(1).startswith("ERA List - Worklist")
        assert await listed(clerk) == order


async def test_a_sorted_list_starts_at_its_top_and_opens_the_era_that_it_shows(
    site: Store, actor: Actor, eras: Eras
) -> None:
    async with Seat(site, actor, eeob_worklist) as clerk:
        await clerk.types(f"{THE_LIST}\n")
        assert "2 of    3" in clerk.row(1)
        await clerk.types("SO\nA\nH\n\n")
        assert "1 of    3" in clerk.row(1)
        screen = await clerk.types("3\n")
        assert clerk.row(1).startswith("EEOB Worklist/Scratch Pad")
        assert f"ERA Entry #: {eras.check_chosen} " in screen
        await clerk.types("Q\n")
        assert (await listed(clerk))[0] == eras.check_expected, "it keeps its order"


async def test_leaving_a_question_leaves_the_order(site: Store, actor: Actor, eras: Eras) -> None:
    async with Seat(site, actor, eeob_worklist) as clerk:
        await clerk.types(f"{THE_LIST}SO\nD\nL\n\n")
        for typed in ("SO\n^\n", "SO\nA\n^\n", "SO\nA\nH\n^\n", "SO\nA\nH\nP\n^\n"):
            await clerk.types(typed)
            assert await listed(clerk) == [7, 6, 5, 4, 3, 2, 1]


async def test_a_list_opened_again_stands_by_arrival(site: Store, actor: Actor, eras: Eras) -> None:
    async with Seat(site, actor, eeob_worklist) as clerk:
        await clerk.types(f"{THE_LIST}SO\nA\nH\n\nQ\n")
        assert clerk.done
    async with Seat(site, actor, eeob_worklist) as clerk:
        await clerk.types(THE_LIST)
        assert await listed(clerk) == [1, 2, 3, 4, 5, 6, 7]
