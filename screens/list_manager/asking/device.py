"""Where a print goes: `DEVICE: HOME//`, then `Right Margin: 80//`."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from screens.list_manager.asking.pager import UNPAGED, Device, Heading, page_length, pages
from screens.list_manager.asking.questions import Questions, question
from screens.list_manager.glass.glass import one_cell_each
from services.clean import REPLACEMENT, clean
from services.errors import LockboxError, Refused
from services.office.ownership import refuse_others

_MARGINS = range(40, 1025)
PRINTED_PAGE = 60
_FORBIDDEN = frozenset("/\\:*?\"<>|'`$;&!~ " + REPLACEMENT)
_LONGEST_NAME = 80
_HELP = (
    "HOME          on this screen, page by page",
    "FILE          a file in the site's print folder",
    "0;256;999     on this screen, 256 wide and unpaged, to be captured",
)


def safe_name(text: str) -> str | None:
    """Gives the name of a print file, or None when it could leave the folder, hide, or pass for an option."""
    name = clean(text.strip(), _LONGEST_NAME + 1)
    if not name or len(name) > _LONGEST_NAME or name[0] in ".-" or any(c in _FORBIDDEN for c in name):
        return None
    return name


class InThread(Protocol):
    """Runs what would hold the screen up beside it, and gives its result."""

    async def __call__(self, call: Callable[[], None], message: str, *, uncancellable: bool) -> None:
        """`message` stands on the paper meanwhile; what is uncancellable is always waited for."""


class Printing:
    """The device question, and printing to files and printers."""

    def __init__(self, ask: Questions, folder: Path | None, printers: Sequence[str]) -> None:
        self._ask = ask
        self._folder = folder
        self._printers = tuple(printers)

    async def ask_device(self, margin: int = 80) -> Device:
        """Asks for the device and its right margin; `^` raises Abandoned."""
        ask = self._ask
        lines = (*_HELP, *(f"{name:<13} a printer" for name in self._printers))
        while True:
            answer = (await ask.read(question("DEVICE", "HOME"), lines)).strip()
            device = self._understood(answer or "HOME", margin)
            if isinstance(device, str):
                ask.accept()
                ask.wrong(device)
                continue
            ask.accept(answer, "  HOME" if device.on_screen and answer.upper() != "HOME" else "")
            if ";" in answer:
                return device
            file = await self._file_name() if device.file else ""
            return Device(await self._margin(device.margin), device.length, file, device.printer)

    def _understood(self, answer: str, margin: int) -> Device | str:
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
        if "FILE".startswith(word) or word == "HFS":
            return Device(width, length, file="?") if self._folder else "This site has no print folder."
        if "QUEUE".startswith(word):
            return "Queued prints are not in this release. Print to HOME or to a FILE."
        for printer in self._printers:
            if printer.casefold() == name.casefold():
                return Device(width, length, printer=printer)
        return f"There is no device {name}. '?' lists them."

    async def _file_name(self) -> str:
        while True:
            typed = await self._ask.read(
                "FILE NAME: ", ("Type a name of letters, digits, '-', '_' and '.'.",)
            )
            self._ask.accept()
            if (name := safe_name(typed)) is not None:
                return name
            self._ask.wrong(
                "Type a name of letters, digits, '-', '_' and '.'; not beginning with '.' or '-'."
            )

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

    async def send(
        self,
        lines: Iterable[str],
        device: Device,
        in_thread: InThread,
        heading: Heading | None = None,
        room: int = 0,
    ) -> None:
        """Prints to the device's file or printer and says where it went; raises Refused when that fails."""
        length = page_length(device, PRINTED_PAGE)
        text = _page_texts(pages(lines, length, device.margin, heading, room))
        if device.printer:
            await in_thread(lambda: _print("".join(text), device.printer), "PRINTING", uncancellable=True)
            self._ask.say(f"Sent to {device.printer}.")
        elif self._folder is not None:
            folder = self._folder
            await in_thread(lambda: write_file(folder, device.file, text), "PRINTING", uncancellable=True)
            self._ask.say(f"Printed to {device.file} in the site's print folder.")


def _page_texts(pages: Iterable[Sequence[str]]) -> Iterator[str]:
    """The text of each page, a form feed between two of them."""
    for number, page in enumerate(pages):
        yield ("\f" if number else "") + "".join(f"{one_cell_each(line).rstrip()}\n" for line in page)


def write_file(folder: Path, name: str, text: Iterable[str]) -> None:
    """Writes a new file of mode 0600 in the print folder; raises Refused when it exists or cannot be made.

    The text is taken piece by piece, so that a long print takes no more memory.
    """
    if safe_name(name) is None:
        raise Refused(f"{clean(name)} is not a name for a print file.")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        refuse_others(folder)
        with os.fdopen(os.open(folder / name, flags, 0o600), "w", encoding="utf-8") as file:
            file.writelines(text)
    except LockboxError as error:
        raise Refused(str(error)) from None
    except FileExistsError:
        raise Refused(f"A file {name} is already in the print folder. Choose another name.") from None
    except OSError as error:
        raise Refused(f"{name} could not be written: {error.strerror}.") from None


def _print(text: str, printer: str) -> None:
    program = shutil.which("lp")
    if program is None:
        raise Refused("This computer has no print command (lp).")
    command = [program, "-s", "-d", printer, "--", "-"]
    try:
        done = subprocess.run(command, input=text.encode(), capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        raise Refused(f"The printer {printer} did not answer.") from None
    if done.returncode:
        raise Refused(f"The printer {printer} did not take the print.")
