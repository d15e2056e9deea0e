"""A site's day by scripts: bills in, remittances and money in, scratch pads worked, receipts posted, books proven."""

import stat
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from tests.lockbox_tui.program import Program, Ran


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A new site that a script has set up."""
    program = Program(tmp_path_factory.mktemp("home"))
    made = program.json("init", "--station", "442", "--name", "DEMO MEDICAL CENTER", "--auto-audit")
    assert made["station"] == "442"
    assert "LOCKBOX MANAGER" in made["keys"]
    yield program


@pytest.fixture(scope="module")
def day(program: Program) -> list[dict[str, object]]:
    """The reports on a day's files, imported and validated."""
    folder = program.home / "day"
    words = ("--claims", "40", "--seed", "7", "--faults", "take-back,check,zero-payment", "--into", folder)
    made = program.json("generate", *words)
    assert Decimal(made["paid"]) > 0
    reports: list[dict[str, object]] = program.json("import", *made["files"], "--validate", "now")
    return reports


def test_only_the_owner_may_read_the_store_and_its_key(program: Program) -> None:
    assert stat.S_IMODE(program.data.stat().st_mode) == 0o700
    for name in ("lockbox.sqlite3", "lockbox.audit.key"):
        assert stat.S_IMODE((program.data / name).stat().st_mode) == 0o600
    assert len((program.data / "lockbox.audit.key").read_text()) == 64


def test_import_says_of_each_file_what_became_of_it(day: list[dict[str, object]]) -> None:
    assert [report["kind"] for report in day] == ["837P", "837I", "277CA", "835", "ACH"]
    for report in day:
        assert set(report) == {
            *("file", "kind", "sha256", "outcome", "sets", "efts", "bills", "findings", "validation")
        }
        assert report["outcome"] == "filed"
    assert [report["validation"] for report in day] == ["done", "done", "done", "done", None]
    remittances = day[3]["sets"]
    assert isinstance(remittances, list)
    assert [one["era"] for one in remittances] == list(range(1, len(remittances) + 1))
    assert all({"control", "outcome", "era", "findings"} <= set(one) for one in remittances)


def test_the_same_files_again_are_duplicates_and_end_well(
    program: Program, day: list[dict[str, object]]
) -> None:
    files = sorted((program.home / "day").iterdir())
    again = program.json("import", *files)
    assert {report["outcome"] for report in again} == {"duplicate"}


def test_the_day_is_posted_and_proven(program: Program, day: list[dict[str, object]]) -> None:
    night = program.json("nightly")
    assert night["deposits_recorded"] == 1
    assert night["matching"]["matched"] == night["matching"]["examined"]
    posted = 0
    for era in program.json("era", "list"):
        number = str(era["number"])
        if era["match_status"] == "MATCHED":
            program.json("scratchpad", "create", number, "--order", "L")
        elif Decimal(era["amount"]) == 0:
            program.json("scratchpad", "create", number, "--match-0")
            continue
        else:
            program.json("scratchpad", "create", number, "--check", f"CK{number}")
        distribute_all(program, number)
        made = program.json("receipt", "create", number)
        assert made["status"] == "OPEN"
        assert made["document"] is None
        assert made["document_status"] == "NOT ENTERED"
        done = program.json("receipt", "process", made["number"])
        assert done["already"] is None
        assert done["status"] == "CLOSED"
        assert sum(Decimal(line["processed"]) for line in done["lines"]) == Decimal(done["total"])
        again = program.json("receipt", "process", made["number"])
        assert again["already"]["by"]
        assert again["already"]["at"]
        assert again["lines"] == done["lines"]
        posted += 1
    assert posted >= 3
    proof = program.json("check")
    assert proof["proven"] is True
    assert proof["findings"] == []
    assert proof["counts"]["bills"] == 40


def distribute_all(program: Program, era: str) -> None:
    """Takes every negative line out of the largest payment, as a clerk would."""
    while True:
        entries = program.json("era", "show", era)["scratchpad"]["entries"]
        lines = sorted((Decimal(line["net"]), line["line"]) for entry in entries for line in entry["lines"])
        (least, source), (most, target) = lines[0], lines[-1]
        if least >= 0:
            return
        amount = min(-least, most)
        pad = program.json("scratchpad", "distribute", era, source, target, str(amount), "--comment", "KEPT")
        logged = {
            line["line"]: [(log["cause"], log["amount"]) for log in line["log"]]
            for entry in pad["entries"]
            for line in entry["lines"]
        }
        assert ("given_to_other", str(amount)) in logged[source]
        assert ("taken_for_other", f"-{amount}") in logged[target]


def test_the_document_for_finance_is_in_the_accounting_journal(
    program: Program, day: list[dict[str, object]]
) -> None:
    program.json("nightly")
    journal = (program.data / "lockbox.finance" / "finance.journal").read_text()
    receipts = [row for row in program.json("receipt", "list") if row["document"] is not None]
    assert receipts
    for row in receipts:
        assert journal.count(f"({row['document']})") == 1
        assert row["document_status"] == "ACCEPTED BY FMS"


def test_the_program_itself_works_one_remittance_from_file_to_journal(tmp_path: Path) -> None:
    program = Program(tmp_path)
    database = f"sqlite:///{tmp_path / 'elsewhere' / 'site.sqlite3'}"

    def run(*words: str | Path) -> Ran:
        ran = program.run(*words, LOCKBOX_DATABASE=database)
        assert (ran.status, ran.err) == (0, ""), ran
        return ran

    run("init", "--station", "442", "--name", "DEMO", "--auto-audit")
    made = run("--json", "generate", "--claims", "3", "--into", tmp_path / "day").json
    run("import", *made["files"])
    assert run("nightly", "--json").json["matching"]["matched"] == 1
    assert "MATCHED" in run("era", "list").out
    entries = run("scratchpad", "--json", "create", "1").json["entries"]
    assert len(entries) == 3
    receipt = run("receipt", "create", "1", "--json").json["number"]
    assert "ACCEPTED BY FMS" in run("receipt", "process", receipt).out
    assert run("receipt", "process", "--json", receipt).json["already"] is not None
    assert run("check").out.startswith("The books are proven.\n")
    journal = tmp_path / "elsewhere" / "site.finance" / "finance.journal"
    assert f"receipt {receipt}" in journal.read_text()
    assert not (tmp_path / "lockbox" / "lockbox.sqlite3").exists()


def test_every_list_and_sight_prints_for_a_person_too(program: Program, day: list[dict[str, object]]) -> None:
    program.json("nightly")
    first_bill = program.json("bill", "list")[0]["number"]
    for words in (
        ("era", "list"),
        ("era", "show", "1"),
        ("receipt", "list"),
        ("eft", "list"),
        ("eft", "show", "1"),
        ("bill", "list"),
        ("bill", "show", f"442-{first_bill}"),
        ("site",),
        ("check",),
        ("migrate",),
    ):
        ran = program.call(*words)
        assert ran.status == 0, ran
        assert ran.out.strip(), words
        assert "\x1b" not in ran.out
        assert ran.err == ""


def test_what_a_clerk_reads_is_said_on_standard_error_when_refused(program: Program) -> None:
    ran = program.run("receipt", "process", "E99010100")
    assert ran.status == 1
    assert ran.out == ""
    assert ran.err == "THERE IS NO RECEIPT E99010100\n"
    refused = program.json("receipt", "process", "E99010100", status=1)
    assert refused == {"refused": "THERE IS NO RECEIPT E99010100"}


def test_a_second_site_is_refused_and_the_first_is_untouched(program: Program) -> None:
    before = (program.data / "lockbox.audit.key").read_bytes()
    refused = program.json("init", "--station", "500", "--name", "OTHER", status=1)
    assert refused == {"refused": "THIS STORE HAS A SITE ALREADY: STATION 442, DEMO MEDICAL CENTER"}
    assert program.json("site")["station"] == "442"
    assert (program.data / "lockbox.audit.key").read_bytes() == before


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    program = Program(tmp_path)
    for folder in ("a", "b"):
        program.json("generate", "--claims", "5", "--seed", "3", "--into", tmp_path / folder)
    names = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert names
    for name in names:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


@pytest.mark.parametrize("next_act", ["nightly", "process"])
def test_a_document_that_was_left_unwritten_is_written_by_the_next_act(tmp_path: Path, next_act: str) -> None:
    program = Program(tmp_path)
    program.json("init", "--station", "442", "--name", "DEMO", "--auto-audit")
    made = program.json("generate", "--claims", "3", "--into", tmp_path / "day")
    program.json("import", *made["files"])
    in_the_way = program.data / "lockbox.finance"
    in_the_way.write_text("a file where the journal's folder belongs")
    (warning,) = program.json("nightly")["warnings"]
    assert "cannot be written" in warning
    in_the_way.unlink()
    if next_act == "nightly":
        assert program.json("nightly")["warnings"] == []
        unwritten = 1
    else:
        program.json("scratchpad", "create", "1")
        receipt = program.json("receipt", "create", "1")["number"]
        assert program.json("receipt", "process", receipt)["warnings"] == []
        unwritten = 2
    journal = (in_the_way / "finance.journal").read_text()
    documents = [row["document"] for row in program.json("receipt", "list") if row["document"] is not None]
    assert len(documents) == unwritten
    assert [journal.count(f"({document})") for document in documents] == [1] * unwritten


def test_one_of_a_thing_is_said_as_one(tmp_path: Path) -> None:
    program = Program(tmp_path)
    program.json("init", "--station", "442", "--name", "DEMO", "--auto-audit")
    made = program.call("generate", "--claims", "1", "--into", tmp_path / "day").out
    assert "\n1 bill, 1 remittance of " in made
    assert ", 1 EFT of " in made
    program.json("import", *sorted((tmp_path / "day").iterdir()))
    night = program.call("nightly").out
    assert "\n1 deposit recorded: " in night
    assert "\n1 EFT examined: 1 matched, " in night
    assert "\n1 bill, 1 ERA, 1 EFT, 1 receipt, " in program.call("check").out
