"""The demo site's own store: where it is, building it from the shipped files, taking it away (DESIGN 6).

It stands in the user's data folder whatever `--database` and `$LOCKBOX_DATABASE` say, and is marked as demo.
Only a store so marked is ever deleted here.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from lockbox_tui.closed import closed
from lockbox_tui.demo.building_progress import Tell
from lockbox_tui.opening import in_plain_words, new_store, private_folder, use_store
from lockbox_tui.settings import Settings, data_folder, read_settings
from models.backups import back_up
from models.store import sqlite_driver
from services.errors import LockboxError

_NAME = "demo"
_BUILDING = f"{_NAME}.building-"
_BESIDE_STORE = ("-wal", "-shm", "-journal")


def demo_settings(environ: Mapping[str, str]) -> Settings:
    """Where the demo site is: `demo.sqlite3` in the user's data folder, its other files beside it."""
    return _settings_in(data_folder(environ), environ)


def _settings_in(folder: Path, environ: Mapping[str, str]) -> Settings:
    settings = read_settings(f"sqlite:///{folder / f'{_NAME}.sqlite3'}", environ)
    # Whoever runs the program is nobody at the demo site, so no service account stands between.
    return replace(settings, service_account=None)


def store_file(settings: Settings) -> Path:
    """The file of the demo's store."""
    assert settings.store_file is not None
    return settings.store_file


class Ready(NamedTuple):
    """The demo site in its place, and whether it was built just now, so that nobody has worked on it."""

    settings: Settings
    built: bool


def make_ready(environ: Mapping[str, str], tell: Tell, *, fresh: bool = False) -> Ready:
    """Builds the demo site unless it is there; `fresh` takes the old one away first.

    Raises `LockboxError` when a store stands there that is not marked as demo, or nothing can be written.
    """
    settings = demo_settings(environ)
    with in_plain_words(), _alone(settings.data_folder):
        if store_file(settings).exists():
            refuse_unmarked(settings)
            if not fresh:
                return Ready(settings, False)
            _refuse_open(settings)
            _take_away(settings)
        try:
            _build(settings, environ, tell)
        except PermissionError as error:
            raise LockboxError(closed(store_file(settings))) from error
    return Ready(settings, True)


@contextmanager
def in_use(settings: Settings) -> Iterator[None]:
    """Holds the demo site for as long as somebody works on it: it is not begun anew meanwhile."""
    with ExitStack() as held:
        # A site without its key is told of when it is opened.
        if settings.audit_key_path.exists():
            fcntl.flock(held.enter_context(settings.audit_key_path.open("rb")), fcntl.LOCK_SH)
        yield


def _refuse_open(settings: Settings) -> None:
    """Refuses while `in_use` holds the site in another window."""
    if not settings.audit_key_path.exists():
        return
    with settings.audit_key_path.open("rb") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise LockboxError(
                "The demo site is open in another window. Leave it there with ^, then begin it anew."
            ) from error


@contextmanager
def site_to_play_on(ready: Ready, environ: Mapping[str, str], tell: Tell) -> Iterator[Settings]:
    """A demo site that nobody has worked on, in a folder of its own that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="lockbox-demo-") as folder, in_plain_words():
        if ready.built:
            yield replace(_copy(ready.settings, Path(folder), environ), passing=True)
        else:
            yield replace(build_in(Path(folder), environ, tell), passing=True)


def _copy(settings: Settings, folder: Path, environ: Mapping[str, str]) -> Settings:
    copied = _settings_in(folder, environ)
    with use_store(settings) as store:
        back_up(store, folder, "copy").replace(store_file(copied))
    shutil.copy(settings.audit_key_path, copied.audit_key_path)
    shutil.copytree(settings.finance_folder, copied.finance_folder)
    return copied


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Holds the data folder, so that two programs never build at the same time."""
    private_folder(folder)
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except PermissionError as error:
        raise LockboxError(closed(folder / "demo.sqlite3")) from error
    except OSError as error:
        raise LockboxError(f"The folder {folder} cannot be used: {error.strerror}.") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def refuse_unmarked(settings: Settings) -> None:
    """Raises `LockboxError` unless the store is marked as demo."""
    path = store_file(settings)
    if not _is_marked(path):
        raise LockboxError(
            f"{path} is not a demo store, so it is left as it is. Move it away to have the demo."
        )


def _is_marked(path: Path) -> bool:
    """Whether a file is a store marked as demo; it is opened for reading only."""
    driver = sqlite_driver()
    try:
        with closing(driver.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as connection:
            return [row[0] for row in connection.execute("SELECT demo FROM site")] == [1]
    except driver.Error:
        return False


def _take_away(settings: Settings) -> None:
    """Removes the demo's store and everything that belongs to it."""
    path = store_file(settings)
    path.unlink()
    _forget_beside(path)
    settings.audit_key_path.unlink(missing_ok=True)
    shutil.rmtree(settings.finance_folder, ignore_errors=True)


def _forget_beside(path: Path) -> None:
    """Removes what SQLite left beside a store that is gone: it must never be read into the next one."""
    for end in _BESIDE_STORE:
        path.with_name(path.name + end).unlink(missing_ok=True)


def _build(settings: Settings, environ: Mapping[str, str], tell: Tell) -> None:
    """Builds the site aside and puts it in its place when it is whole, the store itself last."""
    for left in settings.data_folder.glob(f"{_BUILDING}*"):
        shutil.rmtree(left, ignore_errors=True)
    path = store_file(settings)
    with tempfile.TemporaryDirectory(prefix=_BUILDING, dir=settings.data_folder) as aside:
        made = build_in(Path(aside), environ, tell)
        _forget_beside(path)
        shutil.rmtree(settings.finance_folder, ignore_errors=True)
        made.finance_folder.replace(settings.finance_folder)
        made.audit_key_path.replace(settings.audit_key_path)
        store_file(made).replace(path)


def build_in(folder: Path, environ: Mapping[str, str], tell: Tell) -> Settings:
    """Builds a demo site in a folder of its own and gives its settings."""
    # Building takes all the rules there are; whoever opens a site that stands does not wait for them.
    from lockbox_tui.demo.demo_building import DemoClock, fill_demo_site
    from services.books.writing_documents import write_documents

    tell(0, 0)
    settings = _settings_in(folder, environ)
    clock = DemoClock()
    with new_store(settings) as store:
        store.clock = clock
        fill_demo_site(store, clock, tell)
        write_documents(store, settings.finance_folder)
    return settings
