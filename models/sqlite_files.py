"""How the file of a SQLite store is opened where it may only be read.

Beside a store in WAL mode SQLite has to write an index of what is not yet in the main file, even to read.
Where it cannot, the file is opened as `immutable`, which reads it without any lock; that is right only when
nobody can be writing it: on a disk that is mounted read-only, or where nobody has the right to write.
"""

import os
import resource
import stat
from pathlib import Path
from urllib.parse import quote

from sqlalchemy.engine import URL

from models.errors import LockboxError

#: By how much SQLite lets its files grow at a time, at most.
_STEP = 32_768 + 4_096

_NOBODY_WRITES = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def address_to_open(url: URL) -> URL:
    """The address by which to open a SQLite store, as it is or as one that nobody changes.

    Raises `LockboxError` when it cannot be read from here without the risk of reading something else.
    """
    if not url.database:
        return url
    path = Path(os.path.abspath(url.database))
    if not path.is_file() or os.access(path.parent, os.W_OK):
        return url
    log, index = (path.with_name(path.name + end) for end in ("-wal", "-shm"))
    if log.exists() and log.stat().st_size:
        if not os.access(index, os.R_OK):
            raise LockboxError(
                f"The store {path} was not closed: its last writes stand in {log.name}, and {path.parent} may "
                "only be read. Copy both files and the audit key to a folder of your own, and open the copy."
            )
        return url
    if os.access(index, os.R_OK) or not _keeps_a_log(path):
        return url
    if not (_read_only_disk(path) or _nobody_may_write(path)):
        raise LockboxError(
            f"The store {path} cannot be read here: others may be changing it, and then SQLite has to write in "
            f"{path.parent}, which you may not. Copy the store and its audit key to a folder of your own, or have "
            "it opened by a user who may write there."
        )
    return url.set(database=f"file:{quote(str(path))}", query={**url.query, "immutable": "1", "uri": "true"})


def _keeps_a_log(path: Path) -> bool:
    """Whether the file is in WAL mode, as its header says (SQLite file format, offset 18)."""
    with path.open("rb") as file:
        return file.read(20)[18:] == b"\x02\x02"


def no_room(path: Path) -> bool:
    """Whether the disk of a store is full, or its files have reached the size that this process may write."""
    try:
        disk = os.statvfs(path.parent)
        sizes = [each.stat().st_size for each in path.parent.glob(f"{path.name}*")]
    except OSError:
        return False
    largest = resource.getrlimit(resource.RLIMIT_FSIZE)[0]
    limited = largest != resource.RLIM_INFINITY and max(sizes, default=0) + _STEP > largest
    return limited or disk.f_bavail * disk.f_frsize < _STEP


def _read_only_disk(path: Path) -> bool:
    return bool(os.statvfs(path).f_flag & os.ST_RDONLY)


def _nobody_may_write(path: Path) -> bool:
    return not any(each.stat().st_mode & _NOBODY_WRITES for each in (path, path.parent))
