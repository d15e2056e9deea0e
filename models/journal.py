"""The books: a balanced entry for every movement of money (DESIGN 2.4)."""

import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, words
from models.words.acts import Act
from models.words.books import Account


class JournalEntry(Base):
    """One balanced entry, never changed and never deleted; a correction is an entry that reverses it."""

    __tablename__ = "journal_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    date: Mapped[datetime.date] = mapped_column(index=True)
    act: Mapped[Act] = mapped_column(words(Act))
    receipt_id: Mapped[int | None] = mapped_column(ForeignKey("receipt.id"), index=True)
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("journal_entry.id"), unique=True)
    cause: Mapped[str]
    memo: Mapped[str]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    recorded_at: Mapped[datetime.datetime]


class JournalLine(Base):
    """One side of an entry: an account with its sub-account (bill, EFT or receipt line), debit or credit."""

    __tablename__ = "journal_line"
    __table_args__ = (
        CheckConstraint("debit >= 0 AND credit >= 0 AND (debit = 0) <> (credit = 0)", name="one_side"),
        Index("ix_journal_line_account_bill_id", "account", "bill_id"),
        Index("ix_journal_line_account_eft_id", "account", "eft_id"),
        {"sqlite_with_rowid": False},
    )

    entry_id: Mapped[int] = mapped_column(ForeignKey("journal_entry.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[Account] = mapped_column(words(Account))
    bill_id: Mapped[int | None] = mapped_column(ForeignKey("bill.id"))
    eft_id: Mapped[int | None] = mapped_column(ForeignKey("eft.id"))
    receipt_id: Mapped[int | None] = mapped_column(ForeignKey("receipt.id"))
    receipt_line: Mapped[int | None]
    debit: Mapped[Decimal]
    credit: Mapped[Decimal]
