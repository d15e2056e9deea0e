"""Receipt Processing: opens a receipt again by its number or the start of it (behaviour 1.13)."""

from collections.abc import Sequence

from screens.list_manager.dates import padded
from screens.list_manager.leaving import Abandoned
from screens.list_manager.lookup import Hit
from screens.lockbox_desk import LockboxDesk
from screens.receipts.receipt_profile import receipt_profile
from services.receipts.lookup import ReceiptHit, all_receipts, find_receipts

PROMPT = "Select RECEIPT"
_HELP = (
    "Type the number of a receipt, or the start of it: E1207 lists those of July 2012. Type ?? to see all."
)


async def receipt_processing(desk: LockboxDesk) -> None:
    """Asks for receipts and shows them, one after the other, until RETURN or `^`."""

    async def search(text: str) -> Sequence[Hit[str]]:
        hits = await desk.read(find_receipts, text)
        return [Hit(hit.number, _row(hit), hit.number) for hit in hits]

    async def listing(start: int, count: int) -> Sequence[str]:
        return [_row(hit) for hit in await desk.read(all_receipts, start, count)]

    while True:
        desk.say()
        try:
            number = await desk.ask.lookup(PROMPT, search, kind="receipt", help=_HELP, listing=listing)
        except Abandoned:
            return
        if number is None:
            return
        await receipt_profile(desk, number)


def _row(hit: ReceiptHit) -> str:
    return f"{hit.number:<12}{padded(hit.date)}  {hit.payment_type:<18}{hit.total:>14.2f}  {hit.status}"
