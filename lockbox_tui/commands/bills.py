"""`lockbox bill list` and `bill show`."""

from lockbox_tui.commands.answers import Answer, Call
from lockbox_tui.commands.printing import Printer
from lockbox_tui.opening import at_work
from services.bills.views import bill_list, bill_show


def list_bills(call: Call) -> Answer:
    """All bills."""
    with at_work(call.settings, call.as_user) as work, work.reading() as session:
        rows = bill_list(session)

    def show(out: Printer) -> None:
        out.table(
            ("BILL", "PATIENT", "PAYER", ">ORIGINAL", ">BALANCE", "STATUS"),
            ((row.number, row.patient, row.payer, row.original, row.balance, row.status) for row in rows),
        )

    return Answer(rows, show)


def show_bill(call: Call) -> Answer:
    """One bill with its transactions."""
    with at_work(call.settings, call.as_user) as work, work.reading() as session:
        view = bill_show(session, call.arguments.bill)

    def show(out: Printer) -> None:
        out.facts(
            [
                ("BILL", view.number),
                ("PATIENT", view.patient),
                ("PAYER", view.payer),
                ("RATE TYPE", view.rate_type),
                ("ORIGINAL AMOUNT", view.original),
                ("BALANCE", view.balance),
                ("STATUS", view.status),
                ("EDI STATUS", view.edi_status),
            ]
        )
        out.say("")
        out.table(
            (">TRANSACTION", "DATE", "TYPE", ">AMOUNT", "RECEIPT", "COMMENT"),
            (
                (done.number, done.date, done.type, done.amount, done.receipt, done.comment)
                for done in view.transactions
            ),
            none="The bill has no transactions yet.",
        )

    return Answer(view, show)
