"""Golden screens: 80 by 24 plain text, readable in a diff, refreshed by `pytest --golden`."""

from collections.abc import Callable
from pathlib import Path

import pytest

from screens.list_manager import progress

_FOLDER = Path(__file__).parent / "golden"

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
