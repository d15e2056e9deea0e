"""An 835 inside an ACH entry that brings no money is a remittance like any other."""

import io

import pytest
from sqlalchemy import func, select

from models.efts import Eft
from models.eras import Era
from models.store import Store
from models.words.intake import Outcome
from services.intake.importing import import_stream
from services.intake.report import FileReport
from services.office.actor import Actor
from tests import given, ledger
from tests.services.bank.ach_text import HandEntry, as_file, batch, whole


def carrying(code: str, remittance: bytes, cents: int = 0, *, sec: str = "CTX") -> bytes:
    """An ACH file of one entry of this code that carries a remittance."""
    text = remittance.decode("ascii").replace("\n", "")
    addenda = tuple(text[at : at + 80] for at in range(0, len(text), 80))
    return as_file(whole([batch([HandEntry(code, cents, addenda)], sec=sec, description="PAYMENT")]))


def brought(store: Store, actor: Actor, content: bytes) -> FileReport:
    """Imports a file, and sees that no money has moved and the books prove."""
    with ledger.moving(store):
        return import_stream(store, actor, "day.ach", io.BytesIO(content))


@pytest.fixture
def denied(site: Store, actor: Actor) -> bytes:
    """A remittance that denies a claim that is on file."""
    given.bills(site, actor, {"K7": 210})
    return given.remittance_file(("ZERO7", [given.Claim("K7", 210, 0, "4")]))


@pytest.mark.parametrize(("code", "sec"), [("24", "CTX"), ("34", "CTX"), ("24", "CCD")])
def test_a_remittance_without_money_is_filed_and_no_eft_is_taken(
    site: Store, actor: Actor, denied: bytes, code: str, sec: str
) -> None:
    report = brought(site, actor, carrying(code, denied, sec=sec))
    assert ([one.outcome for one in report.sets], report.efts) == ([Outcome.FILED], 0)
    with site.reading() as session:
        assert session.scalars(select(Era.trace)).all() == ["ZERO7"]
        assert session.scalar(select(func.count()).select_from(Eft)) == 0
    again = brought(site, actor, carrying(code, denied, sec=sec))
    assert [one.outcome for one in again.sets] == [Outcome.DUPLICATE]


def test_money_under_a_code_that_says_there_is_none_is_told_and_not_taken(
    site: Store, actor: Actor, denied: bytes
) -> None:
    report = brought(site, actor, carrying("24", denied, 1234))
    assert ([one.outcome for one in report.sets], report.efts) == ([Outcome.FILED], 0)
    assert [finding.text for finding in report.findings if finding.code == "zero-dollar"] == [
        "Transaction code 24 says that no money comes, but the entry is of 12.34; no EFT is taken of it."
    ]


def test_a_zero_dollar_entry_without_a_remittance_is_told(site: Store, actor: Actor) -> None:
    content = as_file(whole([batch([HandEntry("34", 0, ("TRN*1*T1*1999000001\\",))])]))
    report = brought(site, actor, content)
    assert report.sets == ()
    assert "no remittance either" in next(each.text for each in report.findings if each.code == "zero-dollar")


@pytest.mark.parametrize("code", ["23", "33"])
def test_what_a_prenote_carries_is_no_remittance(site: Store, actor: Actor, denied: bytes, code: str) -> None:
    assert brought(site, actor, carrying(code, denied)).sets == ()
