"""The files that prints become: new ones of their owner alone, whole or not there at all.

Until it is whole a file stands beside its place as `.NAME.part-lockbox-…`, locked by the process that writes it. Where
that is killed the lock is gone, and who next writes into the folder clears what it has left.
"""

import contextlib
import datetime
import errno
import fcntl
import itertools
import os
import re
import secrets
import stat
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import BinaryIO

from services.clean import REPLACEMENT, clean
from services.errors import LockboxError, Refused
from services.office.ownership import refuse_others

_FORBIDDEN = frozenset("/\\:*?\"<>|'`$;&!~ " + REPLACEMENT)
_LONGEST_NAME = 80

_PART = re.compile(r"\.(.+)\.part-lockbox-[0-9a-f]{8}", re.DOTALL)
#: Bytes of the name that stand in that of the unfinished file: a file's name has no more than 255.
_NAME_IN_PART = 200
_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK})

_THERE = "A file {} is already there, and is not written over. Name another."
_NOT_WRITTEN = "{} could not be written: {}."
_FOLDER_GONE = "its folder was renamed or replaced meanwhile"
_LINKLESS = "the file system of its folder knows no hard links, without which no file is whole at once"


def safe_name(text: str) -> str | None:
    """Gives the name of a print file, or None when it could leave the folder, hide, or pass for an option."""
    name = clean(text.strip(), _LONGEST_NAME + 1)
    if not name or len(name) > _LONGEST_NAME or name[0] in ".-" or any(c in _FORBIDDEN for c in name):
        return None
    return name


def taken(folder: Path, name: str, promised: Collection[str] = ()) -> str | None:
    """The sentence for a name that a file in the print folder has or is about to have; None when it is free.

    `promised` are the names of what waits to be printed there.
    """
    # A link that leads nowhere has the name too.
    if os.path.lexists(folder / name):
        return f"A file {name} is already in the print folder. Choose another name."
    if name in promised or _part_of(name) in _being_written(folder):
        return f"A file {name} is being printed already. Choose another name."
    return None


def free_name(folder: Path, day: datetime.date, ending: str, promised: Collection[str] = ()) -> str:
    """A name that is not `taken` yet: the day and a number, such as `2012-07-22-1.txt`."""
    names = (f"{day.isoformat()}-{number}{ending}" for number in itertools.count(1))
    return next(name for name in names if taken(folder, name, promised) is None)


@contextlib.contextmanager
def file_in_folder(folder: Path, name: str) -> Iterator[BinaryIO]:
    """A new file in the print folder, as `new_file`; the first print of a site makes its folder, of mode 0700.

    Raises Refused for a name that could lead out of it, and for a folder that others could write.
    """
    if safe_name(name) is None:
        raise Refused(f"{clean(name)} is not a name for a print file.")
    if (refusal := taken(folder, name)) is not None:
        raise Refused(refusal)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        refuse_others(folder)
    except LockboxError as error:
        raise Refused(str(error)) from None
    except OSError as error:
        raise Refused(_NOT_WRITTEN.format(name, error.strerror)) from None
    with new_file(folder / name) as file:
        yield file


@contextlib.contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A new file of mode 0600, which has its name only when it is whole; what breaks it off leaves nothing behind.

    Raises Refused when something of this name is there already, when it cannot be written, and when its folder is
    another one by then.
    """
    name = clean(path.name)
    if os.path.lexists(path):
        raise Refused(_THERE.format(name))
    try:
        with _opened(path.parent) as folder, _part(folder, path) as (part, file):
            yield file
            file.flush()
            os.fsync(file.fileno())
            _give_name(part, path, folder)
    except OSError as error:
        raise Refused(_NOT_WRITTEN.format(name, error.strerror)) from None


@contextlib.contextmanager
def _opened(folder: Path) -> Iterator[int]:
    """A folder that stays the same one whatever is done to its name."""
    handle = os.open(folder, os.O_PATH | os.O_DIRECTORY)
    try:
        yield handle
    finally:
        os.close(handle)


@contextlib.contextmanager
def _part(folder: int, path: Path) -> Iterator[tuple[str, BinaryIO]]:
    """The unfinished file and its name, which is gone in the end whatever became of it."""
    # Those of processes that are gone go first: they may hold what room there is.
    _being_written(path.parent)
    while True:
        part = f".{_part_of(path.name)}.part-lockbox-{secrets.token_hex(4)}"
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600, dir_fd=folder)
        try:
            with os.fdopen(handle, "wb") as file:
                # Where there are no locks nothing is ever taken for left behind.
                with contextlib.suppress(OSError):
                    fcntl.flock(handle, fcntl.LOCK_EX)
                # Between the two it may have been cleared by somebody else.
                if os.fstat(handle).st_nlink:
                    yield part, file
                    return
        finally:
            with contextlib.suppress(OSError):
                os.unlink(part, dir_fd=folder)


def _give_name(part: str, path: Path, folder: int) -> None:
    """Gives the whole file its name, unless that is taken or the folder is no longer the one that was named."""
    try:
        os.link(part, path.name, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=False)
    except FileExistsError:
        raise Refused(_THERE.format(clean(path.name))) from None
    except OSError as error:
        if error.errno in _NO_LINKS:
            raise Refused(_NOT_WRITTEN.format(clean(path.name), _LINKLESS)) from None
        raise
    if not _is_still(path.parent, folder):
        os.unlink(path.name, dir_fd=folder)
        raise Refused(_NOT_WRITTEN.format(clean(path.name), _FOLDER_GONE))


def _is_still(path: Path, folder: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(folder))
    except OSError:
        return False


def _part_of(name: str) -> str:
    """What of a name stands in that of the unfinished file."""
    return os.fsdecode(os.fsencode(name)[:_NAME_IN_PART])


def _being_written(folder: Path) -> frozenset[str]:
    """The names of the files that are being written; what processes that are gone have left there is cleared."""
    try:
        found = [(match[1], folder / each) for each in os.listdir(folder) if (match := _PART.fullmatch(each))]
    except OSError:
        # A folder may be written and not be read.
        return frozenset()
    return frozenset(name for name, part in found if not _cleared(part))


def _cleared(part: Path) -> bool:
    """Clears an unfinished file whose process is gone; False where it is still written, or another's."""
    try:
        handle = os.open(part, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode) or found.st_uid != os.geteuid():
            return False
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        part.unlink(missing_ok=True)
    except OSError:
        return False
    finally:
        os.close(handle)
    return True
