"""The site that uses Lockbox: its parameters, divisions and rate types (behaviour 1.17; file 342)."""

import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, words
from models.words.bills import RateTypeName
from models.words.finance import FinanceAdapter


class Site(Base):
    """The hospital whose store this is: its station, parameters, number series and the head of the audit chain.

    `match_window_days` is how far apart the dates of an EFT and an ERA of another total may be when the night
    job matches them; at 0 neither dates nor nights count, as in VistA.

    `lock_wait` is how many seconds another program's writing is waited for; `last_day` the last business day on
    which money was dated or the night job ran, by a clock that nobody doubted; None before the first.

    A site is live since the first production file (ISA15 P) was filed; `test_files` is whether test files are taken
    all the same.

    Left out of file 342: printer and statement parameters, which have no use here.
    """

    __tablename__ = "site"

    id: Mapped[int] = mapped_column(primary_key=True)
    station: Mapped[str]
    name: Mapped[str]
    time_zone: Mapped[str]
    finance_adapter: Mapped[FinanceAdapter] = mapped_column(words(FinanceAdapter))
    wait_for_277ca: Mapped[bool]
    test_files: Mapped[bool]
    live_since: Mapped[datetime.datetime | None]
    eft_aging_days: Mapped[int]
    era_aging_days: Mapped[int]
    match_window_days: Mapped[int]
    demo: Mapped[bool]
    next_deposit: Mapped[int]
    next_document: Mapped[int]
    audit_head: Mapped[int]
    audit_hash: Mapped[str]
    opened_at: Mapped[datetime.datetime]
    lock_wait: Mapped[int] = mapped_column(server_default="30")
    last_day: Mapped[datetime.date | None]


class Division(Base):
    """A division of the site; reports may be limited to some of them."""

    __tablename__ = "division"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]


class RateType(Base):
    """A rate type and whether its electronic bills become ACTIVE without a person (auto-audit, behaviour 1.17)."""

    __tablename__ = "rate_type"

    name: Mapped[RateTypeName] = mapped_column(words(RateTypeName), primary_key=True)
    category: Mapped[str]
    auto_audit: Mapped[bool]


class FilingCode(Base):
    """Which rate type a claim filing indicator (SBR09) means at this site (DESIGN 5)."""

    __tablename__ = "filing_code"

    code: Mapped[str] = mapped_column(primary_key=True)
    rate_type: Mapped[RateTypeName] = mapped_column(words(RateTypeName), ForeignKey("rate_type.name"))
