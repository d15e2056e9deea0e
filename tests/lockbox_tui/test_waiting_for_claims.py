"""Remittances named beside claims that are not filed wait, are told so, and are filed when all is imported again."""

import contextlib
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests import given
from tests.lockbox_tui.program import Program
from tests.services.bank.ach_text import HandEntry, as_file, batch, whole

HEADING = "bill_number,patient_name,payer_name,service_from,charge"
ROW = '{},"DEMOVET,ALPHA",BLUE RIVER HEALTH PLAN,{},100'

WAITS = (
    "The file was not filed now: the claims of {} were not all filed, and without them its payments would find no "
    "bills. Import both again when the claims can be filed, or this file by itself if it does not need them."
)


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A new site."""
    program = Program(tmp_path)
    program.json("init", "--station", "442", "--name", "DEMO", "--auto-audit")
    return program


@pytest.fixture
def claims(program: Program) -> Path:
    """The claims of the day: K1 and K2."""
    path = program.home / "claims.837"
    path.write_bytes(given.claims_file({"K1": 100, "K2": 100}))
    return path


@pytest.fixture
def remittance(program: Program) -> Path:
    """The remittance that pays K1, which is on file already, and K2, which is not."""
    path = program.home / "day.835"
    path.write_bytes(given.remittance_file(("T1", [("K1", 100, 80), ("K2", 100, 70)])))
    listed = program.home / "earlier.csv"
    listed.write_text(f"{HEADING}\n{ROW.format('K1', '2012-06-04')}\n")
    program.json("import", listed)
    return path


def spoilt(claims: Path, how: str) -> Path:
    """The claims in a file that is refused, held, or of which a row is left out."""
    if how == "a row is left out":
        claims.write_text("\n".join([HEADING, ROW.format("K2", "yesterday"), ROW.format("K3", "2012-06-04")]))
    elif how == "no row can be read":
        claims.write_text("\n".join([HEADING, ROW.format("K2", "yesterday")]))
    elif how == "cut off":
        claims.write_bytes(claims.read_bytes().split(b"SE*")[0])
    else:
        claims.write_bytes(claims.read_bytes().replace(b"X222A1", b"X999A9"))
    return claims


@pytest.mark.parametrize(
    "how", ["a row is left out", "no row can be read", "cut off", "of a guide that is not read"]
)
def test_remittances_wait_for_the_claims_beside_them(
    program: Program, claims: Path, remittance: Path, how: str
) -> None:
    sound = claims.read_bytes()
    paid, billed = program.json("import", remittance, spoilt(claims, how), status=1)
    assert billed["file"] == "claims.837"
    assert (paid["file"], paid["kind"], paid["outcome"], paid["sets"]) == ("day.835", "835", "rejected", [])
    assert [(each["code"], each["text"]) for each in paid["findings"]] == [
        ("waits-for-claims", WAITS.format("claims.837"))
    ]
    assert program.json("era", "list") == []
    assert f"day.835: {WAITS.format('claims.837')}" in program.call("import", remittance, claims).out

    claims.write_bytes(sound)
    assert {each["outcome"] for each in program.json("import", remittance, claims)} == {"filed"}
    assert [line["bill"] for line in program.json("era", "show", "1")["eeobs"]] == ["K1", "K2"]
    assert program.json("check")["proven"] is True


def test_a_locked_store_breaks_the_claims_off_and_the_remittance_waits(
    program: Program, claims: Path, remittance: Path
) -> None:
    program.json("site", "lock-wait", "3")
    with contextlib.closing(sqlite3.connect(program.data / "lockbox.sqlite3", isolation_level=None)) as store:
        store.execute("BEGIN IMMEDIATE")
        ran = program.run("import", claims, remittance, "--json")
        store.execute("ROLLBACK")
    billed, paid = ran.json
    assert ran.status == 1
    assert [each["code"] for each in billed["findings"]] == ["broken-off"]
    assert [each["code"] for each in paid["findings"]] == ["waits-for-claims"]
    assert {each["outcome"] for each in program.json("import", claims, remittance)} == {"filed"}


def test_it_is_filed_alone_when_that_is_asked_for(program: Program, claims: Path, remittance: Path) -> None:
    program.json("import", spoilt(claims, "cut off"), remittance, status=1)
    (report,) = program.json("import", remittance)
    assert report["outcome"] == "filed"


def test_the_remittances_inside_of_a_banks_file_wait_and_its_efts_do_not(
    program: Program, claims: Path, remittance: Path
) -> None:
    text = remittance.read_text().replace("\n", "")
    addenda = tuple(text[at : at + 80] for at in range(0, len(text), 80))
    bank = program.home / "day.ach"
    bank.write_bytes(as_file(whole([batch([HandEntry("22", 15_000, addenda)], sec="CTX")])))
    sound = claims.read_bytes()
    report: Any = program.json("import", bank, spoilt(claims, "cut off"), status=1)[0]
    assert (report["outcome"], report["efts"], report["sets"]) == ("filed", 1, [])
    assert "The remittances in it were not filed now: the claims of claims.837 were not" in next(
        each["text"] for each in report["findings"] if each["code"] == "waits-for-claims"
    )
    assert program.json("era", "list") == []

    claims.write_bytes(sound)
    report = program.json("import", bank, claims)[0]
    assert [each["outcome"] for each in report["sets"]] == ["filed"]
    assert len(program.json("eft", "list")) == len(program.json("era", "list")) == 1
    assert program.json("check")["proven"] is True
