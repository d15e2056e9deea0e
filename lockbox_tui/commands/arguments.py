"""Reading the command line: a parser made from the declarations of the commands (DESIGN 6)."""

import argparse
import contextlib
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NoReturn

from lockbox_tui.commands.declared.register import REGISTER, Entry, every_command
from lockbox_tui.commands.declaring import Command, Count, Option, Subject, Switch, Taken, Word, as_sentence
from services.clean import clean, is_text

_LONGEST = 2_000
_WIDTH = 78

EPILOG = """\
The store is --database, else $LOCKBOX_DATABASE (an SQLAlchemy URL), else a SQLite file in the user's data
folder. Exit status: 0 done, also for a duplicate and for what was filed with findings; 1 refused, held as
an exception, or found by check or validate; 2 wrong usage.
Without a command the screens open.
"""

#: What every command takes, before or after its words.
EVERYWHERE: tuple[Option | Switch, ...] = (
    Switch("--json", "print one JSON document and nothing else on standard output"),
    Option("--database", "the store to work in", "URL"),
    Option(
        "--as",
        "act in the place of another user (needs the key LOCKBOX MANAGER; it is audited)",
        "USER",
        dest="as_user",
    ),
)

#: In which formats a list is written; `table` is as wide as the terminal.
FORMAT = Option(
    "--format",
    "how the list is written: a table, text of 80 columns, caret-delimited, for a spreadsheet, JSON, or PDF",
    choices=("table", "text", "caret", "csv", "json", "pdf"),
    default="table",
)

#: Where a list is written to.
OUTPUT = Option(
    "--output",
    "write it into a new file, which nobody else may read; text is cut into pages there, each signed at its foot",
    "FILE",
    otherwise="standard output",
    path=True,
)


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong with a word without letting the word drive the terminal."""

    paths: frozenset[str] = frozenset({"database"})

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Reads a command; a word that is not text is wrong usage, unless it is the path of a file."""
        arguments = super().parse_args(args, namespace)
        for name, value in vars(arguments).items():
            for word in () if name in self.paths else _texts(value):
                if not is_text(word):
                    self.error(f"the word '{word}' is not in UTF-8")
        return arguments

    def error(self, message: str) -> NoReturn:
        """Prints usage and what is wrong, and ends the program with the status of wrong usage."""
        super().error("\n".join(clean(line, _LONGEST) for line in message.split("\n")))


def _texts(value: object) -> Iterator[str]:
    """The texts of a word, however deep: a row of a split has a claim."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _texts(part)


def build_parser(register: Iterable[Entry] = REGISTER) -> argparse.ArgumentParser:
    """The parser of the whole command line; `command` of what it reads is the declaration of the command."""
    register = tuple(register)
    parser = _Parser(
        prog="lockbox",
        description="Lockbox, a remittance-posting workstation for the terminal.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
        parents=[_everywhere()],
    )
    # Words that name files and folders are bytes and need not be text.
    parser.paths |= {
        destination(taken)
        for command in every_command(register)
        for taken in takes(command)
        if isinstance(taken, (Word, Option)) and taken.path
    }
    parser.add_argument("--version", action=_Version, help="show the program's version and exit")
    parser.set_defaults(
        json=False, database=None, as_user=None, command=None, format=None, output=None, limit=None
    )
    words = parser.add_subparsers(metavar="COMMAND", title="commands")
    for entry in register:
        if isinstance(entry, Subject):
            below = _parser_of(words, entry.word, entry.does, as_sentence(entry.does)).add_subparsers(
                metavar="ACTION", title="actions", required=True
            )
            for command in entry.commands:
                _declare(below, command, command.words.removeprefix(f"{entry.word} "))
        else:
            _declare(words, entry, entry.words)
    return parser


def _parser_of(
    words: Any, name: str, does: str, description: str, epilog: str = ""
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = words.add_parser(
        name,
        help=does,
        description=textwrap.fill(description, _WIDTH),
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
        parents=[_everywhere()],
    )
    return parser


def _declare(words: Any, command: Command, name: str) -> None:
    """Makes the parser of one command."""
    parser = _parser_of(words, name, command.does, command.sentences, epilog_of(command))
    parser.set_defaults(command=command)
    apart: dict[str, Any] = {}
    for taken in takes(command):
        if isinstance(taken, Word):
            several: dict[str, Any] = {} if taken.count is Count.ONE else {"nargs": taken.count.value}
            parser.add_argument(
                taken.dest, metavar=taken.shown, help=_help(taken.help), type=taken.read, **several
            )
        else:
            if taken.apart and taken.apart not in apart:
                apart[taken.apart] = parser.add_mutually_exclusive_group()
            _add_option(apart[taken.apart] if taken.apart else parser, taken)


def _add_option(group: Any, taken: Option | Switch, **instead: Any) -> None:
    if isinstance(taken, Switch):
        settings: dict[str, Any] = {"action": "store_true", "help": _help(taken.help)}
    else:
        settings = {
            "metavar": taken.shown or None,
            "help": _help(taken.told),
            "type": taken.read,
            "choices": taken.choices or None,
            "default": taken.default,
            "required": taken.required,
        }
    group.add_argument(taken.flag, dest=destination(taken), **settings | instead)


def _help(text: str) -> str:
    """A help text as argparse takes it, which puts values in the place of a `%`."""
    return text.replace("%", "%%")


def takes(command: Command) -> tuple[Taken, ...]:
    """Everything a command takes but for what all do."""
    return (*command.takes, FORMAT, OUTPUT) if command.lists else command.takes


def destination(taken: Taken) -> str:
    """What the value of a word or option is called when it has been read."""
    if isinstance(taken, Word):
        return taken.dest
    return (isinstance(taken, Option) and taken.dest) or taken.flag.lstrip("-").replace("-", "_")


def epilog_of(command: Command) -> str:
    """What stands below the options of a command: which key it needs, and an example."""
    needs = f"needs the key {command.key}\n\n" if command.key is not None else ""
    return f"{needs}example:\n  {command.example}\n"


class _Version(argparse.Action):
    """Prints the version and ends; looking it up costs as much as reading the whole command line."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str | None = None) -> None:
        super().__init__(option_strings, argparse.SUPPRESS, nargs=0, default=argparse.SUPPRESS, help=help)

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, option: Any = None
    ) -> None:
        with contextlib.suppress(AttributeError, OSError):
            sys.stdout.write(f"lockbox {_version()}\n")
        parser.exit()


def _version() -> str:
    import importlib.metadata

    try:
        return importlib.metadata.version("lockbox")
    except importlib.metadata.PackageNotFoundError:
        return "(not installed)"


def _everywhere() -> argparse.ArgumentParser:
    """What every command takes; what is not given stays as the whole command line has it."""
    options = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    for taken in EVERYWHERE:
        _add_option(options, taken, default=argparse.SUPPRESS)
    return options
