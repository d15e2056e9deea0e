"""`lockbox check` names a posted receipt that differs from what was paid on the bills, or is without its document."""

from sqlalchemy import ColumnElement, delete, select, update

from models.bills import Bill
from models.finance import FinanceDocument
from models.receipts import Receipt, ReceiptLine
from models.store import Store
from services.office.actor import Actor
from services.proofs.check import check_books
from tests import given, ledger
from tests.clerk import Clerk
from tests.once import built_once


@built_once
def posted(clerk: Clerk, site: Store, actor: Actor) -> str:
    """A posted receipt of an EFT: K1 paid 80, K2 paid 30."""
    given.bills(site, actor, {"K1": 100, "K2": 100})
    era = given.matched_era(
        site, actor, trace="T1", claims=[("K1", 100, 80), ("K2", 100, 30)], eft_amount=110
    )
    clerk.opens(era)
    receipt = clerk.creates_receipt(era)
    clerk.processes(receipt)
    ledger.assert_clean(site)
    return receipt


def told(store: Store) -> list[tuple[str, str]]:
    """What the check finds: code and place."""
    with store.reading() as session:
        return [(finding.code, finding.where) for finding in check_books(session)]


def line_of(store: Store, receipt: str, bill: str) -> tuple[ColumnElement[bool], int]:
    """The line of a receipt that pays a bill, and its number."""
    with store.reading() as session:
        row = session.execute(
            select(ReceiptLine.receipt_id, ReceiptLine.number)
            .join(Receipt, Receipt.id == ReceiptLine.receipt_id)
            .join(Bill, Bill.id == ReceiptLine.bill_id)
            .where(Receipt.number == receipt, Bill.number == bill)
        ).one()
    return (ReceiptLine.receipt_id == row[0]) & (ReceiptLine.number == row[1]), row[1]


def test_a_line_moved_to_another_bill_is_named(site: Store, posted: str) -> None:
    line, number = line_of(site, posted, "K1")
    with site.writing() as session:
        other = session.scalars(select(Bill.id).where(Bill.number == "K2")).one()
        session.execute(update(ReceiptLine).where(line).values(bill_id=other))
    assert told(site) == [
        ("receipt-payment", f"receipt {posted} line {number}"),
        ("receipt-payment", "bill K1"),
    ]


def test_a_cent_moved_between_two_lines_is_named(site: Store, posted: str) -> None:
    lines = [line_of(site, posted, bill) for bill in ("K1", "K2")]
    with site.writing() as session:
        for (line, _), amount in zip(lines, ("80.01", "29.99"), strict=True):
            cents = given.dollars(amount)
            session.execute(update(ReceiptLine).where(line).values(amount=cents, processed=cents))
    assert told(site) == [("receipt-payment", f"receipt {posted} line {number}") for _, number in lines]


def test_a_payment_turned_into_suspense_is_named(site: Store, posted: str) -> None:
    line, _ = line_of(site, posted, "K2")
    with site.writing() as session:
        session.execute(update(ReceiptLine).where(line).values(bill_id=None))
    assert ("receipt-payment", "bill K2") in told(site)
    assert "suspense" in {code for code, _ in told(site)}


def test_a_receipt_whose_document_is_gone_is_named(site: Store, posted: str) -> None:
    with site.writing() as session:
        receipt = session.scalars(select(Receipt.id).where(Receipt.number == posted)).one()
        session.execute(delete(FinanceDocument).where(FinanceDocument.receipt_id == receipt))
    assert told(site) == [("receipt-document", f"receipt {posted}")]
