"""A print has its name only when it is whole, whatever becomes of the program or of the folder meanwhile."""

import datetime
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.errors import Refused
from services.reports.print_files import free_name, new_file, taken
from services.reports.printing import PrintFile, print_to
from services.reports.sheets import PRINTED_PAGE, Paper, Print, Signed
from tests.lockbox_tui.program import ROOT
from tests.patience import PATIENCE

SIGNED = Signed("CLERK,ONE", datetime.datetime(2012, 7, 22, 17, 37, 6, tzinfo=datetime.UTC))
PAPER = Paper(80, PRINTED_PAGE, SIGNED)

#: Begins a file, says so, and is killed in the middle.
HALF = """
import sys, signal
from pathlib import Path
from services.reports.print_files import new_file
with new_file(Path(sys.argv[1])) as file:
    file.write(b"half of it")
    file.flush()
    print("begun", flush=True)
    signal.pause()
"""


def kill_in_the_middle(path: Path) -> None:
    """Has a process begin a file, and kills it."""
    with subprocess.Popen(
        [sys.executable, "-c", HALF, str(path)], cwd=ROOT, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"begun\n"
        process.kill()
        assert process.wait(PATIENCE) == -signal.SIGKILL


def parts(folder: Path) -> list[str]:
    """The unfinished files of a folder."""
    return [name for name in os.listdir(folder) if ".part-lockbox-" in name]


def print_lines(folder: Path, name: str, lines: Iterator[str]) -> str:
    """Prints some lines into the print folder."""
    return print_to(PrintFile(folder, name), Print(lines), PAPER)


def test_what_a_killed_program_has_begun_has_no_name_and_the_next_print_clears_it(tmp_path: Path) -> None:
    kill_in_the_middle(tmp_path / "a.txt")
    (left,) = os.listdir(tmp_path)
    assert left.startswith(".a.txt.part-lockbox-")
    assert taken(tmp_path, "a.txt") is None
    kill_in_the_middle(tmp_path / "a.txt")
    print_lines(tmp_path, "b.txt", iter(["a line"]))
    assert os.listdir(tmp_path) == ["b.txt"]


def test_what_is_still_printed_is_not_cleared_and_its_name_is_taken(tmp_path: Path) -> None:
    day = datetime.date(2012, 7, 22)
    name = free_name(tmp_path, day, ".txt")

    def lines() -> Iterator[str]:
        yield "a line"
        assert len(parts(tmp_path)) == 1
        assert free_name(tmp_path, day, ".txt") == "2012-07-22-2.txt"
        print_lines(tmp_path, "meanwhile.txt", iter(["another"]))
        assert len(parts(tmp_path)) == 1
        with pytest.raises(Refused, match=f"A file {name} is being printed already"):
            print_lines(tmp_path, name, iter(["another"]))

    print_lines(tmp_path, name, lines())
    assert sorted(os.listdir(tmp_path)) == [name, "meanwhile.txt"]


def test_what_only_looks_like_it_is_left_alone(tmp_path: Path) -> None:
    theirs = {".a.part-1a2b3c4d", "a.part-lockbox-1a2b3c4d", ".a.part-lockbox-1a2b3c4d.txt"}
    for name in theirs:
        (tmp_path / name).write_text("somebody's own")
    (tmp_path / ".b.part-lockbox-1a2b3c4d").mkdir()
    (tmp_path / ".c.part-lockbox-1a2b3c4d").symlink_to(tmp_path / "a.part-lockbox-1a2b3c4d")
    os.mkfifo(tmp_path / ".d.part-lockbox-1a2b3c4d")
    before = set(os.listdir(tmp_path))
    with new_file(tmp_path / "new") as file:
        file.write(b"x")
    assert set(os.listdir(tmp_path)) == before | {"new"}


def test_a_file_that_came_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    with (
        pytest.raises(Refused, match="A file a is already there, and is not written over"),
        new_file(tmp_path / "a") as file,
    ):
        file.write(b"ours")
        (tmp_path / "a").write_text("theirs")
    assert os.listdir(tmp_path) == ["a"]
    assert (tmp_path / "a").read_text() == "theirs"


@pytest.mark.parametrize("broken_off_by", [KeyboardInterrupt, SystemExit, ValueError])
def test_whatever_breaks_it_off_leaves_nothing(tmp_path: Path, broken_off_by: type[BaseException]) -> None:
    with pytest.raises(broken_off_by), new_file(tmp_path / "a") as file:
        file.write(b"half of it")
        assert len(parts(tmp_path)) == 1
        raise broken_off_by
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("replaced_by", ["nothing", "a file", "another folder"])
def test_a_print_whose_folder_is_replaced_meanwhile_is_refused_and_leaves_nothing(
    tmp_path: Path, replaced_by: str
) -> None:
    folder, aside = tmp_path / "prints", tmp_path / "aside"

    def lines() -> Iterator[str]:
        yield "a line"
        folder.rename(aside)
        if replaced_by == "a file":
            folder.write_text("")
        elif replaced_by == "another folder":
            folder.mkdir()

    said = "^x.txt could not be written: its folder was renamed or replaced meanwhile.$"
    with pytest.raises(Refused, match=said):
        print_lines(folder, "x.txt", lines())
    assert os.listdir(aside) == []
    assert not folder.is_dir() or os.listdir(folder) == []


def test_a_print_whose_folder_is_replaced_and_that_fails_besides_says_what_failed(tmp_path: Path) -> None:
    folder = tmp_path / "prints"

    def lines() -> Iterator[str]:
        yield "a line"
        folder.rename(tmp_path / "aside")
        folder.write_text("")
        raise OSError(28, os.strerror(28))

    with pytest.raises(Refused, match="could not be written: No space left on device"):
        print_lines(folder, "x.txt", lines())
    assert os.listdir(tmp_path / "aside") == []


def test_where_no_file_can_be_whole_at_once_it_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*names: str, **more: object) -> None:
        raise PermissionError(1, os.strerror(1))

    monkeypatch.setattr(os, "link", no_links)
    with pytest.raises(Refused, match="knows no hard links"), new_file(tmp_path / "a") as file:
        file.write(b"x")
    assert os.listdir(tmp_path) == []


def test_the_longest_name_that_a_file_may_have_is_no_trouble(tmp_path: Path) -> None:
    name = "\N{EURO SIGN}" * 85
    with new_file(tmp_path / name) as file:
        file.write(b"x")
    assert os.listdir(tmp_path) == [name]
