"""A large ERA is cut into three batches and worked by three clerks at the same time, to one receipt."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from models.store import Store
from services.office.actor import Actor
from tests import given, ledger
from tests.journeys.journey import ROOT, Step, both_ways, open_journey_site, wait_for
from tests.journeys.ways import BY_EFT, HALT, HOME, PROCESSED, TO_LOCKBOX, TO_THE_RECEIPT, to_era
from tests.terminal.pseudo_terminal import PseudoTerminal

#: The patients of each batch, with the beginning of their bills' numbers.
PATIENTS = {"A": "ALPHA,VET", "K": "KILO,VET", "T": "TANGO,VET"}
EACH = 20

INTO_THREE = (
    *BY_EFT[:-1],
    Step("DO YOU WANT TO SPLIT THIS ERA INTO BATCHES?: YES//", ""),
    Step("CRITERIA SELECTION:", "2"),
    Step("DO YOU WANT TO NAME YOUR OWN BATCHES?: NO//", ""),
    Step("START FROM LAST NAME BEGINNING WITH: A", "H"),
    Step("START FROM LAST NAME BEGINNING WITH: I", "Q"),
    Step("START FROM LAST NAME BEGINNING WITH: R", "Z"),
    Step("3 BATCHES CREATED.", ""),
)
ALL_READY = (
    Step("EEOB Worklist/Scratch Pad", "Batch Maintenance"),
    Step("Select Action: Quit//", "3"),
    Step("ARE YOU SURE YOU WANT TO DO THIS?: NO//", "YES"),
    Step("ALL BATCHES ARE NOW READY TO POST", ""),
    Step("5     QUIT AND RETURN TO WORKLIST", "5"),
)
POSTED = (
    *TO_THE_RECEIPT,
    Step("DO YOU WANT TO GO TO RECEIPT PROCESSING NOW?", ""),
    Step("Receipt Status: OPEN", "PR"),
    *PROCESSED,
    *HOME,
)

REVIEW_BEGUN = (
    Step("1.001 Claim #: A000", "Review Line=2"),
    Step("DO YOU WANT TO TURN IT ON?: YES//", ""),
    Step("  1>", "Whose is it?"),
    Step("  2>", ""),
    Step("EDIT Option:", ""),
    Step("REVIEWED?:", "IN"),
)


def large_era(store: Store, actor: Actor) -> None:
    """An ERA of 60 EEOBs, with its EFT."""
    claims = []
    for letter, patient in PATIENTS.items():
        numbers = [f"{letter}{number:03d}" for number in range(EACH)]
        given.bills(store, actor, dict.fromkeys(numbers, 20), patient=patient)
        claims += [given.Claim(number, 20, 10, patient=patient) for number in numbers]
    given.matched_era(store, actor, trace="EFT-60", claims=claims, eft_amount=10 * len(claims))


def test_a_divided_era_is_posted_by_one_clerk(tmp_path: Path) -> None:
    books = both_ways(
        tmp_path,
        large_era,
        (
            *INTO_THREE,
            Step("DO YOU WANT THE (E)NTIRE ERA OR JUST A (B)ATCH?", "E"),
            Step("ORDER OF PAYMENTS", ""),
            *ALL_READY,
            *POSTED,
        ),
    )
    assert (books["receipts"][-1]["status"], books["receipts"][-1]["total"]) == ("CLOSED", "600.00")
    entries = books["eras"][0]["scratchpad"]["entries"]
    assert [entry["batch"] for entry in entries] == [1] * EACH + [2] * EACH + [3] * EACH


def test_three_clerks_work_in_three_terminals_at_the_same_time(tmp_path: Path) -> None:
    site = open_journey_site(tmp_path, large_era)
    environment = {"XDG_DATA_HOME": str(site.home), "PYTHONPATH": str(ROOT)}
    with ExitStack() as room:
        first, second, third = (
            room.enter_context(PseudoTerminal(["-m", "lockbox_tui"], environment)) for _ in PATIENTS
        )
        types(first, (*INTO_THREE, Step("JUST A (B)ATCH?", "B"), *in_batch(1, "A")))
        for terminal, number, letter in ((second, 2, "K"), (third, 3, "T")):
            types(terminal, (*TO_LOCKBOX, *to_era(1)))
            terminal.until_text("AT LEAST 1 BATCH WITHIN THIS ERA IS CURRENTLY IN USE")
            types(terminal, in_batch(number, letter))
        # All three stand in a split of their own now.
        at = ((first, 1, "A"), (second, 2, "K"), (third, 3, "T"))
        for terminal, _, letter in at:
            types(
                terminal,
                (
                    Step("PAYMENT AMOUNT TO APPLY TO THIS CLAIM: 10.00//", "4"),
                    Step("RECEIPT LINE COMMENT:", ""),
                    Step("CLAIM #:", f"{letter}001"),
                    Step("PAYMENT AMOUNT TO APPLY TO THIS CLAIM: 6.00//", ""),
                    Step("RECEIPT LINE COMMENT:", ""),
                ),
            )
        for terminal, number, letter in at:
            types(
                terminal,
                (
                    Step("File New Lines", "F"),
                    Step(f"1.002 Claim #: {letter}001", "Batch Maintenance"),
                    Step(f"EDITING BATCH #{number}", ""),
                    Step("READY TO POST: NOT READY//", "YES"),
                ),
            )
            terminal.until_text(f"BATCH: {number}  LAST NAME FROM ")
            terminal.until_text("ZZZ  READY")
        for terminal in (second, third):
            types(terminal, (Step("EEOB Worklist/Scratch Pad", "Exit"), *HALT))
            assert terminal.wait() == 0
        types(
            first,
            (
                Step("EEOB Worklist/Scratch Pad", "Exit"),
                Step("ERA List - Worklist", "Select=1"),
                Step("DO YOU WANT THE (E)NTIRE ERA OR JUST A (B)ATCH?", "E"),
                Step("ORDER OF PAYMENTS", ""),
                *POSTED,
            ),
        )
        assert first.wait() == 0
    store = site.store()
    ledger.assert_clean(store)
    store.close()
    books = site.books()
    receipt = books["receipts"][-1]
    assert (receipt["status"], receipt["total"]) == ("CLOSED", "600.00")
    owed = {bill["number"]: bill["balance"] for bill in books["bills"]}
    for letter in PATIENTS:
        assert [owed[f"{letter}{number:03d}"] for number in range(3)] == ["16.00", "4.00", "10.00"]


def test_a_line_lost_in_the_middle_of_a_split_leaves_nothing_half_done(tmp_path: Path) -> None:
    site = open_journey_site(tmp_path, large_era)
    environment = {"XDG_DATA_HOME": str(site.home), "PYTHONPATH": str(ROOT)}
    with PseudoTerminal(["-m", "lockbox_tui"], environment) as terminal:
        types(
            terminal,
            (*INTO_THREE, Step("JUST A (B)ATCH?", "B"), *to_batch(1), *REVIEW_BEGUN, *split_begun("A")),
        )
        terminal.until_text("PAYMENT AMOUNT TO APPLY TO THIS CLAIM: 10.00//")
        used = [batch["used_by"] for batch in site.asks("batch", "list", "1")]
        assert [by is not None for by in used] == [True, False, False]
        terminal.send("4\r\r")
        terminal.until_text("RECEIPT LINE COMMENT:")
        terminal.hang_up()
        terminal.wait()
    assert [batch["used_by"] for batch in site.asks("batch", "list", "1")] == [None, None, None]
    pad = site.asks("era", "show", "1")["scratchpad"]
    assert [len(entry["lines"]) for entry in pad["entries"]] == [1] * 3 * EACH
    assert pad["net"] == "600.00"
    store = site.store()
    ledger.assert_clean(store)
    store.close()
    with PseudoTerminal(["-m", "lockbox_tui"], environment) as terminal:
        types(terminal, (*TO_LOCKBOX, *to_era(1), Step("JUST A (B)ATCH?", "B"), *to_batch(1)))
        types(
            terminal, (Step("LINE 2 IS IN PROCESS OF REVIEW BY YOU", ""), Step("Whose is it?", "Exit"), *HALT)
        )
        assert terminal.wait() == 0
    # Nobody has it any more, and the entire ERA can be worked.
    site.asks("scratchpad", "split", "1", "1.001", "A000=4", "A001=6")


def in_batch(number: int, letter: str) -> tuple[Step, ...]:
    """Opens a batch and begins to split its first line."""
    return (*to_batch(number), *split_begun(letter))


def to_batch(number: int) -> tuple[Step, ...]:
    """Opens a batch."""
    return (Step("Select BATCH:", str(number)), Step("ORDER OF PAYMENTS", ""))


def split_begun(letter: str) -> tuple[Step, ...]:
    """Begins to split the first line of a batch."""
    return (
        Step(f"1.001 Claim #: {letter}000", "S=1"),
        Step("ARE YOU SURE YOU WANT TO CONTINUE?: NO//", "YES"),
        Step(f"CLAIM #: {letter}000//", ""),
    )


def types(terminal: PseudoTerminal, steps: Sequence[Step]) -> None:
    """Types answers, each when its question has been seen."""
    for step in steps:
        wait_for(terminal, step)
        terminal.send(f"{step.types}\r")
