"""What stands in the accounting journal of a test, and what is said of it."""

from pathlib import Path

from models.store import Store
from services.books.journal_comparison import journal_findings
from services.books.journal_file import JOURNAL_FILE


def journal(folder: Path) -> str:
    """The journal's text."""
    return (folder / JOURNAL_FILE).read_text()


def numbers(text: str) -> list[str]:
    """The numbers of the documents in the journal, in its order."""
    return [line.split("(")[1].split(")")[0] for line in text.splitlines() if " receipt " in line]


def codes(store: Store, folder: Path) -> list[tuple[str, str]]:
    """What the comparison of all documents finds: code and document."""
    found = journal_findings(store, folder)
    assert found is not None
    return [(finding.code, finding.where.removeprefix("document ")) for finding in found]
