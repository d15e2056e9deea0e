"""Receipts as they are listed and shown: lines, totals, and where the document for finance stands."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from models.bills import Bill
from models.efts import Eft, EftDeposit
from models.eras import Era
from models.finance import FIRST, FinanceDocument
from models.money import money_sum
from models.receipts import DepositTicket, Receipt, ReceiptLine
from models.users import User
from models.words.finance import DocumentStatus
from models.words.receipts import PaymentType, ReceiptStatus
from services.bills.payers import payer_typed
from services.dates import pad_day
from services.lookup import LookUp
from services.receipts.gates import pad_line_of
from services.receipts.lookup import receipt_of
from services.remittances.returns import say_return_of

_MOST_HITS = 200


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """One receipt of a list; `document_status` is NOT ENTERED until it is processed, None when it needs no document."""

    number: str
    type: PaymentType
    status: ReceiptStatus
    date: datetime.date
    total: Decimal
    era: int | None
    eft: int | None
    deposit: str | None
    document: str | None
    document_status: DocumentStatus | None


@dataclass(frozen=True, slots=True)
class ReceiptLineView:
    """One payment; without `bill` it is in suspense under `suspense_number` until it is linked or cleared.

    `comment` is the payment's own; `cancel_comment` says why it was cancelled, or what was taken off which.
    """

    line: int
    bill: str | None
    amount: Decimal
    processed: Decimal
    suspense: bool
    suspense_number: str | None
    comment: str | None
    scratchpad_line: str | None
    cancelled: bool
    cancel_comment: str | None
    linked_bill: str | None
    cleared_by: str | None


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """One receipt with its lines and its history.

    `taken_back` says how the bank took back its EFT, and `reversed_at` when that was recorded: then its ERA is
    free again.
    """

    number: str
    type: PaymentType
    status: ReceiptStatus
    date: datetime.date
    total: Decimal
    era: int | None
    eft: int | None
    deposit: str | None
    lines: tuple[ReceiptLineView, ...]
    document: str | None
    document_status: DocumentStatus | None
    opened_by: str
    opened_at: datetime.datetime
    processed_by: str | None
    processed_at: datetime.datetime | None
    reversed_at: datetime.datetime | None
    taken_back: str | None


@dataclass(frozen=True, slots=True)
class ReceiptSelection:
    """Which receipts a list shows; their dates include both ends.

    `payer` is how the name of the payer whose money it is begins, in any case, or its identifier; `number` how
    the receipt's number begins.
    """

    status: ReceiptStatus | None = None
    dated_from: datetime.date | None = None
    dated_to: datetime.date | None = None
    payer: str = ""
    number: str = ""


def receipt_list(
    session: Session, selection: ReceiptSelection = ReceiptSelection(), *, limit: int | None = None
) -> list[ReceiptRow]:
    """The receipts of a selection in the order in which they were made, at most `limit` of them."""
    return _list_rows(session, _query().where(*_conditions(selection)).order_by(Receipt.id).limit(limit))


def receipt_count(session: Session, selection: ReceiptSelection) -> int:
    """How many receipts a selection has."""
    return session.scalar(select(func.count()).select_from(Receipt).where(*_conditions(selection))) or 0


def _conditions(selection: ReceiptSelection) -> Iterator[ColumnElement[bool]]:
    if selection.status is not None:
        yield Receipt.status == selection.status
    if selection.dated_from is not None:
        yield Receipt.date >= selection.dated_from
    if selection.dated_to is not None:
        yield Receipt.date <= selection.dated_to
    if selection.payer:
        of_eft = payer_typed(Eft.payer_name, Eft.payer_id, selection.payer)
        of_era = payer_typed(Era.payer_name, Era.payer_id, selection.payer)
        deposits = select(EftDeposit.receipt_id).join(Eft, Eft.deposit_id == EftDeposit.id).where(of_eft)
        yield or_(
            func.coalesce(Receipt.era_id, Receipt.returned_era_id).in_(select(Era.id).where(of_era)),
            Receipt.eft_id.in_(select(Eft.id).where(of_eft)),
            Receipt.id.in_(deposits.where(EftDeposit.receipt_id.is_not(None))),
        )
    if number := selection.number.strip().upper():
        yield Receipt.number.startswith(number, autoescape=True)


def find_receipts(session: Session, text: str) -> list[ReceiptRow]:
    """The receipt of exactly this number, else those whose number begins so, the newest first."""
    typed = text.strip().upper()
    if not typed:
        return []
    query = _query().order_by(Receipt.id.desc()).limit(_MOST_HITS)
    return _list_rows(session, query.where(Receipt.number == typed)) or _list_rows(
        session, query.where(Receipt.number.startswith(typed, autoescape=True))
    )


def all_receipts(session: Session, start: int, count: int) -> list[ReceiptRow]:
    """All receipts, the newest first: so many from a place on, counted from 0."""
    return _list_rows(session, _query().order_by(Receipt.id.desc()).offset(start).limit(count))


def receipt_show(session: Session, number: str) -> ReceiptView:
    """One receipt by its number; raises `Refused` when there is none."""
    receipt = receipt_of(session, number)
    lines = _lines(session, receipt)
    (row,) = _list_rows(session, _query().where(Receipt.id == receipt.id))
    return ReceiptView(
        number=row.number,
        type=row.type,
        status=row.status,
        date=row.date,
        total=row.total,
        era=row.era,
        eft=row.eft,
        deposit=row.deposit,
        lines=lines,
        document=row.document,
        document_status=row.document_status,
        opened_by=session.get_one(User, receipt.opened_by).name,
        opened_at=receipt.opened_at,
        processed_by=(
            None if receipt.processed_by is None else session.get_one(User, receipt.processed_by).name
        ),
        processed_at=receipt.processed_at,
        reversed_at=receipt.reversed_at,
        taken_back=(None if receipt.eft_id is None else say_return_of(session, receipt.eft_id)) or None,
    )


_TOTAL = (
    select(money_sum(ReceiptLine.amount))
    .where(ReceiptLine.receipt_id == Receipt.id)
    .correlate(Receipt)
    .scalar_subquery()
)


def _query() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Receipt,
            DepositTicket.number.label("deposit"),
            FinanceDocument.number.label("document"),
            FinanceDocument.status.label("document_status"),
            _TOTAL.label("total"),
        )
        .outerjoin(DepositTicket, DepositTicket.id == Receipt.deposit_ticket_id)
        .outerjoin(FinanceDocument, and_(FinanceDocument.receipt_id == Receipt.id, FIRST))
    )


def _list_rows(session: Session, query: Select[*tuple[Any, ...]]) -> list[ReceiptRow]:
    return [_row(row) for row in session.execute(query)]


def _row(row: Any) -> ReceiptRow:
    receipt: Receipt = row[0]
    return ReceiptRow(
        number=receipt.number,
        type=receipt.payment_type,
        status=receipt.status,
        date=receipt.date,
        total=row.total,
        era=receipt.made_of,
        eft=receipt.eft_id,
        deposit=row.deposit,
        document=row.document,
        document_status=row.document_status
        or (DocumentStatus.NOT_ENTERED if receipt.status is ReceiptStatus.OPEN else None),
    )


def _lines(session: Session, receipt: Receipt) -> tuple[ReceiptLineView, ...]:
    linked = aliased(Bill)
    rows = session.execute(
        select(ReceiptLine, Bill.number, linked.number)
        .outerjoin(Bill, Bill.id == ReceiptLine.bill_id)
        .outerjoin(linked, linked.id == ReceiptLine.linked_bill_id)
        .where(ReceiptLine.receipt_id == receipt.id)
        .order_by(ReceiptLine.number)
    )
    return tuple(
        ReceiptLineView(
            line=line.number,
            bill=bill,
            amount=line.amount,
            processed=line.processed,
            suspense=_in_suspense(receipt, line),
            suspense_number=line.unapplied_number or None,
            comment=line.comment or None,
            scratchpad_line=None if (at := pad_line_of(receipt, line)) is None else at.label,
            cancelled=line.cancelled,
            cancel_comment=line.cancel_comment or None,
            linked_bill=linked_bill,
            cleared_by=line.cleared_document or None,
        )
        for line, bill, linked_bill in rows
    )


def _in_suspense(receipt: Receipt, line: ReceiptLine) -> bool:
    """Whether the line's money is, or by processing would be, in fund 3875."""
    return (
        not receipt.for_deposit
        and receipt.reversed_at is None
        and line.bill_id is None
        and line.linked_bill_id is None
        and not line.cleared_document
        and not line.cancelled
    )


def receipt_row(receipt: ReceiptRow) -> str:
    """One receipt in one row: number, date, type of payment, total, status."""
    return (
        f"{receipt.number:<12}{pad_day(receipt.date)}  {receipt.type:<18}"
        f"{receipt.total:>14.2f}  {receipt.status}"
    )


RECEIPTS: LookUp[ReceiptRow] = LookUp(
    kind="receipt",
    prompt="Select RECEIPT",
    find=find_receipts,
    page=all_receipts,
    row=receipt_row,
    key=lambda receipt: receipt.number,
    help=(
        "Type the number of a receipt, or the start of it: E1207 lists those of July 2012. Type ?? to see all. "
        "A receipt is made from a scratch pad, by Look At Receipt; one without an ERA is not in this release.",
    ),
)
