"""The screens of one clerk, from sign-on to the end."""

import asyncio
import contextlib
import gc
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy.exc import DBAPIError

from lockbox_tui.crash import record_crash
from lockbox_tui.signing_on import Places, SignedOn, SigningOn
from models.words.keys import SecurityKey
from screens.destinations import Ways
from screens.list_manager.asking.progress import in_thread
from screens.list_manager.desk import DeskSettings
from screens.list_manager.glass.leaving import Cancelled
from screens.list_manager.glass.terminal import Terminal
from screens.list_manager.menus.menus import Menus
from screens.lockbox_desk import LockboxDesk
from screens.menus import CLERKS_MENU
from screens.sign_on import greet, remember_prints
from services.errors import LockboxError
from services.office.access import Access, load_tables
from services.office.preferences import remember
from services.reports.printers import known_printers

if TYPE_CHECKING:
    from lockbox_tui.validating import BackgroundValidation

OPENING = "OPENING THE STORE, PLEASE STANDBY"

#: The first menu has been painted by then, in seconds: on a usual machine, and on any however slow.
_PAINTED, _AFTER_MENU = 0.1, 1.0


class Session:
    """One run of the screens, from sign-on to the end."""

    def __init__(self, signing_on: SigningOn) -> None:
        self._places = signing_on.places
        self._signing_on = signing_on
        self._desk: LockboxDesk | None = None
        self._preferences: StoredPreferences | None = None
        self._validation: BackgroundValidation | None = None

    async def run(self, terminal: Terminal) -> int:
        """Signs on and runs the menus."""
        try:
            signed_on = await in_thread(terminal, self._signing_on.wait, OPENING, uncancellable=True)
        except LockboxError as error:
            self._signing_on.refusal = str(error)
            return 1
        self._preferences = StoredPreferences(signed_on)
        desk = self._desk = open_lockbox_desk(terminal, signed_on, self._places, self._preferences)
        desk.hear_waits()
        keeping = asyncio.create_task(_keep_leases(desk))
        settling = asyncio.create_task(self._settle(desk))
        try:
            greet(desk, signed_on.site, signed_on.odd_clock)
            await Menus(desk, CLERKS_MENU).run()
            # Whoever does not wait for his prints is told of them when he comes back.
            with contextlib.suppress(Cancelled):
                await desk.finish_prints()
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
            self._signing_on.close_unused()
            return
        self._stop_validation()
        remember_prints(self._desk, await asyncio.to_thread(self._desk.prints.break_off))
        if self._preferences is not None:
            await self._preferences.written()
        # A store that cannot be written now frees the leases by itself, two minutes after the last renewal.
        with contextlib.suppress(LockboxError, DBAPIError):
            await self._desk.give_back_leases()
        self._desk.access.store.close()


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
        printers=known_printers,
        user=actor.name,
        record=partial(record_crash, log=places.crash_log),
        preferences=preferences,
    )
    return LockboxDesk(terminal, settings, Access(store, actor), places.finance_folder, load_ways)


def load_ways() -> Ways:
    """Loads all screens with their rules, and gives the ways to them."""
    # Not before somebody goes anywhere: the first menu stands without them, and they are loaded while it is read.
    from screens.house import WAYS

    return WAYS


def load_options() -> None:
    """Loads what the options need: while the clerk reads the first menu, he need not wait for it later."""
    load_ways()
    load_tables()


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
