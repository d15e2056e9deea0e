"""All tables in one place, for migrations and for tests that need the whole schema."""

from models import (
    audit,
    bills,
    efts,
    eras,
    finance,
    journal,
    leases,
    messages,
    receipts,
    scratchpads,
    site,
    users,
)
from models.base import Base

metadata = Base.metadata

#: Tables whose rows are never changed and never deleted; triggers in the database refuse it.
APPEND_ONLY = ("audit_event", "journal_entry", "journal_line", "bill_transaction", "money_act")

__all__ = [
    "APPEND_ONLY",
    "audit",
    "bills",
    "efts",
    "eras",
    "finance",
    "journal",
    "leases",
    "messages",
    "metadata",
    "receipts",
    "scratchpads",
    "site",
    "users",
]
