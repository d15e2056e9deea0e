"""The proofs of posted receipts: lines, books, documents, and the payments on the bills (DESIGN 2.4)."""

from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from typing import Any

from sqlalchemy import Result, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from models.bills import Bill, BillTransaction
from models.efts import Eft, EftDeposit
from models.eras import Era
from models.finance import FinanceDocument
from models.journal import JournalEntry, JournalLine
from models.money import money_sum
from models.receipts import Receipt, ReceiptLine
from models.site import Site
from models.words.acts import Act
from models.words.bills import TransactionType
from models.words.books import Account
from models.words.finance import DocumentKind, DocumentStatus, FinanceAdapter
from models.words.money import ZERO
from models.words.receipts import PaymentType, ReceiptStatus
from services.books.finance import document_text
from services.clean import clean
from services.findings import Finding
from services.office.clock import SITE
from services.proofs.pairs import pairs

#: What is entered under a receipt after its document was made.
_AFTERWARDS = (Act.PAYMENT_LINKED, Act.SUSPENSE_CLEARED, Act.REVERSAL)

_BY_JOURNAL = exists().where(Site.id == SITE, Site.finance_adapter == FinanceAdapter.JOURNAL)

_PAYMENTS = (TransactionType.PAYMENT_IN_PART, TransactionType.PAYMENT_IN_FULL)


def receipts(session: Session) -> Iterator[Finding]:
    """Each posted receipt is its lines, its ERA or EFT, its entry, and its finance document where it needs one."""
    amounts = pairs(
        session,
        select(ReceiptLine.receipt_id, money_sum(ReceiptLine.amount)).group_by(ReceiptLine.receipt_id),
    )
    processed = pairs(
        session,
        select(ReceiptLine.receipt_id, money_sum(ReceiptLine.processed)).group_by(ReceiptLine.receipt_id),
    )
    entered = _entered_by_receipt(session)
    rows: Result[Any, Any, Any, Any, Any] = session.execute(
        select(Receipt, Era.total, Eft.amount, EftDeposit.total, FinanceDocument.amount)
        .outerjoin(FinanceDocument, FinanceDocument.receipt_id == Receipt.id)
        .outerjoin(Era, Era.id == Receipt.era_id)
        .outerjoin(Eft, Eft.id == Receipt.eft_id)
        .outerjoin(EftDeposit, EftDeposit.receipt_id == Receipt.id)
        .where(Receipt.status == ReceiptStatus.CLOSED)
        .order_by(Receipt.id)
        .execution_options(yield_per=1000)
    )
    # Left half read after an error, the server would keep it.
    with closing(rows):
        for receipt, era, eft, deposit, document in rows:
            where, lines = f"receipt {receipt.number}", amounts.get(receipt.id, ZERO)
            due = next((total for total in (deposit, eft, era) if total is not None), None)
            if due is not None and lines != due:
                yield Finding(
                    "receipt-total", f"Its lines are {lines:.2f}, its ERA, EFT or deposit {due:.2f}.", where
                )
            expected = ZERO if receipt.reversed_at else lines
            if processed.get(receipt.id, ZERO) != expected:
                yield Finding(
                    "receipt-processed",
                    f"{processed.get(receipt.id, ZERO):.2f} of {expected:.2f} is processed.",
                    where,
                )
            if document is None and lines and _documented(receipt):
                yield Finding("receipt-document", f"Its {lines:.2f} have no finance document.", where)
            elif document is not None and document != lines:
                yield Finding(
                    "receipt-document",
                    f"Its lines are {lines:.2f}, its finance document {document:.2f}.",
                    where,
                )
            if entered.get(receipt.id, ZERO) != expected:
                yield Finding(
                    "receipt-books",
                    f"{entered.get(receipt.id, ZERO):.2f} of {expected:.2f} is in the books.",
                    where,
                )
    open_processed = session.scalars(
        select(Receipt.number)
        .join(ReceiptLine, ReceiptLine.receipt_id == Receipt.id)
        .where(Receipt.status == ReceiptStatus.OPEN, ReceiptLine.processed != ZERO)
    )
    for number in open_processed:
        yield Finding("receipt-open", "It is open, but a line of it is processed.", f"receipt {number}")


def _entered_by_receipt(session: Session) -> dict[int, Decimal]:
    """What the books say came in by each receipt: debits of 1010 and 2110 less their reversals."""
    acts = (
        Act.RECEIPT_PROCESSED,
        Act.MOVED_TO_SUSPENSE,
        Act.EFT_RECORDED,
        Act.REVERSAL,
    )
    rows = session.execute(
        select(
            JournalEntry.receipt_id,
            JournalEntry.act,
            JournalLine.account,
            JournalLine.debit,
            JournalLine.credit,
        )
        .join(JournalLine, JournalLine.entry_id == JournalEntry.id)
        .where(JournalEntry.receipt_id.is_not(None), JournalEntry.act.in_(acts))
    )
    sums: dict[int, Decimal] = {}
    for receipt_id, act, account, debit, credit in rows:
        source = account is Account.CASH or (account is Account.UNAPPLIED and act is not Act.EFT_RECORDED)
        if receipt_id is not None and source:
            sums[receipt_id] = sums.get(receipt_id, ZERO) + debit - credit
    return sums


def _documented(receipt: Receipt) -> bool:
    """Whether finance is told of it: a deposit of EFTs, an EFT moved to bills, a check with a deposit ticket."""
    return receipt.for_deposit or receipt.eft_id is not None or receipt.deposit_ticket_id is not None


def kinds(session: Session) -> Iterator[Finding]:
    """What a receipt and its document are called is what its money is; what is said of its payments fits them."""
    yield from _cancelled(session)
    yield from _stamps(session)
    yield from _types(session)
    yield from _document_kinds(session)


def _cancelled(session: Session) -> Iterator[Finding]:
    """Nothing of a cancelled payment is processed."""
    cancelled = session.execute(
        select(Receipt.number, ReceiptLine.number)
        .join(Receipt, Receipt.id == ReceiptLine.receipt_id)
        .where(
            ReceiptLine.cancelled.is_(True), or_(ReceiptLine.amount != ZERO, ReceiptLine.processed != ZERO)
        )
        .order_by(Receipt.id, ReceiptLine.number)
    )
    for receipt, line in cancelled:
        yield Finding(
            "receipt-cancelled", "It is cancelled, but has an amount.", f"receipt {receipt} line {line}"
        )


def _stamps(session: Session) -> Iterator[Finding]:
    """Who processed a receipt and when is said of each that is CLOSED, and of no other."""
    unsigned = session.execute(
        select(Receipt.number, Receipt.status)
        .where(
            or_(
                (Receipt.status == ReceiptStatus.CLOSED) != Receipt.processed_at.is_not(None),
                Receipt.processed_by.is_(None) != Receipt.processed_at.is_(None),
            )
        )
        .order_by(Receipt.id)
    )
    for receipt, said in unsigned:
        yield Finding(
            "receipt-stamp",
            f"It is {said.value}, but who processed it and when does not agree with that.",
            f"receipt {receipt}",
        )


def _types(session: Session) -> Iterator[Finding]:
    """Money of a check is a CHECK/MO PAYMENT, all other money EDI LOCKBOX."""
    by_check = and_(Receipt.eft_id.is_(None), func.coalesce(Era.check_number, "") != "")
    types = session.execute(
        select(Receipt.number, Receipt.payment_type)
        .outerjoin(Era, Era.id == Receipt.era_id)
        .where(by_check != (Receipt.payment_type == PaymentType.CHECK))
        .order_by(Receipt.id)
    )
    for receipt, kind in types:
        yield Finding("receipt-type", f"Its money is not that of a {kind.value}.", f"receipt {receipt}")


def _document_kinds(session: Session) -> Iterator[Finding]:
    """What moves an EFT is a TR document, all else a CR; the journal adapter accepts each document at once."""
    rows = session.execute(
        select(FinanceDocument.number, FinanceDocument.kind, FinanceDocument.status)
        .join(Receipt, Receipt.id == FinanceDocument.receipt_id)
        .where(
            or_(
                Receipt.eft_id.is_not(None) != (FinanceDocument.kind == DocumentKind.TRANSFER),
                and_(_BY_JOURNAL, FinanceDocument.status != DocumentStatus.ACCEPTED),
            )
        )
        .order_by(FinanceDocument.id)
    )
    for document, kind, status in rows:
        yield Finding(
            "document-kind",
            f"No {kind.value} document that is {status.value} was made of its receipt.",
            f"document {clean(document, 40)}",
        )


def payments(session: Session) -> Iterator[Finding]:
    """Each line of a posted receipt is the payment on its bill, and each payment of a receipt has its line."""
    paid = (
        select(
            BillTransaction.receipt_id,
            BillTransaction.receipt_line,
            BillTransaction.bill_id,
            money_sum(-BillTransaction.amount).label("amount"),
        )
        .where(BillTransaction.receipt_id.is_not(None), BillTransaction.type.in_(_PAYMENTS))
        .group_by(BillTransaction.receipt_id, BillTransaction.receipt_line, BillTransaction.bill_id)
        .subquery()
    )
    account = func.coalesce(ReceiptLine.linked_bill_id, ReceiptLine.bill_id)
    of_line = and_(
        paid.c.receipt_id == ReceiptLine.receipt_id,
        paid.c.receipt_line == ReceiptLine.number,
        paid.c.bill_id == account,
    )
    missing = session.execute(
        select(Receipt.number, ReceiptLine.number, ReceiptLine.amount, Bill.number, paid.c.amount)
        .join(Receipt, Receipt.id == ReceiptLine.receipt_id)
        .join(Bill, Bill.id == account)
        .outerjoin(paid, of_line)
        .where(
            Receipt.status == ReceiptStatus.CLOSED,
            ReceiptLine.amount != func.coalesce(paid.c.amount, 0),
        )
        .order_by(Receipt.id, ReceiptLine.number)
    )
    for receipt, number, amount, bill, found in missing:
        yield Finding(
            "receipt-payment",
            f"It is {amount:.2f}, but {found or ZERO:.2f} was paid by it on bill {bill}.",
            f"receipt {receipt} line {number}",
        )
    strange = session.execute(
        select(Bill.number, paid.c.receipt_id, paid.c.receipt_line, paid.c.amount)
        .select_from(paid)
        .join(Bill, Bill.id == paid.c.bill_id)
        .outerjoin(ReceiptLine, of_line)
        .where(ReceiptLine.number.is_(None))
        .order_by(Bill.number)
    )
    for bill, receipt_id, number, amount in strange:
        yield Finding(
            "receipt-payment",
            f"{amount:.2f} was paid on it by line {number} of receipt {receipt_id}, which says otherwise.",
            f"bill {bill}",
        )


def documents(session: Session) -> Iterator[Finding]:
    """The text of each finance document is what the books say its receipt moved.

    What came after the document, a link, a clearing or a reversal, is no part of it.
    """
    entered = session.execute(
        select(
            JournalEntry.receipt_id,
            JournalLine.account,
            money_sum(JournalLine.debit - JournalLine.credit),
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
            yield Finding(
                "document-text",
                "Its text is not what the books say of its receipt.",
                f"document {clean(number, 40)}, receipt {clean(receipt, 40)}",
            )
