"""Leaving a list by carets, and jumping from it to an option of the menus."""

import pytest

from screens.list_manager.glass.leaving import LeaveAll
from screens.list_manager.options import Jump
from tests.screens.list_manager.at_list import STANDARD_PAGE, at_list


async def test_leaving_by_carets() -> None:
    clerk, _ = at_list()
    async with clerk:
        await clerk.types("^\n")
        assert clerk.done
    clerk, _ = at_list()
    async with clerk:
        clerk.keys.feed("^^\n")
        with pytest.raises(LeaveAll):
            await clerk.result()
    clerk, _ = at_list()
    async with clerk:
        assert "There is no option NOWHERE." in await clerk.types("^NOWHERE\n")
        clerk.keys.feed("^MA\n")
        with pytest.raises(Jump) as jump:
            await clerk.result()
        assert jump.value.option.synonym == "MA"


async def test_several_options_behind_a_caret_are_listed_to_choose_from() -> None:
    clerk, notes = at_list()
    async with clerk:
        screen = await clerk.types("^T\n")
        assert screen.rstrip().endswith(
            "Select Action: Next Screen// ^T\n"
            "    1    Transaction Profile\n    2    Third Party Joint Inquiry\nCHOOSE 1-2:"
        )
        assert await clerk.types("\n") == STANDARD_PAGE
        assert await clerk.types("^T\n^\n") == STANDARD_PAGE
        assert "TPJI is not in this release." in await clerk.types("^T\n2\n")
        await clerk.types("^^T\n1\n")
        assert notes == ["OPTION MA"]
        assert clerk.row(1).startswith("ERA List - Worklist")


async def test_two_carets_and_an_option_jump_and_come_back() -> None:
    clerk, notes = at_list()
    async with clerk:
        await clerk.types("+\n^^MA\n")
        assert notes == ["OPTION MA"]
        assert clerk.row(1).endswith("Page:    2 of   16")
