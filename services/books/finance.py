"""Documents for finance: CR cash receipts and TR transfers, as they are made (DESIGN 5).

The `journal` adapter accepts a document in the act that makes it; its text is an entry of a plain-text
journal that hledger and beancount users read. `writing_documents` writes it there once the act is committed.
"""

import datetime
from collections.abc import Collection, Mapping
from decimal import Decimal

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from models.finance import FIRST, FinanceDocument
from models.journal import JournalEntry, JournalLine
from models.money import money_sum
from models.receipts import Receipt
from models.site import Site
from models.words.books import Account
from models.words.finance import DocumentKind, DocumentNumber, DocumentStatus
from services.office.clock import SITE, site_of
from services.office.stamp import Stamp


def document_of(session: Session, receipt_id: int) -> FinanceDocument | None:
    """The document of a receipt, not what took it back."""
    return session.scalars(
        select(FinanceDocument).where(FinanceDocument.receipt_id == receipt_id, FIRST)
    ).first()


def issue_document(
    session: Session, by: Stamp, receipt: Receipt, kind: DocumentKind, amount: Decimal
) -> FinanceDocument:
    """Makes the document of a processed receipt; with the journal adapter it is ACCEPTED BY FMS at once."""
    number = _next_number(session, kind)
    entries = JournalEntry.receipt_id == receipt.id
    text = document_text(number, receipt.number, receipt.date, sums_of(session, entries))
    return _make(session, by, FinanceDocument(number=number, kind=kind, amount=amount, text=text), receipt.id)


def take_document_back(
    session: Session,
    by: Stamp,
    first: FinanceDocument,
    eft_id: int,
    amount: Decimal,
    entries: Collection[int],
) -> FinanceDocument:
    """Tells finance that what a document said is taken back, in so far as it is of an EFT that came back.

    `entries` are those of the books that took it back, `amount` what they took.
    """
    receipt = session.scalars(select(Receipt.number).where(Receipt.id == first.receipt_id)).one()
    number = _next_number(session, first.kind)
    sums = sums_of(session, JournalEntry.id.in_(entries))
    made = FinanceDocument(
        number=number,
        kind=first.kind,
        reverses_id=first.id,
        eft_id=eft_id,
        amount=-amount,
        text=taken_back_text(number, receipt, first.number, eft_id, by.date, sums),
    )
    return _make(session, by, made, first.receipt_id)


def _next_number(session: Session, kind: DocumentKind) -> str:
    serial = session.execute(
        update(Site)
        .where(Site.id == SITE)
        .values(next_document=Site.next_document + 1)
        .returning(Site.next_document)
        .execution_options(synchronize_session=False)
    ).scalar_one()
    return str(DocumentNumber(kind, site_of(session).station, serial - 1))


def _make(session: Session, by: Stamp, document: FinanceDocument, receipt_id: int) -> FinanceDocument:
    document.receipt_id, document.status = receipt_id, DocumentStatus.ACCEPTED
    document.made_at = document.status_at = by.at
    document.written_at = None
    session.add(document)
    session.flush()
    return document


def sums_of(session: Session, entries: ColumnElement[bool]) -> dict[Account, Decimal]:
    """Debits less credits of some entries of the books, by account."""
    rows = session.execute(
        select(JournalLine.account, money_sum(JournalLine.debit), money_sum(JournalLine.credit))
        .join(JournalEntry, JournalEntry.id == JournalLine.entry_id)
        .where(entries)
        .group_by(JournalLine.account)
    )
    return {account: debit - credit for account, debit, credit in rows}


def document_text(number: str, receipt: str, date: datetime.date, sums: Mapping[Account, Decimal]) -> str:
    """A document as an entry of a plain-text journal: debits less credits by account, no patient's data."""
    return _entry(f"{date.isoformat()} * ({number}) receipt {receipt}", sums)


def taken_back_text(
    number: str, receipt: str, first: str, eft_id: int, date: datetime.date, sums: Mapping[Account, Decimal]
) -> str:
    """A document that takes another one back, as such an entry: which one, and of which EFT."""
    return _entry(
        f"{date.isoformat()} * ({number}) takes back {first} of receipt {receipt}: EFT {eft_id} came back",
        sums,
    )


def _entry(head: str, sums: Mapping[Account, Decimal]) -> str:
    ordered = sorted((account.value, amount) for account, amount in sums.items())
    lines = [f"    {account}  {amount:>18.2f} USD" for account, amount in ordered if amount]
    return "\n".join([head, *lines]) + "\n"
