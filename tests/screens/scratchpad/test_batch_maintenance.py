"""A scratch pad in batches, and Batch Maintenance (behaviour 1.1.8, `screens.md` 2 and 7)."""

import pytest

from models.store import Store
from models.words.scratchpad import LineKey
from services.office.actor import Actor
from services.scratchpad.batch_acts import edit_batch, mark_all_ready
from services.scratchpad.batch_views import batches_of
from services.scratchpad.in_use import take_batch
from services.scratchpad.line_acts import split
from services.scratchpad.splitting import SplitRow
from tests import ledger
from tests.given import dollars
from tests.screens.batch_site import at_batch, colleague, divided_era
from tests.screens.conftest import Golden

IN_A_BATCH = "THIS ACTION IS NOT VALID WHEN IN A BATCH WITHIN THE ERA."
A_TO_H, I_TO_Q, R_TO_Z = (f"LAST NAME FROM {first} - {last}ZZZ" for first, last in ("AH", "IQ", "RZ"))


def made(store: Store, era: int) -> list[tuple[str, bool, int]]:
    """The batches of an ERA: name, whether it is ready, and number of entries."""
    with store.reading() as session:
        return [(batch.name, batch.ready, batch.records) for batch in batches_of(session, era)]


async def test_a_batch_shows_its_own_entries_under_its_line(
    site: Store, actor: Actor, golden: Golden
) -> None:
    era = divided_era(site, actor)
    async with at_batch(site, actor, era, 2) as clerk:
        golden("scratch_pad_in_a_batch", clerk.screen)
        assert "K20D101" not in clerk.screen
        await clerk.types("S=2\nY\n\n100\n\nK20D771\n\n\n")
        # The page turns to what was split, which is another patient's now.
        screen = await clerk.types("F\nK20D771\n")
        assert "2.002 Claim #: K20D771" in screen
    ledger.assert_clean(site)


async def test_a_batch_without_lines_says_so(site: Store, actor: Actor) -> None:
    era = divided_era(site, actor)
    async with at_batch(site, actor, era, 3) as clerk:
        assert clerk.row(4) == f"BATCH: 3  {R_TO_Z}  NOT READY"
        assert clerk.row(6) == "THERE ARE NO EEOBs ASSIGNED TO THIS BATCH"


@pytest.mark.parametrize("name", ["Distribute Adj Amts", "Refresh Scratch Pad", "Look At Receipt"])
async def test_what_concerns_all_lines_is_refused_in_a_batch(site: Store, actor: Actor, name: str) -> None:
    era = divided_era(site, actor)
    async with at_batch(site, actor, era, 2) as clerk:
        assert f"({name})" in clerk.screen
        screen = await clerk.types(f"{name}\n")
        assert f"{name} may not be selected at this point." in screen
        assert IN_A_BATCH in screen


async def test_two_clerks_edit_two_batches_of_one_pad_at_the_same_time(site: Store, actor: Actor) -> None:
    era, other = divided_era(site, actor), colleague(site)
    async with at_batch(site, actor, era, 1) as first, at_batch(site, other, era, 2) as second:
        await first.types("S=1\nY\n\n12\n\nK20D771\n\n\n")
        await second.types("S=1\nY\n\n12\n\nK20D101\n\n\n")
        assert "1.002 Claim #: K20D771" in await first.types("F\nK20D771\n")
        assert "1.002 Claim #: K20D101" in await second.types("F\nK20D101\n")
        await first.types("S=1\n1.002\n\n\nAGAIN\nF\n")
    ledger.assert_clean(site)


async def test_newer_work_in_the_same_batch_is_not_overwritten(site: Store, actor: Actor) -> None:
    era = divided_era(site, actor)
    async with at_batch(site, actor, era, 2) as clerk:
        await clerk.types("S=1\nY\n\n12\n\nK20D802\n\n\n")
        with site.writing() as session:
            rows = [SplitRow("K20D771", None, dollars(112), comment="NEWER")]
            split(session, actor, LineKey(era, 2, 1), rows, batch=2)
        screen = await clerk.types("F\n")
        assert "SOMEBODY ELSE HAS CHANGED THIS SCRATCH PAD SINCE YOU OPENED IT" in screen


async def test_inside_a_batch_it_is_edited_without_key_or_menu(
    site: Store, actor: Actor, golden: Golden
) -> None:
    era, other = divided_era(site, actor), colleague(site)
    async with at_batch(site, other, era, 2) as clerk:
        golden("batch_edited_inside", await clerk.types("B\n...\nTHE MIDDLE\n\nR\n"))
        assert clerk.row(4) == "BATCH: 2  THE MIDDLE  READY"
        await clerk.types("B\n\nPERHAPS\n")
        assert "Enter READY or NOT READY." in clerk.screen
        await clerk.types("NOT READY\n")
        assert clerk.row(4) == "BATCH: 2  THE MIDDLE  NOT READY"
    assert made(site, era)[1] == ("THE MIDDLE", False, 4)


async def test_on_the_entire_era_it_needs_its_key(site: Store, actor: Actor) -> None:
    era, other = divided_era(site, actor), colleague(site)
    async with at_batch(site, other, era, None) as clerk:
        screen = await clerk.types("B\n")
        assert "YOU DO NOT HAVE SECURITY ACCESS TO THIS ACTION" in screen
        assert "BATCH MAINTENANCE:" not in screen


async def test_one_batch_or_all_of_them_are_edited(site: Store, actor: Actor, golden: Golden) -> None:
    era = divided_era(site, actor)
    async with at_batch(site, actor, era, None) as clerk:
        golden("batch_maintenance", await clerk.types("B\n"))
        golden("batch_maintenance_one", await clerk.types("1\n\n2\n...\nMIDDLE\n\nYES\n"))
        assert made(site, era) == [(A_TO_H, False, 1), ("MIDDLE", True, 4), (R_TO_Z, False, 0)]
        screen = await clerk.types("1\nA\n...\nFIRST\n\nY\n\nN\n^\n")
        assert "BATCH #: 3" in screen
        assert made(site, era) == [("FIRST", True, 1), ("MIDDLE", False, 4), (R_TO_Z, False, 0)]
        assert "Select Action: Quit//" in clerk.screen, "`^` stops the walk, and the menu stands again"
        await clerk.types("\n")
        assert clerk.row(1).startswith("EEOB Worklist/Scratch Pad")


async def test_all_are_marked_as_ready(site: Store, actor: Actor, golden: Golden) -> None:
    era = divided_era(site, actor)
    with site.writing() as session:
        edit_batch(session, actor, era, 1, ready=True)
    async with at_batch(site, actor, era, None) as clerk:
        await clerk.types("B\n3\n\n")
        assert [ready for _, ready, _ in made(site, era)] == [True, False, False]
        golden("batch_mark_all", await clerk.types("3\nY\n"))
        assert [ready for _, ready, _ in made(site, era)] == [True] * 3


async def test_a_receipt_waits_until_all_batches_are_ready(site: Store, actor: Actor) -> None:
    era = divided_era(site, actor)
    async with at_batch(site, actor, era, None) as clerk:
        screen = await clerk.types("L\n")
        assert "A RECEIPT CANNOT BE PREVIEWED UNTIL ALL BATCHES FOR THIS ERA ARE MARKED AS" in screen
        assert "'READY TO POST'" in screen
        await clerk.types("\n")
        with site.writing() as session:
            mark_all_ready(session, actor, era)
        assert "EEOB WORKLIST PREVIEW RECEIPT" in await clerk.types("L\n")


async def test_the_batches_are_assigned_anew(site: Store, actor: Actor, golden: Golden) -> None:
    era = divided_era(site, actor)
    async with at_batch(site, actor, era, None) as clerk:
        await clerk.types("B\n2\n\n")
        assert len(made(site, era)) == 3, "NO is the default"
        await clerk.types("2\nY\nY\n1\n\n^\n")
        assert len(made(site, era)) == 3, "`^` leaves them as they were"
        golden("batch_new_assignment", await clerk.types("2\nY\nY\n1\n\n2\n"))
        assert made(site, era) == [
            ("BATCH #: 1", False, 2),
            ("BATCH #: 2", False, 2),
            ("BATCH #: 3", False, 1),
        ]
        await clerk.types("\n2\nY\nN\n")
        assert made(site, era) == []
        screen = await clerk.types("\n1\n")
        assert "THERE ARE NO BATCHES ASSIGNED TO THIS ERA" in screen
        await clerk.types("\n3\n\n4\n\n2\n")
        assert "***** THIS ERA CURRENTLY HAS NO BATCHES DEFINED *****" in clerk.screen
        await clerk.types("Y\n3\n\n\n")
        assert [name for name, _, _ in made(site, era)] == ["FULL PAYMENT", "PARTIAL PAYMENT", "NO PAYMENT"]
    ledger.assert_clean(site)


async def test_without_batches_the_menu_says_so(site: Store, actor: Actor, golden: Golden) -> None:
    era = divided_era(site, actor, None)
    async with at_batch(site, actor, era, None) as clerk:
        golden("batch_maintenance_none", await clerk.types("B\n"))


async def test_newer_work_is_not_divided_over(site: Store, actor: Actor) -> None:
    era = divided_era(site, actor)
    async with at_batch(site, actor, era, None) as clerk:
        await clerk.types("B\n2\nY\nY\n3\n")
        with site.writing() as session:
            split(
                session, actor, LineKey(era, 1, 1), [SplitRow("K20D101", None, dollars(112), comment="NEWER")]
            )
        screen = await clerk.types("\n")
        assert "SOMEBODY ELSE HAS CHANGED THIS SCRATCH PAD" in screen
    assert len(made(site, era)) == 3


async def test_the_summary_is_printed(site: Store, actor: Actor, golden: Golden) -> None:
    era = divided_era(site, actor)
    with site.writing() as session:
        edit_batch(session, actor, era, 1, ready=True)
    async with at_batch(site, actor, era, None) as clerk:
        golden("batch_summary", await clerk.types("B\n4\n\n\n"))
        await clerk.types("\n2\nY\nY\n3\n\n\n")
        golden("batch_summary_by_payment", await clerk.types("4\n\n\n"))


async def test_refresh_asks_whether_the_batches_are_redefined_too(
    site: Store, actor: Actor, golden: Golden
) -> None:
    era = divided_era(site, actor)
    with site.writing() as session:
        edit_batch(session, actor, era, 1, name="MINE", ready=True)
    async with at_batch(site, actor, era, None) as clerk:
        golden("refresh_with_batches", await clerk.types("REF\nY\n"))
        await clerk.types("\n")
        assert made(site, era) == [("MINE", False, 1), (I_TO_Q, False, 4), (R_TO_Z, False, 0)]


async def test_refresh_with_other_batches(site: Store, actor: Actor) -> None:
    era = divided_era(site, actor)
    async with at_batch(site, actor, era, None) as clerk:
        screen = await clerk.types("REF\nY\nY\nY\n1\nY\n3\nFIRST\n\n")
        assert "2 BATCHES CREATED." in screen
        assert made(site, era) == [("FIRST", False, 3), ("BATCH #: 2", False, 2)]
        await clerk.types("\nREF\nY\nY\nY\n^\n")
        assert len(made(site, era)) == 2, "`^` leaves all as it was"
        await clerk.types("REF\nY\nY\nN\n")
        assert made(site, era) == []
    ledger.assert_clean(site)


async def test_batch_maintenance_waits_for_who_is_in_a_batch(site: Store, actor: Actor) -> None:
    era, other = divided_era(site, actor), colleague(site)
    async with at_batch(site, actor, era, None) as clerk:
        with site.writing() as session:
            take_batch(session, other, era, 2)
        screen = await clerk.types("B\n3\nY\n")
        assert "AT LEAST 1 BATCH WITHIN THIS ERA IS CURRENTLY IN USE (CLERK,TWO since 14:37" in " ".join(
            screen.split()
        )
        assert "Select Action: Quit//" in await clerk.types("\n")
    assert not any(ready for _, ready, _ in made(site, era))


async def test_with_a_receipt_the_batches_stay_as_they_are(site: Store, actor: Actor) -> None:
    era = divided_era(site, actor)
    with site.writing() as session:
        mark_all_ready(session, actor, era)
    async with at_batch(site, actor, era, None) as clerk:
        await clerk.types("L\nC\nYES\n\nNO\n")
        assert "*** RECEIPT ALREADY CREATED" in clerk.screen
        assert "(Batch Maintenance)" in clerk.screen
