"""Process Receipt: the dialogue, its refusals, and what is said when the store fails."""

import pytest
from sqlalchemy import select, update

from models.bills import Bill
from models.efts import Eft
from models.finance import FinanceDocument
from models.receipts import DepositTicket, Receipt, ReceiptLine
from models.words.bills import BillStatus
from models.words.finance import DocumentStatus
from services.books.journal_file import JOURNAL_FILE
from services.receipts.tickets import find_ticket, open_ticket
from tests import given, ledger
from tests.screens.conftest import Golden
from tests.screens.failing_store import failing_commit
from tests.screens.list_manager.clerk import Clerk
from tests.screens.receipts.receipt_site import ReceiptSite
from tests.stores import FixedClock

SURE = "  Are you sure you want to PROCESS this receipt? NO//"


async def refused(seat: Clerk[None], receipts: ReceiptSite, keys: str, *sentences: str) -> None:
    """Types what is refused: the sentences are said, the last stands in the bar, and nothing is posted."""
    before = ledger.contents(receipts.store)
    screen = await seat.types(keys)
    for sentence in sentences:
        assert sentence in screen, screen
    assert "Press RETURN to continue:" in screen
    screen = await seat.types("\n")
    assert f"         {sentences[-1]}\n" in screen
    assert ledger.differing(before, ledger.contents(receipts.store)) == {}


class TestDialogue:
    """What is asked and said when all is well."""

    async def test_a_check_with_a_ticket(self, receipts: ReceiptSite, golden: Golden) -> None:
        number = receipts.check_receipt()
        async with receipts.at_profile(number) as seat:
            screen = await seat.types("PR\n")
            assert "Package and generate the cash receipt document to FMS.  Any decrease" in screen
            assert "ARE YOU SURE YOU WANT TO CONTINUE?: YES//" in screen
            screen = await seat.types("\n")
            assert "Checking payment amounts versus billed amounts ...  payments okay." in screen
            assert "BANK DEPOSIT DATE: JUL 22,2012//" in screen
            assert SURE in await seat.types("T-2\n")
            assert receipts.status_of(number) == "OPEN"
            golden("process_receipt", await seat.types("YES\n"))
            screen = await seat.types("\n")
            assert "         Receipt processed on JUL 22, 2012@14:37:06" in screen
            assert "PR Process Receipt" in screen and "NP (New Payment)" in screen
        assert receipts.status_of(number) == "CLOSED"
        assert [receipts.balance(bill) for bill in ("K20A3F7", "K20B119", "K20B120")] == [0, 0, 0]
        with receipts.store.reading() as session:
            assert session.scalars(select(DepositTicket)).one().date.isoformat() == "2012-07-20"
        assert "(CR-442K000001) receipt E12072200" in (receipts.folder / JOURNAL_FILE).read_text()
        ledger.assert_clean(receipts.store)

    async def test_an_eft(self, receipts: ReceiptSite, golden: Golden) -> None:
        number = receipts.eft_receipt()
        async with receipts.at_profile(number) as seat:
            screen = await seat.types("PR\n")
            assert "Package and generate the transfer receipt document to FMS." in screen
            assert "BANK DEPOSIT DATE" not in screen and SURE in screen
            golden("process_receipt_eft", await seat.types("Y\n"))
            await seat.types("^\n")
            assert "FMS Document: TR-442K000002" in seat.screen
        ledger.assert_clean(receipts.store)

    async def test_a_check_without_ticket_is_not_sent(self, receipts: ReceiptSite) -> None:
        number = receipts.check_receipt(None)
        async with receipts.at_profile(number) as seat:
            await seat.types("PR\n")
            screen = await seat.types("\n")
            assert "without one, no CR document will be sent to FMS." in screen
            assert screen.rstrip().endswith("Select AR DEPOSIT TICKET #:")
            assert SURE in await seat.types("\n")
            screen = await seat.types("YES\n")
            assert "Receipt does not have a deposit ticket and will NOT be sent to FMS." in screen
            await seat.types("\n")
            assert "FMS Document: NOTSENT                   FMS Doc Status:\n" in seat.screen
        ledger.assert_clean(receipts.store)

    async def test_a_check_gets_its_ticket_at_the_last_moment(self, receipts: ReceiptSite) -> None:
        number = receipts.check_receipt(None)
        async with receipts.at_profile(number) as seat:
            await seat.types("PR\n")
            await seat.types("\n")
            await seat.types("A123456\n")
            assert "BANK DEPOSIT DATE: JUL 22,2012//" in await seat.types("YES\n")
            assert "not after JUL 22," in await seat.types("T+1\n")
            await seat.types("\n")
            assert "Done. FMS document number CR-442K000001" in await seat.types("YES\n")
            await seat.types("\n")
            assert "   Deposit #: A123456" in seat.screen
        ledger.assert_clean(receipts.store)

    async def test_a_ticket_of_another_day_offers_its_date(
        self, receipts: ReceiptSite, clock: FixedClock
    ) -> None:
        with receipts.store.writing() as session:
            open_ticket(session, receipts.actor, "A123456")
        clock.forward(days=2)
        number = receipts.check_receipt(None)
        async with receipts.at_profile(number) as seat:
            await seat.types("PR\n\n")
            assert "BANK DEPOSIT DATE: JUL 22,2012//" in await seat.types("A\n")

    async def test_a_receipt_of_nothing_is_only_closed(self, receipts: ReceiptSite) -> None:
        given.bills(receipts.store, receipts.actor, {"K1": 100})
        era = given.era(receipts.store, receipts.actor, trace="T0", claims=[("K1", 100, 0)], method="NON")
        receipts.opens(era, match_0=True)
        number = receipts.creates_receipt(era)
        with receipts.store.writing() as session:
            session.delete(session.get_one(ReceiptLine, (1, 1)))
        async with receipts.at_profile(number) as seat:
            screen = await seat.types("PR\n")
            assert "WARNING: This receipt has no payments.  Processing will only close it." in screen
            screen = await seat.types("YES\n")
            assert "Receipt has no amount and will NOT be sent to FMS." in screen
        assert receipts.status_of(number) == "CLOSED"

    async def test_all_keys_at_once(self, receipts: ReceiptSite) -> None:
        number = receipts.check_receipt()
        async with receipts.at_profile(number) as seat:
            seat.keys.feed("PR\nYES\n\nYES\n\nEA\n")
            await seat.result()
        assert receipts.status_of(number) == "CLOSED"
        ledger.assert_clean(receipts.store)

    @pytest.mark.parametrize(
        "keys", ["PR\nNO\n", "PR\n^\n", "PR\n\n^\n", "PR\n\n\n^\n", "PR\n\n\n\n", "PR\n\n\nNO\n"]
    )
    async def test_no_and_a_caret_post_nothing(self, receipts: ReceiptSite, keys: str) -> None:
        number = receipts.check_receipt()
        async with receipts.at_profile(number) as seat:
            before = ledger.contents(receipts.store)
            screen = await seat.types(keys)
            assert "Select Action:" in screen
            assert ("         Receipt NOT processed" in screen) == ("^" not in keys)
            assert ledger.differing(before, ledger.contents(receipts.store)) == {}


class TestGates:
    """Each refusal is said, stands in the bar, and posts nothing."""

    async def test_1_the_eras_total(self, receipts: ReceiptSite) -> None:
        number = receipts.check_receipt()
        receipts.edits_payment(number, 5, amount="19.59")
        async with receipts.at_profile(number) as seat:
            await refused(
                seat,
                receipts,
                "PR\n",
                "ERA TOTAL: 1412.35   RECEIPT TOTAL: 1412.34",
                "Receipt total not = ERA total - Receipt NOT processed",
            )

    async def test_2_the_deposits_checksum(self, receipts: ReceiptSite) -> None:
        number = receipts.eft_receipt()
        with receipts.store.writing() as session:
            session.execute(update(Eft).values(trace="OTHER"))
        async with receipts.at_profile(number) as seat:
            await refused(
                seat, receipts, "PR\n", "EDI LOCKBOX exception still exists - Receipt NOT processed"
            )

    async def test_3_the_efts_amount(self, receipts: ReceiptSite) -> None:
        number = receipts.eft_receipt()
        receipts.adds_payment(number, "", "0.01")
        async with receipts.at_profile(number) as seat:
            await refused(
                seat,
                receipts,
                "PR\n",
                "EFT AMOUNT: 176.08   RECEIPT TOTAL: 176.09",
                "EDI LOCKBOX total of receipt not = EFT - Receipt NOT processed",
            )

    @pytest.mark.parametrize("by_eft", [False, True])
    async def test_what_the_option_does_stands_before_a_refusal(
        self, receipts: ReceiptSite, golden: Golden, *, by_eft: bool
    ) -> None:
        number = receipts.eft_receipt() if by_eft else receipts.check_receipt()
        receipts.adds_payment(number, "", "0.01")
        async with receipts.at_profile(number) as seat:
            screen = await seat.types("PR\n")
        golden("process_receipt_refused_eft" if by_eft else "process_receipt_refused", screen)

    async def test_4_the_deposits_document(self, receipts: ReceiptSite) -> None:
        number = receipts.eft_receipt()
        with receipts.store.writing() as session:
            session.execute(update(FinanceDocument).values(status=DocumentStatus.TRANSMITTED))
        async with receipts.at_profile(number) as seat:
            await refused(
                seat,
                receipts,
                "PR\n",
                "THE EFT'S DEPOSIT RECEIPT STATUS IS: TRANSMITTED",
                "EDI LOCKBOX EFT not yet posted",
            )

    async def test_5_an_eft_with_a_deposit(self, receipts: ReceiptSite) -> None:
        number = receipts.eft_receipt()
        with receipts.store.writing() as session:
            ticket = find_ticket(session, open_ticket(session, receipts.actor, "A123456"))
            assert ticket is not None
            session.scalars(
                select(Receipt).where(Receipt.number == number)
            ).one().deposit_ticket_id = ticket.id
        async with receipts.at_profile(number) as seat:
            question = "DO YOU WANT TO DELETE THIS RECEIPT'S DEPOSIT REFERENCE NOW?: NO//"
            assert question in await seat.types("PR\n")
            await refused(
                seat,
                receipts,
                "\n",
                "EDI LBOX ERA receipt cannot have a deposit - Receipt NOT processed",
            )
            await seat.types("PR\nYES\n")
            assert "Done. FMS document number TR-442K000002" in await seat.types("YES\n")

    async def test_7_a_closed_bill_is_not_decreased(self, receipts: ReceiptSite) -> None:
        number = receipts.check_receipt()
        with receipts.store.writing() as session:
            session.execute(
                update(Bill).where(Bill.number == "K20A3F7").values(status=BillStatus.COLLECTED_CLOSED)
            )
        async with receipts.at_profile(number) as seat:
            await refused(
                seat,
                receipts,
                "PR\n",
                "Could not perform automatic decrease adj on K20A3F7",
                "WARNING:  Receipt cannot be processed.",
            )

    async def test_9_a_receipt_processed_meanwhile(self, receipts: ReceiptSite) -> None:
        number = receipts.eft_receipt()
        receipts.processes(number)
        async with receipts.at_profile(number) as seat:
            screen = await seat.types("PR\n")
            assert "You cannot reprocess and retransmit an ACCEPTED document." in screen
            assert "Processed by DEMOCLERK,ONE on JUL 22, 2012@14:37:06" in screen

    async def test_gates_that_shut_while_the_clerk_answers(self, receipts: ReceiptSite) -> None:
        number = receipts.check_receipt()
        async with receipts.at_profile(number) as seat:
            await seat.types("PR\n\n\n")
            receipts.adjusts(receipts.bill_id("K20B119"), 50)
            await refused(
                seat,
                receipts,
                "YES\n",
                "WARNING: Trans# 2. Pending Payments $ 100.00 exceed billed amount $ 50.00",
                "Adjust payments listed above before processing.",
            )
        assert receipts.status_of(number) == "OPEN"


class TestWhenTheStoreFails:
    """The act is looked up before anything is said."""

    async def test_a_lost_answer_to_commit_is_found_to_be_done(self, receipts: ReceiptSite) -> None:
        number = receipts.eft_receipt()
        async with receipts.at_profile(number) as seat:
            await seat.types("PR\n")
            with failing_commit(receipts.store, done=True):
                screen = await seat.types("YES\n")
            assert f"RECEIPT {number} already done by DEMOCLERK,ONE at 2012-07-22 14:37:06 UTC" in screen
            assert "Done. FMS document number TR-442K000002" in screen
        assert receipts.status_of(number) == "CLOSED"
        ledger.assert_clean(receipts.store)

    async def test_a_lost_commit_posts_nothing_and_may_be_tried_again(self, receipts: ReceiptSite) -> None:
        number = receipts.eft_receipt()
        async with receipts.at_profile(number) as seat:
            await seat.types("PR\n")
            before = ledger.contents(receipts.store)
            with failing_commit(receipts.store, done=False):
                screen = await seat.types("YES\n")
            assert "The disk of the store gave an error." in screen and "Done." not in screen
            assert ledger.differing(before, ledger.contents(receipts.store)) == {}
            await seat.types("\n")
            await seat.types("PR\n")
            assert "Done. FMS document number TR-442K000002" in await seat.types("YES\n")
        ledger.assert_clean(receipts.store)

    async def test_a_store_that_fails_for_good_leaves_it_open(self, receipts: ReceiptSite) -> None:
        number = receipts.eft_receipt()
        async with receipts.at_profile(number) as seat:
            await seat.types("PR\n")
            with failing_commit(receipts.store, done=True, gone=True):
                seat.keys.feed("YES\n")
                await seat.until(f"IT IS NOT KNOWN WHETHER RECEIPT {number} WAS PROCESSED.")
                assert "The disk of the store gave an error." in seat.screen
                assert "Done." not in seat.screen
        assert receipts.status_of(number) == "CLOSED"

    async def test_a_journal_that_cannot_be_written_does_not_undo_the_posting(
        self, receipts: ReceiptSite
    ) -> None:
        number = receipts.eft_receipt()
        (receipts.folder / JOURNAL_FILE).mkdir()
        async with receipts.at_profile(number) as seat:
            await seat.types("PR\n")
            screen = await seat.types("YES\n")
            assert "cannot be written" in screen
            assert "The receipt is posted all the same." in screen
        assert receipts.status_of(number) == "CLOSED"
        ledger.assert_clean(receipts.store)

    async def test_a_receipt_whose_creation_was_not_answered_is_found(self, receipts: ReceiptSite) -> None:
        era, created = receipts.eft_pad(), list[bool]()
        async with receipts.at_preview(era, created) as seat:
            await seat.types("C\n")
            with failing_commit(receipts.store, done=True):
                assert "RECEIPT E12072201 HAS BEEN CREATED FOR THIS ERA" in await seat.types("YES\n")
            await seat.types("NO\n")
            await seat.result()
        assert created == [True]

    async def test_a_receipt_that_was_not_created_is_said_not_to_be(self, receipts: ReceiptSite) -> None:
        era = receipts.eft_pad()
        async with receipts.at_preview(era) as seat:
            await seat.types("C\n")
            with failing_commit(receipts.store, done=False):
                screen = await seat.types("YES\n")
            assert "A PROBLEM WAS ENCOUNTERED ADDING THE RECEIPT - NO RECEIPT ADDED" in screen
            await seat.types("\n")
            await seat.types("C\n")
            assert "RECEIPT E12072201 HAS BEEN CREATED" in await seat.types("YES\n")

    async def test_whether_a_receipt_was_created_may_stay_unknown(self, receipts: ReceiptSite) -> None:
        era = receipts.eft_pad()
        async with receipts.at_preview(era) as seat:
            await seat.types("C\n")
            with failing_commit(receipts.store, done=True, gone=True):
                seat.keys.feed("YES\n")
                await seat.until(f"IT IS NOT KNOWN WHETHER ERA {era} HAS A RECEIPT NOW.")
                assert "NO RECEIPT ADDED" not in seat.screen


async def test_a_reversal_that_no_bill_bears_may_raise_its_own(receipts: ReceiptSite) -> None:
    site, actor = receipts.store, receipts.actor
    given.bills(site, actor, {"K1": 210, "K2": 130})
    before = given.matched_era(site, actor, trace="T1", claims=[("K1", 210, 160)], eft_amount=160)
    receipts.opens(before)
    receipts.processes(receipts.creates_receipt(before))
    era = given.matched_era(
        site,
        actor,
        trace="T2",
        claims=[given.taken_back("K1", 210, 160), given.Claim("K2", 130, 100)],
        plbs=[("WO", "ICN1", -160)],
        eft_amount=100,
    )
    receipts.opens(era)
    receipts.distributes(era, (2, 1), (1, 1), 160)
    number = receipts.creates_receipt(era)
    async with receipts.at_profile(number) as seat:
        assert SURE in await seat.types("PR\n")
        screen = await seat.types("Y\nYES\nYES\n")
        assert "THE PAYER REVERSED ITS PAYMENT OF 442-K1: 160.00. NO BILL BEARS IT YET." in screen
        assert "Enter K1 if so, or NO." in screen
        assert screen.rstrip().endswith("RE-ESTABLISH BILL 442-K1?: NO//")
        screen = await seat.types("442-K1\n")
        assert "EDI Lbox Worklist reversal re-established 442-K1: 160.00" in screen
        await seat.types("\n")
    assert receipts.balance("K1") == 210
    ledger.assert_clean(site)
