"""What a remittance says and the store did not keep: references, further names, days and amounts, billed units.

Payers that share an identifier keep their own names.

The rows are filled from the kept raw text right behind this step, in the same transaction
(`services.intake.reading_again`). New columns of text have a default, so that no table is written anew.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings a store to this release."""
    for table, column in (("eeob", "facility"), ("eeob", "frequency"), ("eeob_line", "billed_units")):
        op.add_column(table, sa.Column(column, sa.Text(), nullable=False, server_default=""))
    op.add_column("provider_adjustment", sa.Column("fiscal_date", sa.Date(), nullable=True))
    with op.batch_alter_table("payer") as payer:
        payer.drop_constraint(op.f("uq_payer_key"), type_="unique")
        payer.create_unique_constraint(op.f("uq_payer_key_name"), ["key", "name"])
    _amounts()
    _of_eeob("eeob_reference", sa.Column("value", sa.Text(), nullable=False))
    _of_eeob("eeob_day", sa.Column("day", sa.Date(), nullable=False))
    op.create_table(
        "eeob_party",
        sa.Column("era_id", sa.Integer(), nullable=False),
        sa.Column("eeob_sequence", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("person", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("qualifier", sa.Text(), nullable=False),
        sa.Column("identifier", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["era_id", "eeob_sequence"],
            ["eeob.era_id", "eeob.sequence"],
            name=op.f("fk_eeob_party_era_id_eeob_sequence"),
        ),
        sa.PrimaryKeyConstraint("era_id", "eeob_sequence", "number", name=op.f("pk_eeob_party")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "era_party",
        sa.Column("era_id", sa.Integer(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("qualifier", sa.Text(), nullable=False),
        sa.Column("identifier", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["era_id"], ["era.id"], name=op.f("fk_era_party_era_id")),
        sa.PrimaryKeyConstraint("era_id", "entity", name=op.f("pk_era_party")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "era_reference",
        sa.Column("era_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("qualifier", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["era_id"], ["era.id"], name=op.f("fk_era_reference_era_id")),
        sa.PrimaryKeyConstraint("era_id", "number", name=op.f("pk_era_reference")),
        sqlite_with_rowid=False,
    )


def _of_eeob(table: str, value: "sa.Column[Any]") -> None:
    op.create_table(
        table,
        sa.Column("era_id", sa.Integer(), nullable=False),
        sa.Column("eeob_sequence", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("qualifier", sa.Text(), nullable=False),
        value,
        sa.ForeignKeyConstraint(
            ["era_id", "eeob_sequence"],
            ["eeob.era_id", "eeob.sequence"],
            name=op.f(f"fk_{table}_era_id_eeob_sequence"),
        ),
        sa.PrimaryKeyConstraint("era_id", "eeob_sequence", "line", "number", name=op.f(f"pk_{table}")),
        sqlite_with_rowid=False,
    )


def _amounts() -> None:
    """Lets an EEOB have several amounts of one qualifier, and its lines have some: a row is known by its number."""
    op.execute("CREATE TABLE eeob_amount_before AS SELECT * FROM eeob_amount")
    op.drop_table("eeob_amount")
    _of_eeob("eeob_amount", sa.Column("value", sa.Text(), nullable=False))
    op.execute(
        "INSERT INTO eeob_amount (era_id, eeob_sequence, line, number, qualifier, value)"
        " SELECT era_id, eeob_sequence, 0,"
        " row_number() OVER (PARTITION BY era_id, eeob_sequence ORDER BY qualifier), qualifier, value"
        " FROM eeob_amount_before"
    )
    op.drop_table("eeob_amount_before")
