"""Distributions whose loss is borne by the bill that the payer reversed."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings a store to this release: no distribution of before has raised a bill."""
    bill = sa.ForeignKey("bill.id", name=op.f("fk_line_adjustment_reversed_bill_id"))
    column = sa.Column("reversed_bill_id", sa.Integer(), bill, nullable=True)
    # A table without row ids would lose that if it were laid out anew.
    op.add_column("line_adjustment", column, inline_references=True)
