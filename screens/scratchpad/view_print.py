"""View/Print EEOB and View/Print ERA on the scratch pad: for whoever sees the pad, also of a posted or removed ERA."""

from models.words.scratchpad import EntryKind
from screens.list_manager.actions import After
from screens.list_manager.lists.call import Call
from screens.page_codes import explaining_pages
from screens.printing import print_report
from screens.scratchpad.open_pad import OpenPad, tell_refusal
from screens.worklist.view_print import print_era
from services.reports.prints import print_of_eeobs

NO_EEOB = "THIS ENTRY IS THE DIFFERENCE BETWEEN THE ERA AND ITS EFT: IT HAS NO EEOB"


async def print_eeob(pad: OpenPad, call: Call) -> After:
    """Prints what the payer said of an entry: its EEOB and the one that it takes back, or its ERA-level adjustment."""
    places = {line.label: place for place, entry in enumerate(pad.view.entries, 1) for line in entry.lines}
    entry = pad.view.entries[await call.entry(places) - 1].entry
    if entry.kind is EntryKind.TOTALS_MISMATCH:
        await tell_refusal(pad.desk, NO_EEOB)
        return After.REPAINT
    with explaining_pages(pad.desk, pad.era_number):
        await print_report(pad.desk, print_of_eeobs, pad.era_number, entry.sequences)
    return After.REPAINT


async def print_whole_era(pad: OpenPad, call: Call) -> After:
    """Prints the ERA of the pad with all its EEOBs."""
    await print_era(pad.desk, pad.era_number)
    return After.REPAINT
