"""Users and the security keys they hold (behaviour section 4, DESIGN 2.17)."""

import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, words
from models.words.keys import SecurityKey


class User(Base):
    """A person who signs on, known by the operating system's user name; or a system user of the night job."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    active: Mapped[bool]
    system: Mapped[bool]
    added_at: Mapped[datetime.datetime]
    keys: Mapped[list["UserKey"]] = relationship(lazy="selectin")


class UserKey(Base):
    """A security key that a user holds, who gave it and when."""

    __tablename__ = "user_key"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    key: Mapped[SecurityKey] = mapped_column(words(SecurityKey), primary_key=True)
    given_by: Mapped[str]
    given_at: Mapped[datetime.datetime]


class UserPreference(Base):
    """A choice the program remembers for a user: auto display of a menu, the last search, a list's order."""

    __tablename__ = "user_preference"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
