"""Documents for finance: CR cash receipts and TR transfers, and the journal they are written to (DESIGN 5).

The `journal` adapter accepts a document in the act that makes it; its text is appended to a
plain-text accounting journal (hledger and beancount users read it) once the act is committed.
"""

import datetime
import fcntl
import os
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.finance import DocumentKind, DocumentStatus, FinanceDocument
from models.journal import Account, JournalEntry, JournalLine
from models.receipts import Receipt
from models.site import Site
from models.store import Store
from services.actor import Actor
from services.book_sums import money_sum
from services.clock import SITE, now, site_of
from services.errors import LockboxError

__all__ = [
    "DocumentKind",
    "DocumentStatus",
    "document_of",
    "document_text",
    "issue_document",
    "write_journal",
]

JOURNAL_FILE = "finance.journal"

#: How much of the journal's end is searched for documents that a crash left unmarked.
_TAIL = 1_000_000

#: Every entry of the journal ends with a blank line.
_BLANK = b"\n\n"


def document_of(session: Session, receipt_id: int) -> FinanceDocument | None:
    """The document of a receipt."""
    return session.scalars(select(FinanceDocument).where(FinanceDocument.receipt_id == receipt_id)).first()


def issue_document(
    session: Session, actor: Actor, receipt: Receipt, kind: DocumentKind, amount: Decimal
) -> FinanceDocument:
    """Makes the document of a processed receipt; with the journal adapter it is ACCEPTED BY FMS at once."""
    at = now(session)
    serial = session.execute(
        update(Site)
        .where(Site.id == SITE)
        .values(next_document=Site.next_document + 1)
        .returning(Site.next_document)
        .execution_options(synchronize_session=False)
    ).scalar_one()
    number = f"{kind.value}-{site_of(session).station}K{serial - 1:06d}"
    document = FinanceDocument(
        number=number,
        kind=kind,
        receipt_id=receipt.id,
        status=DocumentStatus.ACCEPTED,
        amount=amount,
        text=_text(session, number, receipt),
        made_at=at,
        status_at=at,
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
    with store.reading() as session:
        waiting = session.execute(
            select(FinanceDocument.id, FinanceDocument.number, FinanceDocument.text)
            .where(FinanceDocument.written_at.is_(None))
            .order_by(FinanceDocument.id)
        ).all()
    if not waiting:
        return 0
    path = folder / JOURNAL_FILE
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_CREAT | os.O_RDWR | os.O_APPEND, 0o600)
    except OSError as error:
        raise LockboxError(f"The accounting journal {path} cannot be written: {error.strerror}.") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        entries = {number: f"{text}\n".encode() for _, number, text in waiting}
        tail = _mended_tail(handle, entries.values())
        for number, entry in entries.items():
            if f"({number})".encode() not in tail:
                _append(handle, entry)
        os.fsync(handle)
    except OSError as error:
        raise LockboxError(
            f"The accounting journal {path} cannot be written: {error.strerror}. "
            "The receipt is posted; its document will be written next time."
        ) from error
    finally:
        os.close(handle)
    with store.writing() as session:
        session.execute(
            update(FinanceDocument)
            .where(FinanceDocument.id.in_([row.id for row in waiting]))
            .values(written_at=now(session))
            .execution_options(synchronize_session=False)
        )
    return len(waiting)


def _mended_tail(handle: int, entries: Iterable[bytes]) -> bytes:
    """The journal's end, after an entry that a full disk or a crash cut short has been taken off it."""
    size = os.fstat(handle).st_size
    tail = os.pread(handle, _TAIL, max(0, size - _TAIL))
    rest = tail[tail.rfind(_BLANK) + len(_BLANK) :] if _BLANK in tail else tail
    if rest and any(entry.startswith(rest) for entry in entries):
        os.ftruncate(handle, size - len(rest))
        tail = tail[: len(tail) - len(rest)]
    return tail


def _append(handle: int, data: bytes) -> None:
    while data:
        data = data[os.write(handle, data) :]
