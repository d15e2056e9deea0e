"""The list of ERAs as the worklist shows it: its selection, its order, its rows (behaviour 1.1).

The order is read once, as numbers (a list of 100,000 takes 800 KB); rows are fetched a page at a time by
number, with one query a page, so that the last page costs what the first does.
"""

import datetime
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from models.efts import Eft, EftDeposit
from models.eras import Era, EraMatchStatus, PostStatus
from models.finance import DocumentStatus, FinanceDocument
from models.scratchpads import Scratchpad

__all__ = ["EraMatchStatus"]

_AT_ONCE = 500


class PostFilter(StrEnum):
    """ERA POSTING STATUS: anything but NOT POSTED counts as posted."""

    UNPOSTED = "UNPOSTED"
    POSTED = "POSTED"
    BOTH = "BOTH"


class MatchFilter(StrEnum):
    """ERA-EFT MATCH STATUS: anything but UNMATCHED counts as matched."""

    NOT_MATCHED = "NOT MATCHED"
    MATCHED = "MATCHED"
    BOTH = "BOTH"


@dataclass(frozen=True, slots=True)
class EraSelection:
    """Which ERAs a list shows; dates and names include both ends, names are compared in capitals."""

    post: PostFilter = PostFilter.BOTH
    match: MatchFilter = MatchFilter.BOTH
    received_from: datetime.date | None = None
    received_to: datetime.date | None = None
    payer_from: str | None = None
    payer_to: str | None = None


@dataclass(frozen=True, slots=True)
class EraRow:
    """One ERA of a list; `eft_receipt_status` is where the CR document of its EFT's deposit stands."""

    number: int
    trace: str
    payer: str
    date: datetime.date
    amount: Decimal
    received: datetime.date
    method: str | None
    match_status: EraMatchStatus
    eft_receipt_status: DocumentStatus | None
    approximate_eeobs: int
    has_scratchpad: bool


def era_numbers(session: Session, selection: EraSelection) -> Sequence[int]:
    """The numbers of all ERAs of a selection, by date received, then by number."""
    query = (
        select(Era.id)
        .where(*_conditions(session, selection))
        .order_by(Era.received, Era.id)
        .execution_options(yield_per=10_000)
    )
    numbers = array("q")
    for part in session.execute(query).partitions():
        numbers.extend(row[0] for row in part)
    return numbers


def era_rows(session: Session, numbers: Sequence[int]) -> list[EraRow]:
    """The rows of these ERAs in the order given; an ERA that is gone is left out."""
    found: dict[int, EraRow] = {}
    for start in range(0, len(numbers), _AT_ONCE):
        wanted = list(numbers[start : start + _AT_ONCE])
        for row in session.execute(_rows().where(Era.id.in_(wanted))):
            found[row.id] = _row(row)
    return [found[number] for number in numbers if number in found]


def _conditions(session: Session, selection: EraSelection) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if selection.post is not PostFilter.BOTH:
        unposted = Era.post_status == PostStatus.NOT_POSTED
        conditions.append(unposted if selection.post is PostFilter.UNPOSTED else ~unposted)
    if selection.match is not MatchFilter.BOTH:
        unmatched = Era.match_status == EraMatchStatus.UNMATCHED
        conditions.append(unmatched if selection.match is MatchFilter.NOT_MATCHED else ~unmatched)
    if selection.received_from is not None:
        conditions.append(Era.received >= selection.received_from)
    if selection.received_to is not None:
        conditions.append(Era.received <= selection.received_to)
    name: ColumnElement[str] = func.upper(Era.payer_name)
    if session.get_bind().dialect.name == "postgresql":
        # A language's own order passes over blanks and hyphens; the range is of plain characters.
        name = name.collate("C")
    if selection.payer_from is not None:
        conditions.append(name >= selection.payer_from.upper())
    if selection.payer_to is not None:
        conditions.append(name <= selection.payer_to.upper())
    return conditions


def _rows() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Era.id,
            Era.trace,
            Era.payer_name,
            Era.date,
            Era.total,
            Era.received,
            Era.method,
            Era.match_status,
            Era.approximate_eeobs,
            Eft.id.label("eft"),
            FinanceDocument.status.label("document"),
            Scratchpad.era_id.label("pad"),
        )
        .outerjoin(Eft, Eft.era_id == Era.id)
        .outerjoin(EftDeposit, EftDeposit.id == Eft.deposit_id)
        .outerjoin(FinanceDocument, FinanceDocument.receipt_id == EftDeposit.receipt_id)
        .outerjoin(Scratchpad, Scratchpad.era_id == Era.id)
    )


def _row(row: Any) -> EraRow:
    return EraRow(
        number=row.id,
        trace=row.trace,
        payer=row.payer_name,
        date=row.date,
        amount=row.total,
        received=row.received,
        method=row.method or None,
        match_status=row.match_status,
        eft_receipt_status=None if row.eft is None else row.document or DocumentStatus.NOT_ENTERED,
        approximate_eeobs=row.approximate_eeobs,
        has_scratchpad=row.pad is not None,
    )
