"""How a screen reaches the rules: what is asked is read, what is done is written, each in one transaction of its own.

The caller names a function of the services with its arguments; the session is opened here, and no name of the
database goes further up.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, configure_mappers

from models.broken_store import broken_store
from models.store import Store
from services.office.actor import Actor

P = ParamSpec("P")
T = TypeVar("T")

#: Shows something of the store: `(session, …)`.
View = Callable[Concatenate[Session, P], T]

#: Changes something, whole or not at all: `(session, actor, …)`.
Door = Callable[Concatenate[Session, Actor, P], T]

#: Opens transactions of its own, one after the other: `(store, …)`.
Work = Callable[Concatenate[Store, P], T]


@dataclass(frozen=True, slots=True)
class Access:
    """The store in the hands of one actor; an error of the database becomes a `LockboxError` in a clerk's words."""

    store: Store
    actor: Actor

    def read(self, view: View[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Gives what a view shows."""
        try:
            with self.store.reading() as session:
                return view(session, *args, **kwargs)
        except DBAPIError as error:
            raise broken_store(error) from error

    def write(self, door: Door[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Does one act as this actor; again from its beginning where the server broke it off."""
        try:
            return self.store.write(lambda session: door(session, self.actor, *args, **kwargs))
        except DBAPIError as error:
            raise broken_store(error) from error

    def run(self, work: Work[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Runs what asks for the store itself."""
        try:
            return work(self.store, *args, **kwargs)
        except DBAPIError as error:
            raise broken_store(error) from error


def load_tables() -> None:
    """Makes all tables known and ready for use, so that nobody's first list waits for it."""
    import models.tables  # noqa: F401

    configure_mappers()
