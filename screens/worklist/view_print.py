"""View/Print ERA: from the ERA List, the scratch pad, and as an option of its own (behaviour 1.1.7, 1.12 VP)."""

from screens.list_manager.glass.leaving import Abandoned
from screens.lockbox_desk import LockboxDesk
from screens.page_codes import explaining_pages
from screens.printing import print_report
from services.remittances.lookup import ERAS
from services.reports.prints import print_of_era

EXPANDED = "DO YOU WANT TO INCLUDE EXPANDED EEOB DETAIL?"


async def view_print_era(desk: LockboxDesk) -> None:
    """Asks for ERAs and prints them, one after the other, until RETURN or `^`; needs no key and changes nothing."""
    while True:
        desk.say()
        try:
            era = await desk.pick(ERAS)
        except Abandoned:
            return
        if era is None:
            return
        await print_era(desk, era.number)


async def print_era(desk: LockboxDesk, era_number: int) -> None:
    """Prints one ERA, whatever its state; raises Abandoned for `^` at a question."""
    expanded = await desk.ask.yes_no(
        EXPANDED,
        default=False,
        help="YES prints all that the payer says of each EEOB, NO only what sums it up.",
    )
    with explaining_pages(desk, era_number):
        await print_report(desk, print_of_era, era_number, expanded)
