"""The time of an act and the site it happens at, as the session carries them (DESIGN 2.13)."""

import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.audit import AuditEvent
from models.site import Site
from services.dates import NO_SUCH_TIME, WORKING_YEARS, capitals
from services.errors import LockboxError, NoSite

#: The one row of the site's table.
SITE = 1

#: By how much the clocks of two workstations of one store may differ.
SKEW = datetime.timedelta(minutes=5)

_ONE_DAY = datetime.timedelta(days=1)

#: How long after its last act a site may begin to make receipts that has neither made any nor run its night job.
_BEGINNING = datetime.timedelta(days=31)


def now(session: Session) -> datetime.datetime:
    """The instant now, in UTC, by the clock that the store was opened with.

    Raises `LockboxError` for a year in which nobody can be working.
    """
    instant: datetime.datetime = session.info["clock"]()
    if instant.year not in WORKING_YEARS:
        raise LockboxError(NO_SUCH_TIME.format(f"{instant:%Y-%m-%d %H:%M}"))
    return instant


def site_of(session: Session) -> Site:
    """The site; raises `NoSite` in a store where `init` has not run."""
    site = session.get(Site, SITE)
    if site is None:
        raise NoSite("This store has no site yet. Run: lockbox init --station 442 --name NAME")
    # The session forgets what nobody holds, and each set, bill and date asks for the site.
    session.info["site"] = site
    return site


def zone(session: Session) -> ZoneInfo:
    """The site's time zone."""
    return ZoneInfo(site_of(session).time_zone)


def today(session: Session) -> datetime.date:
    """The business date: today in the site's time zone."""
    return now(session).astimezone(zone(session)).date()


def doubt(session: Session) -> str | None:
    """What is odd about the date of the clock, as the clerk reads it; None when it follows the site's work.

    It is odd before the last act of the site, and before or more than a day after the last day on which money
    was dated or the night job ran (behaviour 8.3). A demo site goes by its own days, and nothing there is odd.
    """
    at, site = now(session), site_of(session)
    if site.demo:
        return None
    says = f"THE CLOCK SAYS {_show_time(session, at)}"
    last = session.scalar(select(AuditEvent.at).where(AuditEvent.sequence == site.audit_head))
    if last is not None and at < last - SKEW:
        return f"{says}, BUT THE LAST ACT OF THIS SITE WAS DONE {_show_time(session, last)}"
    day = site.last_day
    if day is None:
        before = _last_before_today(session)
        if before is None or at <= before + _BEGINNING:
            return None
        return f"{says}, BUT THE LAST ACT OF THIS SITE WAS DONE {_show_time(session, before)}"
    if today(session) > day + _ONE_DAY or (at + SKEW).astimezone(zone(session)).date() < day:
        return f"{says}, BUT RECEIPTS WERE LAST MADE, OR THE NIGHT JOB RUN, ON {capitals(day)}"
    return None


def _last_before_today(session: Session) -> datetime.datetime | None:
    """When the last act was done that is not of today: those of today were dated by the clock in question."""
    midnight = datetime.datetime.combine(today(session), datetime.time(), zone(session))
    return session.scalar(
        select(AuditEvent.at)
        .where(AuditEvent.at < midnight.astimezone(datetime.UTC))
        .order_by(AuditEvent.sequence.desc())
        .limit(1)
    )


def note_day(session: Session) -> None:
    """Remembers today as a day on which the site has worked by a clock that nobody doubted."""
    day = today(session)
    session.execute(
        update(Site).where(Site.id == SITE, Site.last_day.is_distinct_from(day)).values(last_day=day)
    )


def _show_time(session: Session, instant: datetime.datetime) -> str:
    at = instant.astimezone(zone(session))
    return f"{capitals(at)}@{at:%H:%M}"
