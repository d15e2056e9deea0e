"""The batches of a scratch pad."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings a store to this release: no scratch pad of before is divided."""
    op.create_table(
        "batch",
        sa.Column("era_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("ready", sa.Boolean(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(), nullable=False),
        sa.Column("criterion", sa.String(length=40), nullable=False),
        sa.Column("first", sa.Text(), nullable=False),
        sa.Column("last", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["era_id"], ["scratchpad.era_id"], name=op.f("fk_batch_era_id")),
        sa.ForeignKeyConstraint(["set_by"], ["users.id"], name=op.f("fk_batch_set_by")),
        sa.PrimaryKeyConstraint("era_id", "number", name=op.f("pk_batch")),
        sqlite_with_rowid=False,
    )
    # A reference of two columns cannot be added to a table of SQLite; it is laid out anew, again without row ids.
    with op.batch_alter_table("scratchpad_entry", table_kwargs={"sqlite_with_rowid": False}) as entry:
        entry.add_column(sa.Column("batch", sa.Integer(), nullable=True))
        entry.create_foreign_key(
            op.f("fk_scratchpad_entry_era_id_batch"), "batch", ["era_id", "batch"], ["era_id", "number"]
        )
