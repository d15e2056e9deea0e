"""The words of the scratch pad: kinds of entries, orders of payments, causes of adjustments."""

from enum import IntEnum, StrEnum


class EntryKind(StrEnum):
    """What a scratch-pad entry stands for."""

    CLAIM = "CLAIM"
    ERA_ADJUSTMENT = "ADJ"
    TOTALS_MISMATCH = "TOTALS MISMATCH"


class PaymentOrder(StrEnum):
    """The order in which a clerk sees the entries (344.492 .03)."""

    NONE = "NO ORDER"
    ZERO_FIRST = "ZERO-PAYMENTS FIRST"
    ZERO_LAST = "ZERO-PAYMENTS LAST"


class Cause(StrEnum):
    """Why an adjustment stands on a line (344.4911 .02); the last two come from a totals mismatch."""

    TAKEN_FOR_OTHER = "taken_for_other"
    GIVEN_TO_OTHER = "given_to_other"
    RETRACTION_CLAIM = "retraction_claim"
    RETRACTION_ERA = "retraction_era"
    PAYMENT_CLAIM = "payment_claim"
    PAYMENT_ERA = "payment_era"
    EFT_SHORT = "eft_short"
    EFT_OVER = "eft_over"


class BackgroundAction(IntEnum):
    """What processing the receipt still has to do for an adjustment (344.4911 .05)."""

    NONE = 0
    DECREASE = 1
    COMMENT = 2
    ADD_LINE = 3
