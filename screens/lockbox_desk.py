"""The desk of a Lockbox clerk: the list manager's desk with the store and the clerk's own rights.

Screens reach the rules only through `read` and `write`. Both run the service beside the screen, so that
typing goes on; neither leaves a transaction open while a prompt waits.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from screens.list_manager.desk import Desk, DeskSettings
from screens.list_manager.glass.terminal import Terminal
from services.office import leases
from services.office.actor import Actor
from services.store import DBAPIError, Session, Store, broken_store

T = TypeVar("T")

#: How often the leases of an open screen are renewed, in seconds; they last four times as long.
RENEWAL = 30.0

STANDBY = "PLEASE STANDBY"


class LockboxDesk(Desk):
    """One clerk at one terminal, with his site's store."""

    def __init__(
        self,
        terminal: Terminal,
        settings: DeskSettings,
        store: Store,
        actor: Actor,
        station: str,
        finance_folder: Path,
    ) -> None:
        super().__init__(terminal, settings)
        self.store = store
        self.actor = actor
        self.station = station
        self.finance_folder = finance_folder

    async def read(self, call: Callable[[Session], T], message: str = f"{STANDBY} (PRESS '^' TO QUIT)") -> T:
        """Asks a service something; `^` on the progress line of a long one raises `Cancelled`."""

        def asked() -> T:
            with self.store.reading() as session:
                return call(session)

        return await self.in_thread(_in_plain_words(asked), message)

    async def write(self, call: Callable[[Session], T], message: str = STANDBY) -> T:
        """Lets a service change something in one transaction; once begun it is never cancelled."""

        def done() -> T:
            with self.store.writing() as session:
                return call(session)

        return await self.in_thread(_in_plain_words(done), message, uncancellable=True)

    async def keep_leases(self) -> None:
        """Renews this desk's leases for as long as the program runs."""
        while True:
            await asyncio.sleep(RENEWAL)
            await asyncio.to_thread(self._renew)

    def _renew(self) -> None:
        with self.store.writing() as session:
            leases.renew(session, self.actor)

    async def give_back_leases(self) -> None:
        """Gives everything back: on leaving, on a hang-up, at the end."""
        await asyncio.to_thread(self._give_back)

    def _give_back(self) -> None:
        with self.store.writing() as session:
            leases.give_back_all(session, self.actor)


def _in_plain_words(call: Callable[[], T]) -> Callable[[], T]:
    """The call with the database's own errors said as a clerk reads them."""

    def careful() -> T:
        try:
            return call()
        except DBAPIError as error:
            raise broken_store(error) from error

    return careful
