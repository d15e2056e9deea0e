"""The printers of this computer, through its print service (CUPS): which there are, and giving them a print."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from typing import IO

from services.clean import clean
from services.errors import Refused
from services.reports.render.as_pdf import write_pdf
from services.reports.sheets import Paper, Print, as_text, sheets

#: How long the print service is waited for, in seconds: for its list, and until it has taken a print.
_LISTS_WITHIN, _TAKES_WITHIN = 10.0, 60.0

#: What a printer of plain text can print as it is.
_TEXT_COLUMNS = 80

NO_LP = "This computer has no print command (lp). Print to HOME, a FILE or a PDF, or have CUPS set up."
NO_ANSWER = "The print service of this computer does not answer. Print to HOME, a FILE or a PDF meanwhile."


def known_printers() -> tuple[str, ...]:
    """The names of the printers that may be printed on; raises Refused when the computer cannot print at all."""
    listed = _run([_program("lpstat"), "-e"], _LISTS_WITHIN)
    names = (clean(line.strip()) for line in listed.stdout.decode("utf-8", "replace").splitlines())
    found = tuple(sorted({name for name in names if name}, key=lambda name: (name.casefold(), name)))
    if not found and listed.returncode and b"no destinations" not in listed.stderr.lower():
        raise Refused(NO_ANSWER)
    return found


def print_on(printer: str, of: Print, paper: Paper) -> None:
    """Gives a print to a printer; raises Refused, with nothing printed, when it is not taken.

    Plain text goes as it is, a form feed between two sheets, so that a printer without a driver takes it too. What
    has other letters than ASCII, or is wider than a sheet of text, goes as PDF. What is given away waits in a file
    without a name, which is gone afterwards.
    """
    lp = _program("lp")
    with tempfile.TemporaryFile() as spool:
        plain = paper.columns <= _TEXT_COLUMNS
        for text in as_text(sheets(of, paper)):
            plain = plain and text.isascii()
            spool.write(text.encode())
        spool.seek(0)
        if plain:
            _give(lp, printer, of.title, spool)
            return
        with tempfile.TemporaryFile() as document:
            write_pdf(document, _sheets_again(spool), paper, of.title)
            document.seek(0)
            _give(lp, printer, of.title, document)


def _sheets_again(spool: IO[bytes]) -> Iterator[list[str]]:
    """The sheets of a text that was spooled."""
    sheet: list[str] = []
    for line in spool:
        if line.startswith(b"\f"):
            yield sheet
            sheet = []
        sheet.append(line.decode().strip("\f\n"))
    yield sheet


def _give(lp: str, printer: str, title: str, spool: IO[bytes]) -> None:
    words = [lp, "-s", "-d", printer, "-t", clean(title) or "Lockbox", "--", "-"]
    done = _run(words, _TAKES_WITHIN, spool)
    if done.returncode:
        said = clean(" ".join(done.stderr.decode("utf-8", "replace").split()).removeprefix("lp: "))
        reason = f" It says: {said}" if said else ""
        raise Refused(f"The printer {printer} did not take the print; nothing was printed.{reason}")


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise Refused(NO_LP)
    return found


def _run(
    words: Sequence[str], within: float, given: IO[bytes] | None = None
) -> "subprocess.CompletedProcess[bytes]":
    try:
        return subprocess.run(
            words,
            stdin=subprocess.DEVNULL if given is None else given,
            capture_output=True,
            env={**os.environ, "LC_ALL": "C"},
            timeout=within,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Refused(NO_ANSWER) from None
    except OSError as error:
        raise Refused(f"The print command could not be run: {error.strerror}.") from None
