"""`lockbox bill list` and `bill show`."""

from lockbox_tui.commands.answers import Answer, Call
from lockbox_tui.commands.declared.listing import meant
from lockbox_tui.commands.printing import Printer
from lockbox_tui.opening import at_work
from models.words.bills import BillStatus
from services.bills.views import BillSelection, bill_count, bill_list, bill_show
from services.reports.bills import BILL_FACTS, bill_report, transaction_report


def list_bills(call: Call) -> Answer:
    """The bills of a selection."""
    asked, (since, until) = call.arguments, call.period
    selection = BillSelection(meant(BillStatus, asked.status), since, until, asked.payer, asked.number)
    with at_work(call.settings, call.as_user) as work, work.reading() as session:
        rows = bill_list(session, selection, limit=call.limit)
        count = bill_count(session, selection)
    return Answer.listed(rows, bill_report, count, work.signed)


def show_bill(call: Call) -> Answer:
    """One bill with its transactions."""
    with at_work(call.settings, call.as_user) as work, work.reading() as session:
        view = bill_show(session, call.arguments.bill)

    def show(out: Printer) -> None:
        out.facts(BILL_FACTS, view)
        out.say("")
        out.table(transaction_report(view.transactions))

    return Answer(view, show)
