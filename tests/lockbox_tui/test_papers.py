"""What the README and the guide say is so: their commands run, their tables are the program's own."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from lockbox_tui.__main__ import main
from lockbox_tui.settings import Settings
from models.words.books import Account
from services.bills.bills_csv import COLUMNS, REQUIRED
from tests.lockbox_tui.program import ROOT, Program
from tests.patience import PATIENCE

README = (ROOT / "README.md").read_text()
GUIDE = (ROOT / "docs" / "guide" / "administrator.md").read_text()


def block(paper: str, language: str) -> str:
    """The first block of a language in a paper."""
    (found, *_) = re.findall(rf"^```{language}\n(.*?)^```", paper, re.MULTILINE | re.DOTALL)
    return str(found)


def rows(paper: str, heading: str) -> list[list[str]]:
    """The cells of the table with this heading, without the heading."""
    lines = paper[paper.index(heading) :].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]


def test_the_main_job_by_command_line_runs_as_it_stands(tmp_path: Path) -> None:
    program = tmp_path / "bin" / "lockbox"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m lockbox_tui "$@"\n')
    program.chmod(0o755)
    script = block(README, "sh")
    assert 10 <= len(script.splitlines()) <= 14
    assert "$HOME/lockbox-trial" in script
    done = subprocess.run(
        ["sh", "-e", "-c", script],
        cwd=ROOT,
        env={
            "PATH": f"{program.parent}:{os.environ['PATH']}",
            "HOME": str(tmp_path),
            "XDG_DATA_HOME": str(tmp_path / "data"),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "is posted: 1165.99." in done.stdout
    assert "BALANCE          2097.40" in done.stdout
    assert "The books are proven." in done.stdout


@pytest.fixture
def eras(built: Settings, capsys: pytest.CaptureFixture[str]) -> dict[int, Any]:
    """The demo's ERAs, whole, by their number."""

    def ask(*words: str) -> Any:
        assert main(["--database", built.database, *words, "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    return {row["number"]: ask("era", "show", str(row["number"])) for row in ask("era", "list")}


def test_each_era_of_the_demo_shows_what_the_readme_says(eras: dict[int, Any]) -> None:
    named = {
        said: [int(number) for number in re.findall(r"\d+", cell)] for said, cell in rows(README, "| to see")
    }
    seen: list[str] = []

    def every(words: str) -> list[Any]:
        ((said, numbers),) = ((said, numbers) for said, numbers in named.items() if words in said)
        seen.append(said)
        return [eras[number] for number in numbers]

    def unmatched(era: Any, method: str) -> bool:
        return (era["match_status"], era["method"]) == ("UNMATCHED", method)

    (main_job,) = every("main job")
    assert "14.00" in [plb["amount"].lstrip("-") for plb in main_job["adjustments"]]
    assert all(unmatched(era, "CHK") for era in every("paper check"))
    assert all(era["match_status"] == "MATCHED WITH ERRORS" for era in every("more or less"))
    assert all(unmatched(era, "ACH") for era in every("not come yet"))
    nothing = every("nothing paid")
    assert all(era["amount"] == "0.00" for era in nothing)
    assert {eeob["status"] for eeob in nothing[2]["eeobs"]} == {"DENIED"}
    assert all(any(eeob["reversal"] for eeob in era["eeobs"]) for era in every("take-back of an earlier"))
    assert all(era["adjustments"] for era in every("no claim in particular"))
    denied, unknown, closed, unbalanced = every("denied claim")
    assert "DENIED" in [eeob["status"] for eeob in denied["eeobs"]]
    assert "VALID BILL NOT FOUND" in [eeob["exception"] for eeob in unknown["eeobs"]]
    assert "K6D3001" in [eeob["bill"] for eeob in closed["eeobs"]]
    assert not all(unbalanced["balance"][level] for level in ("lines", "claims", "transaction"))
    (secondary,) = every("second insurer")
    assert any(reason["code"] == "23" for eeob in secondary["eeobs"] for reason in reasons(eeob))
    (sixty,) = every("sixty")
    assert len(sixty["eeobs"]) == 60
    begun, still_open, posted, check = every("scratch pad begun")
    assert begun["scratchpad"] is not None and begun["receipt"] is None
    assert still_open["receipt"] is not None and still_open["post_status"] == "NOT POSTED"
    assert posted["post_status"] == check["post_status"] == "POSTED"
    assert seen == list(named)


def reasons(eeob: Any) -> list[Any]:
    """The adjustments of an EEOB and of its lines."""
    return [*eeob["adjustments"], *(each for line in eeob["lines"] for each in line["adjustments"])]


def test_the_columns_of_a_list_of_bills_are_those_that_are_read() -> None:
    told = {name.strip("`"): said for name, said in rows(GUIDE, "| column")}
    assert tuple(told) == COLUMNS
    assert tuple(name for name, said in told.items() if said.startswith("required")) == REQUIRED


def test_the_list_of_bills_in_the_guide_is_taken(tmp_path: Path) -> None:
    program = Program(tmp_path)
    program.json("init", "--station", "442", "--name", "DEMO")
    listed = tmp_path / "bills.csv"
    listed.write_text(block(GUIDE, "csv"))
    (report,) = program.json("import", listed)
    assert (report["kind"], report["outcome"], report["bills"], report["findings"]) == (
        *("BILLS-CSV", "filed"),
        *(2, []),
    )
    bills = program.json("bill", "list")
    assert [(bill["status"], bill["balance"]) for bill in bills] == [
        ("ACTIVE", "210.00"),
        ("ACTIVE", "75.00"),
    ]


def test_the_accounts_are_those_of_the_books() -> None:
    assert [number for number, _ in rows(GUIDE, "| account |")] == sorted(
        account.value for account in Account
    )


def test_the_parameters_are_those_of_the_site(tmp_path: Path) -> None:
    program = Program(tmp_path)
    program.json("init", "--station", "442", "--name", "DEMO")
    shown = program.call("site").out
    for name, _ in rows(README, "   | parameter"):
        assert name.strip("`").removesuffix(" RATE TYPE") in shown
