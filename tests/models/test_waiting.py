"""A store that another holds: who it is, is told after two seconds; the wait is given up after the site's time."""

import os
import pwd
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import select, update

from models.errors import StoreBusy
from models.site import Site
from models.store import Store
from tests.lockbox_tui.program import ROOT

ME = pwd.getpwuid(os.getuid()).pw_name

HOLD = (
    "import sys; from models.store import Store; from sqlalchemy import text\n"
    "store = Store(sys.argv[1], audit_key=b'')\n"
    "with store.writing() as session:\n"
    "    session.execute(text('UPDATE site SET name = name'))\n"
    "    print('held', flush=True); sys.stdin.readline()\n"
    "    session.rollback()\n"
)


class Holder:
    """Another process that writes to the store until it is told to end."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.lines: list[str] = []

    def told(self, line: str) -> None:
        """Hears for whom somebody waits, and lets go: who waits goes on before this returns."""
        self.lines.append(line)
        self.ends()

    def ends(self) -> None:
        """Ends the writing."""
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()


@contextmanager
def held(store: Store, *words: str) -> Iterator[Holder]:
    """Another process holds the store; `words` are the rest of its command line."""
    url = store.url.render_as_string(hide_password=False)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, url, *words],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield Holder(process)
        finally:
            process.kill()


def rename(store: Store, holder: Holder | None = None) -> None:
    """Writes to what the other process holds."""
    with store.writing(None if holder is None else holder.told) as session:
        session.execute(update(Site).values(name="MINE"))


def test_who_holds_it_is_told_and_then_the_act_is_done(site: Store) -> None:
    with held(site, "lockbox", "import", "claims.837") as holder:
        rename(site, holder)
    (line,) = holder.lines
    what = f"lockbox import, process {holder.process.pid})" if site.sqlite else "lockbox, connection "
    assert line.startswith(f"Waiting for {ME} ({what}")
    assert line.endswith(", who is writing to the store; for 30 seconds at most.")
    with site.reading() as session:
        assert session.scalars(select(Site.name)).one() == "MINE"


def test_it_is_given_up_after_the_sites_time_with_the_holder_named(site: Store) -> None:
    # A server is asked for the name after two seconds.
    site.patience = 0.1 if site.sqlite else 3.0
    with held(site) as holder, pytest.raises(StoreBusy) as told:
        rename(site)
    name = (
        f"{ME.capitalize()} (process {holder.process.pid})"
        if site.sqlite
        else f"{ME.capitalize()} (lockbox, "
    )
    assert str(told.value).startswith(name)
    assert str(told.value).endswith(
        "has been writing to the store for too long. What was being done is undone as a whole; what was done "
        "before it stays. Try again."
    )
    rename(site)


def test_a_wait_is_told_to_whoever_opened_the_store(site: Store) -> None:
    with held(site) as holder:
        site.tell = holder.told
        rename(site)
    assert len(holder.lines) == 1
