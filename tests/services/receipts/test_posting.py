"""Process Receipt: what it posts, and every gate that keeps a receipt from being posted (behaviour 1.13, 3.10)."""

import datetime
from decimal import Decimal

import pytest
from sqlalchemy import select, update

from models.bills import Bill
from models.efts import Eft
from models.eras import Era
from models.finance import FinanceDocument
from models.receipts import DepositTicket, Receipt, ReceiptLine
from models.store import Store
from models.words.bills import BillStatus
from models.words.finance import DocumentStatus
from models.words.remittances import PostStatus
from services.office import leases
from services.office.actor import Actor, sign_on
from services.receipts.gates import Step
from services.receipts.processing import EDITING
from tests import given, ledger
from tests.clerk import Clerk
from tests.stores import FixedClock


@pytest.fixture
def taken_back(site: Store, actor: Actor) -> int:
    """K1 of 100 paid 80, 14 of K2 taken back; the EFT of 66 is matched."""
    given.bills(site, actor, {"K1": 100, "K2": 50})
    return given.matched_era(
        site,
        actor,
        trace="T1",
        claims=[("K1", 100, 80), given.taken_back("K2", 50, 14)],
        eft_amount=66,
    )


@pytest.fixture
def ready(clerk: Clerk, taken_back: int) -> str:
    """The receipt of that ERA, its 14 distributed to K1."""
    clerk.opens(taken_back)
    clerk.distributes(taken_back, (2, 1), (1, 1), 14)
    return clerk.creates_receipt(taken_back)


def dec(amount: str) -> Decimal:
    """An amount."""
    return Decimal(amount)


class TestWhatIsPosted:
    def test_an_eft_pays_the_bill_and_the_take_back_decreases_it(
        self, clerk: Clerk, site: Store, taken_back: int, ready: str
    ) -> None:
        with ledger.moving(site, _2110=66, _4150=14, _1200=-80):
            done = clerk.processes(ready)
        assert [str(decrease) for decrease in done.changes] == [
            "  EDI Lbox Worklist automatic dec adjustment made to 442-K1: -14.00"
        ]
        assert (done.document, done.document_status) == ("TR-442K000002", "ACCEPTED BY FMS")
        assert clerk.transactions("K1") == [
            ("ORIGINAL AMOUNT", dec("100.00")),
            ("DECREASE ADJUSTMENT", dec("-14.00")),
            ("PAYMENT (IN PART)", dec("-66.00")),
        ]
        assert clerk.transactions("K2") == [("ORIGINAL AMOUNT", dec("50.00"))]
        assert (clerk.balance("K1"), clerk.balance("K2")) == (dec("20.00"), dec("50.00"))
        with site.reading() as session:
            assert session.get_one(Era, taken_back).post_status is PostStatus.POSTED

    def test_a_bill_paid_to_nothing_is_closed(self, clerk: Clerk, site: Store, actor: Actor) -> None:
        given.bills(site, actor, {"K1": 80})
        era = given.era(site, actor, trace="T1", claims=[("K1", 80, 80)], method="CHK")
        clerk.opens(era, check="0000417")
        clerk.processes(clerk.creates_receipt(era))
        assert clerk.transactions("K1")[-1] == ("PAYMENT (IN FULL)", dec("-80.00"))
        assert (clerk.balance("K1"), clerk.status("K1")) == (dec("0.00"), "COLLECTED/CLOSED")

    @pytest.mark.parametrize("ticket", [None, "A123456"])
    def test_a_check_is_posted_with_or_without_ticket(
        self, clerk: Clerk, site: Store, actor: Actor, ticket: str | None
    ) -> None:
        given.bills(site, actor, {"K1": 100})
        era = given.era(site, actor, trace="T1", claims=[("K1", 100, 80)], method="CHK")
        clerk.opens(era, check="0000417")
        receipt = clerk.creates_receipt(era, ticket)
        assert (Step.TICKET in clerk.previews(receipt).steps) is (ticket is None)
        with ledger.moving(site, _1010=80, _1200=-80):
            done = clerk.processes(receipt)
        assert done.document == (None if ticket is None else "CR-442K000001")

    def test_a_ticket_may_come_at_the_last_moment(self, clerk: Clerk, site: Store, actor: Actor) -> None:
        given.bills(site, actor, {"K1": 100})
        era = given.era(site, actor, trace="T1", claims=[("K1", 100, 80)], method="CHK")
        clerk.opens(era, check="0000417")
        receipt = clerk.creates_receipt(era)
        clerk.processes(receipt, ticket="B000001", deposit_date=datetime.date(2012, 7, 21))
        with site.reading() as session:
            ticket = session.scalars(select(DepositTicket)).one()
            assert (ticket.number, ticket.date) == ("B000001", datetime.date(2012, 7, 21))

    def test_money_of_a_claim_that_is_not_ours_waits_in_suspense(
        self, clerk: Clerk, site: Store, actor: Actor
    ) -> None:
        given.bills(site, actor, {"K1": 100})
        era = given.matched_era(site, actor, trace="T1", claims=[("K1", 100, 100)], eft_amount=100)
        clerk.opens(era)
        clerk.splits(era, (1, 1), ("K1", 60), ("K9", 40))
        receipt = clerk.creates_receipt(era)
        with ledger.moving(site, _2110=100, _1200=-60, _2120=-40):
            clerk.processes(receipt)
        assert clerk.lines(receipt) == [
            ("K1", dec("60.00"), dec("60.00"), ""),
            (None, dec("40.00"), dec("40.00"), f"{receipt}0002"),
        ]

    def test_an_eft_of_more_than_its_era_leaves_the_rest_in_suspense(
        self, clerk: Clerk, site: Store, actor: Actor
    ) -> None:
        given.bills(site, actor, {"K1": 80, "K2": 20})
        era = given.matched_era(
            site,
            actor,
            trace="T1",
            claims=[("K1", 80, 80), ("K2", 20, 20)],
            plbs=[("WO", "REF9", 15)],
            eft_amount=90,
        )
        clerk.opens(era)
        with clerk.refused("AT LEAST ONE LINE ITEM WAS FOUND WITH A NEGATIVE PAYMENT AMOUNT"):
            clerk.creates_receipt(era)
        clerk.distributes(era, (2, 1), (3, 1), 15)
        with ledger.moving(site, _2110=90, _4150=15, _1200=-100, _2120=-5):
            clerk.processes(clerk.creates_receipt(era))

    def test_an_eft_of_less_than_its_era_is_taken_off_a_bill(
        self, clerk: Clerk, site: Store, actor: Actor
    ) -> None:
        given.bills(site, actor, {"K1": 80, "K2": 20})
        era = given.matched_era(
            site, actor, trace="T1", claims=[("K1", 80, 80), ("K2", 20, 20)], eft_amount=95
        )
        clerk.opens(era)
        clerk.distributes(era, (1, 1), (2, 1), 5)
        with ledger.moving(site, _2110=95, _4150=5, _1200=-100):
            clerk.processes(clerk.creates_receipt(era))
        assert (clerk.status("K1"), clerk.status("K2")) == ("COLLECTED/CLOSED", "COLLECTED/CLOSED")

    def test_a_target_distributed_down_to_nothing_is_decreased_all_the_same(
        self, clerk: Clerk, site: Store, actor: Actor
    ) -> None:
        given.bills(site, actor, {"K1": 100, "K2": 50, "K3": 20})
        era = given.matched_era(
            site,
            actor,
            trace="T1",
            claims=[("K1", 100, 40), given.taken_back("K2", 50, 40), ("K3", 20, 20)],
            eft_amount=20,
        )
        clerk.opens(era)
        clerk.distributes(era, (2, 1), (1, 1), 40)
        receipt = clerk.creates_receipt(era)
        assert [line[0] for line in clerk.lines(receipt)] == ["K3"]
        with ledger.moving(site, _2110=20, _4150=40, _1200=-60):
            clerk.processes(receipt)
        assert clerk.balance("K1") == dec("60.00")

    def test_a_remittance_of_nothing_posts_its_distributions(
        self, clerk: Clerk, site: Store, actor: Actor
    ) -> None:
        given.bills(site, actor, {"K1": 100, "K2": 50})
        era = given.era(
            site, actor, trace="T1", claims=[("K1", 100, 40), given.taken_back("K2", 50, 40)], method="CHK"
        )
        clerk.opens(era, match_0=True)
        clerk.distributes(era, (2, 1), (1, 1), 40)
        receipt = clerk.creates_receipt(era)
        assert [line[1] for line in clerk.lines(receipt)] == [dec("0.00"), dec("0.00")]
        with ledger.moving(site, _4150=40, _1200=-40):
            done = clerk.processes(receipt)
        assert done.document is None
        assert clerk.balance("K1") == dec("60.00")
        with site.reading() as session:
            assert session.get_one(Era, era).post_status is PostStatus.POSTED

    def test_charges_from_the_payment_date_on_are_exempted_and_earlier_ones_paid_first(
        self, clerk: Clerk, site: Store, actor: Actor, clock: FixedClock
    ) -> None:
        bill = given.bills(site, actor, {"K1": 100})["K1"]
        clerk.charges(bill, interest=2, admin=3)
        clock.forward(days=1)
        clerk.charges(bill, interest="1.50")
        era = given.era(site, actor, trace="T1", claims=[("K1", 100, 80)], method="CHK")
        clerk.opens(era, check="0000417")
        with ledger.moving(site, _1010=80, _4050="1.50", _1200="-81.50"):
            clerk.processes(clerk.creates_receipt(era))
        assert clerk.transactions("K1")[-2:] == [
            ("EXEMPT INT/ADM. COST", dec("-1.50")),
            ("PAYMENT (IN PART)", dec("-80.00")),
        ]
        assert clerk.balance("K1") == dec("25.00")

    def test_a_second_try_answers_what_the_first_did(self, clerk: Clerk, site: Store, ready: str) -> None:
        clerk.processes(ready)
        with ledger.moving(site):
            again = clerk.processes(ready)
        assert again.document == "TR-442K000002"
        assert str(again.already) == "already done by CLERK at 2012-07-22 14:37:06 UTC"


class TestGates:
    def test_1_a_check_receipt_comes_to_its_era(self, clerk: Clerk, site: Store, actor: Actor) -> None:
        given.bills(site, actor, {"K1": 100})
        era = given.era(site, actor, trace="T1", claims=[("K1", 100, 80)], method="CHK")
        clerk.opens(era, check="0000417")
        receipt = clerk.creates_receipt(era)
        clerk.edits_payment(receipt, 1, amount="79.99")
        with clerk.refused("ERA TOTAL: 80.00   RECEIPT TOTAL: 79.99\nReceipt total not = ERA total"):
            clerk.processes(receipt)
        with clerk.refused("Receipt total not = ERA total - Receipt NOT processed"):
            clerk.previews(receipt)
        clerk.adds_payment(receipt, "", "0.01")
        clerk.processes(receipt)

    def test_2_a_deposit_that_was_changed_posts_nothing(self, clerk: Clerk, site: Store, ready: str) -> None:
        with site.writing() as session:
            session.execute(update(Eft).values(trace="T2"))
        with clerk.refused("EDI LOCKBOX exception still exists - Receipt NOT processed"):
            clerk.processes(ready)

    def test_3_an_eft_receipt_comes_to_its_eft(self, clerk: Clerk, ready: str) -> None:
        clerk.adds_payment(ready, "K2", "0.01")
        with clerk.refused(
            "EFT AMOUNT: 66.00   RECEIPT TOTAL: 66.01\nEDI LOCKBOX total of receipt not = EFT"
        ):
            clerk.processes(ready)

    @pytest.mark.parametrize("status", [each for each in DocumentStatus if each.value[0] != "A"])
    def test_4_the_deposit_is_accepted_by_finance_first(
        self, clerk: Clerk, site: Store, ready: str, status: DocumentStatus
    ) -> None:
        self._answer(site, status)
        with clerk.refused(
            f"THE EFT'S DEPOSIT RECEIPT STATUS IS: {status.value}\nEDI LOCKBOX EFT not yet posted"
        ):
            clerk.processes(ready)
        self._answer(site, DocumentStatus.ACCEPTED)
        clerk.processes(ready)

    def test_5_an_eft_receipt_has_no_deposit(self, clerk: Clerk, site: Store, ready: str) -> None:
        both = "AN EDI LOCKBOX RECEIPT WITH AN EFT CANNOT HAVE A DEPOSIT"
        with clerk.refused(both):
            clerk.processes(ready, ticket="A123456")
        self._give_deposit(site, ready)
        assert Step.DEPOSIT_REFERENCE in clerk.previews(ready).steps
        with clerk.refused(f"{both}\nEDI LBOX ERA receipt cannot have a deposit - Receipt NOT processed"):
            clerk.processes(ready)
        clerk.processes(ready, drop_deposit=True)

    def test_6_nobody_else_edits_the_receipt(self, clerk: Clerk, site: Store, ready: str) -> None:
        with site.writing() as session:
            other = sign_on(session, "clerk")
            leases.take(session, other, "RECEIPT", ready, EDITING)
        with clerk.refused(
            "Another user is editing the receipt. "
            "(you yourself, in another session since 14:37, until 14:40 unless renewed)"
        ):
            clerk.processes(ready)
        with clerk.refused("Another user is editing the receipt."):
            clerk.previews(ready)
        with site.writing() as session:
            leases.give_back_all(session, other)
        clerk.processes(ready)

    def test_7_a_closed_bill_is_not_decreased(self, clerk: Clerk, site: Store, ready: str) -> None:
        clerk.adjusts(self._bill(site, "K1"), 100)
        with clerk.refused("Could not perform automatic decrease adj on K1: IT IS COLLECTED/CLOSED"):
            clerk.processes(ready)

    def test_7_no_decrease_makes_a_bill_negative(self, clerk: Clerk, site: Store, ready: str) -> None:
        clerk.adjusts(self._bill(site, "K1"), 90)
        with clerk.refused("WARNING:  Receipt cannot be processed."):
            clerk.processes(ready)
        with clerk.refused("Decrease of 14.00 would make the balance of K1 negative (balance 10.00)"):
            clerk.previews(ready)

    def test_9_a_processed_receipt_is_not_processed_again(self, clerk: Clerk, ready: str) -> None:
        clerk.processes(ready)
        with clerk.refused(
            "FMS document TR-442K000002: ACCEPTED BY FMS\nProcessed by CLERK on JUL 22, 2012@14:37:06\n"
            "You cannot reprocess and retransmit an ACCEPTED document."
        ):
            clerk.previews(ready)

    def test_10_pending_payments_of_all_open_receipts_fit_the_bill(
        self, clerk: Clerk, site: Store, actor: Actor
    ) -> None:
        """Example 7.9: balance 60, 10 pending elsewhere, 60 here."""
        given.bill(site, actor, "K1", 100, balance=60)
        other = given.era(site, actor, trace="T2", claims=[("K1", 100, 10)], method="CHK")
        clerk.opens(other, check="0000418")
        elsewhere = clerk.creates_receipt(other)
        era = given.matched_era(site, actor, trace="T1", claims=[("K1", 100, 60)], eft_amount=60)
        clerk.opens(era)
        receipt = clerk.creates_receipt(era)
        with clerk.refused(
            "*WARNING: Trans# 1. Pending Payments $ 70.00 exceed billed amount $ 60.00\n"
            "NOTE: * Indicates more than one pending payment entered against this bill.\n"
            "Adjust payments listed above before processing."
        ):
            clerk.processes(receipt)
        assert [str(warning) for warning in clerk.previews(receipt).warnings] == [
            "*WARNING: Trans# 1. Pending Payments $ 70.00 exceed billed amount $ 60.00"
        ]
        clerk.cancels_payment(elsewhere, 1, "comes with another remittance")
        clerk.processes(receipt)
        assert clerk.status("K1") == "COLLECTED/CLOSED"

    def test_10_payments_are_judged_after_the_receipts_own_decreases(
        self, clerk: Clerk, site: Store, ready: str
    ) -> None:
        bill = self._bill(site, "K1")
        clerk.adjusts(bill, "20.01")
        with clerk.refused("WARNING: Trans# 1. Pending Payments $ 66.00 exceed billed amount $ 65.99"):
            clerk.processes(ready)
        clerk.adjusts(bill, "0.01", increase=True)
        clerk.processes(ready)
        assert clerk.status("K1") == "COLLECTED/CLOSED"

    @pytest.mark.parametrize(
        "status", [status for status in BillStatus if status not in (BillStatus.ACTIVE, BillStatus.OPEN)]
    )
    def test_10_a_bill_that_is_not_active_counts_as_nothing_billed(
        self, clerk: Clerk, site: Store, actor: Actor, status: BillStatus
    ) -> None:
        given.bills(site, actor, {"K1": 100})
        era = given.matched_era(site, actor, trace="T1", claims=[("K1", 100, 60)], eft_amount=60)
        clerk.opens(era)
        receipt = clerk.creates_receipt(era)
        with site.writing() as session:
            session.execute(update(Bill).values(status=status))
        with clerk.refused("Pending Payments $ 60.00 exceed billed amount $ 0.00"):
            clerk.processes(receipt)

    def test_12_a_deposit_is_not_of_tomorrow(self, clerk: Clerk, site: Store, actor: Actor) -> None:
        given.bills(site, actor, {"K1": 100})
        era = given.era(site, actor, trace="T1", claims=[("K1", 100, 80)], method="CHK")
        clerk.opens(era, check="0000417")
        receipt = clerk.creates_receipt(era, "A123456")
        with clerk.refused("BANK DEPOSIT DATE MAY NOT BE IN THE FUTURE"):
            clerk.processes(receipt, deposit_date=datetime.date(2012, 7, 23))

    def test_they_stand_in_their_order(self, clerk: Clerk, site: Store, ready: str) -> None:
        """All that can be wrong with an EFT's receipt at once, mended one after the other."""
        with site.writing() as session:
            other = sign_on(session, "clerk")
            leases.take(session, other, "RECEIPT", ready, EDITING)
            session.execute(update(Eft).values(trace="T2"))
            session.execute(update(Bill).where(Bill.number == "K1").values(status=BillStatus.SUSPENDED))
        self._answer(site, DocumentStatus.TRANSMITTED)
        self._give_deposit(site, ready)
        self._set_line(site, ready, "70.00")
        with clerk.refused("EDI LOCKBOX exception still exists"):
            clerk.processes(ready)
        with site.writing() as session:
            session.execute(update(Eft).values(trace="T1"))
        with clerk.refused("EDI LOCKBOX total of receipt not = EFT"):
            clerk.processes(ready)
        self._set_line(site, ready, "66.00")
        with clerk.refused("EDI LOCKBOX EFT not yet posted"):
            clerk.processes(ready)
        self._answer(site, DocumentStatus.ACCEPTED)
        with clerk.refused("EDI LBOX ERA receipt cannot have a deposit"):
            clerk.processes(ready)
        with clerk.refused("Another user is editing the receipt."):
            clerk.processes(ready, drop_deposit=True)
        with site.writing() as session:
            leases.give_back_all(session, other)
        with clerk.refused("Could not perform automatic decrease adj"):
            clerk.processes(ready, drop_deposit=True)
        with site.writing() as session:
            session.execute(update(Bill).values(status=BillStatus.ACTIVE))
        clerk.adjusts(self._bill(site, "K1"), 80)
        with clerk.refused("Pending Payments $ 66.00 exceed billed amount $ 6.00"):
            clerk.processes(ready, drop_deposit=True)
        clerk.adjusts(self._bill(site, "K1"), 80, increase=True)
        clerk.processes(ready, drop_deposit=True)
        ledger.assert_clean(site)

    @staticmethod
    def _bill(site: Store, number: str) -> int:
        with site.reading() as session:
            return session.scalars(select(Bill.id).where(Bill.number == number)).one()

    @staticmethod
    def _answer(site: Store, status: DocumentStatus) -> None:
        with site.writing() as session:
            session.execute(update(FinanceDocument).values(status=status))

    @staticmethod
    def _give_deposit(site: Store, receipt: str) -> None:
        with site.writing() as session:
            ticket = session.scalars(select(DepositTicket.id)).first()
            session.execute(update(Receipt).where(Receipt.number == receipt).values(deposit_ticket_id=ticket))

    @staticmethod
    def _set_line(site: Store, receipt: str, amount: str) -> None:
        with site.writing() as session:
            found = session.scalars(select(Receipt.id).where(Receipt.number == receipt)).one()
            session.execute(
                update(ReceiptLine).where(ReceiptLine.receipt_id == found).values(amount=Decimal(amount))
            )
