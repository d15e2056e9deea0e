"""Finding receipts: one by its number, or all that begin alike."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from models.receipts import Receipt, ReceiptLine
from models.words.money import ZERO
from models.words.receipts import PaymentType, ReceiptStatus
from services.dates import padded
from services.errors import Refused
from services.lookup import LookUp

CHANGED = "SOMEBODY ELSE HAS CHANGED THIS RECEIPT SINCE YOU OPENED IT; OPEN IT AGAIN"

_MOST_HITS = 200


@dataclass(frozen=True, slots=True)
class ReceiptHit:
    """One receipt as a look-up lists it; `total` is the sum of its lines."""

    number: str
    date: datetime.date
    payment_type: PaymentType
    status: ReceiptStatus
    total: Decimal


def receipt_of(session: Session, number: str, *, lock: bool = False) -> Receipt:
    """The receipt of this number, locked for the transaction if asked; raises `Refused`."""
    query = select(Receipt).where(Receipt.number == number.strip().upper())
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    receipt = session.scalars(query).first()
    if receipt is None:
        raise Refused(f"THERE IS NO RECEIPT {number.strip().upper()[:20]}")
    return receipt


def refuse_changed(receipt: Receipt, seen: int | None) -> None:
    """Refuses when the receipt is no longer the version that the clerk saw; newer work is never overwritten."""
    if seen is not None and receipt.version != seen:
        raise Refused(CHANGED)


def find_receipts(session: Session, text: str) -> list[ReceiptHit]:
    """The receipt of exactly this number, else those whose number begins so, the newest first."""
    typed = text.strip().upper()
    if not typed:
        return []
    query = _hits().limit(_MOST_HITS)
    rows = (
        session.execute(query.where(Receipt.number == typed)).all()
        or session.execute(query.where(Receipt.number.startswith(typed, autoescape=True))).all()
    )
    return [ReceiptHit(*row) for row in rows]


def all_receipts(session: Session, start: int, count: int) -> list[ReceiptHit]:
    """All receipts, the newest first: so many from a place on, counted from 0."""
    return [ReceiptHit(*row) for row in session.execute(_hits().offset(start).limit(count))]


def _hits() -> Select[str, datetime.date, PaymentType, ReceiptStatus, Decimal]:
    return (
        select(
            Receipt.number,
            Receipt.date,
            Receipt.payment_type,
            Receipt.status,
            func.coalesce(func.sum(ReceiptLine.amount), ZERO),
        )
        .outerjoin(ReceiptLine, ReceiptLine.receipt_id == Receipt.id)
        .group_by(Receipt.id, Receipt.number, Receipt.date, Receipt.payment_type, Receipt.status)
        .order_by(Receipt.id.desc())
    )


def receipt_row(receipt: ReceiptHit) -> str:
    """One receipt in one row: number, date, type of payment, total, status."""
    return (
        f"{receipt.number:<12}{padded(receipt.date)}  {receipt.payment_type:<18}"
        f"{receipt.total:>14.2f}  {receipt.status}"
    )


RECEIPTS: LookUp[ReceiptHit] = LookUp(
    kind="receipt",
    prompt="Select RECEIPT",
    find=find_receipts,
    page=all_receipts,
    row=receipt_row,
    key=lambda receipt: receipt.number,
    help=(
        "Type the number of a receipt, or the start of it: E1207 lists those of July 2012. Type ?? to see all.",
    ),
)
