"""`lockbox help`: what the guide says of a word, before there is a site and without a key."""

from pathlib import Path

import pytest

from tests.lockbox_tui.program import Program


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A program that nobody has set up."""
    return Program(tmp_path)


def test_a_word_is_told_where_there_is_no_site(program: Program) -> None:
    ran = program.call("help", "split/edit")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(
        "Split/Edit A Line (action of EEOB Worklist/Scratch Pad)\n   Divides a line's money"
    )
    assert "Needs the key LOCKBOX CLERK." in " ".join(ran.out.split())
    for fact in ("asks", "writes", "refuses", "back"):
        assert f"\n   - {fact}: " in ran.out
    assert max(map(len, ran.out.splitlines())) <= 79
    assert not program.data.exists()


@pytest.mark.parametrize(
    ("word", "kind", "says"),
    [
        ("ERA", "term", "One remittance"),
        ("eeob", "term", "explanation of one claim"),
        ("electronic funds transfer", "term", "electronic payment"),
        ("Scratch Pad", "term", "working copy of an ERA"),
        ("CARC", "term", "The code of the reason"),
        ("WL", "option", "Shows ERAs and opens their scratch pads"),
        ("Process Receipt", "action", "Posts the receipt."),
        ("ADPL", "action", "Typed in full, on any list."),
        ("+", "action", "Typed in full, on any list."),
        ("PgUp", "key", "The previous and the next page"),
        ("lockbox import", "command", "Each file is told apart by its content"),
        ("batch assign", "command", "Divide the scratch pad of an ERA into batches."),
        ("receipt profile", "screen", "New Payment (NP): Adds a payment."),
        ("EDI Lockbox", "menu", "EEOB Worklist (WL): "),
        ("MM", "option", "Manual Match EFT-ERA is not in this release."),
        ("PAYMENT AMOUNT TO APPLY", "question", "ENTER THE AMT FROM THE PAYMENT TOTAL"),
        ("the night job", "chapter", "Once a day"),
        ("PRCAY PAYMENT SUP", "term", "The supervisor's key"),
        ("MATCHED WITH ERRORS", "code", "The EFT has the ERA's trace and payer, and another total"),
        ("CO-45", "code", "Charge exceeds fee schedule"),
    ],
)
def test_each_kind_of_word_is_found(program: Program, word: str, kind: str, says: str) -> None:
    said = program.json("help", *word.split())
    assert kind in [topic["kind"] for topic in said["topics"]]
    assert says in " ".join(" ".join(topic["text"]) for topic in said["topics"])


def test_an_unknown_word_names_those_near_it(program: Program) -> None:
    ran = program.call("help", "veriffied")
    assert (ran.status, ran.err) == (1, "")
    assert ran.out.startswith("veriffied is not in the guide. Near it: verified; ")
    said = program.json("help", "distribut amts", status=1)
    assert (said["topics"], "Distribute Adj Amts" in said["near"]) == ([], True)
    assert program.json("help", "qqqqq", status=1)["near"] == []
    assert "lockbox help lists" in program.call("help", "qqqqq").out


def test_alone_it_lists_the_topics(program: Program) -> None:
    ran = program.call("help")
    assert ran.status == 0
    said = " ".join(ran.out.split())
    for name in ("scratch pad", "Verify", "EEOB Worklist", "exception list", "Upgrade", "PgUp"):
        assert name in said
    assert len(program.json("help")["topics"]) > 250


def test_what_is_asked_may_be_anything(program: Program) -> None:
    for word in ("", "  ", "[bold]", "\x1b[2J", "x" * 500, "%s", "---"):
        ran = program.call("help", "--", word)
        assert ran.status in (0, 1)
        assert "\x1b" not in ran.out and ran.err == ""


def test_it_starts_without_the_screens_and_without_a_store(program: Program) -> None:
    loaded = program.modules_after("help", "ERA")
    assert not loaded & {"textual", "screens", "sqlalchemy", "psycopg", "alembic"}
