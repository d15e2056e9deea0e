"""The command line's promises: light to start, one document on standard output, fixed exit statuses."""

import argparse
import json
import os
import pwd
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from lockbox_tui.commands.arguments import build_parser
from tests.lockbox_tui.program import ROOT, Program
from tests.patience import PATIENCE


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A program whose site is set up."""
    program = Program(tmp_path_factory.mktemp("home"))
    program.json("init", "--station", "442", "--name", "DEMO", "--auto-audit")
    return program


def leaves(
    parser: argparse.ArgumentParser, words: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    """All commands of a parser with their words."""
    found = False
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            found = True
            for name, below in action.choices.items():
                yield from leaves(below, (*words, name))
    if not found:
        yield words, parser


ALL = dict(leaves(build_parser()))


def test_the_commands_of_the_contract_are_there() -> None:
    assert {
        *(("init",), ("site",), ("import",), ("validate",), ("nightly",), ("check",), ("generate",)),
        *(
            ("era", "list"),
            ("era", "show"),
            ("eft", "list"),
            ("eft", "show"),
            ("bill", "list"),
            ("bill", "show"),
        ),
        *(("scratchpad", word) for word in ("create", "split", "distribute", "refresh", "verify", "review")),
        *(("receipt", word) for word in ("create", "process", "show", "list")),
        ("migrate",),
    } <= set(ALL)


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_every_command_is_explained(words: tuple[str, ...]) -> None:
    parser = ALL[words]
    assert parser.description
    assert "--json" in parser.format_help()


@pytest.mark.parametrize("words", [("--help",), ("--version",), ("era", "list", "--help")], ids=" ".join)
def test_help_is_there_at_once(tmp_path: Path, words: tuple[str, ...]) -> None:
    loaded = Program(tmp_path).modules_after(*words)
    assert not loaded & {"textual", "rich", "pyx12", "sqlalchemy", "alembic"}


def test_no_command_loads_what_it_does_not_need(program: Program) -> None:
    for words in (("era", "list"), ("era", "list", "--json"), ("nightly", "--json")):
        loaded = program.modules_after(*words)
        assert "textual" not in loaded
        assert "pyx12" not in loaded
        assert "--json" not in words or "rich" not in loaded


@pytest.mark.parametrize(
    "words",
    [
        ("frobnicate",),
        ("era",),
        ("era", "show"),
        ("era", "show", "x"),
        ("era", "show", "0"),
        ("era", "list", "--from", "yesterday"),
        ("era", "list", "--from", "2026-11-23", "--to", "2026-11-20"),
        ("era", "list", "--payer-from", "lakeshore", "--payer-to", "BLUE"),
        ("import",),
        ("import", "f", "--validate", "later"),
        ("init", "--station", "442"),
        ("nightly", "--date", "2026-13-01"),
        ("scratchpad", "create", "1", "--check", "C", "--match-0"),
        ("scratchpad", "create", "1", "--check-date", "2025-01-01"),
        ("scratchpad", "create", "1", "--order", "X"),
        ("scratchpad", "create", "1", "--check", " "),
        ("receipt", "show", ""),
        ("receipt", "process", " "),
        ("receipt", "create", "1", "--deposit", ""),
        ("bill", "show", ""),
        ("generate", "--claims", "5", "--into", ""),
        ("scratchpad", "split", "1", "1", "K1=1"),
        ("scratchpad", "split", "1", "1.1", "K1=1"),
        ("scratchpad", "split", "1", "1.001", "K1"),
        ("scratchpad", "split", "1", "1.001", "K1=1.234"),
        ("scratchpad", "distribute", "1", "1.001", "2.001", "1e3"),
        ("scratchpad", "verify", "1", "1.001"),
        ("scratchpad", "review", "1", "1"),
        ("scratchpad", "review", "1", "1", "--status", "MAYBE"),
        ("generate", "--claims", "0", "--into", "f"),
        ("generate", "--claims", "5", "--faults", "nonsense", "--into", "f"),
        ("generate", "--claims", "5", "--into", "f", "--as", "root"),
        ("era", "list", "--database", "nonsense"),
        ("era", "list", "--database", "mysql://localhost/x"),
        ("--json",),
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2_and_prints_nothing_on_standard_output(
    program: Program, words: tuple[str, ...]
) -> None:
    ran = program.call(*words)
    assert ran.status == 2
    assert ran.out == ""
    assert "usage: lockbox" in ran.err


def test_json_may_stand_before_after_and_between_the_words(program: Program, tmp_path: Path) -> None:
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    one.write_text("nothing of ours")
    two.write_text("nothing of ours either")
    documents = [
        program.call(*words).out
        for words in (
            ("--json", "import", one, two),
            ("import", "--json", one, two),
            ("import", one, "--json", two),
            ("import", one, two, "--json"),
        )
    ]
    assert len({json.dumps(json.loads(text)) for text in documents}) == 1


def test_a_file_may_be_called_like_the_option(program: Program) -> None:
    refused = program.call("--json", "import", "--", "--json")
    assert json.loads(refused.out)[0]["file"] == "--json"


def test_refusals_are_documents_too(program: Program) -> None:
    for words, said in (
        (("era", "show", "99"), "THERE IS NO ERA 99"),
        (("eft", "show", "99"), "THERE IS NO EFT 99"),
        (("bill", "show", "k9"), "THERE IS NO BILL K9"),
        (("receipt", "show", "E1"), "THERE IS NO RECEIPT E1"),
        (("receipt", "create", "99"), "THERE IS NO ERA 99"),
        (("scratchpad", "create", "99", "--check", "C1"), "THERE IS NO ERA 99"),
        (("scratchpad", "refresh", "99"), "THERE IS NO ERA 99"),
        (("nightly", "--date", "2999-01-01"), "THE DATE OF THE NIGHT JOB MAY NOT BE LATER THAN TODAY"),
        (
            ("site", "time-zone", "Mars/Base"),
            "THERE IS NO TIME ZONE Mars/Base; ONE IS CALLED America/Chicago",
        ),
    ):
        assert program.json(*words, status=1) == {"refused": said}


def test_site_parameters_are_set_by_name_and_value(program: Program) -> None:
    assert program.json("site")["auto_audit"]["MEDICARE"] is False
    changed = program.json("site", "auto-audit", "WORKERS'", "COMP.", "NO")
    assert changed["auto_audit"]["WORKERS' COMP."] is False
    assert program.json("site", "wait-for-277ca", "yes")["wait_for_277ca"] is True
    assert program.json("site", "wait-for-277ca", "no")["wait_for_277ca"] is False
    assert program.json("site", "auto-audit MEDICARE", "YES", status=1) == {
        "refused": "MEDICARE BILLS ARE NEVER AUDITED WITHOUT A PERSON"
    }


def test_only_a_user_of_the_site_can_be_stood_in_for_and_it_is_audited(program: Program) -> None:
    before = program.json("check")["counts"]["audit_events"]
    myself = pwd.getpwuid(os.getuid()).pw_name
    assert program.json("era", "list", "--as", myself) == []
    assert program.json("check")["counts"]["audit_events"] == before + 1
    nobody = program.json("era", "list", "--as", "no-such-user", status=1)
    assert "no-such-user is not a user of this site" in nobody["error"]
    assert nobody["number"] is None


def test_who_acts_is_never_taken_from_the_environment(program: Program) -> None:
    ran = program.run("site", "name", "DEMO TWO", "--json", USER="boss", LOGNAME="boss", SUDO_UID="1")
    assert ran.status == 0, ran


def test_a_reader_that_goes_away_is_no_error(program: Program) -> None:
    command = f"{sys.executable} -m lockbox_tui site --json | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=ROOT,
        env={**os.environ, "XDG_DATA_HOME": str(program.home)},
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_an_answer_that_cannot_be_written_is_told(program: Program) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "lockbox_tui", "site"],
            cwd=ROOT,
            env={**os.environ, "XDG_DATA_HOME": str(program.home)},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
    assert done.returncode == 1
    assert (
        done.stderr == "The command is done, but its answer could not be written: No space left on device.\n"
    )
