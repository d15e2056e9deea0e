"""What a domain screen gets to work with: questions, lists, long calls, printing, and the clock.

A program with services of its own subclasses `Desk` and adds them as typed attributes; its screens then take
the subclass:

    class LockboxDesk(Desk):
        def __init__(self, terminal: Terminal, settings: DeskSettings, store: Store, actor: Actor) -> None:
            super().__init__(terminal, settings)
            self.store, self.actor = store, actor
"""

import textwrap
import threading
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from screens.list_manager.asking import progress
from screens.list_manager.asking.device import DeviceQuestion
from screens.list_manager.asking.dialogue import Ask
from screens.list_manager.asking.pager import Device, page_length, print_on_screen
from screens.list_manager.asking.print_queue import PrintQueue, Queued
from screens.list_manager.asking.questions import Pause
from screens.list_manager.glass.glass import COLUMNS
from screens.list_manager.glass.screen import GlassScreen
from screens.list_manager.glass.terminal import Terminal
from screens.list_manager.options import MenuOption, OptionTree
from services.reports.printing import PrintFile, print_to
from services.reports.sheets import PRINTED_PAGE, UNPAGED, Heading, Paper, Print, Signed

if TYPE_CHECKING:
    from services.guide.topics import Found

T = TypeVar("T")

PRINTING = "PRINTING"
FINISHING = "FINISHING WHAT IS QUEUED TO PRINT, PLEASE STANDBY ('^' LEAVES WITHOUT IT)"
QUEUED_FILE = "Queued. You are told when {} is in the print folder."
QUEUED_PRINTER = "Queued. You are told when {} has it."


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
    """What the program tells its desk: `now` gives the moment in the site's time zone.

    `user` is the name that signs his prints, `printers` gives those of the computer, and `record` takes note of a
    fault of the program that nobody waits for.
    """

    now: Callable[[], datetime]
    keys_held: Callable[[], Collection[str]] = frozenset
    print_folder: Path | None = None
    printers: Callable[[], Sequence[str]] = tuple
    user: str = ""
    record: Callable[[BaseException], object] = lambda fault: None
    preferences: Preferences = field(default_factory=SessionPreferences)


class Desk:
    """One clerk at one terminal; `last_list` opens the list again that an option has shown last."""

    def __init__(self, terminal: Terminal, settings: DeskSettings) -> None:
        self.terminal = terminal
        self.settings = settings
        self.ask = Ask(terminal, self.today)
        self.prints = PrintQueue(terminal.keys.wake, settings.record)
        self._devices = DeviceQuestion(
            self.ask, settings.print_folder, settings.printers, self.in_thread, lambda: self.prints.waiting
        )
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
        return await self._devices.ask_device(margin)

    def page_length(self, device: Device) -> int:
        """How many lines a page of a print has there, headings among them."""
        if device.on_screen:
            return page_length(device, max(self.terminal.glass.height - 1, 2))
        return self._paper(device).body

    async def page_out(
        self,
        lines: Iterable[str],
        device: Device | None = None,
        *,
        heading: Heading | None = None,
        room: int = 0,
        title: str = "",
    ) -> None:
        """Prints lines on a device, by default page by page on the screen; `heading` stands on each page.

        `room` is how many rows have to be left on a page for something new to begin there, as in `Print`; `title` is
        what the print is called.

        `^` at the end of a page ends the print and returns. Raises Refused when a file cannot be written.
        """
        of = Print(lines, heading, room, title)
        if device is None or device.on_screen:
            await print_on_screen(self.ask, of, device or Device())
        elif device.queued:
            self.queue_print(device, lambda: nullcontext(of))
        else:
            where, paper = self._where(device), self._paper(device)
            self.say(await self.in_thread(lambda: print_to(where, of, paper), PRINTING, uncancellable=True))

    def queue_print(self, device: Device, begin: Callable[[], AbstractContextManager[Print]]) -> None:
        """Has a print worked beside whatever the clerk does next; `begin` gives it, in a thread of its own."""
        where = self._where(device)

        def work() -> str:
            with begin() as of:
                return print_to(where, replace(of, lines=self.prints.watch(of.lines)), self._paper(device))

        self.prints.add(Queued(device.file or f"The print for {device.printer}", work))
        self.say((QUEUED_FILE if device.file else QUEUED_PRINTER).format(device.file or device.printer))

    def tell_news(self) -> None:
        """Says what became of queued prints, where nothing is being asked."""
        for sentence in self.prints.take_news():
            self.say(*textwrap.wrap(sentence, max(self.terminal.glass.width - 1, 10)))

    async def finish_prints(self) -> None:
        """Waits for what is still queued, and tells what became of it; `^` on its progress line raises Cancelled."""
        if self.prints.waiting:
            await self.in_thread(self.prints.finish, FINISHING)
        if self.prints.has_news:
            self.tell_news()
            await self.ask.pause(Pause.RETURN)

    def _where(self, device: Device) -> PrintFile | str:
        folder = self.settings.print_folder
        if device.printer or folder is None:
            return device.printer
        return PrintFile(folder, device.file, device.pdf)

    def _paper(self, device: Device) -> Paper:
        length = device.length or PRINTED_PAGE
        if length >= UNPAGED and (device.pdf or device.printer):
            # Neither of them is ever without pages.
            length = PRINTED_PAGE
        return Paper(device.margin, length, Signed(self.settings.user, self.now()))
