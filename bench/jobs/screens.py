"""The program on a real pseudo-terminal: its first menu, the list of very many ERAs, the price of a key."""

import resource
import shutil
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.terminal.pseudo_terminal import PseudoTerminal

MENU = "Select Clerk's AR Menu Option:"
_PEAK_UNIT = 1 if sys.platform == "darwin" else 1024
_DOWN, _UP = "\x1b[B", "\x1b[A"
_TYPED = ("S", "p", "l", "i", "t", "\x7f", "t", "\x7f", "\x7f", "\x7f", "\x7f", "\x7f")


@contextmanager
def _program(file: str) -> Iterator[PseudoTerminal]:
    with tempfile.TemporaryDirectory() as home:
        environment = {
            "LOCKBOX_DATABASE": f"sqlite:///{file}",
            "PYTHONPATH": ".",
            "XDG_DATA_HOME": home,
        }
        with PseudoTerminal(["-m", "lockbox_tui"], environment) as terminal:
            yield terminal


def first_menu(file: str) -> dict[str, float]:
    """From starting the program on a site to the first menu painted."""
    start = time.perf_counter()
    with _program(file) as terminal:
        terminal.until(lambda: MENU.encode() in terminal.received, MENU)
        wall = time.perf_counter() - start
        sent = len(terminal.received)
    return _of_program() | {"wall": wall, "bytes": sent}


def start_python() -> dict[str, float]:
    """Python itself, starting and ending with nothing to do: what no program can be faster than."""
    start = time.perf_counter()
    with PseudoTerminal(["-c", "pass"]) as terminal:
        terminal.wait()
    return _of_program() | {"wall": time.perf_counter() - start}


def era_list(file: str) -> dict[str, float]:
    """Opens the list of all ERAs, pages through it, jumps to its end, moves the marker, types."""
    told: dict[str, float] = {}
    with _program(file) as terminal:
        terminal.until_text(MENU)
        for keys, then in (
            ("EDI LOCKBOX\r", "Select EDI Lockbox Option:"),
            ("WL\r", "(S)PECIFIC ONE?"),
            ("L\r", "ERA POSTING STATUS"),
            ("B\r", "ERA-EFT MATCH STATUS"),
            ("B\r", "LIMIT THE SELECTION"),
            ("N\r", "(R)ANGE OF PAYER NAMES"),
        ):
            terminal.send(keys)
            terminal.until_text(then)
        terminal.until_quiet()
        told |= _act(terminal, "open", "A\r", lambda: "Page:    1 of" in terminal.row(1))
        last = terminal.row(1).rsplit("of", 1)[1].strip()
        told["pages"] = float(last)
        for name, keys, page in (
            ("page", "+\r", "2"),
            ("last", "LS\r", last),
            ("back", "-\r", str(int(last) - 1)),
            ("first", "FS\r", "1"),
        ):
            told |= _act(terminal, name, keys, lambda page=page: _on_page(terminal, page))  # type: ignore[misc]  # mypy cannot infer a lambda with a default
        told |= _keys(terminal, "marker", [_DOWN, _DOWN, _UP, _DOWN, _UP])
        terminal.send(_DOWN * 3)
        terminal.until_quiet()
        told |= _keys(terminal, "edge", [_DOWN] * 8 + [_UP] * 10)
        told |= _keys(terminal, "key", _TYPED)
    return _of_program() | {"wall": told["open_ms"] / 1000} | told


def while_validating(file: str) -> dict[str, float]:
    """Types at the first menu and hangs up while the queue of validation is worked beside it."""
    with tempfile.TemporaryDirectory() as working:
        site = shutil.copytree(Path(file).parent, Path(working) / "site")
        with _program(str(site / Path(file).name)) as terminal:
            terminal.until_text(MENU)
            terminal.until(lambda: _has_child(terminal.pid), "the validator")
            told = _keys(terminal, "key", _TYPED)
            start = time.perf_counter()
            terminal.signal(signal.SIGHUP)
            terminal.wait()
            told["leave_ms"] = (time.perf_counter() - start) * 1000
    return _of_program() | {"wall": told["leave_ms"] / 1000} | told


def _has_child(pid: int) -> bool:
    return any(path.read_text().split() for path in Path(f"/proc/{pid}/task").glob("*/children"))


def _on_page(terminal: PseudoTerminal, page: str) -> bool:
    return f"Page: {page:>4} of" in terminal.row(1)


def _act(terminal: PseudoTerminal, name: str, keys: str, done: Callable[[], bool]) -> dict[str, float]:
    """One act: milliseconds until its last byte has come, and bytes in all."""
    before = len(terminal.received)
    start = time.perf_counter()
    terminal.send(keys)
    terminal.until(done, name)
    taken = time.perf_counter() - start
    terminal.until_quiet()
    return {f"{name}_ms": taken * 1000, f"{name}_bytes": len(terminal.received) - before}


def _keys(terminal: PseudoTerminal, name: str, keys: Sequence[str]) -> dict[str, float]:
    """Single keys: the medians of the milliseconds until something comes and of the bytes, and the most bytes."""
    taken, sent = [], []
    for key in keys:
        before = len(terminal.received)
        start = time.perf_counter()
        terminal.send(key)
        terminal.until(lambda before=before: len(terminal.received) > before, "an echo")  # type: ignore[misc]  # mypy cannot infer a lambda with a default
        taken.append(time.perf_counter() - start)
        terminal.until_quiet()
        sent.append(len(terminal.received) - before)
    return {
        f"{name}_ms": statistics.median(taken) * 1000,
        f"{name}_bytes": max(sent),
        f"{name}_median_bytes": statistics.median(sent),
    }


def _of_program() -> dict[str, float]:
    """Processor seconds and peak of the program, which is this process's only child and has been ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak = usage.ru_maxrss * _PEAK_UNIT / 1_000_000
    return {"cpu": usage.ru_utime + usage.ru_stime, "peak": peak}
