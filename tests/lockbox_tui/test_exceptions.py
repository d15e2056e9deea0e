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
        assert program.json(command)["exceptions"] == {"transmission": 1, "data": 0, "file": 0}
        said = program.call(command).out
        assert "Open: 1 transmission exception. lockbox exception list names them.\n" in said
    claims = program.home / "claims.837"
    claims.write_bytes(given.claims_file({"K1": 100}))
    program.json("import", claims, program.home / "early.835")
    for command in ("nightly", "check"):
        assert program.json(command)["exceptions"] == {"transmission": 0, "data": 0, "file": 0}
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
