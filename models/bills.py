"""Accounts receivable: payers, patients, bills with their lines and transactions (files 430, 433; behaviour 2.8)."""

import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, words
from models.words.bills import BillStatus, EdiStatus, RateTypeName, TransactionType


class Payer(Base):
    """An insurance company as claims name it; `key` is its identifier trimmed and in capitals.

    Companies that share an identifier are told apart by their names.
    """

    __tablename__ = "payer"
    __table_args__ = (UniqueConstraint("key", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    identifier: Mapped[str]
    name: Mapped[str]


class PayerAlias(Base):
    """Another identifier under which the same payer sends; it counts as the payer's own (DESIGN 2.10)."""

    __tablename__ = "payer_alias"

    alias: Mapped[str] = mapped_column(primary_key=True)
    payer_key: Mapped[str]


class Patient(Base):
    """A patient, as the claims name him; `last_four` is the end of the member identifier (NM109)."""

    __tablename__ = "patient"
    __table_args__ = (UniqueConstraint("name", "member_id", "birth_date"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(index=True)
    member_id: Mapped[str]
    last_four: Mapped[str]
    birth_date: Mapped[str]


class Bill(Base):
    """A receivable: one claim of one payer.

    `number` is CLM01 in capitals, with or without station prefix; `folded` is the form of the second
    look-up (no blanks, 0 for O) and is never unique. `balance` is the one kept sum of the books; it is
    zero until the bill becomes ACTIVE. Left out of file 430: referral, revenue source, accrual.
    """

    __tablename__ = "bill"
    __table_args__ = (
        CheckConstraint("balance >= 0", name="balance_not_negative"),
        Index("ix_bill_status_id", "status", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    folded: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    status: Mapped[BillStatus] = mapped_column(words(BillStatus))
    rate_type: Mapped[RateTypeName] = mapped_column(words(RateTypeName))
    third_party: Mapped[bool]
    original: Mapped[Decimal]
    balance: Mapped[Decimal]
    medicare_contractual: Mapped[Decimal]
    medicare_unreimbursable: Mapped[Decimal]
    payer_id: Mapped[int] = mapped_column(ForeignKey("payer.id"))
    payer_sequence: Mapped[str]
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), index=True)
    further_payer: Mapped[bool]
    frequency: Mapped[str]
    service_from: Mapped[datetime.date | None]
    service_to: Mapped[datetime.date | None]
    billing_provider: Mapped[str]
    billing_npi: Mapped[str]
    rendering_provider: Mapped[str]
    rendering_npi: Mapped[str]
    diagnoses: Mapped[str]
    edi_status: Mapped[EdiStatus] = mapped_column(words(EdiStatus))
    entered_at: Mapped[datetime.datetime]
    status_date: Mapped[datetime.date]
    transaction_set_id: Mapped[int | None] = mapped_column(ForeignKey("transaction_set.id"))
    version: Mapped[int] = mapped_column(default=1)
    payer: Mapped[Payer] = relationship()
    patient: Mapped[Patient] = relationship()


class BillAlias(Base):
    """Another number of a bill: that of the claim which replaced its own, under which its payer answers."""

    __tablename__ = "bill_alias"

    number: Mapped[str] = mapped_column(primary_key=True)
    bill_id: Mapped[int] = mapped_column(ForeignKey("bill.id"), index=True)


class KeptAcknowledgement(Base):
    """What a 277CA said of a claim whose bill is not on file, kept until the bill comes.

    It is named by its file, the set there and the segment (TRN) there. `folded` is as a bill's; `bill_id`
    and `noted_at` are empty until it is noted on a bill, which happens once.
    """

    __tablename__ = "kept_acknowledgement"
    __table_args__ = ({"sqlite_with_rowid": False},)

    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    segment: Mapped[int] = mapped_column(primary_key=True)
    claim: Mapped[str]
    folded: Mapped[str] = mapped_column(index=True)
    edi_status: Mapped[EdiStatus] = mapped_column(words(EdiStatus))
    kept_at: Mapped[datetime.datetime]
    bill_id: Mapped[int | None] = mapped_column(ForeignKey("bill.id"))
    noted_at: Mapped[datetime.datetime | None]


class BillLine(Base):
    """One service line of a bill: loop 2400 of the 837."""

    __tablename__ = "bill_line"
    __table_args__ = ({"sqlite_with_rowid": False},)

    bill_id: Mapped[int] = mapped_column(ForeignKey("bill.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    procedure: Mapped[str]
    modifiers: Mapped[str]
    revenue_code: Mapped[str]
    units: Mapped[str]
    charge: Mapped[Decimal]
    service_from: Mapped[datetime.date | None]
    service_to: Mapped[datetime.date | None]
    control_number: Mapped[str]


class BillTransaction(Base):
    """One movement of a bill (file 433), never changed and never deleted.

    `amount` is signed as it acts on the balance: what is owed more is positive, payments and
    decreases are negative. It is the sum of the five parts. `era_id`, `entry`, `line` and `adjustment`
    name the scratch pad's log entry that a pending decrease came from.
    """

    __tablename__ = "bill_transaction"
    __table_args__ = (
        CheckConstraint(
            "amount = principal + interest + admin_cost + marshal_fee + court_cost",
            name="amount_is_its_parts",
        ),
        Index("ix_bill_transaction_bill_id_id", "bill_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    bill_id: Mapped[int] = mapped_column(ForeignKey("bill.id"))
    type: Mapped[TransactionType] = mapped_column(words(TransactionType))
    date: Mapped[datetime.date]
    amount: Mapped[Decimal]
    principal: Mapped[Decimal]
    interest: Mapped[Decimal]
    admin_cost: Mapped[Decimal]
    marshal_fee: Mapped[Decimal]
    court_cost: Mapped[Decimal]
    contractual: Mapped[bool]
    receipt_id: Mapped[int | None] = mapped_column(ForeignKey("receipt.id"), index=True)
    receipt_line: Mapped[int | None]
    era_id: Mapped[int | None]
    entry: Mapped[int | None]
    line: Mapped[int | None]
    adjustment: Mapped[int | None]
    comment: Mapped[str]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    recorded_at: Mapped[datetime.datetime]
