"""Every function of the services that takes an actor and changes something is a door: it begins an act (DESIGN 2.2)."""

import io
from pathlib import Path

import pytest

from models.store import Store
from models.words.acts import Act
from models.words.movements import SIDES
from services.errors import MissingKey
from services.intake.importing import import_stream
from services.night.job import run_nightly
from services.office.actor import sign_on
from services.office.site import add_user
from tests import given, ledger
from tests.doors import acts, faults, files_below, functions_of, services


def test_every_door_begins_an_act_and_only_doors_take_an_actor() -> None:
    assert faults(services()) == []


def test_every_word_of_the_acts_is_begun_by_its_door_or_entered_in_the_journal() -> None:
    # An import finds what the bank took back, and tells of it within its own act.
    within = {"EFT_TAKEN_BACK", "ERA_FREE_AGAIN"}
    assert {act.name for act in Act} - {*acts(services())} <= {
        *(act.name for act in SIDES),
        "REVERSAL",
        *within,
    }
    assert {*acts(services())} <= {act.name for act in Act}


HEAD = """
from sqlalchemy import update
from models.bills import Bill
from models.words.acts import Act
from models.words.keys import SecurityKey
from services.bills.receivables import activate
from services.office import leases
from services.office.acts import begin, end
from services.office.actor import Actor, require
from services.office.stamp import Stamp
from services.scratchpad.acts import refresh
from services.scratchpad.stored import remove_lines
"""


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            "def close(session, actor: Actor, bill):\n    session.execute(update(Bill).values(status='X'))",
            "takes an actor and writes, but begins no act",
        ),
        (
            "def close(session, actor: Actor, bill):\n    bill.status = 'X'",
            "takes an actor and writes, but begins no act",
        ),
        (
            "def close(session, actor: Actor, bill):\n    require(actor, SecurityKey.CLERK)\n    _close(session)\n"
            "def _close(session):\n    session.add(Bill())",
            "takes an actor and writes by services.dummy.closing._close, but begins no act",
        ),
        (
            "def close(session, actor: Actor, era):\n    remove_lines(session, era)",
            "writes by services.scratchpad.stored.remove_lines, but begins no act",
        ),
        (
            "def close(session, actor: Actor, era):\n    refresh(session, actor, era)",
            "goes through the door services.scratchpad.acts.refresh without being one",
        ),
        (
            "def close(session, actor: Actor):\n    by = begin(session, actor, Act.CHARGED, SecurityKey.ADJUST)\n"
            "    end(session, by, 'bill')",
            "CHARGED is begun by services.bills.charges.charge, services.dummy.closing.close: an act has one door",
        ),
        (
            "def close(session, actor: Actor, act):\n"
            "    end(session, begin(session, actor, act, SecurityKey.CLERK), '')",
            "begins an act that it does not name as Act.WORD",
        ),
        (
            "def close(session, actor: Actor):\n    begin(session, actor, Act.REVERSAL, SecurityKey.CLERK)",
            "begins an act that is never ended",
        ),
        ("def close(session, by: Stamp, actor: Actor):\n    pass", "takes both an actor and a stamp"),
        ("def close(session, actor: Actor):\n    return Stamp()", "makes a stamp itself; only begin does"),
    ],
)
def test_a_door_without_its_frame_is_found(tmp_path: Path, body: str, said: str) -> None:
    folder = tmp_path / "services" / "dummy"
    folder.mkdir(parents=True)
    (folder / "closing.py").write_text(HEAD + body)
    found = faults({**services(), **functions_of(files_below(tmp_path / "services"))})
    assert any(said in fault for fault in found), found


def test_who_only_looks_or_takes_a_lease_is_no_door(tmp_path: Path) -> None:
    folder = tmp_path / "services" / "dummy"
    folder.mkdir(parents=True)
    (folder / "looking.py").write_text(
        HEAD + "def look(session, actor: Actor, bill):\n    require(actor, SecurityKey.CLERK)\n"
        "    leases.take(session, actor, 'BILL', bill, '')\n    return bill.status\n"
    )
    assert faults({**services(), **functions_of(files_below(tmp_path / "services"))}) == []


def test_who_may_only_look_neither_imports_nor_starts_the_night_job(site: Store) -> None:
    with site.writing() as session:
        add_user(session, "reader", "READER", (), given_by="clerk")
        reader = sign_on(session, "reader")
    before = ledger.contents(site)
    with pytest.raises(MissingKey):
        import_stream(site, reader, "bills.837", io.BytesIO(given.claims_file({"K1": 100})))
    with pytest.raises(MissingKey):
        run_nightly(site, reader)
    assert ledger.differing(before, ledger.contents(site)) == {}
