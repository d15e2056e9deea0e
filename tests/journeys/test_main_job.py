"""The main job, from WL to a processed receipt, as clerks do it in the manual's examples."""

from pathlib import Path
from typing import Any

from models.store import Store
from services.office.actor import Actor
from tests import given
from tests.journeys.journey import Step, both_ways
from tests.journeys.ways import BY_CHECK_WHOLE, BY_EFT, BY_EFT_WHOLE, HOME, PROCESSED, TO_THE_RECEIPT


def bill(books: dict[str, Any], number: str) -> Any:
    """A bill in the books."""
    return next(row for row in books["bills"] if row["number"].endswith(number))


def payments(books: dict[str, Any]) -> list[tuple[str, str]]:
    """What the last receipt paid: account and amount, suspense as an empty account."""
    receipt = books["receipts"][-1]
    assert receipt["status"] == "CLOSED"
    return [(line["bill"] or "", line["amount"]) for line in receipt["lines"]]


def test_a_paper_check_and_its_era(tmp_path: Path) -> None:
    def build(store: Store, actor: Actor) -> None:
        given.bills(store, actor, {"K1": 120, "K2": 80})
        given.era(store, actor, trace="CHK-7001", method="CHK", claims=[("K1", 120, 100), ("K2", 80, 80)])

    books = both_ways(
        tmp_path,
        build,
        (
            *BY_CHECK_WHOLE,
            *TO_THE_RECEIPT,
            Step("Select AR DEPOSIT TICKET #:", "A123456"),
            Step("ARE YOU ADDING 'A123456' AS A NEW AR DEPOSIT TICKET", "YES"),
            Step("DO YOU WANT TO GO TO RECEIPT PROCESSING NOW?", ""),
            Step("Receipt Status: OPEN", "PR"),
            Step("BANK DEPOSIT DATE:", ""),
            *PROCESSED,
            *HOME,
        ),
    )
    receipt = books["receipts"][-1]
    assert (receipt["status"], receipt["document_status"]) == ("CLOSED", "ACCEPTED BY FMS")
    assert receipt["document"].startswith("CR-")
    assert (bill(books, "K1")["balance"], bill(books, "K2")["balance"]) == ("20.00", "0.00")
    assert bill(books, "K2")["status"] == "COLLECTED/CLOSED"
    assert books["eras"][0]["match_status"] == "MATCHED TO PAPER CHECK"
    assert books["eras"][0]["post_status"] == "POSTED"


def test_an_era_matched_to_its_eft(tmp_path: Path) -> None:
    def build(store: Store, actor: Actor) -> None:
        given.bills(store, actor, {"K1": 120, "K2": 80})
        given.matched_era(
            store, actor, trace="EFT-1", claims=[("K1", 120, 100), ("K2", 80, 80)], eft_amount=180
        )

    books = both_ways(
        tmp_path,
        build,
        (
            *BY_EFT_WHOLE,
            *TO_THE_RECEIPT,
            Step("DO YOU WANT TO GO TO RECEIPT PROCESSING NOW?", ""),
            Step("Receipt Status: OPEN", "PR"),
            *PROCESSED,
            *HOME,
        ),
    )
    assert books["receipts"][-1]["document"].startswith("TR-")
    assert [row["amount"] for row in bill(books, "K1")["transactions"]] == ["120.00", "100.00"]


def test_a_payment_of_343_99_split_into_100_00_and_243_99(tmp_path: Path) -> None:
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
            Step("Payment Amt: 343.99", "Split/Edit"),
            Step("ARE YOU SURE YOU WANT TO CONTINUE?: NO//", "YES"),
            Step("CLAIM #: K4//", ""),
            Step("PAYMENT AMOUNT TO APPLY TO THIS CLAIM: 343.99//", "100.00"),
            Step("RECEIPT LINE COMMENT:", "SPLIT PAYMENT REMAINDER APPLIED TO K5"),
            Step("CLAIM #:", "K5"),
            Step("PAYMENT AMOUNT TO APPLY TO THIS CLAIM: 243.99//", ""),
            Step("RECEIPT LINE COMMENT:", "SPLIT PAYMENT - ORIG APPLIED TO K4"),
            Step("TOTALS:                             343.99", "File New Lines"),
            Step("1.002 Claim #: K5", "Look At Receipt"),
            *TO_THE_RECEIPT[1:],
            Step("DO YOU WANT TO GO TO RECEIPT PROCESSING NOW?", ""),
            Step("Receipt Status: OPEN", "PR"),
            *PROCESSED,
            *HOME,
        ),
    )
    assert [amount for _, amount in payments(books)] == ["100.00", "243.99"]
    assert (bill(books, "K4")["balance"], bill(books, "K5")["balance"]) == ("0.00", "2097.40")


def test_a_clipped_payment_of_14_00_distributed_to_a_line_of_243_99(tmp_path: Path) -> None:
    def build(store: Store, actor: Actor) -> None:
        given.bills(store, actor, {"K6": "243.99"})
        given.matched_era(
            store,
            actor,
            trace="EFT-3",
            claims=[("K6", "243.99", "243.99")],
            plbs=[("WO", "S1234", 14)],
            eft_amount="229.99",
        )

    books = both_ways(
        tmp_path,
        build,
        (
            *BY_EFT,
            Step("***ADJUSTMENT AT ERA LEVEL", "Distribute"),
            Step("SELECT A LINE THAT NEEDS AN ADJUSTMENT AMOUNT DISTRIBUTED: 1.001//", ""),
            Step("SELECT A LINE TO DISTRIBUTE THE ADJUSTMENT AMOUNT TO:", "2.001"),
            Step("ADJUSTMENT AMOUNT TO DISTRIBUTE: 14.00//", ""),
            Step("RETRACTED FOR ERA ADJ #1 Ref: S1234", ""),
            Step("Amt To Post: 229.99", "Look At Receipt"),
            *TO_THE_RECEIPT[1:],
            Step("DO YOU WANT TO GO TO RECEIPT PROCESSING NOW?", ""),
            Step("Pending decrease adjustment for -14.00", "PR"),
            Step("ARE YOU SURE YOU WANT TO CONTINUE?", ""),
            *PROCESSED,
            *HOME,
        ),
    )
    target = bill(books, "K6")
    assert (target["balance"], target["status"]) == ("0.00", "COLLECTED/CLOSED")
    decrease = next(row for row in target["transactions"] if row["type"] == "DECREASE ADJUSTMENT")
    assert (decrease["amount"], decrease["comment"]) == ("14.00", "RETRACTED FOR ERA ADJ #1 Ref: S1234")


def test_an_eft_that_is_more_than_its_era(tmp_path: Path) -> None:
    def build(store: Store, actor: Actor) -> None:
        given.bills(store, actor, {"K7": 85})
        given.matched_era(store, actor, trace="EFT-4", claims=[("K7", 85, 85)], eft_amount=90)

    books = both_ways(
        tmp_path,
        build,
        (
            *BY_EFT,
            Step("*** ADJUSTMENT LINE FOR TOTALS MISMATCH", "Look At Receipt"),
            Step("[SUSPENSE]TOTALS MISMATCH", "Create Receipt"),
            TO_THE_RECEIPT[2],
            Step("DO YOU WANT TO GO TO RECEIPT PROCESSING NOW?", ""),
            Step("Receipt Status: OPEN", "PR"),
            *PROCESSED,
            *HOME,
        ),
    )
    assert sorted(payments(books)) == [("", "5.00"), ("K7", "85.00")]


def test_an_eft_that_is_less_than_its_era(tmp_path: Path) -> None:
    def build(store: Store, actor: Actor) -> None:
        given.bills(store, actor, {"K8": 85})
        given.matched_era(store, actor, trace="EFT-5", claims=[("K8", 85, 85)], eft_amount=80)

    books = both_ways(
        tmp_path,
        build,
        (
            *BY_EFT,
            Step("*** ADJUSTMENT LINE FOR TOTALS MISMATCH", "Distribute"),
            Step("SELECT A LINE THAT NEEDS AN ADJUSTMENT AMOUNT DISTRIBUTED: 1.001//", ""),
            Step("SELECT A LINE TO DISTRIBUTE THE ADJUSTMENT AMOUNT TO:", "2.001"),
            Step("ADJUSTMENT AMOUNT TO DISTRIBUTE: 5.00//", ""),
            Step("RETRACTED FOR ERA ADJ", ""),
            Step("Amt To Post: 80.00", "Look At Receipt"),
            *TO_THE_RECEIPT[1:],
            Step("DO YOU WANT TO GO TO RECEIPT PROCESSING NOW?", ""),
            Step("Pending decrease adjustment for -5.00", "PR"),
            Step("ARE YOU SURE YOU WANT TO CONTINUE?", ""),
            *PROCESSED,
            *HOME,
        ),
    )
    assert payments(books) == [("K8", "80.00")]
    assert bill(books, "K8")["balance"] == "0.00"
