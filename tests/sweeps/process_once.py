"""Processes one receipt and says POSTED once it is committed: the program that the kill sweep kills.

    python process_once.py STORE RECEIPT [--commit-early]

`--commit-early` is the negative control: it commits before the receipt is closed, as one transaction
for each half, which is the defect that the sweep exists to find.
"""

import os
import sys
from typing import Any

from models.store import Store, broken_store
from services import posting
from services.actor import sign_on
from services.errors import LockboxError, Refused
from services.store import DBAPIError
from tests.stores import FixedClock

AUDIT_KEY = b"sweep"


def _commit_early() -> None:
    """Moves the commit: decreases and payments are made durable before the receipt is closed."""
    close = posting._close

    def committed_first(session: Any, *arguments: Any) -> None:
        session.commit()
        close(session, *arguments)

    setattr(posting, "_close", committed_first)  # noqa: B010  # the name is private and stays so


def main() -> int:
    """Posts, and answers with the exit code 0, or 1 after one sentence."""
    if "--commit-early" in sys.argv:
        _commit_early()
    store = Store(f"sqlite:///{sys.argv[1]}", audit_key=AUDIT_KEY, clock=FixedClock())
    try:
        with store.writing() as session:
            done = posting.process_receipt(session, sign_on(session, "clerk"), sys.argv[2])
    except DBAPIError as error:
        os.write(2, f"{broken_store(error)}\n".encode())
        return 1
    except (Refused, LockboxError) as error:
        os.write(2, f"{error}\n".encode())
        return 1
    os.write(1, b"ALREADY\n" if done.already else b"POSTED\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
