"""Receipt Processing: opens a receipt again by its number or the start of it (behaviour 1.13)."""

from screens.list_manager.glass.leaving import Abandoned
from screens.lockbox_desk import LockboxDesk
from screens.receipts.receipt_profile import receipt_profile
from services.receipts.views import RECEIPTS


async def receipt_processing(desk: LockboxDesk) -> None:
    """Asks for receipts and shows them, one after the other, until RETURN or `^`."""
    while True:
        desk.say()
        try:
            receipt = await desk.pick(RECEIPTS)
        except Abandoned:
            return
        if receipt is None:
            return
        await receipt_profile(desk, receipt.number)
