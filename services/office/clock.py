"""The time of an act and the site it happens at, as the session carries them (DESIGN 2.13)."""

import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from models.site import Site
from services.errors import NoSite

#: The one row of the site's table.
SITE = 1


def now(session: Session) -> datetime.datetime:
    """The instant now, in UTC, by the clock that the store was opened with."""
    instant: datetime.datetime = session.info["clock"]()
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
