"""What a format declares, and the registry that import, validate and the order of filing ask (DESIGN 5).

A new kind of file is its reader (`services/x12`, `services/bank`), its filer and one `FileFormat`; a new
kind of X12 set its reader, its filer and one `SetFormat`. Both then stand in `services.intake.known_formats`.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import BinaryIO

from sqlalchemy.orm import Session

from services.clean import clean
from services.findings import Finding
from services.intake.beginning import EMPTY, beginning
from services.intake.incoming import Incoming
from services.intake.report import FileReport
from services.intake.sets import IncomingSet, SetReport
from services.office.stamp import Stamp
from services.remittances.document import BalanceView
from services.x12.envelope import TransactionSet
from services.x12.identify import guide_named

#: Findings kept of one set or file that is judged; a hostile one may cause millions.
MOST_JUDGED = 1000

Progress = Callable[[int, int], None]


class Turn(IntEnum):
    """When a file is filed among those that come with it: claims before what is said of them and paid for them."""

    CLAIMS = 0
    ACKNOWLEDGEMENTS = 1
    REMITTANCES = 2
    OTHERS = 3


@dataclass(frozen=True, slots=True)
class SetJudgement:
    """What was found in one set; `balance` is of an 835 only, `guide` is empty when none is known."""

    control: str
    kind: str
    guide: str
    balance: BalanceView | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What judging a file found: its kind, its sets (of X12), what is wrong with the file itself."""

    kind: str
    findings: tuple[Finding, ...] = ()
    sets: tuple[SetJudgement, ...] = ()


@dataclass(frozen=True, slots=True)
class SetSaid:
    """What the reader of a set found; `balance` is the proof of an 835 on its three levels."""

    findings: Sequence[Finding]
    balance: BalanceView | None = None


@dataclass(frozen=True, slots=True)
class SetFormat:
    """A kind of X12 set: ST01 `code` and the implementation `guides` it is told by (none: any).

    `file` makes of it what it stands for in the caller's transaction, or raises `services.intake.sets.Held`; None
    when sets of this kind are known but not read. `judge` reads it for its findings and files nothing.
    """

    kind: str
    code: str
    guides: tuple[str, ...]
    turn: Turn
    file: Callable[[Session, Stamp, IncomingSet], SetReport] | None
    judge: Callable[[TransactionSet], SetSaid]


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A kind of file, told by how it begins.

    `turn` says by the same beginning when it is filed among others. `file` takes the file in and says what became
    of it; `judge` reads the stream from its start and files nothing.
    """

    kind: str
    looks_like: Callable[[bytes], bool]
    turn: "Callable[[bytes, Formats], Turn]"
    file: "Callable[[Incoming, Formats], FileReport]"
    judge: "Callable[[BinaryIO, Formats, Progress | None], Judgement]"


_ST = re.compile(rb"ST[^A-Za-z0-9\s]([0-9]{3})[^0-9]")


@dataclass(frozen=True, slots=True)
class Formats:
    """The registry: formats of files in the order in which they are asked, and the kinds of X12 sets."""

    files: tuple[FileFormat, ...]
    sets: tuple[SetFormat, ...]

    def of_file(self, head: bytes) -> FileFormat:
        """The format of a file by its first bytes; the last one takes whatever no other knows."""
        return next((one for one in self.files if one.looks_like(head)), self.files[-1])

    def of_set(self, read: TransactionSet) -> SetFormat | None:
        """The kind of a set by ST01 and the guide that it names; None when no format knows it."""
        guide = guide_named(read)
        return next(
            (one for one in self.sets if one.code == read.code and (not one.guides or guide in one.guides)),
            None,
        )

    def kind_of(self, read: TransactionSet) -> str:
        """What a set is called: the kind of its format, else `unknown` and ST01."""
        known = self.of_set(read)
        return known.kind if known is not None else f"unknown {clean(read.code, 10)}".rstrip()

    def turn_of_sets(self, head: bytes) -> Turn:
        """When an X12 file is filed: as early as any set in its head has to be."""
        codes = {code.decode() for code in _ST.findall(head)}
        return min((one.turn for one in self.sets if one.code in codes), default=Turn.OTHERS)

    def take_in(self, incoming: Incoming) -> FileReport:
        """Files what came, whatever it is."""
        head = beginning(incoming.stream)
        if not head:
            return incoming.refused("unknown", EMPTY)
        return self.of_file(head).file(incoming, self)


def always(turn: Turn) -> Callable[[bytes, Formats], Turn]:
    """The turn of a format whose files are all alike."""
    return lambda _head, _formats: turn


def most(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """As many of the findings as are told of one set or file."""
    return tuple(findings)[:MOST_JUDGED]
