"""`lockbox report`: the reports of the menus, in every format."""

from lockbox_tui.commands.answers import Answer, Call
from lockbox_tui.opening import at_work
from services.reports.unverified import unverified_report
from services.scratchpad.verifying import find_unverified


def list_unverified(call: Call) -> Answer:
    """The EEOBs of an ERA that are not verified, each beside its bill."""
    with at_work(call.settings, call.as_user) as work, work.reading() as session:
        report = unverified_report(find_unverified(session, call.arguments.number))
    return Answer.of(report, report, work.signed)
