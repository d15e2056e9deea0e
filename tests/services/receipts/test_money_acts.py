"""Every act of the table of the books moves just the accounts that stand there, and leaves them proven (DESIGN 2.4)."""

import datetime
import re
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.audit import AuditEvent
from models.eras import Era
from models.finance import FinanceDocument
from models.receipts import Receipt
from models.store import Store
from models.words.acts import Act
from models.words.keys import SecurityKey
from models.words.money import ZERO, money
from models.words.receipts import ReceiptStatus
from models.words.remittances import EraMatchStatus, PostStatus
from services.bills.receivables import activate
from services.books.journal_file import JOURNAL_FILE
from services.books.writing_documents import write_documents
from services.office.actor import Actor, sign_on
from services.office.acts import begin
from services.office.once import new_key
from services.office.site import add_user, set_parameter
from services.office.stamp import Stamp
from services.receipts.views import receipt_show
from services.remittances.document import era_show
from services.remittances.efts import eft_show
from tests import given, ledger
from tests.clerk import Clerk
from tests.given import PAID_ON
from tests.stores import FixedClock
from tests.tampering import places


def auditing(session: Session, actor: Actor) -> Stamp:
    """The act under which a bill becomes a receivable at night."""
    return begin(session, actor, Act.BILLS_AUDITED, SecurityKey.CLERK)


@pytest.fixture
def k1(site: Store, actor: Actor) -> int:
    """Bill K1, ACTIVE, of 100."""
    return given.bills(site, actor, {"K1": 100})["K1"]


@pytest.fixture
def suspended(clerk: Clerk, site: Store, actor: Actor, k1: int) -> str:
    """A processed receipt by EFT: 60 to K1, and on line 2 40 in suspense."""
    era = given.matched_era(site, actor, trace="T1", claims=[("K1", 100, 100)], eft_amount=100)
    clerk.opens(era)
    clerk.splits(era, (1, 1), ("K1", 60), ("K9", 40))
    receipt = clerk.creates_receipt(era)
    clerk.processes(receipt)
    return receipt


class TestBills:
    def test_a_new_bill_has_no_entry_until_it_is_active(self, site: Store, actor: Actor) -> None:
        with site.writing() as session:
            set_parameter(session, actor, "auto-audit REIMBURSABLE INS.", "NO")
        with ledger.moving(site):
            bill = given.bills(site, actor, {"K1": 100})["K1"]
        with ledger.moving(site, _1200=100, _4000=-100), site.writing() as session:
            assert activate(session, auditing(session, actor), [bill]) == 1
        with ledger.moving(site), site.writing() as session:
            assert activate(session, auditing(session, actor), [bill]) == 0

    def test_an_active_bill_is_a_receivable(self, site: Store, actor: Actor) -> None:
        with ledger.moving(site, _1200=150, _4000=-150):
            given.bills(site, actor, {"K1": 100, "K2": 50})

    def test_an_old_bill_comes_with_what_is_still_owed(self, site: Store, actor: Actor) -> None:
        with ledger.moving(site, _1200=60, _3000=-60):
            given.bill(site, actor, "K1", 100, balance=60)

    @pytest.mark.parametrize(("contractual", "account"), [(True, "_4100"), (False, "_4190")])
    def test_an_adjustment_goes_either_way(
        self, clerk: Clerk, site: Store, k1: int, contractual: bool, account: str
    ) -> None:
        with ledger.moving(site, _1200=-30, **{account: 30}):
            clerk.adjusts(k1, 30, contractual=contractual)
        with ledger.moving(site, _1200=5, **{account: -5}):
            clerk.adjusts(k1, 5, contractual=contractual, increase=True)
        assert clerk.balance("K1") == money("75")

    def test_an_adjustment_is_done_once(self, clerk: Clerk, site: Store, k1: int) -> None:
        key = new_key()
        clerk.adjusts(k1, 30, key=key)
        with ledger.moving(site):
            clerk.adjusts(k1, 30, key=key)

    @pytest.mark.parametrize("amount", ["0", "100.01", "-5"])
    def test_a_decrease_is_no_more_than_the_bill_owes(self, clerk: Clerk, k1: int, amount: str) -> None:
        with clerk.refused("AN ADJUSTMENT IS BETWEEN .01 AND 100.00"):
            clerk.adjusts(k1, amount)

    def test_a_bill_that_owes_nothing_is_closed_and_may_be_opened_again(
        self, clerk: Clerk, site: Store, k1: int
    ) -> None:
        with clerk.refused("ONLY A CLOSED BILL CAN BE RE-ESTABLISHED"):
            clerk.re_establishes(k1, 10)
        clerk.adjusts(k1, 100)
        assert clerk.status("K1") == "COLLECTED/CLOSED"
        with clerk.refused("BILL K1 IS COLLECTED/CLOSED"):
            clerk.adjusts(k1, 1, increase=True)
        with clerk.refused("A BILL IS RE-ESTABLISHED WITH .01 TO 100.00"):
            clerk.re_establishes(k1, "100.01")
        with ledger.moving(site, _1200=40, _4190=-40):
            clerk.re_establishes(k1, 40)
        assert (clerk.status("K1"), clerk.balance("K1")) == ("ACTIVE", money("40"))

    def test_interest_and_admin_are_charged(self, clerk: Clerk, site: Store, k1: int) -> None:
        with ledger.moving(site, _1200="4.50", _4050="-4.50"):
            clerk.charges(k1, interest="1.50", admin=3)
        with clerk.refused("A CHARGE IS MORE THAN 0.00"):
            clerk.charges(k1)
        with clerk.refused("AN ADJUSTMENT IS BETWEEN .01 AND 100.00"):
            clerk.adjusts(k1, "104.50")

    def test_a_bill_that_is_no_receivable_is_not_charged(
        self, clerk: Clerk, site: Store, actor: Actor
    ) -> None:
        with site.writing() as session:
            set_parameter(session, actor, "auto-audit REIMBURSABLE INS.", "NO")
        bill = given.bills(site, actor, {"K1": 100})["K1"]
        with clerk.refused("BILL K1 IS NEW BILL"):
            clerk.charges(bill, interest=1)

    def test_only_the_key_allows_it(self, site: Store, k1: int) -> None:
        with site.writing() as session:
            add_user(session, "reader", "READER", (SecurityKey.CLERK,), given_by="clerk")
            reader = Clerk(site, sign_on(session, "reader"))
        with reader.refused("The Adjust (Inc/Dec) Action is locked."):
            reader.adjusts(k1, 1)
        with reader.refused("The Adjust (Inc/Dec) Action is locked."):
            reader.charges(k1, interest=1)


class TestTheNight:
    def test_a_deposit_is_recorded_once(self, site: Store, actor: Actor) -> None:
        given.eft(site, actor, trace="T1", amount=66)
        given.eft(site, actor, trace="T2", amount=34)
        with ledger.moving(site, _1010=100, _2110=-100):
            assert given.night(site).deposits_recorded == 2
        before = ledger.contents(site)
        assert given.night(site).deposits_recorded == 0
        assert ledger.differing(before, ledger.contents(site)) == {}

    def test_matching_moves_no_money(self, site: Store, actor: Actor, k1: int) -> None:
        given.eft(site, actor, trace="T1", amount=66)
        given.night(site)
        given.era(site, actor, trace="T1", claims=[("K1", 100, 66)])
        with ledger.moving(site):
            assert given.night(site).matching.matched == 1
        before = ledger.contents(site)
        given.night(site)
        assert ledger.differing(before, ledger.contents(site)) == {}

    def test_an_eft_of_nothing_is_recorded_without_receipt(
        self, clerk: Clerk, site: Store, actor: Actor, k1: int
    ) -> None:
        given.bills(site, actor, {"K2": 50})
        given.eft(site, actor, trace="T1", amount=0)
        with ledger.moving(site):
            assert given.night(site).deposits_recorded == 1
        with site.reading() as session:
            assert session.scalars(select(Receipt)).all() == []

    def test_the_night_is_not_tomorrow(self, clerk: Clerk, site: Store, actor: Actor) -> None:
        given.eft(site, actor, trace="T1", amount=66)
        with clerk.refused("THE DATE OF THE NIGHT JOB MAY NOT BE LATER THAN TODAY"):
            given.night(site, datetime.date(2012, 7, 23))


class TestSuspense:
    def test_a_payment_without_bill_waits_there_until_it_is_linked(
        self, clerk: Clerk, site: Store, suspended: str
    ) -> None:
        given.bills(site, clerk.actor, {"K2": 50})
        with ledger.moving(site, _2120=40, _1200=-40):
            clerk.links(suspended, 2, "K2")
        assert clerk.balance("K2") == money("10")
        with clerk.refused("An account has been assigned to this payment."):
            clerk.links(suspended, 2, "K1")
        with clerk.refused("An account has been assigned to this payment."):
            clerk.clears(suspended, 2, "CR-1")

    def test_a_link_is_done_once(self, clerk: Clerk, site: Store, suspended: str) -> None:
        key = new_key()
        clerk.links(suspended, 2, "K1", key)
        with ledger.moving(site):
            clerk.links(suspended, 2, "K1", key)
        assert clerk.status("K1") == "COLLECTED/CLOSED"

    def test_a_link_is_no_more_than_the_bill_owes(self, clerk: Clerk, site: Store, suspended: str) -> None:
        given.bills(site, clerk.actor, {"K2": "39.99"})
        with clerk.refused("Pending Payments of 40.00 is greater than the balance of the bill 39.99"):
            clerk.links(suspended, 2, "K2")
        with clerk.refused("THERE IS NO BILL K9"):
            clerk.links(suspended, 2, "K9")

    def test_finance_clears_it_on_line(self, clerk: Clerk, site: Store, suspended: str) -> None:
        with ledger.moving(site, _2120=40, _1900=-40):
            clerk.clears(suspended, 2, "CR-442K000417")
        with clerk.refused("THIS PAYMENT WAS CLEARED BY CR-442K000417"):
            clerk.links(suspended, 2, "K1")
        with clerk.refused("An account has been assigned"):
            clerk.clears(suspended, 1, "CR-1")

    def test_before_processing_only_the_account_is_kept(
        self, clerk: Clerk, site: Store, actor: Actor, k1: int
    ) -> None:
        era = given.matched_era(site, actor, trace="T1", claims=[("K1", 100, 100)], eft_amount=100)
        clerk.opens(era)
        clerk.splits(era, (1, 1), ("K1", 60), ("K9", 40))
        receipt = clerk.creates_receipt(era)
        with clerk.refused("THE RECEIPT HAS NOT BEEN PROCESSED"):
            clerk.clears(receipt, 2, "CR-1")
        with ledger.moving(site):
            clerk.links(receipt, 2, "K1")
        with ledger.moving(site, _2110=100, _1200=-100):
            clerk.processes(receipt)

    def test_a_whole_era_is_moved_there_by_its_eft(
        self, clerk: Clerk, site: Store, actor: Actor, k1: int
    ) -> None:
        era = given.matched_era(site, actor, trace="T1", claims=[("K1", 100, 80)], eft_amount=75)
        with clerk.refused("A COMMENT OF 1 TO 60 CHARACTERS IS NEEDED"):
            clerk.moves_to_suspense(era, " ")
        with ledger.moving(site, _2110=75, _2120=-75):
            receipt = clerk.moves_to_suspense(era, "take-backs of another site")
        assert clerk.lines(receipt) == [(None, money("75"), money("75"), f"{receipt}0001")]
        with site.reading() as session:
            assert session.get_one(Era, era).post_status is PostStatus.POSTED
            assert session.scalars(select(FinanceDocument.kind)).all() == ["CR", "TR"]
        with clerk.refused("THIS ERA ALREADY HAS A RECEIPT"):
            clerk.moves_to_suspense(era, "again")
        with ledger.moving(site, _2120=75, _1200=-75):
            clerk.links(receipt, 1, "K1")

    @pytest.mark.parametrize("ticket", [None, "A123456"])
    def test_a_whole_era_is_moved_there_by_its_check(
        self, clerk: Clerk, site: Store, actor: Actor, k1: int, ticket: str | None
    ) -> None:
        era = given.era(site, actor, trace="T1", claims=[("K1", 100, 80)], method="CHK")
        with clerk.refused("THERE MUST EITHER BE A PAPER CHECK OR AN EFT FOR THIS ERA"):
            clerk.moves_to_suspense(era, "not ours")
        clerk.opens(era, check="0000417")
        with ledger.moving(site, _1010=80, _2120=-80):
            clerk.moves_to_suspense(era, "not ours", ticket)
        with site.reading() as session:
            assert len(session.scalars(select(FinanceDocument)).all()) == (ticket is not None)

    def test_what_was_distributed_is_given_up_when_the_era_is_moved_there(
        self, clerk: Clerk, site: Store, actor: Actor, k1: int
    ) -> None:
        era = given.matched_era(
            site, actor, trace="T1", claims=[("K1", 100, 80)], plbs=[("WO", "REF9", 5)], eft_amount=75
        )
        clerk.opens(era)
        clerk.distributes(era, (1, 1), (2, 1), 5)
        with ledger.moving(site, _2110=75, _2120=-75):
            clerk.moves_to_suspense(era, "all by hand")
        assert clerk.balance("K1") == money("100")

    def test_an_era_of_nothing_is_moved_without_entry(
        self, clerk: Clerk, site: Store, actor: Actor, k1: int
    ) -> None:
        era = given.era(site, actor, trace="T1", claims=[("K1", 100, 0)])
        with ledger.moving(site):
            clerk.moves_to_suspense(era, "nothing was paid")
        with site.reading() as session:
            found = session.get_one(Era, era)
            assert (found.match_status, found.post_status) == (EraMatchStatus.MATCH_0, PostStatus.POSTED)


class TestReturns:
    def test_an_eft_that_was_not_used_goes_back(self, clerk: Clerk, site: Store, actor: Actor) -> None:
        eft = given.eft(site, actor, trace="T1", amount=66)
        with clerk.refused(f"EFT {eft} IS NOT RECORDED YET"):
            clerk.records_return(eft, "R02 account closed")
        given.night(site)
        with clerk.refused("A REASON IS NEEDED"):
            clerk.records_return(eft, " ")
        with ledger.moving(site, _2110=66, _1010=-66):
            clerk.records_return(eft, "R02 account closed")
        with clerk.refused(f"EFT {eft} IS RETURNED ALREADY"):
            clerk.records_return(eft, "R02 account closed")

    def test_what_it_paid_is_taken_back_first(
        self, clerk: Clerk, site: Store, actor: Actor, clock: FixedClock
    ) -> None:
        bills = given.bills(site, actor, {"K1": 80, "K2": 50})
        clerk.charges(bills["K1"], interest=2)
        era = given.era(site, actor, trace="T1", claims=[("K1", 80, 80), given.taken_back("K2", 50, 14)])
        eft = given.eft(site, actor, trace="T1", amount=66)
        given.night(site)
        clerk.opens(era)
        clerk.distributes(era, (2, 1), (1, 1), 14)
        receipt = clerk.creates_receipt(era)
        with ledger.moving(site, _2110=66, _4150=14, _4050=2, _1200=-82):
            clerk.processes(receipt)
        assert clerk.status("K1") == "COLLECTED/CLOSED"
        clock.forward(days=3)
        given.night(site)
        with ledger.moving(site, _1010=-66, _4150=-14, _4050=-2, _1200=82):
            clerk.records_return(eft, "R02 account closed")
        assert (clerk.status("K1"), clerk.balance("K1")) == ("ACTIVE", money("82"))
        with site.reading() as session:
            assert session.get_one(Era, era).post_status is PostStatus.NOT_POSTED
            kept = session.scalars(select(Receipt).where(Receipt.number == receipt)).one()
            assert (kept.status, kept.reversed_at) == (ReceiptStatus.CLOSED, clock.instant)

    def test_a_receipt_of_it_that_is_open_is_not_processed(
        self, clerk: Clerk, site: Store, actor: Actor, k1: int
    ) -> None:
        era = given.era(site, actor, trace="T1", claims=[("K1", 100, 66)])
        eft = given.eft(site, actor, trace="T1", amount=66)
        given.night(site)
        clerk.opens(era)
        receipt = clerk.creates_receipt(era)
        clerk.records_return(eft, "R02 account closed")
        with clerk.refused("THIS EFT WAS RETURNED BY THE BANK - Receipt NOT processed") as refusal:
            clerk.processes(receipt)
        assert f"EFT {eft}: Taken back by the bank, as recorded by clerk on" in str(refusal.value)
        assert "R02 account closed" in str(refusal.value) and f"ERA {era} is free" in str(refusal.value)
        with site.reading() as session:
            view = receipt_show(session, receipt)
        assert (view.status, view.era, view.processed_by, view.total) == (
            ReceiptStatus.CLOSED,
            era,
            None,
            money("66"),
        )
        ledger.assert_clean(site)

    @pytest.mark.parametrize("done", ["nothing", "pad", "receipt", "processed", "suspended"])
    def test_its_era_takes_other_money_and_both_receipts_are_kept(
        self, clerk: Clerk, site: Store, actor: Actor, k1: int, done: str
    ) -> None:
        era = given.era(site, actor, trace="T1", claims=[("K1", 100, 66)])
        first = given.eft(site, actor, trace="T1", amount=70)
        given.matches_at_once(site)
        given.night(site)
        if done in ("pad", "receipt", "processed"):
            clerk.opens(era)
        receipt = clerk.creates_receipt(era) if done in ("receipt", "processed") else None
        if done == "processed" and receipt is not None:
            clerk.processes(receipt)
        if done == "suspended":
            receipt = clerk.moves_to_suspense(era, "by hand")
        clerk.records_return(first, "R02 account closed")
        ledger.assert_clean(site)
        assert clerk.balance("K1") == 100
        with site.reading() as session:
            [event] = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.ERA_FREE_AGAIN))
            assert (event.object, f"EFT {first}" in event.detail) == (f"ERA {era}", True)
        second = given.eft(site, actor, trace="T1", amount=66, date=PAID_ON + datetime.timedelta(days=1))
        given.night(site)
        clerk.opens(era)
        again = clerk.creates_receipt(era)
        with ledger.moving(site, _2110=66, _1200=-66):
            clerk.processes(again)
        with site.reading() as session:
            shown, was, now = era_show(session, era), eft_show(session, first), eft_show(session, second)
            kept = None if receipt is None else receipt_show(session, receipt)
        assert (shown.eft, shown.receipt, shown.post_status) == (second, again, PostStatus.POSTED)
        assert [text.split(",")[0] for text in shown.taken_back] == [f"EFT {first}: Taken back by the bank"]
        assert (was.era, was.returned_era, was.receipt, now.era) == (None, era, receipt, era)
        assert "R02 account closed" in (was.errors or "")
        if kept is not None:
            assert (kept.era, kept.eft, kept.reversed_at is not None) == (era, first, True)
            assert kept.taken_back == shown.taken_back[0]

    def test_finance_is_told_of_all_that_is_taken_back(
        self, clerk: Clerk, site: Store, actor: Actor, clock: FixedClock, k1: int, tmp_path: Path
    ) -> None:
        era = given.matched_era(site, actor, trace="T1", claims=[("K1", 100, 66)], eft_amount=66)
        other = given.eft(site, actor, trace="T2", amount=9)
        given.night(site)
        clerk.opens(era)
        receipt = clerk.creates_receipt(era)
        clerk.processes(receipt)
        clock.forward(days=1)
        clerk.records_return(1, "R02 account closed")
        clerk.records_return(other, "R02 account closed")
        ledger.assert_clean(site)
        write_documents(site, tmp_path)
        journal = (tmp_path / JOURNAL_FILE).read_text()
        told: dict[str, Decimal] = {}
        for account, amount in re.findall(r"^    (\d{4}) +(-?[0-9.]+) USD$", journal, re.MULTILINE):
            told[account] = told.get(account, ZERO) + money(amount)
        assert {account: amount for account, amount in told.items() if amount} == {}
        with site.reading() as session:
            view, first = receipt_show(session, receipt), eft_show(session, 1)
            assert session.scalars(select(FinanceDocument.amount).order_by(FinanceDocument.id)).all() == [
                *(money("66"), money("9"), money("66"), money("-66"), money("-66"), money("-9")),
            ]
        assert (view.document, first.transfer) == ("TR-442K000003", "TR-442K000003")
        assert f"(TR-442K000004) takes back TR-442K000003 of receipt {receipt}: EFT 1 came back" in journal
        assert (
            f"(CR-442K000005) takes back CR-442K000001 of receipt {first.deposit_receipt}: EFT 1" in journal
        )
        assert write_documents(site, tmp_path) == 0

    @pytest.mark.parametrize(
        ("change", "where"),
        [
            ("DELETE FROM finance_document WHERE kind = 'TR' AND amount < 0", "EFT 1"),
            ("DELETE FROM finance_document WHERE kind = 'CR' AND amount < 0", "EFT 1"),
            ("UPDATE finance_document SET amount = -6500 WHERE amount < 0 AND kind = 'TR'", "TR-442K000003"),
            ("UPDATE finance_document SET text = 'x' WHERE amount < 0 AND kind = 'CR'", "CR-442K000004"),
            ("UPDATE finance_document SET reverses_id = 4 WHERE amount < 0 AND kind = 'CR'", "CR-442K000004"),
        ],
    )
    def test_what_finance_was_not_told_is_named(
        self, clerk: Clerk, site: Store, actor: Actor, k1: int, change: str, where: str
    ) -> None:
        era = given.matched_era(site, actor, trace="T1", claims=[("K1", 100, 66)], eft_amount=66)
        clerk.opens(era)
        clerk.processes(clerk.creates_receipt(era))
        clerk.records_return(1, "R02")
        found = places(site, change)
        assert any(code == "document-taken-back" and where in place for code, place in found)

    def test_its_era_takes_a_paper_check_and_not_while_another_clerk_works_on_it(
        self, clerk: Clerk, site: Store, actor: Actor, k1: int
    ) -> None:
        era = given.matched_era(site, actor, trace="T1", claims=[("K1", 100, 66)], eft_amount=66)
        with site.writing() as session:
            add_user(session, "other", "OTHER", (SecurityKey.CLERK,), given_by="clerk")
            other = Clerk(site, sign_on(session, "other"))
        other.opens(era)
        with clerk.refused("Another user is currently editing this entry"):
            clerk.records_return(1, "R02")
        with site.writing() as session:
            session.connection().exec_driver_sql("DELETE FROM lease")
        clerk.records_return(1, "R02")
        clerk.opens(era, check="417")
        clerk.processes(clerk.creates_receipt(era))
        assert clerk.balance("K1") == 34
        ledger.assert_clean(site)

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ("UPDATE eft SET returned_era_id = NULL WHERE returned", "receipt-match"),
            ("UPDATE eft SET returned_era_id = 2 WHERE returned", "eft-match"),
            ("UPDATE receipt SET returned_era_id = 2 WHERE reversed_at IS NOT NULL", "receipt-match"),
            ("UPDATE receipt SET era_id = 2 WHERE reversed_at IS NOT NULL", "receipt-match"),
            ("UPDATE receipt SET reversed_at = NULL WHERE reversed_at IS NOT NULL", "receipt-match"),
            ("UPDATE receipt SET processed_at = NULL WHERE reversed_at IS NOT NULL", "receipt-stamp"),
        ],
    )
    def test_an_era_that_was_tampered_away_is_named(
        self, clerk: Clerk, site: Store, actor: Actor, k1: int, change: str, code: str
    ) -> None:
        era = given.matched_era(site, actor, trace="T1", claims=[("K1", 100, 66)], eft_amount=66)
        given.era(site, actor, trace="T2", claims=[("K1", 100, 66)])
        clerk.opens(era)
        clerk.processes(clerk.creates_receipt(era))
        clerk.records_return(1, "R02")
        assert code in {found for found, _ in places(site, change)}

    def test_money_that_was_linked_since_stands_in_the_way(
        self, clerk: Clerk, site: Store, suspended: str
    ) -> None:
        clerk.links(suspended, 2, "K1")
        with clerk.refused("HAS SUSPENSE PAYMENTS THAT WERE LINKED OR CLEARED; UNDO THESE FIRST"):
            clerk.records_return(1, "R02 account closed")
