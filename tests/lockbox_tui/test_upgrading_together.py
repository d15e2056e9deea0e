"""Programs of a new release that are started at once: one upgrades the store, the others wait for it."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from lockbox_tui.opening import open_store
from lockbox_tui.settings import Settings, read_settings
from models.backups import alone_in
from models.store import Store
from models.upgrading import head, schema_of
from tests import older
from tests.lockbox_tui.program import ROOT, Program
from tests.patience import PATIENCE

WAITING = "Waiting for another program, which is upgrading the store.\n"


def old_site(home: Path) -> Settings:
    """A site whose store was made by an older release."""
    Program(home).json("init", "--station", "442", "--name", "DEMO", "--auto-audit")
    settings = read_settings(None, {"XDG_DATA_HOME": str(home)}, Path("/nonexistent"))
    assert settings.store_file is not None
    old = home / "old.sqlite3"
    with closing(open_store(settings)) as store, older.copy_of(store, "0006", old):
        pass
    old.replace(settings.store_file)
    return settings


@contextmanager
def started(home: Path, words: tuple[str, ...]) -> Iterator["subprocess.Popen[str]"]:
    """A command in a process of its own."""
    with subprocess.Popen(
        [sys.executable, "-m", "lockbox_tui", *words],
        cwd=ROOT,
        env={**os.environ, "XDG_DATA_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def test_one_of_two_starters_backs_up_and_upgrades_and_the_other_finds_it_done(tmp_path: Path) -> None:
    settings = old_site(tmp_path)
    with ExitStack() as running, closing(Store(settings.database, audit_key=b"")) as store:
        with alone_in(settings.backup_folder, store):
            both = [
                running.enter_context(started(tmp_path, words))
                for words in (("migrate", "--json"), ("era", "list", "--json"))
            ]
            # Each says that it waits: neither has done anything yet.
            assert [process.stderr.readline() for process in both if process.stderr] == [WAITING, WAITING]
            assert schema_of(store) == "0006"
        ended = [(process.communicate(timeout=PATIENCE), process.returncode) for process in both]
        assert [(said[1], status) for said, status in ended] == [("", 0), ("", 0)]
        assert schema_of(store) == head()
    assert {path.name for path in settings.backup_folder.iterdir()} == {
        f"lockbox.before-{head()}.sqlite3",
        "upgrading.lock",
    }
    (backup,) = settings.backup_folder.glob("*.sqlite3")
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    with closing(Store(f"sqlite:///{backup}", audit_key=b"")) as store:
        assert schema_of(store) == "0006"
    assert Program(tmp_path).json("check")["proven"] is True
