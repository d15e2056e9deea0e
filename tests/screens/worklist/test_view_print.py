"""View/Print ERA and View/Print EEOB at the screen: what is asked, where it goes, and that it changes nothing."""

from pathlib import Path

import pytest
from sqlalchemy import update

from models.eras import Era
from models.store import Store
from models.words.remittances import EraMatchStatus, PostStatus
from models.words.scratchpad import PaymentOrder
from screens.lockbox_desk import LockboxDesk
from screens.scratchpad.scratch_pad import ScratchPadScreen
from screens.scratchpad.view_print import NO_EEOB
from screens.worklist.era_filters import eeob_worklist
from screens.worklist.view_print import EXPANDED, view_print_era
from services.office.actor import Actor, sign_on
from services.office.site import add_user
from services.receipts.creating import create_receipt
from services.scratchpad.acts import create_pad
from tests import given, ledger
from tests.remittance_in_full import remittance_in_full
from tests.screens.conftest import Golden
from tests.screens.pad_site import CHECK, at_pad, check_era, eft_era
from tests.screens.seat import Seat

THE_LIST = "\n\n\n\n\n"
MORE = "Enter RETURN to continue or '^' to exit:"


@pytest.fixture
def era(site: Store, actor: Actor) -> int:
    """A remittance that says whatever an 835 can say, with its scratch pad."""
    number = remittance_in_full(site, actor)
    with site.writing() as session:
        create_pad(session, actor, number, check=CHECK)
    return number


@pytest.fixture
def reviewer(site: Store) -> Actor:
    """A user without any key."""
    with site.writing() as session:
        add_user(session, "looker", "REVIEWER,ONE", (), given_by="test")
        return sign_on(session, "looker")


async def pages(clerk: Seat, first: str) -> list[str]:
    """Turns the pages of a print to its end."""
    seen = [first]
    while MORE in seen[-1]:
        seen.append(await clerk.types("\n"))
        assert len(seen) < 100, seen[-1]
    return seen[:-1]


async def test_the_option_prints_one_era_after_the_other_page_by_page(
    site: Store, reviewer: Actor, era: int, golden: Golden
) -> None:
    before = ledger.contents(site)
    async with Seat(site, reviewer, view_print_era) as clerk:
        screen = await clerk.types(f"{era}\n")
        assert f"{EXPANDED}: NO//" in screen
        golden("view_print_era_questions", await clerk.types("\n\n"))
        first = await clerk.types("\n")
        golden("view_print_era_first_page", first)
        printed = await pages(clerk, first)
        assert "Page: 2" in printed[1].splitlines()[0]
        assert "CLAIM #: K20A3F8 (REVERSAL)" in "\n".join(printed)
        assert "LINE LEVEL ADJUSTMENTS" not in "\n".join(printed)
        assert "END OF REPORT" in printed[-1]
        assert clerk.prompt.startswith("Select ELECTRONIC REMITTANCE ADVICE ENTRY")
        assert "Page: 1" in await clerk.types("PSI0\nYES\n\n\n")
        await clerk.types("^\n")
        await clerk.types("\n")
        assert clerk.done
    assert ledger.differing(before, ledger.contents(site)) == {}


async def test_a_reviewer_prints_from_the_list_and_the_pad_and_changes_nothing(
    site: Store, reviewer: Actor, era: int, golden: Golden, tmp_path: Path
) -> None:
    before = ledger.contents(site)
    async with Seat(site, reviewer, eeob_worklist, tmp_path) as clerk:
        await clerk.types(THE_LIST)
        assert "(View/Print ERA)" not in clerk.screen
        screen = await clerk.types("VI\nYES\n\n\n")
        assert "EDI LOCKBOX WORKLIST - ERA DETAIL" in screen
        assert "LINE LEVEL ADJUSTMENTS" in "\n".join(await pages(clerk, screen))
        assert clerk.row(1).startswith("ERA List - Worklist")
        await clerk.types("VI\nNO\nFILE\nera.txt\n\n")
        assert "Printed to era.txt in the site's print folder." in clerk.screen
        await clerk.types("\nQ\n")
    async with at_pad(site, reviewer, era, read_only=True) as clerk:
        golden("view_print_eeob_first_page", await clerk.types("EOB=3\n\n\n"))
        await pages(clerk, clerk.screen)
        assert clerk.row(1).startswith("EEOB Worklist/Scratch Pad")
    assert ledger.differing(before, _but_searches(ledger.contents(site), before)) == {}
    *_, last = sheets = (tmp_path / "era.txt").read_text().split("\f")
    assert all(sheet.startswith("     EDI LOCKBOX WORKLIST - ERA DETAIL") for sheet in sheets)
    assert "END OF REPORT\n\n" in last
    assert last.splitlines()[-1].startswith("REVIEWER,ONE  JUL 22, 2012@")


def _but_searches(now: ledger.Contents, before: ledger.Contents) -> ledger.Contents:
    """What is there now but for what the worklist remembers of its questions."""
    return now | {"user_preference": before["user_preference"]}


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("1", "ERA LEVEL ADJUSTMENT #1"),
        ("2", "CLAIM #: K20A3F7"),
        ("2.001", "CLAIM #: K20A3F7"),
        ("3", "CLAIM #: K20A3F8 (REVERSAL)"),
        ("5", "CLAIM #: STRANGE9*** NOT IDENTIFIED IN A/R ****"),
    ],
)
async def test_each_entry_of_the_pad_prints_what_the_payer_said_of_it(
    site: Store, actor: Actor, era: int, entry: str, says: str
) -> None:
    async with at_pad(site, actor, era) as clerk:
        assert says in await clerk.types(f"EOB={entry}\n\n\n")


async def test_a_totals_mismatch_has_no_eeob(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K20A008": 200})
    number = eft_era(site, actor, [("K20A008", 200, 96)], amount=91)
    async with at_pad(site, actor, number) as clerk:
        (mismatch,) = [row for row in clerk.screen.splitlines() if "TOTALS MISMATCH" in row.upper()][:1]
        screen = await clerk.types(f"EOB={mismatch.split()[0].split('.')[0]}\n")
        assert NO_EEOB in screen


async def test_both_print_on_an_era_with_a_receipt_and_on_a_removed_one(
    site: Store, actor: Actor, reviewer: Actor
) -> None:
    given.bills(site, actor, {"K20A3F7": 905})
    era = check_era(site, actor, [("K20A3F7", 905, 905)])
    with site.writing() as session:
        create_receipt(session, actor, era)
        removed = {"match_status": EraMatchStatus.REMOVED, "post_status": PostStatus.REMOVED}
        session.execute(update(Era).where(Era.id == era).values(**removed))

    async def from_receipt(desk: LockboxDesk) -> None:
        await desk.show(ScratchPadScreen(desk, era, PaymentOrder.NONE, from_receipt=True))

    async with Seat(site, reviewer, from_receipt) as clerk:
        assert "CLAIM #: K20A3F7" in await clerk.types("EOB=1\n\n\n")
        await clerk.types("^\n")
        screen = await clerk.types("ERA\nNO\n\n\n")
        assert "EFT MATCH STATUS: REMOVED FROM WORKLIST" in screen
        assert "RECEIPT: E" in screen
        await clerk.types("^\n")
        assert clerk.row(1).startswith("EEOB Worklist/Scratch Pad")


async def test_up_arrow_at_a_question_prints_nothing(site: Store, actor: Actor, era: int) -> None:
    async with at_pad(site, actor, era) as clerk:
        for typed in ("ERA\n^\n", "ERA\nYES\n^\n", "EOB\n^\n", "EOB=2\n^\n"):
            await clerk.types(typed)
            assert clerk.row(1).startswith("EEOB Worklist/Scratch Pad"), typed
            assert clerk.prompt.startswith("Select Action:"), typed


async def test_f1_at_the_end_of_a_page_explains_the_codes_that_stand_there(
    site: Store, actor: Actor, era: int
) -> None:
    async with at_pad(site, actor, era) as clerk:
        # The entry of EEOB 2, whose print has the reasons of claim and lines.
        first = await clerk.types("EOB=4\n\n\n")
        page = first
        while "REASON CODE: 45" not in page:
            page = await clerk.types("\n")
        assert MORE in page
        first_codes = await clerk.press("f1")
        assert "CLP02" not in first_codes and "PR-" not in first_codes
        explained = " ".join("\n".join([first_codes, await clerk.types("\n")]).split())
        assert "CO-45: Charge exceeds fee schedule" in explained
        assert "Compare the allowed amount with the contract" in explained
        assert (await clerk.types("^\n")).splitlines() == page.splitlines()
        # What is typed ahead goes on where the print stood.
        assert (await clerk.types("?\n^\n")).splitlines() == page.splitlines()
        assert (await clerk.types("\n")) != page
        await clerk.types("^\n")
        assert clerk.row(1).startswith("EEOB Worklist/Scratch Pad")


async def test_f1_on_the_print_of_an_era_explains_its_statuses(
    site: Store, reviewer: Actor, era: int
) -> None:
    async with Seat(site, reviewer, view_print_era) as clerk:
        page = await clerk.types(f"{era}\n\n\n\n")
        assert "EFT MATCH STATUS: MATCHED TO PAPER CHECK" in page
        explained = " ".join((await clerk.press("f1")).split())
        assert "MATCHED TO PAPER CHECK: A clerk has named the check that pays the ERA" in explained
        assert "BPR04 CHK: The payment comes as a check" in explained
        assert "CO-45" not in explained
        assert (await clerk.types("^\n")).splitlines() == page.splitlines()
