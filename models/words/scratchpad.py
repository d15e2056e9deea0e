"""The words of the scratch pad: kinds of entries, orders of payments, causes of adjustments, numbers of lines."""

from enum import IntEnum, StrEnum
from typing import NamedTuple


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


class ReviewStatus(StrEnum):
    """How far the review of an entry has come, as it is answered to `REVIEWED?` (344.491 .11)."""

    NO = "NO"
    YES = "YES"
    IN_PROCESS = "IN PROCESS"


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
    """What processing the receipt still has to do for an adjustment (344.4911 .05).

    The last three are beyond VistA: a payer's reversal raises the bill that it reverses (`RAISE`), what was taken
    for it pays the bill of the line (`PAY`), or both in one (`MOVE`).
    """

    NONE = 0
    DECREASE = 1
    COMMENT = 2
    ADD_LINE = 3
    MOVE = 4
    PAY = 5
    RAISE = 6


class BatchCriterion(StrEnum):
    """By what a scratch pad is divided into batches (344.493 .06)."""

    MAX = "MAX #"
    NAME = "NAME RANGE"
    PAYMENT = "PAYMENT PART-FULL-NONE"
    COPAY = "COPAY-NO COPAY"


class LineKey(NamedTuple):
    """Which line of which scratch pad: the ERA's number, and the line's stored numbers."""

    era: int
    entry: int
    line: int

    @property
    def label(self) -> str:
        """The line's number as it is typed and shown: entry, point, three digits."""
        return line_number(self.entry, self.line)

    def __str__(self) -> str:
        return f"ERA {self.era} line {self.label}"


class LogKey(NamedTuple):
    """Which entry of the adjustment log of a line; they are counted from 1."""

    at: LineKey
    number: int


#: What processing has to do on bills; each is done once, and marked as completed.
PENDING = (BackgroundAction.DECREASE, BackgroundAction.MOVE, BackgroundAction.PAY, BackgroundAction.RAISE)
#: Of these, what pays the bill of the line, and what raises the reversed bill.
PAYS = (BackgroundAction.MOVE, BackgroundAction.PAY)
RAISES = (BackgroundAction.MOVE, BackgroundAction.RAISE)


def line_number(entry: int, line: int) -> str:
    """A line's number as it is typed and shown: entry, point, three digits."""
    return f"{entry}.{line:03d}"
