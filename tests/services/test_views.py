"""Looking at things changes nothing and asks for no lock: every view works in a session that may only read."""

import datetime
from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from models.store import Store
from models.words.bills import BillStatus
from models.words.receipts import ReceiptStatus
from models.words.remittances import EftMatchStatus
from services.bills.views import BillSelection, bill_count, bill_list, bill_show
from services.errors import Refused
from services.office.actor import Actor
from services.proofs.counts import book_counts
from services.receipts.creating import create_receipt, preview
from services.receipts.processing import process_receipt
from services.receipts.views import ReceiptSelection, receipt_count, receipt_list, receipt_show
from services.remittances.document import ClaimStatus, claim_status, era_show
from services.remittances.efts import EftSelection, eft_count, eft_list, eft_show
from services.scratchpad.acts import create_pad, opening
from services.scratchpad.document import pad_document
from tests import given
from tests.ledger import contents


@pytest.fixture
def receipt(site: Store, actor: Actor) -> str:
    """A posted receipt of an ERA whose EFT is five dollars over; its number."""
    given.bills(site, actor, {"K1": 100, "K2": 50})
    given.bill(site, actor, "OLD1", 90, balance=0)
    era = given.matched_era(
        site, actor, trace="T1", claims=[("K1", 100, 40), ("K2", 50, 50), ("X9", 9, 5)], eft_amount=100
    )
    with site.writing() as session:
        create_pad(session, actor, era)
        number = create_receipt(session, actor, era).number
    with site.writing() as session:
        process_receipt(session, actor, number)
    return number


def test_every_view_only_reads(site: Store, receipt: str) -> None:
    before = contents(site)
    looks: list[Callable[[Session], object]] = [
        lambda session: era_show(session, 1),
        lambda session: pad_document(session, 1),
        lambda session: opening(session, 1),
        lambda session: preview(session, 1),
        lambda session: receipt_show(session, receipt),
        receipt_list,
        lambda session: eft_show(session, 1),
        eft_list,
        lambda session: bill_show(session, "K1"),
        bill_list,
        book_counts,
    ]
    for look in looks:
        with site.reading() as session:
            assert look(session)
            assert not session.new
            assert not session.dirty
    assert contents(site) == before


def test_a_receipt_tells_bills_from_suspense_and_document_from_none(site: Store, receipt: str) -> None:
    with site.reading() as session:
        view = receipt_show(session, receipt)
        rows = receipt_list(session)
    assert [(line.bill, line.suspense, f"{line.amount:.2f}") for line in view.lines] == [
        ("K1", False, "40.00"),
        ("K2", False, "50.00"),
        (None, True, "5.00"),
        (None, True, "5.00"),
    ]
    assert [line.suspense_number is not None for line in view.lines] == [False, False, True, True]
    assert view.document is not None
    deposit, posted = rows
    assert (deposit.deposit, deposit.eft, deposit.era) == ("569000001", None, None)
    assert (posted.number, posted.total, posted.document) == (receipt, view.total, view.document)


def test_the_lines_of_a_deposits_receipt_are_no_suspense(site: Store, receipt: str) -> None:
    with site.reading() as session:
        deposit = receipt_show(session, receipt_list(session)[0].number)
    assert [(line.bill, line.suspense) for line in deposit.lines] == [(None, False)]


def test_bills_are_listed_by_status(site: Store, receipt: str) -> None:
    with site.reading() as session:
        everything = [row.number for row in bill_list(session)]
        closed = [row.number for row in bill_list(session, BillSelection(BillStatus.COLLECTED_CLOSED))]
    assert everything == ["K1", "K2", "OLD1"]
    assert closed == ["K2", "OLD1"]


def test_lists_are_narrowed_by_payer_number_and_day_and_counted(site: Store, receipt: str) -> None:
    day, later = given.SEEN_ON, given.SEEN_ON + datetime.timedelta(days=1)
    bills = [
        (BillSelection(payer="blue", number="k"), ["K1", "K2"]),
        (BillSelection(number="442-k1"), ["K1"]),
        (BillSelection(payer="RIVER"), []),
        (BillSelection(number="K_"), []),
        (BillSelection(service_from=day, service_to=day), ["K1", "K2", "OLD1"]),
        (BillSelection(service_from=later), []),
    ]
    efts = [
        (EftSelection(payer="Blue River", number="t1", status=EftMatchStatus.MATCHED_WITH_ERRORS), 1),
        (EftSelection(number="1", paid_from=given.PAID_ON, paid_to=given.PAID_ON), 1),
        (EftSelection(payer="1990000001"), 1),
        (EftSelection(payer="199000000"), 0),
        (EftSelection(number="2"), 0),
        (EftSelection(status=EftMatchStatus.UNMATCHED), 0),
    ]
    receipts = [
        (ReceiptSelection(payer="blue"), 2),
        (ReceiptSelection(payer="prairie"), 0),
        (ReceiptSelection(number=receipt.lower(), status=ReceiptStatus.CLOSED), 1),
        (ReceiptSelection(status=ReceiptStatus.OPEN), 0),
        (ReceiptSelection(dated_to=given.PAID_ON), 0),
    ]
    with site.reading() as session:
        for of_bills, numbers in bills:
            assert [row.number for row in bill_list(session, of_bills)] == numbers
            assert bill_count(session, of_bills) == len(numbers)
        for of_efts, found in efts:
            assert len(eft_list(session, of_efts)) == eft_count(session, of_efts) == found
        for of_receipts, found in receipts:
            assert len(receipt_list(session, of_receipts)) == receipt_count(session, of_receipts) == found
        assert [row.number for row in bill_list(session, limit=2)] == ["K1", "K2"]


def test_a_bill_that_several_numbers_fit_has_to_be_named_whole(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K O1": 10, "K01": 10})
    with site.reading() as session:
        assert bill_show(session, "k01").number == "K01"
        with pytest.raises(Refused, match="2 BILLS FIT"):
            bill_show(session, "KO1")
        with pytest.raises(Refused, match="THERE IS NO BILL NONE"):
            bill_show(session, "none")


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("1", "PROCESSED"),
        ("21", "PROCESSED"),
        ("4", "DENIED"),
        ("22", "REVERSAL"),
        ("10", "PENDED"),
        ("", "OTHER"),
    ],
)
def test_claim_status_codes_are_said_in_words(code: str, word: str) -> None:
    assert claim_status(code) is ClaimStatus(word)
