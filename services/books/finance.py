"""Documents for finance: CR cash receipts and TR transfers, and the journal they are written to (DESIGN 5).

The `journal` adapter accepts a document in the act that makes it; its text is appended to a
plain-text accounting journal (hledger and beancount users read it) once the act is committed.
"""

import datetime
import fcntl
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.finance import FinanceDocument
from models.journal import JournalEntry, JournalLine
from models.money import money_sum
from models.receipts import Receipt
from models.site import Site
from models.store import Store
from models.words.books import Account
from models.words.finance import DocumentKind, DocumentNumber, DocumentStatus
from services.errors import LockboxError
from services.office.clock import SITE, now, site_of
from services.office.stamp import Stamp

JOURNAL_FILE = "finance.journal"

#: How many bytes of documents are marked together, once they are safe on the disk.
_PIECE = 100_000

#: How much of the journal's end is read first when the last marked document is looked for in it.
_TAIL = 1_000_000

#: A document's number in the journal: `(CR-442K000001)`.
_NUMBER = re.compile(rb"\(([^()\s]+)\)")

#: Every entry of the journal ends with a blank line.
_BLANK = b"\n\n"


def document_of(session: Session, receipt_id: int) -> FinanceDocument | None:
    """The document of a receipt."""
    return session.scalars(select(FinanceDocument).where(FinanceDocument.receipt_id == receipt_id)).first()


def issue_document(
    session: Session, by: Stamp, receipt: Receipt, kind: DocumentKind, amount: Decimal
) -> FinanceDocument:
    """Makes the document of a processed receipt; with the journal adapter it is ACCEPTED BY FMS at once."""
    serial = session.execute(
        update(Site)
        .where(Site.id == SITE)
        .values(next_document=Site.next_document + 1)
        .returning(Site.next_document)
        .execution_options(synchronize_session=False)
    ).scalar_one()
    number = str(DocumentNumber(kind, site_of(session).station, serial - 1))
    document = FinanceDocument(
        number=number,
        kind=kind,
        receipt_id=receipt.id,
        status=DocumentStatus.ACCEPTED,
        amount=amount,
        text=_text(session, number, receipt),
        made_at=by.at,
        status_at=by.at,
        written_at=None,
    )
    session.add(document)
    session.flush()
    return document


def _text(session: Session, number: str, receipt: Receipt) -> str:
    rows = session.execute(
        select(JournalLine.account, money_sum(JournalLine.debit), money_sum(JournalLine.credit))
        .join(JournalEntry, JournalEntry.id == JournalLine.entry_id)
        .where(JournalEntry.receipt_id == receipt.id)
        .group_by(JournalLine.account)
    )
    return document_text(
        number, receipt.number, receipt.date, {account: debit - credit for account, debit, credit in rows}
    )


def document_text(number: str, receipt: str, date: datetime.date, sums: Mapping[Account, Decimal]) -> str:
    """A document as an entry of a plain-text journal: debits less credits by account, no patient's data."""
    lines = [f"{date.isoformat()} * ({number}) receipt {receipt}"]
    ordered = sorted((account.value, amount) for account, amount in sums.items())
    lines += [f"    {account}  {amount:>18.2f} USD" for account, amount in ordered if amount]
    return "\n".join(lines) + "\n"


def write_journal(store: Store, folder: Path) -> int:
    """Appends the documents that are not yet in the accounting journal; gives how many.

    Safe to repeat: what a crash left whole in the file but unmarked in the store is found there and only
    marked; what it left half is taken off and written again.
    """
    if not folder.is_absolute():
        raise LockboxError(f"The folder of the accounting journal has to be named in full; {folder} is not.")
    if not _waiting(store):
        return 0
    path = folder / JOURNAL_FILE
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_CREAT | os.O_RDWR | os.O_APPEND, 0o600)
    except OSError as error:
        raise LockboxError(f"The accounting journal {path} cannot be written: {error.strerror}.") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        # Asked anew: whoever held the journal until now may have written them.
        waiting = _waiting(store)
        found = _mended(handle, waiting, _last_before(store, waiting))
        for piece in _pieces(waiting):
            _append(handle, b"".join(document.entry for document in piece if document.number not in found))
            os.fsync(handle)
            _mark(store, piece)
    except OSError as error:
        raise LockboxError(
            f"The accounting journal {path} cannot be written: {error.strerror}. "
            "The receipt is posted; its document will be written next time."
        ) from error
    finally:
        os.close(handle)
    return len(waiting)


class _Waiting(NamedTuple):
    """A document that is not yet marked as written, with its entry of the journal."""

    id: int
    number: str
    entry: bytes


def _waiting(store: Store) -> list[_Waiting]:
    """The documents that are not marked as written, in the order in which they are written."""
    with store.reading() as session:
        rows = session.execute(
            select(FinanceDocument.id, FinanceDocument.number, FinanceDocument.text)
            .where(FinanceDocument.written_at.is_(None))
            .order_by(FinanceDocument.id)
        )
        return [_Waiting(id, number, f"{text}\n".encode()) for id, number, text in rows]


def _last_before(store: Store, waiting: Sequence[_Waiting]) -> str | None:
    """The last document that is marked as written before the first that waits."""
    if not waiting:
        return None
    with store.reading() as session:
        return session.scalars(
            select(FinanceDocument.number)
            .where(FinanceDocument.written_at.is_not(None), FinanceDocument.id < waiting[0].id)
            .order_by(FinanceDocument.id.desc())
            .limit(1)
        ).first()


def _pieces(waiting: Iterable[_Waiting]) -> Iterator[list[_Waiting]]:
    """The documents in pieces of `_PIECE` bytes, each at least one document."""
    piece, size = list[_Waiting](), 0
    for document in waiting:
        piece.append(document)
        size += len(document.entry)
        if size >= _PIECE:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece


def _mark(store: Store, piece: Sequence[_Waiting]) -> None:
    with store.writing() as session:
        session.execute(
            update(FinanceDocument)
            .where(FinanceDocument.id.in_([document.id for document in piece]))
            .values(written_at=now(session))
            .execution_options(synchronize_session=False)
        )


def _mended(handle: int, waiting: Sequence[_Waiting], last: str | None) -> set[str]:
    """The numbers in the journal after the document `last`, without an entry that was cut short.

    Documents are written in their order. So whatever a crash left unmarked stands behind the last one that
    is marked, and only the first that is not there whole can have been cut: that is taken off the file.
    """
    tail = _since(handle, last)
    whole = tail[: tail.rfind(_BLANK) + len(_BLANK)] if _BLANK in tail else b""
    found, rest = _numbers(whole), tail[len(whole) :]
    following = next((document for document in waiting if document.number not in found), None)
    if rest and following is not None and following.entry.startswith(rest):
        os.ftruncate(handle, os.fstat(handle).st_size - len(rest))
        return found
    return _numbers(tail)


def _since(handle: int, last: str | None) -> bytes:
    """The end of the journal from the document `last` on; all of the journal if that is not in it."""
    size = os.fstat(handle).st_size
    mark = None if last is None else f"({last})".encode()
    length = _TAIL
    while True:
        tail = _read(handle, max(0, size - length), size)
        if length >= size or (mark is not None and mark in tail):
            return tail
        length *= 4


def _read(handle: int, start: int, end: int) -> bytes:
    parts = []
    while start < end and (part := os.pread(handle, end - start, start)):
        parts.append(part)
        start += len(part)
    return b"".join(parts)


def _numbers(text: bytes) -> set[str]:
    """The numbers of documents in a part of the journal."""
    return {number.decode(errors="replace") for number in _NUMBER.findall(text)}


def _append(handle: int, data: bytes) -> None:
    while data:
        data = data[os.write(handle, data) :]
