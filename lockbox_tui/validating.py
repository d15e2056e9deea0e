"""While a workstation is open and nobody types, the queue of validation is worked beside it (DESIGN 2.9).

The judging is done by a child process of low priority (`lockbox_tui.validator`): the judge keeps Python to
itself for as long as a set takes, which typing would feel, and a process can be ended at once where a
thread cannot. The child only reads. What it found is written here, at the priority of the screens: a writer
that gets little of the processor would keep the store from everybody else.
"""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

from lockbox_tui.crash import record_crash
from models.store import Store
from screens.list_manager.glass.keys import KeyQueue
from services.findings import Finding
from services.intake import validation
from services.office.actor import Actor

#: Nobody types when no key has come for so long, in seconds.
QUIET = 2.0

#: How often an empty queue is looked at, in seconds.
LOOK_EVERY = 30.0

#: After so many failures in one session something is wrong that the night job has to show.
_MOST_FAILURES = 3

_ENDS_WITHIN = 0.5


class ValidatorEnded(Exception):
    """The child process ended without an answer."""


class BackgroundValidation:
    """The work on the queue of validation for as long as one desk is open; `stop` ends it at once.

    Nothing of it is shown. A set at which the validator breaks off is recorded in the log and passed over
    in this session; it stays queued for the night job.
    """

    def __init__(self, store: Store, actor: Actor, keys: KeyQueue, log: Path | None) -> None:
        self._store = store
        self._actor = actor
        self._keys = keys
        self._log = log
        self._stopped = threading.Event()
        self._starting = threading.Lock()
        self._child: subprocess.Popen[str] | None = None
        self._typed = -1
        self._passed_over: set[int] = set()
        self._failures = 0

    def start(self) -> None:
        """Begins, in a thread that only waits and writes what was found."""
        threading.Thread(target=self._run, name="validation", daemon=True).start()

    def stop(self) -> None:
        """Ends it, also in the middle of a set: that set stays queued."""
        self._stopped.set()
        self._end_child()

    def _run(self) -> None:
        while not self._stopped.is_set() and self._failures < _MOST_FAILURES:
            self._wait_until_quiet()
            try:
                self._work_queue()
            except Exception as error:  # noqa: BLE001 - the desk goes on whatever happens here
                self._note(error)
            self._stopped.wait(LOOK_EVERY)

    def _wait_until_quiet(self) -> None:
        while self._typed != self._keys.serial and not self._stopped.is_set():
            self._typed = self._keys.serial
            self._stopped.wait(QUIET)

    def _work_queue(self) -> None:
        """Takes one set after the other until none waits; nothing when another desk does."""
        if self._stopped.is_set():
            return
        held = validation.claim_queue(self._store, self._actor)
        if held is None:
            return
        try:
            while not self._stopped.is_set() and self._failures < _MOST_FAILURES:
                one = validation.next_waiting(self._store, held, self._passed_over)
                if one is None:
                    return
                self._work(one)
                self._wait_until_quiet()
        finally:
            self._end_child()
            if not self._stopped.is_set():
                validation.release_queue(self._store, held)

    def _work(self, one: validation.Waiting) -> None:
        try:
            findings = self._judge_set(one)
        except (ValidatorEnded, OSError) as error:
            self._end_child()
            self._passed_over.add(one.set_id)
            self._note(error)
            return
        if findings is None:
            self._passed_over.add(one.set_id)
            self._failures += 1
        elif not self._stopped.is_set():
            validation.record(self._store, one, findings)

    def _judge_set(self, one: validation.Waiting) -> tuple[Finding, ...] | None:
        """What the child finds in a set; None when it broke off there, which it has recorded itself."""
        child = self._child_at_work()
        if child.stdin is None or child.stdout is None:
            raise ValidatorEnded
        request = {
            "set_id": one.set_id,
            "message_id": one.message_id,
            "sha256": one.sha256,
            "ordinal": one.ordinal,
        }
        child.stdin.write(json.dumps(request) + "\n")
        child.stdin.flush()
        line = child.stdout.readline()
        if not line.endswith("\n"):
            raise ValidatorEnded
        answer = json.loads(line)
        if "failed" in answer:
            return None
        return tuple(Finding(*each) for each in answer["findings"])

    def _child_at_work(self) -> "subprocess.Popen[str]":
        with self._starting:
            if self._stopped.is_set():
                raise ValidatorEnded
            if self._child is None:
                self._child = _start()
                told = {
                    "store": self._store.url.render_as_string(hide_password=False),
                    "log": None if self._log is None else str(self._log),
                }
                if self._child.stdin is not None:
                    self._child.stdin.write(json.dumps(told) + "\n")
            return self._child

    def _end_child(self) -> None:
        with self._starting:
            child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        try:
            child.wait(_ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            # It hangs in the disk and ends with it; the desk does not wait.
            return

    def _note(self, error: BaseException) -> None:
        """Records a failure, unless it is only the end of the session."""
        if not self._stopped.is_set():
            self._failures += 1
            record_crash(error, self._log)


def _start() -> "subprocess.Popen[str]":
    """Starts the child on this very program, never on one that lies in the current folder.

    The store's address goes to its standard input: the arguments of a process can be read by everybody.
    """
    home = str(Path(__file__).parents[1])
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "lockbox_tui.validator"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="ascii",
        env={**os.environ, "PYTHONPATH": home},
    )
