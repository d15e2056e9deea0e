"""Documents to the finance system: CR cash receipts and TR transfers (file 347; behaviour 3.10, 3.11)."""

import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, words
from models.words.finance import DocumentKind, DocumentStatus


class FinanceDocument(Base):
    """What finance is told of one receipt; `written_at` is when its text went into the accounting journal.

    A receipt has one document of its own. When the bank takes an EFT back, another one takes back what finance was
    told of it (`reverses_id`): the whole document of the EFT's receipt, or that EFT's part (`eft_id`) of its
    deposit's. Its amount is below zero, its kind that of the first.
    """

    __tablename__ = "finance_document"
    __table_args__ = (
        Index(
            "uq_finance_document_receipt_id",
            "receipt_id",
            unique=True,
            sqlite_where=text("reverses_id IS NULL"),
            postgresql_where=text("reverses_id IS NULL"),
        ),
        UniqueConstraint("reverses_id", "eft_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[DocumentKind] = mapped_column(words(DocumentKind))
    receipt_id: Mapped[int] = mapped_column(ForeignKey("receipt.id"))
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("finance_document.id"))
    eft_id: Mapped[int | None] = mapped_column(ForeignKey("eft.id"))
    status: Mapped[DocumentStatus] = mapped_column(words(DocumentStatus))
    amount: Mapped[Decimal]
    text: Mapped[str]
    made_at: Mapped[datetime.datetime]
    status_at: Mapped[datetime.datetime]
    written_at: Mapped[datetime.datetime | None]


#: The documents that say what a receipt moved, without those that take something back.
FIRST = FinanceDocument.reverses_id.is_(None)
