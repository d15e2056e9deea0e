"""`lockbox receipt`: creating, processing, listing and showing receipts."""

import argparse
import dataclasses
from collections.abc import Sequence

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from lockbox_tui.commands.answers import Answer, Call
from lockbox_tui.commands.declared.listing import meant
from lockbox_tui.commands.journal import journal_warning
from lockbox_tui.commands.printing import Printer
from lockbox_tui.opening import Work, at_work
from models.words.bills import TransactionType
from models.words.receipts import ReceiptStatus
from services.errors import LockboxError, NegativeLines, OutcomeUnknown, Refused
from services.receipts.creating import create_receipt
from services.receipts.gates import refusals
from services.receipts.processing import Processed, done_before, process_receipt
from services.receipts.views import (
    ReceiptSelection,
    ReceiptView,
    receipt_count,
    receipt_list,
    receipt_show,
)
from services.reports.receipts import RECEIPT_FACTS, payment_report, receipt_report

#: Lines that a refusal names one by one.
_NAMED = 20

REFUSED_AS_IT_IS = (
    "Receipt {} is created, but processing it now would be refused. Its payments can be edited on the screen "
    "Receipt Processing (Agent Cashier Menu)."
)

UNKNOWN = (
    "The connection to the database server was lost, and it cannot be asked again: it is not known whether receipt "
    "{} was processed. Process it again when the server runs: that is safe, nothing is ever posted twice."
)
NOT_POSTED = (
    "The connection to the database server was lost. Asked again, it says that receipt {} was not processed. "
    "Process it again."
)


def create(call: Call) -> Answer:
    """Creates the receipt of an ERA's scratch pad, and says what `process` would refuse it for as it is now."""
    asked = call.arguments

    def act(session: Session, work: Work) -> tuple[ReceiptView, tuple[str, ...]]:
        try:
            made = create_receipt(
                session, work.actor, asked.era, ticket=asked.deposit, date_is_right=asked.date_is_right
            )
        except NegativeLines as refusal:
            raise Refused(f"{refusal}\n{_to_distribute(asked.era, refusal.lines)}") from refusal
        return receipt_show(session, made.number), refusals(session, made.number)

    with at_work(call.settings, call.as_user) as work:
        view, warnings = work.write(act)

    told = _tell_without_ticket(view, f"lockbox receipt process {view.number} --deposit TICKET names one.")

    def show(out: Printer) -> None:
        print_receipt(out, view)
        out.say(*(f"\n{warning}" for warning in told))
        if warnings:
            out.say("", REFUSED_AS_IT_IS.format(view.number), *warnings)

    return Answer({**_fields(view), "warnings": warnings}, show)


def process(call: Call) -> Answer:
    """Posts a receipt; of one that was posted already it says by whom and when, and does nothing."""
    with at_work(call.settings, call.as_user) as work:
        asked = call.arguments
        done, view = _post(work, asked)
        warning = journal_warning(work, call.settings)
    told = [] if done.already is not None else _tell_without_ticket(view, "It was not sent to FMS.")
    told += [] if warning is None else [warning]
    document = {
        **_fields(view),
        "decreases": _changes(done, TransactionType.DECREASE),
        "re_established": _changes(done, TransactionType.RE_ESTABLISH),
        "paid_out_of_reversals": _changes(done, TransactionType.PAYMENT_IN_PART),
        "already": None if done.already is None else {"by": done.already.by, "at": done.already.at},
        "warnings": told,
    }

    def show(out: Printer) -> None:
        _say_processed(out, view, done)
        out.say(*told)

    return Answer(document, show)


def _tell_without_ticket(view: ReceiptView, next: str) -> list[str]:
    """Warns of a paper check without a deposit ticket, as the screen does: finance hears nothing of its money."""
    if view.eft is not None or view.deposit is not None or view.document is not None or not view.total:
        return []
    return [f"Receipt {view.number} has no deposit ticket: without one no CR document is sent to FMS. {next}"]


def _post(work: Work, asked: argparse.Namespace) -> tuple[Processed, ReceiptView]:
    """Posts a receipt; when the store does not say whether it did, it is asked by the receipt's own key."""

    number: str = asked.receipt

    def act(session: Session, work: Work) -> tuple[Processed, ReceiptView]:
        done = process_receipt(
            session,
            work.actor,
            number,
            ticket=asked.deposit,
            re_establish=asked.re_establish,
            date_is_right=asked.date_is_right,
        )
        return done, receipt_show(session, done.number)

    try:
        return work.write(act)
    except OutcomeUnknown as error:
        try:
            with work.reading() as session:
                found = done_before(session, number)
                if found is not None:
                    return found, receipt_show(session, found.number)
        except (LockboxError, DBAPIError):
            raise OutcomeUnknown(UNKNOWN.format(number)) from error
        raise LockboxError(NOT_POSTED.format(number)) from error


def show(call: Call) -> Answer:
    """One receipt."""
    with at_work(call.settings, call.as_user) as work, work.reading() as session:
        return _answer(receipt_show(session, call.arguments.receipt))


def list_receipts(call: Call) -> Answer:
    """The receipts of a selection."""
    asked, (since, until) = call.arguments, call.period
    selection = ReceiptSelection(meant(ReceiptStatus, asked.status), since, until, asked.payer, asked.number)
    with at_work(call.settings, call.as_user) as work, work.reading() as session:
        rows = receipt_list(session, selection, limit=call.limit)
        count = receipt_count(session, selection)
    return Answer.listed(rows, receipt_report, count, work.signed)


def _to_distribute(era: int, lines: Sequence[str]) -> str:
    """Which lines stand in the way of a receipt, and the command for the first of them."""
    named = ", ".join(lines[:_NAMED]) + (f" AND {len(lines) - _NAMED} MORE" if len(lines) > _NAMED else "")
    return (
        f"TO BE DISTRIBUTED FIRST: {'LINE' if len(lines) == 1 else 'LINES'} {named} "
        f"(lockbox scratchpad distribute {era} {lines[0]} TO AMOUNT)"
    )


def _fields(view: ReceiptView) -> dict[str, object]:
    return {field.name: getattr(view, field.name) for field in dataclasses.fields(view)}


def _answer(view: ReceiptView) -> Answer:
    def show(out: Printer) -> None:
        print_receipt(out, view)

    return Answer(view, show)


def _changes(done: Processed, kind: TransactionType) -> list[dict[str, object]]:
    """What the distributions of the scratch pad did to bills, of one kind."""
    return [{"account": made.account, "amount": made.amount} for made in done.changes if made.kind is kind]


def _say_processed(out: Printer, view: ReceiptView, done: Processed) -> None:
    if done.already is not None:
        out.say(f"Receipt {view.number} was {done.already}.")
        if view.taken_back is not None:
            out.say(view.taken_back)
        return
    out.say(*map(str, done.changes), f"Receipt {view.number} is posted: {view.total:.2f}.")
    if view.document is not None and view.document_status is not None:
        out.say(f"FMS document {view.document}: {view.document_status.value}")


def print_receipt(out: Printer, view: ReceiptView) -> None:
    """Prints a receipt with its lines."""
    out.facts(RECEIPT_FACTS, view)
    out.say("")
    out.table(payment_report(view.lines))
