"""Bills that could not be audited when they came become ACTIVE at night, once the site says they may."""

import pytest
from sqlalchemy import select

from models.audit import AuditEvent
from models.bills import Bill
from models.store import Store
from models.words.bills import BillStatus
from services.bills import auto_audit
from services.office.actor import Actor
from services.office.site import set_parameter
from tests import given, ledger

REIMBURSABLE = "auto-audit REIMBURSABLE INS."


def says(store: Store, actor: Actor, name: str, value: str) -> None:
    """The administrator changes a parameter of the site."""
    with store.writing() as session:
        set_parameter(session, actor, name, value)


def active(store: Store) -> list[str]:
    """The bills that are receivables."""
    with store.reading() as session:
        return list(
            session.scalars(select(Bill.number).where(Bill.status == BillStatus.ACTIVE).order_by(Bill.number))
        )


@pytest.fixture
def waiting(site: Store, actor: Actor) -> Store:
    """Four NEW BILLs of a rate type that was not audited: accepted, rejected, received, and nothing said."""
    says(site, actor, "wait-for-277ca", "YES")
    says(site, actor, REIMBURSABLE, "NO")
    given.bills(site, actor, {"K1": 100, "K2": 50, "K3": 30, "K4": 20})
    for bill, word in (("K1", "A2"), ("K2", "A3"), ("K3", "A1")):
        given.acknowledged(site, actor, bill, says=word)
    assert active(site) == []
    return site


def test_the_night_audits_what_was_accepted_as_soon_as_its_rate_type_is_audited(
    waiting: Store, actor: Actor
) -> None:
    with ledger.moving(waiting):
        assert given.night(waiting).bills_audited == 0
    says(waiting, actor, REIMBURSABLE, "YES")
    with ledger.moving(waiting, _1200=100, _4000=-100):
        assert given.night(waiting).bills_audited == 1
    assert active(waiting) == ["K1"]


def test_a_site_that_no_longer_waits_audits_all_but_the_rejected(waiting: Store, actor: Actor) -> None:
    says(waiting, actor, REIMBURSABLE, "YES")
    says(waiting, actor, "wait-for-277ca", "NO")
    with ledger.moving(waiting, _1200=150, _4000=-150):
        assert given.night(waiting).bills_audited == 3
    assert active(waiting) == ["K1", "K3", "K4"]


def test_a_second_night_changes_nothing(waiting: Store, actor: Actor) -> None:
    says(waiting, actor, REIMBURSABLE, "YES")
    given.night(waiting)
    before = ledger.contents(waiting)
    assert given.night(waiting).bills_audited == 0
    assert ledger.differing(before, ledger.contents(waiting)) == {}


def test_many_bills_are_audited_some_at_a_time_each_time_with_its_event(
    waiting: Store, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(auto_audit, "AT_ONCE", 2)
    given.bills(waiting, actor, {f"M{number}": 10 for number in range(5)})
    given.acknowledged(waiting, actor, *(f"M{number}" for number in range(5)))
    says(waiting, actor, REIMBURSABLE, "YES")
    with ledger.moving(waiting, _1200=150, _4000=-150):
        assert given.night(waiting).bills_audited == 6
    with waiting.reading() as session:
        events = session.execute(
            select(AuditEvent.user, AuditEvent.detail)
            .where(AuditEvent.act == "bills audited")
            .order_by(AuditEvent.sequence)
        )
        assert [tuple(row) for row in events] == [("*nightly", "2 bills")] * 3
