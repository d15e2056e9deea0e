"""A folder that may not be entered, or not be written: one sentence says what, where and what to do; exit 1."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lockbox_tui.program import ROOT, Program, Ran
from tests.patience import PATIENCE

#: What lets root in everywhere; without these he is a user like any other.
_EVERYWHERE = "--bounding-set=-dac_override,-dac_read_search"


def without_rights(program: Program, *words: str) -> Ran:
    """Runs a command as somebody whom a closed folder keeps out."""
    before: list[str] = []
    if os.geteuid() == 0:
        tool = shutil.which("setpriv")
        if tool is None or subprocess.run([tool, _EVERYWHERE, "true"], check=False).returncode:
            pytest.skip("root's right to enter everywhere cannot be given up here")
        before = [tool, _EVERYWHERE]
    done = subprocess.run(
        [*before, sys.executable, "-m", "lockbox_tui", *words],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "HOME": str(program.home), "XDG_DATA_HOME": str(program.home)},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    """A site whose folders are opened again after the test."""
    program = Program(tmp_path / "home")
    program.home.mkdir()
    program.json("init", "--station", "442", "--name", "DEMO")
    yield program
    program.home.chmod(0o700)
    program.data.chmod(0o700)


INIT = ("init", "--station", "442", "--name", "DEMO")


@pytest.mark.parametrize(
    "words", [("era", "list"), ("nightly",), ("check",), ("migrate",), ("demo", "--play"), INIT], ids=" ".join
)
def test_a_data_folder_that_may_not_be_entered(program: Program, words: tuple[str, ...]) -> None:
    program.data.chmod(0o000)
    said = (
        f"You may not enter the folder {program.data}, though it is yours. "
        f"To open it: chmod u+rwx {program.data}"
    )
    ran = without_rights(program, *words)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith(said)
    assert len(ran.err.splitlines()) == 1
    ran = without_rights(program, *words, "--json")
    document = json.loads(ran.out)
    assert (ran.status, ran.err, set(document)) == (1, "", {"error", "number"})
    assert document["error"] == said
    program.data.chmod(0o700)
    assert program.json("check")["proven"] is True


def test_the_folder_named_is_the_one_that_is_closed(program: Program) -> None:
    program.home.chmod(0o600)
    for words in (("era", "list"), INIT):
        ran = without_rights(program, *words)
        assert (ran.status, ran.out) == (1, "")
        assert ran.err.startswith(f"You may not enter the folder {program.home}, ")


def test_a_folder_that_may_only_be_read_gets_no_store(program: Program, tmp_path: Path) -> None:
    closed = tmp_path / "read only"
    closed.mkdir(mode=0o500)
    ran = without_rights(program, *INIT, "--database", f"sqlite:///{closed}/lockbox.sqlite3")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith(
        f"You may not write in the folder {closed}, though it is yours. To open it: chmod u+rwx '{closed}'"
    )
    assert list(closed.iterdir()) == []


@pytest.mark.parametrize("words", [("demo", "--play"), ("demo", "--fresh", "--play")], ids=" ".join)
def test_the_demo_is_not_built_in_a_folder_that_may_only_be_read(
    program: Program, words: tuple[str, ...]
) -> None:
    before = sorted(path.name for path in program.data.iterdir())
    program.data.chmod(0o500)
    ran = without_rights(program, *words)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.splitlines()[-1].startswith(
        f"You may not write in the folder {program.data}, though it is yours. "
        f"To open it: chmod u+rwx {program.data}"
    )
    assert "Traceback" not in ran.err
    program.data.chmod(0o700)
    assert sorted(path.name for path in program.data.iterdir()) == before


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to another user")
def test_the_folder_of_another_user_names_him(program: Program) -> None:
    os.chown(program.data, 65534, -1)
    ran = without_rights(program, "era", "list", "--json")
    assert ran.status == 1
    assert json.loads(ran.out)["error"] == (
        f"You may not enter the folder {program.data}; it belongs to nobody, "
        "and the README's section Setting up says who may come in. "
        "Name another folder by --database, $LOCKBOX_DATABASE or $XDG_DATA_HOME."
    )
