"""Each command is declared once, and all that is told of it comes from there: help, papers, JSON, formats."""

import argparse
import csv
import importlib
import io
import json
from collections.abc import Iterator

import pytest

from lockbox_tui.commands.arguments import build_parser, destination, takes
from lockbox_tui.commands.declared.register import REGISTER, every_command
from lockbox_tui.commands.declaring import Option
from lockbox_tui.commands.paper import commands_paper
from lockbox_tui.demo.demo_roles import Role
from lockbox_tui.settings import Settings
from tests.lockbox_tui import dummy
from tests.lockbox_tui.dummy import DUMMY, DUMMY_REPORT
from tests.lockbox_tui.examples import Place, words_of
from tests.lockbox_tui.program import Ran
from tests.lockbox_tui.shapes import misfits
from tests.services.reports.all_reports import report_functions

#: The commands of Lockbox, and two that only these tests have: what is declared is found without another word.
WITH_DUMMIES = (*REGISTER, DUMMY, DUMMY_REPORT)
COMMANDS = {command.words: command for command in every_command(WITH_DUMMIES)}
LISTS = [words for words, command in COMMANDS.items() if command.lists]


@pytest.fixture(scope="module")
def place(built: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Where the examples are run."""
    yield Place.made(tmp_path_factory.mktemp("examples"), built)


@pytest.fixture(scope="module")
def ran(place: Place) -> dict[str, Ran]:
    """What each example answers with `--json`, run one after the other as they are declared."""
    answers = {}
    for words, command in COMMANDS.items():
        # The demo builds a site and plays on it; its own tests look at what it answers.
        if words != "demo":
            place.prepare(command)
            answers[words] = place.run(command, "--json", register=WITH_DUMMIES)
    return answers


@pytest.fixture
def parser() -> argparse.ArgumentParser:
    """The parser of all commands and the two dummies."""
    return build_parser(WITH_DUMMIES)


@pytest.mark.parametrize("words", [words for words in COMMANDS if words != "demo"])
def test_its_example_runs_and_its_json_is_as_declared(words: str, ran: dict[str, Ran]) -> None:
    assert (ran[words].status, ran[words].err) == (0, ""), ran[words]
    document = json.loads(ran[words].out)
    assert list(misfits(document, COMMANDS[words].json)) == []


@pytest.mark.parametrize("words", COMMANDS)
def test_its_example_is_read_as_this_command(words: str, parser: argparse.ArgumentParser) -> None:
    read = parser.parse_args(words_of(COMMANDS[words]))
    assert read.command is COMMANDS[words]
    assert {destination(taken) for taken in takes(read.command)} <= set(vars(read))


@pytest.mark.parametrize("words", COMMANDS)
def test_its_help_says_what_it_does_its_defaults_and_its_example(
    words: str, parser: argparse.ArgumentParser, capsys: pytest.CaptureFixture[str]
) -> None:
    command = COMMANDS[words]
    with pytest.raises(SystemExit):
        parser.parse_args([*words.split(), "--help"])
    said = closed_up(capsys.readouterr().out)
    assert closed_up(command.sentences) in said
    assert closed_up(f"example: {command.example}") in said
    assert command.key is None or closed_up(f"needs the key {command.key}") in said
    for taken in takes(command):
        assert closed_up(taken.told if isinstance(taken, Option) else taken.help) in said


def closed_up(text: str) -> str:
    """A text without its blanks and line ends, which stand wherever there was no more room."""
    return "".join(text.split())


@pytest.mark.parametrize("words", COMMANDS)
def test_the_paper_of_the_commands_tells_of_it(words: str) -> None:
    command = COMMANDS[words]
    paper = commands_paper(WITH_DUMMIES)
    (of_it,) = [part for part in paper.split("\n## ") if part.startswith(f"lockbox {words}\n")]
    assert command.sentences in of_it
    assert command.example in of_it
    assert all(taken.help in of_it for taken in takes(command))


@pytest.mark.parametrize("words", COMMANDS)
def test_its_function_is_there(words: str) -> None:
    module, name = COMMANDS[words].function
    assert callable(getattr(importlib.import_module(module), name))


@pytest.mark.parametrize("words", [words for words, command in COMMANDS.items() if command.key is not None])
def test_without_its_key_it_is_refused(words: str, place: Place) -> None:
    command = COMMANDS[words]
    said = place.run(command, "--as", Role.REVIEWER.login, "--json", register=WITH_DUMMIES)
    assert said.status == 1
    # Who manages the site is asked for in words of their own.
    sentences = (f"THE KEY {command.key} IS MISSING", f"ONLY A HOLDER OF THE KEY {command.key} MAY DO THIS")
    assert any(sentence in json.loads(said.out)["refused"] for sentence in sentences)


@pytest.mark.parametrize("words", LISTS)
def test_a_list_is_written_in_each_format(words: str, place: Place, ran: dict[str, Ran]) -> None:
    def written(format: str) -> str:
        done = place.run(COMMANDS[words], "--format", format, register=WITH_DUMMIES)
        assert (done.status, done.err) == (0, ""), done
        return done.out

    rows = json.loads(written("json"))
    in_sections = isinstance(rows, dict) and "facts" in rows
    count = len(rows["facts" if in_sections else "rows"]) if isinstance(rows, dict) else len(rows)
    titles, *read = csv.reader(io.StringIO(written("csv"), newline=""))
    assert len(read) == count > 0
    assert written("caret").splitlines()[0] == "^".join(titles)
    assert written("text").endswith("END OF REPORT\n")
    # A print has no table: a terminal shows its text.
    table, text = written("table"), written("text")
    assert table == text if in_sections else table.splitlines()[0].split() == " ".join(titles).split()


def test_the_dummies_are_declared_and_nothing_else_is_said_of_them() -> None:
    dummies = {"dummy", "dummies payers"}
    assert dummies == set(COMMANDS) - {command.words for command in every_command(REGISTER)}
    assert "payers" in set(report_functions(dummy)) - set(report_functions())
