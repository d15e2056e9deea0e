"""The program: reads the command line, runs the command, prints its answer, and ends with its status.

Nothing heavy is imported before a command runs: `--help` answers at once, and no command but the screens
ever imports Textual.
"""

import contextlib
import gc
import importlib
import io
import itertools
import os
import resource
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from time import gmtime, strftime
from typing import TYPE_CHECKING, BinaryIO, cast

from lockbox_tui.commands.answers import DONE, NOT_DONE, PDF, TABLE, Answer, Call
from lockbox_tui.interrupts import INTERRUPTS
from lockbox_tui.settings import Settings, WrongUsage, data_folder, read_settings
from lockbox_tui.terminal.launch import prepare_environment
from services.clean import clean
from services.dates import NO_SUCH_TIME, WORKING_YEARS
from services.errors import OddClock, Refused
from services.reports.render.as_json import as_json

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from lockbox_tui.commands.declared.register import Entry
    from lockbox_tui.commands.declaring import Command

_INTERRUPTED = 130
_LONGEST = 2_000

#: What a screen would ask, and how the command line says YES to it.
_IF_IT_IS_RIGHT = "IF THAT DATE IS RIGHT SAY --date-is-right; ELSE HAVE THE CLOCK OF THIS MACHINE SET RIGHT"


def main(argv: Sequence[str] | None = None, register: "Sequence[Entry] | None" = None) -> int:
    """Runs one command and gives its exit status (DESIGN 6): 0 done, 1 refused or found something, 2 wrong usage.

    `register` are the commands that there are, by default all of Lockbox.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    # Whichever command it is that shows screens: Textual reads its environment while it is imported.
    prepare_environment(os.environ)
    # What a crash would leave of the memory is patients' data.
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for stream in (sys.stdout, sys.stderr):
        # A terminal that knows no such letter shows `?`; it is never a reason to fail.
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # only real streams have it
    try:
        if not words:
            # Whoever types no command does not wait until all commands are declared.
            return _run_and_tell(lambda: _screens(read_settings(None, os.environ)), json=False)
        with INTERRUPTS.watching():
            return _run(*_without_json(words), register)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else DONE if ended.code is None else NOT_DONE
    except KeyboardInterrupt:
        _tell("Stopped.")
        return _INTERRUPTED


def _without_json(words: list[str]) -> tuple[list[str], bool]:
    """Takes `--json` out from wherever it stands before a `--`; argparse would end a list of files at it."""
    end = words.index("--") if "--" in words else len(words)
    rest = [word for word in words[:end] if word != "--json"]
    return rest + words[end:], len(rest) < end


def _run(words: list[str], json: bool, register: "Sequence[Entry] | None") -> int:
    from lockbox_tui.commands.arguments import build_parser
    from lockbox_tui.commands.declared.register import REGISTER

    parser = build_parser(register or REGISTER)
    arguments = parser.parse_args(words)
    try:
        return _run_and_tell(lambda: _command(parser, arguments, json), json)
    except KeyboardInterrupt:
        if arguments.command is None:
            raise
        _tell(arguments.command.stopped)
        return _INTERRUPTED


def _run_and_tell(act: Callable[[], int], json: bool) -> int:
    """Does something and gives its exit status; what goes wrong is logged and told."""
    log: Path | None = None
    # Before all else: in a year beyond 2262 not even the library can be loaded.
    shown = gmtime()
    if shown.tm_year not in WORKING_YEARS:
        said = NO_SUCH_TIME.format(strftime("%Y-%m-%d %H:%M", shown))
        return _say_no({"error": said, "number": None}, said, json)
    try:
        log = data_folder(os.environ) / "lockbox.log"
        return act()
    except Refused as refusal:
        said = f"{refusal}\n{_IF_IT_IS_RIGHT}" if isinstance(refusal, OddClock) else str(refusal)
        return _say_no({"refused": said}, said, json)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is logged and told without its data
        INTERRUPTS.heed()
        from lockbox_tui.failures import explain

        failure = explain(error, log)
        return _say_no({"error": failure.text, "number": failure.number}, failure.sentence, json)


def _command(parser: "ArgumentParser", arguments: "Namespace", json: bool) -> int:
    command: Command | None = arguments.command
    try:
        settings = read_settings(arguments.database, os.environ)
        if command is None:
            if json or arguments.as_user is not None:
                parser.error("--json and --as go with a command")
            return _screens(settings)
        if arguments.as_user is not None and not command.in_store:
            parser.error("--as has no meaning for this command")
        if json and arguments.format not in (None, TABLE, "json"):
            parser.error(f"--json and --format {arguments.format} do not go together")
        module, name = command.function
        format = "json" if json else arguments.format or TABLE
        output: str | None = arguments.output
        if output is not None and (wrong := _no_file(output)) is not None:
            parser.error(wrong)
        if format == PDF and output is None and sys.stdout.isatty():
            parser.error("a PDF goes into a file: name one by --output")
        act = getattr(importlib.import_module(module), name)
        answer = cast(Answer, act(Call(settings, arguments, format)))
        with answer.until_written:
            return _print(answer, format, None if output is None else Path(output))
    except WrongUsage as wrong:
        parser.error(str(wrong))


def _screens(settings: Settings) -> int:
    """Opens the screens; only here Textual is imported."""
    # Loading makes hundreds of thousands of objects that all stay: a tenth of the time until the first menu
    # would go into looking which of them can go. The desk switches the collector on again.
    gc.disable()
    from lockbox_tui.desk import open_desk
    from lockbox_tui.places import places_of

    return open_desk(places_of(settings))


def _print(answer: Answer, format: str, output: Path | None) -> int:
    format = "text" if answer.in_sections and format == TABLE else format
    if output is not None:
        _print_into(answer, format, output)
        return answer.status
    if format == PDF:
        return answer.status if _write_document(answer) else NOT_DONE
    return answer.status if _write(_pieces(answer, format)) else NOT_DONE


def _no_file(output: str) -> str | None:
    """What is wrong with a word for a new file that names none; None when it names one."""
    if output == "-":
        return "--output - names no file: without --output the answer goes to standard output"
    if os.path.basename(output) in ("", os.curdir, os.pardir):
        return f"--output '{output}' names no file: name one that is not there yet"
    return None


def _print_into(answer: Answer, format: str, output: Path) -> None:
    """Writes an answer into a new file; raises `Refused` when it is there already or cannot be written."""
    from services.reports.print_files import new_file

    with INTERRUPTS.clearing_up(), new_file(output) as file:
        if format == PDF:
            _write_pdf(answer, file)
        else:
            file.writelines(
                piece.encode(errors="replace") for piece in _pieces(answer, format, on_paper=True)
            )
    _tell(f"Written to {output}.")


def _write_pdf(answer: Answer, out: BinaryIO) -> None:
    from lockbox_tui.commands.formats import write_document

    write_document(answer, out)


def _pieces(answer: Answer, format: str, *, on_paper: bool = False) -> Iterable[str]:
    """The text of an answer in a format, piece by piece."""
    if format == "json":
        return itertools.chain(as_json(answer.document), "\n")
    if format != TABLE:
        from lockbox_tui.commands.formats import write

        return write(answer, format, on_paper=on_paper)
    from lockbox_tui.commands.printing import Printer

    out = Printer(sys.stdout.isatty() and not on_paper)
    answer.show(out)
    return (out.text(),)


def _say_no(document: dict[str, str | None], text: str, json: bool) -> int:
    if json:
        _write(itertools.chain(as_json(document), "\n"))
    else:
        _tell(text)
    return NOT_DONE


def _tell(text: str) -> None:
    with contextlib.suppress(OSError):
        for line in text.split("\n"):
            print(clean(line, _LONGEST), file=sys.stderr)  # noqa: T201 - the command line's own voice


def _write(pieces: Iterable[str]) -> bool:
    """Writes text to standard output, as `_to_standard_output`."""
    return _to_standard_output(lambda: sys.stdout.writelines(pieces))


def _write_document(answer: Answer) -> bool:
    """Writes a PDF to standard output, as `_to_standard_output`."""
    document = io.BytesIO()
    _write_pdf(answer, document)
    return _to_standard_output(lambda: sys.stdout.buffer.write(document.getbuffer()))


def _to_standard_output(write: Callable[[], object]) -> bool:
    """Writes to standard output; False if that cannot be. A reader that has gone is no error: the act is done."""
    try:
        write()
        sys.stdout.flush()
    except OSError as error:
        # Python would flush again at its end and fail again; what is left goes nowhere.
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            _tell(f"The command is done, but its answer could not be written: {error.strerror}.")
            return False
    return True


if __name__ == "__main__":
    sys.exit(main())
