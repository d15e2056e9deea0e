"""What the screens ask, the command line does not do unasked: it refuses, or tells what will be refused."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lockbox_tui.opening import Work, at_work
from lockbox_tui.settings import read_settings
from tests import given
from tests.lockbox_tui.program import Program


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A program whose site is set up."""
    program = Program(tmp_path)
    program.json("init", "--station", "442", "--name", "DEMO", "--auto-audit")
    return program


@pytest.fixture
def work(program: Program) -> Iterator[Work]:
    """The site at work, to bring it files."""
    with at_work(read_settings(None, {"XDG_DATA_HOME": str(program.home)}, Path("/nonexistent"))) as work:
        yield work


class TestAClaimThatIsNotOnFile:
    @pytest.fixture
    def words(self, program: Program, work: Work) -> tuple[str, ...]:
        """A split of which one claim is mistyped: a small L in place of a 1."""
        given.bills(work.store, work.actor, {"KDJ0014": 500, "KDJ0114": 100})
        era = given.matched_era(
            work.store, work.actor, trace="T1", claims=[("KDJ0014", 500, "472.86")], eft_amount="472.86"
        )
        program.json("scratchpad", "create", str(era))
        return ("scratchpad", "split", str(era), "1.001", "KDJ0014=400", "KDJ0ll4=72.86")

    def test_it_is_refused_with_its_name_and_what_to_say_if_it_is_meant(
        self, program: Program, words: tuple[str, ...]
    ) -> None:
        before = program.json("era", "show", "1")
        said = (
            "CLAIM KDJ0LL4 WAS NOT FOUND IN YOUR AR\n"
            "IF IT IS MEANT SAY --unknown-claims: ITS MONEY GOES TO SUSPENSE THEN"
        )
        assert program.json(*words, status=1) == {"refused": said}
        plainly = program.call(*words)
        assert (plainly.status, plainly.out, plainly.err) == (1, "", f"{said}\n")
        assert program.json("era", "show", "1") == before

    def test_it_is_taken_when_it_is_said_to_be_meant(self, program: Program, words: tuple[str, ...]) -> None:
        (entry,) = program.json(*words, "--unknown-claims")["entries"]
        assert [(line["claim"], line["bill"], line["net"]) for line in entry["lines"]] == [
            ("KDJ0014", "KDJ0014", "400.00"),
            ("KDJ0LL4", None, "72.86"),
        ]

    def test_the_claim_that_the_payer_wrote_may_keep_its_part(self, program: Program, work: Work) -> None:
        given.bills(work.store, work.actor, {"K1": 50, "K2": 50})
        era = given.matched_era(
            work.store, work.actor, trace="T2", claims=[("K1", 50, 30), ("X9", 60, 60)], eft_amount=90
        )
        program.json("scratchpad", "create", str(era))
        _, unknown = program.json("scratchpad", "split", str(era), "2.001", "x9=20", "K2=40")["entries"]
        assert [(line["claim"], line["bill"]) for line in unknown["lines"]] == [("X9", None), ("K2", "K2")]

    def test_a_bill_of_another_patient_is_refused_with_what_to_say_if_it_is_meant(
        self, program: Program, work: Work, words: tuple[str, ...]
    ) -> None:
        given.bills(work.store, work.actor, {"K9": 90}, patient="DEMOVET,BRAVO")
        words = (*words[:4], "KDJ0014=400", "K9=72.86")
        said = "CLAIM K9 IS OF ANOTHER PATIENT: DEMOVET,BRAVO\nIF THAT IS MEANT SAY --other-patients"
        assert program.json(*words, status=1) == {"refused": said}
        (entry,) = program.json(*words, "--other-patients")["entries"]
        assert [line["bill"] for line in entry["lines"]] == ["KDJ0014", "K9"]

    def test_what_is_wrong_with_the_amounts_is_said_first(
        self, program: Program, words: tuple[str, ...]
    ) -> None:
        wrong: Any = program.json(*words[:-1], "KDJ0ll4=72.85", status=1)
        assert "DO NOT MATCH THE ORIGINAL AMOUNT" in wrong["refused"]


class TestAReceiptThatCannotBeProcessed:
    @pytest.fixture
    def era(self, program: Program, work: Work) -> str:
        """An ERA that pays one bill twice, and another more than it owes."""
        given.bills(work.store, work.actor, {"K1": 100, "K2": 50})
        era = str(
            given.matched_era(
                work.store,
                work.actor,
                trace="T1",
                claims=[("K1", 100, 80), ("K1", 100, 70), ("K2", 70, 70)],
                eft_amount=220,
            )
        )
        program.json("scratchpad", "create", era)
        return era

    def test_creating_it_says_what_processing_will_say(self, program: Program, era: str) -> None:
        receipt = program.json("receipt", "create", era)
        refused = program.json("receipt", "process", receipt["number"], status=1)
        assert receipt["warnings"] == [refused["refused"]]
        assert refused["refused"].splitlines() == [
            "*WARNING: Trans# 1. Pending Payments $ 150.00 exceed billed amount $ 100.00",
            "*WARNING: Trans# 2. Pending Payments $ 150.00 exceed billed amount $ 100.00",
            "WARNING: Trans# 3. Pending Payments $ 70.00 exceed billed amount $ 50.00",
            "NOTE: * Indicates more than one pending payment entered against this bill.",
            "Adjust payments listed above before processing.",
        ]

    def test_a_person_reads_it_under_the_receipt(self, program: Program, era: str) -> None:
        made = program.call("receipt", "create", era)
        assert (made.status, made.err) == (0, "")
        assert "is created, but processing it now would be refused." in made.out
        assert made.out.endswith("\nAdjust payments listed above before processing.\n")

    def test_each_gate_has_its_say(self, program: Program, work: Work) -> None:
        given.bills(work.store, work.actor, {"K1": 15, "K2": 50})
        given.matched_era(
            work.store,
            work.actor,
            trace="T1",
            claims=[("K1", 80, 80), given.taken_back("K2", 50, 20)],
            eft_amount=60,
        )
        program.json("scratchpad", "create", "1")
        program.json("scratchpad", "distribute", "1", "2.001", "1.001", "20")
        assert [said.splitlines()[0] for said in program.json("receipt", "create", "1")["warnings"]] == [
            "Decrease of 20.00 would make the balance of K1 negative (balance 15.00)",
            "WARNING: Trans# 1. Pending Payments $ 60.00 exceed billed amount $ 0.00",
        ]

    def test_a_sound_receipt_has_none(self, program: Program, work: Work) -> None:
        given.bills(work.store, work.actor, {"K1": 100})
        given.era(work.store, work.actor, trace="T1", claims=[("K1", 100, 80)], method="CHK")
        program.json("scratchpad", "create", "1", "--check", "C1")
        made = program.json("receipt", "create", "1", "--deposit", "B000001")
        assert made["warnings"] == []
        assert program.json("receipt", "process", made["number"])["warnings"] == []


class TestACheckThatPaysAnotherEra:
    @pytest.fixture
    def words(self, program: Program, work: Work) -> tuple[str, ...]:
        """The check of ERA 1 named for ERA 2 of the same payer."""
        given.bills(work.store, work.actor, {"K1": 100, "K2": 100})
        given.era(work.store, work.actor, trace="T1", claims=[("K1", 100, 80)], method="CHK")
        given.era(work.store, work.actor, trace="T2", claims=[("K2", 100, 70)], method="CHK")
        program.json("scratchpad", "create", "1", "--check", "C1")
        return ("scratchpad", "create", "2", "--check", "C1")

    def test_it_is_refused_with_that_era_and_what_to_say_if_it_is_meant(
        self, program: Program, words: tuple[str, ...]
    ) -> None:
        before = program.json("era", "show", "2")
        said = (
            "CHECK C1 OF THIS PAYER PAYS ERA 1 ALREADY\n(TRACE T1, 80.00 OF 2012-07-20)\n"
            "IF IT CAME FOR BOTH SAY --check-again"
        )
        assert program.json(*words, status=1) == {"refused": said}
        assert program.json("era", "show", "2") == before

    def test_it_is_taken_when_it_is_said_to_be_meant(self, program: Program, words: tuple[str, ...]) -> None:
        assert program.json(*words, "--check-again")["era"] == 2
        assert program.json("era", "show", "2")["match_status"] == "MATCHED TO PAPER CHECK"

    def test_it_goes_with_a_check(self, program: Program) -> None:
        wrong = program.call("scratchpad", "create", "2", "--check-again")
        assert (wrong.status, wrong.out) == (2, "")
        assert "--check-date, --bank, --check-again and --beside-eft go with --check" in wrong.err


def test_a_check_for_an_era_whose_eft_is_here_is_refused_until_it_is_said_that_both_came(
    program: Program, work: Work
) -> None:
    given.bills(work.store, work.actor, {"K1": 100})
    given.era(work.store, work.actor, trace="T1", claims=[("K1", 100, 80)])
    given.eft(work.store, work.actor, trace="T1", amount=75)
    words = ("scratchpad", "create", "1", "--check", "C1")
    assert program.json(*words, status=1)["refused"].endswith(
        "\nIF A PAPER CHECK CAME AS WELL SAY --beside-eft"
    )
    assert program.json(*words, "--beside-eft")["era"] == 1


def test_a_check_without_a_deposit_ticket_is_posted_with_a_warning_and_may_get_one_then(
    program: Program, work: Work
) -> None:
    given.bills(work.store, work.actor, {"K1": 100, "K2": 100})
    for era, check in (("1", "C1"), ("2", "C2")):
        given.era(work.store, work.actor, trace=f"T{era}", claims=[(f"K{era}", 100, 80)], method="CHK")
        program.json("scratchpad", "create", era, "--check", check)
    made = program.json("receipt", "create", "1")
    done = program.json("receipt", "process", made["number"], "--deposit", "B000001")
    assert (done["deposit"], done["warnings"]) == ("B000001", []) and done["document"]
    other = program.json("receipt", "create", "2")["number"]
    done = program.json("receipt", "process", other)
    assert done["document"] is None and len(done["warnings"]) == 1
    assert done["warnings"][0].endswith("It was not sent to FMS.")


def test_the_lines_that_stand_in_the_way_of_a_receipt_are_named(program: Program, work: Work) -> None:
    given.bills(work.store, work.actor, {"K1": 100, "K2": 50})
    given.matched_era(
        work.store,
        work.actor,
        trace="T1",
        claims=[("K1", 100, 80), given.taken_back("K2", 50, 14)],
        plbs=[("WO", "REF1", 10)],
        eft_amount=56,
    )
    program.json("scratchpad", "create", "1")
    vista = "AT LEAST ONE LINE ITEM WAS FOUND WITH A NEGATIVE PAYMENT AMOUNT\nNO RECEIPT CAN BE CREATED\n"
    assert program.json("receipt", "create", "1", status=1)["refused"] == (
        f"{vista}TO BE DISTRIBUTED FIRST: LINES 1.001, 3.001 (lockbox scratchpad distribute 1 1.001 TO AMOUNT)"
    )
    program.json("scratchpad", "distribute", "1", "1.001", "2.001", "10")
    plainly = program.call("receipt", "create", "1")
    assert (plainly.status, plainly.out) == (1, "")
    assert plainly.err == (
        f"{vista}TO BE DISTRIBUTED FIRST: LINE 3.001 (lockbox scratchpad distribute 1 3.001 TO AMOUNT)\n"
    )
    program.json("scratchpad", "distribute", "1", "3.001", "2.001", "14")
    assert program.json("receipt", "create", "1")["total"] == "56.00"


class TestAReversal:
    """K1 was paid 160 of 210 before; the payer reverses that, pays 120 anew and keeps 40 out of K3's 200."""

    @pytest.fixture
    def words(self, program: Program, work: Work) -> tuple[str, ...]:
        given.bill(work.store, work.actor, "K1", 210, balance=50)
        given.bills(work.store, work.actor, {"K3": 200})
        claims = [given.taken_back("K1", 210, 160), given.Claim("K1", 210, 120), given.Claim("K3", 200, 200)]
        era = given.matched_era(work.store, work.actor, trace="T1", claims=claims, eft_amount=160)
        program.json("scratchpad", "create", str(era))
        return ("scratchpad", "distribute", str(era), "1.001", "2.001", "40")

    def posted(self, program: Program) -> dict[str, Any]:
        done: dict[str, Any] = program.json(
            "receipt", "process", program.json("receipt", "create", "1")["number"]
        )
        return done

    def test_its_bill_does_not_bear_it_unless_that_is_said(
        self, program: Program, words: tuple[str, ...]
    ) -> None:
        program.json(*words)
        done = self.posted(program)
        assert done["decreases"] == [{"account": "442-K3", "amount": "-40.00"}]
        assert done["re_established"] == done["paid_out_of_reversals"] == []
        assert program.json("bill", "show", "K1")["balance"] == "50.00"

    def test_when_it_is_said_it_does(self, program: Program, words: tuple[str, ...]) -> None:
        program.json(*words, "--re-establish")
        done = self.posted(program)
        assert done["decreases"] == []
        assert done["re_established"] == [{"account": "442-K1", "amount": "40.00"}]
        assert done["paid_out_of_reversals"] == [{"account": "442-K3", "amount": "-40.00"}]
        assert program.json("bill", "show", "K1")["balance"] == "90.00"
        assert program.json("check")["proven"]

    def test_both_at_once_are_wrong_usage_and_a_bill_that_was_not_reversed_is_refused(
        self, program: Program, words: tuple[str, ...]
    ) -> None:
        assert program.call(*words, "--re-establish", "--write-off").status == 2
        program.json(*words, "--write-off")
        receipt = program.json("receipt", "create", "1")["number"]
        refused = program.json("receipt", "process", receipt, "--re-establish", "K1,K3", status=1)
        assert refused == {"refused": f"NO REVERSAL ON RECEIPT {receipt} CAN RE-ESTABLISH BILL K1"}
