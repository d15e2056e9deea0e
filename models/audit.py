"""The audit trail: one append-only table, each row chained to its predecessor (DESIGN 2.5)."""

import datetime

from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class AuditEvent(Base):
    """Who did what to what, when and why; `hash` is an HMAC over this row and the hash before it."""

    __tablename__ = "audit_event"

    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime.datetime]
    user: Mapped[str] = mapped_column("user_name")
    os_user: Mapped[str]
    act: Mapped[str]
    object: Mapped[str]
    reason: Mapped[str]
    detail: Mapped[str]
    previous: Mapped[str]
    hash: Mapped[str]
