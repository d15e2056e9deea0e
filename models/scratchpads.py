"""The EEOB worklist scratch pad: file 344.49 (behaviour 2.4).

Only payments and adjustments are stored; nets, totals and the amount to post are arithmetic
(`services.scratchpad.pad`). Reviews stand in `models.reviews`, batches in `models.batches`.
"""

import datetime
from decimal import Decimal

from sqlalchemy import Enum, ForeignKey, ForeignKeyConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, words
from models.words.scratchpad import BackgroundAction, Cause, EntryKind, PaymentOrder


class Scratchpad(Base):
    """The clerks' working copy of an ERA, line by line until it adds up; it has the ERA's own number."""

    __tablename__ = "scratchpad"

    era_id: Mapped[int] = mapped_column(ForeignKey("era.id"), primary_key=True)
    receipt_id: Mapped[int | None] = mapped_column(ForeignKey("receipt.id"), unique=True)
    check_number: Mapped[str]
    check_date: Mapped[datetime.date | None]
    bank_routing: Mapped[str]
    created_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime.datetime]
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class ScratchpadEntry(Base):
    """A whole-number entry: one claim of the ERA (with its take-back), one PLB, or the totals mismatch.

    Where the pad is divided, each claim's entry is in one `batch`; the others are in none.
    """

    __tablename__ = "scratchpad_entry"
    __table_args__ = (
        ForeignKeyConstraint(["era_id", "batch"], ["batch.era_id", "batch.number"]),
        {"sqlite_with_rowid": False},
    )

    era_id: Mapped[int] = mapped_column(ForeignKey("scratchpad.era_id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[EntryKind] = mapped_column(words(EntryKind))
    claim: Mapped[str]
    sequences: Mapped[str]
    adjustment_number: Mapped[int]
    verified: Mapped[bool]
    batch: Mapped[int | None]


class ScratchpadLine(Base):
    """A subline n.001, n.002 …: what of an entry goes to which claim."""

    __tablename__ = "scratchpad_line"
    __table_args__ = (
        ForeignKeyConstraint(["era_id", "entry"], ["scratchpad_entry.era_id", "scratchpad_entry.number"]),
        {"sqlite_with_rowid": False},
    )

    era_id: Mapped[int] = mapped_column(primary_key=True)
    entry: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    claim: Mapped[str]
    bill_id: Mapped[int | None] = mapped_column(ForeignKey("bill.id"), index=True)
    payment: Mapped[Decimal]
    adjustments: Mapped[Decimal]
    comment: Mapped[str]
    edited_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    edited_at: Mapped[datetime.datetime | None]


class LineAdjustment(Base):
    """One entry of the log of a subline: money given to another line or taken from one, and why (344.4911).

    `other_entry` and `other_line` name the line at the other end of a distribution, `other_cause` why
    that line was negative, so that the decrease of the books names what caused it. `reversed_bill_id` is the
    bill whose payment the payer reversed, where that one bears the loss and not the line's.
    """

    __tablename__ = "line_adjustment"
    __table_args__ = (
        ForeignKeyConstraint(
            ["era_id", "entry", "line"],
            ["scratchpad_line.era_id", "scratchpad_line.entry", "scratchpad_line.number"],
        ),
        {"sqlite_with_rowid": False},
    )

    era_id: Mapped[int] = mapped_column(primary_key=True)
    entry: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    cause: Mapped[Cause] = mapped_column(words(Cause))
    amount: Mapped[Decimal]
    reference: Mapped[str]
    action: Mapped[BackgroundAction] = mapped_column(Enum(BackgroundAction, native_enum=False, length=10))
    offset_needed: Mapped[bool]
    completed: Mapped[bool]
    comment: Mapped[str]
    eeob_sequence: Mapped[int | None]
    other_entry: Mapped[int | None]
    other_line: Mapped[int | None]
    other_cause: Mapped[Cause | None] = mapped_column(words(Cause))
    reversed_bill_id: Mapped[int | None] = mapped_column(ForeignKey("bill.id"))


class ScratchpadPreference(Base):
    """The order of payments a user chose last for an ERA, and whether he sees its reviews (344.492)."""

    __tablename__ = "scratchpad_preference"

    era_id: Mapped[int] = mapped_column(ForeignKey("era.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    order: Mapped[PaymentOrder] = mapped_column("payment_order", words(PaymentOrder))
    show_reviews: Mapped[bool] = mapped_column(default=False, server_default=false())
