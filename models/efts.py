"""Bank money: EFT deposits, the payers' EFTs in them, what takes them back: files 344.3, 344.31 (behaviour 2.3)."""

import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, words
from models.words.remittances import EftMatchStatus, MatchReason, ReversalKind


class EftDeposit(Base):
    """The EFTs of one bank file to one account for one day; recorded at the site by the night job.

    What an older release left out of a file and a later import of the same file finds gets a deposit of its own.
    `checksum` is taken over number, date, total and details at receipt and compared before recording
    (behaviour 3.2). `record_key` is the idempotency key of that recording. `receipt_id` names the receipt
    without a foreign key, since receipts point at EFTs and EFTs at deposits; `lockbox check` proves it.
    """

    __tablename__ = "eft_deposit"
    __table_args__ = (Index("ix_eft_deposit_message_id_account_date", "message_id", "account", "date"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"))
    account: Mapped[str]
    date: Mapped[datetime.date]
    total: Mapped[Decimal]
    checksum: Mapped[str]
    checksum_error: Mapped[bool]
    received_at: Mapped[datetime.datetime]
    posted: Mapped[datetime.date | None]
    posted_amount: Mapped[Decimal]
    receipt_id: Mapped[int | None] = mapped_column(unique=True)
    record_key: Mapped[str] = mapped_column(unique=True)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class Eft(Base):
    """One payer's electronic payment; its money stands in 5287.4/8NZZ until its ERA's receipt is processed.

    A bank numbers its files or its batches from 1, so `ach_trace` alone says little: with a TRN its trace and
    payer make the EFT what it is; without one `bank_file` does, the date, modifier and batch of the bank's file, and of
    several entries of one file that are alike which of them it is.
    `twin_id` is the first EFT that is alike in all but that. `match_reason` says why it has its ERA; when the
    bank took it back (`returned`) it has none any more, and `returned_era_id` is the one that it had. Left out
    of 344.31: tax id correction and the on-line TR document; removal fields come with REFT.
    """

    __tablename__ = "eft"
    __table_args__ = (
        UniqueConstraint(
            "company_id",
            "ach_trace",
            "amount",
            "date_paid",
            "trace",
            "payer_id",
            "bank_file",
            name="uq_eft_identity",
        ),
        Index("ix_eft_match", "match_status", "trace_key", "payer_key", "date_paid"),
        Index("ix_eft_trace_key", "trace_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    deposit_id: Mapped[int] = mapped_column(ForeignKey("eft_deposit.id"), index=True)
    number: Mapped[int]
    trace: Mapped[str]
    trace_key: Mapped[str]
    payer_id: Mapped[str]
    payer_key: Mapped[str]
    payer_name: Mapped[str]
    company_id: Mapped[str]
    ach_trace: Mapped[str]
    bank_file: Mapped[str]
    twin_id: Mapped[int | None] = mapped_column(ForeignKey("eft.id"))
    amount: Mapped[Decimal]
    date_paid: Mapped[datetime.date]
    received: Mapped[datetime.date]
    match_status: Mapped[EftMatchStatus] = mapped_column(words(EftMatchStatus))
    match_reason: Mapped[MatchReason | None] = mapped_column(words(MatchReason))
    era_id: Mapped[int | None] = mapped_column(ForeignKey("era.id"), unique=True)
    recorded: Mapped[bool]
    receipt_line: Mapped[int | None]
    returned: Mapped[bool]
    returned_era_id: Mapped[int | None] = mapped_column(ForeignKey("era.id"))
    errors: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}
    deposit: Mapped[EftDeposit] = relationship()


class EftReversal(Base):
    """A debit, reversal or return in a bank's file, and the EFT whose money it takes back, once that is found.

    `original_trace` is the ACH trace that a return names (addenda 99); `trace` and `payer_id` are the TRN's.
    `bank_file` tells entries without TRN apart, as with EFTs. With `stands_at` a person has said that the EFT
    stands all the same, and why; then it stops nothing any more.
    """

    __tablename__ = "eft_reversal"
    __table_args__ = (
        UniqueConstraint("message_id", "record"),
        UniqueConstraint(
            "company_id",
            "ach_trace",
            "amount",
            "date",
            "trace",
            "payer_id",
            "original_trace",
            "bank_file",
            name="uq_eft_reversal_identity",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"))
    record: Mapped[int]
    kind: Mapped[ReversalKind] = mapped_column(words(ReversalKind))
    code: Mapped[str]
    company_id: Mapped[str]
    company_name: Mapped[str]
    ach_trace: Mapped[str]
    original_trace: Mapped[str]
    trace: Mapped[str]
    trace_key: Mapped[str]
    payer_id: Mapped[str]
    bank_file: Mapped[str]
    amount: Mapped[Decimal]
    date: Mapped[datetime.date]
    eft_id: Mapped[int | None] = mapped_column(ForeignKey("eft.id"), index=True)
    found_at: Mapped[datetime.datetime | None]
    stands_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    stands_at: Mapped[datetime.datetime | None]
    stands_reason: Mapped[str] = mapped_column(default="")
