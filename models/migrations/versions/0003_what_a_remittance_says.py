"""What a remittance says is a part of what it is known by; a site knows since when it is live; bills have aliases.

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
    op.create_index(op.f("ix_bill_patient_id"), "bill", ["patient_id"], unique=False)
    op.create_table(
        "bill_alias",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("bill_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["bill_id"], ["bill.id"], name=op.f("fk_bill_alias_bill_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_bill_alias")),
    )
    op.create_index(op.f("ix_bill_alias_bill_id"), "bill_alias", ["bill_id"], unique=False)
    _fold_data_exceptions()


def _fold_data_exceptions() -> None:
    """Gives each line without a bill the folded form of its claim, as bills have it."""
    with op.batch_alter_table("data_exception") as lines:
        lines.add_column(sa.Column("folded", sa.Text(), nullable=True))
    names = ("era_id", "sequence", "claim", "folded")
    line = sa.table("data_exception", *(sa.column(name) for name in names))
    connection = op.get_bind()
    station = connection.execute(sa.text("SELECT station FROM site")).scalar() or ""
    rows = connection.execute(sa.select(line.c.era_id, line.c.sequence, line.c.claim)).all()
    folded = [
        {
            "of_era": row.era_id,
            "of_line": row.sequence,
            "form": "".join(row.claim.upper().split()).removeprefix(f"{station}-").replace("O", "0"),
        }
        for row in rows
    ]
    if folded:
        this = sa.and_(line.c.era_id == sa.bindparam("of_era"), line.c.sequence == sa.bindparam("of_line"))
        connection.execute(line.update().where(this).values(folded=sa.bindparam("form")), folded)
    with op.batch_alter_table("data_exception") as lines:
        lines.alter_column("folded", nullable=False, existing_type=sa.Text())
    op.create_index(op.f("ix_data_exception_folded"), "data_exception", ["folded"], unique=False)
