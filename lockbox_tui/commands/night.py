"""`lockbox nightly` and `lockbox check`: the night job, and the proof of the books."""

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from lockbox_tui.commands.answers import DONE, NOT_DONE, Answer, Call
from lockbox_tui.commands.exceptions import say_open
from lockbox_tui.commands.journal import journal_warning
from lockbox_tui.commands.printing import Printer
from lockbox_tui.commands.progress import progress_bar
from lockbox_tui.opening import at_work, to_be_proven
from services.counted import say_count
from services.intake.exception_views import ExceptionCounts, exception_counts
from services.intake.validation import validate_queued
from services.night.job import run_nightly
from services.proofs.check import check_books, check_journal
from services.proofs.counts import BookCounts, book_counts


def nightly(call: Call) -> Answer:
    """Audits bills, records deposits, matches EFTs, writes the accounting journal, and judges what waits for it."""
    with at_work(call.settings, call.as_user) as work:
        asked = call.arguments
        done = run_nightly(work.store, work.actor, asked.date, date_is_right=asked.date_is_right)
        warning = journal_warning(work, call.settings)
        with progress_bar("validation") as progress:
            judged = validate_queued(work.store, progress=progress)
        with work.reading() as session:
            open_ones = exception_counts(session)
    document = {
        "date": done.date,
        "bills_audited": done.bills_audited,
        "deposits_recorded": done.deposits_recorded,
        "amount_recorded": done.amount_recorded,
        "checksum_errors": list(done.checksum_errors),
        "matching": done.matching,
        "audit_event": done.audit_event,
        "audit_hash": done.audit_hash,
        "validated": len(judged),
        "exceptions": open_ones,
        "warnings": [] if warning is None else [warning],
    }

    def show(out: Printer) -> None:
        out.say(
            f"{say_count(done.bills_audited, 'bill')} audited.",
            f"{say_count(done.deposits_recorded, 'deposit')} recorded: {done.amount_recorded:.2f}.",
            f"{say_count(done.matching.examined, 'EFT')} examined: {done.matching.matched} matched, "
            f"{done.matching.mismatched} with other totals, "
            f"{done.matching.held} waiting, {done.matching.unmatched - done.matching.held} without ERA.",
            *_say_held(done.matching.held),
            f"{say_count(len(judged), 'transaction set')} validated.",
            f"The audit trail stands at event {done.audit_event}, {done.audit_hash}.",
            *(f"The checksum of deposit {number} is wrong." for number in done.checksum_errors),
        )
        say_open(out, call.settings, open_ones)
        if warning is not None:
            out.say(warning)

    return Answer(document, show)


def _say_held(count: int) -> tuple[str, ...]:
    """What is to be said of EFTs that have an ERA which matching does not take yet."""
    if not count:
        return ()
    return (
        f"{say_count(count, 'EFT waits', 'EFTs wait')} for an ERA of the same trace and payer that has another total: "
        "they are matched with errors from the third night on, if their dates are near enough "
        "(lockbox site match-window). lockbox eft list --status unmatched names them.",
    )


def check(call: Call) -> Answer:
    """Proves the books; what is off are findings, and the status is 1 then."""
    with to_be_proven(call.settings, call.as_user) as store:
        with store.reading() as session:
            findings = check_books(session)
            counts, open_ones = _count(session, bool(findings))
        compared = check_journal(store, call.settings.finance_folder, spoilt=bool(findings))
        findings += compared or ()
    document = {
        "proven": not findings,
        "findings": findings,
        "counts": counts,
        "exceptions": open_ones,
        "accounting_journal": "not at hand" if compared is None else "compared",
    }

    def show(out: Printer) -> None:
        for finding in findings:
            out.say(f"{finding.where}: {finding.text}" if finding.where else finding.text)
        if findings:
            out.say(f"The books are not proven: {say_count(len(findings), 'finding')}.")
        elif counts is not None:
            out.say(
                "The books are proven.",
                f"{say_count(counts.bills, 'bill')}, {say_count(counts.eras, 'ERA')}, "
                f"{say_count(counts.efts, 'EFT')}, {say_count(counts.receipts, 'receipt')}, "
                f"{say_count(counts.journal_entries, 'journal entry', 'journal entries')}, "
                f"{say_count(counts.audit_events, 'audit event')}.",
            )
        if compared is None:
            out.say(
                f"The accounting journal was not compared: there is no folder {call.settings.finance_folder}."
            )
        if open_ones is not None:
            say_open(out, call.settings, open_ones)

    return Answer(document, show, NOT_DONE if findings else DONE)


def _count(session: Session, spoilt: bool) -> tuple[BookCounts | None, ExceptionCounts | None]:
    """How much there is in the books, and what is in exception; nothing where a table is gone, as the findings say."""
    try:
        return book_counts(session), exception_counts(session)
    except DBAPIError:
        if not spoilt:
            raise
        return None, None
