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
_TIMES = 5
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
        _ask_for_all_eras(terminal)
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


def era_sorts(file: str) -> dict[str, float]:
    """Sorts the list of all ERAs by each key in each direction, before another key; goes to its last page each time.

    Tells the dearest sort, and of all sorts the dearest last page and the median of the pages behind the first.
    """
    sorts, pages, lasts = [], [], []
    with _program(file) as terminal:
        _ask_for_all_eras(terminal)
        terminal.send("A\r")
        terminal.until(lambda: "Page:    1 of" in terminal.row(1), "the list")
        last = terminal.row(1).rsplit("of", 1)[1].strip()
        for keys in _ORDERS:
            # From page 2, so that page 1 is there only when the list is sorted.
            pages.append(_act(terminal, "page", "+\r", lambda: _on_page(terminal, "2"))["page_ms"])
            typed = "".join(f"{key}\r" for key in ("SO", *keys))
            sorts.append(_act(terminal, "sort", typed, lambda: _on_page(terminal, "1"))["sort_ms"])
            lasts.append(_act(terminal, "last", "LS\r", lambda: _on_page(terminal, last))["last_ms"])
            _act(terminal, "first", "FS\r", lambda: _on_page(terminal, "1"))
    told = {"sort_ms": max(sorts), "last_ms": max(lasts), "page_ms": statistics.median(pages)}
    return _of_program() | {"wall": sum(sorts) / 1000} | told


#: What is answered at Sort List: the first key and its direction, the second and its direction.
_ORDERS = [
    (first, direction, *second)
    for first, directions, second in (
        ("A", "LH", ("P", "F")),
        ("E", "EL", ("A", "H")),
        ("P", "FL", ("E", "L")),
        ("D", "EL", ("P", "L")),
    )
    for direction in directions
]


def scratch_pad(file: str) -> dict[str, float]:
    """Opens the scratch pad of the first ERA, pages through it, splits its first entry and is back on it.

    But for the opening the medians of several times.
    """
    told: dict[str, float] = {}
    taken: dict[str, list[dict[str, float]]] = {"page": [], "last": [], "split": []}
    with tempfile.TemporaryDirectory() as working:
        site = shutil.copytree(Path(file).parent, Path(working) / "site")
        with _program(str(site / Path(file).name)) as terminal:
            terminal.until_text(MENU)
            _answer(
                terminal,
                ("EDI LOCKBOX", "Select EDI Lockbox Option:"),
                ("WL", "(S)PECIFIC ONE?"),
                ("S", "ELECTRONIC REMITTANCE ADVICE ENTRY:"),
                ("1", "ORDER OF PAYMENTS"),
            )
            told |= _act(terminal, "open", "\r", lambda: _on_pad(terminal, "1"))
            moves = [("page", "+\r", "2"), ("last", "LS\r", terminal.row(1).rsplit("of", 1)[1].strip())]
            for name, keys, page in moves * _TIMES:
                taken[name].append(_act(terminal, name, keys, lambda page=page: _on_pad(terminal, page)))  # type: ignore[misc]  # mypy cannot infer a lambda with a default
                _act(terminal, "first", "FS\r", lambda: _on_pad(terminal, "1"))
            for _ in range(_TIMES):
                taken["split"].append(_file_first_entry(terminal))
    for name, acts in taken.items():
        told[f"{name}_ms"] = statistics.median(act[f"{name}_ms"] for act in acts)
    return _of_program() | {"wall": told["open_ms"] / 1000} | told


def _file_first_entry(terminal: PseudoTerminal) -> dict[str, float]:
    """Gives the first entry's one line a comment by Split/Edit and is back on the pad; the time from filing it."""
    _answer(
        terminal,
        ("SP=1", "CONTINUE?: NO//"),
        ("YES", "CLAIM #: "),
        ("", "PAYMENT AMOUNT TO APPLY"),
        ("", "RECEIPT LINE COMMENT:"),
        ("SEEN", "File New Lines"),
    )
    return _act(terminal, "split", "FI\r", lambda: _on_pad(terminal, "1"))


def _on_pad(terminal: PseudoTerminal, page: str) -> bool:
    return "Scratch Pad" in terminal.row(1) and _on_page(terminal, page)


def _ask_for_all_eras(terminal: PseudoTerminal) -> None:
    """Answers all that is asked before the list of all ERAs but for the last question."""
    terminal.until_text(MENU)
    _answer(
        terminal,
        ("EDI LOCKBOX", "Select EDI Lockbox Option:"),
        ("WL", "(S)PECIFIC ONE?"),
        ("L", "ERA POSTING STATUS"),
        ("B", "ERA-EFT MATCH STATUS"),
        ("B", "LIMIT THE SELECTION"),
        ("N", "(R)ANGE OF PAYER NAMES"),
    )


def _answer(terminal: PseudoTerminal, *answers: tuple[str, str]) -> None:
    """Gives answers, each followed by what has to be on the screen then, until the terminal is quiet."""
    for answer, then in answers:
        terminal.send(f"{answer}\r")
        terminal.until_text(then)
    terminal.until_quiet()


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
