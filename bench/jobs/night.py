"""The night job over deposits that wait."""

import shutil
import tempfile
from pathlib import Path

from bench.jobs.site_days import actor_in, open_store
from bench.jobs.stopwatch import Stopwatch
from services.night.job import run_nightly


def run_night(template: str) -> dict[str, float]:
    """Records and matches everything in a copy of a store."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "store.sqlite3"
        shutil.copyfile(template, file)
        store = open_store(file)
        actor = actor_in(store)
        watch = Stopwatch()
        done = run_nightly(store, actor)
        taken = watch.stop()
        store.close()
    if not done.deposits_recorded:
        raise SystemExit("the night job recorded nothing")
    return taken | {"deposits": done.deposits_recorded, "efts": done.matching.examined}
