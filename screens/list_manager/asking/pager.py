"""Printing on the screen, page by page."""

from dataclasses import dataclass

from screens.list_manager.asking.questions import Pause, Questions
from screens.list_manager.glass.screen import GlassScreen
from services.reports.sheets import UNPAGED, Print, pages


@dataclass(frozen=True, slots=True)
class Device:
    """Where to print: on the screen, into `file` (as PDF or text), or on `printer`; `length` 0 is the device's own.

    `queued`: beside whatever the clerk does next.
    """

    margin: int = 80
    length: int = 0
    file: str = ""
    printer: str = ""
    pdf: bool = False
    queued: bool = False

    @property
    def on_screen(self) -> bool:
        """Whether the print goes to the clerk's own screen."""
        return not self.file and not self.printer


def page_length(device: Device, height: int) -> int:
    """How many lines a page has on the screen, whose own pages have `height`."""
    return min(height, device.length) if device.length else height


async def print_on_screen(ask: Questions, of: Print, device: Device) -> None:
    """Shows a print on a screen of its own, a page at a time, waiting for RETURN after each; `^` ends it.

    Unpaged, the lines roll by to the end where the clerk stands.
    """
    if device.length < UNPAGED:
        await ask.terminal.stack.show(PrintScreen(ask, of, device))
        return
    paper = ask.terminal.paper
    for number, page in enumerate(pages(of.lines, UNPAGED, device.margin, of.heading, of.room)):
        if number:
            paper.open(0)
        ask.print_out(*page)
        if not await ask.pause(Pause.END_OF_PAGE):
            break
    paper.open(0)


class PrintScreen(GlassScreen[None]):
    """A print on the clerk's own screen, page by page."""

    def __init__(self, ask: Questions, of: Print, device: Device) -> None:
        super().__init__("Print")
        self._ask = ask
        self._of = of
        self._device = device

    async def run(self) -> None:
        of, length = self._of, page_length(self._device, max(self.glass.height - 1, 2))
        for page in pages(of.lines, length, self._device.margin, of.heading, of.room):
            self.paper.open(0)
            self._ask.print_out(*page)
            if not await self._ask.pause(Pause.END_OF_PAGE):
                return
