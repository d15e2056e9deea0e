"""Entries of a scratch pad that were verified by hand or reviewed, and whose reviews a user wants to see."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings a store to this release."""
    op.add_column(
        "scratchpad_preference",
        sa.Column("show_reviews", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    _of_entry(
        "manual_verification",
        sa.Column("verified_by", sa.Integer(), nullable=False),
        sa.Column("verified_at", sa.DateTime(), nullable=False),
        user="verified_by",
    )
    _of_entry(
        "entry_review",
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(), nullable=False),
        user="set_by",
    )
    _of_entry(
        "review_comment",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("edited_at", sa.DateTime(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        user="author",
        key=("era_id", "entry", "number"),
    )


def _of_entry(
    table: str, *columns: "sa.Column[Any]", user: str, key: tuple[str, ...] = ("era_id", "entry")
) -> None:
    op.create_table(
        table,
        sa.Column("era_id", sa.Integer(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["era_id", "entry"],
            ["scratchpad_entry.era_id", "scratchpad_entry.number"],
            name=op.f(f"fk_{table}_era_id_entry"),
        ),
        sa.ForeignKeyConstraint([user], ["users.id"], name=op.f(f"fk_{table}_{user}")),
        sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{table}")),
        sqlite_with_rowid=False,
    )
