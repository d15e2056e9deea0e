"""The 94-character records of a NACHA file, cut out of whatever the bank sent.

Banks send the records with LF, CR LF or CR after each, or as one run of 94-byte blocks, and strip or
add blanks at the end of lines. Nothing is dropped silently: each departure is a finding.
Source: NACHA operating rules, appendix three (record size 94, blocking factor 10).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple

from services.findings import Finding

RECORD_SIZE = 94
BLOCKING_FACTOR = 10
FILLER = "9" * RECORD_SIZE

#: No line of a bank file is longer; what is, is not read into memory whole.
_LONGEST_LINE = 1 << 16

#: Records whose last columns are optional or reserved, so that stripped blanks lose nothing.
_OPEN_ENDED = "19"

#: So many findings of one code are said one by one; more are counted.
_SAID_ONE_BY_ONE = 50


class NachaRecord(NamedTuple):
    """One record: its number in the file (from 1, blank lines not counted) and its 94 characters."""

    number: int
    text: str

    def columns(self, first: int, last: int) -> str:
        """The text of columns `first` to `last`, counted from 1 as NACHA's tables count them."""
        return self.text[first - 1 : last]


@dataclass(slots=True)
class Findings:
    """Gathers findings; of one kind only so many that a broken file cannot fill memory or screen."""

    one_by_one: int = _SAID_ONE_BY_ONE
    _listed: list[Finding] = field(default_factory=list)
    _seen: Counter[str] = field(default_factory=Counter)

    def say(self, code: str, text: str, record: int = 0) -> None:
        """Notes that something is wrong, at that record (0: with the file as a whole)."""
        self._seen[code] += 1
        if self._seen[code] <= self.one_by_one:
            self._listed.append(Finding(code, text, f"record {record}" if record else ""))

    def all(self) -> tuple[Finding, ...]:
        """Everything noted, and for each code with too many a last finding with the number left out."""
        more = tuple(
            Finding(code, f"{count - self.one_by_one} more findings {code} are not listed one by one.")
            for code, count in self._seen.items()
            if count > self.one_by_one
        )
        return (*self._listed, *more)


def digits(text: str) -> int | None:
    """The number a field of ASCII digits holds; None when anything else stands in it."""
    return int(text) if text.isascii() and text.isdigit() else None


def records(stream: BinaryIO, findings: Findings) -> Iterator[NachaRecord]:
    """Reads the records of a NACHA file in order, each brought to 94 characters.

    The characters are UTF-8 where that gives 94, else Latin-1. Findings: `long-record` (cut to 94, unless it
    is several records in one line), `short-record` (padded; only where more than blanks can be missing).
    """
    number = 0
    for line in _lines(stream):
        text = _decode(line)
        pieces = [text]
        if len(text) > RECORD_SIZE:
            if len(text) % RECORD_SIZE == 0:
                pieces = [text[at : at + RECORD_SIZE] for at in range(0, len(text), RECORD_SIZE)]
            else:
                findings.say(
                    "long-record",
                    f"The record has {len(text)} characters instead of 94; the rest is not read.",
                    number + 1,
                )
                pieces = [text[:RECORD_SIZE]]
        for piece in pieces:
            number += 1
            if len(piece) < RECORD_SIZE and piece[0] not in _OPEN_ENDED:
                findings.say(
                    "short-record",
                    f"The record has {len(piece)} characters instead of 94; blanks were added.",
                    number,
                )
            yield NachaRecord(number, piece.ljust(RECORD_SIZE))


def _decode(line: bytes) -> str:
    """Characters, not bytes, count to 94 in files that were written as UTF-8."""
    if line.isascii() or len(line) % RECORD_SIZE == 0:
        return line.decode("latin-1")
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("latin-1")


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Lines without their ends, blank ones left out; a file without line breaks in blocks of 94 bytes."""
    head = stream.read(RECORD_SIZE * BLOCKING_FACTOR).removeprefix(b"\xef\xbb\xbf")
    if b"\n" not in head and b"\r" not in head:
        yield from _blocks(stream, head)
        return
    rest = head
    after_long = False
    while True:
        more = stream.read(_LONGEST_LINE)
        cut = (rest + more).replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        rest = cut.pop() if more else b""
        for line in cut:
            if after_long:
                after_long = False
            elif line.strip(b" \t\x00\x1a"):
                yield line
        if len(rest) > _LONGEST_LINE:
            # The line is told as far as it was read; the remainder up to its end is skipped.
            if not after_long:
                yield rest[: _LONGEST_LINE - _LONGEST_LINE % RECORD_SIZE + 1]
            after_long, rest = True, b""
        if not more:
            return


def _blocks(stream: BinaryIO, head: bytes) -> Iterator[bytes]:
    pending = head
    while True:
        more = stream.read(RECORD_SIZE * 512)
        pending += more
        whole = len(pending) - len(pending) % RECORD_SIZE
        for at in range(0, whole, RECORD_SIZE):
            yield pending[at : at + RECORD_SIZE]
        pending = pending[whole:]
        if not more:
            break
    last = pending.rstrip(b"\r\n\x00\x1a")
    if last.strip():
        yield last
