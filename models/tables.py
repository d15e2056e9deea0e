"""All tables in one place, for migrations and for tests that need the whole schema."""

from collections.abc import Collection

from models import (  # noqa: F401 - to import a table's module is to make it known
    audit,
    batches,
    bills,
    codes,
    efts,
    eras,
    finance,
    journal,
    leases,
    messages,
    money_acts,
    receipts,
    reviews,
    scratchpads,
    site,
    users,
)
from models.base import Base

metadata = Base.metadata

#: Tables whose rows are never changed and never deleted; triggers in the database refuse it.
APPEND_ONLY = ("audit_event", "journal_entry", "journal_line", "bill_transaction", "money_act")


def are_of_another_program(names: Collection[str]) -> bool:
    """Whether the tables of a database are not those of a store, of this release or another."""
    return 2 * len(metadata.tables.keys() & set(names)) < len(metadata.tables)
