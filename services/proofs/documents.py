"""The proofs of the documents for finance: kinds, texts, numbers, and their order in the accounting journal."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session

from models.efts import EftDeposit
from models.finance import FinanceDocument
from models.journal import JournalEntry, JournalLine
from models.money import money_sum
from models.receipts import Receipt
from models.site import Site
from models.words.acts import Act
from models.words.books import Account
from models.words.finance import DocumentKind, DocumentNumber, DocumentStatus, FinanceAdapter
from models.words.remittances import DepositNumber
from services.books.finance import document_text
from services.clean import clean
from services.findings import Finding
from services.office.clock import SITE
from services.proofs.rows import tell

#: What is entered under a receipt after its document was made.
_AFTERWARDS = (Act.PAYMENT_LINKED, Act.SUSPENSE_CLEARED, Act.REVERSAL)


def documents(session: Session) -> Iterator[Finding]:
    """What moves an EFT is a TR document, all else a CR; its text is what the books say its receipt moved.

    The journal adapter accepts each document at once. What came after the document, a link, a clearing or a
    reversal, is no part of its text.
    """
    by_journal = exists().where(Site.id == SITE, Site.finance_adapter == FinanceAdapter.JOURNAL)
    transfer = FinanceDocument.kind == DocumentKind.TRANSFER
    accepted = FinanceDocument.status == DocumentStatus.ACCEPTED
    query = select(FinanceDocument.number, FinanceDocument.kind, FinanceDocument.status).join(Receipt)
    yield from tell(
        session,
        query.where(or_(Receipt.eft_id.is_not(None) != transfer, and_(by_journal, ~accepted))),
        "document-kind",
        "No {1.value} document that is {2.value} was made of its receipt.",
        "document {0}",
    )
    entered = session.execute(
        select(
            JournalEntry.receipt_id, JournalLine.account, money_sum(JournalLine.debit - JournalLine.credit)
        )
        .join(JournalLine, JournalLine.entry_id == JournalEntry.id)
        .where(JournalEntry.receipt_id.is_not(None), JournalEntry.act.not_in(_AFTERWARDS))
        .group_by(JournalEntry.receipt_id, JournalLine.account)
    )
    sums: dict[int | None, dict[Account, Decimal]] = {}
    for receipt_id, account, amount in entered:
        sums.setdefault(receipt_id, {})[account] = amount
    rows = session.execute(
        select(FinanceDocument.number, FinanceDocument.text, Receipt.id, Receipt.number, Receipt.date)
        .join(Receipt, Receipt.id == FinanceDocument.receipt_id)
        .order_by(FinanceDocument.id)
    )
    for number, text, receipt_id, receipt, date in rows:
        if text != document_text(number, receipt, date, sums.get(receipt_id, {})):
            where = f"document {clean(number, 40)}, receipt {clean(receipt, 40)}"
            yield Finding("document-text", "Its text is not what the books say of its receipt.", where)


def written(session: Session) -> Iterator[Finding]:
    """Documents go into the accounting journal in their order: none waits before one that is written."""
    last = select(func.max(FinanceDocument.id)).where(FinanceDocument.written_at.is_not(None))
    waits = FinanceDocument.written_at.is_(None)
    query = select(FinanceDocument.number).where(waits, FinanceDocument.id < last.scalar_subquery())
    text = "It is not marked as written to the accounting journal, but a later one is."
    return tell(session, query, "document-written", text, "document {0}")


def series(session: Session) -> Iterator[Finding]:
    """The next number of deposits and documents is beyond all that were given; else one would be given twice."""
    site = session.get(Site, SITE)
    if site is not None:
        deposits = map(DepositNumber.read, session.scalars(select(EftDeposit.number)))
        documents = map(DocumentNumber.read, session.scalars(select(FinanceDocument.number)))
        yield from _given(site.next_deposit, deposits, "next_deposit")
        yield from _given(site.next_document, documents, "next_document")


def _given(
    following: int, given: Iterable[DepositNumber | DocumentNumber | None], column: str
) -> Iterator[Finding]:
    highest = max((number.serial for number in given if number is not None), default=0)
    if following <= highest:
        text = f"The next number would be {following}, but {highest} is given already."
        yield Finding("site-series", text, f"table site, column {column}")
