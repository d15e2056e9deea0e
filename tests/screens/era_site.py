"""A small site with an ERA of each kind, received on different days; payers and patients are invented."""

import datetime
from dataclasses import dataclass

from models.store import Store
from models.words.scratchpad import PaymentOrder
from services.office import leases
from services.office.actor import Actor
from services.scratchpad.acts import PaperCheck, create_pad
from tests import given
from tests.stores import FixedClock


@dataclass(frozen=True)
class Eras:
    """The numbers of the site's ERAs."""

    check_expected: int
    check_chosen: int
    matched: int
    unequal: int
    nothing: int
    waiting: int


def at(clock: FixedClock, day: int) -> None:
    """Puts the clock to noon of a day of July 2012."""
    clock.set(datetime.datetime(2012, 7, day, 12, 0, 0, tzinfo=datetime.UTC))


def day(number: int) -> datetime.date:
    """A day of July 2012."""
    return datetime.date(2012, 7, number)


def fill(store: Store, actor: Actor, clock: FixedClock) -> Eras:
    """Fills the site, then puts the clock to 14:37:06 on 22 July 2012."""
    now = clock.instant
    at(clock, 1)
    given.bills(store, actor, {f"K20A{number:03d}": 200 for number in range(1, 13)})
    at(clock, 5)
    check_expected = given.era(
        store,
        actor,
        trace="NWM0098231",
        payer="NORTHWIND MUTUAL HEALTH",
        method="CHK",
        date=day(2),
        claims=[("K20A001", 200, "100.10"), ("K20A002", 200, 100), ("K20A003", 200, 77)],
    )
    at(clock, 11)
    check_chosen = given.era(
        store,
        actor,
        trace="PSI05507937",
        payer="PRAIRIE STATE INSURANCE CO",
        method="CHK",
        date=day(9),
        claims=[("K20A004", 200, 150), ("K20A005", 200, 0)],
    )
    with store.writing() as session:
        check = PaperCheck("PSI05507937", day(9))
        create_pad(session, actor, check_chosen, check=check, order=PaymentOrder.ZERO_LAST)
        leases.give_back_all(session, actor)
    at(clock, 18)
    matched = given.matched_era(
        store,
        actor,
        trace="804364580000035",
        claims=[("K20A006", 200, 120), ("K20A007", 200, 80)],
        eft_amount=200,
    )
    unequal = given.matched_era(
        store, actor, trace="BRH7716203344", claims=[("K20A008", 200, 96)], eft_amount=91
    )
    at(clock, 20)
    nothing = given.era(
        store,
        actor,
        trace="LBT000012",
        payer="LAKESHORE BENEFIT TRUST",
        method="NON",
        date=day(19),
        claims=[("K20A009", 200, 0)],
    )
    at(clock, 21)
    waiting = given.era(store, actor, trace="BRH7716203398", method="ACH", claims=[("K20A010", 200, 60)])
    clock.set(now)
    return Eras(check_expected, check_chosen, matched, unequal, nothing, waiting)
