"""EFTs as they are listed and shown, with the deposit they came in and where its document stands."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from models.efts import Eft, EftDeposit
from models.finance import FinanceDocument
from models.receipts import Receipt
from models.words.finance import DocumentStatus
from models.words.remittances import EftMatchStatus
from services.errors import Refused
from services.remittances.document import PayerView


@dataclass(frozen=True, slots=True)
class EftView:
    """One EFT.

    `document` is the CR document of its deposit, which must be accepted before `receipt`, the receipt of
    its ERA, can be processed; `transfer` is the TR document of that receipt. `errors` is what matching said.
    """

    number: int
    trace: str | None
    payer: PayerView
    amount: Decimal
    date: datetime.date
    received: datetime.date
    match_status: EftMatchStatus
    era: int | None
    deposit: str
    deposit_receipt: str | None
    document: str | None
    document_status: DocumentStatus
    receipt: str | None
    transfer: str | None
    transfer_status: DocumentStatus | None
    ach_trace: str
    recorded: bool
    returned: bool
    errors: str | None


def eft_list(session: Session) -> list[EftView]:
    """All EFTs in the order in which they came."""
    return [_view(row) for row in session.execute(_query().order_by(Eft.id))]


def eft_show(session: Session, number: int) -> EftView:
    """One EFT; raises `Refused` when there is none of this number."""
    row = session.execute(_query().where(Eft.id == number)).first()
    if row is None:
        raise Refused(f"THERE IS NO EFT {number}")
    return _view(row)


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
        .outerjoin(document, document.receipt_id == EftDeposit.receipt_id)
        .outerjoin(receipt, receipt.eft_id == Eft.id)
        .outerjoin(transfer, transfer.receipt_id == receipt.id)
    )


def _view(row: Any) -> EftView:
    eft: Eft = row[0]
    return EftView(
        number=eft.id,
        trace=eft.trace or None,
        payer=PayerView(eft.payer_name, eft.payer_id),
        amount=eft.amount,
        date=eft.date_paid,
        received=eft.received,
        match_status=eft.match_status,
        era=eft.era_id,
        deposit=row.deposit,
        deposit_receipt=row.deposit_receipt,
        document=row.document,
        document_status=row.document_status or DocumentStatus.NOT_ENTERED,
        receipt=row.receipt,
        transfer=row.transfer,
        transfer_status=row.transfer_status,
        ach_trace=eft.ach_trace,
        recorded=eft.recorded,
        returned=eft.returned,
        errors=eft.errors or None,
    )
