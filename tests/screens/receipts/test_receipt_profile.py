"""The Receipt Profile and Receipt Processing, as a clerk works them."""

import datetime

import pytest
from sqlalchemy import delete, select

from models.leases import Lease
from models.receipts import Receipt
from models.site import Site
from screens.list_manager.glass.leaving import LeaveAll
from screens.receipts.receipt_lines import payment_lines
from services.receipts.editing import edit_payment
from services.receipts.profile import ProfileLine, initials
from tests import given
from tests.screens.conftest import Golden
from tests.screens.receipts.receipt_site import ReceiptSite
from tests.stores import FixedClock

NOT_NOW = "may not be selected at this point."


class TestWhatIsShown:
    """5a, 5b and 5c of `screens.md`."""

    async def test_an_open_check_receipt_with_a_decrease_and_a_warning(
        self, receipts: ReceiptSite, golden: Golden
    ) -> None:
        number = receipts.check_receipt()
        other = receipts.check_receipt_of_other_claim("K20B120", "300.00")
        assert other != number
        async with receipts.at_profile(number) as seat:
            golden("receipt_profile_open", seat.screen)
            golden("receipt_profile_open_2", await seat.types("\n"))

    async def test_a_processed_eft_receipt_with_a_cancelled_payment(
        self, receipts: ReceiptSite, golden: Golden, clock: FixedClock
    ) -> None:
        number = receipts.eft_receipt()
        line = receipts.adds_payment(number, "K20D802", 5)
        receipts.cancels_payment(number, line, "ENTERED TWICE")
        clock.forward(minutes=12)
        receipts.processes(number)
        async with receipts.at_profile(number) as seat:
            golden("receipt_profile_processed", seat.screen)

    async def test_of_a_cancelled_payment_a_question_mark_tells_its_comment_and_why(
        self, receipts: ReceiptSite
    ) -> None:
        number = receipts.check_receipt()
        with receipts.store.writing() as session:
            edit_payment(session, receipts.actor, number, 2, comment="SEE STUB")
        receipts.cancels_payment(number, 2, "ENTERED TWICE")
        async with receipts.at_profile(number) as seat:
            await seat.press("down")
            await seat.press("down")
            assert (
                "Payment 2: 442-K20B119\n      Cancel Data: ENTERED TWICE\n      Comment: SEE STUB\n"
            ) in await seat.types("?\n")

    async def test_f1_names_the_codes_behind_a_payment_and_the_status_of_the_document(
        self, receipts: ReceiptSite
    ) -> None:
        number = receipts.eft_receipt()
        by_hand = receipts.adds_payment(number, "K20D802", 5)
        async with receipts.at_profile(number) as seat:
            await seat.press("down")
            screen = await seat.press("f1")
            assert "Payment 1: " in screen
            assert "  CLP02 1               Processed as Primary" in screen
            await seat.types("\n")
            for _ in range(by_hand - 1):
                await seat.press("down")
            screen = await seat.press("f1")
            assert f"Payment {by_hand}: " in screen and "CLP02" not in screen
        receipts.cancels_payment(number, by_hand, "BY MISTAKE")
        receipts.processes(number)
        async with receipts.at_profile(number) as seat:
            await seat.press("down")
            said = " ".join((await seat.press("f1")).split())
            assert "ACCEPTED BY FMS: Finance has taken the document. Nothing to do;" in said

    async def test_the_deposits_own_receipt(self, receipts: ReceiptSite, golden: Golden) -> None:
        for trace, amount in (("T1", "8205.44"), ("T2", "361.00")):
            given.eft(receipts.store, receipts.actor, trace=trace, amount=amount)
        given.night(receipts.store)
        async with receipts.at_profile("E12072200") as seat:
            golden("receipt_profile_deposit", seat.screen)

    async def test_an_eft_receipt_names_its_eft_and_the_times_of_the_site(
        self, receipts: ReceiptSite
    ) -> None:
        number = receipts.eft_receipt()
        with receipts.store.writing() as session:
            session.scalars(select(Site)).one().time_zone = "America/Chicago"
        async with receipts.at_profile(number) as seat:
            assert seat.row(3) == "EFT Detail #: 1 BLUE RI   ERA #: 1      Receipt Status: OPEN"
            assert "Date/Time    Opened: JUL 22, 2012  09:37" in seat.screen

    async def test_a_decrease_without_a_payment_is_shown_too(self, receipts: ReceiptSite) -> None:
        given.bills(receipts.store, receipts.actor, {"K1": 100, "K2": 50, "K3": 10})
        era = given.matched_era(
            receipts.store,
            receipts.actor,
            trace="T1",
            claims=[("K1", 100, 14), given.taken_back("K2", 50, 14), ("K3", 10, 10)],
            eft_amount=10,
        )
        receipts.opens(era)
        receipts.distributes(era, (2, 1), (1, 1), 14)
        async with receipts.at_profile(receipts.creates_receipt(era)) as seat:
            assert "      Pending decrease adjustment for -14.00 to 442-K1 (line 1.001)" in seat.screen

    def test_large_amounts_keep_the_columns_of_the_small(self) -> None:
        line = ProfileLine(
            1,
            "442-K20A3F7",
            "K20A3F7",
            datetime.date(2012, 7, 22),
            "OD",
            "OD",
            given.dollars("123456.78"),
            given.dollars("123456.78"),
            False,
            "",
            "",
            True,
            (),
            (),
            None,
        )
        row = payment_lines(line, is_open=False)[0]
        assert row[44:46] == row[53:55] == "OD"
        assert row[60:69] == "123456.78" and row[70:79] == "123456.78"

    def test_initials(self) -> None:
        assert initials("DEMOCLERK,ONE A") == "OD"
        assert initials("ROOT") == "R"


class TestActions:
    """What can be chosen when."""

    @pytest.mark.parametrize("typed", ["MP", "AP", "RR", "CU", "ER", "21", "CR"])
    async def test_what_comes_later_says_so(self, receipts: ReceiptSite, typed: str) -> None:
        async with receipts.at_profile(receipts.eft_receipt()) as seat:
            screen = await seat.types(f"{typed}\n")
            assert NOT_NOW in screen and "is not in this release." in screen

    @pytest.mark.parametrize("typed", ["NP", "EP", "CP"])
    async def test_a_processed_receipt_is_not_edited(self, receipts: ReceiptSite, typed: str) -> None:
        number = receipts.eft_receipt()
        receipts.processes(number)
        async with receipts.at_profile(number) as seat:
            screen = await seat.types(f"{typed}\n")
            assert NOT_NOW in screen and "Receipt has been PROCESSED to AR and FMS." in screen

    @pytest.mark.parametrize("typed", ["NP", "EP", "CP"])
    async def test_a_deposits_receipt_is_not_edited(self, receipts: ReceiptSite, typed: str) -> None:
        given.eft(receipts.store, receipts.actor, trace="T1", amount=10)
        given.night(receipts.store)
        async with receipts.at_profile("E12072200") as seat:
            assert "EDI 3rd Party Lockbox deposit type receipt." in await seat.types(f"{typed}\n")

    async def test_the_worklist_opens_to_be_read(self, receipts: ReceiptSite) -> None:
        number = receipts.check_receipt()
        async with receipts.at_profile(number) as seat:
            screen = await seat.types("WL\n")
            assert screen.startswith("EEOB Worklist/Scratch Pad")
            assert f"*** RECEIPT ALREADY CREATED ({number}) ***" in screen
            assert "(Split/Edit A Line)" in screen
            assert (await seat.types("EXIT\n")).startswith("Receipt Profile")
            assert ("RECEIPT", number) in receipts.leases()

    async def test_there_is_no_worklist_of_a_deposit(self, receipts: ReceiptSite) -> None:
        given.eft(receipts.store, receipts.actor, trace="T1", amount=10)
        given.night(receipts.store)
        async with receipts.at_profile("E12072200") as seat:
            assert "NO WORKLIST ENTRY EXISTS FOR THIS ERA" in await seat.types("WL\n")
            assert (await seat.types("\n")).startswith("Receipt Profile")

    async def test_a_number_puts_the_marker_on_that_payment_even_behind_a_gap(
        self, receipts: ReceiptSite
    ) -> None:
        number = receipts.check_receipt()
        receipts.edits_payment(number, 3, amount=0)
        async with receipts.at_profile(number) as seat:
            await seat.types("4\n")
            assert "Select Payment:  (1-5): 4//" in await seat.types("EP\n")
            await seat.types("^\n")
            assert "THERE IS NO PAYMENT 3 ON RECEIPT E12072200" in await seat.types("3\n")
            await seat.types("\n")
            assert "THERE IS NO PAYMENT 3 ON RECEIPT E12072200" in await seat.types("CP=3\n")
            await seat.types("\n")
            assert "442-K20B119" in await seat.types("EP=2\n")

    async def test_exit_leaves(self, receipts: ReceiptSite) -> None:
        async with receipts.at_profile(receipts.eft_receipt()) as seat:
            await seat.types("EA\n")
            await seat.result()


class TestLease:
    """Who is working on the receipt."""

    async def test_it_is_held_while_the_profile_is_open(self, receipts: ReceiptSite) -> None:
        number = receipts.eft_receipt()
        async with receipts.at_profile(number) as seat:
            assert ("RECEIPT", number) in receipts.leases()
            await seat.types("Q\n")
            await seat.result()
        assert ("RECEIPT", number) not in receipts.leases()

    async def test_it_is_given_back_when_everything_is_left(self, receipts: ReceiptSite) -> None:
        number = receipts.eft_receipt()
        async with receipts.at_profile(number) as seat:
            await seat.types("^^\n")
            with pytest.raises(LeaveAll):
                await seat.result()
        assert ("RECEIPT", number) not in receipts.leases()

    async def test_a_second_clerk_reads_only_and_is_told_who(self, receipts: ReceiptSite) -> None:
        number, other = receipts.eft_receipt(), receipts.colleague()
        async with receipts.at_profile(number), receipts.at_profile(number, other.actor) as seat:
            held = "DEMOCLERK,ONE since 14:37, until 14:40 unless renewed"
            assert f"Another user is editing the receipt. ({held})" in seat.screen.replace("\n", " ")
            screen = await seat.types("\n")
            for action in ("NP (New Payment)", "EP (Edit Payment)", "PR (Process Receipt)"):
                assert action in screen
            assert "Another user is editing the receipt. (DEMOCLERK,ONE" in await seat.types("PR\n")
            await seat.types("Q\n")
            await seat.result()
            assert ("RECEIPT", number) in receipts.leases()
        async with receipts.at_profile(number, other.actor) as seat:
            assert "NP New Payment" in seat.screen

    async def test_a_reviewer_reads_only(self, receipts: ReceiptSite) -> None:
        number = receipts.eft_receipt()
        async with receipts.at_profile(number, receipts.reviewer()) as seat:
            assert "LOCKBOX CLERK IS MISSING" in seat.screen
            assert "PR (Process Receipt)" in await seat.types("\n")
        assert ("RECEIPT", number) not in receipts.leases()

    @pytest.mark.parametrize("keys", ["EP=2\n\n50\n\n\n", "CP=2\nWRONG\nY\n", "NP\n\n5\n\n\n", "PR\n"])
    async def test_newer_work_is_not_overwritten_after_a_lost_lease(
        self, receipts: ReceiptSite, keys: str
    ) -> None:
        number, other = receipts.eft_receipt(), receipts.colleague()
        async with receipts.at_profile(number) as seat:
            if keys == "PR\n":
                await seat.types(keys)
                keys = "Y\n"
            self._lose_the_lease(receipts)
            other.edits_payment(number, 2, amount="60.00")
            other.adds_payment(number, "", "4.00")
            self._lose_the_lease(receipts)
            screen = await seat.types(keys)
            assert "SOMEBODY ELSE HAS CHANGED THIS RECEIPT SINCE YOU OPENED IT; OPEN IT AGAIN" in screen
            await seat.types("\n")
            assert " 60.00      0.00" in seat.screen
        assert receipts.status_of(number) == "OPEN"

    @staticmethod
    def _lose_the_lease(receipts: ReceiptSite) -> None:
        with receipts.store.writing() as session:
            session.execute(delete(Lease))


class TestReceiptProcessing:
    """Select RECEIPT."""

    async def test_by_number_by_start_and_again(self, receipts: ReceiptSite) -> None:
        number = receipts.eft_receipt()
        async with receipts.at_processing() as seat:
            assert seat.screen.strip() == "Select RECEIPT:"
            assert "Type ?? to see all." in await seat.types("?\n")
            assert f"   Choose from:\n   {number}" in await seat.types("??\n")
            assert seat.prompt == "Select RECEIPT:"
            screen = await seat.types("e1207\n")
            assert f"{number}   07/22/12  EDI LOCKBOX               176.08  OPEN" in screen
            assert "E12072200   07/22/12  EDI LOCKBOX               176.08  CLOSED" in screen
            assert f"   Receipt #: {number}" in await seat.types("1\n")
            assert "Select RECEIPT:" in await seat.types("EA\n")
            assert "   Receipt #: E12072200" in await seat.types("E12072200\n")
            await seat.types("EA\n")
            assert "   Receipt #: E12072200" in await seat.types(" \n")
            await seat.types("EA\n")
            assert "Nothing found for X." in await seat.types("X\n")
            assert "or the start of it: E1207 lists those of July" in await seat.types("?\n")
            await seat.types("\n")
            await seat.result()

    async def test_an_exact_number_wins_over_longer_ones(self, receipts: ReceiptSite) -> None:
        number = receipts.eft_receipt()
        with receipts.store.writing() as session:
            session.scalars(select(Receipt).where(Receipt.number == number)).one().number = "E120722000"
        async with receipts.at_processing() as seat:
            assert "   Receipt #: E12072200 " in await seat.types("E12072200\n")

    async def test_a_caret_leaves(self, receipts: ReceiptSite) -> None:
        async with receipts.at_processing() as seat:
            await seat.types("^\n")
            await seat.result()
