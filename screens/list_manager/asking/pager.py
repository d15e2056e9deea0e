"""Printing on the screen, page by page."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from screens.list_manager.asking.questions import Pause, Questions
from screens.list_manager.glass.screen import GlassScreen

UNPAGED = 999

#: Gives the lines that begin a page, by its number.
Heading = Callable[[int], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Device:
    """Where to print: on the screen, into `file`, or on `printer`; `length` 0 is the device's own."""

    margin: int = 80
    length: int = 0
    file: str = ""
    printer: str = ""

    @property
    def on_screen(self) -> bool:
        """Whether the print goes to the clerk's own screen."""
        return not self.file and not self.printer


def page_length(device: Device, height: int) -> int:
    """How many lines a page has on a device whose own pages have `height`."""
    return min(height, device.length) if device.on_screen and device.length else device.length or height


def pages(
    lines: Iterable[str], length: int, width: int, heading: Heading | None = None, room: int = 0
) -> Iterator[list[str]]:
    """Cuts lines into pages of at most `length` lines, each cut at `width`; `heading(n)` begins page n.

    What begins with an empty line begins on a new page, without it, where fewer rows than `room` are left.
    """
    page: list[str] = []
    number = 0
    for line in lines:
        if page and not line and length - len(page) < room:
            yield page
            page = []
            continue
        if not page:
            number += 1
            page = [text[:width] for text in heading(number)] if heading else []
            page = page[: max(length - 1, 0)]
        page.append(line[:width])
        if len(page) >= length:
            yield page
            page = []
    if page:
        yield page


async def print_on_screen(
    ask: Questions, lines: Iterable[str], device: Device, heading: Heading | None = None, room: int = 0
) -> None:
    """Shows lines on a screen of their own, a page at a time, waiting for RETURN after each; `^` ends it.

    Unpaged, the lines roll by to the end where the clerk stands.
    """
    if device.length < UNPAGED:
        await ask.terminal.stack.show(PrintScreen(ask, lines, device, heading, room))
        return
    paper = ask.terminal.paper
    for number, page in enumerate(pages(lines, UNPAGED, device.margin, heading, room)):
        if number:
            paper.open(0)
        ask.print_out(*page)
        if not await ask.pause(Pause.END_OF_PAGE):
            break
    paper.open(0)


class PrintScreen(GlassScreen[None]):
    """A print on the clerk's own screen, page by page."""

    def __init__(
        self,
        ask: Questions,
        lines: Iterable[str],
        device: Device,
        heading: Heading | None = None,
        room: int = 0,
    ) -> None:
        super().__init__("Print")
        self._ask = ask
        self._lines = lines
        self._device = device
        self._heading = heading
        self._room = room

    async def run(self) -> None:
        length = page_length(self._device, max(self.glass.height - 1, 2))
        for page in pages(self._lines, length, self._device.margin, self._heading, self._room):
            self.paper.open(0)
            self._ask.print_out(*page)
            if not await self._ask.pause(Pause.END_OF_PAGE):
                return
