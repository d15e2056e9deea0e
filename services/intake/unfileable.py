"""Why a set is held whole before anybody looks into it: no interchange, a test, a kind not read, too large amounts."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from models.words.intake import TransmissionCategory
from services.bills.bills_csv import NO_KNOWN_FILE
from services.clean import clean
from services.findings import Finding
from services.intake.sets import Held, IncomingSet, Known, identity
from services.office.clock import site_of, zone

#: What ISA15 says of a file.
PRODUCTION, TEST = "P", "T"

#: What is said of X12 in which no set stands.
NO_SET = Finding("no-set", "No transaction set (ST to SE) stands in the file.")


#: What sets are that come along with claims and remittances, by ST01.
_NAMES = {
    "270": "eligibility inquiry",
    "271": "eligibility answer",
    "276": "claim status inquiry",
    "277": "claim status answer of another guide than 005010X214",
    "278": "authorization",
    "820": "premium payment",
    "834": "enrolment",
    "837": "claims of another guide than those of professional and institutional bills",
    "997": "acknowledgement of a file, of the older form",
    "999": "acknowledgement of a file",
}


def without_sets(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """What is said first of a file without sets: that it is of no known kind, or that it is X12 with nothing in it."""
    said = {finding.code for finding in findings}
    if "not-x12" in said:
        return (NO_KNOWN_FILE,)
    return () if said & {"no-set", "bad-delimiters"} else (NO_SET,)


def no_interchange(come: IncomingSet) -> Held:
    """Why a set of a file without ISA is held whole: nobody can say who sent it to whom."""
    return Held(
        TransmissionCategory.STORE_ERROR,
        "The file has no ISA segment, so that sender and receiver are unknown; it is held whole.",
        Known(),
        identity("no ISA", come.message.sha256, str(come.read.ordinal)),
        come.read.findings,
        way_out="Import the file as it was sent, or file the set when you know whose it is.",
    )


def refuse_test(session: Session, come: IncomingSet) -> None:
    """Raises `Held` for a set of a test file at a live site, unless the site takes them: it would move real money."""
    site = site_of(session)
    if come.read.usage != TEST or site.test_files or site.demo or site.live_since is None:
        return
    since = site.live_since.astimezone(zone(session)).date().isoformat()
    raise Held(
        TransmissionCategory.OTHER,
        f"Its file is a test (ISA15 is T), and production files are filed here since {since}.",
        Known(),
        identity("test", come.message.sha256, str(come.read.ordinal)),
        come.read.findings,
        way_out="If it is meant, say lockbox site test-files YES, and import it again.",
    )


def not_read(come: IncomingSet) -> Held:
    """Why a set of a kind that Lockbox does not read is held."""
    code = clean(come.read.code, 10)
    said = f"{code} ({_NAMES[code]})" if code in _NAMES else code or "without a number (ST01)"
    return Held(
        TransmissionCategory.OTHER,
        f"Transaction sets {said} are not read in this release.",
        Known(),
        identity("kind", come.message.sha256, str(come.read.ordinal)),
        come.read.findings,
    )


def not_storable(come: IncomingSet) -> Held:
    """Why a set is held that the store itself would not take, such as an amount beyond all bounds."""
    return Held(
        TransmissionCategory.STORE_ERROR,
        "The store does not take what this set says; it is held whole.",
        Known(),
        identity("not storable", come.message.sha256, str(come.read.ordinal)),
        come.read.findings,
    )
