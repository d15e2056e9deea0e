"""The Textual app around the glass: what it shows, what it does with keys, what it refuses."""

from pathlib import Path

import pytest

from lockbox_tui.terminal.app import TerminalApp, screen_text
from screens.list_manager.desk import DeskSettings
from screens.list_manager.glass.terminal import Terminal
from tests.terminal.sample_desk import NOW, EraList, SampleDesk

GOLDEN = Path(__file__).parents[2] / "screens" / "list_manager" / "era_list.txt"


class Session:
    """One run of the list in the app."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.left = 0

    async def run(self, terminal: Terminal) -> int:
        desk = SampleDesk(terminal, DeskSettings(now=lambda: NOW), 40)
        desk.notes = self.notes
        await desk.show(EraList(desk))
        return 3

    async def leave(self) -> None:
        self.left += 1


async def test_the_app_shows_the_golden_page_and_gives_keys_to_the_reader() -> None:
    session = Session()
    app = TerminalApp(session)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.keys.read_out()
        await pilot.pause()
        assert screen_text(app) == GOLDEN.read_text().rstrip("\n")
        await pilot.press("S", "E", "equals_sign", "7", "enter")
        await app.keys.read_out()
        assert session.notes == ["SELECT 7"]
        await pilot.press("pagedown")
        await app.keys.read_out()
        await pilot.pause()
        assert "Page:    2 of   16" in screen_text(app)
        await pilot.press("circumflex_accent", "enter")
    await app.end_session()
    assert app.status == 3
    assert app.return_code == 3
    assert session.left == 1
    await app.end_session()
    assert session.left == 1


async def test_markup_in_a_row_is_only_text() -> None:
    session = Session()
    app = TerminalApp(session)
    async with app.run_test(size=(80, 24)) as pilot:
        app.keys.feed("4\r")
        await app.keys.read_out()
        await pilot.pause()
        assert "B[/INS] [@click=ap" in screen_text(app)
        app.keys.feed("^\r")


async def test_palette_screenshots_clipboard_and_suspending_are_off() -> None:
    session = Session()
    app = TerminalApp(session)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.keys.read_out()
        assert list(app.get_system_commands(app.screen)) == []
        assert not app.ENABLE_COMMAND_PALETTE
        for act in (app.action_screenshot, app.save_screenshot, app.deliver_screenshot, app.suspend):
            with pytest.raises(RuntimeError, match="carry patients' data away"):
                act()
        with pytest.raises(RuntimeError, match="carry patients' data away"):
            app.copy_to_clipboard("SMITH")
        await pilot.press("ctrl+q", "ctrl+p", "ctrl+z")
        await app.keys.read_out()
        await pilot.pause()
        assert screen_text(app) == GOLDEN.read_text().rstrip("\n")
        assert app.is_running
        app.keys.feed("^\r")


async def test_a_mistake_inside_textual_is_a_number_too(tmp_path: Path) -> None:
    log = tmp_path / "crashes.jsonl"
    app = TerminalApp(Session(), log=log)
    with pytest.raises(ValueError, match="SMITH"):
        async with app.run_test(size=(80, 24)) as pilot:
            await app.keys.read_out()
            app._handle_exception(ValueError("SMITH"))
            await pilot.pause()
    await app.end_session()
    assert app.status == 70
    assert app.crash is not None
    assert "SMITH" not in log.read_text()
