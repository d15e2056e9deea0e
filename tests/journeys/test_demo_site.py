"""The demo site at a terminal: signing on without a question, and the main job that types itself."""

from pathlib import Path

import pytest

from lockbox_tui.settings import Settings
from tests.lockbox_tui.demo.demo_site import built_demo, copied_demo
from tests.terminal.pseudo_terminal import PseudoTerminal

SCREENS = ("ERA List", "SPLIT LINE", "PREVIEW", "Profile")
MENU = "Select Clerk's AR Menu Option:"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The demo site, built once for these journeys."""
    return built_demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture
def home(built: Settings, tmp_path: Path) -> Path:
    """A data folder with the demo site in it."""
    copied_demo(built, tmp_path)
    return tmp_path


def lockbox(home: Path, *words: str) -> PseudoTerminal:
    return PseudoTerminal(["-m", "lockbox_tui", *words], {"XDG_DATA_HOME": str(home)})


@pytest.mark.parametrize(("role", "name"), [("clerk", "CLERK,DEMO"), ("reviewer", "REVIEWER,DEMO")])
def test_one_is_at_the_clerks_menu_at_once(home: Path, role: str, name: str) -> None:
    with lockbox(home, "demo", "--role", role) as terminal:
        terminal.until_text(MENU)
        assert f"USER: {name}" in terminal.text()
        assert ("YOU MAY READ, VIEW AND PRINT" in terminal.text()) == (role == "reviewer")
        terminal.send("^\r\r")
        assert terminal.wait() == 0


def test_the_first_time_it_is_built_before_the_eyes(tmp_path: Path) -> None:
    with lockbox(tmp_path, "demo") as terminal:
        terminal.until_text("Building the demo site: 1")
        terminal.until_text(MENU)
        assert "USER: SUPERVISOR,DEMO" in terminal.text()
        terminal.send("^\r\r")
        assert terminal.wait() == 0


def test_the_main_job_types_itself_and_keys_hurry_it(home: Path) -> None:
    with lockbox(home, "demo", "--play") as terminal:
        terminal.until_text("LOCKBOX SHOWS ITS MAIN JOB")
        seen: set[str] = set()

        def proven() -> bool:
            """Hurries the demonstration, and notes which screens have gone by."""
            seen.update(screen for screen in SCREENS if screen in terminal.text())
            terminal.send("   ")
            return "The books are proven." in terminal.text() or "lost its way" in terminal.text()

        terminal.until(proven, "the end of the demonstration")
        assert terminal.wait() == 0
        assert seen == set(SCREENS)


def test_a_caret_ends_the_demonstration(home: Path) -> None:
    with lockbox(home, "demo", "--play") as terminal:
        terminal.until_text("LOCKBOX SHOWS ITS MAIN JOB")
        terminal.send(" ")
        terminal.until_text(MENU)
        terminal.send("^")
        assert terminal.wait() == 0
        assert "proven" not in terminal.text()
