"""Refresh Scratch Pad: warned, asked without a default, all work gone (behaviour 1.1.3)."""

from collections.abc import Callable
from decimal import Decimal

from models.store import Store
from models.words.scratchpad import LineKey
from services.office.actor import Actor
from services.scratchpad.line_acts import comment
from tests import given
from tests.screens.pad_site import at_pad, check_era, nets

Golden = Callable[[str, str], None]


def _worked_on(site: Store, actor: Actor) -> int:
    given.bills(site, actor, {"K1": 100, "K2": 100, "K3": 100, "K4": 100})
    return check_era(site, actor, [("K1", 100, 100), ("K2", 100, 50), ("K3", 100, 30)], [("WO", "R1", 14)])


async def test_all_work_is_gone_and_the_list_begins_at_the_top(
    site: Store, actor: Actor, golden: Golden
) -> None:
    era = _worked_on(site, actor)
    fresh = nets(site, actor, era)
    async with at_pad(site, actor, era) as clerk:
        await clerk.types("S=2\nY\n\n60\n\nK4\n\n\nF\n")
        await clerk.types("D\n\n3\n\n\n")
        assert nets(site, actor, era) != fresh
        await clerk.types("LS\n")
        golden("refresh_question", await clerk.types("REF\n"))
        screen = await clerk.types("Y\n")
        assert "1       EEOB Seq # On ERA: ADJ1   Net Payment Amt: -14.00" in screen
    assert nets(site, actor, era) == fresh


async def test_there_is_no_default_and_no_leaves_it_alone(site: Store, actor: Actor) -> None:
    era = _worked_on(site, actor)
    async with at_pad(site, actor, era) as clerk:
        await clerk.types("S=2\nY\n\n60\n\nK4\n\n\nF\n")
        assert "This is a required response." in await clerk.types("REF\n\n")
        await clerk.types("N\n")
        assert nets(site, actor, era)["2.002"] == Decimal("40.00")
        await clerk.types("REF\n^\n")
    assert nets(site, actor, era)["2.002"] == Decimal("40.00")


async def test_newer_work_of_another_desk_is_not_erased(site: Store, actor: Actor) -> None:
    era = _worked_on(site, actor)
    async with at_pad(site, actor, era) as clerk:
        with site.writing() as session:
            comment(session, actor, LineKey(era, 2, 1), "NEWER")
        assert "SOMEBODY ELSE HAS CHANGED THIS SCRATCH PAD" in await clerk.types("REF\nY\n")
        assert "Receipt Comment: NEWER" in await clerk.types("\n")
