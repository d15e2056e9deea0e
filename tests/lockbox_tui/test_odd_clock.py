"""The command line dates nothing by a clock whose date is odd, unless `--date-is-right` says that it is not."""

import contextlib
import datetime
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from lockbox_tui.opening import open_store
from lockbox_tui.settings import Settings, read_settings
from models.store import Store, utc_now
from services.office.actor import Actor, os_login, sign_on
from tests import given
from tests.lockbox_tui.program import Program

SAY = "IF THAT DATE IS RIGHT SAY --date-is-right; ELSE HAVE THE CLOCK OF THIS MACHINE SET RIGHT"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A site of its own."""
    Program(tmp_path).json("init", "--station", "442", "--name", "DEMO", "--auto-audit")
    return read_settings(None, {"XDG_DATA_HOME": str(tmp_path)}, Path("/nonexistent"))


@contextlib.contextmanager
def on_another_day(settings: Settings, days: int) -> Iterator[tuple[Store, Actor]]:
    """The site as it is worked with a clock that is so many days from now."""
    with contextlib.closing(open_store(settings)) as store:
        store.clock = lambda: utc_now() + datetime.timedelta(days=days)
        with store.reading() as session:
            actor = sign_on(session, os_login())
        yield store, actor


@pytest.mark.parametrize("days", [-400, 400])
def test_each_act_that_dates_is_refused_and_done_when_it_is_right(
    tmp_path: Path, settings: Settings, days: int
) -> None:
    """All work so far was done on another day, or would seem to have been: the clock of now is the odd one."""
    program = Program(tmp_path)
    with on_another_day(settings, days) as (store, actor):
        given.bills(store, actor, {"K1": 100})
        given.era(store, actor, trace="T1", claims=[("K1", 100, 80)])
        given.eft(store, actor, trace="T1", amount=80)
        given.night(store)
    for words, again in (
        (("nightly",), ()),
        (("scratchpad", "create", "1"), None),
        (("receipt", "create", "1"), ()),
        (("receipt", "process", "RECEIPT"), ()),
    ):
        if words[-1] == "RECEIPT":
            words = (*words[:-1], program.json("receipt", "list", "--status", "open")[0]["number"])
        if again is None:
            program.json(*words)
            continue
        odd, say = program.json(*words, status=1)["refused"].split("\n")
        assert odd.startswith("THE CLOCK SAYS ")
        assert say == SAY
        program.json(*words, "--date-is-right")
        with on_another_day(settings, days) as (store, actor):
            # Somebody works on with the other clock.
            given.eft(store, actor, trace=f"T{words}", amount=1)
            given.night(store)
    assert program.json("bill", "show", "K1")["balance"] == "20.00"
    program.json("journal")
    assert program.json("check")["proven"] is True


def test_an_import_files_and_says_that_the_date_is_odd(tmp_path: Path, settings: Settings) -> None:
    with on_another_day(settings, 400) as (store, _):
        given.night(store)
    bills = tmp_path / "bills.csv"
    bills.write_text("bill,patient,payer,charge\n")
    ran = Program(tmp_path).call("import", bills)
    assert ran.err.startswith("THE CLOCK SAYS ")
    assert "bills.csv" in ran.out


@pytest.mark.parametrize("year", [1970, 1996, 2262, 9999])
def test_no_command_runs_in_a_year_that_cannot_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, year: int
) -> None:
    monkeypatch.setattr(
        "lockbox_tui.__main__.gmtime", lambda: time.struct_time((year, 6, 1, 8, 5, 0, 0, 153, 0))
    )
    said = Program(tmp_path).json("era", "list", status=1)
    assert said == {
        "error": f"The clock of this machine says {year}-06-01 08:05 UTC, which cannot be. Nothing was changed; "
        "set the clock right and begin again.",
        "number": None,
    }


def test_a_clock_that_cannot_be_is_one_sentence(settings: Settings) -> None:
    with on_another_day(settings, 0) as (store, _):
        store.clock = lambda: datetime.datetime(9999, 12, 31, 23, 59, tzinfo=datetime.UTC)
        with pytest.raises(
            Exception, match="The clock of this machine says 9999-12-31 23:59 UTC, which cannot be"
        ):
            given.night(store)
