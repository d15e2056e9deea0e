"""Printing an ERA whole, as pages and as CSV: its memory does not grow with its EEOBs."""

from pathlib import Path

from bench.jobs.site_days import open_store
from bench.jobs.stopwatch import Stopwatch
from services.reports.prints import print_of_era
from services.reports.render.as_csv import as_csv
from services.reports.roll import roll_of


def print_era(file: str) -> dict[str, float]:
    """Prints the first ERA of a store with the whole detail of its EEOBs; tells how many lines and characters."""
    watch = Stopwatch()
    store = open_store(Path(file))
    with store.reading() as session:
        roll = roll_of(session, 80, "3/2/26", print_of_era, 1, expanded=True)
    lines = sum(1 for _ in roll.lines())
    roll.close()
    with store.reading() as session:
        characters = sum(map(len, as_csv(print_of_era(session, 1, expanded=True))))
    store.close()
    return watch.stop() | {"lines": lines, "characters": characters}
