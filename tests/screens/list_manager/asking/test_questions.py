"""What a clerk is asked, may answer, and sees behind the answer."""

import datetime
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.list_manager.asking.dialogue import Option
from screens.list_manager.asking.lookup import Hit
from screens.list_manager.asking.questions import REQUIRED, Pause
from screens.list_manager.glass.leaving import Abandoned, Cancelled, LeaveAll
from screens.list_manager.glass.paper import broken
from tests.screens.list_manager.clerk import answer, asking

ORDERS = (Option("N", "NO ORDER"), Option("F", "ZERO-PAYMENTS FIRST"), Option("L", "ZERO-PAYMENTS LAST"))
CENTS = Decimal("519.60")


async def test_return_takes_the_default_of_every_kind_of_question() -> None:
    assert (await answer(lambda ask: ask.yes_no("IS THIS CORRECT?", default=True), "\n"))[0] is True
    assert (await answer(lambda ask: ask.money("AMOUNT", CENTS), "\n"))[0] == CENTS
    assert (await answer(lambda ask: ask.text("CLAIM #", "K20B119"), "\n"))[0] == "K20B119"
    assert (await answer(lambda ask: ask.choice("ORDER OF PAYMENTS", ORDERS, "N"), "\n"))[0] == "N"
    day = datetime.date(2010, 7, 9)
    assert (await answer(lambda ask: ask.date("DATE OF CHECK", day), "\n"))[0] == day


async def test_prompts_stand_as_on_paper() -> None:
    _, screen = await answer(lambda ask: ask.yes_no("IS THIS CORRECT?", default=True), "\n")
    assert screen == "IS THIS CORRECT?: YES//"
    _, screen = await answer(lambda ask: ask.yes_no("DO YOU WANT TO GO ON NOW? ", default=False), "\n")
    assert screen == "DO YOU WANT TO GO ON NOW? NO//"
    _, screen = await answer(lambda ask: ask.text("CHECK BANK/ROUTING #:"), "\n")
    assert screen == "CHECK BANK/ROUTING #:"


async def test_the_rest_of_a_word_is_printed_behind_its_beginning() -> None:
    result, screen = await answer(lambda ask: ask.yes_no("CREATE ONE NOW?", default=False), "Y\n")
    assert (result, screen) == (True, "CREATE ONE NOW?: NO// YES")
    result, screen = await answer(lambda ask: ask.yes_no("CREATE ONE NOW?", default=True), "no\n")
    assert (result, screen) == (False, "CREATE ONE NOW?: YES// no")
    code, screen = await answer(lambda ask: ask.choice("ORDER OF PAYMENTS", ORDERS, "N"), "L\n")
    assert (code, screen) == ("L", "ORDER OF PAYMENTS: NO ORDER// L  ZERO-PAYMENTS LAST")
    code, screen = await answer(lambda ask: ask.choice("ORDER OF PAYMENTS", ORDERS, "N"), "ZERO-PAYMENTS F\n")
    assert (code, screen) == ("F", "ORDER OF PAYMENTS: NO ORDER// ZERO-PAYMENTS FIRST")


async def test_a_wrong_answer_rings_says_what_is_wanted_and_asks_again() -> None:
    async with asking(lambda ask: ask.choice("ORDER OF PAYMENTS", ORDERS, "N")) as clerk:
        screen = await clerk.types("Z\n")
        assert "That is more than one of:" in screen
        assert "F         ZERO-PAYMENTS FIRST" in screen
        assert clerk.glass.bells == 1
        assert not clerk.done
        await clerk.types("Q\n")
        assert clerk.glass.bells == 2
        await clerk.types("n\n")
        assert await clerk.result() == "N"


async def test_money_is_never_rounded_and_keeps_its_bounds() -> None:
    async with asking(
        lambda ask: ask.money("AMOUNT", CENTS, at_least=Decimal("0.01"), at_most=CENTS)
    ) as clerk:
        for wrong in ("12.345", "0", "519.61", "-1", "1e2", "ten", "１", "."):
            screen = await clerk.types(f"{wrong}\n")
            assert "Type an amount between 0.01 and 519.60, at most 2 decimals." in screen, wrong
        assert clerk.glass.bells == 8
        await clerk.types("$100.5\n")
        assert await clerk.result() == Decimal("100.50")


async def test_a_date_is_shown_as_it_was_understood() -> None:
    day, screen = await answer(lambda ask: ask.date("EARLIEST DATE"), "T-30\n")
    assert (day, screen) == (datetime.date(2010, 6, 22), "EARLIEST DATE: T-30  (JUN 22, 2010)")


async def test_a_date_outside_its_bounds_is_asked_again() -> None:
    today = datetime.date(2010, 7, 22)
    async with asking(lambda ask: ask.date("LATEST DATE", earliest=today, latest=today)) as clerk:
        assert "from JUL 22, 2010\n   to JUL 22, 2010." in await clerk.types("T+1\n")
        assert "from JUL 22, 2010" in await clerk.types("7/32/10\n")
        assert REQUIRED in await clerk.types("\n")
        await clerk.types("N\n")
        assert await clerk.result() == today
    assert (await answer(lambda ask: ask.optional_date("LATEST DATE"), "\n"))[0] is None


async def test_text_keeps_its_length_and_a_required_one_is_required() -> None:
    async with asking(lambda ask: ask.text("COMMENT", required=True, shortest=3, longest=5)) as clerk:
        assert REQUIRED in await clerk.types("\n")
        assert "Type 3 to 5 characters." in await clerk.types("ab\n")
        assert "Type 3 to 5 characters." in await clerk.types("abcdef\n")
        await clerk.types("abcd\n")
        assert await clerk.result() == "abcd"
    assert (await answer(lambda ask: ask.text("CLAIM #", upper=True), "k20b119\n"))[0] == "K20B119"


async def test_a_long_default_is_edited_piece_by_piece() -> None:
    default = "RETRACTED FOR ERA ADJ #1 Ref: PSI-RCP-77"
    kept, screen = await answer(lambda ask: ask.text("  > ", default), "\n")
    assert (kept, screen) == (default, f"  > {default}  Replace")
    for typed, edited in (
        ("RETRACTED\nTAKEN BACK\n\n", "TAKEN BACK FOR ERA ADJ #1 Ref: PSI-RCP-77"),
        ("...\nOTHER\n\n", "OTHER"),
        ("END\n8\n\n", f"{default}8"),
        ("FOR...Ref:\n\n\n", "RETRACTED  PSI-RCP-77"),
        ("ADJ...\nLEVEL\n\n", "RETRACTED FOR ERA LEVEL"),
        ("ADJ #1\nADJ\n77\n88\n\n", "RETRACTED FOR ERA ADJ Ref: PSI-RCP-88"),
    ):
        assert (await answer(lambda ask: ask.text("  > ", default), typed))[0] == edited


async def test_what_is_no_part_of_a_long_default_takes_no_place() -> None:
    async with asking(lambda ask: ask.text("  > ", "RETRACTED FOR ERA ADJ #1")) as clerk:
        assert "OTHER is no part of the text." in " ".join((await clerk.types("OTHER\n")).split())
        await clerk.types("ERA\n")
        assert (await clerk.types("CLAIM\n")).rstrip().endswith("RETRACTED FOR CLAIM ADJ #1  Replace")
        await clerk.types("\n")
        assert await clerk.result() == "RETRACTED FOR CLAIM ADJ #1"


async def test_help_says_what_return_does_to_a_text() -> None:
    async with asking(lambda ask: ask.text("  > ", "RETRACTED FOR ERA ADJ #1")) as clerk:
        assert "RETURN keeps the text before Replace." in await clerk.types("?\n")
    async with asking(lambda ask: ask.text("COMMENT")) as clerk:
        assert "RETURN alone leaves it empty." in await clerk.types("?\n")


async def test_a_blank_is_never_taken_for_return() -> None:
    day = datetime.date(2010, 7, 9)
    for question in (
        lambda ask: ask.text("CHECK #", "BRH7716203398"),
        lambda ask: ask.text("COMMENT"),
        lambda ask: ask.money("AMOUNT", CENTS),
        lambda ask: ask.yes_no("IS THIS CORRECT?", default=True),
        lambda ask: ask.date("DATE OF CHECK", day),
        lambda ask: ask.choice("ORDER", ORDERS, "N"),
    ):
        async with asking(question) as clerk:
            await clerk.types(" \n")
            assert not clerk.done
            assert clerk.glass.bells == 1
            await clerk.types("\n")
            assert clerk.done


async def test_at_sign_deletes_a_default_only_where_it_may() -> None:
    assert (await answer(lambda ask: ask.text("COMMENT", "OLD", deletable=True), "@\n"))[0] == ""
    kept, screen = await answer(lambda ask: ask.text("COMMENT", "OLD"), "@\n\n")
    assert kept == "OLD"
    assert "cannot be deleted" in screen


async def test_question_marks_explain_and_ask_again() -> None:
    async with asking(
        lambda ask: ask.money("AMOUNT", CENTS, help="What the payer paid for this claim.")
    ) as clerk:
        assert "   What the payer paid for this claim." in await clerk.types("?\n")
        assert (await clerk.press("f1")).count("What the payer paid") == 2
        assert clerk.glass.bells == 0
        assert not clerk.done
    async with asking(lambda ask: ask.choice("ORDER", ORDERS, help="How the lines are sorted.")) as clerk:
        assert "ZERO-PAYMENTS LAST" not in await clerk.types("?\n")
        assert "L         ZERO-PAYMENTS LAST" in await clerk.types("??\n")


async def test_caret_leaves_the_whole_act() -> None:
    with pytest.raises(Abandoned):
        await answer(lambda ask: ask.money("AMOUNT", CENTS), "^\n")
    with pytest.raises(LeaveAll):
        await answer(lambda ask: ask.yes_no("SURE?", default=True), "^^\n")
    async with asking(lambda ask: ask.text("COMMENT")) as clerk:
        assert "Type '^' alone" in await clerk.types("^WL\n")
        assert not clerk.done


async def test_control_c_breaks_off_and_empties_the_keyboard() -> None:
    async with asking(lambda ask: ask.text("COMMENT")) as clerk:
        await clerk.types("half")
        clerk.keys.feed("way")
        await clerk.press("ctrl+c")
        clerk.keys.feed("\n")
        with pytest.raises(Cancelled):
            await clerk.result()


async def test_corrections_while_typing() -> None:
    async with asking(lambda ask: ask.text("COMMENT")) as clerk:
        await clerk.types("PAYX")
        await clerk.press("backspace")
        await clerk.types("MENT")
        assert clerk.row(1) == "COMMENT: PAYMENT"
        await clerk.press("ctrl+u")
        assert clerk.row(1) == "COMMENT:"
        await clerk.press("escape")
        await clerk.types("DONE\n")
        assert await clerk.result() == "DONE"


async def test_a_long_answer_goes_on_at_the_edge() -> None:
    prompt = "ENTER THE NUMBER OF THE PAPER CHECK YOU RECEIVED FOR THIS ERA"
    async with asking(lambda ask: ask.text(prompt, "PSI05507937")) as clerk:
        await clerk.types("1234567890")
        row = f"{prompt}: PSI05507937// 1234567890"
        assert (clerk.row(1), clerk.row(2)) == (row[:80], row[80:])
        assert clerk.glass.cursor == (1, len(row) - 80)
        for _ in range(8):
            await clerk.press("backspace")
        assert clerk.row(2) == ""
        assert clerk.glass.cursor == (0, len(row) - 8)


async def test_a_prompt_longer_than_the_screen_breaks_no_word() -> None:
    prompt = "ENTER THE NUMBER OF THE PAPER CHECK THAT YOU RECEIVED FROM THE PAYER FOR THIS ERA"
    async with asking(lambda ask: ask.text(prompt)) as clerk:
        await clerk.types("123")
        assert clerk.row(1) == "ENTER THE NUMBER OF THE PAPER CHECK THAT YOU RECEIVED FROM THE PAYER FOR THIS"
        assert clerk.row(2) == "ERA: 123"


async def test_entries_by_number_and_range() -> None:
    assert (await answer(lambda ask: ask.entries("LINES", 1, 9), "2-5,7\n"))[0] == (2, 3, 4, 5, 7)
    assert (await answer(lambda ask: ask.entry("LINE", 1, 9, default=4), "\n"))[0] == 4
    number, screen = await answer(lambda ask: ask.entry("LINE", 1, 9), "10\n2,3\n9\n")
    assert number == 9
    assert ">>> Selection '10' is not a valid choice." in screen
    assert ">>>  Only 1 entry allowed." in screen
    with pytest.raises(Abandoned):
        await answer(lambda ask: ask.entry("LINE", 1, 9), "\n")


async def test_the_three_pauses() -> None:
    ready, screen = await answer(lambda ask: ask.pause(Pause.MESSAGE), "\n")
    assert (ready, screen) == (True, "PRESS RETURN TO CONTINUE")
    assert (await answer(lambda ask: ask.pause(Pause.END_OF_PAGE), "^\n"))[0] is False


PAYERS = [f"PAYER {number:02d}" for number in range(1, 13)]


async def search(text: str) -> Sequence[Hit[int]]:
    return [Hit(name, name, index) for index, name in enumerate(PAYERS) if name.startswith(text.upper())]


async def test_a_look_up_takes_the_only_hit_and_lists_several() -> None:
    found, screen = await answer(lambda ask: ask.lookup("Select PAYER", search, kind="payer"), "payer 03\n")
    assert (found, screen) == (2, "Select PAYER: payer 03  PAYER 03")
    async with asking(lambda ask: ask.lookup("Select PAYER", search, kind="payer")) as clerk:
        screen = await clerk.types("PAYER\n")
        assert "     5   PAYER 05" in screen
        assert "PAYER 06" not in screen
        screen = await clerk.types("\n")
        assert "    10   PAYER 10" in screen
        assert "Type a number between 1 and 10." in await clerk.types("11\n")
        await clerk.types("7\n")
        assert await clerk.result() == 6


async def test_nothing_found_or_nothing_typed() -> None:
    found, screen = await answer(lambda ask: ask.lookup("Select PAYER", search, kind="payer"), "XYZ\n\n")
    assert found is None
    assert "Nothing found for XYZ." in screen
    found, _ = await answer(
        lambda ask: ask.lookup("Select PAYER", search, kind="payer"), "PAY\n^\nPAYER 01\n"
    )
    assert found == 0


async def test_space_return_takes_the_last_one_again() -> None:
    async def twice(ask: object) -> list[int | None]:
        from screens.list_manager.asking.dialogue import Ask

        assert isinstance(ask, Ask)
        return [await ask.lookup("Select PAYER", search, kind="payer") for _ in range(2)]

    found, screen = await answer(twice, " \nPAYER 04\n \n")
    assert found == [3, 3]
    assert "No payer has been chosen before." in screen


async def test_a_record_that_does_not_fit_behind_its_answer_gets_a_row_of_its_own() -> None:
    async def search(text: str) -> Sequence[Hit[str]]:
        hits = [Hit(name, f"{name}  {'TRACE' * 8}  {'PAYER' * 6}", name) for name in ("10", "11", "2")]
        return [hit for hit in hits if hit.key.startswith(text)]

    found, screen = await answer(lambda ask: ask.lookup("Select ERA", search, kind="ERA"), "2\n")
    assert found == "2"
    assert screen.splitlines() == ["Select ERA: 2", f"     2  {'TRACE' * 8}  {'PAYER' * 6}"[:80]]
    found, screen = await answer(lambda ask: ask.lookup("Select ERA", search, kind="ERA"), "1\n2\n")
    assert found == "11"
    assert screen.splitlines()[1:3] == [
        f"{number:>6}   {name}  {'TRACE' * 8}  {'PAYER' * 6}"[:80] for number, name in ((1, "10"), (2, "11"))
    ]


WORDS = st.lists(st.text("abc.", min_size=1, max_size=12), max_size=40)


@given(st.integers(0, 12), WORDS, st.integers(24, 80))
def test_no_word_is_broken_at_the_edge(indent: int, words: list[str], width: int) -> None:
    text = " " * indent + " ".join(words)
    rows = broken(text, width)
    assert all(len(row) <= width for row in rows)
    assert " ".join(rows).split() == words
    if words:
        assert all(row.startswith(" " * indent) for row in rows if row)


@given(st.text("ab ", max_size=300), st.integers(1, 80))
def test_whatever_is_typed_stands_there(text: str, width: int) -> None:
    rows = broken(text, width)
    assert all(len(row) <= width for row in rows)
    assert len(rows[-1]) < width
    assert "".join(rows).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(("typed", "last"), [("^\n", 20), ("\n^\n", 40), ("\n\n", 45)])
async def test_everything_to_choose_from_is_listed_page_by_page(typed: str, last: int) -> None:
    async def search(text: str) -> Sequence[Hit[str]]:
        return [Hit(text, text, text)]

    async def listing(start: int, count: int) -> Sequence[str]:
        return [f"ERA {number}" for number in range(1, 46)][start : start + count]

    async with asking(lambda ask: ask.lookup("Select ERA", search, kind="ERA", listing=listing)) as clerk:
        screen = await clerk.types("??\n")
        assert screen.startswith("Select ERA: ??\n   Choose from:\n   ERA 1\n")
        assert screen.rstrip().endswith("   ERA 20\nEnter RETURN to continue or '^' to exit:")
        screen = await clerk.types(typed)
        assert f"   ERA {last}\n" in screen
        assert f"   ERA {last + 1}\n" not in screen
        assert screen.rstrip().endswith("Select ERA:")
        await clerk.types("7\n")
        assert await clerk.result() == "7"


async def test_a_last_page_that_is_full_is_not_followed_by_a_pause() -> None:
    async def listing(start: int, count: int) -> Sequence[str]:
        return [f"ERA {number}" for number in range(1, 21)][start : start + count]

    async def search(text: str) -> Sequence[Hit[str]]:
        return ()

    async with asking(lambda ask: ask.lookup("Select ERA", search, kind="ERA", listing=listing)) as clerk:
        screen = await clerk.types("??\n")
        assert screen.rstrip().endswith("   ERA 20\n\nSelect ERA:")
