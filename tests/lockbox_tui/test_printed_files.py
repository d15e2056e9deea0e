"""`--output` and `--format pdf`: what a command answers as a new file of its owner, as pages and as PDF."""

import json
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from lockbox_tui.demo.demo_roles import Role
from lockbox_tui.settings import Settings
from services.office.actor import os_login
from tests.lockbox_tui.program import ROOT, Program, Ran
from tests.patience import PATIENCE
from tests.pdf_text import sheets_of


@pytest.fixture
def demo(built: Settings, tmp_path: Path) -> Program:
    """A program on a demo site."""
    return Program(tmp_path)


def writes(demo: Program, built: Settings, *words: str, into: Path) -> Ran:
    """What a command says whose answer goes into a file."""
    return demo.call(*words, "--output", str(into), "--database", built.database)


@pytest.mark.parametrize(
    "words",
    ["era print 11 --expanded", "era list", "bill list", "eft list", "receipt list", "exception list"],
)
def test_a_pdf_says_what_the_pages_say(demo: Program, built: Settings, tmp_path: Path, words: str) -> None:
    text, document = tmp_path / "a.txt", tmp_path / "a.pdf"
    for format, path in (("text", text), ("pdf", document)):
        ran = writes(demo, built, *words.split(), "--format", format, into=path)
        assert (ran.status, ran.out, ran.err) == (0, "", f"Written to {path}.\n")
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    name = os_login(None).upper()
    sheets = [sheet.splitlines() for sheet in text.read_text().split("\f")]
    read = sheets_of(document.read_bytes())
    # Of the two commands each has its own time at its foot.
    assert [sheet[:-1] for sheet in read] == [sheet[:-1] for sheet in sheets]
    for number, (sheet, again) in enumerate(zip(sheets, read, strict=True), 1):
        assert len(sheet) == 60
        assert sheet[-1].endswith(f"PAGE {number}")
        assert sheet[-1].split("  ")[0] == again[-1].split("  ")[0] == name
    one_page = demo.call(*words.split(), "--format", "text", "--database", built.database).out
    assert name not in one_page
    assert all(line in one_page.splitlines() for line in sheets[0][:-2])


def test_each_format_goes_into_a_file_as_it_goes_to_standard_output(
    demo: Program, built: Settings, tmp_path: Path
) -> None:
    for format in ("table", "caret", "csv", "json"):
        path = tmp_path / format
        words = ("era", "list", "--format", format)
        assert writes(demo, built, *words, into=path).status == 0
        with path.open(newline="") as file:
            assert file.read() == demo.call(*words, "--database", built.database).out
    path = tmp_path / "document"
    assert writes(demo, built, "era", "list", "--json", into=path).out == ""
    assert len(json.loads(path.read_text())) > 10


def test_nothing_is_written_over_and_what_is_refused_leaves_no_file(
    demo: Program, built: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "era.pdf"
    path.write_text("first")
    ran = writes(demo, built, "era", "print", "11", "--format", "pdf", into=path)
    said = "A file era.pdf is already there, and is not written over. Name another.\n"
    assert (ran.status, ran.out, ran.err) == (1, "", said)
    assert path.read_text() == "first"
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "elsewhere")
    assert writes(demo, built, "era", "list", into=link).status == 1
    ran = writes(demo, built, "era", "list", into=tmp_path / "nowhere" / "x")
    assert ran.err == "x could not be written: No such file or directory.\n"
    assert writes(demo, built, "era", "print", "999", into=tmp_path / "none").status == 1
    assert {each.name for each in tmp_path.iterdir()} == {"era.pdf", "link"}


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_command_that_a_signal_ends_leaves_no_file(
    built: Settings, tmp_path: Path, number: signal.Signals
) -> None:
    # The signal comes when a part of the print is written; a run under nohup would hand its deafness down.
    code = (
        "import signal, sys; from lockbox_tui.__main__ import main; from services.reports import sheets; "
        "signal.signal(int(sys.argv[1]), signal.SIG_DFL); "
        "foot = sheets.Signed.foot; "
        "sheets.Signed.foot = lambda *of: (signal.raise_signal(int(sys.argv[1])), foot(*of))[1]; "
        "sys.exit(main(sys.argv[2:]))"
    )
    path = tmp_path / "f"
    words = ("--database", built.database, "era", "print", "11", "--format", "text", "--output", str(path))
    done = subprocess.run(
        [sys.executable, "-c", code, str(int(number)), *words],
        cwd=ROOT,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (done.returncode, done.stderr) == (128 + number, b"")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("", "--output '' names no file: name one that is not there yet"),
        (".", "--output '.' names no file"),
        ("..", "--output '..' names no file"),
        ("folder/", "--output 'folder/' names no file"),
        ("-", "--output - names no file: without --output the answer goes to standard output"),
    ],
)
def test_a_word_that_names_no_file_is_wrong_usage(
    demo: Program, built: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, word: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = demo.call("era", "list", "--output", word, "--database", built.database)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_reviewers_name_stands_on_what_he_prints(demo: Program, built: Settings, tmp_path: Path) -> None:
    path = tmp_path / "era.pdf"
    words = ("era", "print", "11", "--format", "pdf", "--as", Role.REVIEWER.login)
    assert writes(demo, built, *words, into=path).status == 0
    assert sheets_of(path.read_bytes())[0][-1].startswith("REVIEWER,DEMO  ")


def test_a_pdf_goes_through_a_pipe_but_never_to_a_terminal(
    demo: Program, built: Settings, tmp_path: Path
) -> None:
    words = [sys.executable, "-m", "lockbox_tui", "--database", built.database, "era", "print", "11"]
    done = subprocess.run(
        [*words, "--format", "pdf"], cwd=ROOT, capture_output=True, timeout=PATIENCE, check=True
    )
    assert sheets_of(done.stdout)[0][0].startswith("     EDI LOCKBOX WORKLIST - ERA DETAIL")
    typed = tmp_path / "typed"
    script = ["script", "-qec", " ".join([*words, "--format", "pdf"]), str(typed)]
    seen = subprocess.run(script, cwd=ROOT, capture_output=True, timeout=PATIENCE, check=False)
    assert seen.returncode == 2
    assert b"a PDF goes into a file: name one by --output" in seen.stdout
