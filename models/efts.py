"""Bank money: EFT deposits and the payers' EFTs in them: files 344.3 and 344.31 (behaviour 2.3)."""

import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, words
from models.words.remittances import EftMatchStatus


class EftDeposit(Base):
    """The EFTs of one bank file to one account for one day; recorded at the site by the night job.

    `checksum` is taken over number, date, total and details at receipt and compared before recording
    (behaviour 3.2). `record_key` is the idempotency key of that recording. `receipt_id` names the receipt
    without a foreign key, since receipts point at EFTs and EFTs at deposits; `lockbox check` proves it.
    """

    __tablename__ = "eft_deposit"
    __table_args__ = (UniqueConstraint("message_id", "account", "date"),)

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

    Left out of 344.31: tax id correction and the on-line TR document; removal fields come with REFT.
    """

    __tablename__ = "eft"
    __table_args__ = (
        UniqueConstraint("company_id", "ach_trace", "date_paid", "amount"),
        Index("ix_eft_match", "match_status", "trace_key", "payer_key"),
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
    amount: Mapped[Decimal]
    date_paid: Mapped[datetime.date]
    received: Mapped[datetime.date]
    match_status: Mapped[EftMatchStatus] = mapped_column(words(EftMatchStatus))
    era_id: Mapped[int | None] = mapped_column(ForeignKey("era.id"), unique=True)
    recorded: Mapped[bool]
    receipt_line: Mapped[int | None]
    returned: Mapped[bool]
    errors: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}
    deposit: Mapped[EftDeposit] = relationship()
