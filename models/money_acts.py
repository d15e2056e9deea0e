"""Acts that moved money, each known by its key."""

import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class MoneyAct(Base):
    """The idempotency key of an act that moved money: the same key is never done twice (DESIGN 2.2)."""

    __tablename__ = "money_act"

    key: Mapped[str] = mapped_column(primary_key=True)
    act: Mapped[str]
    reference: Mapped[str]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    done_at: Mapped[datetime.datetime]
