"""`lockbox exception`: what is held is listed, shown, filed or let go of."""

from lockbox_tui.commands.answers import Answer, Call
from lockbox_tui.commands.files import set_document
from lockbox_tui.commands.findings import say_findings
from lockbox_tui.commands.printing import Printer
from lockbox_tui.opening import at_work
from lockbox_tui.settings import Settings
from services.counted import say_count
from services.intake import exception_acts
from services.intake.exception_views import (
    ExceptionCounts,
    ExceptionKind,
    ExceptionSelection,
    ExceptionState,
    exception_list,
    exception_show,
)
from services.receipts import returned
from services.reports.exceptions import EXCEPTION_FACTS, exception_report


def list_exceptions(call: Call) -> Answer:
    """The exceptions of a selection."""
    asked = call.arguments
    since, until = call.period
    selection = ExceptionSelection(
        kind=None if asked.kind == "all" else ExceptionKind(asked.kind),
        state=None if asked.state == "all" else ExceptionState(asked.state),
        received_from=since,
        received_to=until,
        payer=asked.payer,
    )
    with at_work(call.settings, call.as_user) as work, work.reading() as session:
        rows = exception_list(session, selection)
    return Answer.listed(rows[: call.limit], exception_report, len(rows), work.signed)


def show_exception(call: Call) -> Answer:
    """One exception with what was found and its raw segments."""
    with at_work(call.settings, call.as_user) as work:
        view = exception_show(work.store, call.arguments.number)

    def show(out: Printer) -> None:
        out.facts(EXCEPTION_FACTS, view)
        out.say("", view.text, "")
        say_findings(out, "", view.findings)
        out.say(*view.segments)
        if view.left_out:
            out.say(f"{say_count(view.left_out, 'segment')} more.")

    return Answer(view, show)


def file_exception(call: Call) -> Answer:
    """Files a held set."""
    asked = call.arguments
    with at_work(call.settings, call.as_user) as work, work.writing() as session:
        report = exception_acts.file_exception(session, work.actor, asked.number, replace=asked.replace)

    def show(out: Printer) -> None:
        what = f"as ERA {report.era}" if report.era else f"with {say_count(report.bills, 'bill')}"
        out.say(f"Exception {asked.number} is filed {what}.")
        say_findings(out, "", report.findings)

    return Answer(set_document(report), show)


def delete_exception(call: Call) -> Answer:
    """Lets go of a held set."""
    asked = call.arguments
    with at_work(call.settings, call.as_user) as work, work.writing() as session:
        exception_acts.delete_exception(session, work.actor, asked.number, asked.reason)

    def show(out: Printer) -> None:
        out.say(f"Exception {asked.number} is deleted; its text stays with its file.")

    return Answer({"deleted": asked.number}, show)


def let_entry_stand(call: Call) -> Answer:
    """Says that an entry of a bank's file takes back no EFT."""
    asked = call.arguments
    with at_work(call.settings, call.as_user) as work, work.writing() as session:
        returned.let_entry_stand(session, work.actor, asked.number, asked.reason)

    def show(out: Printer) -> None:
        out.say(f"{asked.number} takes back no EFT; it waits no longer.")

    return Answer({"stands": asked.number}, show)


def say_open(out: Printer, settings: Settings, open_ones: ExceptionCounts) -> None:
    """Says how many exceptions are open, and what to type to see them; nothing when there are none."""
    if open_ones.total:
        parts = (
            say_count(open_ones.transmission, "transmission exception"),
            say_count(open_ones.data, "data exception"),
            say_count(open_ones.file, "file held whole", "files held whole"),
            say_count(
                open_ones.bank,
                "debit or return of the bank without its EFT",
                "debits or returns of the bank without theirs",
            ),
        )
        said = ", ".join(part for part in parts if not part.startswith("0 "))
        out.say(f"Open: {said}.")
        if not settings.passing:
            out.say(f"{settings.command('exception list')} names them.")
