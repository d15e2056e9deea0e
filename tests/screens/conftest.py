"""Golden screens: 80 by 24 plain text, readable in a diff, refreshed by `pytest --golden`."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from screens.list_manager.asking import progress
from screens.list_manager.glass.glass import COLUMNS
from screens.list_manager.glass.paper import Paper
from services.clean import one_cell_each

_FOLDER = Path(__file__).parent / "golden"

_RECORD = re.compile(r"\S {3,}\S")
_WRITE = Paper.write


@pytest.fixture(autouse=True)
def _no_word_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a test of this folder lets stand on the paper: words stay whole, and records on one row."""

    def checked(paper: Paper, text: str, *, whole: bool = False) -> None:
        _WRITE(paper, text, whole=whole)
        if whole or paper._glass.width < COLUMNS:
            return
        glass, rows = paper._glass, range(paper._start, paper._glass.cursor[0] + 1)
        shown = " ".join(glass.rows[row].text for row in rows).split()
        words = one_cell_each(text).split()
        if max(map(len, words), default=0) < glass.width // 2:
            assert shown == words, f"a word is broken: {text!r}"
        assert len(text) <= glass.width or not _RECORD.search(text), f"a record is broken: {text!r}"

    monkeypatch.setattr(Paper, "write", checked)


Golden = Callable[[str, str], None]


@pytest.fixture
def golden(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Golden:
    """Compares a screen with its golden file, or writes the file when asked to with `--golden`."""
    # On a busy machine a call may take so long that a progress line appears; the golden screens have none.
    monkeypatch.setattr(progress, "PATIENCE", 20.0)

    def compare(name: str, screen: str) -> None:
        path = _FOLDER / f"{name}.txt"
        shown = f"{screen}\n"
        if request.config.getoption("--golden"):
            path.write_text(shown, "utf-8")
        assert path.exists(), f"there is no golden screen {name}; make it with pytest --golden"
        # Whether blank rows below the last line are written down does not matter.
        assert shown.rstrip() == path.read_text("utf-8").rstrip(), (
            f"{name} is not what it was; refresh it with pytest --golden"
        )

    return compare
