"""What a domain screen gets to work with: questions, lists, long calls, printing, and the clock.

A program with services of its own subclasses `Desk` and adds them as typed attributes; its screens then take
the subclass:

    class LockboxDesk(Desk):
        def __init__(self, terminal: Terminal, settings: DeskSettings, store: Store, actor: Actor) -> None:
            super().__init__(terminal, settings)
            self.store, self.actor = store, actor
"""

import threading
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from screens.list_manager.asking import progress
from screens.list_manager.asking.device import Printing
from screens.list_manager.asking.dialogue import Ask
from screens.list_manager.asking.pager import Device, Heading, print_on_screen
from screens.list_manager.glass.glass import COLUMNS
from screens.list_manager.glass.screen import GlassScreen
from screens.list_manager.glass.terminal import Terminal
from screens.list_manager.options import MenuOption, OptionTree

if TYPE_CHECKING:
    from services.guide.topics import Found

T = TypeVar("T")


class Preferences(Protocol):
    """What the program remembers of a user between sessions."""

    def get(self, name: str) -> str | None:
        """A remembered word, or None."""

    def set(self, name: str, value: str) -> None:
        """Remembers a word."""


class SessionPreferences:
    """Preferences that last as long as the session."""

    def __init__(self) -> None:
        self._words: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self._words.get(name)

    def set(self, name: str, value: str) -> None:
        self._words[name] = value


@dataclass(frozen=True)
class DeskSettings:
    """What the program tells its desk: `now` gives the moment in the site's time zone."""

    now: Callable[[], datetime]
    keys_held: Callable[[], Collection[str]] = frozenset
    print_folder: Path | None = None
    printers: Sequence[str] = ()
    preferences: Preferences = field(default_factory=SessionPreferences)


class Desk:
    """One clerk at one terminal; `last_list` opens the list again that an option has shown last."""

    def __init__(self, terminal: Terminal, settings: DeskSettings) -> None:
        self.terminal = terminal
        self.settings = settings
        self.ask = Ask(terminal, self.today)
        self.printing = Printing(self.ask, settings.print_folder, settings.printers)
        self.options: OptionTree | None = None
        self.last_list: MenuOption[Any] | None = None

    def now(self) -> datetime:
        """The moment, in the site's time zone."""
        return self.settings.now()

    def today(self) -> date:
        """The business date."""
        return self.settings.now().date()

    def holds(self, key: str | None) -> bool:
        """Whether the clerk holds a security key; None is no lock. Services check again."""
        return key is None or key in self.settings.keys_held()

    def look_up_word(self, word: str, here: str) -> "Found | None":
        """What the program's guide says of a word typed on the screen or menu `here`; None without a guide."""
        return None

    async def tell(self, found: "Found") -> None:
        """Shows what was found, page by page; what lies below stands as it was when it is left."""
        from services.guide.topics import told

        lines = told(found.topics, max(min(self.terminal.glass.width, COLUMNS) - 1, 20))
        await self.page_out(lines)

    def say(self, *lines: str) -> None:
        """Prints lines on the paper."""
        self.ask.say(*lines)

    def clear(self) -> None:
        """Clears the screen; what is said next begins at the top."""
        self.terminal.paper.open(0)

    async def show(self, screen: GlassScreen[T]) -> T:
        """Opens a screen, and gives what it gives when it is left."""
        return await self.terminal.stack.show(screen)

    async def in_thread(
        self,
        call: Callable[[], T],
        message: str = progress.STANDBY,
        *,
        uncancellable: bool = False,
        stop: threading.Event | None = None,
    ) -> T:
        """Runs a service call beside the screen; see `progress.in_thread`. Writes are `uncancellable`."""
        return await progress.in_thread(self.terminal, call, message, uncancellable=uncancellable, stop=stop)

    async def device(self, *, margin: int = 80) -> Device:
        """Asks `DEVICE: HOME//` and the right margin; `^` raises Abandoned."""
        return await self.printing.ask_device(margin)

    async def page_out(
        self,
        lines: Iterable[str],
        device: Device | None = None,
        *,
        heading: Heading | None = None,
        room: int = 0,
    ) -> None:
        """Prints lines on a device, by default page by page on the screen; `heading` stands on each page.

        `room` is how many rows have to be left on a page for something new to begin there, as in `pages`.

        `^` at the end of a page ends the print and returns. Raises Refused when a file cannot be written.
        """
        if device is None or device.on_screen:
            await print_on_screen(self.ask, lines, device or Device(), heading, room)
        else:
            await self.printing.send(lines, device, self.in_thread, heading, room)
