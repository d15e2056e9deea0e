"""Verify, several lines at once: what is listed, what is never taken, and that each leaves its own audit row."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from models.audit import AuditEvent
from models.store import Store
from models.words.acts import Act
from models.words.scratchpad import BatchCriterion
from services.errors import Refused
from services.office import leases
from services.office.actor import Actor
from services.scratchpad.acts import create_pad
from services.scratchpad.batches import BatchPlan
from services.scratchpad.line_acts import split
from services.scratchpad.splitting import SplitRow
from services.scratchpad.verifying import compare_entries, verify
from tests import given
from tests.ledger import assert_clean
from tests.screens.batch_site import at_batch
from tests.screens.pad_site import CHECK, at_pad, check_era, view_of

Golden = Callable[[str, str], None]


def mixed(site: Store, actor: Actor) -> int:
    """Entries 2 to 5 differ in the name only; 6 in the amount, 7 is unknown, 8 respelt, 9 goes to another claim."""
    numbers = ["K1", "K2", "K3", "K4", "K5", "KO8", "K9"]
    given.bills(site, actor, dict.fromkeys(numbers, 100), patient="SMITHSON,CHARLIE")

    def claim(number: str, charge: int = 100) -> given.Claim:
        return given.Claim(number, charge, 60, patient="SMYTHE,CHARLIE")

    claims = [claim(f"K{number}") for number in range(1, 5)]
    claims += [claim("K5", 99), claim("K77"), claim("K08"), claim("K9")]
    era = check_era(site, actor, claims, [("L6", "R1", -5)])
    with site.writing() as session:
        at = next(line.at for _, line in view_of(site, actor, era).pad.lines() if line.claim == "K9")
        split(session, actor, at, [SplitRow("K1", None, given.dollars(60))])
    return era


def marked(site: Store, actor: Actor, era: int) -> list[str]:
    return [entry.claim for entry in view_of(site, actor, era).pad.entries if entry.verified]


async def test_all_that_agree_but_for_names_are_listed_and_marked_by_one_yes(
    site: Store, actor: Actor, golden: Golden
) -> None:
    era = mixed(site, actor)
    async with at_pad(site, actor, era) as clerk:
        golden("verify_together", await clerk.types("VE=*\n"))
        assert clerk.prompt == "DO YOU WANT TO MARK THESE 4 LINES VERIFIED?: NO//"
        await clerk.types("\n")
        assert marked(site, actor, era) == []
        await clerk.types("VE=*\nY\n")
        assert marked(site, actor, era) == ["K1", "K2", "K3", "K4"]
        assert "NONE OF THESE LINES CAN BE VERIFIED TOGETHER" in await clerk.types("VE=*\n")
    with site.reading() as session:
        rows = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.LINE_VERIFIED)).all()
        assert [row.object for row in rows] == [f"ERA {era} entry {number}" for number in range(2, 6)]
        assert {row.detail for row in rows} == {"differs in patient name"}
    assert_clean(site)


async def test_of_those_that_are_named_only_what_agrees_is_taken(site: Store, actor: Actor) -> None:
    era = mixed(site, actor)
    async with at_pad(site, actor, era) as clerk:
        screen = await clerk.types("VE=1,3,5-9\n")
        for said in (
            "NOT TAKEN: 1  ADJUSTMENTS OF THE ERA",
            "NOT TAKEN: 6  DIFFERENT SUBMITTED AMOUNT",
            "NOT TAKEN: 7  CLAIM NOT FOUND IN YOUR AR",
            "NOT TAKEN: 8-9  THE CLAIM IS NOT THE ONE THAT THE PAYER NAMES",
        ):
            assert said in screen
        assert clerk.prompt == "DO YOU WANT TO MARK THESE 2 LINES VERIFIED?: NO//"
        await clerk.types("YES\n")
    assert marked(site, actor, era) == ["K2", "K4"]


def test_the_rule_stands_in_the_services(site: Store, actor: Actor) -> None:
    era = mixed(site, actor)
    pad = view_of(site, actor, era).pad
    with site.reading() as session:
        agreeing = {
            found.entry for found in compare_entries(session, era, pad.entries) if found.agrees_but_for_names
        }
    assert agreeing == {2, 3, 4, 5}
    for entry in pad.entries:
        if entry.number in agreeing:
            continue
        with pytest.raises(Refused, match="IT CAN ONLY BE VERIFIED BY ITSELF"), site.writing() as session:
            verify(session, actor, era, entry.number, among_others=True)
    assert marked(site, actor, era) == []


async def test_in_a_batch_only_its_own_lines_are_taken(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {f"K{number}": 100 for number in range(1, 5)}, patient="SMITHSON,CHARLIE")
    claims = [given.Claim(f"K{number}", 100, 60, patient="SMYTHE,CHARLIE") for number in range(1, 5)]
    era = given.era(site, actor, trace="PSI05507937", claims=claims, method="CHK")
    with site.writing() as session:
        create_pad(session, actor, era, check=CHECK, batches=BatchPlan(BatchCriterion.MAX, most=2))
        leases.give_back_all(session, actor)
    async with at_batch(site, actor, era, 2) as clerk:
        await clerk.types("VE=*\n")
        assert clerk.prompt == "DO YOU WANT TO MARK THESE 2 LINES VERIFIED?: NO//"
        await clerk.types("Y\n")
    assert marked(site, actor, era) == ["K3", "K4"]
