"""The words of files that come in: what became of them, and why something is held."""

from enum import StrEnum


class Outcome(StrEnum):
    """What became of a file or of one of its sets, the better first."""

    FILED = "filed"
    DUPLICATE = "duplicate"
    EXCEPTION = "exception"
    REJECTED = "rejected"


class Validation(StrEnum):
    """Whether the implementation guide has been asked about a set."""

    QUEUED = "queued"
    DONE = "done"
    NONE = "none"


class TransmissionCategory(StrEnum):
    """Why a set is held whole (344.5 .1)."""

    SUMMARY_ERROR = "SUMMARY RECORD STORE ERROR"
    PARTIAL = "PARTIAL MESSAGE RECEIVED"
    TRANSFERRED_IN = "EOB TRANSFERRED IN"
    STORE_ERROR = "TRANSMISSION STORE ERROR"
    TRANSFER_ERROR = "ERROR STORING EOB TRANSFER IN"
    NO_VALID_CLAIMS = "NO VALID CLAIMS"
    OTHER = "OTHER"


class DataCategory(StrEnum):
    """Why a line of an ERA is in exception (344.41 .07)."""

    BILL_NOT_FOUND = "VALID BILL NOT FOUND"
    NOT_STORED = "EOB DETAIL NOT IN IB"
    OTHER = "OTHER"
