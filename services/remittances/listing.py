"""ERAs as the worklist lists them: filters, orders, and pages that begin where the last one ended (behaviour 1.1)."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session

from models.bulk import parts
from models.dialects import by_code_point
from models.efts import Eft, EftDeposit
from models.eras import Era
from models.finance import FIRST, FinanceDocument
from models.money import Money
from models.receipts import Receipt
from models.scratchpads import Scratchpad
from models.words.finance import DocumentStatus
from models.words.remittances import EraMatchStatus, PaymentMethod, PostStatus

NONE_FOUND = "THERE ARE NO ERAs MATCHING YOUR SELECTION CRITERIA"


_EXPECTED: dict[str, str] = {
    PaymentMethod.CHECK: "(CHECK PAYMENT EXPECTED)",
    PaymentMethod.NO_PAYMENT: "(NO PAYMENT EXPECTED)",
}


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


class EraSort(StrEnum):
    """By what a list of ERAs can be sorted."""

    RECEIVED = "DATE RECEIVED"
    DATE = "ERA PAID DATE"
    PAYER = "PAYER"
    AMOUNT = "AMOUNT"


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
class SortKey:
    """One key of an order; `descending` is highest, latest or last first."""

    by: EraSort = EraSort.RECEIVED
    descending: bool = False


@dataclass(frozen=True, slots=True)
class EraOrder:
    """How a list of ERAs is sorted; ERA numbers decide what is alike in all keys, in the first key's direction."""

    first: SortKey = SortKey()
    second: SortKey | None = None


@dataclass(frozen=True, slots=True)
class EraRow:
    """One ERA of a list.

    `eft_receipt_status` is where the document of its EFT's deposit stands. `balanced` says that its lines,
    its claims and its payment agree among themselves, as the payer sent them.
    """

    number: int
    trace: str
    payer: str
    payer_id: str
    date: datetime.date
    amount: Decimal
    received: datetime.date
    method: str | None
    match_status: EraMatchStatus
    post_status: PostStatus
    check: str | None
    eft: int | None
    eft_receipt_status: DocumentStatus | None
    receipt: str | None
    approximate_eeobs: int
    has_scratchpad: bool
    balanced: bool


_NOT_MATCHED = (EraMatchStatus.UNMATCHED, EraMatchStatus.HELD)


def payment_text(era: EraRow) -> str:
    """What is known of an ERA's money; with an EFT, the status of its deposit's document.

    Of an unmatched ERA only what the payer says (BPR04). Source: behaviour 1.1, `screens.md` 1.
    """
    if era.eft_receipt_status is not None:
        return f"EFT RECEIPT STATUS: {era.eft_receipt_status}"
    if era.match_status is EraMatchStatus.PAPER_CHECK:
        return "(CHECK PAYMENT CHOSEN)"
    if era.match_status is EraMatchStatus.UNMATCHED:
        return _EXPECTED.get(era.method or "", "N/A")
    return "N/A"


@dataclass(frozen=True, slots=True)
class EraPosition:
    """Where a page of a list ended: the sort values of its last ERA."""

    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class EraPage:
    """A page of a list; `next` is where the following page begins, None at the end."""

    rows: tuple[EraRow, ...]
    next: EraPosition | None


def era_list(
    session: Session,
    selection: EraSelection = EraSelection(),
    order: EraOrder = EraOrder(),
    *,
    after: EraPosition | None = None,
    limit: int | None = None,
) -> EraPage:
    """The ERAs of a selection, from behind `after`, at most `limit` of them."""
    keys = _keys(order)
    query = _rows().add_columns(*(column for column, _ in keys)).where(*_conditions(selection))
    if after is not None:
        query = query.where(_behind(keys, after.values))
    query = query.order_by(*(column.desc() if down else column.asc() for column, down in keys))
    if limit is not None:
        query = query.limit(limit + 1)
    found = session.execute(query).all()
    more = limit is not None and len(found) > limit
    page = found[:limit] if more else found
    width = len(keys)
    return EraPage(
        tuple(_row(row) for row in page), EraPosition(tuple(page[-1][-width:])) if more and page else None
    )


def era_numbers(
    session: Session,
    selection: EraSelection = EraSelection(),
    order: EraOrder = EraOrder(),
) -> list[int]:
    """The numbers of all ERAs of a selection in their order: what a list needs to know its last page."""
    sorted_by = [column.desc() if down else column.asc() for column, down in _keys(order)]
    return list(session.scalars(select(Era.id).where(*_conditions(selection)).order_by(*sorted_by)))


def era_rows(session: Session, numbers: Sequence[int]) -> list[EraRow]:
    """The rows of these ERAs in the order given; an ERA that is gone is left out."""
    found: dict[int, EraRow] = {}
    for some in parts(numbers):
        rows = session.execute(_rows().where(Era.id.in_(some)))
        found.update((row[0].id, _row(row)) for row in rows)
    return [found[number] for number in numbers if number in found]


def era_totals(session: Session, selection: EraSelection) -> tuple[int, Decimal]:
    """How many ERAs a selection has, and what they pay together."""
    count, total = session.execute(
        select(func.count(), func.coalesce(func.sum(Era.total), 0, type_=Money())).where(
            *_conditions(selection)
        )
    ).one()
    return count, total


def _rows() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Era,
            Eft.id.label("eft"),
            FinanceDocument.status.label("deposit_status"),
            Receipt.number.label("receipt"),
            Scratchpad.era_id.label("pad"),
        )
        .outerjoin(Eft, Eft.era_id == Era.id)
        .outerjoin(EftDeposit, EftDeposit.id == Eft.deposit_id)
        .outerjoin(FinanceDocument, and_(FinanceDocument.receipt_id == EftDeposit.receipt_id, FIRST))
        .outerjoin(Receipt, Receipt.era_id == Era.id)
        .outerjoin(Scratchpad, Scratchpad.era_id == Era.id)
    )


def _row(row: Any) -> EraRow:
    era: Era = row[0]
    return EraRow(
        number=era.id,
        trace=era.trace,
        payer=era.payer_name,
        payer_id=era.payer_id,
        date=era.date,
        amount=era.total,
        received=era.received,
        method=era.method or None,
        match_status=era.match_status,
        post_status=era.post_status,
        check=era.check_number or None,
        eft=row.eft,
        eft_receipt_status=None if row.eft is None else (row.deposit_status or DocumentStatus.NOT_ENTERED),
        receipt=row.receipt,
        approximate_eeobs=era.approximate_eeobs,
        has_scratchpad=row.pad is not None,
        balanced=era.balanced_lines and era.balanced_claims and era.balanced,
    )


def _conditions(selection: EraSelection) -> Iterable[ColumnElement[bool]]:
    if selection.post is PostFilter.UNPOSTED:
        yield Era.post_status == PostStatus.NOT_POSTED
    elif selection.post is PostFilter.POSTED:
        yield Era.post_status != PostStatus.NOT_POSTED
    if selection.match is MatchFilter.NOT_MATCHED:
        yield Era.match_status.in_(_NOT_MATCHED)
    elif selection.match is MatchFilter.MATCHED:
        yield Era.match_status.not_in(_NOT_MATCHED)
    if selection.received_from is not None:
        yield Era.received >= selection.received_from
    if selection.received_to is not None:
        yield Era.received <= selection.received_to
    # A language's own order passes over blanks and hyphens; a range is of plain characters.
    name = by_code_point(func.upper(Era.payer_name))
    if selection.payer_from is not None:
        yield name >= selection.payer_from.upper()
    if selection.payer_to is not None:
        yield name <= selection.payer_to.upper()


def _keys(order: EraOrder) -> list[tuple[Any, bool]]:
    """The columns of an order and whether each goes down.

    Alone, the date received is the instant, so that the list stands in the order of arrival; before a second
    key it is the day, or else no two ERAs would ever be alike in it.
    """
    columns: dict[EraSort, Any] = {
        EraSort.RECEIVED: Era.received_at if order.second is None else Era.received,
        EraSort.DATE: Era.date,
        EraSort.PAYER: by_code_point(Era.payer_name),
        EraSort.AMOUNT: Era.total,
    }
    keys = [(columns[order.first.by], order.first.descending)]
    if order.second is not None and order.second.by is not order.first.by:
        keys.append((columns[order.second.by], order.second.descending))
    # The direction of the last key is the first's, so that one index walk gives the page.
    return [*keys, (Era.id, order.first.descending)]


def _behind(keys: Sequence[tuple[Any, bool]], values: Sequence[Any]) -> ColumnElement[bool]:
    """What stands behind a position: greater in the first key that differs, or less where it goes down."""
    behind: ColumnElement[bool] = false()
    alike: list[ColumnElement[bool]] = []
    for (column, down), value in zip(keys, values, strict=True):
        behind = or_(behind, and_(*alike, column < value if down else column > value))
        alike.append(column == value)
    return behind
