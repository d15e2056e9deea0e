"""The documents for finance are written to the accounting journal, each once and whole (DESIGN 5).

A document is ACCEPTED BY FMS in the act that makes it; its text is appended to the plain-text journal once
that act is committed. What differs there stops the writing and is named, so that none is ever taken for
written because of its number.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from sqlalchemy import select, update

from models.bulk import parts
from models.finance import FinanceDocument
from models.store import Store
from models.words.acts import Act
from models.words.keys import SecurityKey
from services.books.journal_comparison import (
    COLUMNS,
    TO_BRING_BACK,
    Document,
    compare,
    difference,
    documents,
    fault_of,
    pair_entries,
)
from services.books.journal_file import Entry, JournalFile, journal_for_reading, journal_for_writing, put_away
from services.clean import clean
from services.counted import say_count
from services.errors import LockboxError
from services.office.actor import Actor, require
from services.office.acts import begin, end
from services.office.clock import now

#: How many bytes of documents are marked together, once they are safe on the disk.
_PIECE = 100_000

#: Rows that are asked for together.
_AT_ONCE = 200

_NOTHING_WRITTEN = "Nothing was written to it. When it is right again: lockbox journal"


def write_documents(store: Store, folder: Path) -> int:
    """Appends the documents that wait to the accounting journal of a folder; gives how many waited.

    Safe to repeat: what a crash left whole in the file but unmarked in the store is found there and only
    marked; what it left half is taken off and written again. Raises `LockboxError` when the file cannot be
    written, and before anything is written when the documents and the journal differ.
    """
    if not folder.is_absolute():
        raise LockboxError(f"The folder of the accounting journal has to be named in full; {folder} is not.")
    if next(_waiting(store), None) is None:
        return 0
    with journal_for_writing(folder, store.patience) as file:
        # Asked anew: whoever held the journal until now may have written them.
        return _write(store, folder, file)


def write_lost_again(store: Store, actor: Actor, folder: Path) -> tuple[str, ...]:
    """Writes the documents that are gone from the accounting journal once more; gives their numbers.

    For a journal that is lost for good. What finance has taken in from it would be there twice, so it is never
    done unasked. Refuses without the key LOCKBOX MANAGER; raises what `write_documents` raises.
    """
    require(actor, SecurityKey.MANAGER)
    with journal_for_writing(folder, store.patience) as file:
        compared = compare(store, folder, file)
        if compared.wrong:
            raise LockboxError(f"{compared.wrong[0].text} {_NOTHING_WRITTEN}")
        if compared.lost:
            _unmark(store, actor, compared.lost)
        _write(store, folder, file)
    return compared.lost


def _unmark(store: Store, actor: Actor, numbers: Sequence[str]) -> None:
    with store.writing() as session:
        by = begin(session, actor, Act.WRITTEN_AGAIN, SecurityKey.MANAGER)
        for some in parts(numbers):
            session.execute(
                update(FinanceDocument).where(FinanceDocument.number.in_(some)).values(written_at=None)
            )
        detail = f"{say_count(len(numbers), 'document')}, {numbers[0]} to {numbers[-1]}"
        end(session, by, "accounting journal", detail=detail)


def _write(store: Store, folder: Path, file: JournalFile) -> int:
    """Writes what waits and is not there, piece by piece, and marks each piece once it is safe."""
    found = _look_at_end(store, folder, file)
    count = 0
    try:
        for piece in _pieces(_waiting(store)):
            file.append(b"".join(document.entry for document in piece if document.number not in found))
            _mark(store, piece)
            count += len(piece)
    except OSError as error:
        raise LockboxError(
            f"The accounting journal {file.path} cannot be written: {error.strerror}. "
            "What is posted stays posted; its document is written next time."
        ) from error
    return count


def _waiting(store: Store) -> Iterator[Document]:
    """The documents that are not marked as written, in the order in which they are written."""
    last = 0
    while True:
        with store.reading() as session:
            query = (
                select(*COLUMNS)
                .where(FinanceDocument.written_at.is_(None), FinanceDocument.id > last)
                .order_by(FinanceDocument.id)
                .limit(_AT_ONCE)
            )
            some = documents(session.execute(query))
        yield from some
        if len(some) < _AT_ONCE:
            return
        last = some[-1].id


def _last_before(store: Store) -> Document | None:
    """The last document that is marked as written before the first that waits."""
    first = next(_waiting(store), None)
    if first is None:
        return None
    with store.reading() as session:
        query = (
            select(*COLUMNS)
            .where(FinanceDocument.written_at.is_not(None), FinanceDocument.id < first.id)
            .order_by(FinanceDocument.id.desc())
            .limit(1)
        )
        return next(iter(documents(session.execute(query))), None)


def _pieces(waiting: Iterable[Document]) -> Iterator[list[Document]]:
    """The documents in pieces of `_PIECE` bytes, each at least one document."""
    piece, size = list[Document](), 0
    for document in waiting:
        piece.append(document)
        size += len(document.entry)
        if size >= _PIECE:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece


def _mark(store: Store, piece: Sequence[Document]) -> None:
    with store.writing() as session:
        session.execute(
            update(FinanceDocument)
            .where(FinanceDocument.id.in_([document.id for document in piece]))
            .values(written_at=now(session))
        )


def _look_at_end(store: Store, folder: Path, file: JournalFile) -> set[str]:
    """The numbers of waiting documents that the end of the journal has; an entry that was cut short is taken off.

    Documents are written in their order, so that whatever a crash left unmarked stands behind the last one
    that is marked. Raises `LockboxError` when that one is gone, or when an entry from there on is not the
    document of its number.
    """
    marked = _last_before(store)
    start, found = 0, set[str]()
    if marked is not None and (begins := file.last_entry(marked.number)) is not None:
        start = begins
    elif marked is not None:
        found = _found_in_one_put_away(store, folder, file, marked)
    wrong = list[tuple[int, str]]()
    last: Entry | None = None
    for entry, document in pair_entries(store, file.entries(start)):
        if (fault := fault_of(file, entry, document)) is not None:
            line = file.line_at(start) + entry.line - 1
            wrong.append((entry.offset, difference(file, line, entry.number, document, fault)))
        elif document is not None and not document.marked:
            found.add(document.number)
        last = entry
    # What was cut short is the last entry of all, or the first line of the next.
    for document in _waiting(store):
        at = file.cut_short(document.entry)
        begun = last is not None and (last.number, last.offset) == (document.number, at)
        if at is not None and (begun or document.number not in found):
            file.truncate(at)
            found.discard(document.number)
            wrong = [each for each in wrong if each[0] < at]
        if document.number not in found:
            break
    if wrong:
        raise LockboxError(f"{wrong[0][1]} {_NOTHING_WRITTEN}")
    return found


def _found_in_one_put_away(store: Store, folder: Path, file: JournalFile, last: Document) -> set[str]:
    """The waiting documents behind the last marked one in a journal that a person has put away to begin anew.

    Raises `LockboxError` when no journal has that one.
    """
    for name in put_away(folder):
        with journal_for_reading(folder, name, store.patience) as other:
            begins = other.last_entry(last.number)
            if begins is None or not last.is_entry(next(other.entries(begins))):
                continue
            return {
                document.number
                for entry, document in pair_entries(store, other.entries(begins))
                if document is not None and not document.marked and document.is_entry(entry)
            }
    raise LockboxError(
        f"The accounting journal {clean(str(file.path), 200)} has lost {last}, which was written to it. "
        f"{TO_BRING_BACK}. {_NOTHING_WRITTEN}"
    )
