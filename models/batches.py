"""The batches of a scratch pad: file 344.493 (behaviour 2.4)."""

import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, words
from models.words.scratchpad import BatchCriterion


class Batch(Base):
    """One part of a scratch pad, which one clerk works while others work on the rest.

    Which entries it has, they say themselves. `first` and `last` are what it takes of its criterion: numbers of EEOBs,
    or beginnings of last names; empty where its number says it. `set_by` and `set_at` are of the mark READY TO POST.
    Who uses it is a lease.
    """

    __tablename__ = "batch"
    __table_args__ = ({"sqlite_with_rowid": False},)

    era_id: Mapped[int] = mapped_column(ForeignKey("scratchpad.era_id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    ready: Mapped[bool]
    set_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    set_at: Mapped[datetime.datetime]
    criterion: Mapped[BatchCriterion] = mapped_column(words(BatchCriterion))
    first: Mapped[str]
    last: Mapped[str]
    version: Mapped[int]
