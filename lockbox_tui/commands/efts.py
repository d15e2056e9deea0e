"""`lockbox eft list` and `eft show`."""

from lockbox_tui.commands.answers import Answer, Call
from lockbox_tui.commands.declared.listing import meant
from lockbox_tui.commands.printing import Printer
from lockbox_tui.opening import at_work
from models.words.remittances import EftMatchStatus
from services.remittances.efts import EftSelection, eft_count, eft_list, eft_show
from services.reports.efts import EFT_FACTS, eft_report


def list_efts(call: Call) -> Answer:
    """The EFTs of a selection."""
    asked, (since, until) = call.arguments, call.period
    selection = EftSelection(meant(EftMatchStatus, asked.status), since, until, asked.payer, asked.number)
    with at_work(call.settings, call.as_user) as work, work.reading() as session:
        rows = eft_list(session, selection, limit=call.limit)
        count = eft_count(session, selection)
    return Answer.listed(rows, eft_report, count)


def show_eft(call: Call) -> Answer:
    """One EFT."""
    with at_work(call.settings, call.as_user) as work, work.reading() as session:
        view = eft_show(session, call.arguments.number)

    def show(out: Printer) -> None:
        out.facts(EFT_FACTS, view)
        if view.errors is not None:
            out.say(view.errors)

    return Answer(view, show)
