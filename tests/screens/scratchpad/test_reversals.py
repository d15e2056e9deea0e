"""A take-back whose bill had been paid: the clerk is asked whether that bill bears it (behaviour 8)."""

from decimal import Decimal

import pytest

from models.store import Store
from models.words.keys import SecurityKey
from models.words.money import money
from services.office.actor import Actor, sign_on
from services.office.site import add_user
from services.remittances.finding import receipt_of_era
from tests import given, ledger
from tests.clerk import Clerk
from tests.screens.pad_site import at_pad, check_era

ASKED = "TYPE K1 TO RE-ESTABLISH IT BY 40.00, AND PAY LINE 2.001 WITH THAT.\nRE-ESTABLISH BILL 442-K1?: NO//"
TOLD = "THE PAYER TAKES BACK WHAT IT HAD PAID ON BILL 442-K1."


@pytest.fixture
def era(site: Store, actor: Actor) -> int:
    """K1 was paid 160 and is paid 120 now; the other 40 are kept out of K2's 200. Its pad is laid out."""
    given.bills(site, actor, {"K1": 210, "K2": 200})
    clerk = Clerk(site, actor)
    before = check_era(site, actor, [("K1", 210, 160)], trace="0000001")
    clerk.processes(clerk.creates_receipt(before))
    return check_era(
        site, actor, [given.taken_back("K1", 210, 160), given.Claim("K1", 210, 120), ("K2", 200, 200)]
    )


@pytest.mark.parametrize(
    ("typed", "of_k1", "of_k2"),
    [
        ("D\n\n2\n\n\nK1\n", "90.00", ("PAYMENT (IN PART)", "-40.00")),
        ("D\n\n2\n\n\n\n", "50.00", ("DECREASE ADJUSTMENT", "-40.00")),
    ],
)
async def test_its_number_raises_it_and_no_writes_off_the_other_as_ever(
    site: Store, actor: Actor, era: int, typed: str, of_k1: str, of_k2: tuple[str, str]
) -> None:
    async with at_pad(site, actor, era) as desk:
        screen = await desk.types(typed[: typed.index("2\n\n") + 4])
        assert TOLD in screen and screen.rstrip().endswith(ASKED)
        said = " ".join((await desk.types("?\n")).split())
        assert "pays this line's claim in full. NO takes the amount off" in said
        assert "Enter K1 if so, or NO." in await desk.types("YES\n")
        await desk.types(typed[typed.index("2\n\n") + 4 :])
    clerk = Clerk(site, actor)
    receipt = clerk.creates_receipt(era)
    clerk.processes(receipt)
    assert clerk.balance("K1") == money(of_k1)
    assert clerk.transactions("K2")[1] == (of_k2[0], Decimal(of_k2[1]))
    ledger.assert_clean(site)


async def test_what_was_typed_ahead_for_vista_goes_where_it_was_meant(
    site: Store, actor: Actor, era: int
) -> None:
    async with at_pad(site, actor, era) as desk:
        screen = await desk.types("D\n\n2\n\n\nL\nC\n")
        assert "ARE YOU SURE YOU ARE READY TO CREATE THIS RECEIPT?" in screen
        await desk.types("YES\n\nNO\n")
    with site.reading() as session:
        receipt = receipt_of_era(session, era)
    assert receipt is not None
    clerk = Clerk(site, actor)
    clerk.processes(receipt)
    assert clerk.balance("K1") == money("50.00")
    assert clerk.transactions("K2")[1] == ("DECREASE ADJUSTMENT", Decimal("-40.00"))
    ledger.assert_clean(site)


async def test_up_arrow_there_leaves_the_pad_as_it_is(site: Store, actor: Actor, era: int) -> None:
    before = ledger.contents(site)
    async with at_pad(site, actor, era) as desk:
        assert "NOTHING WAS DISTRIBUTED" in await desk.types("D\n\n2\n\n\n^\n")
        assert "Select Action" in await desk.types("\n")
    changed = ledger.differing(before, ledger.contents(site))
    assert set(changed) <= {"lease"}


async def test_who_may_not_adjust_bills_is_not_asked(site: Store, era: int) -> None:
    with site.writing() as session:
        session.connection().exec_driver_sql("DELETE FROM lease")
        add_user(session, "poster", "POSTER", (SecurityKey.CLERK,), given_by="clerk")
        poster = sign_on(session, "poster")
    async with at_pad(site, poster, era) as desk:
        screen = await desk.types("D\n\n2\n\n")
        assert "DECREASE ADJ COMMENT" in screen
        assert TOLD not in await desk.types("\n")
