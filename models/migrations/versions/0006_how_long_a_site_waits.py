"""How long a site waits for a store that another writes to, and the last day on which it worked."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings a store to this release."""
    op.add_column("site", sa.Column("lock_wait", sa.Integer(), nullable=False, server_default="30"))
    op.add_column("site", sa.Column("last_day", sa.Date(), nullable=True))
