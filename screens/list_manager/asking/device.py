"""Where a print goes: `DEVICE: HOME//`, then `Right Margin: 80//`."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol, TypeVar

from screens.list_manager.asking.pager import Device
from screens.list_manager.asking.questions import Questions, question
from services.errors import Refused
from services.reports.print_files import free_name, safe_name, taken
from services.reports.sheets import UNPAGED

T = TypeVar("T")

_MARGINS = range(40, 1025)
_PDF = ".pdf"
_TEXT = ".txt"
_NAME_WANTED = "Type a name of letters, digits, '-', '_' and '.'"
_HELP = (
    "HOME          on this screen, page by page",
    "FILE          a file in the site's print folder",
    "PDF           the same as a PDF document",
    "QUEUE         a FILE, a PDF or a printer, worked while you go on",
    "0;256;999     on this screen, 256 wide and unpaged, to be captured",
    "A printer is named; ?? lists those of this computer.",
)
_QUEUE_HELP = (
    "FILE          a file in the site's print folder",
    "PDF           the same as a PDF document",
    "A printer is named; ?? lists those of this computer.",
)
_NOT_QUEUED = "What is queued goes to a FILE, a PDF or a printer."
LOOKING = "LOOKING FOR PRINTERS, PLEASE STANDBY (PRESS '^' TO QUIT)"


class InThread(Protocol):
    """Runs what would hold the screen up beside it, and gives its result."""

    async def __call__(self, call: Callable[[], T], message: str, *, uncancellable: bool = False) -> T:
        """`message` stands on the paper meanwhile; what is uncancellable is always waited for."""


class DeviceQuestion:
    """The device question; `printers` gives the names of the printers, which may take its time.

    `promised` gives the names of the files that wait to be printed.
    """

    def __init__(
        self,
        ask: Questions,
        folder: Path | None,
        printers: Callable[[], Sequence[str]],
        in_thread: InThread,
        promised: Callable[[], Collection[str]],
    ) -> None:
        self._ask = ask
        self._folder = folder
        self._printers = printers
        self._in_thread = in_thread
        self._promised = promised

    async def ask_device(self, margin: int = 80) -> Device:
        """Asks for the device and its right margin; `^` raises Abandoned."""
        asked = question("DEVICE", "HOME")
        device, answer = await self._read(asked, "HOME", margin, _HELP)
        if device.queued:
            asked = question("QUEUE TO PRINT ON DEVICE", "FILE")
            on, more = await self._read(asked, "FILE", device.margin, _QUEUE_HELP, queued=True)
            device = replace(on, queued=True, length=on.length or device.length)
            answer += more
        if device.file:
            device = replace(device, file=await self._file_name(device))
        return device if ";" in answer else replace(device, margin=await self._margin(device.margin))

    async def _read(
        self, asked: str, default: str, margin: int, help_text: Sequence[str], *, queued: bool = False
    ) -> tuple[Device, str]:
        """Asks until a device is named; gives it, and what was typed."""
        ask = self._ask

        async def list_all() -> None:
            try:
                printers = [f"{name:<13} a printer" for name in await self._known_printers()]
            except Refused as refusal:
                printers = [str(refusal)]
            ask.explain((*help_text[:-1], *(printers or ["This computer has no printer."])))

        while True:
            answer = (await ask.read(asked, help_text, list_all=list_all)).strip()
            device = self._understand(answer or default, margin)
            if device is None:
                # Only now: the print service may take its time.
                ask.accept()
                device = await self._printer(answer, margin)
            elif isinstance(device, Device):
                at_home = device.on_screen and not device.queued and answer.upper() != "HOME"
                ask.accept(answer, "  HOME" if at_home else "")
            else:
                ask.accept()
            if isinstance(device, Device) and queued and (device.on_screen or device.queued):
                device = _NOT_QUEUED
            if isinstance(device, Device):
                return device, answer
            ask.wrong(device)

    def _understand(self, answer: str, margin: int) -> Device | str | None:
        """The device that was typed, what is wrong with it, or None where it may be a printer."""
        name, *numbers = (part.strip() for part in answer.split(";"))
        if len(numbers) > 2 or any(n and not (n.isascii() and n.isdecimal()) for n in numbers):
            return "Type a device, or device;margin;page length."
        width = int(numbers[0][:9]) if numbers and numbers[0] else margin
        length = min(int(numbers[1][:9]), UNPAGED) if len(numbers) > 1 and numbers[1] else 0
        if width not in _MARGINS:
            return f"The margin must be between {_MARGINS[0]} and {_MARGINS[-1]}."
        word = name.upper()
        if word in ("0", "") or "HOME".startswith(word):
            return Device(width, length)
        if "FILE".startswith(word) or word == "HFS" or "PDF".startswith(word):
            is_pdf = "PDF".startswith(word)
            return (
                Device(width, length, file="?", pdf=is_pdf)
                if self._folder
                else "This site has no print folder."
            )
        return Device(width, length, queued=True) if "QUEUE".startswith(word) else None

    async def _printer(self, answer: str, margin: int) -> Device | str:
        name = answer.partition(";")[0].strip()
        plain = self._understand(answer.replace(name, "HOME", 1), margin)
        assert isinstance(plain, Device)
        try:
            known = await self._known_printers()
        except Refused as refusal:
            return f"There is no device {name}. {refusal}"
        found = [each for each in known if each.casefold() == name.casefold()]
        # Two printers may differ in nothing but the size of their letters.
        named = name if name in found else found[0] if found else ""
        return replace(plain, printer=named) if named else f"There is no device {name}. '??' lists them."

    async def _known_printers(self) -> Sequence[str]:
        return await self._in_thread(self._printers, LOOKING)

    async def _file_name(self, device: Device) -> str:
        folder = self._folder
        assert folder is not None
        default = free_name(folder, self._ask.today(), _PDF if device.pdf else _TEXT, self._promised())
        while True:
            typed = await self._ask.read(question("FILE NAME", default), (f"{_NAME_WANTED}.",)) or default
            self._ask.accept()
            ending = _PDF if device.pdf and not typed.lower().endswith(_PDF) else ""
            name = safe_name(f"{typed.strip()}{ending}")
            if name is None:
                self._ask.wrong(f"{_NAME_WANTED}; not beginning with '.' or '-'.")
            elif (refusal := taken(folder, name, self._promised())) is not None:
                self._ask.wrong(refusal)
            else:
                return name

    async def _margin(self, default: int) -> int:
        wanted = f"Type a number of columns between {_MARGINS[0]} and {_MARGINS[-1]}."
        while True:
            typed = (await self._ask.read(question("Right Margin", str(default)), (wanted,))).strip()
            self._ask.accept()
            if not typed:
                return default
            if typed.isascii() and typed.isdecimal() and int(typed[:9]) in _MARGINS:
                return int(typed)
            self._ask.wrong(wanted)
