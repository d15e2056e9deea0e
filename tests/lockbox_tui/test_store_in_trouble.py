"""A store that may only be read, and a disk that is full: one sentence, exit 1, and nothing half done."""

import contextlib
import json
import os
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.lockbox_tui.program import ROOT, Program
from tests.patience import PATIENCE

READ_ONLY = "The store may only be read here. Nothing was changed."
FULL = (
    "The disk of the store is full. What was being done is undone as a whole; what was done before it stays. "
    "Make room and try again."
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A site with the files of a day beside it, none of them imported."""
    program = Program(tmp_path_factory.mktemp("made"))
    program.json("init", "--station", "442", "--name", "DEMO", "--auto-audit")
    program.json("generate", "--claims", "60", "--seed", "3", "--into", program.home / "day")
    return program


@pytest.fixture
def program(made: Program, tmp_path: Path) -> Program:
    """The same site, to be spoilt."""
    shutil.copytree(made.home, tmp_path / "home")
    return Program(tmp_path / "home")


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Path]:
    """A disk of 3 MB of its own; only root may mount one, and not everywhere."""
    disk = tmp_path / "disk"
    disk.mkdir()
    tool = shutil.which("mount")
    if os.geteuid() != 0 or tool is None:
        pytest.skip("only root can mount a small disk")
    if subprocess.run([tool, "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk], check=False).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


def day(program: Program) -> list[Path]:
    """The day's files, claims first."""
    folder = program.home / "day"
    return [*sorted(folder.glob("*.837")), folder / "remittance.835", *folder.glob("*.ach")]


def assert_proven(program: Program) -> None:
    """The books prove."""
    assert program.json("check")["proven"] is True


def assert_true(program: Program, reports: list[dict[str, Any]]) -> int:
    """What is said to be filed of each file that was broken off is what is in the store; gives how much."""
    broken = [report for report in reports if report["outcome"] == "rejected"]
    assert broken
    said = {}
    for report in broken:
        (finding,) = report["findings"]
        found = re.search(r"Of this file (\d+) sets? and (\d+) EFTs? are filed", finding["text"])
        waits = finding["code"] == "waits-for-claims"
        assert found or waits or "Nothing of this file is filed." in finding["text"], finding
        said[report["file"]] = int(found[1]) if found else 0
    filed = {report["file"]: len(report["sets"]) for report in reports if report["outcome"] == "filed"}
    with contextlib.closing(sqlite3.connect(program.data / "lockbox.sqlite3")) as store:
        held = dict(
            store.execute(
                "SELECT file_name, count(*) FROM message JOIN transaction_set s ON message_id = message.id "
                "WHERE s.outcome IN ('filed', 'duplicate') GROUP BY 1"
            ).fetchall()
        )
    filed_of_broken = sum(said.values())
    assert held == {name: sets for name, sets in {**said, **filed}.items() if sets}
    return filed_of_broken


def test_a_store_on_a_read_only_disk_says_so_and_takes_nothing(made: Program, mounted: Path) -> None:
    shutil.copytree(made.data, mounted / "lockbox")
    program = Program(mounted)
    subprocess.run(["mount", "-o", "remount,ro", mounted], check=True)
    before = (mounted / "lockbox" / "lockbox.sqlite3").read_bytes()
    (refused,) = program.json("import", day(made)[0], status=1)
    assert READ_ONLY in refused["findings"][0]["text"]
    ran = program.run("site", "name", "OTHER", "--json")
    assert (ran.status, ran.json["error"], ran.err) == (1, READ_ONLY, "")
    assert_proven(program)
    assert program.json("bill", "list") == program.json("era", "list") == []
    assert program.json("site")["name"] == "DEMO"
    assert (mounted / "lockbox" / "lockbox.sqlite3").read_bytes() == before
    subprocess.run(["mount", "-o", "remount,rw", mounted], check=True)
    assert program.json("bill", "list") == []
    assert_proven(program)


def test_a_disk_that_fills_up_during_an_import(made: Program, mounted: Path) -> None:
    shutil.copytree(made.data, mounted / "lockbox", ignore=shutil.ignore_patterns("day"))
    program = Program(mounted)
    ballast = mounted / "ballast"
    room = os.statvfs(mounted)
    ballast.write_bytes(b"\0" * (room.f_bavail * room.f_frsize - 120_000))
    ran = program.run("import", *day(made), "--json")
    assert ran.status == 1, ran
    assert FULL in ran.out, ran
    assert "Traceback" not in ran.err
    assert_true(program, ran.json)
    assert_proven(program)
    ballast.unlink()
    again = program.json("import", *day(made))
    assert {report["outcome"] for report in again} <= {"filed", "duplicate"}
    assert_proven(program)


@pytest.mark.parametrize(("claims", "limit", "filed"), [(60, 100_000, False), (800, 1_500_000, True)])
def test_a_file_that_may_not_grow_during_an_import(
    program: Program, claims: int, limit: int, filed: bool
) -> None:
    """The same without a disk of its own: the system refuses the store every byte beyond a limit."""
    shutil.rmtree(program.home / "day")
    program.json("generate", "--claims", str(claims), "--seed", "3", "--into", program.home / "day")
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, resource.RLIM_INFINITY)); "
        "from lockbox_tui.__main__ import main; sys.exit(main(sys.argv[1:]))"
    )
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[1] in (resource.RLIM_INFINITY, -1)
    done = subprocess.run(
        [sys.executable, "-c", code, "import", "--json", *map(str, day(program))],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "XDG_DATA_HOME": str(program.home)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 1, done
    assert bool(assert_true(program, json.loads(done.stdout))) is filed
    assert "Traceback" not in done.stderr
    assert FULL in done.stdout, done
    assert_proven(program)
    again = program.json("import", *day(program))
    assert {report["outcome"] for report in again} <= {"filed", "duplicate"}
    assert_proven(program)


def test_a_file_that_is_no_store_is_said_to_be_none_though_its_key_is_missing_too(program: Program) -> None:
    file = program.home / "eft.ach"
    file.write_text("101 091000019 0910000190101010000A094101\n" * 20)
    ran = program.run("--database", f"sqlite:///{file}", "check", "--json")
    assert (ran.status, ran.json["error"]) == (1, "The file of the store is not a Lockbox store.")


def test_a_store_that_was_not_closed_on_a_read_only_disk_says_what_to_copy(
    made: Program, mounted: Path
) -> None:
    shutil.copytree(made.data, mounted / "lockbox", ignore=shutil.ignore_patterns("day"))
    program = Program(mounted)
    (mounted / "lockbox" / "lockbox.sqlite3-wal").write_bytes(b"\0" * 4096)
    subprocess.run(["mount", "-o", "remount,ro", mounted], check=True)
    ran = program.run("check", "--json")
    assert (ran.status, ran.err) == (1, "")
    assert "its last writes stand in lockbox.sqlite3-wal" in ran.json["error"]
    assert "Copy both files and the audit key" in ran.json["error"]


@pytest.fixture
def as_anybody() -> list[str]:
    """What runs a program as a user who is not root; nothing where the tests run as such a user themselves."""
    if os.geteuid() != 0:
        return []
    words = [shutil.which("setpriv") or "false", "--reuid=65534", "--regid=65534", "--clear-groups"]
    if subprocess.run([*words, sys.executable, "-c", "pass"], capture_output=True, check=False).returncode:
        pytest.skip("root may write everything, and nobody else may run the program here")
    return words


READS = (
    "import sys; sys.path.insert(0, sys.argv[3]); from models.store import Store; "
    "from services.proofs.check import check_books\n"
    "store = Store('sqlite:///' + sys.argv[1], audit_key=bytes.fromhex(open(sys.argv[2]).read()))\n"
    "with store.reading() as session: print(check_books(session))"
)


@pytest.mark.parametrize(
    ("file", "folder", "read"),
    [(0o444, 0o555, True), (0o444, 0o755, False), (0o644, 0o555, False)],
    ids=["nobody writes", "its owner writes beside it", "its owner writes it"],
)
def test_a_store_is_read_without_locks_only_where_nobody_may_write(
    made: Program, as_anybody: list[str], file: int, folder: int, read: bool
) -> None:
    with tempfile.TemporaryDirectory(prefix="lockbox-closed-") as name:
        place = Path(name)
        place.chmod(0o755)
        shelf = place / "shelf"
        shelf.mkdir()
        store, key = (
            shelf / shutil.copyfile(made.data / each, shelf / each)
            for each in ("lockbox.sqlite3", "lockbox.audit.key")
        )
        store.chmod(file)
        key.chmod(0o444)
        shelf.chmod(folder)
        if not as_anybody and not read:
            pytest.skip("only root can see what another user may read")
        try:
            done = subprocess.run(
                [*as_anybody, sys.executable, "-c", READS, *map(str, (store, key, ROOT))],
                cwd="/",
                capture_output=True,
                text=True,
                check=False,
            )
        finally:
            shelf.chmod(0o755)
    if read:
        assert (done.returncode, done.stdout) == (0, "[]\n"), done
    else:
        assert done.returncode == 1
        assert "cannot be read here: others may be changing it" in done.stderr
