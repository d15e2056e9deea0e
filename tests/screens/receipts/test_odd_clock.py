"""A date that does not follow the site's work is asked about before a receipt is created or posted by it."""

import pytest

from tests import ledger
from tests.screens.receipts.receipt_site import ReceiptSite
from tests.stores import FixedClock

ODD = "THE CLOCK SAYS AUG 31, 2012@14:37, BUT RECEIPTS WERE LAST MADE, OR THE NIGHT JOB"
RIGHT = "IS THAT DATE RIGHT?: NO//"


@pytest.mark.parametrize("answer", ["\n", "NO\n", "^\n"])
async def test_process_receipt_asks_and_posts_nothing_unless_it_is_right(
    receipts: ReceiptSite, clock: FixedClock, answer: str
) -> None:
    number = receipts.eft_receipt()
    clock.forward(days=40)
    async with receipts.at_profile(number) as seat:
        screen = await seat.types("PR\n")
        assert ODD in screen
        assert seat.prompt == RIGHT
        assert "receipts and documents for finance carry it for good" in " ".join(
            (await seat.types("?\n")).split()
        )
        await seat.types(answer)
    assert receipts.status_of(number) == "OPEN"
    ledger.assert_clean(receipts.store)


async def test_process_receipt_posts_by_a_date_that_is_said_to_be_right(
    receipts: ReceiptSite, clock: FixedClock
) -> None:
    number = receipts.eft_receipt()
    clock.forward(days=40)
    async with receipts.at_profile(number) as seat:
        await seat.types("PR\n")
        assert "Are you sure you want to PROCESS this receipt?" in await seat.types("YES\n")
        assert "Done. FMS document number TR-442K000002" in await seat.types("YES\n")
    assert receipts.status_of(number) == "CLOSED"
    ledger.assert_clean(receipts.store)


async def test_create_receipt_asks_too(receipts: ReceiptSite, clock: FixedClock) -> None:
    era = receipts.eft_pad()
    clock.forward(days=40)
    async with receipts.at_preview(era) as seat:
        await seat.types("C\n")
        screen = await seat.types("YES\n")
        assert ODD in screen
        assert seat.prompt == RIGHT
        assert "NO RECEIPT CREATED" in await seat.types("\n")
        await seat.types("\n")
        await seat.types("C\n")
        await seat.types("YES\n")
        assert "HAS BEEN CREATED FOR THIS ERA" in await seat.types("YES\n")
    ledger.assert_clean(receipts.store)
