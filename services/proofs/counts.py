"""How much there is in the books: what `lockbox check` has proven when it finds nothing."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.audit import AuditEvent
from models.bills import Bill
from models.efts import Eft
from models.eras import Era
from models.journal import JournalEntry
from models.receipts import Receipt


@dataclass(frozen=True, slots=True)
class BookCounts:
    """How many there are of each."""

    bills: int
    eras: int
    efts: int
    receipts: int
    journal_entries: int
    audit_events: int


def book_counts(session: Session) -> BookCounts:
    """Counts what the books hold."""

    def count(table: type[Any]) -> int:
        return session.scalar(select(func.count()).select_from(table)) or 0

    return BookCounts(
        bills=count(Bill),
        eras=count(Era),
        efts=count(Eft),
        receipts=count(Receipt),
        journal_entries=count(JournalEntry),
        audit_events=count(AuditEvent),
    )
