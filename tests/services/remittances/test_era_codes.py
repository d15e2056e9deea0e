"""The codes of a whole ERA, as far as they stand among some words, and where the ERA stands."""

import datetime

import pytest

from models.store import Store
from services.errors import Refused
from services.office.actor import Actor
from services.remittances.era_codes import codes_of_era, standing_codes
from services.scratchpad.acts import PaperCheck, create_pad
from tests import given
from tests.remittance_in_full import remittance_in_full


@pytest.fixture
def era(store: Store, actor: Actor) -> int:
    """A remittance that says whatever an 835 can say."""
    return remittance_in_full(store, actor)


def labels(store: Store, era: int, *among: str) -> list[str]:
    """The codes that are found among some words."""
    with store.reading() as session:
        return [code.label for code in codes_of_era(session, era, among)]


def test_only_codes_of_the_era_that_are_named_are_told(store: Store, era: int) -> None:
    assert labels(store, era, "CARC 45", "N381", "PLB WO", "CARC 999", "96") == ["CO-45", "N381", "PLB WO"]
    assert labels(store, era) == []


def test_what_may_be_digits_is_meant_only_with_its_list(store: Store, era: int) -> None:
    assert labels(store, era, "22", "2", "4", "45", "WO") == []
    assert labels(store, era, "CLP02 22") == ["CLP02 22"]


def test_where_the_era_stands(store: Store, actor: Actor, era: int) -> None:
    def standing() -> list[str]:
        with store.reading() as session:
            return [code.label for code in standing_codes(session, era)]

    assert standing() == ["UNMATCHED", "NOT POSTED", "BPR04 CHK"]
    with store.writing() as session:
        create_pad(session, actor, era, check=PaperCheck("77", datetime.date(2012, 7, 9)))
    assert standing() == ["MATCHED TO PAPER CHECK", "NOT POSTED", "BPR04 CHK"]
    assert labels(store, era, "MATCHED TO PAPER CHECK", "CHK") == ["MATCHED TO PAPER CHECK", "BPR04 CHK"]


def test_a_repeated_eeob_has_the_codes_of_its_twin(store: Store, actor: Actor) -> None:
    given.bills(store, actor, {"K1": 100})
    claims = [given.Claim("K1", 100, 80)]
    given.era(store, actor, trace="T1", claims=claims)
    again = given.era(store, actor, trace="T2", claims=claims)
    assert labels(store, again, "CARC 45") == ["CO-45"]


def test_an_era_that_is_not_there_is_refused(store: Store) -> None:
    with store.reading() as session, pytest.raises(Refused, match="THERE IS NO ERA 9"):
        standing_codes(session, 9)
