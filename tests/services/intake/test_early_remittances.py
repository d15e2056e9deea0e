"""A remittance that was filed before its claims meets its bills when these come."""

import io

import pytest
from sqlalchemy import func, select

from models.eras import Eeob
from models.messages import Bulletin, DataException
from models.store import Store
from models.words.intake import Outcome
from services.intake.importing import import_stream
from services.intake.report import FileReport
from services.office.actor import Actor
from tests import given, ledger
from tests.clerk import Clerk


@pytest.fixture
def early(site: Store, actor: Actor) -> int:
    """An ERA of K1, which is known, and of K2 and K3, which are not."""
    given.bills(site, actor, {"K1": 100})
    return given.matched_era(
        site, actor, trace="T1", claims=[("K1", 100, 20), ("K2", 100, 30), ("K3", 100, 40)], eft_amount=90
    )


def bills_come(store: Store, actor: Actor, *numbers: str) -> FileReport:
    """The claims of these bills come; the books prove."""
    text = given.claims_file(dict.fromkeys(numbers, 100))
    report = import_stream(store, actor, "late.837", io.BytesIO(text))
    assert report.outcome is Outcome.FILED
    ledger.assert_clean(store)
    return report


def told(report: FileReport) -> list[str]:
    """What is said of remittances that waited."""
    return [each.text for each in report.sets[0].findings if each.code == "early-remittance"]


def unlinked(store: Store) -> list[str]:
    """The claims of EEOBs without a bill; each is an open data exception, and no other is."""
    with store.reading() as session:
        claims = session.scalars(select(Eeob.claim).where(Eeob.bill_id.is_(None)).order_by(Eeob.claim)).all()
        waiting = select(DataException.claim).where(DataException.resolved.is_(False))
        assert session.scalars(waiting.order_by(DataException.claim)).all() == claims
        return list(claims)


def test_its_eeobs_are_linked_and_all_of_it_posts_to_bills(
    site: Store, actor: Actor, clerk: Clerk, early: int
) -> None:
    assert unlinked(site) == ["K2", "K3"]
    assert told(bills_come(site, actor, "K2")) == [
        f"ERA {early} came before its claims: 1 EEOB found the bill now (K2)."
    ]
    assert unlinked(site) == ["K3"]
    bills_come(site, actor, "442-K3")
    assert unlinked(site) == []
    clerk.opens(early)
    receipt = clerk.creates_receipt(early)
    with ledger.moving(site, _2110=90, _1200=-90):
        clerk.processes(receipt)


def test_an_untouched_pad_is_laid_out_anew(site: Store, actor: Actor, clerk: Clerk, early: int) -> None:
    clerk.opens(early)
    report = bills_come(site, actor, "K2", "K3")
    assert told(report) == [
        f"ERA {early} came before its claims: 2 EEOBs found the bill now (K2, K3). "
        "Its scratch pad was laid out anew."
    ]
    receipt = clerk.creates_receipt(early)
    with ledger.moving(site, _2110=90, _1200=-90):
        clerk.processes(receipt)


def test_a_pad_that_was_worked_on_stays_and_says_so(
    site: Store, actor: Actor, clerk: Clerk, early: int
) -> None:
    clerk.opens(early)
    clerk.splits(early, (1, 1), ("K1", 5), ("K1", 15))
    report = bills_come(site, actor, "K2", "K3")
    assert "was worked on and stays as it is: refresh it" in told(report)[0]
    with site.reading() as session:
        subjects = session.scalars(select(Bulletin.subject)).all()
    assert "EDI LBOX - BILLS CAME AFTER ERA BLUE RIVER HEALTH PLAN" in subjects
    pad = clerk.refreshes(early)
    assert all(line.bill_id is not None for _, line in pad.lines())


def test_with_a_receipt_nothing_is_linked_any_more(
    site: Store, actor: Actor, clerk: Clerk, early: int
) -> None:
    clerk.opens(early)
    clerk.creates_receipt(early)
    assert told(bills_come(site, actor, "K2", "K3")) == []
    assert unlinked(site) == ["K2", "K3"]


def test_of_two_that_say_the_same_the_second_is_marked(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 100})
    for trace in ("T1", "T2"):
        given.era(site, actor, trace=trace, claims=[("K1", 100, int(trace[1]) * 10), ("K2", 100, 30)])
    bills_come(site, actor, "K2")
    with site.reading() as session:
        twins = select(Eeob.era_id, Eeob.twin_era_id).where(Eeob.claim == "K2").order_by(Eeob.era_id)
        assert [tuple(row) for row in session.execute(twins)] == [(1, None), (2, 1)]


def test_a_list_of_bills_links_as_well(site: Store, actor: Actor, early: int) -> None:
    given.bill(site, actor, "K2", 100, balance=100)
    assert unlinked(site) == ["K3"]
    with site.reading() as session:
        assert session.scalar(select(func.count()).where(Eeob.era_id == early)) == 3
