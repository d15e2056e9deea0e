"""`?WORD` on lists and menus: the guide page by page, and back to the page and the marker that one left."""

from collections.abc import Callable

from models.store import Store
from screens.house import MENU
from screens.list_manager.menus.menus import Menus
from screens.lockbox_desk import LockboxDesk
from services.guide.topics import find_topics, told
from services.office.actor import Actor
from tests import given
from tests.screens.pad_site import at_pad, check_era
from tests.screens.seat import Seat

Golden = Callable[[str, str], None]


def many_lines(site: Store, actor: Actor) -> int:
    """An ERA whose scratch pad has several pages."""
    given.bills(site, actor, {f"K{number}": 100 for number in range(1, 9)})
    return check_era(site, actor, [(f"K{number}", 100, 80) for number in range(1, 9)])


async def test_a_word_at_select_action_opens_the_guide_and_comes_back(
    site: Store, actor: Actor, golden: Golden
) -> None:
    async with at_pad(site, actor, many_lines(site, actor)) as clerk:
        await clerk.types("\n")
        await clerk.press("down")
        before = clerk.screen
        golden("guide_of_an_action", await clerk.types("?Verify\n"))
        assert (await clerk.types("\n")) == before
        # Here the mnemonic names the action of this list; the term and the command come behind it.
        first, *rows = (await clerk.types("?era\n")).splitlines()
        assert first == "View/Print ERA (action of EEOB Worklist/Scratch Pad, ERA)"
        assert any(row.startswith("ERA (term") for row in rows)
        assert "Enter RETURN to continue or '^' to exit:" in clerk.screen
        assert (await clerk.types("^\n")) == before


async def test_a_long_text_is_paged_and_may_be_left(site: Store, actor: Actor) -> None:
    async with at_pad(site, actor, many_lines(site, actor)) as clerk:
        before = clerk.screen
        lines = list(told(find_topics("Clerk's AR Menu").topics, 79))
        assert 23 < len(lines) <= 46
        first = (await clerk.types("?Clerk's AR Menu\n")).splitlines()
        assert first[:23] == lines[:23]
        second = (await clerk.types("\n")).splitlines()
        assert second[: len(lines) - 23] == lines[23:]
        assert (await clerk.types("\n")) == before
        await clerk.types("?Clerk's AR Menu\n")
        assert (await clerk.types("^\n")) == before


async def test_an_unknown_word_names_those_near_it_and_the_prompt_comes_again(
    site: Store, actor: Actor
) -> None:
    async with at_pad(site, actor, many_lines(site, actor)) as clerk:
        screen = await clerk.types("?veriffied\n")
        assert "veriffied is not in the guide. Near it: verified; " in screen
        assert clerk.prompt.startswith("Select Action: ")
        assert "PRESS RETURN" not in screen


async def test_keys_typed_ahead_go_through_the_guide(site: Store, actor: Actor) -> None:
    era = many_lines(site, actor)
    async with at_pad(site, actor, era) as clerk:
        one_by_one = [await clerk.types(key) for key in ("\n", "?split\n", "^\n", "+\n")][-1]
    async with at_pad(site, actor, era) as clerk:
        assert (await clerk.types("\n?split\n^\n+\n")) == one_by_one


async def test_at_a_menu_it_opens_an_option_a_term_and_a_command(site: Store, actor: Actor) -> None:
    async def talk(desk: LockboxDesk) -> None:
        await Menus(desk, MENU).run()

    async with Seat(site, actor, talk) as clerk:
        await clerk.types("EDI\n")
        screen = await clerk.types("?WL\n")
        assert screen.startswith("EEOB Worklist (option of EDI Lockbox, WL)")
        assert "- asks: for a list of ERAs or a specific one" in screen
        back = await clerk.types("\n")
        assert "   WL     EEOB Worklist" in back
        assert "Select EDI Lockbox Option:" in clerk.prompt
        screen = await clerk.types("?RP\n")
        assert "Receipt Processing (option of Agent Cashier Menu, RP)" in screen
        assert "RP is not on this menu" in await clerk.types("\n")
        assert "A receivable: one claim of one payer." in await clerk.types("?receivable\n")
        await clerk.types("\n")
        assert "lockbox import claims-837p.837" in await clerk.types("?import\n")
        await clerk.types("\n")
        assert "nigtly is not in the guide. Near it: " in await clerk.types("?nigtly\n")
