"""How the file of a SQLite store is opened where it may only be read.

Beside a store in WAL mode SQLite has to write an index of what is not yet in the main file, even to read.
Where it cannot, the file is opened as `immutable`, which reads it without any lock; that is right only when
nobody can be writing it: on a disk that is mounted read-only, or where nobody has the right to write.
"""

import os
import stat
from pathlib import Path
from urllib.parse import quote

from sqlalchemy.engine import URL

from models.errors import LockboxError

_NOBODY_WRITES = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def address_to_open(url: URL) -> URL:
    """The address by which to open a SQLite store, as it is or as one that nobody changes.

    Raises `LockboxError` when its last writes still stand beside it and cannot be read from here.
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
    if not (_read_only_disk(path) or _nobody_may_write(path)):
        return url
    return url.set(database=f"file:{quote(str(path))}", query={**url.query, "immutable": "1", "uri": "true"})


def _read_only_disk(path: Path) -> bool:
    return bool(os.statvfs(path).f_flag & os.ST_RDONLY)


def _nobody_may_write(path: Path) -> bool:
    return not any(each.stat().st_mode & _NOBODY_WRITES for each in (path, path.parent))
