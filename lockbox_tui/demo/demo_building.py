"""Fills an empty store with the demo site: users of its own, shipped files through the intake, a few acts.

The clock goes with the files, so that each day's remittances are received on their day, the night job of
that day records their money, and what the demo's clerks did by then is done.
"""

import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from data.shipped import DemoDayFiles, demo_day_files
from lockbox_tui.demo.building_progress import Tell
from lockbox_tui.demo.demo_roles import Role
from models.eras import Era
from models.store import Store, utc_now
from models.words.intake import Outcome
from models.words.keys import SecurityKey
from services.errors import LockboxError
from services.generator.demo_scene import BEGUN, OPEN_RECEIPT, POSTED_CHECK, POSTED_EFT
from services.generator.fictions import demo_site
from services.generator.site_day import SENT_DAYS_BEFORE
from services.intake.importing import import_file
from services.night.job import run_nightly
from services.office import leases
from services.office.actor import Actor, os_login, sign_on
from services.office.clock import today
from services.office.site import add_user, open_site
from services.receipts.creating import create_receipt
from services.receipts.processing import process_receipt
from services.remittances.matching import NIGHTS_BEFORE
from services.scratchpad.acts import PaperCheck, create_pad

STATION = "442"
SUPERVISOR, CLERK, REVIEWER = Role.SUPERVISOR.login, Role.CLERK.login, Role.REVIEWER.login

#: The deposit ticket of the paper check that the demo's clerk has posted.
POSTED_TICKET = "A100001"

# A store may well hold a set as an exception or know a remittance already: the demo shows both.
_EXPECTED = frozenset({Outcome.FILED, Outcome.EXCEPTION, Outcome.DUPLICATE})

_MORNING = datetime.time(8, tzinfo=datetime.UTC)
_EVENING = datetime.time(18, tzinfo=datetime.UTC)


class DemoClock:
    """The clock of a site whose past is being made: what it is put to, but never later than it is."""

    def __init__(self) -> None:
        self.instant = utc_now()

    def __call__(self) -> datetime.datetime:
        return min(self.instant, utc_now())


class _Step(NamedTuple):
    """What comes at one moment; after money comes the night job."""

    instant: datetime.datetime
    files: tuple[Path, ...]
    money: bool


def fill_demo_site(store: Store, clock: DemoClock, tell: Tell) -> None:
    """Makes the demo site in a store that is laid out but empty; `clock` is the store's own.

    Raises `LockboxError` when a shipped file is missing or damaged.
    """
    steps = sorted(step for day in demo_day_files() for step in _steps_of(day))
    if not steps:
        raise LockboxError("The files of the demo site are missing from this installation.")
    total = sum(len(step.files) + step.money for step in steps)
    done = 0
    clock.instant = steps[0].instant
    _open_with_users(store)
    first_evening = next(step.instant for step in steps if step.money)
    for step in steps:
        clock.instant = step.instant
        for path in step.files:
            _import(store, path)
            done += 1
            tell(done, total)
        if step.money:
            run_nightly(store, _supervisor(store))
            if step.instant == first_evening:
                _first_acts(store)
            done += 1
            tell(done, total)
    # What came last with another total is matched on its third night.
    clock.instant = steps[-1].instant + datetime.timedelta(days=NIGHTS_BEFORE)
    run_nightly(store, _supervisor(store))


def _steps_of(day: DemoDayFiles) -> tuple[_Step, _Step]:
    sent = day.date - datetime.timedelta(days=SENT_DAYS_BEFORE)
    return (
        _Step(datetime.datetime.combine(sent, _MORNING), day.claims, False),
        _Step(datetime.datetime.combine(day.date, _EVENING), day.money, True),
    )


def _open_with_users(store: Store) -> None:
    """The site with its own users: a supervisor with every key, a clerk, a reviewer who may only look.

    Whoever builds it may use the commands on it, too, with every key.
    """
    with store.writing() as session:
        open_site(
            session,
            SUPERVISOR,
            station=STATION,
            name=demo_site(STATION).name,
            auto_audit=True,
            demo=True,
            user_name="SUPERVISOR,DEMO",
        )
        add_user(session, CLERK, "CLERK,DEMO", (SecurityKey.CLERK,), given_by=SUPERVISOR)
        add_user(session, REVIEWER, "REVIEWER,DEMO", (), given_by=SUPERVISOR)
        visitor = os_login()
        add_user(session, visitor, visitor.upper(), tuple(SecurityKey), given_by=SUPERVISOR)


def _supervisor(store: Store) -> Actor:
    with store.reading() as session:
        return sign_on(session, SUPERVISOR)


def _import(store: Store, path: Path) -> None:
    report = import_file(store, _supervisor(store), path)
    if report.outcome not in _EXPECTED:
        raise LockboxError(f"The demo site's file {path.name} of {path.parent.name} is damaged.")


def _first_acts(store: Store) -> None:
    """What the demo's clerk has done in the first week: two receipts posted, one open, one ERA begun."""
    by_eft = _receipt(store, POSTED_EFT)
    by_check = _receipt(store, POSTED_CHECK, ticket=POSTED_TICKET)
    for number in (by_eft, by_check):
        with store.writing() as session:
            actor = sign_on(session, CLERK)
            process_receipt(session, actor, number)
            leases.give_back_all(session, actor)
    _receipt(store, OPEN_RECEIPT)
    with store.writing() as session:
        actor = sign_on(session, CLERK)
        _pad(session, actor, BEGUN)
        leases.give_back_all(session, actor)


def _receipt(store: Store, trace: str, *, ticket: str | None = None) -> str:
    with store.writing() as session:
        actor = sign_on(session, CLERK)
        era = _pad(session, actor, trace, by_check=ticket is not None)
        number = create_receipt(session, actor, era.id, ticket=ticket).number
        leases.give_back_all(session, actor)
    return number


def _pad(session: Session, actor: Actor, trace: str, *, by_check: bool = False) -> Era:
    era = session.scalars(select(Era).where(Era.trace == trace)).one()
    check = PaperCheck(era.trace, min(era.date, today(session))) if by_check else None
    create_pad(session, actor, era.id, check=check)
    return era
