"""The ways of fewer keys between menus and lists: they lead where VistA's lead, and change nothing by themselves."""

from pathlib import Path

from models.store import Store
from services.office.actor import Actor
from tests import given
from tests.journeys.journey import F2, Step, refused_both_ways
from tests.journeys.ways import HOME, TO_THE_LIST

WHICH = "DO YOU WANT A (L)IST OF ERAs OR A (S)PECIFIC ONE?"
LIST = "ERA List - Worklist"


def test_lists_are_found_again_by_their_views_and_by_f2(tmp_path: Path) -> None:
    def build(store: Store, actor: Actor) -> None:
        given.bills(store, actor, {"K1": 120, "K2": 80})
        given.era(store, actor, trace="CHK-7001", method="CHK", claims=[("K1", 120, 100)])
        given.era(store, actor, trace="EFT-1", claims=[("K2", 80, 80)])

    refused_both_ways(
        tmp_path,
        build,
        (
            *TO_THE_LIST,
            Step(LIST, "Change View"),
            Step("ERA POSTING STATUS: UNPOSTED//", "BOTH"),
            Step("ERA-EFT MATCH STATUS: BOTH//", "NOT"),
            Step("LIMIT THE SELECTION TO A DATE RANGE", ""),
            Step("(A)LL PAYERS, (R)ANGE OF PAYER NAMES", ""),
            Step("DO YOU WANT TO SAVE THIS AS YOUR PREFERRED VIEW?: NO//", "YES"),
            Step("MATCH STATUS: NOT MATCHED", "^^"),
            # From another menu by one key, and left again by Quit.
            Step("Select Clerk's AR Menu Option:", "Agent"),
            Step("Select Agent Cashier Menu Option:", "", ends=F2),
            Step("MATCH STATUS: NOT MATCHED", "Quit"),
            # A synonym from a menu that has it not; then each way from its first question.
            Step("Select Agent Cashier Menu Option:", "WL"),
            Step("(P)REFERRED VIEW: BOTH, MATCH STATUS NOT MATCHED, ALL PAYERS", "P"),
            Step("MATCH STATUS: NOT MATCHED", "Quit"),
            Step("Select Agent Cashier Menu Option:", "W"),
            Step(WHICH, " "),
            Step("MATCH STATUS: NOT MATCHED", "1"),
            Step("ERA #1 (TRACE #:CHK-7001) MATCHED TO PAPER CHECK CHK-7001", "NO"),
            Step(LIST, "2"),
            Step("DO YOU WANT TO CREATE ONE NOW?: NO//", ""),
            Step(LIST, "Quit"),
            Step("Select Agent Cashier Menu Option:", "W"),
            Step(WHICH, "2"),
            Step("DO YOU WANT TO CREATE ONE NOW?: NO//", "YES"),
            Step("ENTER THE NUMBER OF THE PAPER CHECK", ""),
            Step("THERE MUST EITHER BE A PAPER CHECK OR AN EFT FOR THIS ERA", ""),
            Step("Select Agent Cashier Menu Option:", "^^"),
            *HOME[1:],
        ),
    )
