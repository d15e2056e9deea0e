"""The site: setting it up, showing and changing its parameters (behaviour 1.17, DESIGN 5 and 6)."""

import datetime
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.site import FilingCode, RateType, Site
from models.users import User, UserKey
from models.words.acts import Act
from models.words.bills import RateTypeName
from models.words.finance import FinanceAdapter
from models.words.keys import SecurityKey
from services.clean import clean
from services.errors import Refused
from services.office.actor import NIGHT_JOB, NIGHT_LOGIN, Actor, sign_on
from services.office.acts import begin, end
from services.office.clock import SITE, now, site_of

CATEGORIES = {
    RateTypeName.REIMBURSABLE: "REIMBURS.HEALTH INS.",
    RateTypeName.WORKERS_COMP: "WORKMAN'S COMP.",
    RateTypeName.NO_FAULT: "NO-FAULT AUTO ACC.",
    RateTypeName.TORT_FEASOR: "TORT FEASOR",
    RateTypeName.TRICARE: "TRICARE THIRD PARTY",
    RateTypeName.CHAMPVA: "CHAMPVA THIRD PARTY",
    RateTypeName.MEDICARE: "MEDICARE",
    RateTypeName.MEDICAID: "MEDICAID",
}

#: Bills of these rate types are never audited without a person.
NEVER_AUDITED = frozenset({RateTypeName.MEDICARE, RateTypeName.MEDICAID})

#: SBR09 to rate type, as a new site starts out (DESIGN 5).
FILING_CODES = {
    **dict.fromkeys(("CI", "BL", "12", "13", "14", "15", "17", "HM"), RateTypeName.REIMBURSABLE),
    "WC": RateTypeName.WORKERS_COMP,
    "AM": RateTypeName.NO_FAULT,
    "LM": RateTypeName.TORT_FEASOR,
    "CH": RateTypeName.TRICARE,
    "MA": RateTypeName.MEDICARE,
    "MB": RateTypeName.MEDICARE,
    "MC": RateTypeName.MEDICAID,
}


LONGEST_NAME = 60

#: How far apart an EFT and an ERA of another total may be at a new site, and at most, in days.
MATCH_WINDOW_DAYS, LONGEST_WINDOW = 30, 366

_PARAMETERS = (
    "THE PARAMETERS ARE name, time-zone, finance-adapter, wait-for-277ca, match-window, lock-wait, test-files "
    "AND auto-audit RATE TYPE"
)

#: How long another program's writing may be waited for, in seconds.
_LOCK_WAITS = range(3, 601)

_STATION = re.compile(r"[0-9]{3}[0-9A-Z]{0,4}")


@dataclass(frozen=True, slots=True)
class SiteView:
    """The site's parameters as `lockbox site` shows them."""

    station: str
    name: str
    time_zone: str
    finance_adapter: str
    wait_for_277ca: bool
    match_window_days: int
    lock_wait: int
    test_files: bool
    live_since: datetime.datetime | None
    demo: bool
    auto_audit: dict[str, bool]


def open_site(
    session: Session,
    login: str,
    *,
    station: str,
    name: str,
    auto_audit: bool,
    time_zone: str = "UTC",
    demo: bool = False,
    user_name: str | None = None,
) -> Actor:
    """Sets up a new site in an empty store; the user `login` is the first one and holds every key.

    With `auto_audit` bills of every rate type but Medicare and Medicaid become ACTIVE on import of
    their 837 alone, without waiting for a 277CA.
    """
    there = session.scalars(select(Site)).first()
    if there is not None:
        raise Refused(f"THIS STORE HAS A SITE ALREADY: STATION {there.station}, {there.name}")
    station, name, time_zone = station_number(station), _name(name), _zone(time_zone)
    at = now(session)
    session.add(
        Site(
            id=SITE,
            station=station,
            name=name,
            time_zone=time_zone,
            finance_adapter=FinanceAdapter.JOURNAL,
            wait_for_277ca=not auto_audit,
            test_files=False,
            live_since=None,
            eft_aging_days=5,
            era_aging_days=7,
            match_window_days=MATCH_WINDOW_DAYS,
            demo=demo,
            next_deposit=1,
            next_document=1,
            audit_head=0,
            audit_hash="0" * 64,
            opened_at=at,
            lock_wait=30,
            last_day=None,
        )
    )
    for rate_type, category in CATEGORIES.items():
        session.add(
            RateType(
                name=rate_type,
                category=category,
                auto_audit=auto_audit and rate_type not in NEVER_AUDITED,
            )
        )
    session.flush()
    session.add_all(FilingCode(code=code, rate_type=rate_type) for code, rate_type in FILING_CODES.items())
    add_user(session, login, user_name or login.upper(), tuple(SecurityKey), given_by="init")
    add_user(session, NIGHT_LOGIN, NIGHT_JOB, (SecurityKey.CLERK,), given_by="init", system=True)
    actor = sign_on(session, login)
    by = begin(session, actor, Act.SITE_OPENED, SecurityKey.MANAGER)
    end(session, by, f"station {station}")
    return actor


def station_number(text: str) -> str:
    """A station number: three digits, and of a division up to four letters or digits more (442, 442A, 528A8)."""
    station = text.strip().upper()
    if not _STATION.fullmatch(station):
        raise Refused(
            "A STATION NUMBER IS THREE DIGITS, WITH UP TO FOUR LETTERS OR DIGITS MORE FOR A DIVISION: 442, 528A8"
        )
    return station


def add_user(
    session: Session,
    login: str,
    name: str,
    keys: tuple[SecurityKey, ...],
    *,
    given_by: str,
    system: bool = False,
) -> User:
    """Registers a user with the keys he is given."""
    at = now(session)
    user = User(login=login, name=name, active=True, system=system, added_at=at)
    session.add(user)
    session.flush()
    session.add_all(UserKey(user_id=user.id, key=key, given_by=given_by, given_at=at) for key in keys)
    session.flush()
    session.refresh(user)
    return user


def site_view(session: Session) -> SiteView:
    """The site's parameters."""
    site = site_of(session)
    return SiteView(
        station=site.station,
        name=site.name,
        time_zone=site.time_zone,
        finance_adapter=site.finance_adapter.value,
        wait_for_277ca=site.wait_for_277ca,
        match_window_days=site.match_window_days,
        lock_wait=site.lock_wait,
        test_files=site.test_files,
        live_since=site.live_since,
        demo=site.demo,
        auto_audit={
            rate.name.value: rate.auto_audit
            for rate in session.scalars(select(RateType).order_by(RateType.name))
        },
    )


def how_bills_become_active(view: SiteView) -> str:
    """How the site decides that a bill becomes a receivable, as `init` says it."""
    audited = [name for name, yes in view.auto_audit.items() if yes]
    waits = "once a 277CA has accepted it" if view.wait_for_277ca else "when its claim is imported"
    if not audited:
        return (
            "A bill stays NEW BILL and takes no payment until auto-audit of its rate type is switched on "
            f'(lockbox site "auto-audit REIMBURSABLE INS." YES); it becomes ACTIVE then {waits}'
            f"{' (lockbox site wait-for-277ca NO waits for none)' if view.wait_for_277ca else ''}."
        )
    kept = [name for name in view.auto_audit if name not in audited]
    others = f"; {' and '.join(kept)} bills stay NEW BILL" if kept else ""
    return f"A bill becomes ACTIVE {waits}{others}. lockbox site shows and changes how."


def parameter(view: SiteView, name: str) -> dict[str, str | bool | int]:
    """One parameter by its name as it is now; `auto-audit` alone is that of every rate type. Refuses unknown ones."""
    word, _, rest = name.strip().lower().replace("_", "-").partition(" ")
    if word == "auto-audit":
        rates = [_rate_type(rest).value] if rest else list(view.auto_audit)
        return {f"auto-audit {rate}": view.auto_audit[rate] for rate in rates}
    one: dict[str, str | bool | int] = {
        "station": view.station,
        "name": view.name,
        "time-zone": view.time_zone,
        "finance-adapter": view.finance_adapter,
        "wait-for-277ca": view.wait_for_277ca,
        "match-window": view.match_window_days,
        "lock-wait": str(view.lock_wait),
        "test-files": view.test_files,
    }
    if rest or word not in one:
        raise Refused(_PARAMETERS)
    return {word: one[word]}


def set_parameter(session: Session, actor: Actor, name: str, value: str) -> None:
    """Changes one parameter by its name; of `auto-audit` the rate type follows.

    Yes-or-no parameters take YES and NO, `match-window` days, `lock-wait` seconds. Refuses an unknown name or a
    value that does not fit.
    """
    by = begin(session, actor, Act.PARAMETER_SET, SecurityKey.MANAGER)
    site = site_of(session)
    word, _, rest = name.strip().lower().replace("_", "-").partition(" ")
    if rest and word != "auto-audit":
        word = ""
    if word == "name":
        site.name = _name(value)
    elif word == "time-zone":
        site.time_zone = _zone(value)
    elif word == "finance-adapter":
        site.finance_adapter = _adapter(value)
    elif word == "wait-for-277ca":
        site.wait_for_277ca = _yes(value)
    elif word == "match-window":
        site.match_window_days = _days(value)
    elif word == "lock-wait":
        site.lock_wait = _seconds(value)
    elif word == "test-files":
        site.test_files = _yes(value)
    elif word == "auto-audit":
        rate = session.get_one(RateType, _rate_type(rest))
        audited = _yes(value)
        if audited and rate.name in NEVER_AUDITED:
            raise Refused(f"{rate.name.value} BILLS ARE NEVER AUDITED WITHOUT A PERSON")
        rate.auto_audit = audited
    else:
        raise Refused(_PARAMETERS)
    end(session, by, clean(name), detail=clean(value))


def _name(text: str) -> str:
    name = clean(text.strip())
    if not name:
        raise Refused("A SITE NEEDS A NAME")
    if len(name) > LONGEST_NAME:
        raise Refused(f"A SITE'S NAME HAS AT MOST {LONGEST_NAME} CHARACTERS")
    return name


def _adapter(value: str) -> FinanceAdapter:
    try:
        adapter = FinanceAdapter(value.strip().lower())
    except ValueError as error:
        raise Refused("FINANCE-ADAPTER IS journal OR spool") from error
    if adapter is FinanceAdapter.SPOOL:
        raise Refused("THE SPOOL ADAPTER IS NOT IN THIS RELEASE")
    return adapter


def _rate_type(text: str) -> RateTypeName:
    """The rate type of that name, or the only one whose name begins so."""
    typed = text.strip().upper()
    found = [rate for rate in RateTypeName if typed and rate.value.startswith(typed)]
    exact = [rate for rate in found if rate.value == typed]
    if len(exact or found) == 1:
        return (exact or found)[0]
    named = f"{typed} MAY BE" if found else "THE RATE TYPES ARE"
    raise Refused(f"{named} {', '.join(rate.value for rate in found or RateTypeName)}")


def _yes(value: str) -> bool:
    word = value.strip().upper()
    if word in ("YES", "Y"):
        return True
    if word in ("NO", "N"):
        return False
    raise Refused("ANSWER YES OR NO")


def _days(value: str) -> int:
    typed = value.strip()
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= 3 and int(typed) <= LONGEST_WINDOW):
        raise Refused(
            f"THE MATCH WINDOW IS 0 TO {LONGEST_WINDOW} DAYS BETWEEN AN EFT AND AN ERA OF ANOTHER TOTAL; "
            "0 LEAVES DATES AND NIGHTS OUT OF ACCOUNT"
        )
    return int(typed)


def _seconds(value: str) -> int:
    word = value.strip()
    if not (word.isascii() and word.isdecimal() and int(word[:9]) in _LOCK_WAITS):
        raise Refused(f"LOCK-WAIT IS A NUMBER OF SECONDS FROM {_LOCK_WAITS[0]} TO {_LOCK_WAITS[-1]}")
    return int(word)


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    # A folder of time zones (America) is no zone, and the operating system says so.
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Refused(
            f"THERE IS NO TIME ZONE {name or '(NONE GIVEN)'}; ONE IS CALLED America/Chicago"
        ) from error
    return name
