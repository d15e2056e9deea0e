"""Lines verified by hand and reviewed, from the worklist to a receipt, as clerks do it (behaviour 1.1.5, 1.1.6)."""

from pathlib import Path

from models.store import Store
from services.office.actor import Actor
from tests import given
from tests.journeys.journey import Step, both_ways
from tests.journeys.ways import BY_EFT_WHOLE, HOME, TO_THE_RECEIPT

MARK = "DO YOU WANT TO MARK THIS LINE VERIFIED?: NO//"


def test_five_lines_are_verified_by_hand_one_is_reviewed_and_found_again(tmp_path: Path) -> None:
    def build(store: Store, actor: Actor) -> None:
        bills = {f"K{number}": 100 for number in range(1, 7)}
        given.bills(store, actor, bills, patient="SMITHSON,JOHN")
        claims = [
            given.Claim(bill, 100, 60, patient="SMITHSON,JOHN" if bill == "K3" else "SMYTHE,JOHN")
            for bill in bills
        ]
        given.matched_era(store, actor, trace="EFT-1", claims=claims, eft_amount=360)

    books = both_ways(
        tmp_path,
        build,
        (
            *BY_EFT_WHOLE,
            # One line by its number, as in VistA, then the other four one after the other.
            Step("EEOB Worklist/Scratch Pad", "VE"),
            Step("Select Action: QUIT//", "1"),
            Step("SELECT AN EEOB LINE TO MARK AS VERIFIED: 1//", "2"),
            Step(MARK, "YES"),
            Step("Select Action: QUIT//", "1"),
            Step("SELECT AN EEOB LINE TO MARK AS VERIFIED: 1//", ""),
            Step("  CLAIM #: K1", "Y"),
            Step("  CLAIM #: K4", "Y"),
            Step("  CLAIM #: K5", "Y"),
            Step("  CLAIM #: K6", "Y"),
            Step("Select Action: QUIT//", "1"),
            Step("ALL EEOBS HAVE ALREADY BEEN VERIFIED IN THIS ERA", ""),
            Step("Select Action: QUIT//", "3"),
            Step("1    (V)EEOB Seq # On ERA: 1", "Review Line=5"),
            Step("DO YOU WANT TO TURN IT ON?: YES//", ""),
            Step("  1>", "Is that the same patient?"),
            Step("  2>", ""),
            Step("EDIT Option:", ""),
            Step("REVIEWED?:", "IN"),
            Step("Reviewed?: NO", "EX"),
            Step("ERA List - Worklist", "Select=1"),
            Step("ORDER OF PAYMENTS", ""),
            Step("LINE 5 IS IN PROCESS OF REVIEW BY YOU", ""),
            Step("Reviewed?: IN PROCESS", "Look At Receipt"),
            *TO_THE_RECEIPT[1:],
            Step("DO YOU WANT TO GO TO RECEIPT PROCESSING NOW?", "NO"),
            *HOME,
        ),
    )
    entries = books["eras"][0]["scratchpad"]["entries"]
    assert [(entry["verified"], entry["verified_by"] is None) for entry in entries] == [
        (True, entry["entry"] == 3) for entry in entries
    ]
    assert [entry["review"]["status"] for entry in entries] == ["NO"] * 4 + ["IN PROCESS", "NO"]
    assert entries[4]["review"]["comments"] == ["Is that the same patient?"]
    assert books["receipts"][-1]["status"] == "OPEN"
