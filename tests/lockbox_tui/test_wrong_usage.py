"""What is wrong with a word of the command line is told without letting the word drive the terminal."""

import argparse
from collections.abc import Iterator
from pathlib import Path

import pytest

from lockbox_tui.arguments import build_parser
from tests.lockbox_tui.program import Program

ESCAPE = "\x1b]0;owned\x07\x1b[31m\u202e"
HARMFUL = ("\x1b", "\x07", "\u202e")


def commands(
    parser: argparse.ArgumentParser, words: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    """Every command with its words, as the parser itself has them."""
    below = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not below:
        yield words, parser
    for action in below:
        for name, each in action.choices.items():
            yield from commands(each, (*words, name))


COMMANDS = dict(commands(build_parser()))


def spoilt(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The command with something that no terminal should see, at each place that takes a word."""
    yield (*words, f"--{ESCAPE}")
    yield (*words, "1", ESCAPE, ESCAPE, "1", ESCAPE, ESCAPE)
    for action in COMMANDS[words]._actions:
        if action.option_strings and action.nargs != 0:
            yield (*words, action.option_strings[-1], ESCAPE)
        elif not action.option_strings:
            yield (*words, ESCAPE)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_no_word_drives_the_terminal(tmp_path: Path, words: tuple[str, ...]) -> None:
    program = Program(tmp_path)
    for each in spoilt(words):
        if words == ("demo",) and "--role" not in each and f"--{ESCAPE}" not in each:
            continue
        ran = program.call(*each)
        assert ran.status in (1, 2), (each, ran)
        assert not any(mark in ran.out + ran.err for mark in HARMFUL), (each, ran)


def test_an_unknown_fault_is_shown_cleaned(tmp_path: Path) -> None:
    ran = Program(tmp_path).call(
        "generate", "--claims", "1", "--into", tmp_path / "x", "--faults", "\x1b[31m"
    )
    assert ran.status == 2
    assert "no such fault: \ufffd[31m" in ran.err
    assert ran.out == ""


def test_a_reversed_range_is_named_and_never_an_empty_list(tmp_path: Path) -> None:
    program = Program(tmp_path)
    program.json("init", "--station", "442", "--name", "DEMO")
    dates = ("era", "list", "--from", "2026-11-23", "--to", "2026-11-20")
    for ran in (program.call(*dates), program.call(*dates, "--json")):
        assert (ran.status, ran.out) == (2, "")
        assert "--from 2026-11-23 is later than --to 2026-11-20" in ran.err
    names = program.call("era", "list", "--payer-from", "lakeshore", "--payer-to", "BLUE")
    assert (names.status, names.out) == (2, "")
    assert "--payer-from lakeshore comes after --payer-to BLUE" in names.err
    for one_day in (("--from", "2026-11-20", "--to", "2026-11-20"), ("--payer-from", "a", "--payer-to", "A")):
        assert program.json("era", "list", *one_day) == []
