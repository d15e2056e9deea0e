"""What is wrong with a word of the command line is told without letting the word drive the terminal."""

import argparse
from collections.abc import Iterator
from pathlib import Path

import pytest

from lockbox_tui.commands.arguments import build_parser
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


#: How Python hands on a byte of the command line that is no text.
UNDECODED = "\udcff"


@pytest.mark.parametrize(
    "words",
    [
        ("bill", "show", UNDECODED),
        ("receipt", "show", UNDECODED),
        ("receipt", "process", f"E{UNDECODED}"),
        ("receipt", "create", "12", "--deposit", UNDECODED),
        ("scratchpad", "create", "1", "--check", UNDECODED),
        ("scratchpad", "create", "1", "--check", "C1", "--bank", UNDECODED),
        ("scratchpad", "split", "1", "1.001", "K1=1", f"{UNDECODED}=1.00"),
        ("scratchpad", "distribute", "1", "1.001", "2.001", "5", "--comment", f"A{UNDECODED}"),
        ("era", "list", "--payer-from", UNDECODED),
        ("era", "list", "--as", UNDECODED),
        ("site", "name", UNDECODED),
        ("init", "--station", "442", "--name", UNDECODED),
        ("era", "list", "--database", f"postgresql://nobody@localhost:1/{UNDECODED}"),
    ],
    ids=lambda words: " ".join(words).replace(UNDECODED, "FF"),
)
def test_a_word_that_is_no_text_is_wrong_usage(tmp_path: Path, words: tuple[str, ...]) -> None:
    program = Program(tmp_path)
    if words[0] != "init":
        program.json("init", "--station", "442", "--name", "DEMO")
    for ran in (program.call(*words), program.call(*words, "--json")):
        assert (ran.status, ran.out) == (2, "")
        assert "in UTF-8" in ran.err
        assert UNDECODED not in ran.err
        assert "error number" not in ran.err


def test_a_path_may_be_any_bytes(tmp_path: Path) -> None:
    program = Program(tmp_path)
    folder = tmp_path / f"day{UNDECODED}"
    database = ("--database", f"sqlite:///{tmp_path}/site{UNDECODED}.sqlite3")
    program.json("init", "--station", "442", "--name", "DEMO", "--auto-audit", *database)
    program.json("generate", "--claims", "2", "--into", folder)
    claims = (folder / "claims-837p.837").rename(folder / f"claims{UNDECODED}.837")
    assert program.json("validate", claims)[0]["valid"] is True
    (filed,) = program.json("import", claims, *database)
    assert (filed["file"], filed["outcome"], filed["bills"]) == ("claims\ufffd.837", "filed", 2)
    ran = program.run("import", claims, *database)
    assert (ran.status, ran.err) == (0, "")
    assert "claims\ufffd.837  837P  duplicate" in ran.out
    assert len(program.json("bill", "list", *database)) == 2
