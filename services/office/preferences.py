"""What the program remembers of a user between sessions: menus without their table, the last search."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from models.users import UserPreference
from services.office.actor import Holder

#: Longer words are not kept: a preference is a word, not a document.
LONGEST = 200


def preferences_of(session: Session, holder: Holder) -> dict[str, str]:
    """Everything remembered of the user, by name; nothing where a word of it is spoilt, which keeps nobody out."""
    words = select(UserPreference.name, UserPreference.value).where(UserPreference.user_id == holder.user_id)
    try:
        return {row.name: row.value for row in session.execute(words)}
    except OperationalError as error:
        if "decode" not in str(error).lower():
            raise
        return {}


def remember(session: Session, holder: Holder, words: Mapping[str, str]) -> None:
    """Remembers words for the user; it needs no security key and writes no audit event."""
    for name, value in words.items():
        row = session.get(UserPreference, (holder.user_id, name))
        if row is None:
            session.add(UserPreference(user_id=holder.user_id, name=name, value=value[:LONGEST]))
        else:
            row.value = value[:LONGEST]
    session.flush()
