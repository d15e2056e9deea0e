"""Plainly invented names and numbers: no patient, provider, payer or bank of these exists.

Providers' numbers begin with 9, which no NPI does, but pass the check (Luhn over 80840 and the number);
banks' routing numbers begin with 99, which no bank's does, but carry their check digit.
"""

import datetime

from services.generator.scenario import ScenarioPatient, ScenarioPayer, ScenarioSite

LAST_NAMES = (
    *(
        "DEMOVET",
        "SAMPLE",
        "TESTCASE",
        "FICTION",
        "EXAMPLE",
        "PRETEND",
        "MOCKWELL",
        "NOBODY",
        "PAPERMAN",
        "IMAGINE",
    ),
    *(
        "SPECIMEN",
        "PATTERN",
        "TRIALBY",
        "DRYRUN",
        "STANDIN",
        "PLACEHOLD",
        "MADEUP",
        "FABLE",
        "INVENTED",
        "NOTREAL",
    ),
)
FIRST_NAMES = (
    *(
        "ALPHA",
        "BRAVO",
        "CHARLIE",
        "DELTA",
        "ECHO",
        "FOXTROT",
        "GOLF",
        "HOTEL",
        "INDIA",
        "JULIETT",
        "KILO",
        "LIMA",
    ),
    *(
        "MIKE",
        "NOVEMBER",
        "OSCAR",
        "PAPA",
        "QUEBEC",
        "ROMEO",
        "SIERRA",
        "TANGO",
        "UNIFORM",
        "VICTOR",
        "WHISKEY",
    ),
    *("XRAY", "YANKEE", "ZULU"),
)
PROCEDURES = (
    "99213",
    "99214",
    "99203",
    "85025",
    "80053",
    "36415",
    "71046",
    "93000",
    "97110",
    "90686",
    "J1100",
    "G0439",
)
DIAGNOSES = ("R69", "I10", "E119", "M545", "J069", "Z0000")
REVENUE_CODES = ("0300", "0320", "0450", "0510", "0730", "0420")
REMARKS = ("N130", "M15", "N362", "N115")

# Neither I nor O, which a clerk takes for 1 and 0.
_BILL_SIGNS = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_BILLS_A_PREFIX = 9999

PAYERS = tuple(
    ScenarioPayer(
        name=name,
        short_name=short,
        company_id=f"199000000{at}",
        identifier=f"DEMO{at}",
        billed_as=billed,
        paid_as=paid,
        street=f"{at}00 DEMO PLAZA",
        city="SAMPLETOWN",
        state="OH",
        zip="432150000",
        odfi=f"9999000{at}",
    )
    for at, (name, short, billed, paid) in enumerate(
        (
            ("BLUE RIVER HEALTH PLAN", "BLUE RIVER HP", "CI", "12"),
            ("PRAIRIE STATE INSURANCE CO", "PRAIRIE STATE IN", "CI", "15"),
            ("NORTHWIND MUTUAL HEALTH", "NORTHWIND MUTUAL", "BL", "12"),
            ("COPPER CANYON HMO", "COPPER CANYON", "HM", "HM"),
            ("LAKESHORE BENEFIT TRUST", "LAKESHORE BEN TR", "CI", "14"),
            ("GRANITE FALLS ASSURANCE", "GRANITE FALLS AS", "12", "12"),
        ),
        start=1,
    )
)


def npi(number: int) -> str:
    """An invented provider number: 999, six digits and the check digit."""
    body = f"999{number % 1_000_000:06d}"
    # 24 is what the constant prefix 80840 adds to the Luhn sum.
    total = 24
    for at, digit in enumerate(reversed(body)):
        doubled = int(digit) * (2 if at % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return body + str(-total % 10)


def bill_number(seed: int, sequence: int) -> str:
    """The number of the `sequence`-th bill (from 0) of a seed, such as K6A0001: K, two signs, four digits.

    Raises ValueError beyond 11,558,844 bills. Neighbouring seeds share no number up to 400,000 bills.
    """
    prefixes = len(_BILL_SIGNS) ** 2
    block, number = divmod(sequence, _BILLS_A_PREFIX)
    if block >= prefixes:
        raise ValueError(f"more bills than numbers: {sequence}")
    high, low = divmod((seed * 41 + 173 + block) % prefixes, len(_BILL_SIGNS))
    return f"K{_BILL_SIGNS[high]}{_BILL_SIGNS[low]}{number + 1:04d}"


#: The day of the first seed: a day that stays the same, so that the seed alone decides every byte.
FIRST_DAY = datetime.date(2025, 6, 2)


def seed_of(day: datetime.date) -> int:
    """A seed of each day's own: bills of two days within three years have no number in common."""
    return 1 + (day - FIRST_DAY).days


def unknown_bill_number(sequence: int) -> str:
    """A number that no generated bill has, because it begins with another letter."""
    return f"X00{sequence % 10_000:04d}"


def patient(choice: float, sequence: int) -> ScenarioPatient:
    """An invented patient; `choice` from 0 to 1 picks the name, `sequence` makes the member id."""
    pick = int(choice * 1_000_000)
    born = datetime.date(1940, 1, 1) + datetime.timedelta(days=pick % 20_000)
    return ScenarioPatient(
        LAST_NAMES[pick % len(LAST_NAMES)],
        FIRST_NAMES[pick // len(LAST_NAMES) % len(FIRST_NAMES)],
        f"DEMO{sequence % 100_000_000:08d}",
        born,
        "MF"[pick % 2],
    )


def demo_site(station: str) -> ScenarioSite:
    """The invented medical center of a station."""
    return ScenarioSite(
        station=station,
        name="DEMO MEDICAL CENTER",
        npi=npi(442),
        tax_id="990000442",
        taxonomy="261QV0200X",
        street="1 EXAMPLE PARKWAY",
        city="SAMPLETOWN",
        state="OH",
        zip="432150000",
        routing="999999992",
        account="442000111",
    )


#: Last name, first name and number of the rendering providers.
PROVIDERS = tuple((f"DOCTOR{letter}", "DEMO", npi(700 + at)) for at, letter in enumerate("ABCDEFGH"))
