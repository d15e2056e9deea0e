"""What a script may be handed: no file, a folder, a device, noise, a cut file, escape sequences in names."""

import os
import stat
from pathlib import Path

import pytest

from tests.lockbox_tui.program import Program

BROKEN = "THE FILE IS BROKEN"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A program whose site is set up."""
    program = Program(tmp_path_factory.mktemp("home"))
    program.json("init", "--station", "442", "--name", "DEMO", "--auto-audit")
    return program


def refused_files(folder: Path) -> dict[str, Path]:
    """Files of which nothing can be taken."""
    noise = folder / "noise.835"
    noise.write_bytes(bytes(range(256)) * 400)
    empty = folder / "empty.835"
    empty.touch()
    pipe = folder / "pipe.835"
    os.mkfifo(pipe)
    text = folder / "letter.txt"
    text.write_text("Dear clerk,\nno remittance today.\n")
    bai = folder / "bank.bai"
    bai.write_text("01,122099999,123456789,040621,0200,1,65,,2/\n")
    return {
        "missing": folder / "missing.835",
        "folder": folder,
        "pipe": pipe,
        "device": Path("/dev/zero"),
        "empty": empty,
        "noise": noise,
        "text": text,
        "bai": bai,
    }


def test_import_prints_its_array_in_every_case(program: Program, tmp_path: Path) -> None:
    files = refused_files(tmp_path)
    reports = program.json("import", *files.values(), status=1)
    assert len(reports) == len(files)
    for report, name in zip(reports, files, strict=True):
        assert report["outcome"] == "rejected", report
        assert report["findings"], report
        assert report["sets"] == []
        assert (report["sha256"] is None) == (name in ("missing", "folder", "pipe", "device"))
    assert reports[list(files).index("bai")]["kind"] == "BAI2"
    assert program.json("check")["proven"] is True


def test_a_good_file_is_filed_though_the_one_before_it_is_bad(program: Program, tmp_path: Path) -> None:
    day = program.json("generate", "--claims", "2", "--seed", "11", "--into", tmp_path / "day")
    bad, good = program.json("import", tmp_path / "missing", day["files"][0], status=1)
    assert (bad["outcome"], good["outcome"]) == ("rejected", "filed")
    assert good["bills"] == 2
    told = program.call("import", tmp_path / "missing", *day["files"])
    assert told.status == 1
    assert "The file cannot be read: No such file or directory." in told.out


def test_a_cut_remittance_is_held_whole_and_filed_when_it_comes_whole(
    program: Program, tmp_path: Path
) -> None:
    day = program.json("generate", "--claims", "3", "--seed", "12", "--into", tmp_path / "day")
    program.json("import", *(file for file in day["files"] if file.endswith(".837")))
    whole = tmp_path / "day" / "remittance.835"
    cut = tmp_path / "cut.835"
    cut.write_bytes(whole.read_bytes()[:-200])
    report = program.json("import", cut, status=1)[0]
    assert report["outcome"] == "exception"
    assert report["sets"][0]["era"] is None
    assert program.json("import", whole)[0]["outcome"] == "filed"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_told(program: Program, tmp_path: Path) -> None:
    secret = tmp_path / "secret.835"
    secret.write_text("ISA")
    secret.chmod(0)
    report = program.json("import", secret, status=1)[0]
    assert report["findings"][0]["text"] == "The file cannot be read: Permission denied."


def test_validate_says_what_cannot_be_read_and_goes_on(program: Program, tmp_path: Path) -> None:
    day = program.json("generate", "--claims", "2", "--seed", "13", "--into", tmp_path / "day")
    files = refused_files(tmp_path)
    names = ("missing", "folder", "pipe", "device")
    *unreadable, good = program.json("validate", *(files[name] for name in names), day["files"][0], status=1)
    for name, judged in zip(names, unreadable, strict=True):
        assert (judged["file"], judged["kind"], judged["sha256"]) == (files[name].name, "unknown", None)
        assert (judged["valid"], judged["sets"]) == (False, [])
        (finding,) = judged["findings"]
        assert finding["code"] == "unreadable"
        assert str(files[name]) in finding["text"]
    assert good["valid"] is True
    told = program.call("validate", files["missing"], day["files"][0])
    assert told.status == 1
    assert "No such file or directory." in told.out
    assert "claims-837p.837: 837P, 1 set, valid." in told.out


def test_validate_judges_without_a_store_and_files_nothing(tmp_path: Path) -> None:
    program = Program(tmp_path)
    day = program.json("generate", "--claims", "4", "--seed", "5", "--into", tmp_path / "day")
    judged = program.json("validate", *day["files"])
    assert all(one["valid"] for one in judged)
    remittance = next(one for one in judged if one["kind"] == "835")
    assert [one["balance"] for one in remittance["sets"]] == [
        {"lines": True, "claims": True, "transaction": True, "findings": []}
    ] * len(remittance["sets"])
    assert not program.data.exists()
    told = program.call("validate", *day["files"])
    assert "remittance.835: 835" in told.out


def test_validate_finds_a_remittance_that_does_not_add_up(tmp_path: Path) -> None:
    program = Program(tmp_path)
    day = program.json(
        "generate", "--claims", "4", "--seed", "5", "--faults", "unbalanced", "--into", tmp_path / "day"
    )
    assert day["faults"] == ["unbalanced"]
    (judged,) = program.json("validate", tmp_path / "day" / "remittance.835", status=1)
    assert judged["valid"] is False
    wrong = [one for one in judged["sets"] if not one["balance"]["claims"]]
    assert [finding["code"] for one in wrong for finding in one["balance"]["findings"]] == ["claim-balance"]
    assert program.call("validate", tmp_path / "day" / "remittance.835").status == 1


def test_escape_sequences_in_a_file_never_reach_the_terminal(program: Program, tmp_path: Path) -> None:
    heading = "bill_number,patient_name,payer_name,service_from,charge"
    rows = '"KESC\x1b[2J","EVIL\x1b]0;x\x07,[bold]ALPHA[/X]",ACME [@click=x]PAYER,2025-01-02,10.00'
    bills = tmp_path / "bills\x1b[31m.csv"
    bills.write_text(f"{heading}\n{rows}\n")
    ran = program.call("import", bills)
    listed = program.call("bill", "list")
    assert ran.status == listed.status == 0
    for text in (ran.out, listed.out):
        assert not any(ord(letter) < 32 and letter != "\n" for letter in text)
    assert "[bold]ALPHA[/X]" in listed.out
    assert "ACME [@click=x]PAYER" in listed.out
    plain = program.call("bill", "list", "--json")
    assert plain.out.isascii()
    assert not any(ord(letter) < 32 and letter != "\n" for letter in plain.out)


def test_what_broke_is_logged_without_data_in_a_file_only_its_owner_reads(
    program: Program, tmp_path: Path
) -> None:
    store = tmp_path / "not-a-store.sqlite3"
    store.write_text(BROKEN * 1000)
    (tmp_path / "not-a-store.audit.key").write_text("00" * 32)
    error = program.json("era", "list", "--database", f"sqlite:///{store}", status=1)
    assert error["error"] == "The file of the store is not a Lockbox store."
    log = program.data / "lockbox.log"
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    last = log.read_text().splitlines()[-1]
    assert error["number"] in last
    assert BROKEN not in last
    assert store.read_text() == BROKEN * 1000
