"""`lockbox eft list` and `eft show`."""

from lockbox_tui.commands.answers import Answer, Call
from lockbox_tui.commands.printing import Printer
from lockbox_tui.opening import at_work
from services.remittances.efts import eft_list, eft_show
from services.reports.efts import EFT_FACTS, eft_report


def list_efts(call: Call) -> Answer:
    """All EFTs."""
    with at_work(call.settings, call.as_user) as work, work.reading() as session:
        rows = eft_list(session)
    return Answer.of(rows, eft_report(rows))


def show_eft(call: Call) -> Answer:
    """One EFT."""
    with at_work(call.settings, call.as_user) as work, work.reading() as session:
        view = eft_show(session, call.arguments.number)

    def show(out: Printer) -> None:
        out.facts(EFT_FACTS, view)
        if view.errors is not None:
            out.say(view.errors)

    return Answer(view, show)
