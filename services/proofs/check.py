"""`lockbox check`: proves the books and names what is off (DESIGN 2.4)."""

from collections.abc import Callable, Iterable
from pathlib import Path

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session

from models.store import Store
from services.books.journal_comparison import journal_findings
from services.errors import LockboxError
from services.findings import Finding
from services.office import audit
from services.proofs import (
    batch_marks,
    batches,
    bills,
    contents,
    deposits,
    documents,
    efts,
    files,
    journal,
    keys,
    matching,
    receipts,
    remittances,
    reversals,
    reviews,
    scratchpads,
    verified,
)
from services.proofs.store import store_findings

Proof = Callable[[Session], Iterable[Finding]]

#: The proofs of the books, and what each is of.
PROOFS: tuple[tuple[str, Proof], ...] = (
    ("The journal entries", journal.entries),
    ("The accounts of the journal entries", journal.accounts),
    ("The balances of the bills", bills.balances),
    ("The statuses of the bills", bills.statuses),
    ("The original amounts of the bills", bills.originals),
    ("The transactions of the bills", bills.transactions),
    ("The decreases of the bills", scratchpads.decreases),
    ("The receipts", receipts.receipts),
    ("The kinds of the receipts", receipts.kinds),
    ("The payments on the bills", receipts.payments),
    ("What was taken back of receipts", receipts.prove_taken_back),
    ("The ERAs that are posted", receipts.posted_eras),
    ("The finance documents", documents.documents),
    ("What finance was told of EFTs that came back", documents.prove_taken_back),
    ("The documents written to the accounting journal", documents.prove_written),
    ("The number series of the site", documents.series),
    ("Account 2110", journal.prove_unapplied),
    ("Account 2120", journal.suspense),
    ("The EFT deposits", deposits.deposits),
    ("The checksums of the EFT deposits", efts.checksums),
    ("What the EFTs are known by", efts.identities),
    ("The recording of the EFT deposits", deposits.recordings),
    ("What the bank took back", reversals.reversals),
    ("The keys of the acts that moved money", keys.keys),
    ("The matching of the EFTs", matching.efts),
    ("The matching of the ERAs", matching.eras),
    ("The receipts of the matched EFTs", matching.receipts),
    ("The ERAs of the EFTs that came back", matching.prove_returned),
    ("The totals of the ERAs", remittances.era_totals),
    ("The EEOBs", remittances.eeobs),
    ("The scratch pads", scratchpads.pads),
    ("What is verified on their entries", verified.prove_verified),
    ("The reviews of their entries", reviews.prove_reviews),
    ("The batches of the scratch pads", batches.batches),
    ("The names and marks of the batches", batch_marks.prove_marks),
    ("The raw text of the files", files.raw_texts),
    ("What the remittances are known by", contents.contents),
    ("The ERAs that are held", contents.prove_held),
    ("The audit trail", audit.chain_findings),
)


def check_books(session: Session) -> list[Finding]:
    """Everything that is off in the store, as findings; an empty list is the proof.

    The store itself is proven first. What of the books cannot be read then is told as not proven, and the
    other proofs go on.
    """
    found = list(store_findings(session))
    for of, proof in PROOFS:
        found += _proven(session, of, proof, bool(found))
    return found


def check_journal(store: Store, folder: Path, *, spoilt: bool) -> list[Finding] | None:
    """What differs between the documents for finance and the accounting journal; None where that is not at hand.

    In a store of which it is known that it is `spoilt`, what cannot be read is told as not proven.
    """
    try:
        return journal_findings(store, folder)
    except LockboxError as error:
        return [Finding("journal-unread", str(error), "accounting journal")]
    except (SQLAlchemyError, LookupError, ValueError, TypeError, AttributeError) as error:
        if not spoilt or (isinstance(error, DBAPIError) and error.connection_invalidated):
            raise
        return [_not_proven("The accounting journal")]


def _proven(session: Session, of: str, proof: Proof, spoilt: bool) -> list[Finding]:
    """What one proof finds, until it meets what cannot be read in a store that is known to be spoilt."""
    found: list[Finding] = []
    try:
        # Without it PostgreSQL would refuse all further reading after a statement that failed.
        with session.begin_nested():
            found.extend(proof(session))
    except (SQLAlchemyError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError) as error:
        if not spoilt or (isinstance(error, DBAPIError) and error.connection_invalidated):
            raise
        session.expunge_all()
        found.append(_not_proven(of))
    return found


def _not_proven(of: str) -> Finding:
    return Finding("not-proven", f"{of} could not be proven because of what is named above.")
