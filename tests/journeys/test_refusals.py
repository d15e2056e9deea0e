"""Every refusal of the main job's dialogues: the clerk reads why, and nothing has changed."""

import io
from pathlib import Path

from sqlalchemy import update

from models.site import RateType
from models.store import Store
from services.office import leases
from services.office.actor import Actor
from tests import given
from tests.clerk import Clerk
from tests.journeys.journey import Step, both_ways, refused_both_ways
from tests.journeys.ways import HALT, HOME, TO_LOCKBOX, TO_THE_LIST, to_era, to_pad

ACTION = "Select Action:"
NEGATIVE = "SELECT A LINE THAT NEEDS AN ADJUSTMENT AMOUNT DISTRIBUTED:"
TARGET = "SELECT A LINE TO DISTRIBUTE THE ADJUSTMENT AMOUNT TO:"
PAYMENT = "PAYMENT AMOUNT TO APPLY TO THIS CLAIM:"
TICKET = "Select AR DEPOSIT TICKET #:"


def free(store: Store, actor: Actor) -> None:
    """Gives back what the test's clerk held while he built."""
    with store.writing() as session:
        leases.give_back_all(session, actor)


def by_check(
    store: Store, actor: Actor, trace: str, claims: list[tuple[str, int, int]], taken: int = 0
) -> int:
    """An ERA with its scratch pad, paid by a check; `taken` is kept back at the level of the ERA."""
    plbs = [("WO", "S1234", taken)] if taken else []
    number = given.era(store, actor, trace=trace, method="CHK", claims=claims, plbs=plbs)
    Clerk(store, actor).opens(number, check=trace)
    return number


def test_opening_a_scratch_pad(tmp_path: Path) -> None:
    def build(store: Store, actor: Actor) -> None:
        given.bills(store, actor, {"K1": 120})
        given.era(store, actor, trace="CHK-1", method="CHK", claims=[("K1", 120, 100)])

    create = Step("DO YOU WANT TO CREATE ONE NOW?: NO//", "YES")
    check = "ENTER THE NUMBER OF THE PAPER CHECK"
    refused_both_ways(
        tmp_path,
        build,
        (
            *TO_LOCKBOX,
            Step("Select EDI Lockbox Option:", "WL"),
            Step("DO YOU WANT A (L)IST", "X"),
            Step("Choose one of:", "S"),
            Step("Select ELECTRONIC REMITTANCE ADVICE ENTRY:", "NO SUCH TRACE"),
            Step("Nothing found for NO SUCH TRACE.", "1"),
            Step("DO YOU WANT TO CREATE ONE NOW?: NO//", "PERHAPS"),
            Step("Enter either 'Y' or 'N'.", ""),
            *to_era(1),
            create,
            Step(check, "@"),
            Step("THERE MUST EITHER BE A PAPER CHECK OR AN EFT FOR THIS ERA", ""),
            *to_era(1),
            create,
            Step(check, "^"),
            Step("THERE MUST EITHER BE A PAPER CHECK OR AN EFT FOR THIS ERA", ""),
            *to_era(1),
            create,
            Step(check, "9" * 51),
            Step("Type 1 to 50 characters.", ""),
            Step("DATE OF CHECK:", "T+1"),
            Step("not after", "YESTERDAY-ISH"),
            Step("DATE OF CHECK:", "^"),
            *to_era(1),
            create,
            Step(check, ""),
            Step("DATE OF CHECK:", ""),
            Step("CHECK BANK/ROUTING #:", "1234567890123456"),
            Step("Type 1 to 15 characters.", ""),
            Step("IS THIS CORRECT?", "^"),
            *to_era(1),
            create,
            Step(check, ""),
            Step("DATE OF CHECK:", ""),
            Step("CHECK BANK/ROUTING #:", ""),
            Step("IS THIS CORRECT?", "NO"),
            *to_era(1),
            create,
            Step(check, ""),
            Step("DATE OF CHECK:", ""),
            Step("CHECK BANK/ROUTING #:", ""),
            Step("IS THIS CORRECT?", ""),
            Step("ORDER OF PAYMENTS", "^"),
            *HALT,
        ),
    )


def test_splitting_a_line(tmp_path: Path) -> None:
    def build(store: Store, actor: Actor) -> None:
        given.bills(store, actor, {"K1": 120})
        with store.writing() as session:
            session.execute(update(RateType).values(auto_audit=False))
        given.bills(store, actor, {"K2": 80})
        by_check(store, actor, "CHK-1", [("K1", 120, 100)])
        free(store, actor)

    sure = "ARE YOU SURE YOU WANT TO CONTINUE?: NO//"
    refused_both_ways(
        tmp_path,
        build,
        (
            *TO_LOCKBOX,
            *to_pad(1),
            Step(ACTION, "Split/Edit=2"),
            Step("Selection '2' is not a valid choice.", ""),
            Step(ACTION, "Split/Edit"),
            Step(sure, ""),
            Step(ACTION, "Split/Edit"),
            Step(sure, "YES"),
            Step("CLAIM #: K1//", "UNKNOWN1"),
            Step("THIS CLAIM WAS NOT FOUND IN YOUR AR.", ""),
            Step("CLAIM #: K1//", "K2"),
            Step("CLAIM IS IN AN INCOMPLETE STATUS", "K1"),
            Step(f"{PAYMENT} 100.00//", "100.01"),
            Step("Type an amount between 0.00 and 100.00", "1.005"),
            Step(f"{PAYMENT} 100.00//", "MUCH"),
            Step(f"{PAYMENT} 100.00//", "-1"),
            Step(f"{PAYMENT} 100.00//", "60"),
            Step("RECEIPT LINE COMMENT:", "X" * 61),
            Step("Type 1 to 60 characters.", ""),
            Step("CLAIM #:", ""),
            Step("YOU MUST SPLIT THE ENTIRE AMOUNT OF THE LINE.", ""),
            Step("CLAIM #:", "^"),
            Step(ACTION, "Split/Edit"),
            Step(sure, "YES"),
            Step("CLAIM #: K1//", "@"),
            Step("DO YOU WANT TO ABORT THIS SPLIT NOW?", "YES"),
            Step(ACTION, "Split/Edit"),
            Step(sure, "YES"),
            Step("CLAIM #: K1//", ""),
            Step(f"{PAYMENT} 100.00//", ""),
            Step("RECEIPT LINE COMMENT:", ""),
            Step("EEOB WORKLIST SPLIT LINE", "Edit Lines Split"),
            Step("CLAIM #: K1//", ""),
            Step(f"{PAYMENT} 100.00//", "90"),
            Step("RECEIPT LINE COMMENT:", ""),
            Step("**** TOTAL AMOUNTS ENTERED DO NOT MATCH", "File New Lines"),
            Step("TOTAL PAYMENTS DO NOT MATCH THE ORIGINAL AMOUNT(s):", ""),
            Step("EEOB WORKLIST SPLIT LINE", "Exit"),
            Step("THE TOTALS DO NOT MATCH: THE LINE STAYS AS IT WAS", ""),
            Step("EEOB Worklist/Scratch Pad", "Split/Edit"),
            Step(sure, "YES"),
            Step("CLAIM #: K1//", ""),
            Step(f"{PAYMENT} 100.00//", ""),
            Step("RECEIPT LINE COMMENT:", ""),
            Step("EEOB WORKLIST SPLIT LINE", "Exit"),
            Step("DO YOU WANT TO FILE THEM BEFORE YOU EXIT?", ""),
            Step("EEOB Worklist/Scratch Pad", "Exit"),
            *HALT,
        ),
    )


def test_distributing_an_adjustment(tmp_path: Path) -> None:
    def build(store: Store, actor: Actor) -> None:
        clerk = Clerk(store, actor)
        ids = given.bills(store, actor, {"K1": 100, "K2": 200, "K3": 50, "K4": 30, "K5": 30, "K6": 30})
        by_check(store, actor, "CHK-1", [("K1", 100, 100)])
        torn = by_check(store, actor, "CHK-2", [("K2", 200, 200), ("K3", 50, 50)], taken=14)
        clerk.splits(torn, (2, 1), ("K2", 120), ("K1", 80))
        clerk.adjusts(ids["K3"], 50)
        by_check(store, actor, "CHK-3", [("K4", 30, 0), ("UNKNOWN9", 20, 20)], taken=14)
        by_check(store, actor, "CHK-4", [("K5", 30, 5), ("UNKNOWN9", 20, 20)], taken=14)
        free(store, actor)

    refused_both_ways(
        tmp_path,
        build,
        (
            *TO_LOCKBOX,
            *to_pad(1),
            Step(ACTION, "Distribute"),
            Step("NO LINES EXIST NEEDING ADJUSTMENT DISTRIBUTION", ""),
            Step(ACTION, "Exit"),
            *to_pad(3),
            Step(ACTION, "Distribute"),
            Step("NO VALID LINES EXIST ON THIS ERA WHERE A DISTRIBUTION CAN BE MADE", ""),
            Step(ACTION, "Exit"),
            *to_pad(4),
            Step(ACTION, "Distribute"),
            Step("THE ERA DOES NOT HAVE ENOUGH VALID PAYMENTS TO OFFSET THIS DISTRIBUTION", ""),
            Step(ACTION, "Exit"),
            *to_pad(2),
            Step(ACTION, "Distribute"),
            Step(NEGATIVE, "9.001"),
            Step("THIS LINE DOES NOT EXIST FOR THIS ERA", "2.001"),
            Step("THIS LINE DOESN'T NEED AN ADJUSTMENT DISTRIBUTION", "2"),
            Step("PLEASE ENTER THE ENTIRE LINE # (Such as: 1.001)", "1"),
            Step(TARGET, "2"),
            Step(TARGET, "1.001"),
            Step("THIS LINE CANNOT BE USED FOR AN ADJUSTMENT DISTRIBUTION", "3.001"),
            Step("CANNOT PERFORM DISTRIBUTION TO THIS CLAIM", "2.002"),
            Step("ADJUSTMENT AMOUNT TO DISTRIBUTE: 14.00//", "14.01"),
            Step("Type an amount between 0.01 and 14.00", "0"),
            Step("ADJUSTMENT AMOUNT TO DISTRIBUTE: 14.00//", "^"),
            Step("NO AMOUNT WAS ENTERED - TRY AGAIN LATER", ""),
            Step(ACTION, "Distribute"),
            Step(NEGATIVE, "^"),
            Step(ACTION, "Distribute"),
            Step(NEGATIVE, ""),
            Step(TARGET, "^"),
            Step(ACTION, "Distribute"),
            Step(NEGATIVE, ""),
            Step(TARGET, "2.001"),
            Step("ADJUSTMENT AMOUNT TO DISTRIBUTE: 14.00//", ""),
            Step("DECREASE ADJ COMMENT (1-60 CHARACTERS):", "ZZZ"),
            Step("ZZZ is no part of the text.", "..."),
            Step("    With", "X" * 61),
            Step("XXX  Replace", ""),
            Step("> RETRACTED FOR ERA ADJ #1 Ref: S1234  Replace", "^"),
            Step(ACTION, "Exit"),
            *HALT,
        ),
    )


def test_creating_a_receipt(tmp_path: Path) -> None:
    def build(store: Store, actor: Actor) -> None:
        given.bills(store, actor, {"K1": 100, "K2": 200, "K3": 50})
        by_check(store, actor, "CHK-1", [("K1", 100, 100)], taken=14)
        by_check(store, actor, "CHK-2", [("K2", 200, 200)])
        done = by_check(store, actor, "CHK-3", [("K3", 50, 50)])
        Clerk(store, actor).creates_receipt(done)
        free(store, actor)

    sure = "ARE YOU SURE YOU ARE READY TO CREATE THIS RECEIPT?: NO//"
    refused_both_ways(
        tmp_path,
        build,
        (
            *TO_LOCKBOX,
            *to_pad(1),
            Step("EEOB Worklist/Scratch Pad", "Look At Receipt"),
            Step("Enter RETURN to continue or '^' to exit:", "^"),
            Step(ACTION, "Look At Receipt"),
            Step("NO RECEIPT CAN BE CREATED FOR THIS ERA UNTIL THEY ARE", ""),
            Step("LINES WITH NEGATIVE BALANCES STILL NEEDING TO BE DISTRIBUTED:", "Create Receipt"),
            Step(sure, ""),
            Step("NO RECEIPT CREATED", ""),
            Step(ACTION, "Create Receipt"),
            Step(sure, "YES"),
            Step("AT LEAST ONE LINE ITEM WAS FOUND WITH A NEGATIVE PAYMENT AMOUNT", ""),
            Step(ACTION, "Exit"),
            Step("EEOB Worklist/Scratch Pad", "Exit"),
            *to_pad(2),
            Step("EEOB Worklist/Scratch Pad", "Look At Receipt"),
            Step("PAYMENTS (LINES FOR RECEIPT):", "Create Receipt"),
            Step(sure, "^"),
            Step("PAYMENTS (LINES FOR RECEIPT):", "Create Receipt"),
            Step(sure, "YES"),
            Step(TICKET, "123456789"),
            Step("9 digits limited to automatic deposits", "NONSENSE"),
            Step("A DEPOSIT TICKET IS ONE LETTER AND SIX DIGITS", "A123456"),
            Step("ARE YOU ADDING 'A123456' AS A NEW AR DEPOSIT TICKET", "NO"),
            Step(TICKET, "^"),
            Step("PAYMENTS (LINES FOR RECEIPT):", "Exit"),
            Step("EEOB Worklist/Scratch Pad", "Exit"),
            *to_era(3),
            Step("THIS ERA ALREADY HAS A RECEIPT - YOU MAY ONLY VIEW ITS SCRATCH PAD", ""),
            Step("ORDER OF PAYMENTS", ""),
            Step("(Split/Edit A Line)", "Split/Edit"),
            Step("THIS ACTION IS NOT AVAILABLE SINCE THE ERA ALREADY HAS A RECEIPT.", "Refresh"),
            Step("Refresh Scratch Pad may not be selected at this point.", "Look At Receipt"),
            Step("(Create Receipt)", "Create Receipt"),
            Step("NO RECEIPT CREATED", "Exit"),
            Step("EEOB Worklist/Scratch Pad", "Exit"),
            *HALT,
        ),
    )


#: From the first menu to Receipt Processing, and from there to the end of the program.
TO_RECEIPTS = (
    Step("Select Clerk's AR Menu Option:", "Agent Cashier"),
    Step("Select Agent Cashier Menu Option:", "RP"),
)
FROM_RECEIPTS = (
    Step("Select RECEIPT:", ""),
    Step("Select Agent Cashier Menu Option:", "^^"),
    Step("Select Clerk's AR Menu Option:", ""),
    Step("Do you really want to halt?", "YES"),
)


def test_processing_a_receipt_that_pays_too_much(tmp_path: Path) -> None:
    def build(store: Store, actor: Actor) -> None:
        clerk = Clerk(store, actor)
        ids = given.bills(store, actor, {"K1": 100})
        era = by_check(store, actor, "CHK-1", [("K1", 100, 100)])
        clerk.creates_receipt(era, "A123456")
        clerk.adjusts(ids["K1"], 40)
        free(store, actor)

    refused_both_ways(
        tmp_path,
        build,
        (
            *TO_RECEIPTS,
            Step("Select RECEIPT:", "E9999"),
            Step("Nothing found for E9999.", "E"),
            Step("Receipt Status: OPEN", "PR"),
            Step("Pending Payments $ 100.00 exceed billed amount $ 60.00", ""),
            Step("Adjust payments listed above before processing.", "CP"),
            Step("CANCEL COMMENT:", ""),
            Step("This is a required response.", "WRONG"),
            Step("ARE YOU SURE YOU WANT TO CANCEL THIS PAYMENT?: NO//", ""),
            Step("Receipt Status: OPEN", "NP"),
            Step("ACCOUNT (BILL NUMBER):", "K999"),
            Step("THERE IS NO BILL K999", "K1"),
            Step("PAYMENT AMOUNT:", "0"),
            Step("Type an amount between 0.01", "TEN"),
            Step("PAYMENT AMOUNT:", "10"),
            Step("DATE OF PAYMENT:", "T+1"),
            Step("T+1  (", "NEVER"),
            Step("DATE OF PAYMENT:", "^"),
            Step("Receipt Status: OPEN", "EP"),
            Step("ACCOUNT (BILL NUMBER): K1//", "K998"),
            Step("THERE IS NO BILL K998", ""),
            Step("PAYMENT AMOUNT: 100.00//", "^"),
            Step("Receipt Status: OPEN", "Move Payment"),
            Step("Move Payment is not in this release.", "EA"),
            *FROM_RECEIPTS,
        ),
    )


def test_a_receipt_that_is_refused_is_mended_and_processed_once(tmp_path: Path) -> None:
    def build(store: Store, actor: Actor) -> None:
        given.bills(store, actor, {"K1": 100, "K2": 80})
        era = by_check(store, actor, "CHK-1", [("K1", 100, 100), ("K2", 80, 80)])
        Clerk(store, actor).creates_receipt(era, "A123456")
        free(store, actor)

    books = both_ways(
        tmp_path,
        build,
        (
            *TO_RECEIPTS,
            Step("Select RECEIPT:", "E"),
            Step("Receipt Status: OPEN", "CP=2"),
            Step("CANCEL COMMENT:", "NOT K2'S MONEY"),
            Step("ARE YOU SURE YOU WANT TO CANCEL THIS PAYMENT?: NO//", "YES"),
            Step("Payment 2 cancelled", "EP=2"),
            Step("Payment Transaction 2 is CANCELLED.", ""),
            Step("Receipt Status: OPEN", "PR"),
            Step("Receipt total not = ERA total - Receipt NOT processed", ""),
            Step("Receipt Status: OPEN", "NP"),
            Step("ACCOUNT (BILL NUMBER):", ""),
            Step("PAYMENT AMOUNT:", "70"),
            Step("DATE OF PAYMENT:", ""),
            Step("COMMENT:", "KEPT UNTIL IT IS KNOWN WHOSE"),
            Step("Payment 3 of 70.00 added", "EP=3"),
            Step("ACCOUNT (BILL NUMBER):", ""),
            Step("PAYMENT AMOUNT: 70.00//", "80"),
            Step("DATE OF PAYMENT:", ""),
            Step("COMMENT:", ""),
            Step("Payment 3 edited", "PR"),
            Step("BANK DEPOSIT DATE:", ""),
            Step("Are you sure you want to PROCESS this receipt?", "NO"),
            Step("Receipt NOT processed", "PR"),
            Step("BANK DEPOSIT DATE:", ""),
            Step("Are you sure you want to PROCESS this receipt?", "YES"),
            Step("Press RETURN to continue:", ""),
            Step("Receipt Status: CLOSED", "PR"),
            Step("You cannot reprocess and retransmit an ACCEPTED document.", ""),
            Step("Receipt Status: CLOSED", "EA"),
            *FROM_RECEIPTS,
        ),
    )
    (receipt,) = (row for row in books["receipts"] if row["number"].startswith("E"))
    assert [(line["bill"], line["amount"]) for line in receipt["lines"]] == [
        ("K1", "100.00"),
        ("K2", "0.00"),
        (None, "80.00"),
    ]
    assert {row["number"]: row["balance"] for row in books["bills"]} == {"K1": "0.00", "K2": "80.00"}


def test_names_that_would_drive_the_terminal_are_only_text(tmp_path: Path) -> None:
    hostile = "[@click=app.quit]EVIL[/X]\x1b]0;OWNED\x07\x1b[2J"

    def build(store: Store, actor: Actor) -> None:
        given.bills(store, actor, {"K1": 100})
        text = given.remittance_file(("CHK-1", [("K1", 100, 80)]))
        spoilt = text.replace(given.BLUE_RIVER.encode(), hostile.encode())
        assert spoilt != text
        given.brought(store, actor, "hostile.835", io.BytesIO(spoilt))
        Clerk(store, actor).opens(1, check="CHK-1")
        free(store, actor)

    shown = "[@click=app.quit]EVIL[/X]"
    refused_both_ways(
        tmp_path,
        build,
        (
            *TO_THE_LIST,
            Step(shown, "Select=1"),
            Step("ORDER OF PAYMENTS", ""),
            Step(f"Payer Name/ID: {shown}", "^^"),
            *HOME[1:],
        ),
    )
