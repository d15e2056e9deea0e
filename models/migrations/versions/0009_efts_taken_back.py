"""An EFT that the bank took back leaves its ERA, which is free for other money, and finance is told of it.

Receipt and EFT keep which ERA it was.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings a store to this release: what the bank took back until now leaves its ERAs free as well."""
    for table in ("receipt", "eft"):
        era = sa.ForeignKey("era.id", name=op.f(f"fk_{table}_returned_era_id"))
        column = sa.Column("returned_era_id", sa.Integer(), era, nullable=True)
        op.add_column(table, column, inline_references=True)
    for statement in _FREE:
        op.execute(statement)
    with op.batch_alter_table("finance_document") as document:
        document.drop_constraint(op.f("uq_finance_document_receipt_id"), type_="unique")
        document.add_column(sa.Column("reverses_id", sa.Integer(), nullable=True))
        document.add_column(sa.Column("eft_id", sa.Integer(), nullable=True))
        document.create_foreign_key(
            op.f("fk_finance_document_reverses_id"), "finance_document", ["reverses_id"], ["id"]
        )
        document.create_foreign_key(op.f("fk_finance_document_eft_id"), "eft", ["eft_id"], ["id"])
        document.create_unique_constraint(
            op.f("uq_finance_document_reverses_id_eft_id"), ["reverses_id", "eft_id"]
        )
    first = sa.text("reverses_id IS NULL")
    op.create_index(
        "uq_finance_document_receipt_id",
        "finance_document",
        ["receipt_id"],
        unique=True,
        sqlite_where=first,
        postgresql_where=first,
    )
    _tell_finance(op.get_bind())


def _tell_finance(connection: sa.Connection) -> None:
    """Makes the documents that take back what finance was told of EFTs that have come back until now."""
    for eft in connection.execute(_RETURNED).all():
        own = connection.scalar(_OWN_RECEIPT, {"eft": eft.id})
        for receipt_id, entries, values in (
            (own, "e.act = 'reversal' AND e.receipt_id = :receipt", {"receipt": own}),
            (
                eft.deposit_receipt,
                "e.act = 'EFT returned' AND e.id IN (SELECT entry_id FROM journal_line WHERE eft_id = :eft)",
                {"eft": eft.id},
            ),
        ):
            first = receipt_id and connection.execute(_FIRST, {"receipt": receipt_id}).first()
            if not first:
                continue
            sums = connection.execute(sa.text(f"{_SUMS} WHERE {entries} GROUP BY l.account"), values).all()
            if not sums:
                continue
            made = connection.execute(sa.text(f"{_MADE} WHERE {entries}").columns(**_DAYS), values).one()
            site = connection.execute(sa.text("SELECT station, next_document FROM site")).one()
            number = f"{first.kind}-{site.station}K{site.next_document:06d}"
            head = (
                f"{made.date.isoformat()} * ({number}) takes back {first.number} of receipt {first.receipt}: "
                f"EFT {eft.id} came back"
            )
            lines = [
                f"    {account}  {_dollars(int(amount)):>18} USD"
                for account, amount in sorted(sums)
                if amount
            ]
            connection.execute(sa.text("UPDATE site SET next_document = next_document + 1"))
            connection.execute(
                _MAKE,
                {
                    "number": number,
                    "kind": first.kind,
                    "receipt": receipt_id,
                    "first": first.id,
                    "eft": eft.id,
                    "status": first.status,
                    "amount": -eft.amount,
                    "text": "\n".join([head, *lines]) + "\n",
                    "at": made.at,
                },
            )


def _dollars(cents: int) -> str:
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"


_DAYS = {"date": sa.Date(), "at": sa.DateTime()}
_RETURNED = sa.text(
    "SELECT e.id, e.amount, d.receipt_id AS deposit_receipt FROM eft e JOIN eft_deposit d ON d.id = e.deposit_id "
    "WHERE e.returned ORDER BY e.id"
)
_OWN_RECEIPT = sa.text("SELECT id FROM receipt WHERE eft_id = :eft AND processed_at IS NOT NULL")
_FIRST = sa.text(
    "SELECT f.id, f.number, f.kind, f.status, r.number AS receipt FROM finance_document f "
    "JOIN receipt r ON r.id = f.receipt_id WHERE f.receipt_id = :receipt AND f.reverses_id IS NULL"
)
_SUMS = (
    "SELECT l.account, sum(l.debit - l.credit) FROM journal_entry e JOIN journal_line l ON l.entry_id = e.id"
)
_MADE = "SELECT max(e.date) AS date, max(e.recorded_at) AS at FROM journal_entry e"
_MAKE = sa.text(
    "INSERT INTO finance_document (number, kind, receipt_id, reverses_id, eft_id, status, amount, text, made_at, "
    "status_at, written_at) VALUES (:number, :kind, :receipt, :first, :eft, :status, :amount, :text, :at, :at, NULL)"
).bindparams(sa.bindparam("at", type_=sa.DateTime()))

_OF_RETURNED = "SELECT era_id FROM eft WHERE returned AND era_id IS NOT NULL"

_FREE = (
    # A receipt that was never processed is closed, since its money will not come.
    "UPDATE receipt SET status = 'CLOSED', reversed_at = ("
    "SELECT max(done_at) FROM money_act WHERE act = 'EFT returned' AND reference = CAST(receipt.eft_id AS TEXT)"
    ") WHERE status = 'OPEN' AND eft_id IN (SELECT id FROM eft WHERE returned)",
    *(
        f"DELETE FROM {table} WHERE era_id IN ({_OF_RETURNED})"
        for table in (
            *("line_adjustment", "scratchpad_line", "scratchpad_entry"),
            *("scratchpad_preference", "scratchpad"),
        )
    ),
    "UPDATE receipt SET returned_era_id = era_id, era_id = NULL WHERE reversed_at IS NOT NULL",
    "UPDATE era SET match_status = 'UNMATCHED', match_reason = NULL, post_status = 'NOT POSTED' "
    f"WHERE id IN ({_OF_RETURNED})",
    "UPDATE eft SET returned_era_id = era_id, era_id = NULL, match_status = 'UNMATCHED', match_reason = NULL "
    "WHERE returned",
)
