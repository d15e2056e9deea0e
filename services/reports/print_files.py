"""The files that prints become: new ones of their owner alone, whole or not there at all."""

import contextlib
import datetime
import itertools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from services.clean import REPLACEMENT, clean
from services.errors import LockboxError, Refused
from services.office.ownership import refuse_others

_FORBIDDEN = frozenset("/\\:*?\"<>|'`$;&!~ " + REPLACEMENT)
_LONGEST_NAME = 80


def safe_name(text: str) -> str | None:
    """Gives the name of a print file, or None when it could leave the folder, hide, or pass for an option."""
    name = clean(text.strip(), _LONGEST_NAME + 1)
    if not name or len(name) > _LONGEST_NAME or name[0] in ".-" or any(c in _FORBIDDEN for c in name):
        return None
    return name


def taken(folder: Path, name: str) -> str | None:
    """The sentence for a name that a file in the print folder has already; None when it is free."""
    # A link that leads nowhere has the name too.
    if not os.path.lexists(folder / name):
        return None
    return f"A file {name} is already in the print folder. Choose another name."


def free_name(folder: Path, day: datetime.date, ending: str) -> str:
    """A name that no file in the print folder has yet: the day and a number, such as `2012-07-22-1.txt`."""
    names = (f"{day.isoformat()}-{number}{ending}" for number in itertools.count(1))
    return next(name for name in names if taken(folder, name) is None)


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
        raise Refused(f"{name} could not be written: {error.strerror}.") from None
    with new_file(folder / name) as file:
        yield file


@contextlib.contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A new file of mode 0600 while it is written; whatever breaks it off, nothing half-written stays behind.

    Raises Refused when something of this name is there already, or when it cannot be written.
    """
    name = clean(path.name)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    except FileExistsError:
        raise Refused(f"A file {name} is already there, and is not written over. Name another.") from None
    except OSError as error:
        raise Refused(f"{name} could not be written: {error.strerror}.") from None
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
    except BaseException as error:
        path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise Refused(f"{name} could not be written: {error.strerror}.") from None
        raise
