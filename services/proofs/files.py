"""The proof of the raw text: what is kept of each file is the file as it came (DESIGN 2.7)."""

import hashlib
import zlib
from collections.abc import Iterator
from contextlib import closing
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Result, select
from sqlalchemy.orm import Session

from models.audit import AuditEvent
from models.messages import Message, MessagePart
from models.words.acts import Act
from services.findings import Finding
from services.intake.raw_text import PART


class _Part(NamedTuple):
    """A part of a message as the store holds it; without `data` the message has none."""

    message_id: int
    sha256: str
    message_size: int
    offset: int | None
    size: int
    data: bytes


def raw_texts(session: Session) -> Iterator[Finding]:
    """The parts of each file, joined, have the size and the SHA-256 of the file as it came.

    An import that was stopped has left only the first parts of its file: the rest comes when the file comes
    again, and only then is the audit event of the import written. One part is held at a time.
    """
    ended = set(
        session.scalars(select(AuditEvent.object).where(AuditEvent.act == Act.FILE_IMPORTED).distinct())
    )
    rows: Result[Any, Any, Any, Any, Any, Any] = session.execute(
        select(
            Message.id,
            Message.sha256,
            Message.size,
            MessagePart.offset,
            MessagePart.size,
            MessagePart.data,
        )
        .outerjoin(MessagePart, MessagePart.message_id == Message.id)
        .order_by(Message.id, MessagePart.offset)
        .execution_options(yield_per=1)
    )
    # Left half read after an error, the server would keep it.
    with closing(rows):
        parts = (_Part(*row) for row in rows)
        for message_id, its in groupby(parts, key=lambda part: part.message_id):
            where = f"message {message_id}"
            told = _off(its, whole=where in ended)
            if told:
                yield Finding("raw-text", told, where)


def _off(parts: Iterator[_Part], *, whole: bool) -> str:
    """What is wrong with the text of one file; empty when nothing is."""
    digest, size, last = hashlib.sha256(), 0, None
    for last in parts:
        if last.offset is None:
            break
        text = _text(last)
        if text is None:
            return f"Its part at byte {last.offset} cannot be read."
        if last.offset != size or last.size != len(text):
            return f"Its part at byte {last.offset} is not the one that follows {size} bytes."
        digest.update(text)
        size += len(text)
    assert last is not None
    if not whole:
        return ""
    if size != last.message_size:
        return f"{size} bytes of it are kept, {last.message_size} came."
    return "" if digest.hexdigest() == last.sha256 else "What is kept of it is not what came."


def _text(part: _Part) -> bytes | None:
    """A part as it was before it was compressed, if it can be, and not more than was ever put into one."""
    unpacking = zlib.decompressobj()
    try:
        text = unpacking.decompress(part.data, PART + 1)
    except zlib.error:
        return None
    return text if unpacking.eof and not unpacking.unused_data else None
