"""What somebody else has planted is never taken for a site's own: folder, store, key, journal, prints, and links."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.lockbox_tui.program import ROOT, Program

INIT = ("init", "--station", "442", "--name", "DEMO")
ELSEWHERE = "Name another folder by --database, $LOCKBOX_DATABASE or $XDG_DATA_HOME."

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to another user")


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A program whose site is set up, with a journal and a print folder."""
    program = Program(tmp_path)
    program.json(*INIT)
    for name in ("lockbox.finance", "lockbox.prints", "lockbox.backups"):
        (program.data / name).mkdir(mode=0o700)
    return program


def said(program: Program, *words: str) -> str:
    """The one sentence with which a command is refused."""
    error: str = program.json(*words, status=1)["error"]
    return error


PLACES = (
    "",
    "lockbox.sqlite3",
    "lockbox.audit.key",
    "lockbox.finance",
    "lockbox.prints",
    "lockbox.backups",
)


@only_root
@pytest.mark.parametrize("place", PLACES)
def test_what_belongs_to_somebody_else_is_refused_and_named(program: Program, place: str) -> None:
    planted = program.data / place
    os.chown(planted, 65534, -1)
    for words in (("era", "list"), ("check",), ("migrate",)):
        assert said(program, *words) == (
            f"{planted} belongs to nobody, not to you, so he could read and forge what is kept there; "
            f"the README's section Setting up says who may come in. {ELSEWHERE}"
        )
    os.chown(planted, 0, -1)
    assert program.json("check")["proven"] is True


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("mode", [0o002, 0o020])
def test_what_others_may_write_is_refused_and_named(program: Program, place: str, mode: int) -> None:
    open_to_others = program.data / place
    before = open_to_others.stat().st_mode
    open_to_others.chmod(before | mode)
    if mode == 0o020:
        if os.geteuid() != 0:
            pytest.skip("only root can give a file to another group")
        os.chown(open_to_others, -1, 65534)
    assert said(program, "era", "list") == (
        f"Others may write {open_to_others}, and could forge what is kept there. To close it: "
        f"chmod go-w {open_to_others}"
    )
    open_to_others.chmod(before)
    assert program.json("era", "list") == []


@pytest.mark.parametrize("place", PLACES)
def test_a_link_is_refused_and_named(program: Program, place: str, tmp_path: Path) -> None:
    linked = program.data / place
    linked.rename(tmp_path / "elsewhere")
    linked.symlink_to(tmp_path / "elsewhere")
    sentence = said(program, "era", "list")
    assert sentence.startswith(
        f"{linked} is a link, and the files of a site stand only where their names say"
    )
    assert sentence.endswith(ELSEWHERE)


@only_root
@pytest.mark.parametrize("planted", ["folder", "store", "key", "above"])
def test_init_adopts_nothing_that_somebody_else_has_planted(tmp_path: Path, planted: str) -> None:
    program = Program(tmp_path / "trial")
    program.data.mkdir(parents=True)
    store, key = (program.data / name for name in ("lockbox.sqlite3", "lockbox.audit.key"))
    chosen = {"folder": program.data, "store": store, "key": key, "above": program.home}[planted]
    if planted in ("store", "key"):
        chosen.write_text("00" * 32 if planted == "key" else "")
    os.chown(chosen, 65534, -1)
    before = sorted(program.data.iterdir())
    assert f"{chosen} belongs to nobody" in said(program, *INIT)
    assert sorted(path for path in program.data.iterdir() if path.name != "lockbox.log") == before
    os.chown(chosen, 0, -1)


def test_init_makes_nothing_below_a_folder_in_which_others_can_put_theirs(tmp_path: Path) -> None:
    program = Program(tmp_path / "open" / "trial")
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    assert said(program, *INIT) == (
        f"The folder {tmp_path / 'open'} may be written by others, and what is below it could be put out of the "
        f"way and replaced. {ELSEWHERE}"
    )
    assert not (program.data / "lockbox.sqlite3").exists()
    (tmp_path / "open").chmod(0o1777)
    assert program.json(*INIT)["station"] == "442"


def test_a_group_that_is_only_the_users_own_is_nobody_else(program: Program) -> None:
    if os.geteuid() == 0:
        os.chown(program.data, 0, 0)
    program.data.chmod(0o770)
    assert program.json("era", "list") == []


@pytest.mark.parametrize(
    "place", [lambda home: "/proc/nothing", lambda home: "/dev/null", lambda home: str(home / "file")]
)
def test_a_data_folder_that_cannot_be_made_says_how_to_name_another(
    tmp_path: Path, place: Callable[[Path], str]
) -> None:
    (tmp_path / "file").write_text("a file where a folder belongs")
    home = Path(place(tmp_path))
    for words in (INIT, ("demo", "--play")):
        ran = Program(home).run(*words)
        assert (ran.status, ran.out) == (1, "")
        assert f"The folder {home}/lockbox cannot be made: " in ran.err
        assert ELSEWHERE in ran.err


def test_a_crash_leaves_no_memory_on_the_disk(tmp_path: Path) -> None:
    code = (
        "import resource; from lockbox_tui.__main__ import main; main(['--version']); "
        "print(resource.getrlimit(resource.RLIMIT_CORE))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "XDG_DATA_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "(0, 0)"
