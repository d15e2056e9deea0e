"""The entry dialogue of the EEOB Worklist: every prompt, every default, every refusal."""

from collections.abc import Sequence

import pytest

from models.store import Store
from screens.worklist.era_filters import eeob_worklist
from services.office.actor import Actor
from tests.screens.conftest import Golden
from tests.screens.era_site import Eras, fill
from tests.screens.seat import Seat
from tests.stores import FixedClock


@pytest.fixture
def eras(site: Store, actor: Actor, clock: FixedClock) -> Eras:
    """A site with an ERA of each kind."""
    return fill(site, actor, clock)


def listed(clerk: Seat) -> Sequence[str]:
    """The ERA numbers on the page, each with the mark before it."""
    return [clerk.row(number)[4:16].strip() for number in range(7, 21) if clerk.row(number)[:1].isdigit()]


async def test_the_dialogue_reads_like_the_manuals_transcript(
    site: Store, actor: Actor, eras: Eras, golden: Golden
) -> None:
    async with Seat(site, actor, eeob_worklist) as clerk:
        screen = await clerk.types("\n\n\nY\nT-30\nT\nR\nBLUE\n")
        golden("era_filters", screen)
        await clerk.types("\n")
        golden("era_list_of_a_range", clerk.screen)


@pytest.mark.parametrize(
    ("typed", "heading", "shown"),
    [
        ("L\nU\nB\nN\nA\n", "MATCH STATUS: BOTH           POST STATUS: UNPOSTED", ["-1", "2", "-3"]),
        ("L\nB\nN\n\n\n", "MATCH STATUS: NOT MATCHED    POST STATUS: BOTH", ["-1", "-5", "-6"]),
        ("L\n\nMATCHED\n\n\n", "MATCH STATUS: MATCHED        POST STATUS: UNPOSTED", ["2", "-3", "-4"]),
        ("L\n\n\nYES\n7/18/12\nJUL 20\n\n", "DATE RANGE  : 7/18/12-7/20/12", ["-3", "-4", "-5"]),
        ("L\n\n\nY\nT-1\nT\n\n", "DATE RANGE  : 7/21/12-7/22/12", ["-6"]),
        ("L\n\n\nYES\nT-1\n\n\n", "DATE RANGE  : 7/21/12-7/22/12", ["-6"]),
        ("L\n\n\n\nR\nLAKE\n\n", "PAYERS: LAKE-LAKEZZZ", ["-5"]),
        ("L\n\n\n\nr\nlake\n\n", "PAYERS: LAKE-LAKEZZZ", ["-5"]),
        ("L\n\n\n\nR\nLAKE\nPRAIRIE\n", "PAYERS: LAKE-PRAIRIE", ["-1", "-5"]),
    ],
)
async def test_what_is_chosen_is_what_is_listed(
    site: Store, actor: Actor, eras: Eras, typed: str, heading: str, shown: list[str]
) -> None:
    async with Seat(site, actor, eeob_worklist) as clerk:
        assert heading in await clerk.types(typed)
        assert listed(clerk) == shown


async def test_nothing_is_posted_yet(site: Store, actor: Actor, eras: Eras) -> None:
    async with Seat(site, actor, eeob_worklist) as clerk:
        screen = await clerk.types("L\nP\n\n\n\n")
        assert "THERE ARE NO ERAs MATCHING YOUR SELECTION CRITERIA" in screen


async def test_a_wrong_answer_is_refused_and_asked_again(site: Store, actor: Actor, eras: Eras) -> None:
    required = "This is a required response. Enter '^' to exit"
    async with Seat(site, actor, eeob_worklist) as clerk:
        await clerk.is_refused("X", "Choose one of:")
        await clerk.types("L\n")
        await clerk.is_refused("Q", "Choose one of:")
        await clerk.types("\n")
        await clerk.is_refused("X", "Choose one of:")
        await clerk.types("\n")
        await clerk.is_refused("MAYBE", "Enter either 'Y' or 'N'.")
        await clerk.types("Y\n")
        await clerk.is_refused("", required)
        await clerk.is_refused("YESTERDAY", "not after JUL 22, 2012.")
        await clerk.is_refused("T+1", "not after JUL 22, 2012.")
        await clerk.types("T-7\n")
        assert clerk.prompt == "LATEST DATE: JUL 22, 2012//"
        await clerk.is_refused("T-8", "from JUL 15, 2012 to JUL 22, 2012.")
        await clerk.is_refused("T+1", "from JUL 15, 2012 to JUL 22, 2012.")
        await clerk.types("T\n")
        await clerk.is_refused("X", "Choose one of:")
        await clerk.types("R\n")
        await clerk.is_refused("", required)
        await clerk.is_refused("A" * 31, "Type 1 to 30 characters.")
        await clerk.types("Blue\n")
        await clerk.is_refused("aardvark", "THE LAST NAME MUST NOT COME BEFORE BLUE")
        assert "PAYERS: BLUE-BLUEZZ" in await clerk.types("bluezz\n")


async def test_a_long_name_gives_a_last_name_that_still_fits(site: Store, actor: Actor, eras: Eras) -> None:
    async with Seat(site, actor, eeob_worklist) as clerk:
        screen = await clerk.types(f"L\n\n\n\nR\n{'A' * 30}\n")
        assert f"GO TO PAYER NAME: {'A' * 27}ZZZ  Replace" in screen


@pytest.mark.parametrize(
    "typed", ["^\n", "L\n^\n", "L\n\n^\n", "L\n\n\n^\n", "L\n\n\n\n^\n", "L\n\n\n\nR\n^\n"]
)
async def test_a_caret_leaves_the_option(site: Store, actor: Actor, eras: Eras, typed: str) -> None:
    async with Seat(site, actor, eeob_worklist) as clerk:
        await clerk.types(typed)
        assert clerk.done


@pytest.mark.parametrize("typed", ["Y\n^\n", "Y\nT-7\n^\n"])
async def test_a_caret_inside_the_date_range_goes_back_to_its_question(
    site: Store, actor: Actor, eras: Eras, typed: str
) -> None:
    async with Seat(site, actor, eeob_worklist) as clerk:
        await clerk.types("L\n\n\n")
        await clerk.types(typed)
        assert clerk.prompt == "LIMIT THE SELECTION TO A DATE RANGE WHEN THE ERA WAS RECEIVED?: NO//"
        assert "DATE RANGE  : NONE SELECTED" in await clerk.types("\n\n")


@pytest.mark.parametrize("typed", ["1", "NWM0098231", "nwm0098", "NORTHWIND", "north"])
async def test_a_specific_era_by_number_trace_or_payer(
    site: Store, actor: Actor, eras: Eras, typed: str
) -> None:
    async with Seat(site, actor, eeob_worklist) as clerk:
        screen = await clerk.types(f"S\n{typed}\n")
        assert (
            f"Select ELECTRONIC REMITTANCE ADVICE ENTRY: {typed}\n     1      NWM0098231      07/02/12"
            in screen
        )
        assert "NO WORKLIST SCRATCH PAD ENTRY EXISTS FOR THIS ERA" in screen
        await clerk.types("NO\n")
        assert clerk.done, "the option ends after a specific ERA"


async def test_several_hits_are_listed_and_picked_by_number(
    site: Store, actor: Actor, eras: Eras, golden: Golden
) -> None:
    async with Seat(site, actor, eeob_worklist) as clerk:
        golden("era_look_up", await clerk.types("S\nBLUE\n"))
        screen = await clerk.types("3\n")
        assert "PAYMENT METHOD CODE REPORTED" not in screen
        assert "NO WORKLIST SCRATCH PAD ENTRY EXISTS FOR THIS ERA" in screen


async def test_all_eras_are_listed_for_two_question_marks(site: Store, actor: Actor, eras: Eras) -> None:
    async with Seat(site, actor, eeob_worklist) as clerk:
        assert "Type ?? to see all ERAs." in await clerk.types("S\n?\n")
        screen = await clerk.types("??\n")
        assert "ADVICE ENTRY: ??\n   Choose from:\n   1      NWM0098231      07/02/12    277.10" in screen
        assert "\n   6      BRH7716203398 " in screen
        assert clerk.prompt == "Select ELECTRONIC REMITTANCE ADVICE ENTRY:"


async def test_an_era_that_is_not_there_is_asked_for_again(site: Store, actor: Actor, eras: Eras) -> None:
    async with Seat(site, actor, eeob_worklist) as clerk:
        assert "Nothing found for 99." in await clerk.types("S\n99\n")
        assert "Nothing found for 9999999999999999999999." in await clerk.types(f"{'9' * 22}\n")
        await clerk.types("\n")
        assert clerk.done
