"""Sums of money as the proofs of the books ask the store for them."""

from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, func
from sqlalchemy.orm import Session

from models.money import Money


def money_sum(column: Any) -> ColumnElement[Decimal]:
    """The sum of a column of money, 0.00 where there is nothing to add."""
    return func.coalesce(func.sum(column), 0, type_=Money())


def pairs(session: Session, query: Select[Any, Any]) -> dict[Any, Decimal]:
    """Amounts by what they belong to."""
    return {row[0]: row[1] for row in session.execute(query)}
