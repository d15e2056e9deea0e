"""`lockbox era list` and `era show`."""

from lockbox_tui.commands.answers import Answer, Call
from lockbox_tui.commands.printing import Printer
from lockbox_tui.opening import at_work
from lockbox_tui.settings import WrongUsage
from services.remittances.listing import (
    EraOrder,
    EraSelection,
    EraSort,
    MatchFilter,
    PostFilter,
    SortKey,
    era_list,
)
from services.scratchpad.document import PadDocument, WorkedEra, worked_era

_SORTS = {
    "received": EraSort.RECEIVED,
    "date": EraSort.DATE,
    "payer": EraSort.PAYER,
    "amount": EraSort.AMOUNT,
}


def list_eras(call: Call) -> Answer:
    """The ERAs of a selection, all of them."""
    asked = call.arguments
    if asked.received_from and asked.received_to and asked.received_from > asked.received_to:
        raise WrongUsage(f"--from {asked.received_from} is later than --to {asked.received_to}")
    if asked.payer_from and asked.payer_to and asked.payer_from.upper() > asked.payer_to.upper():
        raise WrongUsage(f"--payer-from {asked.payer_from} comes after --payer-to {asked.payer_to}")
    selection = EraSelection(
        post=PostFilter(asked.post.upper()),
        match=MatchFilter(asked.match.upper().replace("-", " ")),
        received_from=asked.received_from,
        received_to=asked.received_to,
        payer_from=asked.payer_from,
        payer_to=asked.payer_to,
    )
    second = None if asked.then is None else SortKey(_SORTS[asked.then], asked.descending)
    order = EraOrder(SortKey(_SORTS[asked.sort], asked.descending), second)
    with at_work(call.settings, call.as_user) as work, work.reading() as session:
        rows = era_list(session, selection, order).rows

    def show(out: Printer) -> None:
        out.table(
            (
                ">ERA #",
                "TRACE#",
                "PAYER NAME",
                "PAID DATE",
                ">AMOUNT",
                "RECEIVED",
                "MATCH",
                "POST",
                "RECEIPT",
            ),
            (
                (
                    row.number,
                    row.trace,
                    row.payer,
                    row.date,
                    row.amount,
                    row.received,
                    row.match_status,
                    row.post_status,
                    row.receipt,
                )
                for row in rows
            ),
            none="THERE ARE NO ERAs MATCHING YOUR SELECTION CRITERIA",
        )

    return Answer(rows, show)


def show_era(call: Call) -> Answer:
    """One ERA with its EEOBs, its balance and its scratch pad."""
    with at_work(call.settings, call.as_user) as work, work.reading() as session:
        view = worked_era(session, call.arguments.number)

    def show(out: Printer) -> None:
        _print_era(out, view)

    return Answer(view, show)


def _print_era(out: Printer, view: WorkedEra) -> None:
    out.facts(
        [
            ("ERA #", view.number),
            ("TRACE#", view.trace),
            ("PAYER", f"{view.payer.name} ({view.payer.id})"),
            ("ERA PAID DATE", view.date),
            ("DATE RECEIVED", view.received),
            ("TOTAL AMT PAID", view.amount),
            ("METHOD", view.method),
            ("MATCH STATUS", view.match_status),
            ("POST STATUS", view.post_status),
            ("EFT", view.eft),
            ("CHECK", view.check),
            ("RECEIPT", view.receipt),
        ]
    )
    out.say("")
    out.table(
        (">#", "CLAIM", "BILL", "PATIENT", "STATUS", ">CHARGE", ">PAID", ">PT RESP", "EXCEPTION"),
        (
            (
                eeob.sequence,
                eeob.claim,
                eeob.bill,
                eeob.patient,
                eeob.status,
                eeob.charge,
                eeob.paid,
                eeob.patient_responsibility,
                eeob.exception,
            )
            for eeob in view.eeobs
        ),
        none="The ERA has no EEOBs.",
    )
    if view.adjustments:
        out.say("", "ERA LEVEL ADJUSTMENTS")
        out.table(
            ("REFERENCE", "CODE", ">AMOUNT", "TEXT"),
            ((plb.reference, plb.code, plb.amount, plb.text) for plb in view.adjustments),
        )
    for finding in view.findings:
        out.say(f"{finding.text} ({finding.where})" if finding.where else finding.text)
    if view.scratchpad is not None:
        out.say("")
        print_pad(out, view.scratchpad)


def print_pad(out: Printer, pad: PadDocument) -> None:
    """Prints a scratch pad by its stored numbers."""
    out.say(f"SCRATCH PAD OF ERA {pad.era}   TOTAL {pad.total:.2f}   NET {pad.net:.2f}")
    out.table(
        ("LINE", "EEOB", "CLAIM", "BILL", ">PAYMENT", ">ADJUSTMENTS", ">NET", "COMMENT"),
        (
            (
                line.line,
                ",".join(entry.eeob_sequences) + ("(V)" if entry.verified else ""),
                line.claim,
                line.bill,
                line.payment,
                line.adjustments,
                line.net,
                line.comment,
            )
            for entry in pad.entries
            for line in entry.lines
        ),
        none="The scratch pad has no lines.",
    )
