"""The remittances of the store, read again from the text that was kept of their files (DESIGN 2.7)."""

import hashlib
import zlib
from collections.abc import Iterator
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.messages import Message, TransactionSet
from services.intake.raw_text import StoredText
from services.intake.remittance_identity import Content, content_of
from services.x12.envelope import TransactionSet as ReadSet
from services.x12.read_835 import Part, read_835
from services.x12.remittance import (
    ProviderLevelAdjustment,
    RemittanceClaim,
    RemittanceHeader,
    RemittanceSummary,
)
from services.x12.segments import read_sets

#: Claims of one remittance that are told of together.
_AT_ONCE = 500


class Claims(Protocol):
    """What wants to know the claims of a remittance: each by its sequence and its fingerprint, some at a time."""

    def __call__(self, claims: list[tuple[int, bytes]], /) -> None: ...


class KeptFile:
    """The file of a message as it was kept; `sound` says, once it is read to its end, whether it is what came."""

    def __init__(self, session: Session, message: Message) -> None:
        self.message = message
        self._text = StoredText.in_session(session, message.id)
        self._digest = hashlib.sha256()
        self._size = 0
        self._spoilt = False

    def read(self, size: int = -1, /) -> bytes:
        """Reads on; what cannot be unpacked ends the text."""
        try:
            data = self._text.read(size)
        except zlib.error:
            self._spoilt = True
            return b""
        self._digest.update(data)
        self._size += len(data)
        return data

    @property
    def sound(self) -> bool:
        """Whether what was read is what came, or its beginning: of an import that was stopped there is no more."""
        if self._spoilt:
            return False
        return self._size < self.message.size or self._digest.hexdigest() == self.message.sha256


def files_of_remittances(session: Session) -> Iterator[KeptFile]:
    """The files with remittances in them, the oldest first."""
    with_remittances = select(TransactionSet.message_id).where(TransactionSet.kind == "835").distinct()
    for message in session.scalars(
        select(Message).where(Message.id.in_(with_remittances)).order_by(Message.id)
    ).all():
        yield KeptFile(session, message)


def remittances_in(session: Session, file: KeptFile) -> Iterator[tuple[ReadSet, TransactionSet]]:
    """The remittances of a file that have a row of their own: each as it is read, once, and its row."""
    rows = {
        row.ordinal: row
        for row in session.scalars(
            select(TransactionSet).where(
                TransactionSet.message_id == file.message.id, TransactionSet.kind == "835"
            )
        )
    }
    for read in read_sets(file, []):
        row = rows.get(read.ordinal)
        if row is not None:
            yield read, row


def header_of(read: ReadSet) -> tuple[RemittanceHeader, Iterator[Part]]:
    """The header of a remittance, and the parts behind it."""
    parts = read_835(read)
    header = next(parts)
    assert isinstance(header, RemittanceHeader)
    return header, parts


def read_claims(header: RemittanceHeader, parts: Iterator[Part], tell: Claims) -> tuple[Content, bool]:
    """Reads a remittance to its end for what it says and whether it has its end; tells of its claims on the way."""
    complete = False
    content = content_of(header)
    waiting: list[tuple[int, bytes]] = []
    for part in parts:
        if isinstance(part, RemittanceClaim):
            waiting.append((part.sequence, part.fingerprint))
            content.add_claims((part.fingerprint,))
        elif isinstance(part, ProviderLevelAdjustment):
            content.add_adjustment(part.provider, part.code, part.reference, -part.amount)
        elif isinstance(part, RemittanceSummary):
            complete = part.complete
        if waiting and (len(waiting) == _AT_ONCE or isinstance(part, RemittanceSummary)):
            tell(waiting)
            waiting = []
    return content, complete
