"""What the proofs of the books share: sums of money by what they belong to, and findings made of rows that are off."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from string import Formatter
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    Subquery,
    and_,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from models.journal import JournalLine
from models.money import Money, money_sum
from models.words.books import Account
from services.clean import clean
from services.findings import Finding

_Query = Select[*tuple[Any, ...]]
_Text = str | Callable[..., str]
_Off = tuple[ColumnElement[bool], str, _Text]

#: How much of a text that is in the store is shown.
_SHOWN = 40


def tell(session: Session, query: _Query, code: str, text: _Text, where: str) -> Iterator[Finding]:
    """A finding for each row of a query, in the order of the columns that `where` names.

    `text` and `where` name the columns by their places, `{0}`; a `text` that is no pattern is given all of them.
    """
    for row in session.execute(_order(query, where)).all():
        yield _finding(row, code, text, where)


def tell_each(session: Session, query: _Query, off: Sequence[_Off], where: str) -> Iterator[Finding]:
    """The same for several things that may be off in a row, read at once: each its condition, code and text."""
    flags = [condition for condition, _, _ in off]
    query = query.add_columns(*flags).where(or_(*flags))
    for row in session.execute(_order(query, where)).all():
        for (_, code, text), flag in zip(off, row[-len(flags) :], strict=True):
            if flag:
                yield _finding(row, code, text, where)


def _order(query: _Query, where: str) -> _Query:
    named = {int(place) for _, place, _, _ in Formatter().parse(where) if place}
    return query.order_by(*(literal_column(str(place + 1)) for place in sorted(named)))


def _finding(row: Sequence[Any], code: str, text: _Text, where: str) -> Finding:
    values = [clean(value, _SHOWN) if type(value) is str else value for value in row]
    said = text.format(*values) if isinstance(text, str) else text(*values)
    return Finding(code, said, where.format(*values))


def sums(
    amount: SQLColumnExpression[Decimal], of: InstrumentedAttribute[Any], *where: ColumnElement[bool]
) -> Subquery:
    """Sums of money by what they belong to: columns `of` and `amount`."""
    query = select(of.label("of"), money_sum(amount).label("amount")).where(*where)
    return query.group_by(of).subquery()


def booked(account: Account, of: InstrumentedAttribute[Any]) -> Subquery:
    """The balance of an account by its sub-account: debits less credits."""
    return sums(JournalLine.debit - JournalLine.credit, of, JournalLine.account == account)


def got(sum_of: Subquery) -> ColumnElement[Decimal]:
    """The sum of an outer join, 0.00 where there is none."""
    return func.coalesce(sum_of.c.amount, 0, type_=Money())


def same_key(key: Sequence[Any], other: Sequence[Any]) -> ColumnElement[bool]:
    """Whether two keys are the same, part by part."""
    return and_(*(one == another for one, another in zip(key, other, strict=True)))
