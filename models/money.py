"""Money in the store: whole cents in a column, `Decimal` dollars in Python (`models.words.money`)."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, func
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from models.words.money import cents_of


class Money(TypeDecorator[Decimal]):
    """A column of money: whole cents in the store, `Decimal` dollars in Python."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        return None if value is None else cents_of(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:
        return _dollars_of(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Decimal | None]:
        # As it would be made of the method above, without two calls an amount: a scratch pad has thousands.
        return _dollars_of


def _dollars_of(value: Any | None) -> Decimal | None:
    return None if value is None else Decimal(int(value)).scaleb(-2)


def money_sum(column: Any) -> ColumnElement[Decimal]:
    """The sum of a column of money, 0.00 where there is nothing to add."""
    return func.coalesce(func.sum(column), 0, type_=Money())
