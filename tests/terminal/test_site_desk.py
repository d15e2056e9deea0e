"""The program from sign-on to the end, on a real store, through a pseudo-terminal."""

import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import select

from models.leases import Lease
from models.store import Store
from models.users import UserPreference
from screens.worklist.filter_questions import STANDARD
from screens.worklist.kept_views import LAST
from services.office import leases
from services.office.actor import Actor, os_login, sign_on
from services.office.site import add_user, open_site
from services.remittances.era_views import EraView, word_of
from tests.screens.era_site import Eras, fill
from tests.stores import FixedClock
from tests.terminal.conftest import ROOT
from tests.terminal.pseudo_terminal import PseudoTerminal

At = Callable[..., PseudoTerminal]


@pytest.fixture
def demo(store: Store) -> Actor:
    """The first user of a demo site, under a name that is not the one who runs the test."""
    with store.writing() as session:
        return open_site(
            session,
            "*demo",
            station="442",
            name="DEMO SITE",
            auto_audit=True,
            demo=True,
            user_name="CLERK,ONE",
        )


@pytest.fixture
def at(store: Store, tmp_path: Path) -> Iterator[At]:
    """Starts the program on the test's store."""
    if not store.sqlite:
        pytest.skip("the program of these tests opens a file")
    with ExitStack() as stack:

        def started(user: str | None = "*demo", rows: int = 24) -> PseudoTerminal:
            environment = {
                "PYTHONPATH": str(ROOT),
                "SITE_STORE": store.url.render_as_string(hide_password=False),
                "SITE_FOLDER": str(tmp_path),
            }
            if user is not None:
                environment["SITE_USER"] = user
            return stack.enter_context(
                PseudoTerminal(["-m", "tests.terminal.site_desk"], environment, rows=rows)
            )

        yield started


def leased(store: Store) -> list[str]:
    with store.reading() as session:
        held = session.scalars(select(Lease))
        return [f"{lease.kind} {lease.reference}" for lease in sorted(held, key=lambda one: one.reference)]


@pytest.fixture
def eras(store: Store, demo: Actor, clock: FixedClock) -> Eras:
    """The demo site with an ERA of each kind."""
    return fill(store, demo, clock)


def test_the_clerk_signs_on_finds_an_era_and_halts(at: At, eras: Eras) -> None:
    terminal = at()
    terminal.until_text("Select Clerk's AR Menu Option:")
    assert "DEMO SITE, STATION 442   (DEMONSTRATION)" in terminal.text()
    assert "USER: CLERK,ONE" in terminal.text()
    terminal.send("EDI\rWL\r\r\r\r\r\r")
    terminal.until_text("Select Action: Next Screen//")
    assert "NWM0098231" in terminal.text()
    assert "Jul 22, 2012@14:37:06" in terminal.row(1)
    terminal.send("^\r")
    terminal.until_text("Select EDI Lockbox Option:")
    terminal.send("\r\r\r")
    assert terminal.wait() == 0


def test_the_way_out_of_several_screens_sends_nothing_of_those_between(at: At, eras: Eras) -> None:
    terminal = at()
    terminal.until_text("Select Clerk's AR Menu Option:")
    terminal.send(f"^WL\r\r\r\r\r\rSE={eras.check_chosen}\r\r")
    terminal.until_text("EEOB Worklist/Scratch Pad")
    sent = terminal.bytes_for("^^\r", lambda: "Select Clerk's AR Menu Option:" in terminal.text())
    assert b"ERA List" not in sent
    assert len(sent) <= 2200


def test_keys_typed_before_the_first_menu_stands_are_not_lost(at: At, eras: Eras) -> None:
    terminal = at()
    terminal.send("^WL\rS\r1\rNO\r")
    terminal.until_text("DO YOU WANT TO CREATE ONE NOW?: NO// NO")
    terminal.until_text("Select Clerk's AR Menu Option:")
    terminal.send("\r\r")
    assert terminal.wait() == 0


def test_one_who_is_not_registered_reads_one_sentence(at: At, demo: Actor) -> None:
    terminal = at("nobody-here")
    assert terminal.wait() == 1
    assert "nobody-here is not a user of this site." in terminal.text()
    assert "Traceback" not in terminal.text()


def test_only_a_demo_store_takes_another_name(at: At, store: Store) -> None:
    with store.writing() as session:
        open_site(session, os_login(), station="442", name="A REAL SITE", auto_audit=False)
    terminal = at(os_login())
    assert terminal.wait() == 1
    assert "Only a demo store lets somebody sign on as another user." in terminal.text()
    terminal = at(None)
    terminal.until_text("Select Clerk's AR Menu Option:")
    assert f"USER: {os_login().upper()}" in terminal.text()


def test_a_store_without_a_site_says_what_to_do(at: At, store: Store) -> None:
    terminal = at(None)
    assert terminal.wait() == 1
    assert "lockbox init" in terminal.text()


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_hang_up_gives_back_the_era_that_was_open(
    at: At, store: Store, demo: Actor, eras: Eras, number: int
) -> None:
    with store.writing() as session:
        add_user(session, "*other", "CLERK,TWO", (), given_by="test")
        leases.take(session, sign_on(session, "*other"), "ERA", "99", "IN USE")
    terminal = at()
    terminal.send(f"^WL\rS\r{eras.check_chosen}\r\r")
    terminal.until_text("EEOB Worklist/Scratch Pad")
    assert leased(store) == [f"ERA {eras.check_chosen}", "ERA 99"]
    terminal.signal(number)
    assert terminal.wait() == 128 + number
    assert leased(store) == ["ERA 99"], "the leases of other desks stay"


def test_what_the_clerk_prefers_is_remembered(at: At, store: Store, eras: Eras) -> None:
    terminal = at()
    terminal.until_text("Select Clerk's AR Menu Option:")
    terminal.send("^WL\r\r\r\r\r\rADPL\rY\r")
    terminal.until(lambda: "Sort List" not in terminal.text(), "the menu to go")
    terminal.send("^\r\r\r")
    assert terminal.wait() == 0
    with store.reading() as session:
        kept = {row.name: row.value for row in session.scalars(select(UserPreference))}
    standard = word_of(EraView(STANDARD))
    assert kept == {"ADPL ERA List - Worklist": "OFF", LAST: standard}
    terminal = at()
    terminal.send("^WL\r\r\r\r\r\r")
    terminal.until_text("Select Action: Next Screen//")
    assert "Sort List" not in terminal.text()
