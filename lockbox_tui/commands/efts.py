"""`lockbox eft list` and `eft show`."""

from lockbox_tui.commands.answers import Answer, Call
from lockbox_tui.commands.printing import Printer
from lockbox_tui.opening import at_work
from services.remittances.efts import eft_list, eft_show


def list_efts(call: Call) -> Answer:
    """All EFTs."""
    with at_work(call.settings, call.as_user) as work, work.reading() as session:
        rows = eft_list(session)

    def show(out: Printer) -> None:
        out.table(
            (
                ">EFT",
                "TRACE#",
                "PAYER",
                "PAID DATE",
                ">AMOUNT",
                "MATCH",
                ">ERA #",
                "DEPOSIT",
                "RECEIPT STATUS",
            ),
            (
                (
                    row.number,
                    row.trace,
                    row.payer.name,
                    row.date,
                    row.amount,
                    row.match_status,
                    row.era,
                    row.deposit,
                    row.document_status,
                )
                for row in rows
            ),
        )

    return Answer(rows, show)


def show_eft(call: Call) -> Answer:
    """One EFT."""
    with at_work(call.settings, call.as_user) as work, work.reading() as session:
        view = eft_show(session, call.arguments.number)

    def show(out: Printer) -> None:
        out.facts(
            [
                ("EFT", view.number),
                ("TRACE#", view.trace),
                ("PAYER", f"{view.payer.name} ({view.payer.id})"),
                ("AMOUNT", view.amount),
                ("DATE PAID", view.date),
                ("MATCH STATUS", view.match_status),
                ("ERA #", view.era),
                ("DEPOSIT", view.deposit),
                ("DEPOSIT DOCUMENT", view.document),
                ("DOCUMENT STATUS", view.document_status),
                ("RECEIPT", view.receipt),
                ("TRANSFER", view.transfer),
                ("RETURNED", view.returned or None),
            ]
        )
        if view.errors is not None:
            out.say(view.errors)

    return Answer(view, show)
