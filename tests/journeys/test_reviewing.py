"""A reviewer, who holds no key, reads and prints an ERA, and can change nothing."""

from pathlib import Path

from sqlalchemy import delete

from models.store import Store
from models.users import UserKey
from services.office import leases
from services.office.actor import Actor
from tests.clerk import Clerk
from tests.journeys.journey import Step, refused_both_ways
from tests.journeys.ways import HOME, TO_LOCKBOX, TO_THE_LIST
from tests.remittance_in_full import remittance_in_full

MORE = "Enter RETURN to continue or '^' to exit:"
ACTION = "Select Action:"


def build(store: Store, actor: Actor) -> None:
    """An ERA that says much, with its scratch pad; whoever signs on now may only look."""
    Clerk(store, actor).opens(remittance_in_full(store, actor), check="PSI05507937")
    with store.writing() as session:
        leases.give_back_all(session, actor)
        session.execute(delete(UserKey))


def test_a_reviewer_reads_and_prints_and_changes_nothing(tmp_path: Path) -> None:
    refused_both_ways(
        tmp_path,
        build,
        (
            *TO_LOCKBOX,
            Step("Select EDI Lockbox Option:", "REP"),
            Step("Select EDI Lockbox Reports Menu Option:", "VP"),
            Step("Select ELECTRONIC REMITTANCE ADVICE ENTRY:", "PSI0"),
            Step("DO YOU WANT TO INCLUDE EXPANDED EEOB DETAIL?: NO//", "YES"),
            Step("DEVICE: HOME//", ""),
            Step("Right Margin: 80//", ""),
            Step("Page: 1", ""),
            Step("Page: 2", ""),
            Step(MORE, "^"),
            Step("Select ELECTRONIC REMITTANCE ADVICE ENTRY:", ""),
            Step("Select EDI Lockbox Reports Menu Option:", ""),
            Step("Select EDI Lockbox Option:", "^^"),
            *TO_THE_LIST,
            Step("ERA List - Worklist", "View/Print ERA"),
            Step("DO YOU WANT TO INCLUDE EXPANDED EEOB DETAIL?: NO//", ""),
            Step("DEVICE: HOME//", ""),
            Step("Right Margin: 80//", ""),
            Step(MORE, "^"),
            Step("ERA List - Worklist", "1"),
            Step("YOU MAY ONLY READ, VIEW AND PRINT", ""),
            Step(ACTION, "Split=2"),
            Step("may not be selected at this point", "EOB=2"),
            Step("DEVICE: HOME//", ""),
            Step("Right Margin: 80//", ""),
            Step("CLAIM #: K20A3F7", ""),
            Step(MORE, "^"),
            *HOME,
        ),
    )
