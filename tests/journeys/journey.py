"""A journey: what a clerk types from sign-on to the end, through a real pseudo-terminal at 80 x 24.

Each journey runs twice on stores that are alike: keys one by one, each answer after its question has been
seen; and all keys in one write. Both must leave the same books.
"""

import contextlib
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from lockbox_tui.__main__ import main
from models.store import Store, private_file
from models.upgrading import create_store
from services.office.actor import Actor, os_login
from services.office.site import open_site
from tests import ledger
from tests.terminal.pseudo_terminal import PseudoTerminal

ROOT = Path(__file__).parents[2]
_AUDIT_KEY = b"\x11" * 32

#: What signing on, opening a screen and answering its questions may write.
_PASSING = frozenset({"lease", "user_preference", "scratchpad_preference"})

Build = Callable[[Store, Actor], None]


class Step(NamedTuple):
    """One answer: what stands on the screen before it, and what is typed, with the key that ends it."""

    sees: str
    types: str
    ends: str = "\r"

    @property
    def sent(self) -> Sequence[str]:
        """What the keyboard sends, key by key."""
        return (*self.types, self.ends)


#: The function key F2, by itself.
F2 = "\x1bOQ"


@dataclass(frozen=True)
class Site:
    """A site in a folder of its own, as the program finds it by XDG_DATA_HOME."""

    home: Path

    @property
    def folder(self) -> Path:
        """The user's data folder."""
        return self.home / "lockbox"

    def store(self) -> Store:
        """The site's store, opened for the test itself."""
        return Store(f"sqlite:///{self.folder / 'lockbox.sqlite3'}", audit_key=_AUDIT_KEY)

    def asks(self, *words: str) -> Any:
        """What a command answers with --json."""
        said = io.StringIO()
        with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(said):
            patch.setenv("XDG_DATA_HOME", str(self.home))
            assert main(["--json", *words]) == 0
        return json.loads(said.getvalue())

    def books(self) -> dict[str, Any]:
        """What a journey leaves behind: every ERA, receipt and bill as the commands show them, but for the hour."""
        eras = [self.asks("era", "show", str(row["number"])) for row in self.asks("era", "list")]
        for era in eras:
            era.pop("received")
            for entry in era["scratchpad"]["entries"] if era["scratchpad"] else ():
                entry["review"].pop("set_at")
                entry["review"]["comments"] = [said["text"] for said in entry["review"]["comments"]]
        receipts = [self.asks("receipt", "show", row["number"]) for row in self.asks("receipt", "list")]
        for receipt in receipts:
            receipt.pop("opened_at")
            receipt.pop("processed_at")
        bills = [self.asks("bill", "show", row["number"]) for row in self.asks("bill", "list")]
        return {"eras": eras, "receipts": receipts, "bills": bills}


def open_journey_site(home: Path, build: Build) -> Site:
    """Sets a site up whose first user is whoever runs the test, and fills it."""
    site = Site(home)
    site.folder.mkdir(parents=True)
    key = site.folder / "lockbox.audit.key"
    private_file(key)
    key.write_text(_AUDIT_KEY.hex())
    private_file(site.folder / "lockbox.sqlite3")
    store = site.store()
    create_store(store)
    with store.writing() as session:
        actor = open_site(session, os_login(), station="442", name="JOURNEY SITE", auto_audit=True)
    build(store, actor)
    store.close()
    return site


def travel(site: Site, steps: Sequence[Step], *, burst: bool) -> str:
    """Types the journey and gives the last screen; the program must end by itself with status 0."""
    environment = {"XDG_DATA_HOME": str(site.home), "PYTHONPATH": str(ROOT)}
    with PseudoTerminal(["-m", "lockbox_tui"], environment) as terminal:
        if burst:
            terminal.until_text(steps[0].sees)
            terminal.send("".join(key for step in steps for key in step.sent))
        else:
            for step in steps:
                wait_for(terminal, step)
                for key in step.sent:
                    terminal.send(key)
        assert terminal.wait() == 0, terminal.text()
        return terminal.text()


def wait_for(terminal: PseudoTerminal, step: Step) -> None:
    """Waits for what the step answers; `^` only at its own prompt: on a progress line it would break off."""
    if step.types != "^":
        terminal.until_text(step.sees)
        return
    terminal.until(lambda: step.sees in terminal.row(terminal.screen.cursor.y + 1), f"the prompt {step.sees}")


def refused_both_ways(tmp_path: Path, build: Build, steps: Sequence[Step]) -> None:
    """Travels both ways through refusals only: not a row of money, bills, pads or receipts may change."""
    for name, burst in (("one-by-one", False), ("burst", True)):
        site = open_journey_site(tmp_path / name, build)
        before = _kept(site)
        travel(site, steps, burst=burst)
        assert ledger.differing(before, _kept(site)) == {}


def _kept(site: Site) -> ledger.Contents:
    """What no refusal may change: everything but who signed on and what a clerk prefers."""
    store = site.store()
    ledger.assert_clean(store)
    kept = {name: rows for name, rows in ledger.contents(store).items() if name not in _PASSING}
    store.close()
    return kept


def both_ways(tmp_path: Path, build: Build, steps: Sequence[Step]) -> dict[str, Any]:
    """Travels one by one and in one write, and gives the books, which must be the same and proven."""
    left = []
    for name, burst in (("one-by-one", False), ("burst", True)):
        site = open_journey_site(tmp_path / name, build)
        travel(site, steps, burst=burst)
        store = site.store()
        ledger.assert_clean(store)
        store.close()
        left.append(site.books())
    assert left[0] == left[1]
    return left[0]
