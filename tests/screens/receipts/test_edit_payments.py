"""New, Edit and Cancel Payment, and a refused receipt mended by them."""

import pytest

from tests import ledger
from tests.screens.conftest import Golden
from tests.screens.receipts.receipt_site import ReceiptSite


def flat(screen: str) -> str:
    """The screen's words in one line, wherever they are broken."""
    return " ".join(screen.split())


class TestNewPayment:
    """NP."""

    async def test_a_payment_of_a_bill(self, receipts: ReceiptSite, golden: Golden) -> None:
        number = receipts.check_receipt()
        async with receipts.at_profile(number) as seat:
            assert "RECEIPT E12072200   TOTAL: 1412.35" in await seat.types("NP\n")
            screen = await seat.types("442-k20a944\n")
            assert "   442-K20A944   ACTIVE   BALANCE: 19.47" in screen
            assert "PAYMENT AMOUNT:" in screen
            assert "DATE OF PAYMENT: JUL 22, 2012//" in await seat.types("9.47\n")
            await seat.types("T-3\n")
            golden("new_payment", seat.screen)
            screen = await seat.types("PAID AT THE DESK\n")
            assert "6     442-K20A944                 07/19/12  OD                   9.47      0.00" in screen
            assert "         Payment 6 of 9.47 added" in screen
        ledger.assert_clean(receipts.store)

    async def test_two_question_marks_list_the_bills_of_the_payer(self, receipts: ReceiptSite) -> None:
        number = receipts.check_receipt()
        async with receipts.at_profile(number) as seat:
            await seat.types("NP\n")
            screen = await seat.types("??\n")
            assert (
                "ACCOUNT (BILL NUMBER): ??\n"
                "   Choose from:\n"
                "   K20A3F7              DEMOVET,ALPHA            ACTIVE                 905.00\n"
            ) in screen
            assert (
                "   K20B120              DEMOVET,ALPHA            ACTIVE                 400.00\n"
                "\nACCOUNT (BILL NUMBER):"
            ) in screen
            assert "PAYMENT AMOUNT:" in await seat.types("K20B120\n")

    async def test_without_account_it_stands_in_suspense(self, receipts: ReceiptSite) -> None:
        number = receipts.check_receipt()
        async with receipts.at_profile(number) as seat:
            await seat.types("NP\n")
            assert "NO ACCOUNT: THE PAYMENT WILL STAND IN SUSPENSE" in await seat.types("\n")
            screen = await seat.types("1.00\n\n\n")
            assert "6     [ suspenseE120722000006 ]   07/22/12  OD                   1.00" in screen

    async def test_wrong_answers_are_asked_again(self, receipts: ReceiptSite) -> None:
        receipts.bill_not_yet("K30NEW")
        number = receipts.check_receipt()
        async with receipts.at_profile(number) as seat:
            await seat.types("NP\n")
            assert "THERE IS NO BILL K99" in await seat.types("K99\n")
            assert "CLAIM IS IN AN INCOMPLETE STATUS" in await seat.types("K30NEW\n")
            await seat.types("K20A944\n")
            assert "Type an amount between 0.01" in await seat.types("0\n")
            assert "Type an amount between 0.01" in await seat.types("-5\n")
            assert "Type an amount between 0.01" in await seat.types("1.005\n")
            await seat.types("5\n")
            assert "from JUN 21, 2012 to JUL 22, 2012." in flat(await seat.types("T+1\n"))
            assert "from JUN 21, 2012 to JUL 22, 2012." in flat(await seat.types("T-32\n"))

    @pytest.mark.parametrize("keys", ["^\n", "K20A944\n^\n", "K20A944\n5\n^\n", "K20A944\n5\n\n^\n"])
    async def test_a_caret_changes_nothing(self, receipts: ReceiptSite, keys: str) -> None:
        number = receipts.check_receipt()
        async with receipts.at_profile(number) as seat:
            before = ledger.contents(receipts.store)
            screen = await seat.types("NP\n" + keys)
            assert "Select Action:" in screen
            assert ledger.differing(before, ledger.contents(receipts.store)) == {}


class TestEditPayment:
    """EP."""

    async def test_the_line_is_echoed_before_the_first_question(
        self, receipts: ReceiptSite, golden: Golden
    ) -> None:
        number = receipts.check_receipt()
        async with receipts.at_profile(number) as seat:
            assert "Select Payment:  (1-5):" in await seat.types("EP\n")
            screen = await seat.types("3\n")
            assert "  3   442-K20B120                 07/22/12         400.00" in screen
            assert "ACCOUNT (BILL NUMBER): K20B120//" in screen
            await seat.types("\n")
            await seat.types("300\n")
            await seat.types("\n")
            golden("edit_payment", seat.screen)
            screen = await seat.types("SEE CHECK STUB\n")
            assert "3     442-K20B120                 07/22/12  OD       OD        300.00      0.00" in screen
            assert "6   **442-K20B120                 07/22/12  OD       OD          0.00      0.00" in screen
            assert "         Payment 3 edited" in screen

    async def test_the_account_with_a_pending_decrease_is_not_asked(self, receipts: ReceiptSite) -> None:
        number = receipts.check_receipt()
        async with receipts.at_profile(number) as seat:
            screen = await seat.types("EP=1\n")
            assert "THE ACCOUNT CANNOT BE EDITED: A DECREASE ADJUSTMENT IS PENDING ON IT" in screen
            assert screen.rstrip().endswith("PAYMENT AMOUNT: 886.50//")

    async def test_a_payment_in_suspense_gets_its_bill_and_gives_it_back(self, receipts: ReceiptSite) -> None:
        number = receipts.check_receipt()
        async with receipts.at_profile(number) as seat:
            screen = await seat.types("EP=5\nK20A944\n\n\n\n")
            assert "5     442-K20A944                 07/22/12  OD       OD         19.60" in screen
            screen = await seat.types("EP=5\n@\n\n\n\n")
            assert "5     [ suspenseE120722000005 ]   07/22/12  OD       OD         19.60" in screen

    async def test_nothing_typed_changes_nothing(self, receipts: ReceiptSite) -> None:
        number = receipts.check_receipt()
        async with receipts.at_profile(number) as seat:
            before = ledger.contents(receipts.store)
            assert "         Nothing was changed" in await seat.types("EP=3\n\n\n\n\n")
            assert ledger.differing(before, ledger.contents(receipts.store)) == {}

    async def test_a_worklist_payment_set_to_0_is_taken_off_after_a_yes(self, receipts: ReceiptSite) -> None:
        number = receipts.check_receipt()
        async with receipts.at_profile(number) as seat:
            screen = await seat.types("EP=2\n\n0\n")
            assert "A PAYMENT OF THE WORKLIST THAT IS SET TO 0 IS TAKEN OFF THE RECEIPT" in screen
            assert "442-K20B119                 07/22/12" in await seat.types("\n")
            screen = await seat.types("EP=2\n\n0\nYES\n")
            assert "442-K20B119" not in screen
            assert "TOTAL DOLLARS FOR RECEIPT                               1312.35" in screen

    async def test_a_cancelled_payment_is_not_edited(self, receipts: ReceiptSite) -> None:
        number = receipts.check_receipt()
        receipts.cancels_payment(number, 5, "NOT OURS")
        async with receipts.at_profile(number) as seat:
            assert "Payment Transaction 5 is CANCELLED." in await seat.types("EP=5\n")

    async def test_a_number_that_is_none(self, receipts: ReceiptSite) -> None:
        async with receipts.at_profile(receipts.check_receipt()) as seat:
            assert ">>> Selection '9' is not a valid choice." in await seat.types("EP=9\n")


class TestCancelPayment:
    """CP."""

    async def test_it_needs_a_comment_and_a_yes(self, receipts: ReceiptSite) -> None:
        number = receipts.check_receipt()
        async with receipts.at_profile(number) as seat:
            screen = await seat.types("CP=5\n")
            assert "  5   [ suspenseE120722000005 ]   07/22/12          19.60" in screen
            assert "This is a required response." in await seat.types("\n")
            assert "ARE YOU SURE YOU WANT TO CANCEL THIS PAYMENT?: NO//" in await seat.types("NOT OURS\n")
            assert (
                "5     [ suspenseE120722000005 ]   07/22/12  OD                  19.60"
                in await seat.types("\n")
            )
            screen = await seat.types("CP=5\nNOT OURS\nYES\n")
            assert "5   **[ suspenseE120722000005 ]   07/22/12  OD       OD          0.00" in screen
            assert "         Payment 5 cancelled" in screen
            assert "    **indicates payment is CANCELLED" in screen
        ledger.assert_clean(receipts.store)

    @pytest.mark.parametrize("keys", ["^\n", "WRONG\n^\n"])
    async def test_a_caret_changes_nothing(self, receipts: ReceiptSite, keys: str) -> None:
        number = receipts.check_receipt()
        async with receipts.at_profile(number) as seat:
            before = ledger.contents(receipts.store)
            await seat.types("CP=5\n" + keys)
            assert ledger.differing(before, ledger.contents(receipts.store)) == {}


class TestMending:
    """A receipt that was refused for pending payments is mended and then processed."""

    @pytest.mark.parametrize(
        "mending",
        [
            "EP=3\n\n100\n\n\nNP\n\n300\n\n\n",
            "CP=3\nOVERPAID\nY\nNP\nK20B120\n100\n\n\nNP\n\n300\n\n\n",
            "EP=3\n@\n\n\n\n",
        ],
    )
    async def test_it_goes_through_after_the_overpayment_stands_in_suspense(
        self, receipts: ReceiptSite, mending: str
    ) -> None:
        number = receipts.check_receipt()
        receipts.check_receipt_of_other_claim("K20B120", "300.00")
        async with receipts.at_profile(number) as seat:
            screen = await seat.types("PR\n\n")
            assert "*WARNING: Trans# 3. Pending Payments $ 700.00 exceed billed amount $ 400.00" in screen
            assert "NOTE: * Indicates more than one pending payment entered against this bill." in screen
            assert "Adjust payments listed above before processing." in screen
            assert "         Adjust payments listed above before processing." in await seat.types("\n")
            assert receipts.status_of(number) == "OPEN"
            await seat.types(mending)
            screen = await seat.types("PR\n\n\n")
            assert "payments okay." in screen
            assert "Updating AR accounts... Done." in await seat.types("YES\n")
        assert receipts.status_of(number) == "CLOSED"
        assert receipts.balance("K20A3F7") == 0
        ledger.assert_clean(receipts.store)
