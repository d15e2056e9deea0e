"""Documents for finance: CR cash receipts and TR transfers, as they are made (DESIGN 5).

The `journal` adapter accepts a document in the act that makes it; its text is an entry of a plain-text
journal that hledger and beancount users read. `writing_documents` writes it there once the act is committed.
"""

import datetime
from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.finance import FinanceDocument
from models.journal import JournalEntry, JournalLine
from models.money import money_sum
from models.receipts import Receipt
from models.site import Site
from models.words.books import Account
from models.words.finance import DocumentKind, DocumentNumber, DocumentStatus
from services.office.clock import SITE, site_of
from services.office.stamp import Stamp


def document_of(session: Session, receipt_id: int) -> FinanceDocument | None:
    """The document of a receipt."""
    return session.scalars(select(FinanceDocument).where(FinanceDocument.receipt_id == receipt_id)).first()


def issue_document(
    session: Session, by: Stamp, receipt: Receipt, kind: DocumentKind, amount: Decimal
) -> FinanceDocument:
    """Makes the document of a processed receipt; with the journal adapter it is ACCEPTED BY FMS at once."""
    serial = session.execute(
        update(Site)
        .where(Site.id == SITE)
        .values(next_document=Site.next_document + 1)
        .returning(Site.next_document)
        .execution_options(synchronize_session=False)
    ).scalar_one()
    number = str(DocumentNumber(kind, site_of(session).station, serial - 1))
    document = FinanceDocument(
        number=number,
        kind=kind,
        receipt_id=receipt.id,
        status=DocumentStatus.ACCEPTED,
        amount=amount,
        text=_text(session, number, receipt),
        made_at=by.at,
        status_at=by.at,
        written_at=None,
    )
    session.add(document)
    session.flush()
    return document


def _text(session: Session, number: str, receipt: Receipt) -> str:
    rows = session.execute(
        select(JournalLine.account, money_sum(JournalLine.debit), money_sum(JournalLine.credit))
        .join(JournalEntry, JournalEntry.id == JournalLine.entry_id)
        .where(JournalEntry.receipt_id == receipt.id)
        .group_by(JournalLine.account)
    )
    return document_text(
        number, receipt.number, receipt.date, {account: debit - credit for account, debit, credit in rows}
    )


def document_text(number: str, receipt: str, date: datetime.date, sums: Mapping[Account, Decimal]) -> str:
    """A document as an entry of a plain-text journal: debits less credits by account, no patient's data."""
    lines = [f"{date.isoformat()} * ({number}) receipt {receipt}"]
    ordered = sorted((account.value, amount) for account, amount in sums.items())
    lines += [f"    {account}  {amount:>18.2f} USD" for account, amount in ordered if amount]
    return "\n".join(lines) + "\n"
