"""A paper check that pays another ERA already, or whose ERA has its EFT, is taken only when it is said to be meant."""

import pytest

from models.eras import Era
from models.scratchpads import Scratchpad
from models.store import Store
from models.words.remittances import EraMatchStatus
from services.errors import CheckUsedBefore, EftAtHand
from services.office.actor import Actor
from services.scratchpad.acts import PaperCheck, create_pad
from services.scratchpad.paper_checks import check_of_another, eft_at_hand
from tests import given, ledger
from tests.clerk import Clerk

TWIN = "CHECK 0012345 OF THIS PAYER PAYS ERA 1 ALREADY\n(TRACE T1, 80.00 OF 2012-07-20)"


@pytest.fixture
def paid(site: Store, actor: Actor) -> Store:
    """ERA 1 is paid by check 0012345; ERA 2 is of the same payer, ERA 3 of another one."""
    given.bills(site, actor, {f"K{number}": 100 for number in (1, 2, 3)})
    given.era(site, actor, trace="T1", claims=[("K1", 100, 80)], method="CHK")
    given.era(site, actor, trace="T2", claims=[("K2", 100, 70)], method="CHK")
    other = "NORTHWIND MUTUAL HEALTH"
    given.era(site, actor, trace="T3", claims=[("K3", 100, 60)], method="CHK", payer=other)
    Clerk(site, actor).opens(1, check="0012345")
    return site


def used(store: Store, era: int, check: str) -> str | None:
    """What is said of a check number for an ERA."""
    with store.reading() as session:
        return check_of_another(session, era, check)


@pytest.mark.parametrize("typed", ["0012345", " 12345 ", "00012345"])
def test_the_other_era_of_the_payer_is_named(paid: Store, actor: Actor, typed: str) -> None:
    assert used(paid, 2, typed) == TWIN
    with paid.writing() as session, pytest.raises(CheckUsedBefore) as refusal:
        create_pad(session, actor, 2, check=PaperCheck(typed, given.PAID_ON))
    assert str(refusal.value) == TWIN
    with paid.reading() as session:
        assert session.get(Scratchpad, 2) is None
        assert session.get_one(Era, 2).match_status is EraMatchStatus.UNMATCHED


@pytest.mark.parametrize(
    ("era", "typed"), [(1, "0012345"), (2, "123450"), (2, "T1"), (2, "0"), (3, "0012345")]
)
def test_another_number_another_payer_and_the_era_itself_are_no_twins(
    paid: Store, era: int, typed: str
) -> None:
    assert used(paid, era, typed) is None


def test_one_check_for_two_eras_is_taken_when_it_is_said_to_be_meant(paid: Store, actor: Actor) -> None:
    with paid.writing() as session:
        create_pad(session, actor, 2, check=PaperCheck("12345", given.PAID_ON), check_again=True)
    with paid.reading() as session:
        assert session.get_one(Era, 2).match_status is EraMatchStatus.PAPER_CHECK
    ledger.assert_clean(paid)


def test_a_check_whose_receipt_is_processed_still_asks(paid: Store, actor: Actor) -> None:
    clerk = Clerk(paid, actor)
    clerk.processes(clerk.creates_receipt(1, "A123456"))
    assert used(paid, 2, "12345") == TWIN


def test_a_remittance_that_names_no_day_and_comes_again_is_not_paid_twice(paid: Store, actor: Actor) -> None:
    """Only its number is left to tell that it is the same (fault 1.9)."""
    given.era(paid, actor, trace="0012345", claims=[("K1", 100, 80)], method="CHK")
    with paid.writing() as session, pytest.raises(CheckUsedBefore, match="PAYS ERA 1 ALREADY"):
        create_pad(session, actor, 4, check=PaperCheck("0012345", given.PAID_ON))


@pytest.fixture
def paid_otherwise(site: Store, actor: Actor) -> Store:
    """ERA 1 says 80.00 by ACH; EFT 1 of its trace carries 75.00, so that no night has matched the two yet."""
    given.bills(site, actor, {"K1": 100})
    given.era(site, actor, trace="T1", claims=[("K1", 100, 80)])
    given.eft(site, actor, trace="T1", amount=75)
    given.night(site)
    return site


HERE = (
    "EFT 1 OF THE SAME TRACE AND PAYER IS HERE: 75.00 OF 2012-07-20\n"
    "(THIS ERA COMES TO 80.00: MATCHED WITH ERRORS FROM THE THIRD NIGHT ON)"
)


def test_a_check_beside_the_eft_of_the_era_is_not_taken_unasked(paid_otherwise: Store, actor: Actor) -> None:
    check = PaperCheck("T1", given.PAID_ON)
    with paid_otherwise.writing() as session, pytest.raises(EftAtHand) as refusal:
        create_pad(session, actor, 1, check=check)
    assert str(refusal.value) == HERE
    with paid_otherwise.reading() as session:
        assert session.get_one(Era, 1).match_status is EraMatchStatus.UNMATCHED
    with paid_otherwise.writing() as session:
        create_pad(session, actor, 1, check=check, beside_eft=True)
    ledger.assert_clean(paid_otherwise)


def test_an_eft_that_came_today_waits_for_the_night(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 100})
    given.era(site, actor, trace="T1", claims=[("K1", 100, 80)])
    given.eft(site, actor, trace="T1", amount=80)
    with site.reading() as session:
        said = eft_at_hand(session, 1)
    assert said is not None and said.endswith("\n(IT IS MATCHED BY THE NEXT NIGHT JOB)")


def test_the_eft_of_another_payer_or_another_era_is_none_of_this_one(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 100, "K2": 100})
    given.matched_era(site, actor, trace="T1", claims=[("K1", 100, 80)], eft_amount=80)
    given.era(site, actor, trace="T2", claims=[("K2", 100, 70)])
    with site.reading() as session:
        assert (eft_at_hand(session, 1), eft_at_hand(session, 2)) == (None, None)
