"""Finding a receipt by its number."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.receipts import Receipt
from services.errors import Refused


def receipt_of(session: Session, number: str, *, lock: bool = False) -> Receipt:
    """The receipt of this number, locked for the transaction if asked; raises `Refused`."""
    query = select(Receipt).where(Receipt.number == number.strip().upper())
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    receipt = session.scalars(query).first()
    if receipt is None:
        raise Refused(f"THERE IS NO RECEIPT {number.strip().upper()[:20]}")
    return receipt
