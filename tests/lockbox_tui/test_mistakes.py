"""Ordinary mistakes: a sentence that says what to do, no number, nothing in the log of crashes, and nothing lost."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from lockbox_tui.commands.declaring import GOES_ON
from tests import given
from tests.lockbox_tui.program import ROOT, Program
from tests.patience import PATIENCE

HEADING = "bill_number,patient_name,payer_name,service_from,charge"

#: So many remittances that some are in, and not all, when it is broken off.
MANY = 600


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A new site."""
    program = Program(tmp_path)
    program.json("init", "--station", "442", "--name", "DEMO", "--auto-audit")
    return program


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("era", "list", "--database", "sqlite:////nowhere/x.sqlite3"),
            "There is no store at /nowhere/x.sqlite3",
        ),
        (("era", "list", "--as", "nobody-here"), "nobody-here is not a user of this site"),
        (("generate", "--claims", "1", "--into", "/dev/null/x"), "cannot be written into /dev/null/x: "),
    ],
    ids=lambda each: " ".join(each[:2]) if isinstance(each, tuple) else "",
)
def test_an_ordinary_mistake_has_no_number_and_is_not_logged(
    program: Program, words: tuple[str, ...], said: str
) -> None:
    error = program.json(*words, status=1)
    assert said in error["error"]
    assert error["number"] is None
    plainly = program.call(*words)
    assert (plainly.status, plainly.out, plainly.err) == (1, "", f"{error['error']}\n")
    assert not (program.data / "lockbox.log").exists()


def test_what_the_sentence_does_not_tell_is_logged_under_its_number(program: Program) -> None:
    with contextlib.closing(sqlite3.connect(program.data / "lockbox.sqlite3")) as store:
        store.execute("DROP TABLE eft")
    error = program.json("eft", "list", status=1)
    assert error["number"] in (program.data / "lockbox.log").read_text()
    assert "(error number " in program.call("eft", "list").err


def test_a_folder_is_named_and_what_to_do(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = program.home / "day"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for path in (".", folder, "../day/"):
        (report,) = program.json("import", path, status=1)
        assert report["file"] == "day"
        assert report["findings"][0]["text"] == "It is a folder; name the files in it."
        (judged,) = program.json("validate", path, status=1)
        assert judged["file"] == "day"
        assert judged["findings"][0]["text"].endswith("is a folder; name the files in it.")


def test_the_same_sentence_is_told_once_with_how_often_and_numbers_in_a_row_as_a_range(
    program: Program,
) -> None:
    claims, many = program.home / "claims.837", program.home / "many.835"
    claims.write_bytes(given.claims_file({f"K{number}": 100 for number in range(12)}))
    sets = [(f"T{number}", [(f"K{number}", 100, 80)]) for number in range(12)]
    many.write_bytes(given.remittance_file(*sets).replace(b"SE*", b"ZZZ*1~SE*"))
    program.json("import", claims)
    ran = program.call("import", many)
    assert ran.out.splitlines()[1].endswith("  1-12")
    told = ran.out.splitlines()[2:]
    assert told
    assert len({line.split(" (")[0] for line in told}) == len(told)
    assert all("(12 times, first at set 0001, ERA 1, segment " in line for line in told)


def test_a_list_of_which_rows_are_left_out_ends_with_1_and_says_so(program: Program) -> None:
    listed = program.home / "bills.csv"
    good = 'K1,"DEMOVET,ALPHA",BLUE RIVER HEALTH PLAN,2012-06-04,100'
    bad = 'K2,"DEMOVET,ALPHA",BLUE RIVER HEALTH PLAN,yesterday,100'
    listed.write_text("\n".join([HEADING, good, bad]))
    (report,) = program.json("import", listed, status=1)
    assert (report["outcome"], report["bills"]) == ("filed", 1)
    again = program.call("import", listed)
    assert again.status == 1
    assert (
        "bills.csv: Not all of its rows are filed; mend those named here and import the list again.\n"
        in again.out
    )
    listed.write_text("\n".join([HEADING, good, bad.replace("yesterday", "2012-06-05")]))
    mended = program.call("import", listed)
    assert mended.status == 0
    assert "Not all" not in mended.out
    assert [row["number"] for row in program.json("bill", "list")] == ["K1", "K2"]


@pytest.fixture
def interrupted(program: Program) -> tuple[int, str, str]:
    """An import of very many remittances that Ctrl-C broke off when some were in; how it ended and what it said."""
    claims, many = program.home / "claims.837", program.home / "many.835"
    claims.write_bytes(given.claims_file({"K1": 100_000}))
    program.json("import", claims)
    many.write_bytes(given.remittance_file(*((f"T{number}", [("K1", 100_000, 1)]) for number in range(MANY))))
    with subprocess.Popen(
        [sys.executable, "-m", "lockbox_tui", "import", str(many)],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "XDG_DATA_HOME": str(program.home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A run in the background ignores Ctrl-C, and so would its children.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    ) as running:
        file = program.data / "lockbox.sqlite3"
        with contextlib.closing(sqlite3.connect(file, timeout=PATIENCE, isolation_level=None)) as store:
            while not store.execute("SELECT count(*) FROM era").fetchone()[0]:
                assert running.poll() is None
            # However busy the machine is, the import cannot come to its end meanwhile.
            store.execute("BEGIN IMMEDIATE")
            running.send_signal(signal.SIGINT)
            out, err = running.communicate()
            store.execute("ROLLBACK")
    return running.returncode, out, err


def test_ctrl_c_says_what_is_in_and_that_it_goes_on(
    program: Program, interrupted: tuple[int, str, str]
) -> None:
    assert interrupted == (130, "", f"{GOES_ON}\n")
    filed = len(program.json("era", "list"))
    assert 0 < filed < MANY
    (report,) = program.json("import", program.home / "many.835")
    assert report["outcome"] == "filed"
    assert len(program.json("era", "list")) == MANY
    assert sum(each["outcome"] == "duplicate" for each in report["sets"]) == filed
    assert program.json("check")["proven"] is True
