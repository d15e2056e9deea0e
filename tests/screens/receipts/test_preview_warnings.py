"""The preview says while a line can still be split what would stop the receipt (behaviour 8.4)."""

from sqlalchemy import delete

from models.leases import Lease
from models.words.scratchpad import PaymentOrder
from screens.lockbox_desk import LockboxDesk
from screens.receipts.receipt_preview import receipt_preview
from services.receipts.creating import preview
from services.receipts.gates import refusals
from services.receipts.tickets import open_tickets
from services.remittances.finding import receipt_of_era
from services.scratchpad.acts import prefer_order
from services.scratchpad.stored import PAD_CHANGED
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


async def test_totals_and_the_numbers_of_the_scratch_pad_where_they_are_others(receipts: ReceiptSite) -> None:
    era = receipts.check_pad()
    with receipts.store.writing() as session:
        prefer_order(session, receipts.actor, era, PaymentOrder.ZERO_LAST)
    async with receipts.at_preview(era) as seat:
        screen = await seat.types("\n")
        assert " 5.001      442-K20B119                   500.00         = 4.001 ON THE PAD\n" in screen
        assert " 3.001      442-K20A3F7                   905.00\n" in screen
        assert "            TOTAL                         1430.85\n" in screen
        screen = await seat.types("+\n")
        assert "            TOTAL                         -18.50\n" in screen


async def test_no_receipt_is_made_of_lines_that_the_clerk_has_not_seen(receipts: ReceiptSite) -> None:
    """His machine slept at READY, his lease ended, and somebody else split a line."""
    era = receipts.check_pad()
    receipts.make_ready(era)
    async with receipts.at_preview(era) as seat:
        assert seat.prompt.startswith("Select Action")
        await seat.types("C\n")
        with receipts.store.writing() as session:
            session.execute(delete(Lease))
        receipts.splits(era, receipts.places(era)["K20B119"], ("K20B119", 1), ("K20B120", 99))
        with receipts.store.writing() as session:
            session.execute(delete(Lease))
        assert PAD_CHANGED.partition(";")[0] in " ".join((await seat.types("YES\n\n")).split())
        await seat.types("\n")
    with receipts.store.reading() as session:
        assert receipt_of_era(session, era) is None
