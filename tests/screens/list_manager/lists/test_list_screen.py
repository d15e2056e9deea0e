"""A list as a clerk works it: typing actions, entries, paging, the marker, searching."""

import asyncio
from pathlib import Path

import pytest

from screens.list_manager.desk import DeskSettings
from screens.list_manager.glass.terminal import Terminal
from tests.screens.list_manager.at_list import FIRST_PAGE, STANDARD_PAGE, at_list
from tests.screens.list_manager.clerk import Clerk
from tests.terminal.sample_desk import NOW, EraList, SampleDesk


async def test_the_first_page_stands_as_on_paper() -> None:
    clerk, _ = at_list()
    async with clerk:
        assert clerk.screen == FIRST_PAGE
        assert clerk.glass.cursor == (23, 29)


async def test_title_captions_and_bar_stand_out_without_colour() -> None:
    clerk, _ = at_list()
    async with clerk:
        rows = clerk.glass.rows
        assert rows[0].attributes == bytes([3] * 30 + [2] * 50)
        assert rows[5].attributes == bytes([2] * 80)
        assert rows[19].attributes == bytes([4] * 80)
        assert all(not any(row.attributes) for row in rows[6:19])


async def test_return_pages_to_the_end_and_then_quits() -> None:
    clerk, _ = at_list(eras=7)
    async with clerk:
        assert clerk.row(1).endswith("Page:    1 of    3")
        await clerk.types("\n")
        assert clerk.row(6).startswith("+ ")
        assert clerk.row(20).startswith("+         Enter ?? for more actions")
        await clerk.types("\n")
        assert clerk.row(1).endswith("Page:    3 of    3")
        assert clerk.row(24) == "Select Action: Quit//"
        await clerk.types("\n")
        assert clerk.done


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("+", 2),
        ("next", 2),
        ("LS", 16),
        ("ls\nFS", 1),
        ("LS\n-", 15),
        ("LS\nprev", 15),
        ("GO=7", 7),
        ("GO\n9", 9),
        ("DN", 1),
    ],
)
async def test_hidden_actions_move_about(typed: str, page: int) -> None:
    clerk, _ = at_list(eras=40)
    async with clerk:
        await clerk.types(f"{typed}\n")
        assert clerk.row(1).endswith(f"Page: {page:>4} of   16")


async def test_moving_past_the_ends_rings_the_bell() -> None:
    clerk, _ = at_list(eras=2)
    async with clerk:
        for typed in ("+\n", "-\n", "UP\n", "DN\n", "FS\n"):
            clerk.glass.bells = 0
            await clerk.types(typed)
            assert clerk.glass.bells == 1, typed
            assert clerk.row(1).endswith("Page:    1 of    1")
        assert "This list only contains 1 page." in await clerk.types("GO\n")


async def test_going_to_a_page_that_is_not_there() -> None:
    clerk, _ = at_list()
    async with clerk:
        await clerk.types("GO\n")
        assert "Too large. Page #99 does not exist." in await clerk.types("99\n")
        assert "Your selection is the current screen." in await clerk.types("1\n")
        assert "Type a number between 1 and 16." in await clerk.types("0\n")
        await clerk.types("2\n")
        assert clerk.row(1).endswith("Page:    2 of   16")


async def test_an_action_is_named_by_mnemonic_or_start_of_name() -> None:
    for typed in ("sp=3", "SPL=3", "split/edit a line=3", " Split = 3"):
        clerk, notes = at_list()
        async with clerk:
            await clerk.types(f"{typed}\n100.00\nREST\nL\nY\n")
            assert notes == ["SPLIT 3 100.00 'REST' L"], typed


async def test_an_ambiguity_is_listed_and_picked_by_number() -> None:
    clerk, notes = at_list()
    async with clerk:
        screen = await clerk.types("S\n")
        assert "     1   Select ERA\n     2   Split/Edit A Line\nCHOOSE 1-2:" in screen
        assert "Type a number between 1 and 2." in await clerk.types("3\n")
        await clerk.types("1\n17\n")
        assert notes == ["SELECT 17"]


async def test_what_cannot_be_done_is_said_and_asked_again() -> None:
    clerk, notes = at_list()
    async with clerk:
        assert "xyz is not a valid selection." in await clerk.types("xyz\n")
        screen = await clerk.types("21\n")
        assert ">>>  215 Report may not be selected at this point." in screen
        assert "It has no receipt." in screen
        assert ">>>  Only 1 entry allowed." in await clerk.types("SE,V\n")
        assert ">>>  Entry is too long." in await clerk.types("X" * 81 + "\n")
        assert ">>> Selection '41' is not a valid choice." in await clerk.types("41\n")
        assert "is in use by CLERK,TWO since 14:30." in await clerk.types("REF\n")
        await clerk.types("\n")
        assert clerk.screen == FIRST_PAGE
        assert not notes


async def test_actions_that_are_not_available_stand_in_parentheses() -> None:
    clerk, _ = at_list()
    async with clerk:
        assert clerk.row(22) == "SP  Split/Edit A Line         Post Receipt          21  (215 Report)"


async def test_a_bare_number_puts_the_marker_there_and_does_nothing_else() -> None:
    clerk, notes = at_list()
    async with clerk:
        await clerk.types("17\n")
        assert notes == []
        row = next(index for index, row in enumerate(clerk.glass.rows) if row.text.startswith("17> "))
        assert clerk.glass.rows[row].attributes[:2] == b"\x04\x04"
        await clerk.types("SE\n")
        assert clerk.screen.rstrip().endswith(": 17//")
        await clerk.types("\n")
        assert notes == ["SELECT 17"]


async def test_an_entry_is_asked_for_and_any_of_the_list_may_be_named() -> None:
    clerk, notes = at_list()
    async with clerk:
        assert (await clerk.types("SE\n")).rstrip().endswith("Select #:  (1-3):")
        assert "\n>>> Selection '41' is not a valid choice.\n" in await clerk.types("41\n")
        screen = await clerk.types("?\n")
        assert (
            "Select #:  (1-3): ?\n"
            "   Type a number on this page, 1 to 3.\n"
            "   The others of the list, from 1 to 40, are taken too.\n"
        ) in screen
        await clerk.types("40\n")
        assert notes == ["SELECT 40"]


async def test_two_question_marks_list_the_entries_of_the_page() -> None:
    clerk, notes = at_list()
    async with clerk:
        await clerk.types("+\nDN\nSE\n")
        asked = clerk.screen.rstrip().splitlines()[-1]
        rows = (await clerk.types("??\n")).rstrip().splitlines()
        begun = [row.split()[0] for row in rows[rows.index(f"{asked} ??") + 1 : -2]]
        assert asked == f"Select #:  ({begun[0]}-{begun[-1]}):"
        assert [int(number) for number in begun] == list(range(int(begun[0]), int(begun[-1]) + 1))
        await clerk.types(f"{begun[0]}\n")
        assert notes == [f"SELECT {begun[0]}"]


async def test_the_only_entry_is_taken_and_an_empty_list_says_so() -> None:
    clerk, notes = at_list(eras=1)
    async with clerk:
        await clerk.types("SE\n")
        assert notes == ["SELECT 1"]
    clerk, notes = at_list(eras=0)
    async with clerk:
        assert "There are no '#s' to select." in await clerk.types("SE\n")
        await clerk.types("\n")
        assert notes == []


async def test_caret_in_a_dialogue_changes_nothing_and_shows_the_list_again() -> None:
    clerk, notes = at_list()
    async with clerk:
        await clerk.types("SP=2\n100.00\nREST\n")
        await clerk.types("^\n")
        assert clerk.screen == STANDARD_PAGE
        assert notes == []


async def test_a_conversation_grows_upward_over_the_list() -> None:
    clerk, _ = at_list()
    async with clerk:
        screen = (await clerk.types("SP=2\n100.00\nREST OF IT\n")).splitlines()
        assert screen[-4:] == [
            "Select Action: Next Screen// SP=2   Split/Edit A Line",
            "PAYMENT AMOUNT TO APPLY TO THIS CLAIM: 519.60// 100.00",
            "RECEIPT LINE COMMENT: REST OF IT",
            "ORDER OF PAYMENTS: NO ORDER//",
        ]
        assert screen[:20] == FIRST_PAGE.splitlines()[:20]


async def test_space_return_does_the_last_action_again() -> None:
    clerk, notes = at_list()
    async with clerk:
        assert "No action has been chosen before." in await clerk.types(" \n")
        await clerk.types("SE=4\n")
        await clerk.types(" \n5\n")
        assert notes == ["SELECT 4", "SELECT 5"]


async def test_the_marker_moves_among_entries_and_scrolls_at_the_edge() -> None:
    clerk, notes = at_list()
    async with clerk:
        await clerk.press("down")
        assert clerk.glass.rows[6].attributes[0] == 4
        await clerk.press("up")
        assert clerk.glass.bells == 1
        for _ in range(3):
            await clerk.press("down")
        assert clerk.row(15).startswith("4>  -10244")
        assert clerk.glass.rows[14].attributes[0] == 4
        await clerk.press("pagedown")
        await clerk.types("SE\n\n")
        assert notes == ["SELECT 5"]


async def test_keys_page_as_the_hidden_actions_do() -> None:
    clerk, _ = at_list()
    async with clerk:
        for key, page in (("pagedown", 2), ("end", 16), ("pageup", 15), ("home", 1)):
            await clerk.press(key)
            assert clerk.row(1).endswith(f"Page: {page:>4} of   16"), key
        assert clerk.screen.replace("Enter ?? for more actions", "").rstrip().endswith("Next Screen//")


async def test_question_marks_at_select_action() -> None:
    clerk, _ = at_list()
    async with clerk:
        menu = "\n".join(clerk.screen.splitlines()[20:23])
        screen = await clerk.types("?\n")
        assert screen.rstrip().endswith(
            f"Select Action: Next Screen// ?\n{menu}\nEnter RETURN to continue or '^' to exit:"
        )
        screen = await clerk.types("\n??\n")
        assert "The following actions are also available:" in screen
        assert "UP   Up a Line            LS   Last Screen" in screen
        assert "Split/Edit A Line         Splits a line over several claims." in screen
        assert (await clerk.types("\n")) == STANDARD_PAGE
        await clerk.press("down")
        assert "ERA 10241 waits for its payment." in await clerk.press("f1")


async def test_searching_as_one_types() -> None:
    clerk, _ = at_list()
    async with clerk:
        await clerk.types("/1025")
        assert clerk.row(24) == "Search: 1025"
        assert clerk.row(7).startswith("10  -10250")
        assert clerk.glass.rows[6].attributes[5:10] == b"\x05\x05\x05\x05\x01"
        await clerk.types("7")
        assert clerk.row(7).startswith("17   10257")
        await clerk.press("backspace")
        assert clerk.row(7).startswith("10  -10250")
        await clerk.types("^")
        assert clerk.row(7).startswith("1   -10241")
        assert clerk.row(24) == "Select Action: Next Screen//"


async def test_search_list_finds_the_next_and_starts_again() -> None:
    clerk, _ = at_list(eras=6)
    async with clerk:
        assert "Find Next 'blue'? Yes//" in await clerk.types("SL\nblue\n")
        assert "<<< End of list >>>" in await clerk.types("\n")
        assert "Do you want to start at the beginning of the list? Yes//" in clerk.screen
        await clerk.types("\nN\n")
        assert clerk.glass.rows[18].attributes[12] == 5
        await clerk.types("SL\n")
        assert "Search for: blue//" in clerk.screen
        await clerk.types("nowhere\n")
        assert "Text not found." in clerk.screen


async def test_auto_display_off_empties_the_action_area() -> None:
    clerk, _ = at_list()
    async with clerk:
        assert "Do you wish to turn auto-display 'OFF' for this menu? NO//" in await clerk.types("ADPL\n")
        await clerk.types("Y\n")
        assert clerk.row(21) == "Select Action: Next Screen//"
        assert clerk.row(22) == clerk.row(23) == clerk.row(24) == ""
        assert "Split/Edit A Line" in await clerk.types("?\n")


async def test_a_taller_terminal_shows_more_lines() -> None:
    clerk, _ = at_list(rows=43)
    async with clerk:
        assert clerk.row(39).startswith("+         '-' Before")
        assert clerk.row(43) == "Select Action: Next Screen//"
        assert clerk.row(1).endswith("Page:    1 of    7")


async def test_resizing_while_the_prompt_waits_repaints_the_list() -> None:
    clerk, _ = at_list()
    async with clerk:
        clerk.stack.resize(43, 100)
        await clerk.press("resized")
        assert clerk.row(43) == "Select Action: Next Screen//"
        clerk.stack.resize(24, 80)
        assert (await clerk.press("resized")) == STANDARD_PAGE


async def test_resizing_loses_nothing_of_what_is_being_typed() -> None:
    clerk, notes = at_list()
    async with clerk:
        await clerk.types("SE=")
        clerk.stack.resize(43, 100)
        screen = await clerk.press("resized")
        assert screen.rstrip().endswith("Select Action: Next Screen// SE=")
        await clerk.types("3\n")
        assert notes == ["SELECT 3"]


async def test_a_hundred_thousand_entries_are_fetched_a_page_at_a_time() -> None:
    fetched: list[int] = []

    async def talk(terminal: Terminal) -> None:
        desk = SampleDesk(terminal, DeskSettings(now=lambda: NOW), 100_000)
        screen = EraList(desk)
        await desk.show(screen)
        fetched.append(screen.fetched)

    async with Clerk(talk) as clerk:
        assert clerk.row(1).endswith("Page:    1 of 38462")
        await clerk.types("LS\n")
        assert clerk.row(9).startswith("100000-110240")
        await clerk.types("GO=20000\n-\nFS\n99999\n")
        assert any(row.text.startswith("99999") for row in clerk.glass.rows)
        await clerk.types("^\n")
        await clerk.result()
    assert fetched[0] < 40


async def test_a_journey_typed_ahead_ends_as_the_same_one_key_by_key() -> None:
    journey = "SP=3\n100.00\nREST\nL\nY\nSE\n7\n+\n5\nSE\n\n21\nSP=2\n^\n?\n\nGO=4\n"
    ahead, notes_ahead = at_list()
    async with ahead:
        ahead.keys.feed(journey)
        await ahead.keys.read_out()
        by_key, notes = at_list()
        async with by_key:
            for key in journey:
                await by_key.types(key)
            assert notes == notes_ahead == ["SPLIT 3 100.00 'REST' L", "SELECT 7", "SELECT 5"]
            assert by_key.screen == ahead.screen


async def test_only_one_reads_the_keyboard() -> None:
    clerk, _ = at_list()
    async with clerk:
        with pytest.raises(AssertionError, match="two readers"):
            await asyncio.wait_for(clerk.keys.read(), 5)


def of_one_sheet(path: Path) -> tuple[list[str], str]:
    """A print of one sheet: what is printed on it, and its foot."""
    *lines, foot = path.read_text().splitlines()
    assert len(lines) == 59
    return "\n".join(lines).rstrip().splitlines(), foot


async def test_prints_go_where_the_clerk_says(tmp_path: Path) -> None:
    clerk, _ = at_list(eras=2, folder=tmp_path)
    async with clerk:
        screen = await clerk.types("PS\nFILE\npage.txt\n\n")
        told = "Printed to page.txt in the site's print folder."
        assert f"{told}\nEnter RETURN to continue:" in screen
        await clerk.types("\n")
        printed, foot = of_one_sheet(tmp_path / "page.txt")
        assert printed[0] == FIRST_PAGE.splitlines()[0].replace("of   16", "of    1")
        assert len(printed) == 20
        assert foot == f"JUL 22, 2012@14:37:06{'PAGE 1':>59}"
        assert (tmp_path / "page.txt").stat().st_mode & 0o777 == 0o600
        await clerk.types("PL\nFILE\nlist.txt\n60\n")
        lines, _ = of_one_sheet(tmp_path / "list.txt")
        assert lines[0] == "ERA List - Worklist"
        assert lines[5].startswith("            PAYER NAME/MATCH STATUS")
        assert lines[6].startswith("1   -10241"), "no blank row between"
        assert max(map(len, lines)) <= 60
        assert lines[-1] == "Some printed item lines may have been truncated."
        await clerk.types("\nPL\nFILE\nnarrow.txt\n40\n")
        lines, _ = of_one_sheet(tmp_path / "narrow.txt")
        assert max(map(len, lines)) <= 40
        assert lines[-2:] == ["Some printed item lines may have been", "truncated."]


async def test_a_queued_print_is_told_of_in_the_bar_while_the_clerk_types(tmp_path: Path) -> None:
    told = "Printed to page.txt in the site's print folder."
    clerk, _ = at_list(eras=2, folder=tmp_path)
    async with clerk:
        screen = await clerk.types("PS\nQUEUE\n\npage.txt\n\n")
        assert "Queued. You are told when page.txt is in the print folder." in screen
        await clerk.types("\nSor")
        await clerk.until(told)
        (bar,) = [row for row in clerk.screen.splitlines() if told in row]
        assert bar == f"{'':10}{told}"
        assert clerk.row(clerk.glass.cursor[0] + 1) == "Select Action: Quit// Sor"
        await clerk.types("\n")
        await clerk.types("^\n")
        assert told not in clerk.screen
    assert of_one_sheet(tmp_path / "page.txt")[0][0].startswith("ERA List - Worklist")


async def test_why_a_queued_print_failed_is_said_whole_below_the_bar(tmp_path: Path) -> None:
    clerk, _ = at_list(eras=2, folder=tmp_path / "nowhere" / "prints")
    async with clerk:
        await clerk.types("PS\nQUEUE\n\npage.txt\n\n\nSor")
        failed = "page.txt was not printed. page.txt could not be written: No such file or directory."
        await clerk.until("No such file")
        assert failed in " ".join(clerk.screen.split())
        await clerk.press("resized")
        assert failed in " ".join(clerk.screen.split())
        assert clerk.row(clerk.glass.cursor[0] + 1) == "Select Action: Quit// Sor"


async def test_a_terminal_of_less_than_80_columns_says_what_is_cut_off() -> None:
    clerk, _ = at_list()
    async with clerk:
        clerk.stack.resize(24, 79)
        await clerk.press("resized")
        assert clerk.row(1) == "80 COLUMNS ARE NEEDED; AMOUNTS ARE CUT OFF"
        assert clerk.glass.rows[0].attributes == bytes([4] * 79)
        clerk.stack.resize(24, 80)
        assert (await clerk.press("resized")).startswith("ERA List - Worklist")


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (5, 20), (12, 40), (24, 79), (100, 300)])
async def test_no_size_of_terminal_breaks_the_list(rows: int, columns: int) -> None:
    clerk, notes = at_list()
    async with clerk:
        clerk.stack.resize(rows, columns)
        await clerk.press("resized")
        await clerk.types("+\nSE=3\n?\n\nxyz\n??\n\n/BLUE\n")
        await clerk.press("down")
        clerk.stack.resize(24, 80)
        await clerk.types("SP=2\n")
        clerk.stack.resize(rows, columns)
        await clerk.types("100.00\n^\n")
        assert notes == ["SELECT 3"]
