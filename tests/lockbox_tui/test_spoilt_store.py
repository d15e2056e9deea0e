"""A store that was changed by other means, or is another program's: named, not touched, and never a bare number."""

import contextlib
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.lockbox_tui.program import Program

#: The driver that the program itself uses need not be there; Python's own writes the same files.
SPOILT = [
    (
        "UPDATE user_key SET key = 'NONE' WHERE key = 'PRCADJ'",
        "table user_key, row user_id '1', key 'NONE', column key",
    ),
    ("UPDATE users SET added_at = 'long ago'", "table users, row id '1', column added_at"),
    ("UPDATE bill SET balance = 'ten'", "table bill, row id '1', column balance"),
    ("UPDATE bill SET status = 'N\x1bE'", "table bill, row id '1', column status"),
    ("UPDATE site SET finance_adapter = 'pigeon'", "table site, row id '1', column finance_adapter"),
    ("DELETE FROM alembic_version", "table alembic_version, column version_num"),
    ("UPDATE alembic_version SET version_num = '0000'", "table alembic_version, column version_num"),
    ("UPDATE alembic_version SET version_num = 'zzz'", "table alembic_version, column version_num"),
    ("DROP TABLE user_key", "table user_key"),
    ("DROP TABLE alembic_version", "table alembic_version, column version_num"),
    ("DROP TRIGGER audit_event_no_delete", "table audit_event"),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A site with some bills."""
    program = Program(tmp_path_factory.mktemp("made"))
    program.json("init", "--station", "442", "--name", "DEMO", "--auto-audit")
    program.json("generate", "--claims", "5", "--into", program.home / "day")
    program.json("import", *(program.home / "day").glob("*.837"))
    return program


@pytest.fixture
def program(made: Program, tmp_path: Path) -> Program:
    """The same site, to be spoilt."""
    shutil.copytree(made.home, tmp_path / "home")
    return Program(tmp_path / "home")


def spoil(program: Program, statement: str) -> None:
    """Changes the store past the program."""
    with contextlib.closing(sqlite3.connect(program.data / "lockbox.sqlite3")) as store, store:
        store.execute(statement)


@pytest.mark.parametrize(("statement", "where"), SPOILT, ids=[statement[:40] for statement, _ in SPOILT])
def test_check_names_the_place_and_ends_as_not_clean(program: Program, statement: str, where: str) -> None:
    spoil(program, statement)
    document = program.json("check", status=1)
    assert document["proven"] is False
    assert where in {finding["where"] for finding in document["findings"]}
    plainly = program.call("check")
    assert (plainly.status, plainly.err) == (1, "")
    assert where in plainly.out
    assert "\x1b" not in plainly.out


@pytest.mark.parametrize(
    "statement", ["DELETE FROM alembic_version", "UPDATE alembic_version SET version_num = '0000'"]
)
def test_other_commands_refuse_a_store_without_its_schema_by_name(program: Program, statement: str) -> None:
    spoil(program, statement)
    for words in (("era", "list"), ("init", "--station", "442", "--name", "AGAIN"), ("migrate",)):
        error = program.json(*words, status=1)["error"]
        assert "The table alembic_version of" in error
        assert "lockbox check says more" in error


def test_a_word_that_no_column_has_sends_to_check(program: Program) -> None:
    spoil(program, "UPDATE user_key SET key = 'NONE' WHERE key = 'PRCADJ'")
    assert "lockbox check names the table" in program.json("era", "list", status=1)["error"]


@pytest.mark.parametrize("version", [None, "", "'a1b2c3'"], ids=["none", "emptied", "its own"])
@pytest.mark.parametrize(
    "words", [("init", "--station", "442", "--name", "DEMO"), ("check",), ("era", "list"), ("migrate",)]
)
def test_the_file_of_another_program_is_refused_and_stays_as_it_is(
    tmp_path: Path, version: str | None, words: tuple[str, ...]
) -> None:
    file = tmp_path / "photos.sqlite3"
    with contextlib.closing(sqlite3.connect(file)) as store, store:
        store.execute("CREATE TABLE photos (id INTEGER PRIMARY KEY, name TEXT)")
        store.execute("INSERT INTO photos (name) VALUES ('beach')")
        if version is not None:
            store.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        if version:
            store.execute(f"INSERT INTO alembic_version VALUES ({version})")
    before = file.read_bytes()
    error = Program(tmp_path).json("--database", f"sqlite:///{file}", *words, status=1)["error"]
    assert error == (
        f"{file} is not a Lockbox store: it holds the tables of another program. Nothing was changed."
    )
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.glob("photos*")] == ["photos.sqlite3"]


def test_a_mistyped_path_is_told_with_the_option_to_type_again(tmp_path: Path) -> None:
    program = Program(tmp_path)
    for name in ("lockbx.sqlite3", "my store.sqlite3"):
        error = program.json("--database", f"sqlite:///{tmp_path}/{name}", "era", "list", status=1)["error"]
        address = f"sqlite:///{tmp_path}/{name}"
        quoted = f"'{address}'" if " " in name else address
        assert error == (
            f"There is no store at {tmp_path}/{name} yet. If its name is not mistyped: "
            f"Run: lockbox --database {quoted} init --station 442 --name NAME"
        )
    empty = tmp_path / "empty.sqlite3"
    empty.touch()
    error = program.json("--database", f"sqlite:///{empty}", "era", "list", status=1)["error"]
    assert f"There is no site in {empty} yet." in error
    assert f"lockbox --database sqlite:///{empty} init" in error


def test_files_of_one_name_are_told_apart(program: Program) -> None:
    day = program.home / "day"
    other = program.home / "other"
    shutil.copytree(day, other)
    claims = [folder / "claims-837p.837" for folder in (day, other)]
    files = [*claims, day / "eft.ach"]
    reports = program.json("import", *files)
    assert [report["file"] for report in reports] == [str(file) for file in files]
    reports = program.json("import", *files[1:])
    assert [report["file"] for report in reports] == ["claims-837p.837", "eft.ach"]


def test_a_parameter_alone_shows_what_it_is(program: Program) -> None:
    assert program.json("site", "time-zone") == {"time-zone": "UTC"}
    assert program.call("site", "time-zone").out == "time-zone  UTC\n"
    assert program.json("site", "Finance_Adapter") == {"finance-adapter": "journal"}
    assert program.json("site", "auto-audit medicaid") == {"auto-audit MEDICAID": False}
    assert len(program.json("site", "auto-audit")) == 8
    assert "THE PARAMETERS ARE" in program.json("site", "colour", status=1)["refused"]
