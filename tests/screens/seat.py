"""A clerk at a LockboxDesk: types keys, reads the glass, on a real store; no terminal, no Textual."""

import os
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Self

from sqlalchemy import text

from models.store import Store
from screens.house import WAYS
from screens.list_manager.desk import DeskSettings
from screens.list_manager.glass.leaving import Abandoned
from screens.list_manager.glass.terminal import Terminal
from screens.lockbox_desk import LockboxDesk
from services.office.access import Access
from services.office.actor import Actor
from tests.screens.list_manager.clerk import Clerk

Talk = Callable[[LockboxDesk], Awaitable[None]]


class Seat(Clerk[None]):
    """One clerk in front of one option; `^` out of it ends it, as the menus let it end."""

    def __init__(self, store: Store, actor: Actor, talk: Talk, folder: Path | None = None) -> None:
        async def conversation(terminal: Terminal) -> None:
            terminal.paper.open(0)
            try:
                await talk(desk_of(terminal, store, actor, folder))
            except Abandoned:
                return

        super().__init__(conversation)
        self._store = store

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        return self

    async def types(self, text: str) -> str:
        """Types a text, then sees that no transaction is open while the next key is awaited."""
        screen = await super().types(text)
        assert_nothing_open(self._store)
        return screen

    @property
    def prompt(self) -> str:
        """The row the cursor stands on: what is being asked."""
        return self.row(self.glass.cursor[0] + 1)

    async def is_refused(self, wrong: str, refusal: str) -> None:
        """Types a wrong answer: the bell rings, the refusal is said, and the same question comes again."""
        asked, self.glass.bells = self.prompt, 0
        screen = await self.types(f"{wrong}\n")
        before = screen[: screen.rindex(asked)]
        said = before[before.rindex(asked) :]
        assert refusal in " ".join(said.split()), screen
        assert self.prompt == asked, screen
        assert self.glass.bells == 1


def desk_of(terminal: Terminal, store: Store, actor: Actor, folder: Path | None = None) -> LockboxDesk:
    """A clerk's desk by the store's clock, in UTC."""

    def now() -> datetime:
        return store.clock()

    settings = DeskSettings(now=now, keys_held=lambda: actor.keys, print_folder=folder, user=actor.name)
    finance = folder or Path(os.environ["XDG_DATA_HOME"]) / "finance"
    return LockboxDesk(terminal, settings, Access(store, actor), finance, lambda: WAYS)


def assert_nothing_open(store: Store) -> None:
    """Fails when anybody has a transaction open: another desk could not write now."""
    if store.sqlite:
        connection = store.engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute("PRAGMA busy_timeout=0")
            cursor.execute("BEGIN IMMEDIATE")
            cursor.execute("ROLLBACK")
            cursor.execute("PRAGMA busy_timeout=5000")
            cursor.close()
        finally:
            connection.close()
        return
    with store.engine.connect() as reading:
        idle = reading.execute(
            text(
                "SELECT count(*) FROM pg_stat_activity "
                "WHERE datname = current_database() AND state LIKE 'idle in transaction%'"
            )
        )
        assert idle.scalar_one() == 0
