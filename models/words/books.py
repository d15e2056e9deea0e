"""The words of the books: the accounts, and the acts that move money between them."""

from enum import StrEnum


class Account(StrEnum):
    """The accounts of the books."""

    CASH = "1010"
    RECEIVABLE = "1200"
    CLEARED_ON_LINE = "1900"
    UNAPPLIED = "2110"
    SUSPENSE = "2120"
    OPENING = "3000"
    BILLED = "4000"
    INTEREST_ADMIN = "4050"
    CONTRACTUAL = "4100"
    RETRACTIONS = "4150"
    OTHER_ADJUSTMENTS = "4190"


class JournalAct(StrEnum):
    """The business act that an entry records."""

    BILL_ACTIVE = "bill active"
    EFT_RECORDED = "EFT recorded"
    RECEIPT_PROCESSED = "receipt processed"
    PENDING_DECREASE = "pending decrease"
    ADJUSTMENT = "adjustment"
    MOVED_TO_SUSPENSE = "ERA moved to suspense"
    PAYMENT_LINKED = "payment linked"
    SUSPENSE_CLEARED = "suspense cleared"
    CHARGE = "interest or admin charge"
    EXEMPTION = "interest or admin exempted"
    RE_ESTABLISHED = "bill re-established"
    EFT_RETURNED = "EFT returned"
    REVERSAL = "reversal"
