"""What a remittance says is a part of what it is known by; a site knows since when it is live.

`era.content` is filled from the kept raw text right behind this step, in the same transaction
(`services.intake.reading_again`); until then it is empty. `era.dated` and `site.live_since` are put right there too.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings a store to this release."""
    with op.batch_alter_table("era") as era:
        era.add_column(sa.Column("dated", sa.Boolean(), nullable=True))
        era.add_column(sa.Column("content", sa.LargeBinary(), nullable=True))
    era = sa.table("era", sa.column("dated", sa.Boolean()), sa.column("content", sa.LargeBinary()))
    op.execute(era.update().values(dated=True, content=b""))
    with op.batch_alter_table("era") as changed:
        changed.alter_column("dated", nullable=False, existing_type=sa.Boolean())
        changed.alter_column("content", nullable=False, existing_type=sa.LargeBinary())
        changed.drop_constraint(op.f("uq_era_payer_key_trace_key_date_total"), type_="unique")
        changed.create_unique_constraint(
            op.f("uq_era_payer_key_trace_key_date_total_content"),
            ["payer_key", "trace_key", "date", "total", "content"],
        )
    op.create_index(op.f("ix_era_transaction_set_id"), "era", ["transaction_set_id"], unique=False)
    with op.batch_alter_table("site") as site:
        site.add_column(sa.Column("test_files", sa.Boolean(), nullable=True))
        site.add_column(sa.Column("live_since", sa.DateTime(), nullable=True))
    op.execute(sa.table("site", sa.column("test_files", sa.Boolean())).update().values(test_files=False))
    with op.batch_alter_table("site") as site:
        site.alter_column("test_files", nullable=False, existing_type=sa.Boolean())
