"""`lockbox demo` without a terminal: it plays the main job at once, on a site like the demo's, as text."""

import json
from pathlib import Path

import pytest

from lockbox_tui.__main__ import main
from lockbox_tui.demo.demo_building import CLERK
from lockbox_tui.demo.main_job import MAIN_JOB
from lockbox_tui.demo.site import store_file
from lockbox_tui.settings import Settings
from tests.lockbox_tui.demo.demo_site import copied_demo


@pytest.fixture
def settings(built: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The demo site where the command looks for it."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return copied_demo(built, tmp_path)


def test_the_main_job_is_printed_screen_by_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert main(["demo", "--play"]) == 0
    said = capsys.readouterr()
    assert "Building the demo site: 25 of 25 steps" in said.err
    assert max(len(line) for line in said.out.splitlines()) <= 80
    for line in (
        "4.002 Claim #: K6D1190 Patient/Last 4: DEMOVET,UNIFORM/3740",
        "1.  Distributed adj dec for retraction S1234: -14.00",
        "EDI Lbox Worklist automatic dec adjustment made to 442-K6D1190: -14.00",
        "TOTAL DOLLARS FOR RECEIPT                               1165.99   1165.99",
        "The books are proven.",
    ):
        assert line in said.out
    assert said.out.count("typed: ") == len(MAIN_JOB)
    assert (tmp_path / "lockbox" / "demo.sqlite3").exists()


def test_it_plays_again_and_leaves_the_demo_site_itself_untouched(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    before = store_file(settings).read_bytes()
    for _ in range(2):
        assert main(["demo", "--play", "--role", "clerk", "--json"]) == 0
        answer = json.loads(capsys.readouterr().out)
        assert answer["store"] == str(store_file(settings))
        assert answer["role"] == "clerk"
        assert answer["check"]["proven"] is True
        assert len(answer["played"]) == len(MAIN_JOB)
        assert f"USER: {CLERK[5:].upper()},DEMO" in answer["played"][0]["screen"]
    assert store_file(settings).read_bytes() == before


def test_the_screen_in_the_readme_is_one_that_the_demo_shows(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    readme = (Path(__file__).parents[3] / "README.md").read_text()
    printed = readme[readme.index("ERA List - Worklist") :].split("\n```")[0].splitlines()
    assert main(["demo", "--play", "--json"]) == 0
    screens = [each["screen"].splitlines() for each in json.loads(capsys.readouterr().out)["played"]]
    # The first line tells the time.
    assert printed[1:] in [screen[1:] for screen in screens]


def test_the_reviewer_may_not_play(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--play", "--role", "reviewer"]) == 1
    assert "THE REVIEWER MAY ONLY LOOK" in capsys.readouterr().err


def test_other_words_are_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--role", "director"]) == 2
    assert main(["--as", "somebody", "demo"]) == 2


def test_a_store_that_is_no_demo_is_refused_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    (tmp_path / "lockbox").mkdir()
    (tmp_path / "lockbox" / "demo.sqlite3").write_text("my own notes")
    assert main(["demo", "--fresh"]) == 1
    assert "is not a demo store" in capsys.readouterr().err
    assert (tmp_path / "lockbox" / "demo.sqlite3").read_text() == "my own notes"
