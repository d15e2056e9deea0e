"""What came in: files with their raw text, transaction sets, findings, exceptions, bulletins (behaviour 2.5, 3.13)."""

import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, words
from models.words.intake import DataCategory, Outcome, TransmissionCategory, Validation
from models.words.mail import MailGroup


class Message(Base):
    """A file that was imported; the same content is kept once (`sha256`)."""

    __tablename__ = "message"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(unique=True)
    file_name: Mapped[str]
    kind: Mapped[str]
    size: Mapped[int]
    outcome: Mapped[Outcome] = mapped_column(words(Outcome))
    received_at: Mapped[datetime.datetime]
    received_by: Mapped[int] = mapped_column(ForeignKey("users.id"))


class MessagePart(Base):
    """A part of a file's raw text, compressed, at most 1 MB before compression."""

    __tablename__ = "message_part"

    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), primary_key=True)
    offset: Mapped[int] = mapped_column("byte_offset", primary_key=True)
    size: Mapped[int]
    data: Mapped[bytes] = mapped_column(LargeBinary)


class TransactionSet(Base):
    """One ST to SE of a file: filed whole, a duplicate, or held whole as an exception (DESIGN 2.7)."""

    __tablename__ = "transaction_set"
    __table_args__ = (
        Index("ix_transaction_set_validation", "validation"),
        Index("ix_transaction_set_fingerprint", "fingerprint"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), index=True)
    ordinal: Mapped[int]
    kind: Mapped[str]
    version: Mapped[str]
    control: Mapped[str]
    group_control: Mapped[str]
    interchange_control: Mapped[str]
    sender: Mapped[str]
    offset: Mapped[int] = mapped_column("byte_offset")
    length: Mapped[int] = mapped_column("byte_length")
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary)
    outcome: Mapped[Outcome] = mapped_column(words(Outcome))
    validation: Mapped[Validation] = mapped_column(words(Validation))


class StoredFinding(Base):
    """A finding about a file, a set, or one claim of it, kept for the clerk to read."""

    __tablename__ = "finding"

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), index=True)
    transaction_set_id: Mapped[int | None] = mapped_column(ForeignKey("transaction_set.id"), index=True)
    code: Mapped[str]
    text: Mapped[str]
    where: Mapped[str] = mapped_column("place")


class TransmissionException(Base):
    """A set that is held whole, with what is known of it (344.5)."""

    __tablename__ = "transmission_exception"

    id: Mapped[int] = mapped_column(primary_key=True)
    transaction_set_id: Mapped[int] = mapped_column(ForeignKey("transaction_set.id"), unique=True)
    category: Mapped[TransmissionCategory] = mapped_column(words(TransmissionCategory))
    text: Mapped[str]
    payer_name: Mapped[str]
    payer_id: Mapped[str]
    trace: Mapped[str]
    date: Mapped[datetime.date | None]
    total: Mapped[str]
    bills: Mapped[str]
    received_at: Mapped[datetime.datetime]
    resolved_at: Mapped[datetime.datetime | None]


class DataException(Base):
    """A line of an ERA whose bill is not known or whose detail could not be stored (344.41 .07).

    `folded` is the claim's number as a bill's is folded, by which it is found when its bill comes.
    """

    __tablename__ = "data_exception"
    __table_args__ = (ForeignKeyConstraint(["era_id", "sequence"], ["eeob.era_id", "eeob.sequence"]),)

    era_id: Mapped[int] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True)
    category: Mapped[DataCategory] = mapped_column(words(DataCategory))
    text: Mapped[str]
    claim: Mapped[str]
    folded: Mapped[str] = mapped_column(index=True)
    resolved: Mapped[bool]


class Bulletin(Base):
    """A notice to a mail group, written in the same transaction as its cause (behaviour section 4)."""

    __tablename__ = "bulletin"

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str]
    group: Mapped[MailGroup] = mapped_column("mail_group", words(MailGroup))
    text: Mapped[str]
    at: Mapped[datetime.datetime]
