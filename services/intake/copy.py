"""A file as it is at one moment: it is read more than once, and what others write into it meanwhile changes nothing."""

import errno
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

_CHUNK = 1 << 20
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def copy_file(path: Path) -> Iterator[BinaryIO]:
    """Gives a copy of what a file holds now; it has no name, and nobody else can read it.

    What is filed is then what the message is known by (DESIGN 2.7: the same content is the same message).
    Raises `OSError` when the file cannot be read, or when there is no room for the copy.
    """
    with tempfile.TemporaryFile() as copy:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                _write(copy, chunk)
        copy.seek(0)
        yield copy


def _write(copy: BinaryIO, chunk: bytes) -> None:
    try:
        copy.write(chunk)
        copy.flush()
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        said = f"there is no room for a copy of it in {tempfile.gettempdir()}"
        raise OSError(error.errno, said) from error
