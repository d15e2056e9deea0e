"""What a clerk reads when something broke: one sentence and a number; what support needs is in the log."""

from dataclasses import dataclass
from pathlib import Path

from lockbox_tui.crash import record_crash
from models.errors import LockboxError


@dataclass(frozen=True, slots=True)
class Failure:
    """A sentence without any data, and the number under which the log has the place in the program."""

    text: str
    number: str


def explain(error: BaseException, log: Path | None) -> Failure:
    """Says an error as a clerk reads it and logs where it happened, in a log that only its owner reads."""
    if isinstance(error, LockboxError):
        return Failure(str(error), record_crash(error, log))
    return Failure(_said(error), record_crash(error, log))


def _said(error: BaseException) -> str:
    # Imported here: a program that has not opened a store has no error of a store.
    from sqlalchemy.exc import DBAPIError

    from models.store import broken_store

    if isinstance(error, DBAPIError):
        return str(broken_store(error))
    return "The program met an error that it does not know. Look the act up before you repeat it."
