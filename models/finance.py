"""Documents to the finance system: CR cash receipts and TR transfers (file 347; behaviour 3.10, 3.11)."""

import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, words
from models.words.finance import DocumentKind, DocumentStatus


class FinanceDocument(Base):
    """One document of one receipt; `written_at` is when its text went into the accounting journal."""

    __tablename__ = "finance_document"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[DocumentKind] = mapped_column(words(DocumentKind))
    receipt_id: Mapped[int] = mapped_column(ForeignKey("receipt.id"), unique=True)
    status: Mapped[DocumentStatus] = mapped_column(words(DocumentStatus))
    amount: Mapped[Decimal]
    text: Mapped[str]
    made_at: Mapped[datetime.datetime]
    status_at: Mapped[datetime.datetime]
    written_at: Mapped[datetime.datetime | None]
