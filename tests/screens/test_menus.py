"""The menus as a clerk finds them after sign-on."""

import re

import pytest

from models.store import Store
from models.words.keys import SecurityKey
from screens.list_manager.menus.menus import Menus
from screens.list_manager.menus.rows import row
from screens.list_manager.options import Menu, MenuOption
from screens.lockbox_desk import LockboxDesk
from screens.menus import CLERKS_MENU
from screens.sign_on import greet
from services.office.actor import Actor, sign_on
from services.office.site import add_user, site_view
from tests.screens.conftest import Golden
from tests.screens.seat import Seat


async def signed_on(desk: LockboxDesk) -> None:
    site = await desk.read(site_view)
    greet(desk, site)
    await Menus(desk, CLERKS_MENU).run()


def test_only_the_worklist_receipt_processing_and_the_print_of_an_era_are_live() -> None:
    assert {option.name for option in CLERKS_MENU.everywhere() if option.run is not None} == {
        "EEOB Worklist",
        "Receipt Processing",
        "View/Print ERA",
    }


@pytest.mark.parametrize("option", [o for o in CLERKS_MENU.everywhere() if o.later], ids=lambda o: o.name)
def test_what_does_not_open_says_why_in_one_line(option: MenuOption[LockboxDesk]) -> None:
    assert row(option, closed=bool(option.later)).endswith(f"({option.name})")
    assert len(f"   {option.later}") <= 80
    assert re.search(r"(is not in this release|belongs to AR itself, not to Lockbox)\.\Z", option.later)


async def test_the_clerk_is_greeted_and_stands_at_his_menu(site: Store, actor: Actor, golden: Golden) -> None:
    async with Seat(site, actor, signed_on) as clerk:
        golden("clerks_menu", clerk.screen)
        assert "DEMO MEDICAL CENTER, STATION 442\nUSER: CLERK\n" in clerk.screen


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("ED\n", "edi_lockbox_menu"),
        ("edi\nrep\n", "edi_lockbox_reports_menu"),
        ("Agent\n", "agent_cashier_menu"),
    ],
)
async def test_the_submenus_stand_as_on_paper(
    site: Store, actor: Actor, golden: Golden, typed: str, name: str
) -> None:
    async with Seat(site, actor, signed_on) as clerk:
        golden(name, await clerk.types(typed))


@pytest.mark.parametrize("menu", ["", "ED\n", "ED\nREP\n", "AG\n"])
async def test_every_help_text_stands_whole_on_80_columns(site: Store, actor: Actor, menu: str) -> None:
    async with Seat(site, actor, signed_on) as clerk:
        await clerk.types(menu)
        prompt = clerk.prompt
        for typed in ("?\n", "??\n", "???\n"):
            screen = await clerk.types(typed)
            assert clerk.prompt == prompt, screen
        texts = " ".join(clerk.screen.split())
        for option in CLERKS_MENU.everywhere():
            if prompt in (f"Select {above.name} Option:" for above in parents(option)):
                assert f"{option.name}: {option.help}" in texts
                shown = " ".join((await clerk.types(f"?{option.name}\n")).split())
                # The guide has pages of its own; `^` comes back to the menu.
                assert f"{option.name} (option of " in shown or f"{option.name} (menu" in shown
                assert option.help in shown
                await clerk.types("^\n")


def parents(option: MenuOption[LockboxDesk]) -> list[Menu[LockboxDesk]]:
    menus = [each for each in (CLERKS_MENU, *CLERKS_MENU.everywhere()) if isinstance(each, Menu)]
    return [menu for menu in menus if option in menu.options]


async def test_internal_names_stand_where_they_are_known(site: Store, actor: Actor) -> None:
    async with Seat(site, actor, signed_on) as clerk:
        screen = await clerk.types("??\n")
        assert "   TPJI   (Third Party Joint Inquiry) [IBJ THIRD PARTY JOINT INQUIRY]\n" in screen
        screen = await clerk.types("AG\n??\n")
        assert "   RP     Receipt Processing [RCDP RECEIPT PROCESSING]\n" in screen


async def test_what_is_later_and_what_is_not_ours_says_so(site: Store, actor: Actor) -> None:
    async with Seat(site, actor, signed_on) as clerk:
        screen = await clerk.types("Refund\n")
        assert "Refund Review and Approve belongs to AR itself, not to Lockbox." in screen
        screen = await clerk.types("TPJI\n")
        assert "Third Party Joint Inquiry is not in this release." in screen
        screen = await clerk.types("EDI\nZB\n")
        assert "Mark 0-Balance EFT Matched is not in this release." in screen
        assert clerk.prompt == "Select EDI Lockbox Option:"


async def test_a_short_answer_that_fits_two_options_lists_them(site: Store, actor: Actor) -> None:
    async with Seat(site, actor, signed_on) as clerk:
        screen = await clerk.types("T\n")
        assert "    1    Transaction Profile" in screen
        assert "    2    Third Party Joint Inquiry" in screen
        assert "CHOOSE 1-2:" in screen


async def test_the_worklist_can_be_jumped_to_from_the_first_menu(site: Store, actor: Actor) -> None:
    async with Seat(site, actor, signed_on) as clerk:
        screen = await clerk.types("^WL\n")
        assert screen.rstrip().endswith("DO YOU WANT A (L)IST OF ERAs OR A (S)PECIFIC ONE?: LIST//")
        screen = await clerk.types("^\n")
        assert screen.rstrip().endswith("Select Clerk's AR Menu Option:")


async def test_a_reviewer_is_told_what_he_may_do(site: Store) -> None:
    with site.writing() as session:
        add_user(session, "looker", "REVIEWER,ONE", (SecurityKey.BATCH_MAINTENANCE,), given_by="test")
    with site.reading() as session:
        reviewer = sign_on(session, "looker")
    async with Seat(site, reviewer, signed_on) as clerk:
        assert "USER: REVIEWER,ONE\nYOU MAY READ, VIEW AND PRINT\n" in clerk.screen


@pytest.mark.parametrize(
    ("menu", "told"),
    [
        (
            "",
            "In this release: Receipt Processing (RP), View/Print ERA (VP), EEOB Worklist\n   (WL).",
        ),
        ("ED\n", "In this release: View/Print ERA (VP), EEOB Worklist (WL)."),
        ("ED\nREP\n", "In this release: View/Print ERA (VP)."),
    ],
)
async def test_two_question_marks_say_what_is_in_this_release(
    site: Store, actor: Actor, menu: str, told: str
) -> None:
    async with Seat(site, actor, signed_on) as clerk:
        screen = await clerk.types(f"{menu}??\n")
        assert f"\n   {told}\n" in screen
        options = next(
            each
            for each in (CLERKS_MENU, *CLERKS_MENU.everywhere())
            if f"Select {each.name} Option:" in clerk.prompt
        )
        assert isinstance(options, Menu)
        assert f"({options.options[0].name})\n" in screen, "the whole menu stands on one screen"
