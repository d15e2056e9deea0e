"""The words of the command line (DESIGN 6): each command declared once, with the function that does it.

Only the declarations stand here; a command's function, named as `module:function`, is imported when it
runs, so that `--help` and `--version` are there at once.
"""

import argparse
import contextlib
import sys
from collections.abc import Iterator, Sequence
from typing import Any, NoReturn

from lockbox_tui.commands import argument_types as types
from services.clean import clean, is_text

_COMMANDS = "lockbox_tui.commands"

_LONGEST = 2_000

_EPILOG = """\
The store is --database, else $LOCKBOX_DATABASE (an SQLAlchemy URL), else a SQLite file in the user's data
folder. Exit status: 0 done, also for a duplicate and for what was filed with findings; 1 refused, held as
an exception, or found by check or validate; 2 wrong usage.
Without a command the screens open.
"""


#: Words that name files and folders, which are bytes and need not be text.
_PATHS = frozenset({"files", "into", "database"})


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong with a word without letting the word drive the terminal."""

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Reads a command; a word that is not text is wrong usage, unless it is the path of a file."""
        arguments = super().parse_args(args, namespace)
        for name, value in vars(arguments).items():
            for word in () if name in _PATHS else _texts(value):
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


#: What argparse calls the object that `add_subparsers` gives.
Words = Any


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line; a new subject is one more function in the list here."""
    parser = _Parser(
        prog="lockbox",
        description="Lockbox, a remittance-posting workstation for the terminal.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
        parents=[_everywhere()],
    )
    parser.add_argument("--version", action=_Version, help="show the program's version and exit")
    parser.set_defaults(json=False, database=None, as_user=None, run=None, acts=True)
    commands = parser.add_subparsers(metavar="COMMAND", title="commands")
    for subject in (
        _demo,
        _site,
        _files,
        _night,
        _eras,
        _scratchpads,
        _receipts,
        _money,
        _generating,
        _store,
    ):
        subject(commands)
    return parser


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
    """What every command takes, before or after its words."""
    options = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    options.add_argument(
        "--json", action="store_true", help="print one JSON document and nothing else on standard output"
    )
    options.add_argument("--database", metavar="URL", help="the store to work in")
    options.add_argument(
        "--as",
        dest="as_user",
        metavar="USER",
        help="act in the place of another user (needs the key LOCKBOX MANAGER; it is audited)",
    )
    return options


def _command(words: Words, name: str, run: str, help: str, *, acts: bool = True) -> argparse.ArgumentParser:
    """Declares one command; `acts` is False when it needs neither a store nor a user in it."""
    parser: argparse.ArgumentParser = words.add_parser(
        name,
        help=help,
        description=f"{help[0].upper()}{help[1:]}.",
        allow_abbrev=False,
        parents=[_everywhere()],
    )
    parser.set_defaults(run=f"{_COMMANDS}.{run}", acts=acts)
    return parser


def _subject(commands: Words, name: str, help: str) -> Words:
    """Declares a word that further words follow: `era list`, `era show`."""
    parser = commands.add_parser(
        name,
        help=help,
        description=f"{help[0].upper()}{help[1:]}.",
        allow_abbrev=False,
        parents=[_everywhere()],
    )
    return parser.add_subparsers(metavar="ACTION", title="actions", required=True)


def _demo(commands: Words) -> None:
    shown = _command(
        commands, "demo", "demonstrating:demo", "open a site of invented payers to try everything", acts=False
    )
    shown.add_argument(
        "--role",
        choices=("clerk", "supervisor", "reviewer"),
        default="supervisor",
        help="whom you are there (default: supervisor)",
    )
    shown.add_argument("--fresh", action="store_true", help="build the demo site anew")
    shown.add_argument(
        "--play", action="store_true", help="let the main job be typed by itself; without a terminal, as text"
    )


def _site(commands: Words) -> None:
    init = _command(
        commands, "init", "sites:init", "set up a new site; you become its first user", acts=False
    )
    init.add_argument("--station", required=True, help="the station number, such as 442")
    init.add_argument("--name", required=True, help="the site's name")
    init.add_argument(
        "--auto-audit",
        action="store_true",
        help="bills become ACTIVE on import of their 837 alone, but for Medicare and Medicaid",
    )
    init.add_argument(
        "--time-zone", metavar="ZONE", default="UTC", help="such as America/Chicago (default: UTC)"
    )
    site = _command(commands, "site", "sites:site", "show the site's parameters, or set one")
    site.add_argument(
        "words",
        nargs="*",
        metavar="NAME VALUE",
        help="name, time-zone, finance-adapter, wait-for-277ca, or auto-audit RATE TYPE, and its value",
    )


def _files(commands: Words) -> None:
    taken = _command(commands, "import", "files:import_files", "file what has come in, of any known kind")
    taken.add_argument("files", nargs="+", metavar="FILE")
    taken.add_argument(
        "--validate", choices=("now",), help="judge the filed sets by their implementation guide at once"
    )
    judged = _command(
        commands,
        "validate",
        "files:validate_files",
        "judge files by their implementation guide and prove their balance; files nothing",
        acts=False,
    )
    judged.add_argument("files", nargs="+", metavar="FILE")


def _night(commands: Words) -> None:
    nightly = _command(
        commands, "nightly", "night:nightly", "run the night job: record deposits, match EFTs to ERAs"
    )
    nightly.add_argument(
        "--date",
        type=types.date,
        metavar="D",
        help="business date of receipts and documents (default: today)",
    )
    _command(commands, "check", "night:check", "prove the books, and name what is off")


def _eras(commands: Words) -> None:
    actions = _subject(commands, "era", "list and show ERAs")
    listed = _command(actions, "list", "eras:list_eras", "list ERAs")
    listed.add_argument("--post", choices=("unposted", "posted", "both"), default="both")
    listed.add_argument("--match", choices=("not-matched", "matched", "both"), default="both")
    listed.add_argument("--from", dest="received_from", type=types.date, metavar="D", help="received since")
    listed.add_argument("--to", dest="received_to", type=types.date, metavar="D", help="received up to")
    listed.add_argument("--payer-from", metavar="NAME", help="payer names from this one")
    listed.add_argument("--payer-to", metavar="NAME", help="payer names up to this one")
    sorts = ("received", "date", "payer", "amount")
    listed.add_argument("--sort", choices=sorts, default="received")
    listed.add_argument("--then", choices=sorts, help="the second key")
    listed.add_argument("--descending", action="store_true", help="latest, last or highest first")
    shown = _command(actions, "show", "eras:show_era", "show one ERA with its EEOBs and scratch pad")
    shown.add_argument("number", type=types.number, metavar="N")


def _scratchpads(commands: Words) -> None:
    actions = _subject(commands, "scratchpad", "work the scratch pad of an ERA")
    made = _command(actions, "create", "scratchpads:create", "create the scratch pad of an ERA")
    made.add_argument("number", type=types.number, metavar="N", help="the ERA")
    money = made.add_mutually_exclusive_group()
    money.add_argument(
        "--check", type=types.name, metavar="NUMBER", help="the paper check that came for the ERA"
    )
    money.add_argument("--match-0", action="store_true", help="the ERA pays nothing and needs no money")
    made.add_argument(
        "--check-date", type=types.date, metavar="D", help="the check's date (default: the ERA's)"
    )
    made.add_argument("--bank", metavar="NUMBER", default="", help="the check's bank or routing number")
    made.add_argument(
        "--order",
        type=str.upper,
        choices=("N", "F", "L"),
        help="no order, zero-payments first, zero-payments last",
    )
    parted = _command(actions, "split", "scratchpads:split", "put new lines in the place of one")
    parted.add_argument("number", type=types.number, metavar="N", help="the ERA")
    parted.add_argument("line", type=types.line, metavar="LINE", help="the stored line, such as 1.001")
    parted.add_argument("rows", type=types.split_part, nargs="+", metavar="CLAIM=AMOUNT[/ADJ]")
    parted.add_argument(
        "--unknown-claims",
        action="store_true",
        help="take claims that are not on file as they are typed; their money goes to suspense",
    )
    given = _command(
        actions, "distribute", "scratchpads:distribute", "take a take-back out of another payment"
    )
    given.add_argument("number", type=types.number, metavar="N", help="the ERA")
    given.add_argument("source", type=types.line, metavar="FROM", help="the negative line, such as 2.001")
    given.add_argument("target", type=types.line, metavar="TO", help="the line that bears it")
    given.add_argument("amount", type=types.amount, metavar="AMOUNT")
    given.add_argument("--comment", default="", metavar="C", help="of the decrease adjustment")
    fresh = _command(actions, "refresh", "scratchpads:refresh", "lay the scratch pad out anew")
    fresh.add_argument("number", type=types.number, metavar="N", help="the ERA")


def _receipts(commands: Words) -> None:
    actions = _subject(commands, "receipt", "create, process, list and show receipts")
    made = _command(actions, "create", "receipts:create", "create the receipt of an ERA's scratch pad")
    made.add_argument("era", type=types.number, metavar="ERA")
    made.add_argument(
        "--deposit",
        type=types.name,
        metavar="T",
        help="deposit ticket of a check: a letter and six digits; opened if unknown",
    )
    processed = _command(actions, "process", "receipts:process", "post a receipt")
    processed.add_argument("receipt", type=types.name, metavar="R")
    shown = _command(actions, "show", "receipts:show", "show one receipt")
    shown.add_argument("receipt", type=types.name, metavar="R")
    _command(actions, "list", "receipts:list_receipts", "list receipts")


def _money(commands: Words) -> None:
    efts = _subject(commands, "eft", "list and show EFTs")
    _command(efts, "list", "efts:list_efts", "list EFTs")
    shown = _command(efts, "show", "efts:show_eft", "show one EFT")
    shown.add_argument("number", type=types.number, metavar="N")
    bills = _subject(commands, "bill", "list and show bills")
    _command(bills, "list", "bills:list_bills", "list bills")
    shown = _command(bills, "show", "bills:show_bill", "show one bill with its transactions")
    shown.add_argument(
        "bill", type=types.name, metavar="K", help="the bill's number, with or without station prefix"
    )


def _generating(commands: Words) -> None:
    made = _command(
        commands, "generate", "generating:generate", "write a made-up site day without PHI", acts=False
    )
    made.add_argument("--claims", type=types.count, required=True, metavar="N", help="how many claims")
    made.add_argument("--lines", type=types.count, default=2, metavar="L", help="mean lines of a claim")
    made.add_argument("--seed", type=types.seed, default=1, metavar="S", help="the same seed, the same bytes")
    made.add_argument("--faults", default="", metavar="LIST", help="faults with commas between, or all")
    made.add_argument("--into", type=types.name, required=True, metavar="FOLDER", help="where the files go")
    made.add_argument("--station", default="442", help="the site's station number (default: 442)")
    made.add_argument("--date", type=types.date, metavar="D", help="the day's date (default: 2025-06-02)")


def _store(commands: Words) -> None:
    _command(
        commands,
        "migrate",
        "stores:migrate",
        "bring a store of an older release up to this one, after a backup",
        acts=False,
    )
