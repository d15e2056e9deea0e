"""Processes one receipt and says POSTED once it is committed: the program that the kill sweep stops."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError

from models.broken_store import broken_store
from models.store import Store
from services.errors import LockboxError, Refused
from services.office.actor import sign_on
from services.receipts import processing as posting
from tests.stores import FixedClock

AUDIT_KEY = b"sweep"


def processing(path: Path, receipt: str) -> Callable[[], tuple[str, int]]:
    """Posts the receipt; gives one sentence, and the exit code 0, or 1 when it was refused or the disk failed."""

    def program() -> tuple[str, int]:
        store = Store(f"sqlite:///{path}", audit_key=AUDIT_KEY, clock=FixedClock())
        try:
            with store.writing() as session:
                done = posting.process_receipt(session, sign_on(session, "clerk"), receipt)
        except DBAPIError as error:
            return str(broken_store(error)), 1
        except (Refused, LockboxError) as error:
            return str(error), 1
        return ("ALREADY" if done.already else "POSTED"), 0

    return program


def committing_early(path: Path, receipt: str) -> Callable[[], tuple[str, int]]:
    """The negative control: the same, with the commit moved before the receipt is closed.

    It is the defect that the sweep exists to find. Only the child process that runs it is changed.
    """

    def program() -> tuple[str, int]:
        close = posting._close

        def committed_first(session: Any, *arguments: Any) -> None:
            session.commit()
            close(session, *arguments)

        setattr(posting, "_close", committed_first)  # noqa: B010  # the name is private and stays so
        return processing(path, receipt)()

    return program
