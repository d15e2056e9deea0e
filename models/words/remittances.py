"""The words of ERAs and EFTs: how they are matched, what is posted of them, how their deposits are numbered."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

_DEPOSIT = re.compile(r"569([0-9]{6,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class DepositNumber:
    """The number of a deposit made from a bank's file: 569 and the site's own count, `569000017`."""

    serial: int

    def __str__(self) -> str:
        return f"569{self.serial:06d}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The number as it is written; None when the text is no such deposit's number."""
        found = _DEPOSIT.fullmatch(text)
        return None if found is None else cls(int(found[1]))


class EraMatchStatus(StrEnum):
    """Whether the money of an ERA has been found (344.4 .09)."""

    UNMATCHED = "UNMATCHED"
    MATCHED_WITH_ERRORS = "MATCHED WITH ERRORS"
    MATCHED = "MATCHED"
    PAPER_CHECK = "MATCHED TO PAPER CHECK"
    MATCH_0 = "MATCH-0 PAYMENT"
    REMOVED = "REMOVED FROM WORKLIST"
    HELD = "HELD AS EXCEPTION"


class PaymentMethod(StrEnum):
    """How a payer says that it pays (BPR04), as far as a clerk is told or asked something for it."""

    ACH = "ACH"
    CHECK = "CHK"
    NO_PAYMENT = "NON"


class PostStatus(StrEnum):
    """Whether an ERA's detail has been posted (344.4 .14)."""

    NOT_POSTED = "NOT POSTED"
    POSTED = "POSTED"
    MANUALLY_POSTED = "MANUALLY POSTED"
    NOT_NEEDED = "POSTING NOT NEEDED"
    REMOVED = "NOT POSTED-REMOVED"


class MatchReason(StrEnum):
    """Why an ERA and its money belong together."""

    EQUAL = "SAME TRACE, PAYER AND TOTAL"
    EQUAL_APART = "SAME TRACE, PAYER, TOTAL; DATES APART"
    OTHER_TOTAL = "SAME TRACE AND PAYER, OTHER TOTAL"
    PAPER_CHECK = "PAPER CHECK NAMED BY A CLERK"
    MATCH_0 = "NOTHING WAS PAID"


class ReversalKind(StrEnum):
    """How a bank takes an EFT back: by a reversing batch, a plain debit, or a return (addenda 99)."""

    REVERSAL = "REVERSAL"
    DEBIT = "DEBIT"
    RETURN = "RETURN"


class EftMatchStatus(StrEnum):
    """Whether the remittance of an EFT has been found (344.31 .08)."""

    UNMATCHED = "UNMATCHED"
    MATCHED_WITH_ERRORS = "MATCHED WITH ERRORS"
    MATCHED = "MATCHED"
    PAPER_EOB = "PAPER EOB MATCH"
