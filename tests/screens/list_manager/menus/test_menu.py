"""The menus as they are printed and read."""

import pytest

from screens.list_manager.actions import Action
from screens.list_manager.desk import DeskSettings
from screens.list_manager.glass.terminal import Terminal
from screens.list_manager.menus.menus import Menus
from screens.list_manager.menus.rows import lint
from screens.list_manager.options import Menu, MenuOption
from services.errors import Refused
from tests.screens.list_manager.clerk import Clerk
from tests.terminal.sample_desk import MENU, NOW, SampleDesk


def at_menus(keys: frozenset[str] = frozenset()) -> tuple[Clerk[None], list[str]]:
    """A clerk at the first menu, with security keys."""
    notes: list[str] = []

    async def talk(terminal: Terminal) -> None:
        desk = SampleDesk(terminal, DeskSettings(now=lambda: NOW, keys_held=lambda: keys), 40)
        desk.notes = notes
        await Menus(desk, MENU).run()

    return Clerk(talk), notes


async def test_a_menu_stands_as_on_paper() -> None:
    clerk, _ = at_menus()
    async with clerk:
        assert clerk.screen.rstrip().splitlines() == [
            "",
            "          Transaction Profile",
            "   TPJI   (Third Party Joint Inquiry)",
            "          EDI Lockbox ...",
            "",
            "Select Clerk's AR Menu Option:",
        ]
        assert clerk.glass.cursor == (5, 31)


async def test_options_are_named_by_their_beginnings_in_any_case() -> None:
    for typed in ("ed", "EDI Lockbox", "edi"):
        clerk, notes = at_menus()
        async with clerk:
            assert "Select EDI Lockbox Option:" in await clerk.types(f"{typed}\n")
            await clerk.types("ma\n")
            assert notes == ["OPTION MA"]


async def test_the_rest_of_an_option_is_printed_behind_its_beginning() -> None:
    clerk, _ = at_menus()
    async with clerk:
        assert "Option: TPJI  Third Party Joint Inquiry" in await clerk.types("TPJI\n")
        assert "Option: third  Party Joint Inquiry" in await clerk.types("third\n")


async def test_an_option_that_is_not_in_this_release_says_so() -> None:
    clerk, _ = at_menus()
    async with clerk:
        assert "TPJI is not in this release." in await clerk.types("TPJI\n")
        assert clerk.glass.bells == 1


async def test_several_options_are_listed_and_none_rings() -> None:
    clerk, notes = at_menus()
    async with clerk:
        screen = await clerk.types("T\n")
        assert "    1    Transaction Profile\n    2    Third Party Joint Inquiry\nCHOOSE 1-2:" in screen
        await clerk.types("1\n")
        assert notes == ["OPTION MA"]
        screen = await clerk.types("T\n2\n")
        assert screen.rstrip().endswith(
            "CHOOSE 1-2: 2\n   TPJI is not in this release.\n\nSelect Clerk's AR Menu Option:"
        )
        clerk.glass.bells = 0
        assert "Option: Q  ??" in await clerk.types("Q\n")
        assert clerk.glass.bells == 1


async def test_one_blank_row_stands_above_a_menu_however_it_was_named() -> None:
    root: Menu[SampleDesk] = Menu("First", options=(*MENU.options, Menu("EDI", options=MENU.options)))

    async def talk(terminal: Terminal) -> None:
        await Menus(SampleDesk(terminal, DeskSettings(now=lambda: NOW), 1), root).run()

    for typed, last in (("E\n1\n", "CHOOSE 1-2: 1"), ("EDI L\n", "Select First Option: EDI Lockbox")):
        async with Clerk(talk) as clerk:
            screen = await clerk.types(typed)
            assert f"{last}\n\n   MA     Automatic" in screen


async def test_an_option_without_its_key_is_not_there() -> None:
    clerk, _ = at_menus()
    async with clerk:
        assert "ZB" not in await clerk.types("ED\n")
        assert "Option: ZB  ??" in await clerk.types("ZB\n")
        assert "There is no option ZB." in await clerk.types("^ZB\n")
    clerk, notes = at_menus(frozenset({"RCDPEPP"}))
    async with clerk:
        assert "   ZB     Mark 0-Balance EFT Matched" in await clerk.types("ED\n")
        screen = await clerk.types("??\n")
        assert "   ZB     Mark 0-Balance EFT Matched\n             **> Locked with RCDPEPP\n" in screen
        assert "Enter ??? for brief descriptions, ?OPTION for help text." in screen
        await clerk.types("ZB\n")
        assert notes == ["OPTION MA"]


async def test_question_marks_explain() -> None:
    clerk, _ = at_menus()
    async with clerk:
        screen = await clerk.types("?WL\n")
        assert "\nWL is not on this menu, and opens from here all the same.\n" in screen
        assert "\nEEOB is not on this menu. ^EEOB opens it from here.\n" in await clerk.types("?EEOB\n")
        assert "There is no option ZB." in await clerk.types("?ZB\n")
        await clerk.types("ED\n")
        assert "Enter ?? for more options, ??? for brief descriptions, ?OPTION" in await clerk.types("?\n")
        assert "EEOB Worklist: The list of ERAs." in await clerk.types("?WL\n")
        assert "There is no option XX." in await clerk.types("?XX\n")
        assert "Automatic Match EFTs to ERAs: Matches." in await clerk.types("???\n")


async def test_internal_names_and_long_menus_pause() -> None:
    async def nothing(desk: SampleDesk) -> None:
        return None

    root: Menu[SampleDesk] = Menu(
        "First",
        options=[
            Action(
                f"Option {n:02d}",
                f"O{n:02d}",
                run=nothing,
                help="Does nothing.",
                internal=f"ZZ OPTION {n:02d}",
            )
            for n in range(1, 26)
        ],
    )

    async def talk(terminal: Terminal) -> None:
        await Menus(SampleDesk(terminal, DeskSettings(now=lambda: NOW), 1), root).run()

    async with Clerk(talk) as clerk:
        await clerk.types("\n")
        screen = await clerk.types("??\n")
        assert "   O22    Option 22 [ZZ OPTION 22]\n\n" in screen
        assert screen.rstrip().endswith("               Press 'RETURN' to continue, '^' to stop:")
        assert "Option 23" not in screen
        assert "   O25    Option 25 [ZZ OPTION 25]\n\n   ^NAME opens any" in await clerk.types("\n")
        assert "Option 23" not in (await clerk.types("??\n^\n")).rsplit("Press", 1)[-1]


async def test_jumping_from_anywhere_to_anywhere() -> None:
    clerk, notes = at_menus()
    async with clerk:
        assert "ERA List - Worklist" in await clerk.types("^WL\n")
        await clerk.types("^MA\n")
        assert notes == ["OPTION MA"]
        assert "Select Clerk's AR Menu Option:" in clerk.screen
        await clerk.types("ED\n^^MA\n")
        assert notes == ["OPTION MA"] * 2
        assert "Select EDI Lockbox Option:" in clerk.screen


@pytest.mark.parametrize("typed", ["W", "wl"])
async def test_a_synonym_of_its_own_opens_its_option_from_every_menu(typed: str) -> None:
    clerk, _ = at_menus()
    async with clerk:
        assert "ERA List - Worklist" in await clerk.types(f"{typed}\n")
        screen = await clerk.types("^\n")
        assert screen.rstrip().endswith("Select Clerk's AR Menu Option:")


async def test_what_the_menu_itself_has_comes_before_what_stands_elsewhere() -> None:
    chosen: list[str] = []

    def noting(name: str, synonym: str) -> MenuOption[SampleDesk]:
        async def note(desk: SampleDesk) -> None:
            chosen.append(name)

        return Action(name, synonym, run=note)

    below: Menu[SampleDesk] = Menu(
        "Below", options=(noting("Worklist", "WL"), noting("Unmatch", "UN"), noting("Extra", "EX"))
    )
    other: Menu[SampleDesk] = Menu("Other", options=(noting("Unapplied", "UN"), noting("Exceptions", "EXC")))
    root: Menu[SampleDesk] = Menu("First", options=(noting("Write Off", "WO"), below, other))

    async def talk(terminal: Terminal) -> None:
        await Menus(SampleDesk(terminal, DeskSettings(now=lambda: NOW), 1), root).run()

    async with Clerk(talk) as clerk:
        await clerk.types("W\nWL\nEX\nEXC\n")
        assert chosen == ["Write Off", "Worklist", "Extra", "Exceptions"]
        assert "Option: UN  ??" in await clerk.types("UN\n"), "two options have it"
        assert "Option: EXTRA  ??" in await clerk.types("EXTRA\n"), "only synonyms, no names"
        await clerk.types("OT\nUN\n")
        assert chosen[-1] == "Unapplied"


async def test_f2_goes_back_to_the_last_list_from_any_menu() -> None:
    clerk, _ = at_menus()
    async with clerk:
        assert "No list has been shown before." in await clerk.press("f2")
        await clerk.types("W\n^\nED\n")
        await clerk.press("f2")
        assert clerk.row(1).startswith("ERA List - Worklist")
        screen = await clerk.types("^\n")
        assert screen.rstrip().endswith("Select EDI Lockbox Option:")
        await clerk.types("M")
        await clerk.press("f2")
        assert clerk.screen.rstrip().endswith("Select EDI Lockbox Option: M"), "not within an answer"


async def test_an_option_behind_a_caret_is_shown_by_its_name() -> None:
    clerk, _ = at_menus()
    async with clerk:
        assert "Option: ^MA  Automatic Match EFTs to ERAs" in await clerk.types("^MA\n")


async def test_space_return_opens_the_last_option_again() -> None:
    clerk, notes = at_menus()
    async with clerk:
        assert "No option has been chosen before." in await clerk.types(" \n")
        await clerk.types("ED\nMA\n")
        await clerk.types(" \n")
        assert notes == ["OPTION MA"] * 2
        assert "Select EDI Lockbox Option:" in clerk.screen
        await clerk.types("\n \n")
        assert notes == ["OPTION MA"] * 3
        assert clerk.screen.rstrip().endswith("Select Clerk's AR Menu Option:")


async def test_two_carets_go_to_the_first_menu() -> None:
    clerk, _ = at_menus()
    async with clerk:
        assert "ERA List - Worklist" in await clerk.types("ED\nWL\n")
        assert "Select Clerk's AR Menu Option:" in await clerk.types("^^\n")


async def test_return_goes_up_and_asks_before_the_end() -> None:
    clerk, _ = at_menus()
    async with clerk:
        assert "Select Clerk's AR Menu Option:" in await clerk.types("ED\n\n")
        assert "Do you really want to halt? YES//" in await clerk.types("\n")
        await clerk.types("N\n")
        assert "Select Clerk's AR Menu Option:" in clerk.screen
        await clerk.types("\n\n")
        assert clerk.done


async def test_what_an_option_said_stays_to_be_read_and_a_refusal_waits() -> None:
    async def speak(desk: SampleDesk) -> None:
        desk.say("3 EFTs matched.")

    async def refuse(desk: SampleDesk) -> None:
        raise Refused("The store is busy.")

    root: Menu[SampleDesk] = Menu("First", options=(Action("Speak", run=speak), Action("Refuse", run=refuse)))

    async def talk(terminal: Terminal) -> None:
        await Menus(SampleDesk(terminal, DeskSettings(now=lambda: NOW), 1), root).run()

    async with Clerk(talk) as clerk:
        assert "3 EFTs matched." in await clerk.types("SP\n")
        screen = await clerk.types("REF\n")
        assert "The store is busy." in screen
        assert screen.rstrip().endswith("PRESS RETURN TO CONTINUE")
        assert clerk.glass.bells == 1


def test_the_lint_finds_doubled_and_idle_options() -> None:
    assert lint(MENU) == []

    async def nothing(desk: SampleDesk) -> None:
        return None

    wrong: Menu[SampleDesk] = Menu(
        "First",
        options=(
            Action("One", "A", run=nothing, help="One."),
            Action("Two", "A", run=nothing, help="Two."),
            Action("Three", help="Three."),
            Action("Four", run=nothing),
        ),
    )
    found = lint(wrong)
    assert "First: Two and One are both called a" in found
    assert "Three must either run, open a menu or say why it does not" in found
    assert "First: Four needs a help sentence" in found


async def test_several_options_behind_a_caret_are_listed_to_choose_from() -> None:
    clerk, notes = at_menus()
    async with clerk:
        screen = await clerk.types("^T\n")
        assert screen.rstrip().endswith(
            "^T\n    1    Transaction Profile\n    2    Third Party Joint Inquiry\nCHOOSE 1-2:"
        )
        assert (await clerk.types("\n")).rstrip().endswith("Select Clerk's AR Menu Option:")
        assert notes == []
        await clerk.types("ED\n^T\n1\n")
        assert notes == ["OPTION MA"]
        assert (await clerk.types("\n")).rstrip().endswith("Do you really want to halt? YES//")


async def test_options_of_one_name_are_told_apart_by_their_synonyms() -> None:
    async def speak(desk: SampleDesk) -> None:
        desk.say("Spoken.")

    def named(synonym: str) -> MenuOption[SampleDesk]:
        return Action("Remove ERA", synonym, run=speak)

    root: Menu[SampleDesk] = Menu("First", options=(named("REM"), Menu("Reports", options=(named("REMR"),))))

    async def talk(terminal: Terminal) -> None:
        await Menus(SampleDesk(terminal, DeskSettings(now=lambda: NOW), 1), root).run()

    async with Clerk(talk) as clerk:
        assert "    1    Remove ERA  REM\n    2    Remove ERA  REMR\n" in await clerk.types("^REMOVE\n")
        assert "Spoken." in await clerk.types("2\n")


async def test_the_whole_synonym_is_answered_by_the_options_name() -> None:
    clerk, _ = at_menus()
    async with clerk:
        await clerk.types("ED\n")
        assert "Option: MA  Automatic Match EFTs to ERAs" in await clerk.types("MA\n")
        assert "Option: ma  Automatic Match EFTs to ERAs" in await clerk.types("ma\n")
