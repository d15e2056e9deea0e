"""A remittance is known by the value of its amounts, whatever zeros fill them up.

No table changes: what ERAs, EEOBs and sets are known by is filled from the kept raw text right behind this step, in
the same transaction (`services.intake.reading_again`).
"""

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings a store to this release; its rows follow."""
