"""Where a site's things are, and what is said when one of them is missing or another's."""

import os
import stat
from pathlib import Path

import pytest
from sqlalchemy import text

from lockbox_tui.opening import open_store, read_key
from lockbox_tui.settings import WrongUsage, read_settings
from lockbox_tui.signing_on import Places
from models.errors import LockboxError
from tests.lockbox_tui.program import Program

NO_SYSTEM = Path("/nonexistent/settings.toml")


def test_the_store_is_the_option_else_the_environment_else_the_users_own(tmp_path: Path) -> None:
    home = {"XDG_DATA_HOME": str(tmp_path)}
    own = read_settings(None, home, NO_SYSTEM)
    assert own.store_file == tmp_path / "lockbox" / "lockbox.sqlite3"
    assert own.audit_key_path == tmp_path / "lockbox" / "lockbox.audit.key"
    set_by = {**home, "LOCKBOX_DATABASE": "postgresql://server/lockbox_442?sslmode=require"}
    department = read_settings(None, set_by, NO_SYSTEM)
    assert department.store_file is None
    assert department.database == "postgresql://server/lockbox_442?sslmode=require"
    assert department.audit_key_path == tmp_path / "lockbox" / "lockbox_442-server.audit.key"
    asked = read_settings("sqlite:////srv/site/a.sqlite3", set_by, NO_SYSTEM)
    assert asked.store_file == Path("/srv/site/a.sqlite3")
    assert asked.audit_key_path == Path("/srv/site/a.audit.key")
    assert asked.finance_folder == Path("/srv/site/a.finance")


def test_two_stores_never_share_a_journal_or_a_key(tmp_path: Path) -> None:
    one, two = (
        read_settings(f"sqlite:///{tmp_path}/{name}.sqlite3", {}, NO_SYSTEM) for name in ("one", "two")
    )
    assert one.finance_folder != two.finance_folder
    here, there = (
        read_settings(f"postgresql://clerk:secret@{server}:5432/lockbox", {}, NO_SYSTEM)
        for server in ("here", "there")
    )
    assert here.finance_folder != there.finance_folder
    assert here.finance_folder.name == "lockbox-here_5432.finance"
    assert one.audit_key_path != two.audit_key_path


@pytest.mark.parametrize(
    "address", ["lockbox.sqlite3", "mysql://host/x", "sqlite://", "sqlite:///:memory:", "x:"]
)
def test_what_is_no_address_of_a_store_is_wrong_usage(address: str) -> None:
    with pytest.raises(WrongUsage):
        read_settings(address, {}, NO_SYSTEM)
    with pytest.raises(LockboxError, match="LOCKBOX_DATABASE"):
        read_settings(None, {"LOCKBOX_DATABASE": address}, NO_SYSTEM)


def test_a_relative_data_home_is_passed_over(tmp_path: Path) -> None:
    settings = read_settings(None, {"XDG_DATA_HOME": "somewhere", "HOME": str(tmp_path)}, NO_SYSTEM)
    assert settings.data_folder == tmp_path / ".local" / "share" / "lockbox"


@pytest.mark.parametrize("environ", [{}, {"HOME": ""}, {"HOME": "here"}, {"XDG_DATA_HOME": ".", "HOME": "."}])
@pytest.mark.parametrize("database", [None, "postgresql://server/lockbox", "sqlite:////srv/a.sqlite3"])
def test_nothing_ever_lies_wherever_the_program_was_started(
    environ: dict[str, str], database: str | None
) -> None:
    settings = read_settings(database, environ, NO_SYSTEM)
    folders = (settings.data_folder, settings.finance_folder, settings.print_folder, settings.backup_folder)
    for place in (*folders, settings.audit_key_path, settings.log_path):
        assert place.is_absolute()
        assert not place.is_relative_to(Path.cwd())


@pytest.mark.parametrize("wrong", ["finance_folder", "print_folder", "crash_log"])
def test_a_desk_is_never_opened_on_a_folder_that_is_not_named_in_full(wrong: str, tmp_path: Path) -> None:
    named = dict.fromkeys(("finance_folder", "print_folder", "crash_log"), tmp_path) | {wrong: Path(".")}
    with pytest.raises(ValueError, match="wherever the program was started"):
        Places(
            lambda: pytest.fail("no store is opened"),
            named["finance_folder"],
            named["print_folder"],
            named["crash_log"],
        )


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a file of root's")
def test_the_service_account_is_named_only_by_the_administrator(tmp_path: Path) -> None:
    named = tmp_path / "settings.toml"
    named.write_text('service_account = "lockbox"\n')
    named.chmod(0o644)
    assert read_settings(None, {}, named).service_account == "lockbox"
    named.chmod(0o666)
    with pytest.raises(LockboxError, match="nobody else may write it"):
        read_settings(None, {}, named)
    named.chmod(0o644)
    os.chown(named, 12345, -1)
    with pytest.raises(LockboxError, match="must belong to root"):
        read_settings(None, {}, named)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a file of root's")
@pytest.mark.parametrize("text", ["service_account = 5", "service_account = ", "\xff"])
def test_a_settings_file_that_says_nothing_sensible_is_told(tmp_path: Path, text: str) -> None:
    named = tmp_path / "settings.toml"
    named.write_bytes(text.encode("latin-1"))
    named.chmod(0o644)
    with pytest.raises(LockboxError, match=r"settings\.toml"):
        read_settings(None, {}, named)


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A program whose site is set up."""
    program = Program(tmp_path)
    program.json("init", "--station", "442", "--name", "DEMO")
    return program


def test_before_init_every_command_says_what_to_run(tmp_path: Path) -> None:
    error = Program(tmp_path).json("era", "list", status=1)
    assert "Run: lockbox init --station 442 --name NAME" in error["error"]
    assert not (tmp_path / "lockbox" / "lockbox.sqlite3").exists()


def test_without_its_audit_key_the_store_stays_closed(program: Program) -> None:
    key = program.data / "lockbox.audit.key"
    held = key.read_text()
    for broken, said in ((None, "is missing"), ("no hexadecimal", "cannot be read"), ("00ff", "is damaged")):
        key.unlink()
        if broken is not None:
            key.write_text(broken)
        error = program.json("era", "list", status=1)
        assert said in error["error"]
        assert str(key) in error["error"]
        if broken is None:
            key.touch()
    key.write_text(held)
    assert program.json("check")["proven"] is True


def test_another_key_is_found_out_by_check(program: Program) -> None:
    (program.data / "lockbox.audit.key").write_text("11" * 32)
    proof = program.json("check", status=1)
    assert [finding["code"] for finding in proof["findings"]] == ["audit-changed"]
    told = program.call("check")
    assert told.status == 1
    assert "The books are not proven: 1 finding." in told.out


def test_a_refused_init_leaves_nothing_behind(tmp_path: Path) -> None:
    program = Program(tmp_path)
    refused = program.json("init", "--station", "4", "--name", "DEMO", status=1)
    assert refused["refused"].startswith("A STATION NUMBER IS THREE DIGITS")
    assert list(program.data.glob("lockbox.sqlite3*")) == []
    assert not (program.data / "lockbox.audit.key").exists()
    assert program.json("init", "--station", "442", "--name", "DEMO")["station"] == "442"


def test_the_journal_of_a_store_that_is_gone_is_set_aside(program: Program) -> None:
    finance = program.data / "lockbox.finance"
    finance.mkdir()
    (finance / "finance.journal").write_text("2025-01-01 * (CR-442K000001) receipt E25010100\n")
    (program.data / "lockbox.sqlite3").unlink()
    program.json("init", "--station", "442", "--name", "DEMO")
    (aside,) = finance.iterdir()
    assert aside.name.startswith("finance.until-")
    assert "CR-442K000001" in aside.read_text()


def test_a_store_of_a_newer_release_is_refused(program: Program) -> None:
    settings = read_settings(f"sqlite:///{program.data / 'lockbox.sqlite3'}", {}, NO_SYSTEM)
    store = open_store(settings)
    with store.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()
    for command in (("era", "list"), ("migrate",)):
        error = program.json(*command, status=1)
        assert "made by a newer release of Lockbox" in error["error"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_another_user_of_the_machine_is_sent_to_the_guide(program: Program) -> None:
    database = program.data / "lockbox.sqlite3"
    for path in (program.home, *program.home.parents):
        if path.stat().st_uid == 0 and path != Path("/") and "pytest" in str(path):
            path.chmod(path.stat().st_mode | stat.S_IXOTH)
    settings = read_settings(f"sqlite:///{database}", {}, NO_SYSTEM)
    said = as_nobody(lambda: open_store(settings).close())
    assert "belongs to" in said
    assert "the README's section Setting up says who may come in" in said
    assert "belongs to" in as_nobody(lambda: read_key(settings.audit_key_path))


def as_nobody(act: object) -> str:
    """What a `LockboxError` says when the act is tried by a user without any right, in a process of his own."""
    assert callable(act)
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        said = b""
        try:
            os.setgroups([])
            os.setresgid(65534, 65534, 65534)
            os.setresuid(65534, 65534, 65534)
            act()
        except LockboxError as error:
            said = str(error).encode()
        finally:
            os.write(write, said)
            os._exit(0)
    os.close(write)
    os.waitpid(child, 0)
    with os.fdopen(read, "rb") as answer:
        return answer.read().decode()
