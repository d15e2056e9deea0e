"""What clerks note on the entries of a scratch pad: verified by hand, reviewed or not, and their comments (344.4914).

It stands beside the entries, which are laid out anew by Refresh; it goes with them.
"""

import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, words
from models.words.scratchpad import ReviewStatus


def _of_entry() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["era_id", "entry"], ["scratchpad_entry.era_id", "scratchpad_entry.number"])


class ManualVerification(Base):
    """Who has marked an entry as verified, where it was not verified by itself."""

    __tablename__ = "manual_verification"
    __table_args__ = (_of_entry(), {"sqlite_with_rowid": False})

    era_id: Mapped[int] = mapped_column(primary_key=True)
    entry: Mapped[int] = mapped_column(primary_key=True)
    verified_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    verified_at: Mapped[datetime.datetime]


class EntryReview(Base):
    """How far the review of an entry has come, and who has said so; an entry without one is not reviewed."""

    __tablename__ = "entry_review"
    __table_args__ = (_of_entry(), {"sqlite_with_rowid": False})

    era_id: Mapped[int] = mapped_column(primary_key=True)
    entry: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[ReviewStatus] = mapped_column(words(ReviewStatus))
    set_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    set_at: Mapped[datetime.datetime]


class ReviewComment(Base):
    """A comment on an entry, which only its author may edit; lines of it are ended by a newline."""

    __tablename__ = "review_comment"
    __table_args__ = (_of_entry(), {"sqlite_with_rowid": False})

    era_id: Mapped[int] = mapped_column(primary_key=True)
    entry: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    author: Mapped[int] = mapped_column(ForeignKey("users.id"))
    written_at: Mapped[datetime.datetime]
    edited_at: Mapped[datetime.datetime | None]
    text: Mapped[str]
