"""Golden screens: 80 by 24 plain text, readable in a diff, refreshed by `pytest --golden`."""

from collections.abc import Callable
from pathlib import Path

import pytest

_FOLDER = Path(__file__).parent / "golden"

Golden = Callable[[str, str], None]


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compares a screen with its golden file, or writes the file when asked to with `--golden`."""

    def compare(name: str, screen: str) -> None:
        path = _FOLDER / f"{name}.txt"
        shown = screen.rstrip("\n") + "\n"
        if request.config.getoption("--golden"):
            path.write_text(shown, "utf-8")
        assert path.exists(), f"there is no golden screen {name}; make it with pytest --golden"
        assert shown == path.read_text("utf-8"), f"{name} is not what it was; refresh it with pytest --golden"

    return compare
