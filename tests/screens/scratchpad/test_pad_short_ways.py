"""Ways on the scratch pad beside VistA's: the next line that waits, Create Receipt at once, the pad's receipt."""

from models.store import Store
from models.words.scratchpad import PaymentOrder
from services.office.actor import Actor
from tests import given, ledger
from tests.clerk import Clerk
from tests.screens.pad_site import at_pad, check_era, eft_era


async def test_the_marker_goes_to_the_next_line_that_needs_a_person(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {f"K{number}": 100 for number in range(1, 8)})
    claims = [given.Claim(f"K{number}", 99 if number == 6 else 100, 60) for number in range(1, 8)]
    era = check_era(site, actor, [*claims, ("K77", 60, 60)], [("WO", "R1", 5), ("L6", "R2", -5)])
    async with at_pad(site, actor, era) as clerk:
        for label in ("1.001", "8.001", "10.001", "1.001"):
            await clerk.types("NX\n")
            assert f"\n       {label}" in clerk.screen
        await clerk.types("S\n")
        assert clerk.prompt.endswith(": 1//"), "the marker is the default"
    given.bills(site, actor, {"K8": 10})
    era = eft_era(site, actor, [("K8", 10, 10)], amount=10)
    async with at_pad(site, actor, era) as clerk:
        assert "ALL LINES ARE VERIFIED, NONE IS NEGATIVE" in await clerk.types("nx\n")


async def test_create_receipt_on_the_pad_paints_the_preview_and_asks_under_it(
    site: Store, actor: Actor
) -> None:
    given.bills(site, actor, {"K1": 100, "K2": 50})
    era = eft_era(site, actor, [("K1", 100, 100), ("K2", 50, 50)], amount=150)
    async with at_pad(site, actor, era) as clerk:
        screen = await clerk.types("C\n")
        assert screen.startswith("EEOB WORKLIST PREVIEW RECEIPT")
        assert "            TOTAL                         150.00\n" in screen
        assert clerk.prompt == "ARE YOU SURE YOU ARE READY TO CREATE THIS RECEIPT?: NO//"
        # RETURN leaves it as it was, on the preview, as in VistA.
        assert "NO RECEIPT CREATED" in await clerk.types("\n")
        await clerk.types("\n")
        assert clerk.prompt == "Select Action: Quit//"
        assert (await clerk.types("\n")).startswith("EEOB Worklist/Scratch Pad")
        screen = await clerk.types("C\nP\n")
        assert screen.startswith("Receipt Profile")
        # The third answer creates the receipt and begins to process it; the last NO stays.
        assert "Are you sure you want to PROCESS this receipt? NO//" in clerk.prompt
        assert "Receipt Status: OPEN" in await clerk.types("\n")
        screen = await clerk.types("EA\n")
        assert "*** RECEIPT ALREADY CREATED" in screen
        assert "THE ERA ALREADY HAS A RECEIPT" in " ".join((await clerk.types("C\n")).split())
        # From the pad to its receipt and back.
        assert (await clerk.types("RP\n")).startswith("Receipt Profile")
        assert (await clerk.types("EA\n")).startswith("EEOB Worklist/Scratch Pad")
    ledger.assert_clean(site)


async def test_of_a_pad_without_receipt_there_is_none_to_go_to(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 100})
    era = check_era(site, actor, [("K1", 100, 100)])
    async with at_pad(site, actor, era) as clerk:
        assert "THIS ERA HAS NO RECEIPT YET." in await clerk.types("RP\n")
        help_of_all = await clerk.types("??\n")
        assert "NX  Next Line To Work On" in help_of_all
        assert "C   Create Receipt" in help_of_all
    Clerk(site, actor).creates_receipt(era)
    async with at_pad(site, actor, era, from_receipt=True) as clerk:
        assert "THIS ACTION NOT CURRENTLY AVAILABLE" in await clerk.types("RP\n")


async def test_all_keys_at_once_do_the_same(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 100})
    era = eft_era(site, actor, [("K1", 100, 100)], amount=100)
    async with at_pad(site, actor, era, PaymentOrder.ZERO_LAST) as clerk:
        clerk.keys.feed("C\nP\nYES\n\nEA\nEX\n")
        await clerk.result()
    assert Clerk(site, actor).balance("K1") == 0
    ledger.assert_clean(site)
