"""The words of bills: their statuses, rate types, the kinds of their transactions, and what payers acknowledged."""

from enum import StrEnum

#: The `kind` of a bill that came in a list, with what was still owed of it, and not as an 837.
BILLS_CSV = "CSV"


class BillStatus(StrEnum):
    """The statuses of a bill (file 430.3) that this system meets."""

    INCOMPLETE = "INCOMPLETE"
    BILL_INCOMPLETE = "BILL INCOMPLETE"
    NEW_BILL = "NEW BILL"
    ACTIVE = "ACTIVE"
    OPEN = "OPEN"
    SUSPENDED = "SUSPENDED"
    COLLECTED_CLOSED = "COLLECTED/CLOSED"
    WRITE_OFF = "WRITE-OFF"
    CANCELLED = "CANCELLED BILL"


class TransactionType(StrEnum):
    """The kinds of bill transactions (file 430.3) that this system writes."""

    ORIGINAL = "ORIGINAL AMOUNT"
    INCREASE = "INCREASE ADJUSTMENT"
    DECREASE = "DECREASE ADJUSTMENT"
    PAYMENT_IN_PART = "PAYMENT (IN PART)"
    PAYMENT_IN_FULL = "PAYMENT (IN FULL)"
    PAYMENT_REVERSED = "PAYMENT REVERSED"
    ADMIN_CHARGE = "ADMIN.COST CHARGE"
    INTEREST_CHARGE = "INTEREST/ADM. CHARGE"
    EXEMPT = "EXEMPT INT/ADM. COST"
    RE_ESTABLISH = "RE-ESTABLISH"
    VOIDED = "CLAIM VOIDED"
    CHARGE_RAISED = "CLAIM REPLACED, CHARGE RAISED"
    CHARGE_LOWERED = "CLAIM REPLACED, CHARGE LOWERED"
    COMMENT = "COMMENT"


class EdiStatus(StrEnum):
    """What the payer's 277CA said about the bill."""

    NOT_SENT = "NO ACKNOWLEDGEMENT"
    RECEIVED = "RECEIVED"
    ACCEPTED = "ACCEPTED"
    REJECTED = "REJECTED"


class RateTypeName(StrEnum):
    """The rate types of third-party bills (DESIGN 5)."""

    REIMBURSABLE = "REIMBURSABLE INS."
    WORKERS_COMP = "WORKERS' COMP."
    NO_FAULT = "NO FAULT INS."
    TORT_FEASOR = "TORT FEASOR"
    TRICARE = "TRICARE REIMB. INS."
    CHAMPVA = "CHAMPVA REIMB.INS."
    MEDICARE = "MEDICARE"
    MEDICAID = "MEDICAID"
