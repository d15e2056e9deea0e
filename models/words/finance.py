"""The words of the documents for finance."""

from enum import StrEnum


class DocumentKind(StrEnum):
    """A cash receipt, or a transfer out of 5287.4/8NZZ (file 347.1)."""

    CASH_RECEIPT = "CR"
    TRANSFER = "TR"


class DocumentStatus(StrEnum):
    """Where a finance document stands on its way (DESIGN 5)."""

    NOT_ENTERED = "NOT ENTERED"
    QUEUED = "QUEUED FOR TRANSMISSION"
    MARKED = "MARKED FOR TRANSMISSION"
    TRANSMITTED = "TRANSMITTED"
    ACCEPTED = "ACCEPTED BY FMS"
    REJECTED = "REJECTED"
    ERROR = "ERROR"
    ON_LINE = "ON LINE ENTRY"


class FinanceAdapter(StrEnum):
    """How finance documents leave: written to a journal at once, or spooled until finance answers."""

    JOURNAL = "journal"
    SPOOL = "spool"
