"""The lists are filtered by status, date, payer and number, and a table says how many more there are."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from lockbox_tui.commands.answers import MOST_IN_TABLE
from lockbox_tui.settings import Settings
from tests.lockbox_tui.program import Program, Ran


class Demo:
    """The lists of the demo site."""

    def __init__(self, program: Program, database: str) -> None:
        self._program = program
        self._database = database

    def rows(self, *words: str) -> list[Any]:
        """The rows of a list."""
        found: list[Any] = self._program.json(*words, "--database", self._database)
        return found

    def call(self, *words: str) -> Ran:
        """What a list prints."""
        return self._program.call(*words, "--database", self._database)


@pytest.fixture
def demo(built: Settings, tmp_path: Path) -> Demo:
    """The demo site's lists."""
    return Demo(Program(tmp_path), built.database)


@pytest.mark.parametrize(
    ("subject", "status", "field"), [("eft", "match_status", "date"), ("receipt", "status", "date")]
)
def test_by_status_and_date(demo: Demo, subject: str, status: str, field: str) -> None:
    everything = demo.rows(subject, "list")
    for word in {row[status] for row in everything}:
        typed = word.lower().replace(" ", "-")
        assert demo.rows(subject, "list", "--status", typed) == [
            row for row in everything if row[status] == word
        ]
    day = sorted(row[field] for row in everything)[len(everything) // 2]
    assert demo.rows(subject, "list", "--from", day) == [row for row in everything if row[field] >= day]
    assert demo.rows(subject, "list", "--to", day) == [row for row in everything if row[field] <= day]
    assert demo.rows(subject, "list", "--from", day, "--to", day) == [
        row for row in everything if row[field] == day
    ]


def test_bills_by_status_day_of_service_and_payer(demo: Demo) -> None:
    everything = demo.rows("bill", "list")
    active = [row for row in everything if row["status"] == "ACTIVE"]
    assert demo.rows("bill", "list", "--status", "active") == active
    assert 0 < len(active) < len(everything)
    day = everything[0]["service_from"]
    assert demo.rows("bill", "list", "--from", day, "--to", day) == [
        row for row in everything if row["service_from"] == day
    ]
    lakeshore = [row for row in everything if row["payer"].startswith("LAKESHORE")]
    for payer in ("lakeshore", "LAKESHORE BENEFIT TRUST", "demo5"):
        assert demo.rows("bill", "list", "--payer", payer) == lakeshore
    assert demo.rows("bill", "list", "--payer", "SHORE") == []
    assert demo.rows("bill", "list", "--payer", "%") == []


def test_by_payer_whose_money_it_is(demo: Demo) -> None:
    efts = [row for row in demo.rows("eft", "list") if row["payer"]["name"].startswith("LAKESHORE")]
    assert demo.rows("eft", "list", "--payer", "lakeshore") == efts
    assert demo.rows("eft", "list", "--payer", efts[0]["payer"]["id"]) == efts
    receipts = demo.rows("receipt", "list", "--payer", "lakeshore")
    deposits = {row["deposit"] for row in efts}
    assert {row["deposit"] for row in receipts if row["deposit"] in deposits} == deposits
    eras = {row["number"] for row in demo.rows("era", "list") if row["payer"].startswith("LAKESHORE")}
    assert {row["era"] for row in receipts if row["era"]} <= eras
    assert len(receipts) < len(demo.rows("receipt", "list"))


def test_by_number(demo: Demo) -> None:
    (seventh,) = demo.rows("eft", "list", "--number", "7")
    assert demo.rows("eft", "list", "--number", seventh["trace"].lower()[:6]) == [seventh]
    bills = [row["number"] for row in demo.rows("bill", "list", "--number", "k6d11")]
    assert bills == ["K6D1101", "K6D1102", "K6D1190"]
    assert [row["number"] for row in demo.rows("bill", "list", "--number", "442-K6D11")] == bills
    receipts = demo.rows("receipt", "list", "--number", "e261016")
    assert {row["date"] for row in receipts} == {"2026-10-16"}
    assert demo.rows("receipt", "list", "--number", "E26_") == []


@pytest.mark.parametrize("subject", ["era", "eft", "bill", "receipt", "exception"])
def test_a_limit_says_how_many_more_there_are(demo: Demo, subject: str) -> None:
    everything = demo.rows(subject, "list")
    assert demo.rows(subject, "list", "--limit", "1") == everything[:1]
    said = demo.call(subject, "list", "--limit", "1").out.splitlines()
    assert len(said) == 3
    assert said[2] == f"{len(everything) - 1} more; --limit {len(everything)} lists them all."
    whole = demo.call(subject, "list", "--limit", str(len(everything))).out
    assert "more;" not in whole
    assert len(whole.splitlines()) == 1 + len(everything)
    text = demo.call(subject, "list", "--limit", "1", "--format", "text").out
    assert said[2] in text.splitlines()


def test_a_table_has_as_many_rows_as_a_person_reads_and_other_formats_all(tmp_path: Path) -> None:
    program = Program(tmp_path)
    program.json("init", "--station", "442", "--name", "DEMO", "--auto-audit")
    listed = tmp_path / "bills.csv"
    heading = "bill_number,patient_name,payer_name,service_from,charge"
    rows = [f'K{number:04d},"DEMOVET,ALPHA",BLUE RIVER HEALTH PLAN,2012-06-04,100' for number in range(230)]
    listed.write_text("\n".join([heading, *rows]))
    program.json("import", listed)
    assert len(program.json("bill", "list")) == 230
    said = program.call("bill", "list").out.splitlines()
    assert len(said) == 1 + MOST_IN_TABLE + 1
    assert said[-1] == "30 more; --limit 230 lists them all."
    for format, lines in (("csv", 231), ("caret", 231)):
        text = program.call("bill", "list", "--format", format).out
        assert len(list(csv.reader(io.StringIO(text, newline="")))) == lines


@pytest.mark.parametrize(
    "words",
    [
        ("eft", "list", "--status", "lost"),
        ("bill", "list", "--from", "2026-11-23", "--to", "2026-11-20"),
        ("receipt", "list", "--limit", "0"),
        ("receipt", "list", "--limit", "all"),
        ("exception", "list", "--from", "2026-11-23", "--to", "2026-11-20"),
        ("eft", "list", "--json", "--format", "csv"),
        ("eft", "list", "--format", "xlsx"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_meant_is_wrong_usage(demo: Demo, words: tuple[str, ...]) -> None:
    ran = demo.call(*words)
    assert (ran.status, ran.out) == (2, "")
    assert "usage: lockbox" in ran.err
