"""A payer as somebody types it: how the name begins, or the whole identifier."""

from typing import Any

from sqlalchemy import ColumnElement, func, or_


def payer_typed(name: Any, identifier: Any, typed: str) -> ColumnElement[bool]:
    """Whether a payer's name (a column) begins as typed, in any case, or its identifier is just that."""
    said = typed.strip().upper()
    return or_(func.upper(name).startswith(said, autoescape=True), func.upper(identifier) == said)
