"""A store that may only be read, and a disk that is full: one sentence, exit 1, and nothing half done."""

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lockbox_tui.program import ROOT, Program

READ_ONLY = "The store may only be read here. Nothing was changed."
NOT_OPENED = "The store cannot be opened for writing here: its disk or folder may only be read."
FULL = "The disk of the store is full. Nothing was changed; make room and try again."


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


def test_a_store_on_a_read_only_disk_says_so_and_takes_nothing(made: Program, mounted: Path) -> None:
    shutil.copytree(made.data, mounted / "lockbox")
    program = Program(mounted)
    subprocess.run(["mount", "-o", "remount,ro", mounted], check=True)
    for command in (("import", day(made)[0]), ("nightly",), ("era", "list")):
        ran = program.run(*command, "--json")
        assert ran.status == 1, ran
        assert ran.json["error"] in (READ_ONLY, NOT_OPENED), ran
        assert ran.err == ""
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
    assert_proven(program)
    ballast.unlink()
    again = program.json("import", *day(made))
    assert {report["outcome"] for report in again} <= {"filed", "duplicate"}
    assert_proven(program)


def test_a_file_that_may_not_grow_during_an_import(program: Program) -> None:
    """The same without a disk of its own: the system refuses the store every byte beyond a limit."""
    limit = 100_000
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
        timeout=120,
        check=False,
    )
    assert done.returncode == 1, done
    assert "Traceback" not in done.stderr
    assert FULL in done.stdout or "The disk of the store gave an error." in done.stdout, done
    assert_proven(program)
    again = program.json("import", *day(program))
    assert {report["outcome"] for report in again} <= {"filed", "duplicate"}
    assert_proven(program)


def test_a_file_that_is_no_store_is_said_to_be_none_though_its_key_is_missing_too(program: Program) -> None:
    file = program.home / "eft.ach"
    file.write_text("101 091000019 0910000190101010000A094101\n" * 20)
    ran = program.run("--database", f"sqlite:///{file}", "check", "--json")
    assert (ran.status, ran.json["error"]) == (1, "The file of the store is not a Lockbox store.")
