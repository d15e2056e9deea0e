"""`lockbox batch`: an ERA is divided, edited and made ready by commands, and its receipt waits for that."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lockbox_tui.opening import at_work
from lockbox_tui.settings import read_settings
from models.words.keys import SecurityKey
from models.words.scratchpad import PaymentOrder
from services.office.actor import sign_on
from services.office.site import add_user
from services.scratchpad.entering import enter_pad
from tests import given
from tests.lockbox_tui.program import Program

BATCHES = {
    *("number", "name", "ready", "set_by", "set_at", "criterion", "first", "last", "records", "used_by"),
}


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    """A site with an ERA of three EEOBs, its EFT and its scratch pad, and a second clerk in no batch yet."""
    program = Program(tmp_path)
    program.json("init", "--station", "442", "--name", "DEMO", "--auto-audit")
    settings = read_settings(None, {"XDG_DATA_HOME": str(program.home)}, Path("/nonexistent"))
    with at_work(settings) as work:
        for bill, patient in (("K1", "ALPHA,VET"), ("K2", "INDIGO,VET"), ("K3", "TANGO,VET")):
            given.bill(work.store, work.actor, bill, 50, patient=patient)
        claims = [
            given.Claim("K1", 50, 50, patient="ALPHA,VET"),
            given.Claim("K2", 50, 30, patient="INDIGO,VET"),
            given.Claim("K3", 50, 0, patient="TANGO,VET"),
        ]
        given.matched_era(work.store, work.actor, trace="T1", claims=claims, eft_amount=80)
        with work.writing() as session:
            add_user(session, "second", "CLERK,TWO", (SecurityKey.CLERK,), given_by="test")
    program.json("scratchpad", "create", "1")
    yield program


def refused(program: Program, *words: str) -> str:
    """What a refused command says."""
    said: str = program.json(*words, status=1)["refused"]
    return said


def entries(program: Program) -> list[int | None]:
    """The batch of each entry of the scratch pad, as `era show` has it."""
    pad: dict[str, Any] = program.json("era", "show", "1")["scratchpad"]
    return [entry["batch"] for entry in pad["entries"]]


def test_an_era_is_divided_made_ready_and_posted(program: Program) -> None:
    assert program.json("batch", "list", "1") == []
    assert entries(program) == [None, None, None]
    made = program.json("batch", "assign", "1", "--by", "name", "--through", "h,Z", "--names", ",THE REST")
    assert all(batch.keys() == BATCHES for batch in made)
    assert [(batch["number"], batch["name"], batch["records"]) for batch in made] == [
        (1, "LAST NAME FROM A - HZZZ", 1),
        (2, "THE REST", 2),
    ]
    assert [(batch["first"], batch["last"], batch["criterion"]) for batch in made] == [
        ("A", "HZZZ", "NAME RANGE"),
        ("I", "ZZZZ", "NAME RANGE"),
    ]
    assert entries(program) == [1, 2, 2]
    assert "'READY TO POST'" in refused(program, "receipt", "create", "1")
    (_, second) = program.json("batch", "edit", "1", "2", "--name", "LAST", "--ready", "yes")
    assert (second["name"], second["ready"]) == ("LAST", True)
    assert "'READY TO POST'" in refused(program, "receipt", "create", "1")
    assert all(batch["ready"] for batch in program.json("batch", "ready", "1"))
    assert program.json("batch", "list", "1")[1]["name"] == "LAST"
    program.json("receipt", "create", "1")
    assert "ALREADY HAS A RECEIPT" in refused(program, "batch", "ready", "1")
    assert program.call("check").status == 0


@pytest.mark.parametrize(
    ("words", "records"),
    [
        (("max", "--max", "2"), [2, 1]),
        (("payment",), [1, 1, 1]),
        (("copay",), [0, 3]),
        (("none",), []),
    ],
)
def test_each_criterion(program: Program, words: tuple[str, ...], records: list[int]) -> None:
    program.json("batch", "assign", "1", "--by", "copay")
    assert [batch["records"] for batch in program.json("batch", "assign", "1", "--by", *words)] == records


def test_one_batch_is_split_while_another_is_in_use(program: Program) -> None:
    program.json("batch", "assign", "1", "--by", "max", "--max", "1")
    settings = read_settings(None, {"XDG_DATA_HOME": str(program.home)}, Path("/nonexistent"))
    with at_work(settings) as work, work.writing() as session:
        enter_pad(session, sign_on(session, "second"), 1, PaymentOrder.NONE, batch=1)
    assert [batch["used_by"] for batch in program.json("batch", "list", "1")] == ["CLERK,TWO", None, None]
    split = ("scratchpad", "split", "1", "2.001", "K2=20", "K1=10", "--other-patients")
    assert "AT LEAST 1 BATCH WITHIN THIS ERA IS CURRENTLY IN USE" in refused(program, *split)
    assert "THERE IS NO LINE 2.001" in refused(program, *split, "--batch", "3")
    assert "ERA 1 HAS NO BATCH 4" in refused(program, *split, "--batch", "4")
    program.json(*split, "--batch", "2")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("assign", "1", "--by", "max"), "--by max needs --max"),
        (("assign", "1", "--by", "name"), "--by name needs --through"),
        (("assign", "1", "--by", "payment", "--max", "2"), "--max does not go with --by payment"),
        (("assign", "1", "--by", "none", "--names", "A"), "--names does not go with --by none"),
        (("edit", "1", "1"), "say --name or --ready"),
    ],
)
def test_what_does_not_fit_together_is_wrong_usage(
    program: Program, words: tuple[str, ...], said: str
) -> None:
    ran = program.call("batch", *words)
    assert ran.status == 2
    assert said in ran.err


def test_the_table_is_the_summary(program: Program) -> None:
    program.json("batch", "assign", "1", "--by", "payment")
    said = program.call("batch", "list", "1", "--format", "text").out
    assert "EDI LBOX WORKLIST - BATCH SUMMARY REPORT" in said
    assert "PARTIAL PAYMENT" in said
    assert "THERE ARE NO BATCHES" in program.call("batch", "assign", "1", "--by", "none").out
