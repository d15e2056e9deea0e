"""What a script relies on whatever happens: one document with the same names, before and after the words."""

import json
from pathlib import Path
from typing import Any

import pytest

from services.findings import Finding
from services.reports.render.as_json import as_json
from tests import given
from tests.lockbox_tui.program import Program


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A program whose site is set up, with the files of a day beside it."""
    program = Program(tmp_path)
    program.json("init", "--station", "442", "--name", "DEMO", "--auto-audit")
    program.json("generate", "--claims", "3", "--into", tmp_path / "day")
    return program


def test_a_file_says_where_its_validation_stands_however_often_it_comes(program: Program) -> None:
    claims = program.home / "day" / "claims-837p.837"
    said = [program.json("import", claims, *more)[0] for more in ((), (), ("--validate", "now"), ())]
    assert [one["outcome"] for one in said] == ["filed", "duplicate", "duplicate", "duplicate"]
    assert [one["validation"] for one in said] == ["queued", "queued", "done", "done"]
    assert [[each["validation"] for each in one["sets"]] for one in said] == [
        *(["queued"], ["queued"]),
        *(["done"], ["done"]),
    ]


def test_a_finding_without_a_place_has_none() -> None:
    findings = (Finding("a", "Something."), Finding("b", "More.", "segment 3 (CLP)"))
    assert json.loads("".join(as_json(findings))) == [
        {"code": "a", "text": "Something.", "where": None},
        {"code": "b", "text": "More.", "where": "segment 3 (CLP)"},
    ]


def test_every_file_has_its_object_in_the_order_asked_even_one_that_is_not_there(program: Program) -> None:
    day, missing = program.home / "day", program.home / "missing.835"
    files = (day / "eft.ach", missing, day / "remittance.835", program.home, day / "claims-837p.837")
    reports = program.json("import", *files, status=1)
    assert [report["file"] for report in reports] == [path.name for path in files]
    names = {"file", "kind", "sha256", "outcome", "sets", "efts", "bills", "findings", "validation"}
    assert all(set(report) == names for report in reports)
    assert [report["outcome"] for report in reports] == ["filed", "rejected", "filed", "rejected", "filed"]
    assert [report["kind"] for report in reports] == ["ACH", "unknown", "835", "unknown", "837P"]
    assert reports[1]["sha256"] is None
    assert reports[1]["findings"][0]["where"] is None


def test_a_file_is_a_duplicate_only_when_nothing_of_it_is_new(program: Program, tmp_path: Path) -> None:
    listed = tmp_path / "bills.csv"
    listed.write_text(
        "bill_number,patient_name,payer_name,service_from,charge\n"
        + "".join(f'K{number},"DEMOVET,ALPHA",BLUE RIVER HEALTH PLAN,2012-06-04,100\n' for number in range(8))
    )
    program.json("import", listed)
    eight, one, held = (tmp_path / name for name in ("eight.835", "one.835", "held.835"))
    sets = [(f"T{number}", [(f"K{number}", 100, 80)]) for number in range(8)]
    one.write_bytes(given.remittance_file(sets[7]))
    eight.write_bytes(given.remittance_file(*sets))
    held.write_bytes(given.remittance_file(sets[0], ("T9", [("NOBODYS", 100, 80)])))
    said = program.json("import", one, eight)
    assert [report["outcome"] for report in said] == ["filed", "filed"]
    assert [each["outcome"] for each in said[1]["sets"]] == [*["filed"] * 7, "duplicate"]
    assert said[1]["sets"][7]["findings"][0]["code"] == "duplicate-era"
    assert [report["outcome"] for report in program.json("import", one, eight)] == ["duplicate"] * 2
    assert [report["outcome"] for report in program.json("import", held, status=1)] == ["exception"]


def test_the_repeats_of_a_file_are_counted_for_a_person(program: Program, tmp_path: Path) -> None:
    day = program.home / "day"
    program.json("import", day / "claims-837p.837")
    one, both = tmp_path / "one.835", tmp_path / "both.835"
    bill = program.json("bill", "list")[0]["number"]
    sets = [(trace, [(bill, 100, 80)]) for trace in ("T1", "T2")]
    one.write_bytes(given.remittance_file(sets[0]))
    both.write_bytes(given.remittance_file(*sets))
    assert "had come before" not in program.call("import", one).out
    ran = program.call("import", both)
    assert ran.status == 0
    assert "both.835  835   filed" in ran.out
    assert "both.835: of 2 sets 1 had come before.\n" in ran.out
    assert "had come before" not in program.call("import", both).out


def refused(program: Program, *words: str) -> Any:
    """The sentence of a refusal, which is the same with the option before and after the words."""
    before, after = program.call("--json", *words), program.call(*words, "--json")
    plainly = program.call(*words)
    assert before.status == after.status == plainly.status == 1
    assert before.err == after.err == plainly.out == ""
    assert before.json == after.json
    assert set(before.json) == {"refused"}
    assert plainly.err == before.json["refused"] + "\n"
    return before.json["refused"]


@pytest.mark.parametrize(
    "words",
    [
        ("init", "--station", "442", "--name", "AGAIN"),
        ("site", "colour", "blue"),
        ("nightly", "--date", "2999-01-01"),
        ("era", "show", "9"),
        ("eft", "show", "9"),
        ("bill", "show", "K9"),
        ("receipt", "show", "E9"),
        ("receipt", "process", "E9"),
        ("receipt", "create", "9"),
        ("scratchpad", "create", "9"),
        ("scratchpad", "split", "9", "1.001", "K1=1", "K2=2"),
        ("scratchpad", "distribute", "9", "1.001", "2.001", "5"),
        ("scratchpad", "refresh", "9"),
    ],
    ids=" ".join,
)
def test_a_refusal_is_one_document_or_one_sentence(program: Program, words: tuple[str, ...]) -> None:
    assert refused(program, *words).isprintable()


def broken(program: Program, *words: str | Path, numbered: bool = False) -> str:
    """The sentence of an error, which has a number where support has to look it up."""
    before, after = program.call("--json", *words), program.call(*words, "--json")
    assert before.status == after.status == 1
    assert before.err == after.err == ""
    assert set(before.json) == set(after.json) == {"error", "number"}
    assert before.json["error"] == after.json["error"]
    assert (before.json["number"] is not None) is numbered
    return str(before.json["error"])


def test_a_broken_environment_is_one_sentence(program: Program) -> None:
    (program.data / "x-127.0.0.1_1.audit.key").write_text("00" * 32)
    server = "postgresql://nobody@127.0.0.1:1/x"
    assert broken(program, "era", "list", "--database", server, numbered=True) == (
        "The database server at 127.0.0.1 cannot be reached. See that it runs, that the store's address is right, "
        "and that no firewall stands between."
    )
    elsewhere = f"sqlite:///{program.home}/nowhere/x.sqlite3"
    assert broken(program, "check", "--database", elsewhere).startswith("There is no store at ")


def test_lists_are_arrays_also_when_they_are_empty(program: Program) -> None:
    for name in ("era", "eft", "bill", "receipt"):
        assert program.json(name, "list") == []
    assert program.json("check")["findings"] == []
