"""Distribute Adj Amts: every question, default and refusal, and what is filed (behaviour 1.1.2, worked example 7.2)."""

from collections.abc import Callable
from decimal import Decimal

from models.bills import Bill
from models.store import Store
from models.words.bills import BillStatus
from models.words.scratchpad import LineKey, PaymentOrder
from screens.scratchpad.line_number import read_line_number
from services.office.actor import Actor
from tests import given
from tests.screens.pad_site import at_pad, check_era, eft_era, nets, view_of

Golden = Callable[[str, str], None]
TO = "SELECT A LINE TO DISTRIBUTE THE ADJUSTMENT AMOUNT TO:"
FROM = "SELECT A LINE THAT NEEDS AN ADJUSTMENT AMOUNT DISTRIBUTED:"


def clipped(site: Store, actor: Actor) -> int:
    """The clipped payment of the manual: 14.00 kept back, claims of 243.99 and 812.00, a further payment of 24.00."""
    given.bills(site, actor, {"K1": 900, "K2": 300, "K3": 20})
    return check_era(
        site,
        actor,
        [("K1", 900, 812), ("K2", 300, "243.99"), ("K3", 20, 0)],
        [("WO", "S1234", 14), ("L6", "A1234", -24)],
    )


def _amounts(**nets: str) -> dict[str, Decimal]:
    return {label.replace("_", "."): Decimal(net) for label, net in nets.items()}


async def test_14_00_of_a_clipped_payment_is_taken_out_of_243_99(
    site: Store, actor: Actor, golden: Golden
) -> None:
    era = clipped(site, actor)
    async with at_pad(site, actor, era) as clerk:
        assert f"{FROM} 1.001//" in await clerk.types("D\n")
        await clerk.types("\n")
        golden("distribute_targets", await clerk.types("?\n"))
        golden("distribute_questions", await clerk.types("4.001\n\n"))
        golden("distribute_filed", await clerk.types("\n"))
        golden("distribute_filed_target", await clerk.types("LS\n"))
    assert nets(site, actor, era) == _amounts(
        **{"1_001": "0.00", "2_001": "24.00", "3_001": "812.00", "4_001": "229.99", "5_001": "0.00"}
    )
    taken = view_of(site, actor, era).pad.find(LineKey(era, 4, 1))[1].log[0]
    assert (taken.amount, taken.comment) == (Decimal("-14.00"), "RETRACTED FOR ERA ADJ #1 Ref: S1234")
    assert taken.pending_decrease


async def test_all_keys_at_once_do_the_same(site: Store, actor: Actor) -> None:
    era = clipped(site, actor)
    async with at_pad(site, actor, era) as clerk:
        await clerk.types("D\n\n4.001\n\n\nEX\n")
        assert clerk.done
    assert nets(site, actor, era)["4.001"] == Decimal("229.99")


async def test_a_take_back_of_160_for_120_is_spread_over_two_lines(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 200, "K2": 300, "K3": 25})
    era = check_era(
        site, actor, [("K1", 200, 120), given.taken_back("K1", 200, 160), ("K2", 300, 200), ("K3", 25, 25)]
    )
    async with at_pad(site, actor, era) as clerk:
        screen = await clerk.types("D\n\n")
        assert "  LINE #: 1.001  AMOUNT NEEDED TO DISTRIBUTE: -40.00" in screen
        screen = await clerk.types("3\n")
        assert "  LINE #: 3.001  LINE BALANCE: 25.00" in screen
        assert "ADJUSTMENT AMOUNT TO DISTRIBUTE: 25.00//" in screen
        assert "THE AMT ENTERED MUST BE BETWEEN .01 AND 25.00\n" in await clerk.types("?\n")
        screen = await clerk.types("\n")
        assert "  > RETRACTED FOR CLAIM K1  Replace" in screen
        await clerk.types("...\nMY OWN WORDS\n\n")
        screen = await clerk.types("D\n\n2\n")
        assert "ADJUSTMENT AMOUNT TO DISTRIBUTE: 15.00//" in screen
        await clerk.types("\n\n")
        assert "NO LINES EXIST NEEDING ADJUSTMENT DISTRIBUTION" in await clerk.types("D\n")
    assert nets(site, actor, era) == _amounts(**{"1_001": "0.00", "2_001": "185.00", "3_001": "0.00"})
    pad = view_of(site, actor, era).pad
    assert pad.find(LineKey(era, 3, 1))[1].log[0].comment == "MY OWN WORDS"
    assert pad.net == Decimal("185.00")


async def test_display_numbers_reach_the_stored_lines(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 50, "K2": 60, "K3": 70})
    era = check_era(site, actor, [("K1", 50, 0), ("K2", 60, 60), ("K3", 70, 70)], [("WO", "R1", 14)])
    async with at_pad(site, actor, era, PaymentOrder.ZERO_LAST) as clerk:
        # K3 is stored as 4.001 and displayed as 3.001; 4.001 on the screen is K1, which pays nothing.
        screen = await clerk.types("D\n\n4.001\n")
        assert "THIS LINE CANNOT BE USED FOR AN ADJUSTMENT DISTRIBUTION" in screen
        screen = await clerk.types("3.001\n")
        assert "  LINE #: 3.001  LINE BALANCE: 70.00" in screen
        await clerk.types("\n\n")
    assert nets(site, actor, era) == _amounts(
        **{"1_001": "0.00", "2_001": "0.00", "3_001": "60.00", "4_001": "56.00"}
    )


async def test_wrong_lines_are_refused_with_their_sentences(site: Store, actor: Actor) -> None:
    era = clipped(site, actor)
    async with at_pad(site, actor, era) as clerk:
        await clerk.types("D\n")
        assert "THIS LINE DOESN'T NEED AN ADJUSTMENT DISTRIBUTION" in await clerk.types("3.001\n")
        assert "THIS LINE DOES NOT EXIST FOR THIS ERA" in await clerk.types("9\n")
        assert "THIS LINE DOES NOT EXIST FOR THIS ERA" in await clerk.types("1.002\n")
        assert "PLEASE ENTER THE ENTIRE LINE # (Such as: 1.001)" in await clerk.types("FIRST\n")
        await clerk.types("1\n")
        assert "THIS LINE CANNOT BE USED FOR AN ADJUSTMENT DISTRIBUTION" in await clerk.types("5\n")
        assert "THIS LINE CANNOT BE USED FOR AN ADJUSTMENT DISTRIBUTION" in await clerk.types("1.001\n")


async def test_of_a_split_entry_the_entire_line_number_is_wanted(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 100, "K2": 100})
    era = check_era(site, actor, [("K1", 100, 100)], [("WO", "R1", 14)])
    async with at_pad(site, actor, era) as clerk:
        await clerk.types("S=2\nY\n\n60\n\nK2\n\n\nF\n")
        screen = await clerk.types("D\n\n2\n")
        assert "PLEASE ENTER THE ENTIRE LINE # (Such as: 1.001)" in screen
        assert "  LINE #: 2.002  LINE BALANCE: 40.00" in await clerk.types("2.002\n")


async def test_even_a_single_target_is_named_by_the_clerk(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 100})
    era = check_era(site, actor, [("K1", 100, 100)], [("WO", "R1", 14)])
    async with at_pad(site, actor, era) as clerk:
        assert (await clerk.types("D\n\n")).rstrip().endswith(TO)
        assert "LINE BALANCE: 100.00" in await clerk.types("2.001\n")


async def test_an_inactive_bill_is_refused_and_another_line_asked_for(site: Store, actor: Actor) -> None:
    ids = given.bills(site, actor, {"K1": 100, "K2": 100})
    era = check_era(site, actor, [("K1", 100, 100), ("K2", 100, 100)], [("WO", "R1", 14)])
    with site.writing() as session:
        session.get_one(Bill, ids["K1"]).status = BillStatus.COLLECTED_CLOSED
    async with at_pad(site, actor, era) as clerk:
        screen = await clerk.types("D\n\n2\n")
        assert "THIS IS NOT AN ACTIVE BILL !\nCANNOT PERFORM DISTRIBUTION TO THIS CLAIM\n" in screen
        assert screen.rstrip().endswith(TO)
        assert "LINE BALANCE: 100.00" in await clerk.types("3\n")


async def test_a_further_payment_takes_the_amount_without_a_decrease(site: Store, actor: Actor) -> None:
    era = clipped(site, actor)
    async with at_pad(site, actor, era) as clerk:
        screen = await clerk.types("D\n\n2\n")
        assert "THE LINE SELECTED IS AN ADDITIONAL PAYMENT LINE, NOT SPECIFIC TO A CLAIM" in screen
        assert "THE AMT WILL BE DISTRIBUTED, BUT A DECREASE ADJUSTMENT WILL NOT BE PERFORMED" in screen
        screen = await clerk.types("\n")
        assert "DECREASE ADJ COMMENT" not in screen
    line = view_of(site, actor, era).pad.find(LineKey(era, 2, 1))[1]
    assert line.net == Decimal("10.00")
    assert not any(logged.pending_decrease for logged in line.log)


async def test_the_amount_lies_between_a_cent_and_what_both_lines_bear(site: Store, actor: Actor) -> None:
    era = clipped(site, actor)
    async with at_pad(site, actor, era) as clerk:
        await clerk.types("D\n\n4\n")
        for wrong in ("0", "14.01", "-1"):
            assert "Type an amount between 0.01 and 14.00" in await clerk.types(f"{wrong}\n")
        screen = await clerk.types("^\n")
        assert "NO AMOUNT WAS ENTERED - TRY AGAIN LATER" in screen
        assert "PRESS RETURN TO CONTINUE" in screen
        await clerk.types("\n")
    assert nets(site, actor, era)["4.001"] == Decimal("243.99")


async def test_a_caret_or_nothing_chosen_leaves_everything_as_it_was(site: Store, actor: Actor) -> None:
    era = clipped(site, actor)
    before = view_of(site, actor, era)
    for typed in ("^\n", "\n^\n", "\n\n", "\n4\n\n^\n"):
        async with at_pad(site, actor, era) as clerk:
            assert "Select Action: Next Screen//" in await clerk.types(f"D\n{typed}"), typed
    assert view_of(site, actor, era) == before


async def test_nothing_to_distribute_to_names_the_way_out(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 100})
    by_check = check_era(site, actor, [("K1", 100, 0), ("Z9", 50, 15)], [("WO", "R1", 14)])
    async with at_pad(site, actor, by_check) as clerk:
        screen = await clerk.types("D\n")
        assert "NO VALID LINES EXIST ON THIS ERA WHERE A DISTRIBUTION CAN BE MADE" in screen
        assert "THIS ERA'S RECEIPT MUST BE ENTERED MANUALLY\nPRESS RETURN TO CONTINUE" in screen


async def test_an_eft_whose_claims_are_all_unknown_but_one_must_go_to_suspense(
    site: Store, actor: Actor
) -> None:
    given.bills(site, actor, {"K1": 100})
    era = eft_era(site, actor, [("K1", 100, 0), ("Z9", 50, 50)], amount=40)
    async with at_pad(site, actor, era) as clerk:
        assert "THIS ERA MUST BE MOVED TO SUSPENSE" in await clerk.types("D\n")


async def test_too_little_to_offset_is_refused(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 100})
    era = check_era(site, actor, [("K1", 100, 10), ("Z9", 50, 50)], [("WO", "R1", 14)])
    async with at_pad(site, actor, era) as clerk:
        screen = await clerk.types("D\n")
        assert "THE ERA DOES NOT HAVE ENOUGH VALID PAYMENTS TO OFFSET THIS DISTRIBUTION" in screen
        assert "THIS ERA'S RECEIPT MUST BE ENTERED MANUALLY\nPRESS RETURN TO CONTINUE" in screen


async def test_a_long_list_of_lines_comes_a_page_at_a_time(site: Store, actor: Actor) -> None:
    claims = {f"K{number:02d}": 10 for number in range(30)}
    given.bills(site, actor, claims)
    era = check_era(site, actor, [(claim, 10, 10) for claim in claims], [("WO", "R1", 14)])
    async with at_pad(site, actor, era) as clerk:
        screen = await clerk.types("D\n\n?\n")
        assert "Enter RETURN to continue or '^' to exit:" in screen
        screen = await clerk.types("^\n")
        assert screen.rstrip().endswith(TO)


def test_line_numbers_are_read_as_they_are_typed() -> None:
    assert read_line_number("1.001") == (1, 1)
    assert read_line_number(" 12.01 ") == (12, 10)
    assert read_line_number("4") == (4, None)
    assert read_line_number("4.") == (4, None)
    for wrong in ("", "A", "1.0011", "1,001", "-1", "1.001.1", "１"):
        assert read_line_number(wrong) is None


async def test_an_eft_that_is_short_is_balanced_from_a_claim(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 100, "K2": 20})
    era = eft_era(site, actor, [("K1", 100, 80), ("K2", 20, 5)], amount=80)
    async with at_pad(site, actor, era) as clerk:
        screen = await clerk.types("D\n\n2\n\n")
        assert "  > RETRACTED FOR ERA ADJ #0 Ref: TOTALS MISMATCH  Replace" in screen
        await clerk.types("\n")
    assert nets(site, actor, era) == _amounts(**{"1_001": "0.00", "2_001": "75.00", "3_001": "5.00"})
    pad = view_of(site, actor, era).pad
    assert pad.net == pad.total == Decimal("80.00")


async def test_claim_patient_and_balance_stand_in_the_echo_and_in_the_list(site: Store, actor: Actor) -> None:
    era = clipped(site, actor)
    async with at_pad(site, actor, era) as clerk:
        screen = await clerk.types("D\n?\n")
        assert "     1.001        -14.00  Ref: S1234\n" in screen
        screen = await clerk.types("\n")
        assert "AMOUNT NEEDED TO DISTRIBUTE: -14.00\n  AT ERA LEVEL  Ref: S1234\n" in screen
        screen = await clerk.types("?\n")
        assert "     3.001        812.00  K1               DEMOVET,ALPHA        Bal: 900.00\n" in screen
        assert "     2.001         24.00  Ref: A1234\n" in screen
        screen = await clerk.types("4.001\n")
        assert "LINE BALANCE: 243.99\n  CLAIM #: K2  DEMOVET,ALPHA  CLAIM BAL: 300.00\n" in screen


async def test_lines_are_typed_along_and_the_marker_is_a_default(site: Store, actor: Actor) -> None:
    era = clipped(site, actor)
    async with at_pad(site, actor, era) as clerk:
        # The only line that needs it is the source, so that one number is the line that bears it.
        for typed in ("D=4", "D=4.001", "D=1,4", "D=1.001,4.001"):
            screen = await clerk.types(f"{typed}\n")
            assert "  LINE #: 1.001  AMOUNT NEEDED TO DISTRIBUTE: -14.00\n" in screen
            assert "  LINE #: 4.001  LINE BALANCE: 243.99\n" in screen
            assert clerk.prompt == "ADJUSTMENT AMOUNT TO DISTRIBUTE: 14.00//"
            await clerk.types("^\n\n")
        await clerk.types("D=1\n")
        assert clerk.prompt == TO
        await clerk.types("^\n")
        screen = await clerk.types("D=5\n")
        assert "THIS LINE CANNOT BE USED FOR AN ADJUSTMENT DISTRIBUTION" in screen
        assert clerk.prompt == TO
        await clerk.types("^\n4\nD\n\n")
        assert clerk.prompt == f"{TO} 4.001//"
        await clerk.types("\n\n\n")
        assert "4.001 Claim #: K2" in clerk.screen, "the page shows the line that bore it"
    assert nets(site, actor, era)["4.001"] == Decimal("229.99")
