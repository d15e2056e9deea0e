"""How a command is declared: its words, its options, its help, one example, and what its JSON holds (DESIGN 6).

From the declaration come the reading of the command line, `--help`, `docs/commands.md` and the test of what
`--json` answers. Nothing here loads more than Python's own modules and the words of the trade.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from models.words.keys import SecurityKey

#: Reads a word as typed; raises `argparse.ArgumentTypeError` with what is wrong with it.
Read = Callable[[str], object]

#: The room of the functions that declarations name.
ROOM = "lockbox_tui.commands"


class Maybe(NamedTuple):
    """A shape in whose place there may also be null."""

    of: "Shape"


#: What a JSON document holds: a word of `Plain` (with `?` behind it where there may be null), an object of named
#: shapes, an object whose names are data (`EACH`), or a list of one shape. Every field of an object is always there.
Shape = str | Maybe | Mapping[str, "Shape"] | list["Shape"]

#: In the place of the names of an object whose names are data.
EACH = "*"


class Plain(StrEnum):
    """What a single value of a JSON document is."""

    TEXT = "text"
    NUMBER = "number"
    AMOUNT = "amount"
    DATE = "date"
    INSTANT = "instant"
    FLAG = "true or false"


class Count(StrEnum):
    """How many words stand at a place."""

    ONE = ""
    SOME = "+"
    ANY = "*"


@dataclass(frozen=True, slots=True)
class Word:
    """A word that stands at its place, such as `N` in `era show N`; `path` if it names a file or folder."""

    dest: str
    shown: str
    help: str
    read: Read = str
    count: Count = Count.ONE
    path: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """An option with a value, such as `--date D`.

    `default` is the value that it has when it is not given, `otherwise` says what happens then where no
    value says it. Of options with the same `apart` only one may be given.
    """

    flag: str
    help: str
    shown: str = ""
    read: Read = str
    choices: tuple[str, ...] = ()
    default: object = None
    otherwise: str = ""
    required: bool = False
    dest: str = ""
    path: bool = False
    apart: str = ""

    @property
    def told(self) -> str:
        """Its help with its default."""
        default = self.otherwise or ("" if self.default is None else str(self.default))
        return f"{self.help} (default: {default})" if default else self.help


@dataclass(frozen=True, slots=True)
class Switch:
    """An option without a value, such as `--fresh`; it is off unless it is given."""

    flag: str
    help: str
    apart: str = ""


Taken = Word | Option | Switch

#: What Ctrl-C has done, by what the command does: nothing, one act that is whole or undone, or a part of many.
READS = "Stopped; nothing was changed."
ONE_ACT = "Stopped. What was being done is done as a whole or not at all; look it up before you repeat it."
GOES_ON = "Stopped. What is in is in; run the same command again and it goes on from there."


@dataclass(frozen=True, slots=True)
class Command:
    """One command.

    `words` are what it is called by, `does` begins with what it does, `more` are further sentences. `run` is
    its function, `module:function` in the room of the commands, which takes a `Call` and gives an `Answer`.
    `key` is the security key without which it is refused. `in_store` is False when it needs neither a store
    nor a user of one. `lists` when its answer is a report, which it also writes in the other formats.
    """

    words: str
    does: str
    run: str
    example: str
    json: Shape
    takes: tuple[Taken, ...] = ()
    more: str = ""
    key: SecurityKey | None = None
    in_store: bool = True
    lists: bool = False
    stopped: str = READS

    @property
    def function(self) -> tuple[str, str]:
        """The module and the name of its function."""
        module, _, name = self.run.partition(":")
        return module if "." in module else f"{ROOM}.{module}", name

    @property
    def sentences(self) -> str:
        """What it does, as sentences."""
        return " ".join(filter(None, (as_sentence(self.does), self.more)))


@dataclass(frozen=True, slots=True)
class Subject:
    """A word that the words of several commands begin with, such as `era` of `era list` and `era show`."""

    word: str
    does: str
    commands: tuple[Command, ...]


def as_sentence(does: str) -> str:
    """What a command does, as a sentence."""
    return f"{does[0].upper()}{does[1:]}."
