"""The words of the documents for finance, and how they are numbered."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class DocumentKind(StrEnum):
    """A cash receipt, or a transfer out of 5287.4/8NZZ (file 347.1)."""

    CASH_RECEIPT = "CR"
    TRANSFER = "TR"


_NUMBER = re.compile(r"(CR|TR)-([0-9]{3}[0-9A-Z]{0,4})K([0-9]{6,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """The number of a document: `CR-442K000017` is the 17th of station 442, a cash receipt."""

    kind: DocumentKind
    station: str
    serial: int

    def __str__(self) -> str:
        return f"{self.kind.value}-{self.station}K{self.serial:06d}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The number as it is written; None when the text is no document's number."""
        found = _NUMBER.fullmatch(text)
        return None if found is None else cls(DocumentKind(found[1]), found[2], int(found[3]))


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
