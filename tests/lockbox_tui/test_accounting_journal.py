"""`lockbox journal` and `check`: whatever is done to store or journal, no document passes for written that is not."""

import shutil
from pathlib import Path

import pytest

from lockbox_tui.opening import at_work
from lockbox_tui.settings import read_settings
from tests import given
from tests.lockbox_tui.program import Program


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A site whose first deposit is recorded and written, and copied as it is then."""
    program = Program(tmp_path)
    program.json("init", "--station", "442", "--name", "DEMO", "--auto-audit")
    recorded(program, "T1", 100)
    shutil.copytree(program.data, program.home / "yesterday")
    return program


def recorded(program: Program, trace: str, amount: given.Dollars) -> list[str]:
    """Records a deposit of one EFT; gives the warnings of the night job."""
    with at_work(read_settings(None, {"XDG_DATA_HOME": str(program.home)}, Path("/nonexistent"))) as work:
        given.eft(work.store, work.actor, trace=trace, amount=amount)
    warnings: list[str] = program.json("nightly")["warnings"]
    return warnings


def journal(program: Program) -> Path:
    """The accounting journal."""
    return program.data / "lockbox.finance" / "finance.journal"


def put_back(program: Program, *names: str) -> None:
    """Puts files of the store back to what they were yesterday."""
    for left in program.data.glob("lockbox.sqlite3-*"):
        left.unlink()
    for name in names:
        shutil.copyfile(program.home / "yesterday" / name, program.data / name)


def test_all_is_well_when_every_document_stands_there(program: Program) -> None:
    assert recorded(program, "T2", "958.14") == []
    done = program.json("journal")
    assert done == {"file": str(journal(program)), "written": 0, "again": [], "findings": []}
    assert program.json("check")["accounting_journal"] == "compared"
    ran = program.call("journal")
    assert (ran.status, ran.out) == (0, f"{journal(program)}: 0 documents written, 0 findings.\n")


def test_an_older_store_put_back_beside_todays_journal_is_told_at_once(program: Program) -> None:
    recorded(program, "T2", "958.14")
    put_back(program, "lockbox.sqlite3")
    found = program.json("check", status=1)["findings"]
    assert [(one["code"], one["where"]) for one in found] == [("journal-unknown", "document CR-442K000002")]
    (warning,) = recorded(program, "T3", "79.55")
    assert "is not document CR-442K000002 of 79.55" in warning
    assert journal(program).read_text().count("79.55") == 0
    found = program.json("journal", status=1)
    assert "79.55" in found["error"]
    put_back(program, "lockbox.finance/finance.journal")
    assert program.json("journal")["written"] == 1
    assert journal(program).read_text().count("79.55") == 2
    assert program.json("check")["proven"] is True


def test_a_deleted_journal_is_told_and_written_again_when_that_is_said(program: Program) -> None:
    journal(program).unlink()
    assert [one["code"] for one in program.json("check", status=1)["findings"]] == ["journal-lost"]
    (warning,) = recorded(program, "T2", 50)
    assert "has lost document CR-442K000001 of 100.00" in warning
    again = program.call("journal", "--again")
    assert again.status == 0
    assert again.out.startswith("1 document written once more: CR-442K000001 to CR-442K000001.\n")
    assert journal(program).read_text().count(" receipt ") == 2
    assert program.json("check")["proven"] is True


def test_a_copy_of_the_store_alone_is_proven_and_says_what_was_not_compared(program: Program) -> None:
    shutil.rmtree(program.data / "lockbox.finance")
    proof = program.json("check")
    assert (proof["proven"], proof["accounting_journal"]) == (True, "not at hand")
    said = program.call("check").out
    assert f"The accounting journal was not compared: there is no folder {journal(program).parent}." in said
