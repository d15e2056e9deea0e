"""Opening a site's store for the screens, and signing its clerk on: begun beside the loading of the screens."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from models.broken_store import broken_store
from models.store import Store
from services.errors import LockboxError
from services.office.actor import Actor, os_login, sign_on
from services.office.clock import doubt
from services.office.preferences import preferences_of
from services.office.site import SiteView, site_view


@dataclass(frozen=True)
class Places:
    """What the settings say: how to open the store, where prints, journal and crash records go.

    `service_account` is the account that owns a store of several users (DESIGN 2.17). With `validates` the
    open desk works the queue of validation while nobody types.
    """

    open_store: Callable[[], Store]
    finance_folder: Path
    print_folder: Path | None = None
    crash_log: Path | None = None
    service_account: str | None = None
    validates: bool = False

    def __post_init__(self) -> None:
        for folder in (self.finance_folder, self.print_folder, self.crash_log):
            if folder is not None and not folder.is_absolute():
                raise ValueError(f"{folder} would lie wherever the program was started")


@dataclass(frozen=True)
class SignedOn:
    """The open store, and who has signed on to it; `odd_clock` says what is odd about the date there."""

    store: Store
    actor: Actor
    site: SiteView
    preferences: dict[str, str]
    odd_clock: str | None = None


def sign_on_at(places: Places, actor_login: str | None) -> SignedOn:
    """Opens the store and signs the user on; raises `LockboxError` with the sentence he reads."""
    try:
        store = places.open_store()
        with store.reading() as session:
            site = site_view(session)
            if actor_login is not None and not site.demo:
                raise LockboxError("Only a demo store lets somebody sign on as another user.")
            login = os_login(places.service_account)
            actor = sign_on(session, actor_login or login, os_user=login)
            store.patience = site.lock_wait
            return SignedOn(store, actor, site, preferences_of(session, actor), doubt(session))
    except DBAPIError as error:
        raise broken_store(error) from error


class SigningOn:
    """One clerk signing on: begun in a thread of its own, waited for when the screens stand."""

    def __init__(self, places: Places, actor_login: str | None) -> None:
        self.places = places
        self.refusal: str | None = None
        self._actor_login = actor_login
        self._begun: Future[SignedOn] | None = None

    def begin(self) -> None:
        """Begins to open the store and to sign the user on."""
        future = self._begun = Future[SignedOn]()

        def work() -> None:
            try:
                future.set_result(sign_on_at(self.places, self._actor_login))
            except BaseException as error:  # noqa: BLE001 - handed to whoever waits
                future.set_exception(error)

        threading.Thread(target=work, name="sign-on", daemon=True).start()

    def wait(self) -> SignedOn:
        """Waits for the end of it; raises `LockboxError` with the sentence that the user reads."""
        if self._begun is None:
            self.begin()
        assert self._begun is not None
        return self._begun.result()

    def close_unused(self) -> None:
        """Lets go of a store that was opened for screens which never came."""
        begun = self._begun
        if begun is not None and begun.done() and begun.exception() is None:
            begun.result().store.close()
