"""Backups of a SQLite store: whole or not there at all, for their owner only, and never in the place of another."""

import fcntl
import filecmp
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, count
from pathlib import Path
from typing import Any

from models.errors import LockboxError
from models.store import Store
from models.waiting import TOLD_AFTER

#: How often another program's work in a folder is waited for, in seconds.
_LOOK_AGAIN = 0.1


@contextmanager
def alone_in(folder: Path, store: Store) -> Iterator[None]:
    """Holds the folder of a store's backups, which is made where it is missing; others wait, however long it takes.

    After some seconds the wait is told to whom the store tells.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(folder / "upgrading.lock", os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        _wait_for(handle, store)
        yield
    finally:
        os.close(handle)


def _wait_for(handle: int, store: Store) -> None:
    began, told = time.monotonic(), False
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if not told and store.tell is not None and time.monotonic() - began > TOLD_AFTER:
                store.tell("Waiting for another program, which is upgrading the store.")
                told = True
        time.sleep(_LOOK_AGAIN)


def back_up(store: Store, folder: Path, label: str) -> Path:
    """Copies a SQLite store as it is at this moment, while others go on writing; for who is alone in the folder.

    A backup that is there already is never touched: one of the same content is the backup, beside another one
    the new one has a number.
    """
    assert store.url.database is not None
    name = f"{Path(store.url.database).stem}.{label}"
    part = folder / f"{name}.part"
    # Whoever left one behind was killed, since nobody else is here.
    for left in (part, part.with_name(f"{part.name}-journal")):
        left.unlink(missing_ok=True)
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600))
        _copy(store, part)
        return _put(part, folder, name)
    finally:
        part.unlink(missing_ok=True)


def _copy(store: Store, part: Path) -> None:
    with store.engine.connect() as connection:
        source: Any = connection.connection.dbapi_connection
        copy = type(source)(str(part))
        try:
            source.backup(copy)
        finally:
            copy.close()
    with part.open("rb") as written:
        os.fsync(written.fileno())


def _put(part: Path, folder: Path, name: str) -> Path:
    """Gives a copy that is whole its name."""
    for ending in chain(("",), (f"-{number}" for number in count(2))):
        path = folder / f"{name}{ending}.sqlite3"
        if not os.path.lexists(path):
            part.rename(path)
            _sync(folder)
            return path
        if path.is_symlink() or not path.is_file():
            raise LockboxError(f"{path} is not a backup of Lockbox; move it away. Nothing was changed.")
        if filecmp.cmp(part, path, shallow=False):
            return path
    raise AssertionError("there is always another number")


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
