"""Printing an ERA whole, as sheets and as CSV, whose memory does not grow with its EEOBs; and as PDF."""

import datetime
import tempfile
from pathlib import Path

from bench.jobs.site_days import open_store
from bench.jobs.stopwatch import Stopwatch
from services.reports.prints import print_of_era
from services.reports.render.as_csv import as_csv
from services.reports.render.as_pdf import write_pdf
from services.reports.roll import roll_of
from services.reports.sheets import PRINTED_PAGE, Paper, Print, Signed, as_text, sheets

_PAPER = Paper(80, PRINTED_PAGE, Signed("CLERK,ONE", datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC)))


def print_era(file: str) -> dict[str, float]:
    """Prints the first ERA of a store with the whole detail of its EEOBs; tells how many sheets and characters."""
    watch = Stopwatch()
    store = open_store(Path(file))
    with store.reading() as session:
        roll = roll_of(session, 80, "3/2/26", print_of_era, 1, expanded=True)
    count = sum(1 for _ in as_text(sheets(Print(roll.lines(), roll.heading), _PAPER)))
    roll.close()
    with store.reading() as session:
        characters = sum(map(len, as_csv(print_of_era(session, 1, expanded=True))))
    store.close()
    return watch.stop() | {"sheets": count, "characters": characters}


def print_era_as_pdf(file: str) -> dict[str, float]:
    """Prints the first ERA of a store whole as PDF; tells how large the document is, in megabytes."""
    watch = Stopwatch()
    store = open_store(Path(file))
    with store.reading() as session:
        roll = roll_of(session, 80, "3/2/26", print_of_era, 1, expanded=True)
    with tempfile.TemporaryFile() as document:
        write_pdf(document, sheets(Print(roll.lines(), roll.heading), _PAPER), _PAPER, roll.title)
        megabytes = document.tell() / 1_000_000
    roll.close()
    store.close()
    return watch.stop() | {"megabytes": megabytes}
