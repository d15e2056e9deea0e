"""Setting the program up: an environment that was moved is made anew, and which Python it takes is said right."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lockbox_tui.program import ROOT

MAKE_VENV = ROOT / ".ci" / "make-venv"


def ran(*words: str, folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """The script that makes environments, run in a folder."""
    return subprocess.run(
        ["sh", str(MAKE_VENV), *words],
        cwd=folder,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def said_of_python(folder: Path, name: str, version: str = "") -> str:
    """What is said when this Python is to be taken, which says it is of that version and fits nothing."""
    python = folder / name
    if version:
        python.write_text(f'#!/bin/sh\n[ "$1" = --version ] && echo "Python {version}" || exit 1\n')
        python.chmod(0o755)
    done = ran(".venv", folder=folder, PYTHON=str(python))
    assert (done.returncode, done.stdout) == (1, "")
    assert not (folder / ".venv").exists()
    return done.stderr


def test_a_python_that_does_not_fit_is_named_with_its_version(tmp_path: Path) -> None:
    for version in ("3.10.4", "3.14.0"):
        assert said_of_python(tmp_path, "python", version).startswith(
            f"Lockbox needs Python 3.11, 3.12 or 3.13; {tmp_path / 'python'} is Python {version}.\n"
        )


def test_a_python_that_is_not_there_is_said_not_to_be(tmp_path: Path) -> None:
    assert said_of_python(tmp_path, "nothing").startswith(
        f"Lockbox needs Python 3.11, 3.12 or 3.13; there is no {tmp_path / 'nothing'}.\n"
    )


def test_where_no_python_fits_none_is_said_to(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    sh = shutil.which("sh")
    assert sh is not None
    done = subprocess.run(
        [sh, str(MAKE_VENV), ".venv"],
        cwd=tmp_path,
        env={"PATH": str(tmp_path / "bin")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Lockbox needs Python 3.11, 3.12 or 3.13; none of them was found.\n")


def test_an_environment_whose_folder_was_moved_is_stale(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    programs = here / ".venv" / "bin"
    programs.mkdir(parents=True)
    (programs / "python").symlink_to(sys.executable)
    (programs / "pip").write_text(f"#!{programs / 'python'}\nprint()\n")
    assert ran("--stale", ".venv", folder=here).stdout == ""
    here.rename(there)
    assert ran("--stale", ".venv", folder=there).stdout == "stale\n"
    assert ran("--stale", ".none", folder=there).stdout == ""
    (there / ".venv" / "bin" / "python").unlink()
    assert ran("--stale", ".venv", folder=there).stdout == "stale\n"


@pytest.fixture
def installed() -> Iterator[Path]:
    """What a wheel of the program holds, in a folder of its own; its dependencies are those of the tests."""
    with tempfile.TemporaryDirectory(prefix="lockbox-wheel-") as name:
        folder = Path(name)
        # Built from a copy: setuptools leaves what it builds in the source tree.
        source = folder / "source"
        source.mkdir()
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for path in filter(None, listed.split("\0")):
            if not path.startswith(("tests/", "bench/")) and (ROOT / path).is_file():
                (source / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / path, source / path)
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
        subprocess.run(
            [*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(source)],
            check=True,
            capture_output=True,
        )
        (wheel,) = folder.glob("*.whl")
        target = folder / "installed"
        subprocess.run([*pip, "install", "--no-deps", "--target", str(target), str(wheel)], check=True)
        yield target


def test_a_wheel_has_everything_that_the_demo_needs(installed: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "lockbox_tui", "demo", "--play"],
        cwd=tmp_path,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(installed),
            "XDG_DATA_HOME": str(tmp_path),
            "HOME": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "The books are proven." in done.stdout
    asked = subprocess.run(
        [sys.executable, "-c", "import lockbox_tui; print(lockbox_tui.__file__)"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert asked.stdout.startswith(str(installed))
