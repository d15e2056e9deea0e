"""The proofs of the site's number series, and of the order in which documents go into the accounting journal."""

from collections.abc import Iterable, Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.efts import EftDeposit
from models.finance import FinanceDocument
from models.site import Site
from models.words.finance import DocumentNumber
from models.words.remittances import DepositNumber
from services.clean import clean
from services.findings import Finding
from services.office.clock import SITE


def series(session: Session) -> Iterator[Finding]:
    """The next number of deposits and documents is beyond all that were given; else one would be given twice."""
    site = session.get(Site, SITE)
    if site is None:
        return
    deposits = map(DepositNumber.read, session.scalars(select(EftDeposit.number)))
    documents = map(DocumentNumber.read, session.scalars(select(FinanceDocument.number)))
    yield from _given(site.next_deposit, _highest(deposits), "next_deposit")
    yield from _given(site.next_document, _highest(documents), "next_document")


def _highest(given: Iterable[DepositNumber | DocumentNumber | None]) -> int:
    return max((number.serial for number in given if number is not None), default=0)


def _given(following: int, highest: int, column: str) -> Iterator[Finding]:
    if following <= highest:
        yield Finding(
            "site-series",
            f"The next number would be {following}, but {highest} is given already.",
            f"table site, column {column}",
        )


def written(session: Session) -> Iterator[Finding]:
    """Documents go into the accounting journal in their order: none waits before one that is written."""
    last = (
        select(func.max(FinanceDocument.id)).where(FinanceDocument.written_at.is_not(None)).scalar_subquery()
    )
    rows = session.scalars(
        select(FinanceDocument.number)
        .where(FinanceDocument.written_at.is_(None), FinanceDocument.id < last)
        .order_by(FinanceDocument.id)
    )
    for number in rows:
        yield Finding(
            "document-written",
            "It is not marked as written to the accounting journal, but a later one is.",
            f"document {clean(number, 40)}",
        )
