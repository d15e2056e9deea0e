"""EFTs as they are listed and shown, with the deposit they came in and where its document stands."""

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from models.efts import Eft, EftDeposit
from models.finance import FinanceDocument
from models.receipts import Receipt
from models.words.finance import DocumentStatus
from models.words.remittances import EftMatchStatus, MatchReason
from services.bills.payers import payer_typed
from services.errors import Refused
from services.remittances.document import PayerView
from services.remittances.returns import Recorded, ReversalView, find_recorded, reversals, say_return

#: What may be the number of an EFT.
_ROW = re.compile(r"[0-9]{1,18}\Z")


@dataclass(frozen=True, slots=True)
class EftView:
    """One EFT.

    `reversal` is what the bank took it back by, and whether it stands all the same; `returned_era` is the ERA
    that it had then, which is free again.
    `twins` are the EFTs that are alike in all but the bank's file, which may be one payment told twice.
    `document` is the CR document of its deposit, which must be accepted before `receipt`, the receipt of
    its ERA, can be processed; `transfer` is the TR document of that receipt. `errors` is what matching said,
    and how the bank took it back.
    """

    number: int
    trace: str | None
    payer: PayerView
    amount: Decimal
    date: datetime.date
    received: datetime.date
    match_status: EftMatchStatus
    match_reason: MatchReason | None
    era: int | None
    deposit: str
    deposit_receipt: str | None
    document: str | None
    document_status: DocumentStatus
    receipt: str | None
    transfer: str | None
    transfer_status: DocumentStatus | None
    ach_trace: str
    twins: tuple[int, ...]
    recorded: bool
    returned: bool
    returned_era: int | None
    reversal: ReversalView | None
    errors: str | None


@dataclass(frozen=True, slots=True)
class EftSelection:
    """Which EFTs a list shows; dates of payment include both ends.

    `payer` is how the payer's name begins, in any case, or its identifier; `number` is that of the EFT, or how
    its trace begins.
    """

    status: EftMatchStatus | None = None
    paid_from: datetime.date | None = None
    paid_to: datetime.date | None = None
    payer: str = ""
    number: str = ""


def eft_list(
    session: Session, selection: EftSelection = EftSelection(), *, limit: int | None = None
) -> list[EftView]:
    """The EFTs of a selection in the order in which they came, at most `limit` of them."""
    query = _query().where(*_conditions(selection)).order_by(Eft.id).limit(limit)
    known = _Known(_twins(session), reversals(session), find_recorded(session))
    return [_view(row, known) for row in session.execute(query)]


def eft_count(session: Session, selection: EftSelection) -> int:
    """How many EFTs a selection has."""
    return session.scalar(select(func.count()).select_from(Eft).where(*_conditions(selection))) or 0


def _conditions(selection: EftSelection) -> Iterator[ColumnElement[bool]]:
    if selection.status is not None:
        yield Eft.match_status == selection.status
    if selection.paid_from is not None:
        yield Eft.date_paid >= selection.paid_from
    if selection.paid_to is not None:
        yield Eft.date_paid <= selection.paid_to
    if selection.payer:
        yield payer_typed(Eft.payer_name, Eft.payer_id, selection.payer)
    if number := selection.number.strip().upper():
        of_trace = Eft.trace_key.startswith(number, autoescape=True)
        yield or_(of_trace, Eft.id == int(number)) if _ROW.match(number) else of_trace


def eft_show(session: Session, number: int) -> EftView:
    """One EFT; raises `Refused` when there is none of this number."""
    row = session.execute(_query().where(Eft.id == number)).first()
    if row is None:
        raise Refused(f"THERE IS NO EFT {number}")
    return _view(row, _Known(_twins(session), reversals(session, number), find_recorded(session, number)))


def _twins(session: Session) -> dict[int, tuple[int, ...]]:
    """The EFTs that are alike in all but the bank's file, each with the others; there are few."""
    alike: dict[int, list[int]] = {}
    rows = session.execute(select(Eft.id, Eft.twin_id).where(Eft.twin_id.is_not(None)).order_by(Eft.id))
    for eft_id, first in rows:
        if first is not None:
            alike.setdefault(first, [first]).append(eft_id)
    return {each: tuple(other for other in some if other != each) for some in alike.values() for each in some}


def _query() -> Select[*tuple[Any, ...]]:
    deposit_receipt, receipt = aliased(Receipt), aliased(Receipt)
    document, transfer = aliased(FinanceDocument), aliased(FinanceDocument)
    return (
        select(
            Eft,
            EftDeposit.number.label("deposit"),
            deposit_receipt.number.label("deposit_receipt"),
            document.number.label("document"),
            document.status.label("document_status"),
            receipt.number.label("receipt"),
            transfer.number.label("transfer"),
            transfer.status.label("transfer_status"),
        )
        .join(EftDeposit, EftDeposit.id == Eft.deposit_id)
        .outerjoin(deposit_receipt, deposit_receipt.id == EftDeposit.receipt_id)
        .outerjoin(document, _first(document, EftDeposit.receipt_id))
        .outerjoin(receipt, receipt.eft_id == Eft.id)
        .outerjoin(transfer, _first(transfer, receipt.id))
    )


def _first(document: Any, receipt_id: Any) -> ColumnElement[bool]:
    """Whether a document is the receipt's own, and not what takes it back."""
    return and_(document.receipt_id == receipt_id, document.reverses_id.is_(None))


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of EFTs beside their rows: their twins, what took them back, and who recorded that."""

    twins: Mapping[int, tuple[int, ...]]
    reversals: Mapping[int, ReversalView]
    recorded: Mapping[int, Recorded]


def _view(row: Any, known: _Known) -> EftView:
    eft: Eft = row[0]
    reversal = known.reversals.get(eft.id)
    return EftView(
        number=eft.id,
        trace=eft.trace or None,
        payer=PayerView(eft.payer_name, eft.payer_id),
        amount=eft.amount,
        date=eft.date_paid,
        received=eft.received,
        match_status=eft.match_status,
        match_reason=eft.match_reason,
        era=eft.era_id,
        deposit=row.deposit,
        deposit_receipt=row.deposit_receipt,
        document=row.document,
        document_status=row.document_status or DocumentStatus.NOT_ENTERED,
        receipt=row.receipt,
        transfer=row.transfer,
        transfer_status=row.transfer_status,
        ach_trace=eft.ach_trace,
        twins=known.twins.get(eft.id, ()),
        recorded=eft.recorded,
        returned=eft.returned,
        returned_era=eft.returned_era_id,
        reversal=reversal,
        errors="\n".join(filter(None, (eft.errors, say_return(reversal, known.recorded.get(eft.id)))))
        or None,
    )
