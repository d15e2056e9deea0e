"""What a clerk reads when something broke: one sentence and a number; what support needs is in the log."""

from dataclasses import dataclass
from pathlib import Path

from lockbox_tui.crash import record_crash
from models.errors import LockboxError, StoreFailed

_UNKNOWN = "The program met an error that it does not know. Look the act up before you repeat it."


@dataclass(frozen=True, slots=True)
class Failure:
    """A sentence without any data, and the number under which the log has the place in the program."""

    text: str
    number: str


def explain(error: BaseException, log: Path | None) -> Failure:
    """Says an error as a clerk reads it and logs where it happened, in a log that only its owner reads."""
    told = error if isinstance(error, LockboxError) else _of_the_store(error)
    failed = told if isinstance(told, StoreFailed) else None
    return Failure(_UNKNOWN if told is None else str(told), record_crash(error, log, failed=failed))


def _of_the_store(error: BaseException) -> LockboxError | None:
    """What the database's own error is for a clerk; None for any other."""
    # Imported here: a program that has not opened a store has no error of a store.
    from sqlalchemy.exc import DBAPIError

    from models.broken_store import broken_store

    return broken_store(error) if isinstance(error, DBAPIError) else None
