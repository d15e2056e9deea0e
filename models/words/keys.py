"""The security keys: what a user may do."""

from enum import StrEnum


class SecurityKey(StrEnum):
    """What a user may do beyond reading, viewing and printing."""

    CLERK = "LOCKBOX CLERK"
    MANAGER = "LOCKBOX MANAGER"
    ADJUST = "PRCADJ"
    BATCH_MAINTENANCE = "PRCA ERA BATCH MAINT"
    PATIENT_CHARGES = "PRCA EDI LOCKBOX CHARGES"
    MARK_ERA = "RCDPE MARK ERA"
    REMOVE_DUPLICATES = "RCDPE REMOVE DUPLICATES"
    PAYMENT_SUPERVISOR = "PRCAY PAYMENT SUP"
