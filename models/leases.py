"""Who is working on what (DESIGN 2.6)."""

import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Lease(Base):
    """The right to edit one thing for a while; it expires by itself after a dropped line."""

    __tablename__ = "lease"

    kind: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    session: Mapped[str]
    since: Mapped[datetime.datetime]
    expires: Mapped[datetime.datetime]
