"""`lockbox era print`: View/Print ERA and View/Print EEOB for a script and for a person."""

from pathlib import Path

import pytest

from lockbox_tui.demo.demo_roles import Role
from lockbox_tui.settings import Settings
from tests.lockbox_tui.program import Program, Ran


class Demo:
    """The demo site's ERAs, printed."""

    def __init__(self, program: Program, database: str) -> None:
        self._program = program
        self._database = database

    def prints(self, *words: str) -> Ran:
        """What `era print` answers."""
        return self._program.call("era", "print", *words, "--database", self._database)


@pytest.fixture
def demo(built: Settings, tmp_path: Path) -> Demo:
    """A demo site to print from."""
    return Demo(Program(tmp_path), built.database)


def test_an_era_is_printed_in_short_and_whole(demo: Demo) -> None:
    short, whole = demo.prints("11"), demo.prints("11", "--expanded")
    for ran in (short, whole):
        assert (ran.status, ran.err) == (0, "")
        lines = ran.out.splitlines()
        assert lines[0].startswith("     EDI LOCKBOX WORKLIST - ERA DETAIL")
        assert lines[0].endswith("Page: 1")
        assert lines[-1] == "END OF REPORT"
        assert all(len(line) <= 80 for line in lines)
    assert "LINE LEVEL ADJUSTMENTS:" not in short.out
    assert whole.out.count("LINE LEVEL ADJUSTMENTS:") == short.out.count("**EEOB DETAIL DATA**") == 2


def test_one_eeob_or_adjustment_is_printed_by_its_sequence(demo: Demo) -> None:
    eeob = demo.prints("11", "--eeob", "1")
    assert "CLAIM #: K6D1101\n" in eeob.out
    assert "ERA TRACE #: 05507-93746289\n" in eeob.out
    assert "ERA LEVEL ADJUSTMENT #2\n" in demo.prints("11", "--eeob", "adj2").out
    facts = demo.prints("11", "--eeob", "1", "--json").json["facts"]
    (paid,) = [fact["value"] for fact in facts if fact["label"] == "Payer Paid Amt"]
    assert paid == "812.00"


def test_what_is_not_there_is_refused_and_what_makes_no_sense_is_wrong_usage(demo: Demo) -> None:
    for words, refusal in (
        (("999",), "THERE IS NO ERA 999\n"),
        (("11", "--eeob", "9"), "THERE IS NO EEOB 9 IN ERA 11\n"),
        (("11", "--eeob", "ADJ9"), "THERE IS NO EEOB ADJ9 IN ERA 11\n"),
    ):
        ran = demo.prints(*words)
        assert (ran.status, ran.out, ran.err) == (1, "", refusal)
    ran = demo.prints("11", "--eeob", "1", "--expanded")
    assert ran.status == 2
    assert "--expanded and --eeob do not go together" in ran.err


def test_a_reviewer_may_print(demo: Demo) -> None:
    assert demo.prints("11", "--as", Role.REVIEWER.login).out == demo.prints("11").out
