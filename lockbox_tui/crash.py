"""What is kept of a crash: a number for the clerk, and for support where in the program it was.

Neither the message of the exception nor any value is kept: both can hold patients' data (reliability 3.2).
"""

import contextlib
import json
import os
import secrets
import traceback
from datetime import UTC, datetime
from pathlib import Path

from models.errors import StoreFailed
from services.clean import clean


def record_crash(error: BaseException, log: Path | None, *, failed: StoreFailed | None = None) -> str:
    """Gives the crash a number and appends one JSON line to `log` (mode 0600), if there is one.

    `failed` is what the error is for a clerk when the database failed: its SQLSTATE and its reason, which hold
    no value of the store, are kept. A log that cannot be written is passed over: the clerk still gets the number.
    """
    number = secrets.token_hex(4).upper()
    if log is None:
        return number
    frames = [
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    entry: dict[str, object] = {
        "number": number,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "kind": type(error).__name__,
        "where": frames,
    }
    if failed is not None:
        entry |= {"state": failed.state or None, "reason": clean(failed.reason, 400) or None}
    with contextlib.suppress(OSError):
        log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW
        with os.fdopen(os.open(log, flags, 0o600), "a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")
    return number
