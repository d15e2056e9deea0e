"""The mail groups that bulletins go to."""

from enum import StrEnum


class MailGroup(StrEnum):
    """Who gets a bulletin (file 3.8)."""

    PAYMENTS = "RCDPE PAYMENTS"
    EXCEPTIONS = "RCDPE PAYMENTS EXCEPTIONS"
    MANAGEMENT = "RCDPE PAYMENTS MGMT"
    AUDIT = "RCDPE AUDIT"
    MOVE_COPY = "RCDPE MOVE COPY"
    RECEIPTS = "RCDP PAYMENTS"
    ERROR = "PRCA ERROR"
