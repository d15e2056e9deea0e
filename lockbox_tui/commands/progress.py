"""A progress bar on standard error, only when that is a terminal; Ctrl-C is heeded at each of its steps."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from lockbox_tui.interrupts import INTERRUPTS

Progress = Callable[[int, int], None]


@contextmanager
def progress_bar(what: str) -> Iterator[Progress]:
    """Gives a function that is told what is done and what there is in all, and stops there if Ctrl-C was typed."""
    with INTERRUPTS.put_off(), _bar(what) as show:

        def tell(done: int, total: int) -> None:
            INTERRUPTS.heed()
            show(done, total)

        yield tell


@contextmanager
def _bar(what: str) -> Iterator[Progress]:
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    from services.clean import clean

    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True, markup=False, emoji=False, highlight=False),
        transient=True,
    )
    task = bar.add_task(clean(what, 60), total=None)
    with bar:
        yield lambda done, total: bar.update(task, completed=done, total=total)
