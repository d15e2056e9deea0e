"""Acknowledgements that wait for their bill."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings a store to this release."""
    op.create_table(
        "kept_acknowledgement",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("segment", sa.Integer(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("edi_status", sa.String(length=40), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.Column("bill_id", sa.Integer(), nullable=True),
        sa.Column("noted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["bill_id"], ["bill.id"], name=op.f("fk_kept_acknowledgement_bill_id")),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_kept_acknowledgement_message_id")
        ),
        sa.PrimaryKeyConstraint("message_id", "ordinal", "segment", name=op.f("pk_kept_acknowledgement")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_kept_acknowledgement_folded"), "kept_acknowledgement", ["folded"], unique=False)
