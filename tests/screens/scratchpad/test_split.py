"""Split/Edit A Line: every question, default and refusal, and what is filed in the end (behaviour 1.1.1)."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from models.bills import Bill
from models.store import Store
from models.words.bills import BillStatus
from models.words.scratchpad import LineKey, PaymentOrder
from screens.scratchpad.split_screen import row_lines
from services.office.actor import Actor
from services.scratchpad.line_acts import comment, distribute
from services.scratchpad.splitting import SplitRow
from tests import given
from tests.screens.pad_site import at_pad, check_era, nets, view_of

Golden = Callable[[str, str], None]
REMAINDER = "SPLIT PAYMENT REMAINDER APPLIED TO K20B120"
ORIGINAL = "SPLIT PAYMENT - ORIG APPLIED TO K20B119"


def charlie(site: Store, actor: Actor) -> int:
    """Two claims of one patient, paid together on the first."""
    given.bills(site, actor, {"K20B119": 1500, "K20B120": "2341.39"}, patient="DEMOVET,CHARLIE")
    return check_era(site, actor, [given.Claim("K20B119", 1500, "343.99", patient="DEMOVET,CHARLIE")])


def _lines(site: Store, actor: Actor, era: int) -> list[tuple[str, str, str, str]]:
    return [
        (line.label, line.claim, f"{line.net:.2f}", line.comment)
        for _, line in view_of(site, actor, era).pad.lines()
    ]


async def test_343_99_is_split_into_100_00_and_243_99(site: Store, actor: Actor, golden: Golden) -> None:
    era = charlie(site, actor)
    async with at_pad(site, actor, era) as clerk:
        assert "ARE YOU SURE YOU WANT TO CONTINUE?: NO//" in await clerk.types("S\n")
        await clerk.types("Y\n\n100.00\n")
        await clerk.types(f"{REMAINDER}\n")
        golden("split_questions", await clerk.types("k20b120\n"))
        await clerk.types("\n")
        golden("split_screen", await clerk.types(f"{ORIGINAL}\n"))
        golden("split_filed", await clerk.types("F\n"))
    assert _lines(site, actor, era) == [
        ("1.001", "K20B119", "100.00", REMAINDER),
        ("1.002", "K20B120", "243.99", ORIGINAL),
    ]


async def test_all_keys_at_once_do_the_same(site: Store, actor: Actor) -> None:
    era = charlie(site, actor)
    async with at_pad(site, actor, era) as clerk:
        await clerk.types(f"S\nY\n\n100.00\n{REMAINDER}\nK20B120\n\n{ORIGINAL}\nF\nEX\n")
        assert clerk.done
    assert nets(site, actor, era) == {"1.001": Decimal("100.00"), "1.002": Decimal("243.99")}


async def test_a_verified_line_is_left_alone_by_default(site: Store, actor: Actor) -> None:
    era = charlie(site, actor)
    async with at_pad(site, actor, era) as clerk:
        assert "WARNING!  THIS LINE HAS ALREADY BEEN VERIFIED" in await clerk.types("S\n")
        screen = await clerk.types("\n")
        assert "Split/Edit A Line         Look At Receipt" in screen


async def test_the_clerk_types_display_numbers_and_the_stored_line_is_split(
    site: Store, actor: Actor
) -> None:
    given.bills(site, actor, {"K1": 50, "K2": 60, "K3": 70})
    era = check_era(site, actor, [("K1", 50, 0), ("K2", 60, 60), ("K3", 70, 30)])
    async with at_pad(site, actor, era, PaymentOrder.ZERO_LAST) as clerk:
        assert "CLAIM #: K3//" in await clerk.types("S=2\nY\n")
        await clerk.types("\n20\n\nK2\n\n\nF\n")
        screen = await clerk.types("FS\n")
        assert "2       EEOB Seq # On ERA: 3" not in screen
        assert "2    (V)EEOB Seq # On ERA: 3   Net Payment Amt: 30.00" in screen
    assert nets(site, actor, era) == {
        "1.001": Decimal("0.00"),
        "2.001": Decimal("60.00"),
        "3.001": Decimal("20.00"),
        "3.002": Decimal("10.00"),
    }


async def test_a_claim_not_in_ar_needs_a_yes_and_goes_to_suspense(
    site: Store, actor: Actor, golden: Golden
) -> None:
    era = charlie(site, actor)
    async with at_pad(site, actor, era) as clerk:
        await clerk.types("S\nY\n\n300\n\n")
        screen = await clerk.types("K99ZZ02\n")
        assert "   THIS CLAIM WAS NOT FOUND IN YOUR AR.  DO YOU WANT TO CONTINUE?: NO//" in screen
        screen = await clerk.types("\n")
        assert screen.rstrip().endswith("CLAIM #:")
        await clerk.types("k99zz02\nY\n")
        await clerk.types("\n")
        golden("split_suspense", await clerk.types("BELONGS TO ANOTHER SITE\n"))
        await clerk.types("F\n")
    line = view_of(site, actor, era).pad.find(LineKey(era, 1, 2))[1]
    assert (line.claim, line.bill_id, line.net) == ("K99ZZ02", None, Decimal("43.99"))


async def test_a_line_is_named_by_its_own_number_as_it_stands_on_the_pad(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 100, "K2": 100, "K3": 100})
    era = check_era(site, actor, [("K1", 100, 0), ("K2", 100, 100), ("K3", 100, 30)], [("WO", "R1", 10)])
    async with at_pad(site, actor, era) as clerk:
        await clerk.types("S=3\nY\n\n60\n\nK2\n\n\nF\n")
    async with at_pad(site, actor, era, PaymentOrder.ZERO_LAST) as clerk:
        # Entry 3 is entry 2 on this pad, which shows the zero payments last.
        for wrong in ("2.01", "2.003", "2.001,2.002"):
            assert "\n>>>  Only 1 entry allowed.\n" in await clerk.types(f"S\n{wrong}\n")
            await clerk.types("^\n")
        assert "CLAIM #: K2//" in await clerk.types("S\n2.002\nY\n")
        await clerk.types("@\nY\n")
        assert "CLAIM #: K2//" in await clerk.types("S=2.001\nY\n")
        await clerk.types("@\nY\n")
        with site.writing() as session:
            distribute(session, actor, LineKey(era, 1, 1), LineKey(era, 3, 1), Decimal("10.00"))
        await clerk.types("EX\n")
    async with at_pad(site, actor, era, PaymentOrder.ZERO_LAST) as clerk:
        screen = await clerk.types("S=2.001\n")
        assert "LINE 2.001 HAS BEEN USED IN A DISTRIBUTE ADJ ACTION AND CAN'T BE EDITED" in screen
        await clerk.types("\n")
        assert "CLAIM #: K2//" in await clerk.types("S=2.002\nY\n")


async def test_two_question_marks_list_the_bills_a_claim_may_be(site: Store, actor: Actor) -> None:
    era = charlie(site, actor)
    given.bills(site, actor, {"K10": 25})
    given.bills(site, actor, {"P10": 30}, payer="PRAIRIE STATE INSURANCE CO")
    async with at_pad(site, actor, era) as clerk:
        await clerk.types("S\nY\n")
        assert "TYPE ?? TO SEE BILLS, THE PATIENT'S FIRST." in await clerk.types("?\n")
        screen = await clerk.types("??\n")
        assert screen.rstrip().endswith(
            "CLAIM #: K20B119// ??\n"
            "   Choose from:\n"
            "   #1  K20B119              DEMOVET,CHARLIE       ACTIVE               1500.00\n"
            "   #2  K20B120              DEMOVET,CHARLIE       ACTIVE               2341.39\n"
            "       K10                  DEMOVET,ALPHA         ACTIVE                 25.00\n"
            "\n"
            "CLAIM #: K20B119//"
        )
        assert "PAYMENT AMOUNT TO APPLY TO THIS CLAIM: 343.99//" in await clerk.types("K10\n")


async def test_of_a_claim_that_is_not_in_ar_the_patient_of_the_eeob_comes_first(
    site: Store, actor: Actor
) -> None:
    given.bills(site, actor, {"K1": 50, "K2": 60})
    given.bills(site, actor, {"K9": 90}, patient="DEMOVET,BRAVO")
    claims = [given.Claim("K1", 50, 0), given.Claim("K99", 5, 5, patient="DEMOVET,BRAVO")]
    era = check_era(site, actor, claims)
    async with at_pad(site, actor, era, PaymentOrder.ZERO_LAST) as clerk:
        screen = await clerk.types("S=1\n??\n")
        assert "Choose from:\n   #1  K9  " in screen
        assert screen.index(" K9  ") < screen.index(" K1  ") < screen.index(" K2  ")


async def test_two_question_marks_list_the_entries_a_number_may_be(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 50, "K2": 60})
    era = check_era(site, actor, [("K1", 50, 5), ("K2", 60, 60)])
    async with at_pad(site, actor, era) as clerk:
        prompt = "Select EEOB Line:  (1-2):"
        assert f"{prompt} ?\n   Type a number between 1 and 2.\n\n{prompt}" in await clerk.types("S\n?\n")
        assert (
            f"{prompt} ??\n"
            "1    (V)EEOB Seq # On ERA: 1   Net Payment Amt: 5.00\n"
            "2    (V)EEOB Seq # On ERA: 2   Net Payment Amt: 60.00\n"
            f"\n{prompt}"
        ) in await clerk.types("??\n")
        assert "CLAIM #: K1//" in await clerk.types("1\nY\n")


async def test_claims_that_cannot_be_paid_are_refused_and_asked_again(site: Store, actor: Actor) -> None:
    era = charlie(site, actor)
    ids = given.bills(site, actor, {"K5": 10, "K6": 10})
    with site.writing() as session:
        session.get_one(Bill, ids["K5"]).status = BillStatus.NEW_BILL
        session.connection().exec_driver_sql(f"UPDATE bill SET third_party = false WHERE id = {ids['K6']}")
    async with at_pad(site, actor, era) as clerk:
        await clerk.types("S\nY\n")
        assert "CLAIM IS IN AN INCOMPLETE STATUS" in await clerk.types("K5\n")
        assert "THIS IS NOT A 3RD PARTY CLAIM" in await clerk.types("K6\n")
        screen = await clerk.types("A CLAIM OF MORE THAN 15\n")
        assert "Type 1 to 15 characters." in screen
        assert screen.rstrip().endswith("CLAIM #: K20B119//")


async def test_money_left_without_a_claim_asks_whether_to_abort(site: Store, actor: Actor) -> None:
    era = charlie(site, actor)
    async with at_pad(site, actor, era) as clerk:
        await clerk.types("S\nY\n\n100\n\n")
        screen = await clerk.types("\n")
        assert "YOU MUST SPLIT THE ENTIRE AMOUNT OF THE LINE.\n $243.99 PAYMENT IS LEFT\n" in screen
        assert "DO YOU WANT TO ABORT THIS SPLIT NOW?: NO//" in screen
        assert (await clerk.types("\n")).rstrip().endswith("CLAIM #:")
        assert "Select Action: Quit//" in await clerk.types("\nY\n")
    assert _lines(site, actor, era) == [("1.001", "K20B119", "343.99", "")]


async def test_a_payment_lies_between_nothing_and_what_is_left(site: Store, actor: Actor) -> None:
    era = charlie(site, actor)
    async with at_pad(site, actor, era) as clerk:
        await clerk.types("S\nY\n\n")
        for wrong in ("344", "-1", "1.005", "X"):
            assert "Type an amount between 0.00 and 343.99" in await clerk.types(f"{wrong}\n")
        screen = await clerk.types("?\n")
        assert "ENTER THE AMT FROM THE PAYMENT TOTAL FOR THIS LINE (343.99)" in screen


async def test_a_caret_in_the_first_questions_leaves_everything_as_it_was(site: Store, actor: Actor) -> None:
    era = charlie(site, actor)
    before = view_of(site, actor, era)
    for typed in (
        "^\n",
        "Y\n^\n",
        "Y\n\n^\n",
        "Y\n\n100\n^\n",
        "Y\n\n100\nC\n^\n",
        "Y\n\n100\nC\nK20B120\n^\n",
    ):
        async with at_pad(site, actor, era) as clerk:
            screen = await clerk.types(f"S\n{typed}")
            assert "Select Action: Quit//" in screen, typed
    assert view_of(site, actor, era) == before


async def test_a_default_comment_is_kept_by_return_and_deleted_by_at(site: Store, actor: Actor) -> None:
    era = charlie(site, actor)
    with site.writing() as session:
        comment(session, actor, LineKey(era, 1, 1), "AS BEFORE")
    async with at_pad(site, actor, era) as clerk:
        assert "RECEIPT LINE COMMENT: AS BEFORE//" in await clerk.types("S\nY\n\n\n")
        await clerk.types("\nF\n")
    assert _lines(site, actor, era)[0][3] == "AS BEFORE"
    async with at_pad(site, actor, era) as clerk:
        await clerk.types("S\nY\n\n\n@\nF\n")
    assert _lines(site, actor, era)[0][3] == ""


async def test_edited_rows_that_do_not_add_up_show_a_banner_and_cannot_be_filed(
    site: Store, actor: Actor, golden: Golden
) -> None:
    era = charlie(site, actor)
    async with at_pad(site, actor, era) as clerk:
        await clerk.types("S\nY\n\n100\n\nK20B120\n\n\n")
        assert "Select Line:  (1-2):" in await clerk.types("ED\n")
        screen = await clerk.types("2\n")
        assert "CLAIM #: K20B120//" in screen
        golden("split_mismatch", await clerk.types("\n200\nLESS\n"))
        screen = await clerk.types("F\n")
        assert "TOTAL PAYMENTS DO NOT MATCH THE ORIGINAL AMOUNT(s):" in screen
        assert "  ORIG PAY AMT: 343.99              ORIG ADJ AMT: 0.00" in screen
        assert "   AMT ENTERED: 300.00               AMT ENTERED: 0.00" in screen
        assert "PRESS RETURN TO CONTINUE" in screen
        # Leaving does not offer to file what cannot be filed.
        screen = await clerk.types("\nEX\n")
        assert "YOU HAVE NOT FILED THESE CHANGES\nTHE TOTALS DO NOT MATCH" in screen
        assert "EEOB Worklist/Scratch Pad" in await clerk.types("\n")
    assert nets(site, actor, era) == {"1.001": Decimal("343.99")}


@pytest.mark.parametrize("row", ["ED\n2\n", "ED=2\n", "2\n"])
async def test_an_edited_row_without_a_claim_leaves_its_own_money(
    site: Store, actor: Actor, row: str
) -> None:
    era = charlie(site, actor)
    async with at_pad(site, actor, era) as clerk:
        await clerk.types("S\nY\n\n100\n\nK20B120\n\n\n")
        screen = await clerk.types(f"{row}@\n")
        assert " $243.99 PAYMENT IS LEFT" in screen
        assert "DO YOU WANT TO ABORT THIS SPLIT NOW?: NO//" in screen
        assert "CLAIM #: K20B120//" in await clerk.types("\n")


async def test_leaving_asks_whether_to_file_and_does_not_by_default(site: Store, actor: Actor) -> None:
    era = charlie(site, actor)
    rows = "S\nY\n\n100\n\nK20B120\n\n\n"
    async with at_pad(site, actor, era) as clerk:
        screen = await clerk.types(f"{rows}EX\n")
        assert "YOU HAVE NOT FILED THESE CHANGES" in screen
        assert "DO YOU WANT TO FILE THEM BEFORE YOU EXIT?: NO//" in screen
        await clerk.types("\n")
    assert nets(site, actor, era) == {"1.001": Decimal("343.99")}
    for leaving in ("EX\n", "^\n", "\n"):
        async with at_pad(site, actor, era) as clerk:
            assert "YOU HAVE NOT FILED THESE CHANGES" in await clerk.types(f"{rows}{leaving}")
    async with at_pad(site, actor, era) as clerk:
        await clerk.types(f"{rows}EX\nY\n")
    assert nets(site, actor, era) == {"1.001": Decimal("100.00"), "1.002": Decimal("243.99")}


async def test_one_of_several_sublines_is_asked_for(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 100, "K2": 100})
    era = check_era(site, actor, [("K1", 100, 100)], [("WO", "R1", 10)])
    async with at_pad(site, actor, era, PaymentOrder.ZERO_LAST) as clerk:
        await clerk.types("S=2\nY\n\n60\n\nK2\n30\n\nK1\n\n\nF\n")
        with site.writing() as session:
            distribute(session, actor, LineKey(era, 1, 1), LineKey(era, 2, 1), Decimal("10.00"))
        # The list still shows what was before the other desk's act until it is built again.
        await clerk.types("EX\n")
    async with at_pad(site, actor, era) as clerk:
        screen = await clerk.types("S=2\nY\n")
        assert "WHICH LINE OF ENTRY 2 DO YOU WANT TO SPLIT/EDIT?:" in screen
        screen = await clerk.types("?\n")
        assert "ENTER THE LINE # THAT YOU WANT TO SPLIT OR EDIT:" in screen
        assert "       2.002 Claim #: K2" in screen
        assert "2.001 Claim" not in screen.split("ENTER THE LINE #")[1]
        for wrong in ("2.004", "3.001", "2", "X"):
            assert f"LINE {wrong} DOES NOT EXIST - TRY AGAIN" in await clerk.types(f"{wrong}\n")
        screen = await clerk.types("2.001\n")
        assert "LINE 2.001 HAS BEEN USED IN A DISTRIBUTE ADJ ACTION AND CAN'T BE EDITED" in screen
        screen = await clerk.types("2.003\n")
        assert "       2.003 Claim #: K1" in screen
        assert "CLAIM #: K1//" in screen
        await clerk.types("K2\n\n\nF\n")
    assert [line[1] for line in _lines(site, actor, era)] == ["", "K1", "K2", "K2"]


async def test_an_entry_all_of_whose_lines_were_distributed_cannot_be_split(
    site: Store, actor: Actor
) -> None:
    given.bills(site, actor, {"K1": 100})
    era = check_era(site, actor, [("K1", 100, 100)], [("WO", "R1", 10)])
    with site.writing() as session:
        distribute(session, actor, LineKey(era, 1, 1), LineKey(era, 2, 1), Decimal("10.00"))
    async with at_pad(site, actor, era) as clerk:
        screen = await clerk.types("S=2\n")
        assert (
            "THIS ENTRY HAS NO LINES AVAILABLE TO EDIT/SPLIT\n"
            "10.00 OF LINE 1.001 WAS TAKEN OUT OF LINE 2.001\n"
            "PRESS RETURN TO CONTINUE"
        ) in screen
        assert "ALREADY BEEN VERIFIED" not in screen


async def test_of_an_era_level_line_only_the_comment_is_asked(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 100})
    era = check_era(site, actor, [("K1", 100, 100)], [("WO", "R1", 10)])
    async with at_pad(site, actor, era) as clerk:
        screen = await clerk.types("S=1\n")
        assert screen.rstrip().endswith("RECEIPT LINE COMMENT:")
        assert "CLAIM #" not in screen
        screen = await clerk.types("ASKED THE PAYER\n")
        assert "         Receipt Comment: ASKED THE PAYER" in screen
    assert _lines(site, actor, era)[0] == ("1.001", "", "-10.00", "ASKED THE PAYER")


async def test_a_line_with_a_take_back_asks_for_the_adjustment_of_each_claim(
    site: Store, actor: Actor, golden: Golden
) -> None:
    given.bills(site, actor, {"K1": 200, "K2": 300})
    era = check_era(site, actor, [("K1", 200, 120), given.taken_back("K1", 200, 160), ("K2", 300, 300)])
    async with at_pad(site, actor, era) as clerk:
        screen = await clerk.types("S=1\nY\n")
        assert "NOTE: THIS LINE HAS AN ADJUSTMENT RECORD ASSOCIATED WITH IT" in screen
        golden("split_adjustment", await clerk.types("\n100\n"))
        for wrong in ("1", "-160.01"):
            assert "Type an amount between -160.00 and 0.00" in await clerk.types(f"{wrong}\n")
        await clerk.types("-150\n\n")
        screen = await clerk.types("\n")
        assert " $20.00 PAYMENT IS LEFT AND $-10.00 ADJ IS LEFT" in screen
        screen = await clerk.types("NO\nK2\n")
        assert "PAYMENT AMOUNT TO APPLY TO THIS CLAIM: 20.00//" in screen
        assert "ADJUSTMENT AMOUNT: -10.00//" in await clerk.types("\n")
        screen = await clerk.types("\n\n")
        assert "1   K1                                  100.00          -150.00           -50.00" in screen
        assert "    TOTALS:                             120.00          -160.00           -40.00" in screen
        await clerk.types("F\n")
    assert nets(site, actor, era) == {
        "1.001": Decimal("-50.00"),
        "1.002": Decimal("10.00"),
        "2.001": Decimal("300.00"),
    }


async def test_a_pad_changed_by_another_desk_is_never_overwritten(site: Store, actor: Actor) -> None:
    era = charlie(site, actor)
    async with at_pad(site, actor, era) as clerk:
        await clerk.types("S\nY\n\n100\n\nK20B120\n\n\n")
        with site.writing() as session:
            comment(session, actor, LineKey(era, 1, 1), "NEWER")
        screen = await clerk.types("F\n")
        assert "SOMEBODY ELSE HAS CHANGED THIS SCRATCH PAD" in screen
        await clerk.types("\n")
    assert _lines(site, actor, era) == [("1.001", "K20B119", "343.99", "NEWER")]


def test_rows_of_the_split_screen_stand_as_in_the_sample() -> None:
    comment_row = SplitRow("K20B119", 1, Decimal("100.00"), comment="SPLIT PAYMENT REMAINDER")
    assert list(row_lines(1, comment_row)) == [
        "1   K20B119                             100.00             0.00           100.00",
        "          SPLIT PAYMENT REMAINDER",
    ]
    assert list(row_lines(3, SplitRow("K99ZZ02", None, Decimal("19.60")))) == [
        "3   K99ZZ02 (NOT IN A/R)                 19.60             0.00            19.60"
    ]
    widest = row_lines(2, SplitRow("K" * 15, None, Decimal("1234.56")))[0]
    assert widest == f"2   {'K' * 15} (NOT IN A/R)       1234.56             0.00          1234.56"
