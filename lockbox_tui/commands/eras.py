"""`lockbox era list`, `era show` and `era print`."""

from contextlib import ExitStack

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
    era_totals,
)
from services.reports.eras import ERA_FACTS, eeob_report, era_adjustment_report, era_report
from services.reports.prints import print_of_eeobs, print_of_era
from services.reports.scratchpads import pad_report
from services.scratchpad.document import worked_era

_SORTS = {
    "received": EraSort.RECEIVED,
    "date": EraSort.DATE,
    "payer": EraSort.PAYER,
    "amount": EraSort.AMOUNT,
}


def list_eras(call: Call) -> Answer:
    """The ERAs of a selection, all of them."""
    asked = call.arguments
    since, until = call.period
    if asked.payer_from and asked.payer_to and asked.payer_from.upper() > asked.payer_to.upper():
        raise WrongUsage(f"--payer-from {asked.payer_from} comes after --payer-to {asked.payer_to}")
    selection = EraSelection(
        post=PostFilter(asked.post.upper()),
        match=MatchFilter(asked.match.upper().replace("-", " ")),
        received_from=since,
        received_to=until,
        payer_from=asked.payer_from,
        payer_to=asked.payer_to,
    )
    second = None if asked.then is None else SortKey(_SORTS[asked.then], asked.descending)
    order = EraOrder(SortKey(_SORTS[asked.sort], asked.descending), second)
    with at_work(call.settings, call.as_user) as work, work.reading() as session:
        page = era_list(session, selection, order, limit=call.limit)
        count = len(page.rows) if page.next is None else era_totals(session, selection)[0]
    return Answer.listed(page.rows, era_report, count, work.signed)


def show_era(call: Call) -> Answer:
    """One ERA with its EEOBs, its balance and its scratch pad."""
    with at_work(call.settings, call.as_user) as work, work.reading() as session:
        view = worked_era(session, call.arguments.number)

    def show(out: Printer) -> None:
        out.facts(ERA_FACTS, view)
        out.say("")
        out.table(eeob_report(view.eeobs))
        if view.adjustments:
            out.say("")
            out.titled(era_adjustment_report(view.adjustments))
        out.say(*view.taken_back)
        for finding in view.findings:
            out.say(f"{finding.text} ({finding.where})" if finding.where else finding.text)
        if view.scratchpad is not None:
            out.say("")
            out.titled(pad_report(view.scratchpad))

    return Answer(view, show)


def print_era(call: Call) -> Answer:
    """View/Print ERA, or View/Print EEOB for one of its EEOBs."""
    asked = call.arguments
    if asked.expanded and asked.eeob is not None:
        raise WrongUsage("--expanded and --eeob do not go together: an EEOB is always printed whole")
    with ExitStack() as opened:
        work = opened.enter_context(at_work(call.settings, call.as_user))
        session = opened.enter_context(work.reading())
        if asked.eeob is None:
            report = print_of_era(session, asked.number, asked.expanded)
        else:
            report = print_of_eeobs(session, asked.number, (asked.eeob,))
        return Answer.print_of(report, work.signed, opened.pop_all())
