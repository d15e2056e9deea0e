"""The scratch pad on the screen: where everything stands, what may be done, and the way through its pages."""

import dataclasses
from collections.abc import Callable
from decimal import Decimal

from sqlalchemy import update

from models.eras import Eeob, Era
from models.store import Store
from models.words.scratchpad import PaymentOrder
from screens.worklist.era_heading import heading_lines
from services.office.actor import Actor
from services.receipts.creating import create_receipt
from services.remittances.heading import EraHeading
from services.scratchpad.acts import PAD_HAS_RECEIPT
from tests import given
from tests.screens.pad_site import at_pad, check_era, eft_era

Golden = Callable[[str, str], None]


def prairie(site: Store, actor: Actor) -> int:
    """The remittance of the sample screens, in small."""
    given.bills(site, actor, {"K20A3F7": "1210.40"}, patient="DEMOVET,BRAVO C")
    given.bills(site, actor, {"K20B119": 1500, "K20B120": 640}, patient="DEMOVET,CHARLIE")
    given.bills(site, actor, {"K20A944": "19.47"}, patient="DEMOVET,DELTA")
    return check_era(
        site,
        actor,
        [
            given.Claim("K20A3F7", "1210.40", 905, patient="DEMOVET,BRAVO C"),
            given.Claim("K20B119", 1500, "343.99", patient="DEMOVET,CHARLIE"),
            given.Claim("K20A944", "19.47", 0, patient="DEMOVET,DELTA"),
        ],
        [("WO", "PSI-RCP-77", "14"), ("L6", "PSI-INT-04", "-6.25")],
    )


def test_a_long_payer_name_leaves_its_identifier_room() -> None:
    long = EraHeading(10258, Decimal("1412.35"), "PRAIRIE STATE " * 9, "1888000222", None, "T", "C", "")
    _, payer, _ = heading_lines(long)
    assert payer == f"Payer Name/ID: {('PRAIRIE STATE ' * 9)[:53]}/1888000222"
    assert len(payer) == 79
    _, payer, _ = heading_lines(dataclasses.replace(long, payer_name="BLUE RIVER HEALTH PLAN"))
    assert payer == "Payer Name/ID: BLUE RIVER HEALTH PLAN/1888000222"


async def test_the_pad_shows_era_level_lines_first_and_pages_to_the_claims(
    site: Store, actor: Actor, golden: Golden
) -> None:
    async with at_pad(site, actor, prairie(site, actor)) as clerk:
        golden("scratch_pad_first_page", clerk.screen)
        golden("scratch_pad_second_page", await clerk.types("\n"))
        golden("scratch_pad_last_page", await clerk.types("\n"))
        await clerk.types("\n")
        assert clerk.done


async def test_zero_payments_stand_last_under_display_numbers(
    site: Store, actor: Actor, golden: Golden
) -> None:
    era = prairie(site, actor)
    async with at_pad(site, actor, era, PaymentOrder.ZERO_LAST) as clerk:
        golden("scratch_pad_zero_last", await clerk.types("LS\n"))
    async with at_pad(site, actor, era, PaymentOrder.ZERO_FIRST) as clerk:
        screen = await clerk.types("\n")
        assert "3    (V)EEOB Seq # On ERA: 3   Net Payment Amt: 0.00" in screen


async def test_an_eft_that_is_short_or_over_has_its_line_for_the_difference(
    site: Store, actor: Actor, golden: Golden
) -> None:
    given.bills(site, actor, {"K20C4H0": 200}, patient="DEMOVET,FOXTROT")
    era = eft_era(
        site,
        actor,
        [
            given.Claim("K20C4H0", 200, 60, patient="DEMOVET,FOXTROT"),
            given.taken_back("K20C4H0", 200, 40),
            given.Claim("K99ZZ01", "64.20", "64.20", patient="DEMOVET,ECHO"),
        ],
        amount="79.20",
    )
    async with at_pad(site, actor, era) as clerk:
        golden("scratch_pad_eft_short", clerk.screen)


async def test_an_eft_over_the_era_has_a_suspense_line(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 100})
    era = eft_era(site, actor, [("K1", 100, 80)], amount=85)
    async with at_pad(site, actor, era) as clerk:
        assert "EEOB Seq # On ERA: TOTALS MISMATCH   Net Payment Amt: 5.00" in clerk.screen
        assert "1.  Non-specific payment (ref# TOTALS MISMATCH): 5.00" in clerk.screen


async def test_with_a_receipt_the_pad_may_only_be_read(site: Store, actor: Actor, golden: Golden) -> None:
    given.bills(site, actor, {"K1": 100})
    era = eft_era(site, actor, [("K1", 100, 80)], amount=80)
    with site.writing() as session:
        create_receipt(session, actor, era)
    async with at_pad(site, actor, era, read_only=True) as clerk:
        golden("scratch_pad_with_receipt", clerk.screen)
        for action, name in (("SP", "Split/Edit A Line"), ("D", "Distribute"), ("REF", "Refresh")):
            screen = await clerk.types(f"{action}\n")
            assert f">>>  {name.replace('/', '/')}" in screen
            assert PAD_HAS_RECEIPT in screen


async def test_a_receipt_made_meanwhile_turns_the_pad_read_only(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 100})
    era = eft_era(site, actor, [("K1", 100, 80)], amount=80)
    async with at_pad(site, actor, era) as clerk:
        assert "Split/Edit A Line    " in clerk.screen
        with site.writing() as session:
            receipt = create_receipt(session, actor, era).number
        screen = await clerk.types("SP\nY\n")
        assert "CLAIM #: K1//" in screen
        screen = await clerk.types("\n\n\nF\n")
        assert PAD_HAS_RECEIPT in screen
        screen = await clerk.types("\n^\nY\n")
        assert PAD_HAS_RECEIPT in screen
        screen = await clerk.types("\n")
        assert f"*** RECEIPT ALREADY CREATED ({receipt}) ***" in screen
        assert "(Split/Edit A Line)" in screen


async def test_opened_from_the_receipt_profile_nothing_can_be_changed(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 100})
    era = eft_era(site, actor, [("K1", 100, 80)], amount=80)
    async with at_pad(site, actor, era, read_only=True, from_receipt=True) as clerk:
        assert "(Split/Edit A Line)" in clerk.screen
        for action in ("SP", "D", "REF"):
            assert "THIS ACTION NOT CURRENTLY AVAILABLE" in await clerk.types(f"{action}\n")


async def test_what_comes_later_stands_in_parentheses_and_says_so(site: Store, actor: Actor) -> None:
    era = prairie(site, actor)
    async with at_pad(site, actor, era) as clerk:
        for typed, name in (("RES", "Research Menu"),):
            assert f"({name})" in clerk.screen or f"({name})" in await clerk.types("RD\n")
            screen = await clerk.types(f"{typed}\n")
            assert f"{name} is not in this release." in screen
            await clerk.types("RD\n")


async def test_exit_leaves_and_so_does_a_caret(site: Store, actor: Actor) -> None:
    era = prairie(site, actor)
    for typed in ("EX\n", "^\n", "Q\n"):
        async with at_pad(site, actor, era) as clerk:
            await clerk.types(typed)
            assert clerk.done


async def test_a_reader_without_the_clerks_key_may_not_edit(site: Store, actor: Actor) -> None:
    era = prairie(site, actor)
    reader = type(actor)(actor.user_id, actor.login, actor.name, frozenset(), actor.os_user, "reader")
    async with at_pad(site, reader, era) as clerk:
        assert "(Split/Edit A Line)" in clerk.screen
        assert "It needs the security key LOCKBOX CLERK." in await clerk.types("SP\n")


async def test_a_receipt_created_in_the_preview_turns_the_pad_read_only(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 100})
    era = eft_era(site, actor, [("K1", 100, 80)], amount=80)
    async with at_pad(site, actor, era) as clerk:
        assert "EEOB WORKLIST PREVIEW RECEIPT" in await clerk.types("L\n")
        await clerk.types("EX\n")
        screen = await clerk.types("L\nC\nY\n")
        assert "HAS BEEN CREATED FOR THIS ERA" in screen
        screen = await clerk.types("N\n")
        assert "EEOB Worklist/Scratch Pad" in screen
        assert "*** RECEIPT ALREADY CREATED (E12072201) ***" in screen
        assert "(Split/Edit A Line)" in screen
        assert "(Refresh Scratch Pad)" in screen


async def test_an_era_that_does_not_balance_is_told_in_the_bar_and_explained(
    site: Store, actor: Actor
) -> None:
    given.bills(site, actor, {"K1": 50})
    era = check_era(site, actor, [("K1", 50, 50)])
    with site.writing() as session:
        session.execute(update(Eeob).values(balanced=False))
        session.execute(update(Era).values(balanced_claims=False))
    async with at_pad(site, actor, era) as clerk:
        assert clerk.row(7) == "       ***EEOB SEQ # 1 IS OUT OF BALANCE ON THE ERA ***"
        assert clerk.row(18) == "          THE AMOUNTS OF THIS ERA DO NOT AGREE AMONG THEMSELVES"
        assert "On EEOB 1 charge, adjustments and payment do not agree" in await clerk.types("1\n?\n")
