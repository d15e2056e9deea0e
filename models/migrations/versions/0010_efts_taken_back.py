"""An EFT that the bank took back leaves its ERA, which is free for other money; receipt and EFT keep which it was."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0007"
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
