"""The child process of an open workstation that judges filed sets by their implementation guide.

It reads the store and never writes to it, so that it may be ended at any moment with no lock held. What it
is asked comes line by line as JSON on standard input, first the store's address and the log; each answer is
one line on standard output. When its workstation is gone, standard input ends, and so does it.
"""

import contextlib
import json
import os
import queue
import sys
import threading
from pathlib import Path

#: Much less of the processor than the screens, enough to get on beside a busy machine.
_NICE = 10


def main() -> None:
    """Judges what it is asked until its workstation ends it."""
    with contextlib.suppress(OSError):
        os.nice(_NICE)
    # Nothing else may write where the answers go.
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    asked: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(asked,), daemon=True).start()
    told = json.loads(asked.get())
    # Imported here: the priority is low by now, and the end is noticed meanwhile.
    from lockbox_tui.crash import record_crash
    from models.store import Store
    from services.intake.validation import StoredSets, Waiting

    sets = StoredSets(Store(told["store"], audit_key=b""))
    log = None if told["log"] is None else Path(told["log"])
    while True:
        one = Waiting(**json.loads(asked.get()))
        answer: dict[str, object]
        try:
            answer = {"findings": [[each.code, each.text, each.where] for each in sets.judge(one)]}
        except Exception as error:  # noqa: BLE001 - whatever it is, the workstation passes the set over
            answer = {"failed": record_crash(error, log)}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def _listen(asked: "queue.SimpleQueue[str]") -> None:
    """Hands on what is asked; at the end of the workstation ends this process, whatever it does."""
    for line in sys.stdin:
        asked.put(line)
    os._exit(0)


if __name__ == "__main__":
    main()
