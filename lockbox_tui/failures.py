"""What a clerk reads when something could not be done: one sentence, and a number where support has to look it up."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lockbox_tui.crash import record_crash
from models.errors import LockboxError, NoSite, StoreBusy, StoreFailed, UnknownSchema
from services.clean import clean
from services.office.ownership import ELSEWHERE

_UNKNOWN = "The program met an error that it does not know. Look the act up before you repeat it."


@dataclass(frozen=True, slots=True)
class Failure:
    """A sentence without any data, and the number under which the log has the place in the program.

    An ordinary mistake, such as a mistyped path, has no number: its sentence says all that there is to say.
    """

    text: str
    number: str | None

    @property
    def sentence(self) -> str:
        """The sentence with its number, if it has one."""
        return self.text if self.number is None else f"{self.text} (error number {self.number})"


def explain(error: BaseException, log: Path | None) -> Failure:
    """Says an error as a clerk reads it; what its sentence does not tell is logged, for its owner only."""
    told = error if isinstance(error, LockboxError) else _of_a_file(error, log) or _of_the_store(error)
    if told is not None and told is error and not _hides(told):
        return Failure(str(told), None)
    failed = told if isinstance(told, StoreFailed) else None
    return Failure(_UNKNOWN if told is None else str(told), record_crash(error, log, failed=failed))


def _hides(error: LockboxError) -> bool:
    """Whether there is more to it than its sentence says: what the database reported, or values nobody wrote."""
    if isinstance(error, (NoSite, StoreBusy)):
        return False
    # Imported here: a program that has not opened a store has no error of a store.
    from sqlalchemy.exc import DBAPIError

    return isinstance(error, UnknownSchema) or any(
        # SQLAlchemy's word for a value that its column never has; a key that is missing elsewhere is another.
        isinstance(cause, DBAPIError) or type(cause) is LookupError
        for cause in _causes(error)
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause = error.__cause__
    while cause is not None:
        yield cause
        cause = cause.__cause__


def _of_the_store(error: BaseException) -> LockboxError | None:
    """What the database's own error is for a clerk; None for any other."""
    # Imported here: a program that has not opened a store has no error of a store.
    from sqlalchemy.exc import DBAPIError

    from models.broken_store import broken_store

    return broken_store(error) if isinstance(error, DBAPIError) else None


def _of_a_file(error: BaseException, log: Path | None) -> LockboxError | None:
    """What the operating system refuses of a file or folder that it names."""
    if not isinstance(error, OSError) or not isinstance(error.filename, (str, bytes)):
        return None
    named = clean(os.fsdecode(error.filename))
    ours = log is not None and named.startswith(str(log.parent))
    return LockboxError(f"{named} cannot be used: {error.strerror}.{f' {ELSEWHERE}' if ours else ''}")
