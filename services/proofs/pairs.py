"""What a query of the proofs gives: amounts by what they belong to."""

from decimal import Decimal
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session


def pairs(session: Session, query: Select[Any, Any]) -> dict[Any, Decimal]:
    """Amounts by what they belong to."""
    return {row[0]: row[1] for row in session.execute(query)}
