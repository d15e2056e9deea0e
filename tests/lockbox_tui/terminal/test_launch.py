"""What is made sure of before Textual is imported."""

import subprocess
import sys
from pathlib import Path

import pytest

from lockbox_tui.terminal.launch import prepare_environment, refusal
from tests.patience import PATIENCE

ROOT = Path(__file__).parents[3]


def test_what_could_run_code_or_write_screens_is_taken_out() -> None:
    environ = {
        "PATH": "/bin",
        "TEXTUAL_DRIVER": "evil:Driver",
        "TEXTUAL_LOG": "log",
        "TEXTUAL_SCREENSHOT_LOCATION": "here",
        "TEXTUAL_SCREENSHOT": "1",
        "TEXTUAL_DEVTOOLS_HOST": "there",
        "TEXTUAL_ANIMATIONS": "full",
        "ESCDELAY": "1",
    }
    prepare_environment(environ)
    assert environ == {
        "PATH": "/bin",
        "ESCDELAY": "400",
        "TEXTUAL_ANIMATIONS": "none",
        "TEXTUAL_SMOOTH_SCROLL": "0",
        "TEXTUAL_DISABLE_KITTY_KEY": "1",
    }


@pytest.mark.parametrize("term", ["vt100", "xterm-256color", "screen", "linux", "tmux-256color"])
def test_terminals_that_can(term: str) -> None:
    assert refusal(term, on_terminal=True) is None


def test_terminals_that_cannot() -> None:
    assert "TERM=vt100" in (refusal("dumb", on_terminal=True) or "")
    assert "not set" in (refusal(" ", on_terminal=True) or "")
    assert "pipe" in (refusal("vt100", on_terminal=False) or "")


@pytest.mark.parametrize(
    ("module", "later"),
    [
        ("lockbox_tui.__main__", {"textual", "sqlalchemy"}),
        ("lockbox_tui.terminal.launch", {"textual", "sqlalchemy"}),
        ("lockbox_tui.desk", {"textual"}),
        ("screens.list_manager.desk", {"sqlalchemy"}),
        ("screens.list_manager.menus.menus", {"sqlalchemy"}),
    ],
)
def test_what_takes_long_is_not_imported_before_it_is_needed(module: str, later: set[str]) -> None:
    code = f"import sys, {module}; sys.exit(not sys.modules.keys().isdisjoint({later!r}))"
    assert (
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False, timeout=PATIENCE).returncode == 0
    )
