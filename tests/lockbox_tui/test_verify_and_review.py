"""Verifying and reviewing entries from the command line, with the report of what is not verified."""

from pathlib import Path

from lockbox_tui.opening import at_work
from lockbox_tui.settings import read_settings
from tests import given
from tests.lockbox_tui.program import Program


def test_entries_are_verified_and_reviewed_and_the_report_tells_what_differs(tmp_path: Path) -> None:
    program = Program(tmp_path)
    program.json("init", "--station", "442", "--name", "DEMO", "--auto-audit")
    with at_work(read_settings(None, {"XDG_DATA_HOME": str(tmp_path)}, Path("/nonexistent"))) as work:
        given.bills(work.store, work.actor, {"K1": 100, "K2": 50}, patient="SMITHSON,JOHN")
        differing = given.Claim("K1", 90, 80, patient="SMYTHE,JOHN")
        claims = [differing, given.Claim("K2", 50, 30), given.Claim("X9", 20, 5)]
        given.matched_era(work.store, work.actor, trace="T1", claims=claims, eft_amount=115)
        name = work.actor.name
    refused = program.json("report", "unverified", "1", status=1)
    assert refused == {"refused": "NO WORKLIST SCRATCH PAD ENTRY EXISTS FOR THIS ERA"}
    program.json("scratchpad", "create", "1")
    rows = program.json("report", "unverified", "1")["rows"]
    assert [(row["eeob"], row["of"], row["patient_name"], row["submitted_amt"]) for row in rows] == [
        ("1", "VistA", "*SMITHSON,JOHN", "*100.00"),
        ("1", "ERA", "*SMYTHE,JOHN", "*90.00"),
        ("2", "VistA", "*SMITHSON,JOHN", "50.00"),
        ("2", "ERA", "*DEMOVET,ALPHA", "50.00"),
        ("3", "VistA", "NOT RELATED TO A VistA BILL", ""),
        ("3", "ERA", "DEMOVET,ALPHA", "20.00"),
    ]
    pad = program.json("scratchpad", "verify", "1", "1")
    assert [(entry["verified"], entry["verified_by"]) for entry in pad["entries"]] == [
        (True, name),
        (False, None),
        (False, None),
    ]
    refused = program.json("scratchpad", "verify", "1", "1", status=1)
    assert refused == {"refused": "THIS LINE IS ALREADY VERIFIED"}
    left = program.json("report", "unverified", "1")["rows"]
    assert {row["eeob"] for row in left} == {"2", "3"}

    words = ("--status", "in-process", "--comment", "Called payer.")
    program.json("scratchpad", "review", "1", "2", *words)
    pad = program.json("scratchpad", "review", "1", "2", "--edit", "1", "--comment", "Called twice.")
    said = pad["entries"][1]["review"]
    assert (said["status"], said["set_by"]) == ("IN PROCESS", name)
    (comment,) = said["comments"]
    assert (comment["comment"], comment["author"], comment["text"]) == (1, name, "Called twice.")
    shown = program.call("era", "show", "1").out
    assert "REVIEWED?" in shown
    assert "Called twice." in shown
    refused = program.json("scratchpad", "review", "1", "2", "--edit", "2", "--comment", "x", status=1)
    assert refused == {"refused": "THERE IS NO REVIEW COMMENT 2 ON ENTRY 2"}
    pad = program.json("scratchpad", "review", "1", "2", "--status", "no")
    assert pad["entries"][1]["review"]["set_by"] is None
    assert program.json("era", "show", "1")["scratchpad"] == pad
    assert program.json("check")["proven"] is True
