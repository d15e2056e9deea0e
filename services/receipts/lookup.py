"""Finding one receipt by its number, and what refuses work on it or on one of its payments."""

from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.receipts import Receipt
from models.words.receipts import ReceiptStatus
from services.errors import Refused

RECEIPT_CHANGED = "SOMEBODY ELSE HAS CHANGED THIS RECEIPT SINCE YOU OPENED IT; OPEN IT AGAIN"

PROCESSED = "Receipt has been PROCESSED to AR and FMS."
DEPOSIT_RECEIPT = "EDI 3rd Party Lockbox deposit type receipt."


class Payment(Protocol):
    """One payment of a receipt, as a row of the store or as it is shown."""

    @property
    def number(self) -> int:
        """Its number on the receipt."""

    @property
    def cancelled(self) -> bool:
        """Whether it counts no more."""


def receipt_of(session: Session, number: str, *, lock: bool = False) -> Receipt:
    """The receipt of this number, locked for the transaction if asked; raises `Refused`."""
    query = select(Receipt).where(Receipt.number == number.strip().upper())
    if lock:
        query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    receipt = session.scalars(query).first()
    if receipt is None:
        raise Refused(f"THERE IS NO RECEIPT {number.strip().upper()[:20]}")
    return receipt


def refuse_changed(receipt: Receipt, seen: int | None) -> None:
    """Refuses when the receipt is no longer the version that the clerk saw; newer work is never overwritten."""
    if seen is not None and receipt.version != seen:
        raise Refused(RECEIPT_CHANGED)


def why_closed(*, for_deposit: bool, status: ReceiptStatus) -> str | None:
    """Why payments of a receipt cannot be edited any more, or None while they can."""
    if for_deposit:
        return DEPOSIT_RECEIPT
    return None if status is ReceiptStatus.OPEN else PROCESSED


def no_payment(receipt_number: str, number: int) -> Refused:
    """The refusal of a payment that is not on the receipt."""
    return Refused(f"THERE IS NO PAYMENT {number} ON RECEIPT {receipt_number}")


def refuse_cancelled(payment: Payment) -> None:
    """Refuses a payment that has been cancelled."""
    if payment.cancelled:
        raise Refused(f"Payment Transaction {payment.number} is CANCELLED.")
