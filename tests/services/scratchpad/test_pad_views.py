"""What a clerk sees of a scratch pad: both numbers of a line, whose patient it is, what money came."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event, update

from models.bills import Bill
from models.eras import Eeob, Era
from models.store import Store
from models.words.bills import BillStatus
from models.words.scratchpad import LineKey, PaymentOrder
from services.errors import Refused
from services.office.actor import Actor
from services.scratchpad.acts import create_pad, prefer_order
from services.scratchpad.distribution import refuse_inactive
from services.scratchpad.line_acts import distribute, split
from services.scratchpad.screen_view import NOBODY, LineView, pad_view
from services.scratchpad.splitting import SplitRow
from tests import given
from tests.screens.pad_site import check_era, eft_era, view_of


def _said(line: LineView) -> list[str]:
    return [f"{part.before}{part.reference}{part.behind}" for part in line.adjustments]


def test_a_line_carries_the_number_the_clerk_types_and_the_stored_one(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 50, "K2": 60, "K3": 70})
    era = check_era(site, actor, [("K1", 50, 0), ("K2", 60, 60), ("K3", 70, 0)], [("WO", "R1", 14)])

    stored = view_of(site, actor, era)
    last = view_of(site, actor, era, PaymentOrder.ZERO_LAST)
    first = view_of(site, actor, era, PaymentOrder.ZERO_FIRST)

    def shown(view: Any) -> list[tuple[str, str, tuple[int, int]]]:
        return [(line.label, line.line.claim, line.stored[1:]) for line in view.lines().values()]

    assert shown(stored) == [
        ("1.001", "", (1, 1)),
        ("2.001", "K1", (2, 1)),
        ("3.001", "K2", (3, 1)),
        ("4.001", "K3", (4, 1)),
    ]
    assert shown(last) == [
        ("1.001", "", (1, 1)),
        ("2.001", "K2", (3, 1)),
        ("3.001", "K1", (2, 1)),
        ("4.001", "K3", (4, 1)),
    ]
    assert [claim for _, claim, _ in shown(first)] == ["", "K1", "K3", "K2"]


def test_without_an_order_it_is_the_clerks_own_last_one(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 50, "K2": 60})
    era = check_era(site, actor, [("K1", 50, 0), ("K2", 60, 60)])
    with site.writing() as session:
        prefer_order(session, actor, era, PaymentOrder.ZERO_LAST)
    with site.reading() as session:
        view = pad_view(session, actor, era)
    assert view.order is PaymentOrder.ZERO_LAST
    assert [line.line.claim for line in view.lines().values()] == ["K2", "K1"]


def test_a_line_shows_what_ar_knows_of_its_bill(site: Store, actor: Actor) -> None:
    given.bill(site, actor, "K1", 200, balance=140, patient="DEMOVET,FOXTROT")
    given.bills(site, actor, {"K2": 10})
    era = check_era(site, actor, [("K1", 200, 60), ("K2", 10, 0)])
    line = view_of(site, actor, era).entries[0].lines[0]
    assert line.bill is not None
    assert (line.bill.balance, line.bill.billed) == (Decimal("140.00"), Decimal("200.00"))
    assert line.bill.service_date == given.SEEN_ON
    assert line.bill.status is BillStatus.ACTIVE
    assert not line.bill.further_payer
    assert line.patient == "DEMOVET,FOXTROT"


def test_a_closed_bill_takes_no_distribution(site: Store, actor: Actor) -> None:
    ids = given.bills(site, actor, {"K1": 60, "K2": 10})
    era = check_era(site, actor, [("K1", 60, 60), ("K2", 10, 0)])
    with site.writing() as session:
        session.get_one(Bill, ids["K1"]).status = BillStatus.COLLECTED_CLOSED
    closed, active = (entry.lines[0].bill for entry in view_of(site, actor, era).entries)
    assert closed is not None
    assert active is not None
    with pytest.raises(Refused, match="THIS IS NOT AN ACTIVE BILL !"):
        refuse_inactive(closed.status)
    refuse_inactive(active.status)


def test_of_an_unknown_claim_only_the_remittance_names_the_patient_until_it_is_edited(
    site: Store, actor: Actor
) -> None:
    given.bills(site, actor, {"K1": 50})
    era = check_era(
        site, actor, [("K1", 50, 50), given.Claim("K99ZZ01", "64.20", "64.20", patient="DEMOVET,ECHO")]
    )
    line = view_of(site, actor, era).entries[1].lines[0]
    assert (line.bill, line.patient, line.last_four) == (None, "DEMOVET,ECHO", "")
    rows = [
        SplitRow("K99ZZ02", None, Decimal("60.00")),
        SplitRow("K1", None, Decimal("4.20")),
    ]
    with site.writing() as session:
        split(session, actor, LineKey(era, 2, 1), rows, unknown_claims=True, other_patients=True)
    edited, known = view_of(site, actor, era).entries[1].lines
    assert (edited.patient, edited.last_four) == (NOBODY, "")
    assert (known.patient, known.last_four) == ("DEMOVET,ALPHA", "0001")


def test_a_take_back_says_from_what_to_what_even_after_a_distribution(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 200, "K2": 100})
    era = check_era(site, actor, [("K1", 200, 120), given.taken_back("K1", 200, 160), ("K2", 100, 100)])
    line = view_of(site, actor, era).entries[0].lines[0]
    assert (line.line.payment, line.line.adjustments, line.line.net) == (
        Decimal("120.00"),
        Decimal("-160.00"),
        Decimal("-40.00"),
    )
    assert _said(line) == ["ERA payment adjusted from 160.00 to 120.00  NET: -40.00"]
    with site.writing() as session:
        distribute(session, actor, LineKey(era, 1, 1), LineKey(era, 2, 1), Decimal("40.00"))
    taken, given_up = (entry.lines[0] for entry in view_of(site, actor, era).entries)
    assert _said(taken) == [
        "ERA payment adjusted from 160.00 to 120.00  NET: -40.00",
        "Adjustment distribution to balance receipt: 40.00",
    ]
    assert taken.adjustments[1].comment == "RETRACTED FUNDS DEDUCTED FROM OTHER PAYMENT ON THIS ERA"
    assert _said(given_up) == ["Distributed adj dec for retraction K1: -40.00"]
    assert given_up.adjustments[0].comment == "RETRACTED FOR CLAIM K1"


def test_plbs_and_mismatches_say_which_way_the_money_went(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 100})
    plbs = [("WO", "S1234", 14), ("L6", "A1234", -24)]
    era = eft_era(site, actor, [("K1", 100, 100)], plbs, amount=115)
    view = view_of(site, actor, era)
    assert [_said(entry.lines[0]) for entry in view.entries[:3]] == [
        ["Non-specific payment (ref# TOTALS MISMATCH): 5.00"],
        ["Non-specific retraction (ref# S1234): -14.00"],
        ["Non-specific payment (ref# A1234): 24.00"],
    ]
    assert view.pad.net == Decimal("115.00")


def test_an_eeob_whose_amounts_do_not_agree_is_marked(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 50, "K2": 60})
    era = check_era(site, actor, [("K1", 50, 50), ("K2", 60, 60)])
    view = view_of(site, actor, era)
    assert view.balanced and [entry.unbalanced for entry in view.entries] == [(), ()]
    with site.writing() as session:
        session.execute(update(Eeob).where(Eeob.sequence == 2).values(balanced=False))
        session.execute(update(Era).values(balanced_claims=False))
    view = view_of(site, actor, era)
    assert not view.balanced and [entry.unbalanced for entry in view.entries] == [(), ("2",)]
    with site.writing() as session:
        session.execute(update(Eeob).values(balanced=True))
        session.execute(update(Era).values(balanced_claims=True, balanced=False))
    view = view_of(site, actor, era)
    assert not view.balanced and [entry.unbalanced for entry in view.entries] == [(), ()]


def test_an_era_without_a_pad_or_not_there_at_all_is_refused(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 100})
    era = given.era(site, actor, trace="T1", claims=[("K1", 100, 100)])
    with pytest.raises(Refused, match="NO WORKLIST SCRATCH PAD ENTRY EXISTS FOR THIS ERA"):
        view_of(site, actor, era)
    with pytest.raises(Refused, match="THERE IS NO ERA 99"):
        view_of(site, actor, 99)


@contextmanager
def _statements(store: Store) -> Iterator[list[str]]:
    said: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        said.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(store.engine, "before_cursor_execute", note)


def test_a_long_remittance_is_read_in_as_many_statements_as_a_short_one(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {f"K{number}": 10 for number in range(60)})
    short = check_era(site, actor, [("K0", 10, 10), ("Z0", 10, 10)], trace="SHORT")
    long = given.era(
        site,
        actor,
        trace="LONG",
        claims=[(f"{letter}{number}", 10, 10) for number in range(60) for letter in "KZ"],
    )
    given.eft(site, actor, trace="LONG", amount=1200)
    given.night(site)
    with site.writing() as session:
        create_pad(session, actor, long)
    counts = []
    for era in (short, long):
        with _statements(site) as said:
            view_of(site, actor, era)
        counts.append(len(said))
    assert counts[0] == counts[1]
