"""Receipt numbers of one day go on counting beyond ZZ, and each day and letter has its own (behaviour 3.9)."""

import datetime

import pytest
from sqlalchemy import update

from models.receipts import Receipt
from models.store import Store
from services.office.actor import Actor
from services.receipts.numbers import next_number
from tests import given

DAY = datetime.date(2012, 7, 22)


@pytest.fixture
def two_receipts(site: Store, actor: Actor) -> Store:
    """A site with the receipts E12072200 and E12072201, of two deposits."""
    given.eft(site, actor, trace="T1", amount=1)
    given.eft(site, actor, trace="T2", amount=1)
    given.night(site)
    return site


@pytest.mark.parametrize(
    ("first", "second", "then"),
    [
        ("E12072200", "E12072201", "E12072202"),
        ("E12072209", "E1207220A", "E1207220B"),
        ("E1207220Z", "E12072210", "E12072211"),
        ("E12072200", "E120722ZZ", "E120722000"),
        ("E120722ZZ", "E120722000", "E120722001"),
        ("E120722009", "E12072200Z", "E120722010"),
    ],
)
def test_the_next_number_follows_the_last(two_receipts: Store, first: str, second: str, then: str) -> None:
    with two_receipts.writing() as session:
        for id, number in ((1, "E-"), (2, second), (1, first)):
            session.execute(update(Receipt).where(Receipt.id == id).values(number=number))
    with two_receipts.writing() as session:
        assert next_number(session, "E", DAY) == then


def test_each_day_and_letter_counts_for_itself(two_receipts: Store) -> None:
    with two_receipts.writing() as session:
        assert next_number(session, "E", DAY + datetime.timedelta(days=1)) == "E12072300"
        assert next_number(session, "C", DAY) == "C12072200"
        assert next_number(session, "E", DAY) == "E12072202"
