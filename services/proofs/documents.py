"""The proofs of the documents for finance: kinds, texts, numbers, and their order in the accounting journal."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import partial

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session

from models.efts import Eft, EftDeposit
from models.finance import FIRST, FinanceDocument
from models.journal import JournalEntry, JournalLine
from models.money import money_sum
from models.receipts import Receipt
from models.site import Site
from models.words.acts import Act
from models.words.books import Account
from models.words.finance import DocumentKind, DocumentNumber, DocumentStatus, FinanceAdapter
from models.words.remittances import DepositNumber
from services.books.finance import document_of, document_text, sums_of, taken_back_text
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
    query = query.where(FIRST)
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
        .where(FIRST)
        .order_by(FinanceDocument.id)
    )
    for number, text, receipt_id, receipt, date in rows:
        if text != document_text(number, receipt, date, sums.get(receipt_id, {})):
            where = f"document {clean(number, 40)}, receipt {clean(receipt, 40)}"
            yield Finding("document-text", "Its text is not what the books say of its receipt.", where)


def prove_taken_back(session: Session) -> Iterator[Finding]:
    """Finance is told once of each EFT that came back: of what its deposit's document and its receipt's said.

    The documents that tell it say what the books took back, and nothing else is taken back.
    """
    returned = session.scalars(select(Eft).where(Eft.returned).order_by(Eft.id)).all()
    due = {(first, eft.id): text for eft in returned for first, text in _due(session, eft)}
    made = select(FinanceDocument).where(~FIRST).order_by(FinanceDocument.id)
    for document in session.scalars(made):
        where = f"document {clean(document.number, 40)}"
        said = due.pop((document.reverses_id or 0, document.eft_id or 0), None)
        first = session.get(FinanceDocument, document.reverses_id)
        eft = session.get(Eft, document.eft_id)
        if said is None or first is None or eft is None:
            yield Finding("document-taken-back", "It takes back what the books do not.", where)
            continue
        same = (document.receipt_id, document.kind, document.status, document.amount)
        if said(document.number) != document.text or same != (
            first.receipt_id,
            first.kind,
            first.status,
            -eft.amount,
        ):
            yield Finding("document-taken-back", "It is not what the books took back.", where)
    for _, eft_id in due:
        text = "Finance was told of it, but not that the bank took it back."
        yield Finding("document-taken-back", text, f"EFT {eft_id}")


def _due(session: Session, eft: Eft) -> Iterator[tuple[int, Callable[[str], str]]]:
    """The documents that told finance of an EFT which came back, each with the text of what undoes it."""
    own = session.scalars(
        select(Receipt.id).where(Receipt.eft_id == eft.id, Receipt.reversed_at.is_not(None))
    ).first()
    of_eft = select(JournalLine.entry_id).where(JournalLine.eft_id == eft.id)
    act = JournalEntry.act
    for receipt_id, entries in (
        (session.get_one(EftDeposit, eft.deposit_id).receipt_id, JournalEntry.id.in_(of_eft)),
        (own, JournalEntry.receipt_id == own),
    ):
        back = and_(act == (Act.REVERSAL if receipt_id == own else Act.EFT_RETURNED), entries)
        first = None if receipt_id is None else document_of(session, receipt_id)
        date = session.scalar(select(func.max(JournalEntry.date)).where(back))
        if first is not None and date is not None:
            receipt = session.get_one(Receipt, first.receipt_id).number
            yield (
                first.id,
                partial(
                    taken_back_text,
                    receipt=receipt,
                    first=first.number,
                    eft_id=eft.id,
                    date=date,
                    sums=sums_of(session, back),
                ),
            )


def prove_written(session: Session) -> Iterator[Finding]:
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
        yield from _prove_given(site.next_deposit, deposits, "next_deposit")
        yield from _prove_given(site.next_document, documents, "next_document")


def _prove_given(
    following: int, given: Iterable[DepositNumber | DocumentNumber | None], column: str
) -> Iterator[Finding]:
    highest = max((number.serial for number in given if number is not None), default=0)
    if following <= highest:
        text = f"The next number would be {following}, but {highest} is given already."
        yield Finding("site-series", text, f"table site, column {column}")
