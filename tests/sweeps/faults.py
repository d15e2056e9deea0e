"""Running a piece of Python in a child process under strace, with a fault at a chosen system call.

The child is a fork of this process, which has everything imported already, and strace is attached to it
before it begins: so a run costs hundredths of a second and a sweep can try every point.
"""

import os
import re
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.patience import PATIENCE

_TRACER = re.compile(r"^TracerPid:\s*([1-9][0-9]*)$", re.MULTILINE)


class Run(NamedTuple):
    """How a run ended: what it said, its exit code (None when it was killed), whether the fault was met."""

    said: str
    code: int | None
    met: bool


def run(program: Callable[[], tuple[str, int]], log: Path, fault: str = "") -> Run:
    """Runs a program that gives its words and its exit code; `fault` is strace's `call:what:when=n`."""
    said_at, said_to = os.pipe()
    wait_at, go_to = os.pipe()
    child = os.fork()
    if child == 0:
        code = 99
        try:
            os.read(wait_at, 1)
            words, code = program()
            os.write(said_to, words.encode())
        finally:
            os._exit(code)
    os.close(said_to)
    os.close(wait_at)
    tracer = _attach(child, log, fault) if fault else None
    os.write(go_to, b"g")
    os.close(go_to)
    with os.fdopen(said_at, "rb") as pipe:
        said = pipe.read().decode()
    _, status = os.waitpid(child, 0)
    if tracer is not None:
        tracer.wait(PATIENCE)
    killed = os.WIFSIGNALED(status)
    met = killed or (bool(fault) and "INJECTED" in log.read_text())
    return Run(said, None if killed else os.waitstatus_to_exitcode(status), met)


def _attach(child: int, log: Path, fault: str) -> subprocess.Popen[bytes]:
    """Attaches strace and waits until the kernel says that it is the child's tracer."""
    call = fault.partition(":")[0]
    tracer = subprocess.Popen(
        ["strace", "-qq", "-o", str(log), "-e", f"trace={call}", "-e", f"inject={fault}", "-p", str(child)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    status = Path(f"/proc/{child}/status")
    end = time.monotonic() + PATIENCE
    while _TRACER.search(status.read_text()) is None:
        if time.monotonic() > end or tracer.poll() is not None:
            raise AssertionError("strace could not be attached")
    return tracer
