"""Who acts: the user behind the process, with the security keys he holds (DESIGN 2.17)."""

import os
import pwd
import secrets
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.users import User
from models.words.keys import SecurityKey
from services.errors import LockboxError, MissingKey

#: The user of the night job (behaviour 3.12).
NIGHT_JOB = "EDILOCKBOX,AUTOMATIC"
NIGHT_LOGIN = "*nightly"

_REFUSALS = {
    SecurityKey.CLERK: "YOU MAY ONLY READ, VIEW AND PRINT: THE KEY LOCKBOX CLERK IS MISSING",
    SecurityKey.MANAGER: "ONLY A HOLDER OF THE KEY LOCKBOX MANAGER MAY DO THIS",
    SecurityKey.ADJUST: "The Adjust (Inc/Dec) Action is locked. Please speak to your Supervisor to request the key.",
    SecurityKey.MARK_ERA: "SORRY, YOU ARE NOT AUTHORIZED TO USE THIS OPTION",
    SecurityKey.REMOVE_DUPLICATES: "SORRY, YOU ARE NOT AUTHORIZED TO USE THIS OPTION",
    SecurityKey.BATCH_MAINTENANCE: "YOU DO NOT HAVE SECURITY ACCESS TO THIS ACTION",
}


class Holder(Protocol):
    """Who may hold a lease: a user at his desk, or an act that he has begun there."""

    @property
    def user_id(self) -> int:
        """The user's number."""

    @property
    def desk(self) -> str:
        """The sitting at the terminal; leases belong to it."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A user at work: his number, names and keys; `os_user` is the account of the process itself.

    `desk` names this sitting at the terminal; leases belong to it.
    """

    user_id: int
    login: str
    name: str
    keys: frozenset[SecurityKey]
    os_user: str
    desk: str

    def holds(self, key: SecurityKey) -> bool:
        """Whether the actor holds a security key."""
        return key in self.keys


def os_login(service_account: str | None = None) -> str:
    """The password-database name of the process's real uid; behind the service account, of `SUDO_UID`.

    Never `$USER` or `$LOGNAME`, which anybody can set. Raises `LockboxError` when the service account
    runs the program without sudo.
    """
    login = _login_of(os.getuid())
    if service_account is None or login != service_account:
        return login
    sudo_uid = os.environ.get("SUDO_UID", "")
    if not (sudo_uid.isascii() and sudo_uid.isdecimal()):
        raise LockboxError(
            f"{service_account} runs Lockbox for clerks who come in by sudo; start it with sudo -u {service_account}."
        )
    return _login_of(int(sudo_uid))


def _login_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"uid{uid}"


def sign_on(session: Session, login: str, *, os_user: str | None = None) -> Actor:
    """Signs a user on by his operating-system name; raises `LockboxError` for one who is not registered."""
    user = session.scalars(select(User).where(User.login == login)).first()
    if user is None or not user.active or user.system:
        raise LockboxError(
            f"{login} is not a user of this site. Its first user is whoever ran init; "
            "the command that adds others comes in a later release."
        )
    return _actor(user, os_user or login)


def night_job(session: Session, started_by: str) -> Actor:
    """The system user of the night job; `started_by` is the login that started it."""
    user = session.scalars(select(User).where(User.login == NIGHT_LOGIN)).one()
    return _actor(user, started_by)


def require(actor: Actor, key: SecurityKey) -> None:
    """Refuses the act when the actor lacks the key; raises `MissingKey`."""
    if not actor.holds(key):
        raise MissingKey(_REFUSALS.get(key, f"THE KEY {key.value} IS MISSING"))


def _actor(user: User, os_user: str) -> Actor:
    return Actor(
        user_id=user.id,
        login=user.login,
        name=user.name,
        keys=frozenset(held.key for held in user.keys),
        os_user=os_user,
        desk=secrets.token_hex(8),
    )
