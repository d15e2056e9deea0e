"""Receipts, their lines and AR deposit tickets: files 344, 344.01, 344.1 (behaviour 2.6)."""

import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, words
from models.words.money import ZERO
from models.words.receipts import PaymentType, ReceiptStatus, TicketStatus


class DepositTicket(Base):
    """An AR deposit ticket: one letter and six digits when a person opens it, nine digits of the bank's deposits."""

    __tablename__ = "deposit_ticket"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    date: Mapped[datetime.date]
    status: Mapped[TicketStatus] = mapped_column(words(TicketStatus))
    opened_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    opened_at: Mapped[datetime.datetime]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    confirmed_at: Mapped[datetime.datetime | None]


class Receipt(Base):
    """What is posted of money that came: of an ERA (with EFT or check), or of an EFT deposit into 5287.4/8NZZ.

    `process_key` is the idempotency key of its processing, made when the receipt is made.
    `reversed_at` is when its postings were taken back because the bank returned its EFT; one that was not yet
    processed is closed then. Either way `era_id` goes over to `returned_era_id`: the ERA is free for another
    receipt. What is not said of a new one is not there: it is open, of no deposit, and neither edited nor
    processed.
    """

    __tablename__ = "receipt"
    __table_args__ = (Index("ix_receipt_status_id", "status", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    payment_type: Mapped[PaymentType] = mapped_column(words(PaymentType))
    status: Mapped[ReceiptStatus] = mapped_column(words(ReceiptStatus), default=ReceiptStatus.OPEN)
    date: Mapped[datetime.date]
    deposit_ticket_id: Mapped[int | None] = mapped_column(ForeignKey("deposit_ticket.id"))
    era_id: Mapped[int | None] = mapped_column(ForeignKey("era.id"), unique=True)
    eft_id: Mapped[int | None] = mapped_column(ForeignKey("eft.id"), unique=True)
    for_deposit: Mapped[bool] = mapped_column(default=False)
    opened_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    opened_at: Mapped[datetime.datetime]
    edited_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    edited_at: Mapped[datetime.datetime | None]
    processed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    processed_at: Mapped[datetime.datetime | None]
    process_key: Mapped[str] = mapped_column(unique=True)
    reversed_at: Mapped[datetime.datetime | None]
    returned_era_id: Mapped[int | None] = mapped_column(ForeignKey("era.id"))
    ach_trace: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}

    @property
    def made_of(self) -> int | None:
        """The ERA that it was made of, also when that is free again."""
        return self.returned_era_id if self.era_id is None else self.era_id


class ReceiptLine(Base):
    """One payment of a receipt; without a bill its money goes to suspense (fund 3875).

    `entry` and `line` name the scratch-pad line it came from. A cancelled line keeps amount 0 and its
    `cancel_comment`. What is not said of a new one is not there: no bill, nothing processed. Left out of
    344.01: credit card, checking account and bank lockbox fields.
    """

    __tablename__ = "receipt_line"
    __table_args__ = ({"sqlite_with_rowid": False},)

    receipt_id: Mapped[int] = mapped_column(ForeignKey("receipt.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    bill_id: Mapped[int | None] = mapped_column(ForeignKey("bill.id"), index=True)
    eft_id: Mapped[int | None] = mapped_column(ForeignKey("eft.id"))
    amount: Mapped[Decimal]
    processed: Mapped[Decimal] = mapped_column(default=ZERO)
    date: Mapped[datetime.date]
    check_number: Mapped[str] = mapped_column(default="")
    check_date: Mapped[datetime.date | None]
    bank_routing: Mapped[str] = mapped_column(default="")
    entered_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    edited_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    unapplied_number: Mapped[str] = mapped_column(default="")
    entry: Mapped[int | None]
    line: Mapped[int | None]
    comment: Mapped[str] = mapped_column(default="")
    cancelled: Mapped[bool] = mapped_column(default=False)
    cancel_comment: Mapped[str] = mapped_column(default="")
    linked_bill_id: Mapped[int | None] = mapped_column(ForeignKey("bill.id"))
    cleared_document: Mapped[str] = mapped_column(default="")
