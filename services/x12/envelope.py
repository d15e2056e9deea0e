"""The wrapping of X12: segments, and the transaction sets of a file with where each stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from services.findings import Finding

#: The printable characters of ASCII, the blank among them.
PRINTABLE = bytes(range(0x20, 0x7F))


class ByteSource(Protocol):
    """Anything that bytes can be read from in order: an open file, or one that keeps what is read."""

    def read(self, size: int = -1, /) -> bytes:
        """Reads on, at most `size` bytes; empty at the end."""
        ...


class Segment(NamedTuple):
    """One segment: `elements[0]` is its id; `ordinal` counts from 1 within the set (ST is 1)."""

    elements: list[str]
    ordinal: int
    offset: int


class Run(NamedTuple):
    """Segments of a set that stand together, as they are in the file: for readers of large files.

    `text` holds whole segments, each ended by `step` (the terminator with the line end that follows it).
    `first` is the ordinal of the first one within the set, `base` its byte in the file. `offsets` are the
    bytes of all of them where the text was put in order (None: it stands in the file as it is). `plain`
    says that all characters are known to be safe to show.
    """

    text: str
    step: str
    first: int
    base: int
    offsets: list[int] | None
    plain: bool = False

    def byte(self, position: int, ordinal: int) -> int:
        """The byte in the file of the segment that has this ordinal and stands at this place of `text`."""
        return self.base + position if self.offsets is None else self.offsets[ordinal - self.first]


@dataclass(frozen=True, slots=True)
class Delimiters:
    """The separators that an ISA declares; `repetition` is empty before 5010."""

    element: str
    component: str
    segment: str
    repetition: str


@dataclass(slots=True)
class TransactionSet:
    """One ST of a file, whose segments (ST to SE) can be read once, in order, before the next set.

    `code` is ST01, `version` ST03 or else GS08; empty control numbers mean that the envelope is missing.
    `offset` is the byte of its ST in the file. `findings` are those of its envelope.
    """

    code: str
    version: str
    control: str
    group_control: str
    interchange_control: str
    sender: str
    delimiters: Delimiters
    ordinal: int
    offset: int
    findings: list[Finding]
    segments: Iterator[Segment]
    #: ISA15: P production, T test; empty without an interchange.
    usage: str = ""
    #: The same segments unsplit. A set is read by `segments` or by `runs`, once, not by both.
    runs: Iterator[Run] | None = None
