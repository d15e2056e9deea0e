"""The program with its screens: opens the store, signs the clerk on, and runs the menus (DESIGN 2.17, 3).

The store is opened beside the loading of the screens, and what the options need is loaded beside the first
menu, so that this menu stands within 700 ms of the start.
"""

import asyncio
import contextlib
import gc
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy.exc import DBAPIError

from lockbox_tui.terminal.launch import run_desk
from models.store import Store, broken_store
from models.words.keys import SecurityKey
from screens.list_manager.asking.progress import in_thread
from screens.list_manager.desk import DeskSettings
from screens.list_manager.glass.terminal import Terminal
from screens.list_manager.menus.menu import Menus
from screens.lockbox_desk import LockboxDesk
from screens.menus import CLERKS_MENU, load_options
from screens.sign_on import greet
from services.errors import LockboxError
from services.office.access import Access
from services.office.actor import Actor, os_login, sign_on
from services.office.preferences import preferences_of, remember
from services.office.site import SiteView, site_view

if TYPE_CHECKING:
    from lockbox_tui.validating import BackgroundValidation

OPENING = "OPENING THE STORE, PLEASE STANDBY"

#: The first menu has been painted by then, in seconds: on a usual machine, and on any however slow.
_PAINTED, _AFTER_MENU = 0.1, 1.0


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
    """The open store, and who has signed on to it."""

    store: Store
    actor: Actor
    site: SiteView
    preferences: dict[str, str]


def open_desk(places: Places, *, actor_login: str | None = None) -> int:
    """Shows the screens until the clerk leaves, and gives the program's exit status.

    The clerk is the operating system's user; `actor_login` names another one, which only a demo store takes.
    Status 1 and one sentence: the user is not registered, or the store cannot be opened. Status 2: no
    terminal.
    """
    program = Program(places, actor_login)
    status = run_desk(program.run, begin=program.begin, on_leave=program.leave, log=places.crash_log)
    if program.refusal is not None:
        print(program.refusal, file=sys.stderr)  # noqa: T201 - the screens are closed by now
        return 1
    return status


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
            return SignedOn(store, actor, site, preferences_of(session, actor))
    except DBAPIError as error:
        raise broken_store(error) from error


class Program:
    """One run of the screens, from sign-on to the end."""

    def __init__(self, places: Places, actor_login: str | None) -> None:
        self._places = places
        self._actor_login = actor_login
        self._signing_on: Future[SignedOn] | None = None
        self._desk: LockboxDesk | None = None
        self._preferences: StoredPreferences | None = None
        self._validation: BackgroundValidation | None = None
        self.refusal: str | None = None

    def begin(self) -> None:
        """Begins to open the store and to sign the user on, in a thread of its own; `run` waits for it."""
        future = self._signing_on = Future[SignedOn]()

        def work() -> None:
            try:
                future.set_result(sign_on_at(self._places, self._actor_login))
            except BaseException as error:  # noqa: BLE001 - handed to `run`
                future.set_exception(error)

        threading.Thread(target=work, name="sign-on", daemon=True).start()

    async def run(self, terminal: Terminal) -> int:
        """Signs on and runs the menus."""
        if self._signing_on is None:
            self.begin()
        assert self._signing_on is not None
        try:
            signed_on = await in_thread(terminal, self._signing_on.result, OPENING, uncancellable=True)
        except LockboxError as error:
            self.refusal = str(error)
            return 1
        self._preferences = StoredPreferences(signed_on)
        desk = self._desk = open_lockbox_desk(terminal, signed_on, self._places, self._preferences)
        keeping = asyncio.create_task(_keep_leases(desk))
        settling = asyncio.create_task(self._settle(desk))
        try:
            greet(desk, signed_on.site)
            await Menus(desk, CLERKS_MENU).run()
        finally:
            keeping.cancel()
            settling.cancel()
            gc.enable()
            self._stop_validation()
        return 0

    async def _settle(self, desk: LockboxDesk) -> None:
        """Does what waited until the first menu stood: the options are loaded, memory is looked after, and the
        queue of validation is worked.
        """
        await desk.terminal.keys.read_out()
        await asyncio.sleep(_PAINTED)
        await asyncio.to_thread(load_options)
        gc.enable()
        # What is there now stays to the end, and is not looked at again and again.
        gc.freeze()
        if not self._places.validates or not desk.actor.holds(SecurityKey.CLERK):
            return
        await asyncio.sleep(_AFTER_MENU)
        self._validation = await asyncio.to_thread(_validation_of, desk, self._places.crash_log)
        self._validation.start()

    def _stop_validation(self) -> None:
        if self._validation is not None:
            self._validation.stop()

    async def leave(self) -> None:
        """Gives the leases back and lets go of the store, however the screens ended."""
        if self._desk is None:
            self._close_unused()
            return
        self._stop_validation()
        if self._preferences is not None:
            await self._preferences.written()
        # A store that cannot be written now frees the leases by itself, two minutes after the last renewal.
        with contextlib.suppress(LockboxError, DBAPIError):
            await self._desk.give_back_leases()
        self._desk.access.store.close()

    def _close_unused(self) -> None:
        """Lets go of a store that was opened for screens which never came."""
        begun = self._signing_on
        if begun is not None and begun.done() and begun.exception() is None:
            begun.result().store.close()


def open_lockbox_desk(
    terminal: Terminal, signed_on: SignedOn, places: Places, preferences: "StoredPreferences"
) -> LockboxDesk:
    """The desk of a clerk who has signed on, with the clock of his store in his site's time zone."""
    zone, store, actor = ZoneInfo(signed_on.site.time_zone), signed_on.store, signed_on.actor

    def now() -> datetime:
        return store.clock().astimezone(zone)

    settings = DeskSettings(
        now=now,
        keys_held=lambda: actor.keys,
        print_folder=places.print_folder,
        preferences=preferences,
    )
    return LockboxDesk(terminal, settings, Access(store, actor), places.finance_folder)


def _validation_of(desk: LockboxDesk, log: Path | None) -> "BackgroundValidation":
    # Imported in a thread of its own: the clerk may be typing by now.
    from lockbox_tui.validating import BackgroundValidation

    return BackgroundValidation(desk.access.store, desk.actor, desk.terminal.keys, log)


async def _keep_leases(desk: LockboxDesk) -> None:
    """Renews the leases; a store that is busy or broken for a moment does not end the renewing."""
    while True:
        with contextlib.suppress(LockboxError, DBAPIError):
            await desk.keep_leases()


class StoredPreferences:
    """A user's preferences: read at sign-on, written behind him, so that no key waits for the disk."""

    def __init__(self, signed_on: SignedOn) -> None:
        self._store = signed_on.store
        self._actor = signed_on.actor
        self._words = dict(signed_on.preferences)
        self._changed: dict[str, str] = {}
        self._writing: asyncio.Task[None] | None = None

    def get(self, name: str) -> str | None:
        """A remembered word, or None."""
        return self._words.get(name)

    def set(self, name: str, value: str) -> None:
        """Remembers a word."""
        if self._words.get(name) == value:
            return
        self._words[name] = self._changed[name] = value
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())

    async def written(self) -> None:
        """Waits until everything is in the store."""
        if self._writing is not None:
            await asyncio.wait([self._writing])

    async def _write(self) -> None:
        while self._changed:
            words, self._changed = self._changed, {}
            # A word that cannot be kept is forgotten at the end of the session, and no more.
            with contextlib.suppress(LockboxError, DBAPIError):
                await asyncio.to_thread(self._remember, words)

    def _remember(self, words: dict[str, str]) -> None:
        with self._store.writing() as session:
            remember(session, self._actor, words)
