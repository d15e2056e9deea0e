"""The words of the books: the accounts."""

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
