"""The night's matching of EFTs to ERAs."""

import shutil
import tempfile
from pathlib import Path

from sqlalchemy import event

from bench.jobs.site_days import actor_in, open_store
from bench.jobs.stopwatch import Stopwatch
from services.remittances.matching import match_deposits


def match(template: str) -> dict[str, float]:
    """Matches everything in a copy of a store; tells how many matches and how many statements it took."""
    statements = 0

    def seen(*_: object) -> None:
        nonlocal statements
        statements += 1

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "store.sqlite3"
        shutil.copyfile(template, file)
        store = open_store(file)
        actor = actor_in(store)
        event.listen(store.engine, "before_cursor_execute", seen)
        watch = Stopwatch()
        with store.writing() as session:
            counts = match_deposits(session, actor)
        taken = watch.stop()
        store.close()
    return taken | {
        "statements": statements,
        "matched": counts.matched,
        "mismatched": counts.mismatched,
        "unmatched": counts.unmatched,
    }
