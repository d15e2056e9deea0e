"""Importing a file end to end, and pyx12's X12Reader merely walking it."""

import shutil
import tempfile
from pathlib import Path

import pyx12.x12file

from bench.jobs.site_days import actor_in, brought, open_store
from bench.jobs.stopwatch import Stopwatch
from models.words.intake import Outcome


def import_into(template: str, path: str, outcome: str = Outcome.FILED) -> dict[str, float]:
    """Imports a file into a copy of a store: split, proven, filed, indexed; its validation is queued.

    With another `outcome` the file has to come to that, such as `exception` where no bill is known.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "store.sqlite3"
        shutil.copyfile(template, file)
        store = open_store(file)
        actor = actor_in(store)
        watch = Stopwatch()
        brought(store, actor, Path(path), Outcome(outcome))
        taken = watch.stop()
        store.close()
    return taken


def walk(path: str) -> dict[str, float]:
    """Reads every segment of a file with pyx12's reader, which checks the envelopes' counts."""
    watch = Stopwatch()
    with open(path, encoding="latin-1") as stream:
        reader = pyx12.x12file.X12Reader(stream)
        count = sum(1 for _ in reader)
        reader.cleanup()
    return watch.stop() | {"segments": count}


def import_and_keep(file: str, path: str) -> dict[str, float]:
    """Imports a file into a store that is kept, its validation queued."""
    store = open_store(Path(file))
    actor = actor_in(store)
    watch = Stopwatch()
    brought(store, actor, Path(path), Outcome.FILED)
    taken = watch.stop()
    store.close()
    return taken
