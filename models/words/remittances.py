"""The words of ERAs and EFTs: how they are matched, and what is posted of them."""

from enum import StrEnum


class EraMatchStatus(StrEnum):
    """Whether the money of an ERA has been found (344.4 .09)."""

    UNMATCHED = "UNMATCHED"
    MATCHED_WITH_ERRORS = "MATCHED WITH ERRORS"
    MATCHED = "MATCHED"
    PAPER_CHECK = "MATCHED TO PAPER CHECK"
    MATCH_0 = "MATCH-0 PAYMENT"
    REMOVED = "REMOVED FROM WORKLIST"


class PostStatus(StrEnum):
    """Whether an ERA's detail has been posted (344.4 .14)."""

    NOT_POSTED = "NOT POSTED"
    POSTED = "POSTED"
    MANUALLY_POSTED = "MANUALLY POSTED"
    NOT_NEEDED = "POSTING NOT NEEDED"
    REMOVED = "NOT POSTED-REMOVED"


class EftMatchStatus(StrEnum):
    """Whether the remittance of an EFT has been found (344.31 .08)."""

    UNMATCHED = "UNMATCHED"
    MATCHED_WITH_ERRORS = "MATCHED WITH ERRORS"
    MATCHED = "MATCHED"
    PAPER_EOB = "PAPER EOB MATCH"
