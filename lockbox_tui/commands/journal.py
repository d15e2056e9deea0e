"""`lockbox journal`: the accounting journal, written and compared; and its warning after other commands."""

from sqlalchemy.exc import DBAPIError

from lockbox_tui.commands.answers import DONE, NOT_DONE, Answer, Call
from lockbox_tui.commands.printing import Printer
from lockbox_tui.opening import Work, at_work
from lockbox_tui.settings import Settings
from models.broken_store import broken_store
from models.words.keys import SecurityKey
from services.books.journal_comparison import journal_findings
from services.books.journal_file import JOURNAL_FILE
from services.books.writing_documents import write_documents, write_lost_again
from services.counted import say_count
from services.errors import LockboxError
from services.office.actor import require


def journal(call: Call) -> Answer:
    """Writes the documents that wait, with `--again` also those that are gone, and compares all of them."""
    folder = call.settings.finance_folder
    with at_work(call.settings, call.as_user) as work:
        require(work.actor, SecurityKey.CLERK)
        again = write_lost_again(work.store, work.actor, folder) if call.arguments.again else ()
        written = write_documents(work.store, folder)
        findings = journal_findings(work.store, folder) or []
    document = {
        "file": str(folder / JOURNAL_FILE),
        "written": written,
        "again": list(again),
        "findings": findings,
    }

    def show(out: Printer) -> None:
        if again:
            out.say(f"{say_count(len(again), 'document')} written once more: {again[0]} to {again[-1]}.")
        out.say(*(f"{finding.where}: {finding.text}" for finding in findings))
        out.say(
            f"{folder / JOURNAL_FILE}: {say_count(written, 'document')} written, {say_count(len(findings), 'finding')}."
        )

    return Answer(document, show, NOT_DONE if findings else DONE)


def journal_warning(work: Work, settings: Settings) -> str | None:
    """Writes the documents for finance to the accounting journal; a sentence when that could not be done.

    The act that made them is done all the same: they are written next time.
    """
    try:
        write_documents(work.store, settings.finance_folder)
    except LockboxError as error:
        return str(error)
    except DBAPIError as error:
        return f"The accounting journal could not be written: {broken_store(error)}"
    return None
