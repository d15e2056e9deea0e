"""Raw text of imported files: kept as it streams by, compressed, in parts of at most 1 MB (DESIGN 2.7)."""

import zlib
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import BinaryIO

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from models.messages import MessagePart
from models.store import Store

PART = 1_000_000

_FAST = 1


class RawText:
    """A readable stream that keeps what is read through it, until `flush` stores it.

    Parts go into the store in the transaction of the set being filed. `settle` lets go of those of the
    transactions before, which are committed; `undo` gives those of one rolled back another chance.
    """

    def __init__(
        self, stream: BinaryIO, progress: Callable[[int, int], None] | None = None, size: int = 0
    ) -> None:
        self._stream = stream
        self._progress = progress
        self._size = size
        self._read = 0
        self._buffer = bytearray()
        self._buffer_offset = 0
        self._parts: list[tuple[int, int, bytes]] = []
        self._flushed: list[tuple[int, int, bytes]] = []

    def read(self, size: int = -1, /) -> bytes:
        """Reads on, keeping what was read."""
        data = self._stream.read(size)
        self._read += len(data)
        self._buffer += data
        while len(self._buffer) >= PART:
            self._cut(PART)
        if self._progress is not None:
            self._progress(self._read, self._size)
        return data

    def _cut(self, size: int) -> None:
        part = bytes(self._buffer[:size])
        del self._buffer[:size]
        self._parts.append((self._buffer_offset, len(part), zlib.compress(part, _FAST)))
        self._buffer_offset += len(part)

    def flush(self, session: Session, message_id: int) -> None:
        """Stores the parts that are whole, and at the end of the file the last one."""
        if self._size and self._read >= self._size and self._buffer:
            self._cut(len(self._buffer))
        self._flushed, self._parts = self._parts, []
        _store(session, message_id, self._flushed)

    def settle(self) -> None:
        """Lets go of what was stored: its transaction is committed."""
        self._flushed = []

    def undo(self) -> None:
        """Gives the parts of a transaction that was rolled back another chance."""
        self._parts = self._flushed + self._parts
        self._flushed = []

    @staticmethod
    def keep(session: Session, message_id: int, stream: BinaryIO) -> None:
        """Stores a whole stream at once."""
        offset = 0
        while part := stream.read(PART):
            _store(session, message_id, [(offset, len(part), zlib.compress(part, _FAST))])
            offset += len(part)


def _store(session: Session, message_id: int, parts: list[tuple[int, int, bytes]]) -> None:
    """Stores parts that are not there yet: a file that comes again keeps its first text."""
    if not parts:
        return
    there = set(session.scalars(select(MessagePart.offset).where(MessagePart.message_id == message_id)))
    rows = [
        {"message_id": message_id, "offset": offset, "size": size, "data": data}
        for offset, size, data in parts
        if offset not in there
    ]
    if rows:
        session.execute(insert(MessagePart), rows)


def raw_text(session: Session, message_id: int, offset: int, length: int) -> bytes:
    """A stretch of a file as it came."""
    parts = session.execute(
        select(MessagePart.offset, MessagePart.data)
        .where(
            MessagePart.message_id == message_id,
            MessagePart.offset < offset + length,
            MessagePart.offset + MessagePart.size > offset,
        )
        .order_by(MessagePart.offset)
    ).all()
    if not parts:
        return b""
    text = b"".join(zlib.decompress(data) for _, data in parts)
    start = offset - parts[0][0]
    return text[start : start + length]


class StoredText:
    """A stored file as a stream, read part by part, each of them in a session that is asked for then."""

    def __init__(self, sessions: Callable[[], AbstractContextManager[Session]], message_id: int) -> None:
        self._sessions = sessions
        self._message_id = message_id
        self._next = 0
        self._waiting = b""

    @classmethod
    def in_store(cls, store: Store, message_id: int) -> "StoredText":
        """A stored file, read without holding a transaction open between its parts."""
        return cls(store.reading, message_id)

    @classmethod
    def in_session(cls, session: Session, message_id: int) -> "StoredText":
        """A stored file, read within the transaction of a session."""
        return cls(lambda: nullcontext(session), message_id)

    def read(self, size: int = -1, /) -> bytes:
        """Reads on, at most `size` bytes; with a negative size one stored part. Empty at the end."""
        if not self._waiting:
            self._waiting = self._part()
        wanted = len(self._waiting) if size < 0 else size
        data, self._waiting = self._waiting[:wanted], self._waiting[wanted:]
        return data

    def _part(self) -> bytes:
        with self._sessions() as session:
            data = session.scalars(
                select(MessagePart.data).where(
                    MessagePart.message_id == self._message_id, MessagePart.offset == self._next
                )
            ).first()
        if data is None:
            return b""
        text = zlib.decompress(data)
        self._next += len(text)
        return text
