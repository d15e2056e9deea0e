"""The words of receipts and of deposit tickets."""

from enum import StrEnum


class PaymentType(StrEnum):
    """The type of payment of a receipt (file 341.1)."""

    CHECK = "CHECK/MO PAYMENT"
    TDA = "TDA PAYMENT"
    EDI_LOCKBOX = "EDI LOCKBOX"


class ReceiptStatus(StrEnum):
    """Whether a receipt may still be edited (344 .14)."""

    OPEN = "OPEN"
    CLOSED = "CLOSED"


class TicketStatus(StrEnum):
    """The statuses of a deposit ticket in use (344.1 .12)."""

    OPEN = "OPEN"
    CONFIRMED = "CONFIRMED"
