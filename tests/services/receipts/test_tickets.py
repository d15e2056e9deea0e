"""Opening a deposit ticket together with what needs it: who did it, and for which receipt (behaviour 1.1.4)."""

import datetime
from collections.abc import Callable

import pytest
from sqlalchemy import select

from models.audit import AuditEvent
from models.store import Store
from services.office.actor import Actor
from tests import given
from tests.clerk import Clerk


def checked_era(store: Store, actor: Actor, clerk: Clerk, trace: str) -> int:
    """An ERA of a paper check over 30, its scratch pad opened."""
    era = given.era(store, actor, trace=trace, method="CHK", claims=[("K3", 30, 30)])
    clerk.opens(era, check=trace)
    return era


def created(clerk: Clerk, era: int, ticket: str) -> str:
    return clerk.creates_receipt(era, ticket)


def moved_to_suspense(clerk: Clerk, era: int, ticket: str) -> str:
    return clerk.moves_to_suspense(era, "TO BE FOUND", ticket)


def processed(clerk: Clerk, era: int, ticket: str) -> str:
    receipt = clerk.creates_receipt(era)
    clerk.processes(receipt, ticket=ticket)
    return receipt


@pytest.mark.parametrize("act", [created, moved_to_suspense, processed])
def test_a_ticket_that_an_act_opens_stands_in_the_audit_trail_once(
    clerk: Clerk, site: Store, actor: Actor, act: Callable[[Clerk, int, str], str]
) -> None:
    given.bills(site, actor, {"K3": 100})
    receipt = act(clerk, checked_era(site, actor, clerk, "T1"), "a123456")
    act(clerk, checked_era(site, actor, clerk, "T2"), "A123456")
    with site.reading() as session:
        rows = session.execute(
            select(AuditEvent.user, AuditEvent.object, AuditEvent.detail).where(
                AuditEvent.act == "deposit ticket opened"
            )
        )
        events = [tuple(row) for row in rows]
    assert events == [("clerk", "deposit ticket A123456", f"receipt {receipt}")]


def test_a_receipt_says_which_ticket_it_was_put_on_and_of_what_bank_date_it_was_processed(
    clerk: Clerk, site: Store, actor: Actor
) -> None:
    given.bills(site, actor, {"K3": 100})
    era = checked_era(site, actor, clerk, "T1")
    receipt = clerk.creates_receipt(era, "A123456")
    clerk.processes(receipt, deposit_date=datetime.date(2012, 7, 20))
    with site.reading() as session:
        about = select(AuditEvent.act, AuditEvent.detail).where(AuditEvent.object == f"receipt {receipt}")
        said = [tuple(row) for row in session.execute(about.order_by(AuditEvent.sequence))]
    assert [act for act, _ in said] == ["receipt created", "receipt processed"]
    assert said[0][1].startswith(f"ERA {era}, deposit ticket A123456 of ")
    assert said[1][1].endswith(", deposit ticket A123456 of 2012-07-20")
