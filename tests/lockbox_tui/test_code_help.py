"""`lockbox code`: what a code means, before there is a site and without a key."""

from pathlib import Path

import pytest

from tests.lockbox_tui.program import Program


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A program that nobody has set up."""
    return Program(tmp_path)


def test_a_code_is_explained_where_there_is_no_site(program: Program) -> None:
    ran = program.call("code", "PR", "45")
    assert (ran.status, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0].split() == ["CODE", "GROUP", "PR"]
    assert lines[1].split() == ["MEANING", "Patient", "Responsibility"]
    (next_step,) = [line for line in lines if line.startswith("USUAL NEXT STEP  The payer says")]
    assert next_step.endswith("make sure that no contract forbids billing it.")
    assert not program.data.exists()


def test_one_that_holds_no_longer_stops_nothing(program: Program) -> None:
    said = program.json("code", "CARC", "25")
    assert [(code["code"], code["stop"], code["expired"]) for code in said["codes"]] == [
        ("25", "2008-04-01", True)
    ]
    assert said["notes"][0].startswith("CARC 25 holds no longer")


def test_one_that_is_unknown_says_so(program: Program) -> None:
    ran = program.call("code", "CO-999")
    assert (ran.status, ran.err) == (1, "")
    assert "Contractual Obligations" in ran.out
    assert ran.out.endswith(
        "CARC 999 is not in its list, which is as of entries loaded 2016-08-12; ask the payer.\n"
    )
    said = program.json("code", "XYZZY", status=1)
    assert (said["asked"], said["known"], said["codes"], len(said["notes"])) == ("XYZZY", False, [], 1)


def test_the_sites_own_list_is_told_first(program: Program) -> None:
    program.json("init", "--station", "442", "--name", "DEMO")
    listed = program.home / "codes.csv"
    listed.write_text("list,code,text,start,stop\nCARC,999,Only here,2026-11-01,\n")
    assert program.json("codes", "load", listed) == {"codes": 1, "before": 0}
    said = program.json("code", "CO-999")
    assert (said["codes"][1]["meaning"], said["codes"][1]["listed_as_of"]) == (
        "Only here",
        "the site's own list",
    )
    listed.write_text("list,code,text,start,stop\nCARC,998,Late,soon,\n")
    refused = program.json("codes", "load", listed, status=1)["refused"]
    assert refused == "LINE 2: soon IS NO DATE; TYPE IT AS 2026-11-01"
    assert program.json("code", "CO-999")["known"]
    missing = program.json("codes", "load", program.home / "missing.csv", status=1)["refused"]
    assert missing.endswith("missing.csv CANNOT BE READ: No such file or directory")


def test_a_store_that_cannot_be_read_leaves_the_lists_that_ship(program: Program) -> None:
    store = program.home / "spoilt.sqlite3"
    store.write_bytes(b"no store at all, and long enough to be taken for the head of one" * 20)
    said = program.json("code", "CO-45", "--database", f"sqlite:///{store}")
    assert said["known"]
    assert said["notes"][0].startswith("The site's own list of codes was not read. ")
