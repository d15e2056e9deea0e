"""Runs the migrations on the connection that models.upgrading hands over, inside its transaction."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext

from models.base import UtcDateTime
from models.money import Money
from models.tables import metadata


def plain_type(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Writes our column types as what they are in the database, so that old steps never change with the code."""
    if kind != "type":
        return False
    if isinstance(item, Money):
        return "sa.BigInteger()"
    if isinstance(item, UtcDateTime):
        return "sa.DateTime()"
    if isinstance(item, sa.Enum):
        return f"sa.String(length={item.length})"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=context.config.attributes.get("batch", True),
    render_item=plain_type,
    transactional_ddl=True,
    compare_type=True,
)
context.run_migrations()
