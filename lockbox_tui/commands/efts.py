"""`lockbox eft`: EFTs listed and shown, and what the bank took back."""

from dataclasses import fields

from sqlalchemy.orm import Session

from lockbox_tui.commands.answers import Answer, Call
from lockbox_tui.commands.declared.listing import meant
from lockbox_tui.commands.journal import journal_warning
from lockbox_tui.commands.printing import Printer
from lockbox_tui.opening import Work, at_work
from models.words.remittances import EftMatchStatus
from services.office.once import new_key
from services.receipts.returned import let_stand, record_return
from services.remittances.efts import EftSelection, EftView, eft_count, eft_list, eft_show
from services.reports.efts import EFT_FACTS, eft_report


def list_efts(call: Call) -> Answer:
    """The EFTs of a selection."""
    asked, (since, until) = call.arguments, call.period
    selection = EftSelection(meant(EftMatchStatus, asked.status), since, until, asked.payer, asked.number)
    with at_work(call.settings, call.as_user) as work, work.reading() as session:
        rows = eft_list(session, selection, limit=call.limit)
        count = eft_count(session, selection)
    return Answer.listed(rows, eft_report, count, work.signed)


def show_eft(call: Call) -> Answer:
    """One EFT."""
    with at_work(call.settings, call.as_user) as work, work.reading() as session:
        return _answer(eft_show(session, call.arguments.number))


def return_eft(call: Call) -> Answer:
    """Records that the bank took an EFT's money back, and takes back what its receipt posted."""
    asked, key = call.arguments, new_key()

    def act(session: Session, work: Work) -> EftView:
        record_return(session, work.actor, key, asked.number, asked.reason, date_is_right=asked.date_is_right)
        return eft_show(session, asked.number)

    with at_work(call.settings, call.as_user) as work:
        view = work.write(act)
        warning = journal_warning(work, call.settings)

    def show(out: Printer) -> None:
        _print(out, view)
        if warning is not None:
            out.say(warning)

    return Answer(
        {
            **{field.name: getattr(view, field.name) for field in fields(view)},
            "warnings": [] if warning is None else [warning],
        },
        show,
    )


def let_eft_stand(call: Call) -> Answer:
    """Says that an EFT stands, although the bank seemed to take it back."""
    asked = call.arguments

    def act(session: Session, work: Work) -> EftView:
        let_stand(session, work.actor, asked.number, asked.reason)
        return eft_show(session, asked.number)

    with at_work(call.settings, call.as_user) as work:
        return _answer(work.write(act))


def _answer(view: EftView) -> Answer:
    return Answer(view, lambda out: _print(out, view))


def _print(out: Printer, view: EftView) -> None:
    out.facts(EFT_FACTS, view)
    if view.errors is not None:
        out.say(view.errors)
