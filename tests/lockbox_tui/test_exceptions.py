"""What was held can be seen once the import has ended, and the night job and the proof of the books count it."""

from pathlib import Path

import pytest

from lockbox_tui.settings import Settings
from tests import given
from tests.lockbox_tui.program import Program


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A new site that was handed a remittance before its claims."""
    program = Program(tmp_path)
    program.json("init", "--station", "442", "--name", "DEMO", "--auto-audit")
    early = tmp_path / "early.835"
    early.write_bytes(given.remittance_file(("T1", [("K1", 100, 80)])))
    program.json("import", early, status=1)
    return program


def test_what_was_held_is_listed_and_shown_with_its_segments(program: Program) -> None:
    (row,) = program.json("exception", "list")
    assert (row["number"], row["kind"], row["category"]) == ("1", "transmission", "NO VALID CLAIMS")
    assert (row["trace"], row["total"], row["bills"], row["file"]) == ("T1", "80.00", ["K1"], "early.835")
    shown = program.json("exception", "show", row["number"])
    assert {name: shown[name] for name in row} == row
    assert "CLP*K1*1*100*80**12*PK1*11*1" in shown["segments"]
    printed = program.call("exception", "show", "1").out
    assert "CLP*K1*1*100*80**12*PK1*11*1" in printed.splitlines()
    assert "NO VALID CLAIMS" in program.call("exception", "list").out


def test_the_night_job_and_the_proof_count_what_is_open(program: Program) -> None:
    for command in ("nightly", "check"):
        assert program.json(command)["exceptions"] == {"transmission": 1, "data": 0, "file": 0, "bank": 0}
        said = program.call(command).out
        assert "Open: 1 transmission exception.\nlockbox exception list names them.\n" in said
    claims = program.home / "claims.837"
    claims.write_bytes(given.claims_file({"K1": 100}))
    program.json("import", claims, program.home / "early.835")
    for command in ("nightly", "check"):
        assert program.json(command)["exceptions"] == {"transmission": 0, "data": 0, "file": 0, "bank": 0}
        assert "Open:" not in program.call(command).out
    assert program.json("exception", "list") == []
    (resolved,) = program.json("exception", "list", "--state", "resolved")
    assert resolved["resolved_at"] is not None


def test_they_are_filtered(program: Program) -> None:
    assert program.json("exception", "list", "--kind", "data") == []
    assert len(program.json("exception", "list", "--kind", "transmission", "--payer", "blue")) == 1
    assert program.json("exception", "list", "--payer", "prairie") == []
    assert program.json("exception", "list", "--to", "2001-01-01") == []
    assert len(program.json("exception", "list", "--from", "2001-01-01", "--state", "all")) == 1


def test_the_one_that_the_readme_of_the_demo_names_is_seen_there(built: Settings, tmp_path: Path) -> None:
    rows = Program(tmp_path).json("exception", "list", "--database", built.database)
    assert {row["kind"] for row in rows} == {"transmission", "data"}


def test_a_number_that_there_is_not_is_refused(program: Program) -> None:
    for number in ("2", "1.1", "F1", "x"):
        refused = program.json("exception", "show", number, status=1)
        assert refused == {"refused": f"THERE IS NO EXCEPTION {number.upper()}"}


def test_import_says_where_it_is_held_and_what_to_do(program: Program) -> None:
    said = program.call("import", program.home / "early.835").out
    assert "Import the claims (837 or bills CSV), and then this file again. (set 0001, exception 1)" in said
    assert "early.835: held as exception 1; look with: lockbox exception show 1" in said
    both = program.home / "both.835"
    both.write_bytes(given.remittance_file(("T2", [("K2", 10, 8)]), ("T3", [("K3", 10, 8)])))
    said = program.call("import", both).out
    assert "both.835: held as exceptions 2-3; look with: lockbox exception show 2" in said
    assert said.count("Import the claims (837 or bills CSV)") == 1
    assert "both.835: No bill has this number (claim K2). (2 times, first at set 0001, segment 15)\n" in said


def test_one_is_filed_another_takes_the_place_of_an_era_and_one_is_let_go_of(program: Program) -> None:
    home = program.home
    (home / "claims.837").write_bytes(given.claims_file({"K1": 100, "K2": 100}))
    (home / "other.835").write_bytes(given.remittance_file(("T1", [("K2", 100, 80)])))
    program.json("import", home / "claims.837")
    early = program.json("exception", "file", "1")
    assert (early["outcome"], early["era"]) == ("filed", 1)
    (other,) = program.json("import", home / "other.835", status=1)
    assert other["sets"][0]["exception"] == 2
    assert program.call("exception", "file", "2", "--replace").out.startswith(
        "Exception 2 is filed as ERA 2.\n"
    )
    assert [row["match_status"] for row in program.json("era", "list")] == [
        "REMOVED FROM WORKLIST",
        "UNMATCHED",
    ]
    (home / "third.835").write_bytes(given.remittance_file(("T1", [("K1", 100, 79), ("K2", 100, 1)])))
    program.json("import", home / "third.835", status=1)
    assert program.json("exception", "delete", "3", "--reason", "no", status=1) == {
        "refused": "A REASON OF 3 TO 60 CHARACTERS IS REQUIRED"
    }
    assert program.json("exception", "delete", "3", "--reason", "sent in error") == {"deleted": "3"}
    assert program.json("exception", "list") == []
    assert program.json("check")["findings"] == []
