"""Terminals for the tests of this folder."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.terminal.pseudo_terminal import PseudoTerminal

ROOT = Path(__file__).parents[2]
Opened = Callable[..., PseudoTerminal]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """The sample's note-book."""
    return tmp_path / "acts.txt"


@pytest.fixture
def sample(log: Path) -> Iterator[Opened]:
    """Opens the sample on a pseudo-terminal and waits for its list."""
    with ExitStack() as stack:

        def opened(eras: int = 40, rows: int = 24, columns: int = 80, **environment: str) -> PseudoTerminal:
            terminal = stack.enter_context(
                PseudoTerminal(
                    ["-m", "tests.terminal.sample_desk"],
                    {
                        "PYTHONPATH": str(ROOT),
                        "SAMPLE_ERAS": str(eras),
                        "SAMPLE_LOG": str(log),
                        **environment,
                    },
                    rows=rows,
                    columns=columns,
                )
            )
            terminal.until_text("Select Action:")
            return terminal

        yield opened
