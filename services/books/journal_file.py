"""The accounting journal as a file: opened for one process at a time, read entry by entry, added to at its end.

It is plain text that ledger programs read, and people write entries of their own in it. An entry begins with
a line that has no blank in front, and ends before a blank line or the next such line. Memory is flat: the
file is read as it streams by.
"""

import errno
import fcntl
import hashlib
import os
import re
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from services.clean import clean
from services.errors import LockboxError

JOURNAL_FILE = "finance.journal"

#: A file in the folder of the journal that ends so is a journal too: the one of last year, put away by a person.
_PUT_AWAY = "*.journal"

#: Bytes that are looked through together; a line is kept whole up to so many.
_BLOCK = 65_536
_LONGEST_LINE = 4_096

#: The first line of an entry with a document's number in the place that journals have for it.
_HEADER = re.compile(rb"\d{4}[-/.]\d\d?[-/.]\d\d?(?:=\S*)?\s+(?:[*!]\s*)?\(([A-Z]{2}-[0-9A-Z]+K\d+)\)")

#: How far before its number the first line of an entry begins, at most.
_BEFORE_NUMBER = 64

#: How often another program's work on the file is waited for, in seconds.
_LOOK_AGAIN = 0.1

_BLANK = b"\n\n"


class Entry(NamedTuple):
    """An entry with a document's number: where it begins, in bytes and as a line, and the digest of what it says."""

    number: str
    offset: int
    line: int
    digest: bytes


def digest_of(text: str) -> bytes:
    """What an entry says, as a digest: its words and amounts, without comments and whatever the blanks."""
    said = hashlib.blake2b(digest_size=16)
    for line in text.encode().split(b"\n"):
        _take(said, line)
    return said.digest()


def _take(said: "hashlib.blake2b", line: bytes) -> None:
    words = line.partition(b";")[0].split()
    if words:
        said.update(b" ".join(words) + b"\n")


class JournalFile:
    """An accounting journal in hand, locked against every other program that keeps to the lock."""

    def __init__(self, path: Path, handle: int) -> None:
        self.path = path
        self._handle = handle

    @property
    def size(self) -> int:
        """Its size in bytes."""
        return os.fstat(self._handle).st_size

    @property
    def changed_at(self) -> datetime:
        """When anybody last wrote to it, by the clock of the machine that has its disk."""
        return datetime.fromtimestamp(os.fstat(self._handle).st_mtime, UTC)

    def entries(self, start: int = 0) -> Iterator[Entry]:
        """The entries with a document's number from a byte on where an entry begins; its line is 1."""
        number, offset, first = "", 0, 0
        said = hashlib.blake2b(digest_size=16)
        at, line, begun = start, 1, True
        for text in self._lines(start):
            if begun and (not text[:1].isspace() or not text.strip()):
                if number:
                    yield Entry(number, offset, first, said.digest())
                    number = ""
                if header := _HEADER.match(text):
                    number, offset, first = header[1].decode(), at, line
                    said = hashlib.blake2b(digest_size=16)
            if number:
                _take(said, text)
            begun = text.endswith(b"\n")
            line += begun
            at += len(text)
        if number:
            yield Entry(number, offset, first, said.digest())

    def _lines(self, start: int) -> Iterator[bytes]:
        """The lines from a byte on with their ends; one that no person writes comes in pieces."""
        rest = b""
        while block := self.read(start, start + _BLOCK):
            start += len(block)
            *lines, rest = (rest + block).split(b"\n")
            for line in lines:
                yield line + b"\n"
            if len(rest) > _LONGEST_LINE:
                yield rest
                rest = b""
        if rest:
            yield rest

    def last_entry(self, number: str) -> int | None:
        """Where the last entry with this number begins, looked for from the end; None when there is none."""
        wanted = f"({number})".encode()
        end = self.size
        while end > 0:
            start = max(0, end - _BLOCK)
            # What lies across two blocks is found in the one before.
            block = self.read(start, min(self.size, end + len(wanted)))
            found = block.rfind(wanted)
            while found >= 0:
                if (begins := self._begins(start + found)) is not None:
                    return begins
                found = block.rfind(wanted, 0, found)
            end = start
        return None

    def _begins(self, number_at: int) -> int | None:
        """Where the entry begins whose number is at a byte; None where it is no number of an entry."""
        before = max(0, number_at - _BEFORE_NUMBER)
        text = self.read(before, number_at + _BEFORE_NUMBER)
        begins = text.rfind(b"\n", 0, number_at - before) + 1
        header = _HEADER.match(text, begins)
        if header is None or header.start(1) != number_at - before + 1 or (before and not begins):
            return None
        return before + begins

    def line_at(self, offset: int) -> int:
        """The number of the line that begins at a byte, counted from 1."""
        lines, at = 1, 0
        while at < offset and (block := self.read(at, min(offset, at + _BLOCK))):
            lines += block.count(b"\n")
            at += len(block)
        return lines

    def read(self, start: int, end: int) -> bytes:
        """The bytes from one place to another, fewer at the end of the file."""
        parts = []
        while start < end and (part := os.pread(self._handle, end - start, start)):
            parts.append(part)
            start += len(part)
        return b"".join(parts)

    def cut_short(self, entry: bytes) -> int | None:
        """Where a beginning of `entry` stands behind a blank line, and ends with the file; None when it does not."""
        size = self.size
        start = max(0, size - len(entry) - len(_BLANK) + 1)
        tail = self.read(start, size)
        at = tail.rfind(_BLANK)
        begins = at + len(_BLANK) if at >= 0 else 0
        if (at < 0 and start) or begins == len(tail) or not entry.startswith(tail[begins:]):
            return None
        return start + begins

    def truncate(self, size: int) -> None:
        """Takes off what stands behind a byte."""
        os.ftruncate(self._handle, size)

    def append(self, entries: bytes) -> None:
        """Adds entries behind a blank line and waits until they are safe on the disk."""
        end = self.read(max(0, self.size - len(_BLANK)), self.size)
        if end and not end.endswith(_BLANK):
            # A person's editor may have left its last line without an end: ours would become a part of it.
            entries = (b"\n" if end.endswith(b"\n") else _BLANK) + entries
        while entries:
            entries = entries[os.write(self._handle, entries) :]
        os.fsync(self._handle)


@contextmanager
def journal_for_writing(folder: Path, patience: float) -> Iterator[JournalFile]:
    """The journal of a folder, both made where they are missing; other programs wait until it is let go.

    Waits `patience` seconds for them. Raises `LockboxError` when it cannot be opened, is a link, or belongs to
    somebody else.
    """
    path = folder / JOURNAL_FILE
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = _open(folder, JOURNAL_FILE, os.O_CREAT | os.O_RDWR | os.O_APPEND)
    except OSError as error:
        raise LockboxError(
            f"The accounting journal {path} cannot be written: {_say_reason(error)}."
        ) from error
    with _hold_lock(path, handle, fcntl.LOCK_EX, patience):
        yield JournalFile(path, handle)


@contextmanager
def journal_for_reading(folder: Path, name: str, patience: float) -> Iterator[JournalFile]:
    """A journal of a folder that is only read; nobody writes it meanwhile. Raises what `journal_for_writing` does."""
    path = folder / name
    try:
        handle = _open(folder, name, os.O_RDONLY)
    except OSError as error:
        raise LockboxError(f"The accounting journal {path} cannot be read: {_say_reason(error)}.") from error
    with _hold_lock(path, handle, fcntl.LOCK_SH, patience):
        yield JournalFile(path, handle)


def put_away(folder: Path) -> list[str]:
    """The names of the journals in a folder beside the one that is written, newest name first."""
    names = (path.name for path in folder.glob(_PUT_AWAY) if path.is_file() and not path.is_symlink())
    return sorted((name for name in names if name != JOURNAL_FILE), reverse=True)


def _open(folder: Path, name: str, flags: int) -> int:
    """Opens a file of a folder; neither may be a link, which would lead to what somebody else has chosen."""
    within = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        # A pipe in its place would be waited for.
        return os.open(name, flags | os.O_NOFOLLOW | os.O_NONBLOCK, 0o600, dir_fd=within)
    finally:
        os.close(within)


def _say_reason(error: OSError) -> str:
    if error.errno in (errno.ELOOP, errno.ENOTDIR):
        return "it or its folder is a link, and a journal stands where its name says"
    return error.strerror or str(error)


@contextmanager
def _hold_lock(path: Path, handle: int, kind: int, patience: float) -> Iterator[None]:
    """Holds the lock of an open file and closes it in the end."""
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise LockboxError(f"The accounting journal {path} is not a file.")
        give_up = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(handle, kind | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() > give_up:
                    raise LockboxError(
                        f"Another program holds the accounting journal {clean(str(path))}. Try again when it has ended."
                    ) from error
                time.sleep(_LOOK_AGAIN)
        yield
    finally:
        os.close(handle)
