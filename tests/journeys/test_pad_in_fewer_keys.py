"""The ways of the scratch pad that VistA has not, from the worklist to processed receipts (behaviour 8.4)."""

from pathlib import Path
from typing import Any

from models.store import Store
from services.office.actor import Actor
from tests import given
from tests.journeys.journey import Step, both_ways
from tests.journeys.test_main_job import bill, payments
from tests.journeys.ways import BY_CHECK_WHOLE, BY_EFT, BY_EFT_WHOLE, HOME, PROCESSED, TO_THE_LIST

SURE = "Are you sure you want to PROCESS this receipt?"
READY = "ARE YOU SURE YOU ARE READY TO CREATE THIS RECEIPT?: NO//"


def test_two_rows_in_two_answers_and_create_and_process_from_the_pad(tmp_path: Path) -> None:
    def build(store: Store, actor: Actor) -> None:
        given.bill(store, actor, "K4", "1719.92", balance=100)
        given.bill(store, actor, "K5", "2341.39", balance="2341.39")
        given.matched_era(
            store, actor, trace="EFT-2", claims=[("K4", "1719.92", "343.99")], eft_amount="343.99"
        )

    books = both_ways(
        tmp_path,
        build,
        (
            *BY_EFT,
            Step("Payment Amt: 343.99", "S"),
            Step("ARE YOU SURE YOU WANT TO CONTINUE?: NO//", "YES"),
            Step("CLAIM #: K4//", "=B"),
            Step("CLAIM #:", "#2="),
            Step("TOTALS:                             343.99", "F"),
            Step("1.002 Claim #: K5", "C"),
            Step(READY, "P"),
            *PROCESSED,
            *HOME,
        ),
    )
    assert [amount for _, amount in payments(books)] == ["100.00", "243.99"]
    assert (bill(books, "K4")["balance"], bill(books, "K5")["balance"]) == ("0.00", "2097.40")


def test_lines_verified_together_a_take_back_distributed_and_the_pad_seen_from_its_receipt(
    tmp_path: Path,
) -> None:
    def build(store: Store, actor: Actor) -> None:
        bills = {f"K{number}": 100 for number in range(1, 6)}
        given.bills(store, actor, bills, patient="SMITHSON,JOHN")
        claims = [
            given.Claim(number, 99 if number == "K5" else 100, 60, patient="SMYTHE,JOHN") for number in bills
        ]
        given.matched_era(
            store, actor, trace="EFT-1", claims=claims, plbs=[("WO", "S1234", 14)], eft_amount=286
        )

    books = both_ways(
        tmp_path,
        build,
        (
            *BY_EFT_WHOLE,
            Step("EEOB Worklist/Scratch Pad", "VE=*"),
            Step("DO YOU WANT TO MARK THESE 4 LINES VERIFIED?: NO//", "YES"),
            # What differs in its amount is left, and is looked at by itself.
            Step("2    (V)EEOB Seq # On ERA: 1", "VE=6"),
            Step("DO YOU WANT TO MARK THIS LINE VERIFIED?: NO//", "YES"),
            Step("Select Action:", "D=3"),
            Step("ADJUSTMENT AMOUNT TO DISTRIBUTE: 14.00//", ""),
            Step("RETRACTED FOR ERA ADJ #1 Ref: S1234", ""),
            Step("Amt To Post: 46.00", "C"),
            Step(READY, "P"),
            Step("ARE YOU SURE YOU WANT TO CONTINUE?", ""),
            *PROCESSED,
            Step("*** RECEIPT ALREADY CREATED", "RP"),
            Step("Receipt Status: CLOSED", "EA"),
            *HOME,
        ),
    )
    entries = books["eras"][0]["scratchpad"]["entries"]
    assert [entry["verified"] for entry in entries] == [False, *[True] * 5]
    assert [row["amount"] for row in bill(books, "K2")["transactions"]] == ["100.00", "14.00", "46.00"]
    assert [row["amount"] for row in bill(books, "K1")["transactions"]] == ["100.00", "60.00"]


def test_the_ticket_of_the_day_by_space_return(tmp_path: Path) -> None:
    def build(store: Store, actor: Actor) -> None:
        given.bills(store, actor, {"K1": 120, "K2": 80, "K3": 50, "K4": 50})
        given.era(store, actor, trace="CHK-7001", method="CHK", claims=[("K1", 120, 100), ("K2", 80, 80)])
        given.era(store, actor, trace="CHK-7002", method="CHK", claims=[("K3", 50, 50), ("K4", 50, 50)])

    def receipt(ticket: tuple[Step, ...]) -> tuple[Step, ...]:
        return (
            Step("EEOB Worklist/Scratch Pad", "C"),
            Step(READY, "YES"),
            *ticket,
            Step("DO YOU WANT TO GO TO RECEIPT PROCESSING NOW?", "NO"),
            Step("*** RECEIPT ALREADY CREATED", "^^"),
        )

    books = both_ways(
        tmp_path,
        build,
        (
            *BY_CHECK_WHOLE,
            *receipt(
                (
                    Step("Select AR DEPOSIT TICKET #:", "A123456"),
                    Step("ARE YOU ADDING 'A123456' AS A NEW AR DEPOSIT TICKET", "YES"),
                )
            ),
            *(Step(step.sees, "Select=2") if step.types == "Select=1" else step for step in BY_CHECK_WHOLE),
            *receipt((Step("Select AR DEPOSIT TICKET #:", " "),)),
            Step("Select Clerk's AR Menu Option:", ""),
            Step("Do you really want to halt?", "YES"),
        ),
    )
    assert {row["deposit"] for row in books["receipts"]} == {"A123456"}
    assert [row["status"] for row in books["receipts"]] == ["OPEN", "OPEN"]


def test_a_caret_with_an_option_asks_about_an_unfiled_split_and_another_patient(tmp_path: Path) -> None:
    def build(store: Store, actor: Actor) -> None:
        given.bills(store, actor, {"K1": 120})
        given.bills(store, actor, {"K9": 80}, patient="DEMOVET,BRAVO")
        given.matched_era(store, actor, trace="EFT-1", claims=[("K1", 120, 100)], eft_amount=100)

    split: tuple[Step, ...] = (
        Step("ARE YOU SURE YOU WANT TO CONTINUE?: NO//", "YES"),
        Step("CLAIM #: K1//", "=60"),
        Step("CLAIM #:", "K9="),
    )
    books: dict[str, Any] = both_ways(
        tmp_path,
        build,
        (
            *BY_EFT,
            Step("EEOB Worklist/Scratch Pad", "S"),
            *split,
            Step("TOTALS:                             100.00", "^WL"),
            Step("DO YOU WANT TO FILE THEM BEFORE YOU EXIT?: NO//", "YES"),
            Step("TYPE K9 AGAIN TO GIVE IT MONEY OF THIS LINE: NO//", "K9"),
            *TO_THE_LIST[2:],
            Step("ERA List - Worklist", "SE=1"),
            Step("ORDER OF PAYMENTS", ""),
            Step("1.002 Claim #: K9", "^^"),
            *HOME[1:],
        ),
    )
    (entry,) = books["eras"][0]["scratchpad"]["entries"]
    assert [(line["claim"], line["net"]) for line in entry["lines"]] == [("K1", "60.00"), ("K9", "40.00")]
