"""A program that is stuck is ended all the same."""

import os
import pty
import subprocess
import sys
import threading
from pathlib import Path

from lockbox_tui.terminal.watchdog import Watchdog
from tests.patience import PATIENCE

ROOT = Path(__file__).parents[3]
STUCK = """
import queue, signal, sys
from lockbox_tui.terminal.watchdog import Watchdog
with Watchdog(0, lambda: None, last_resort=0.5) as watchdog:
    signal.signal(signal.SIGTERM, lambda number, frame: watchdog.expect_end(128 + number))
    print("stuck", flush=True)
    queue.Queue().get()
"""


def test_a_program_that_cannot_move_ends_with_the_signals_status() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", STUCK], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as stuck:
        assert stuck.stdout is not None
        assert stuck.stdout.readline() == b"stuck\n"
        stuck.terminate()
        assert stuck.wait(PATIENCE) == 143


def test_a_line_that_goes_away_is_noticed_once() -> None:
    master, slave = pty.openpty()
    lost = threading.Semaphore(0)
    with Watchdog(slave, lost.release, last_resort=600):
        assert not lost.acquire(timeout=1.2)
        os.close(master)
        assert lost.acquire(timeout=PATIENCE)
        assert not lost.acquire(timeout=1.2)
    os.close(slave)
