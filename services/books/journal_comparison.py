"""The documents for finance beside the accounting journal: which entry is which document, and what differs.

Text and amount are compared, not the number alone: under the number of a document may stand one of a store
that was put back since, or a person's own entry, and then finance has never been told of this one.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import islice
from pathlib import Path

from sqlalchemy import Row, select

from models.bulk import parts
from models.finance import FinanceDocument
from models.store import Store
from services.books.journal_file import (
    JOURNAL_FILE,
    Entry,
    JournalFile,
    digest_of,
    journal_for_reading,
    put_away,
)
from services.clean import clean
from services.findings import Finding
from services.office.clock import SKEW, site_of

#: Documents that are missing in the journal and named one by one.
_NAMED = 20

#: Entries that are looked up together.
_AT_ONCE = 500

#: A document waits for its journal until the act is over, or until a disk is mended; longer is told.
_LONGEST_WAIT = datetime.timedelta(days=1)

_PUT_BACK = (
    "if the store was put back from a backup, put back the journal of the same moment, or the store that wrote "
    "the entry"
)

TO_BRING_BACK = (
    "Put the journal back from its backup, or beside the new one under a name that ends in .journal; if it is "
    "gone for good, have what is missing written once more: lockbox journal --again"
)


@dataclass(frozen=True, slots=True)
class Document:
    """A document with its text; `marked` when the store says that it is written to the journal."""

    id: int
    number: str
    text: str
    amount: Decimal
    marked: bool
    made_at: datetime.datetime

    @property
    def entry(self) -> bytes:
        """The entry as it is written: the text and a blank line."""
        return f"{self.text}\n".encode()

    def is_entry(self, entry: Entry) -> bool:
        """Whether an entry of the journal says what the document does."""
        return entry.number == self.number and entry.digest == digest_of(self.text)

    def is_of_another_store(self, file: JournalFile) -> bool:
        """Whether the entry that is equal to it stood in the file before it was made.

        A store that was put back makes the same document once more, and finance would not be told of it. That can
        be told until somebody writes to the file; the clocks of the disk and of the store may differ a little.
        """
        return not self.marked and file.changed_at < self.made_at - SKEW

    def __str__(self) -> str:
        return f"document {clean(self.number, 40)} of {self.amount:.2f}"


#: What a `Document` is made of.
COLUMNS = (
    FinanceDocument.id,
    FinanceDocument.number,
    FinanceDocument.text,
    FinanceDocument.amount,
    FinanceDocument.written_at.is_not(None),
    FinanceDocument.made_at,
)


def documents(rows: Iterable[Row[int, str, str, Decimal, bool, datetime.datetime]]) -> list[Document]:
    """Documents from rows of `COLUMNS`."""
    return [Document(*row) for row in rows]


def documents_of(store: Store, numbers: Sequence[str]) -> dict[str, Document]:
    """The documents with these numbers, by their number, in the order in which they were made."""
    found = list[Document]()
    with store.reading() as session:
        for some in parts(numbers):
            query = select(*COLUMNS).where(FinanceDocument.number.in_(some)).order_by(FinanceDocument.id)
            found += documents(session.execute(query))
    return {document.number: document for document in found}


def pair_entries(store: Store, entries: Iterator[Entry]) -> Iterator[tuple[Entry, Document | None]]:
    """Each entry with a number of this site's documents, and the document; None where the store has none."""
    with store.reading() as session:
        ours = f"-{site_of(session).station}K"
    while some := list(islice(entries, _AT_ONCE)):
        known = documents_of(store, [entry.number for entry in some])
        for entry in some:
            if entry.number in known or ours in entry.number:
                yield entry, known.get(entry.number)


class Fault(StrEnum):
    """What may be wrong with an entry that has the number of a document; the values are the findings' codes."""

    UNKNOWN = "journal-unknown"
    DIFFERS = "journal-differs"
    OLDER = "journal-older"


def fault_of(file: JournalFile, entry: Entry, document: Document | None) -> Fault | None:
    """What is wrong with an entry, beside the document of its number; None when it is the document's."""
    if document is None:
        return Fault.UNKNOWN
    if not document.is_entry(entry):
        return Fault.DIFFERS
    return Fault.OLDER if document.is_of_another_store(file) else None


def difference(file: JournalFile, line: int, number: str, document: Document | None, fault: Fault) -> str:
    """The sentence on an entry that is not the document of its number: where it stands, and what to do."""
    where = f"Line {line} of the accounting journal {clean(str(file.path), 200)}"
    if document is None:
        return (
            f"{where} has document {number}, which this store does not know. If the entry is your own, give it "
            f"another number; {_PUT_BACK}."
        )
    if fault is Fault.OLDER:
        return (
            f"{where} is {document}, but stood there before this store made that document: the journal holds more "
            f"than this store knows. {_PUT_BACK[0].upper()}{_PUT_BACK[1:]}. If only the same work was done again, "
            "and finance knows it, say so at the end of the file in a line that begins with ;"
        )
    says = clean("; ".join(" ".join(line.split()) for line in document.text.splitlines()), 400)
    return (
        f"{where} is not {document}, which says: {says}. If the entry is your own, give it another number; if it "
        f"was changed, put it right; {_PUT_BACK}."
    )


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is wrong with entries of the journal, and the numbers of the documents that it has lost."""

    wrong: tuple[Finding, ...]
    lost: tuple[str, ...]


def compare(store: Store, folder: Path, file: JournalFile | None) -> Comparison:
    """Compares every document with its entry; while `file` is held, whatever it has is in the store.

    A document that only a journal beside it has is not lost: a person has put that one away to begin anew.
    """
    wrong, seen, named = list[Finding](), dict[str, int](), set[str]()
    for entry, document in () if file is None else pair_entries(store, file.entries()):
        assert file is not None
        where = f"document {entry.number}"
        if (fault := fault_of(file, entry, document)) is not None:
            told = difference(file, entry.line, entry.number, document, fault)
            wrong.append(Finding(fault.value, told, where))
            named.add(entry.number)
        elif entry.number in seen:
            said = f"It stands in {clean(str(file.path), 200)} twice, at lines {seen[entry.number]} and {entry.line}."
            wrong.append(Finding("journal-twice", f"{said} Take one of them out.", where))
        else:
            seen[entry.number] = entry.line
    with store.reading() as session:
        marked = session.scalars(
            select(FinanceDocument.number)
            .where(FinanceDocument.written_at.is_not(None))
            .order_by(FinanceDocument.id)
        )
        lost = [number for number in marked if number not in seen and number not in named]
    for name in put_away(folder) if lost else ():
        with journal_for_reading(folder, name, store.patience) as other:
            there = {
                entry.number
                for entry, document in pair_entries(store, other.entries())
                if document is not None and document.is_entry(entry)
            }
        lost = [number for number in lost if number not in there]
    return Comparison(tuple(wrong), tuple(lost))


def journal_findings(store: Store, folder: Path) -> list[Finding] | None:
    """What differs between all documents and the accounting journal; None where no journal is at hand."""
    if not folder.is_dir():
        return None if _any_written(store) else [*_waiting(store)]
    if (folder / JOURNAL_FILE).exists():
        with journal_for_reading(folder, JOURNAL_FILE, store.patience) as file:
            compared = compare(store, folder, file)
    else:
        compared = compare(store, folder, None)
    return [*compared.wrong, *_lost(folder, compared.lost), *_waiting(store)]


def _any_written(store: Store) -> bool:
    with store.reading() as session:
        query = select(FinanceDocument.id).where(FinanceDocument.written_at.is_not(None)).limit(1)
        return session.scalar(query) is not None


def _lost(folder: Path, numbers: Sequence[str]) -> Iterator[Finding]:
    path = clean(str(folder / JOURNAL_FILE), 200)
    for number in numbers[:_NAMED]:
        said = f"It was written to the accounting journal {path}, and is not there any more. {TO_BRING_BACK}"
        yield Finding("journal-lost", said, f"document {clean(number, 40)}")
    if len(numbers) > _NAMED:
        said = f"{len(numbers) - _NAMED} further documents are not there any more."
        yield Finding("journal-lost", said, f"accounting journal {path}")


def _waiting(store: Store) -> Iterator[Finding]:
    """The first document that has waited for the journal longer than any act or broken disk lasts."""
    with store.reading() as session:
        row = session.execute(
            select(FinanceDocument.number, FinanceDocument.made_at)
            .where(
                FinanceDocument.written_at.is_(None), FinanceDocument.made_at < store.clock() - _LONGEST_WAIT
            )
            .order_by(FinanceDocument.id)
            .limit(1)
        ).first()
    if row is not None:
        said = f"It has waited for the accounting journal since {row.made_at:%Y-%m-%d %H:%M} UTC: lockbox journal"
        yield Finding("journal-waits", said, f"document {clean(row.number, 40)}")
