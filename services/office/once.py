"""Acts that move money are done once: each carries a key made before its first try (DESIGN 2.2)."""

import datetime
import secrets
from dataclasses import dataclass

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from models.money_acts import MoneyAct
from models.users import User
from models.words.acts import Act


@dataclass(frozen=True, slots=True)
class AlreadyDone:
    """The answer to a retry: what was done, by whom and when."""

    act: str
    reference: str
    by: str
    at: datetime.datetime

    def __str__(self) -> str:
        return f"already done by {self.by} at {self.at:%Y-%m-%d %H:%M:%S} UTC"


def new_key() -> str:
    """A new opaque key; it says nothing about bill, patient or payer, so a log may show it."""
    return secrets.token_hex(16)


def already_done(session: Session, key: str) -> AlreadyDone | None:
    """Whether the act of this key was done before."""
    row = session.execute(
        select(MoneyAct, User.name).join(User, User.id == MoneyAct.user_id).where(MoneyAct.key == key)
    ).one_or_none()
    if row is None:
        return None
    act, by = row
    return AlreadyDone(act.act, act.reference, by, act.done_at)


def mark_done(
    session: Session, key: str, act: Act, reference: str, user_id: int, at: datetime.datetime
) -> None:
    """Claims the key for this act, first thing in its transaction; a second claim breaks the unique key."""
    session.execute(
        insert(MoneyAct).values(key=key, act=act.value, reference=reference, user_id=user_id, done_at=at)
    )
