"""The preview says while a line can still be split what would stop the receipt (behaviour 8.4)."""

from screens.lockbox_desk import LockboxDesk
from screens.receipts.receipt_preview import receipt_preview
from services.receipts.creating import preview
from services.receipts.gates import refusals
from services.receipts.tickets import open_tickets
from tests import given
from tests.screens.conftest import Golden
from tests.screens.receipts.receipt_site import ReceiptSite
from tests.stores import FixedClock


async def test_a_payment_that_a_bill_cannot_take_is_warned_of_in_the_preview_and_at_ready(
    receipts: ReceiptSite, golden: Golden
) -> None:
    era = receipts.check_pad()
    receipts.distributes(era, (1, 1), receipts.places(era)["K20A3F7"], "18.50")
    async with receipts.at_preview(era) as seat:
        golden("receipt_preview_warning", seat.screen)
        screen = await seat.types("C\n")
        assert (
            "THE RECEIPT COULD NOT BE PROCESSED AS IT STANDS:\n"
            "WARNING: Line 5.001. Pending Payments $ 500.00 exceed billed amount $ 100.00\n"
        ) in screen
        # It is only said: the receipt may be made all the same, as in VistA.
        assert seat.prompt == "ARE YOU SURE YOU ARE READY TO CREATE THIS RECEIPT?: NO//"
        await seat.types("\n\n")
    receipts.splits(era, receipts.places(era)["K20B119"], ("K20B119", 100), ("K20B120", 400))
    async with receipts.at_preview(era) as seat:
        assert "WARNING" not in seat.screen
        assert "WARNING" not in await seat.types("C\n")


async def test_what_open_receipts_and_other_lines_pay_counts(receipts: ReceiptSite) -> None:
    era = receipts.check_pad()
    receipts.make_ready(era)
    receipts.check_receipt_of_other_claim("K20B120", 1)
    with receipts.store.reading() as session:
        (line,) = (line for line in preview(session, era).payments if line.warning)
    assert line.label == "5.002"
    assert line.warning == "*WARNING: Line 5.002. Pending Payments $ 401.00 exceed billed amount $ 400.00"
    number = receipts.creates_receipt(era)
    with receipts.store.reading() as session:
        (refusal,) = refusals(session, number)
    assert "Pending Payments $ 401.00 exceed billed amount $ 400.00" in refusal, "as it was foreseen"


async def test_a_decrease_that_cannot_be_made_is_said_too(receipts: ReceiptSite) -> None:
    era = receipts.check_pad()
    receipts.distributes(era, (1, 1), receipts.places(era)["K20A3F7"], "18.50")
    receipts.adjusts(receipts.bill_id("K20A3F7"), 900)
    with receipts.store.reading() as session:
        assert "would make the balance of K20A3F7 negative" in preview(session, era).changes


async def test_the_ticket_of_today_is_taken_by_space_return_at_another_desk_too(
    receipts: ReceiptSite, clock: FixedClock
) -> None:
    given.bills(receipts.store, receipts.actor, {"K1": 30})
    eras = [
        given.era(receipts.store, receipts.actor, trace=trace, claims=[("K1", 10, 10)], method="CHK")
        for trace in ("C1", "C2", "C3")
    ]
    for era, trace in zip(eras, ("C1", "C2", "C3"), strict=True):
        receipts.opens(era, check=trace)

    async def talk(desk: LockboxDesk) -> None:
        for era in eras:
            await receipt_preview(desk, era)
            # Another session of the same clerk: only what is kept of him remains.
            desk.ask.remember("deposit", "")

    async with receipts.seat(talk) as seat:
        await seat.types("C\nYES\n")
        assert "No deposit has been chosen before." in await seat.types(" \n")
        await seat.types("B120722\nYES\nNO\n")
        await seat.types("C\nYES\n")
        assert "RECEIPT E12072201 HAS BEEN CREATED" in await seat.types(" \n")
        await seat.types("NO\n")
        clock.forward(days=1)
        await seat.types("C\nYES\n")
        assert "No deposit has been chosen before." in await seat.types(" \n")
    with receipts.store.reading() as session:
        (ticket,) = open_tickets(session)
        assert (ticket.number, ticket.amount) == ("B120722", given.dollars(20))
