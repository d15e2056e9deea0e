"""Look At Receipt and Create Receipt, as a clerk works them."""

import pytest

from models.eras import Era
from models.receipts import DepositTicket
from models.words.receipts import TicketStatus
from screens.list_manager.glass.leaving import LeaveAll
from screens.receipts.receipt_preview import PAYMENTS, PreviewScreen
from services.receipts.tickets import find_ticket, open_ticket, open_tickets
from tests import given, ledger
from tests.screens.conftest import Golden
from tests.screens.receipts.receipt_site import ReceiptSite
from tests.stores import FixedClock

TICKET = "Select AR DEPOSIT TICKET #:"
CREATED = "RECEIPT E12072200 HAS BEEN CREATED FOR THIS ERA"


def tickets(site: ReceiptSite) -> list[str]:
    with site.store.reading() as session:
        return [ticket.number for ticket in open_tickets(session)]


async def test_the_preview_shows_payments_and_zeros_under_their_stored_numbers(
    receipts: ReceiptSite, golden: Golden
) -> None:
    era = receipts.check_pad()
    receipts.make_ready(era)
    async with receipts.at_preview(era) as seat:
        golden("receipt_preview", seat.screen)


async def test_negative_lines_are_shown_first_on_a_page_of_their_own(
    receipts: ReceiptSite, golden: Golden
) -> None:
    era, created = receipts.check_pad(), list[bool]()
    async with receipts.at_preview(era, created) as seat:
        golden("receipt_preview_negative", seat.screen)
        screen = await seat.types("\n")
        assert "LINES WITH NEGATIVE BALANCES STILL NEEDING TO BE DISTRIBUTED:" in screen
        assert " 1.001      **ADJ1                        -18.50" in screen
    async with receipts.at_preview(era, created) as seat:
        await seat.types("^\n")
        await seat.result()
    assert created == [False]


async def test_exit_leaves_with_nothing_created(receipts: ReceiptSite) -> None:
    era, created = receipts.eft_pad(), list[bool]()
    async with receipts.at_preview(era, created) as seat:
        await seat.types("EX\n")
        await seat.result()
    assert created == [False]


async def test_the_preview_is_printed_whole_on_the_screen_and_into_a_file(receipts: ReceiptSite) -> None:
    era = receipts.check_pad()
    receipts.make_ready(era)
    async with receipts.at_preview(era) as seat:
        assert seat.row(24) == "" and "DEVICE: HOME//" in await seat.types("PRINT\n")
        await seat.types("\n")
        screen = await seat.types("\n")
        assert screen.splitlines()[0] == "EEOB WORKLIST PREVIEW RECEIPT"
        assert screen.splitlines()[4:6] == [PreviewScreen.template.captions, PAYMENTS], "no blank row between"
        assert "[SUSPENSE]K99ZZ02             19.60" in screen
        await seat.types("\n")
        await seat.types("PRINT\n")
        await seat.types("FILE\n")
        await seat.types("preview.txt\n")
        assert "Printed to preview.txt in the site's print folder." in await seat.types("\n")
        assert "Select Action: Quit//" in await seat.types("\n")
    printed = (receipts.folder / "preview.txt").read_text()
    assert "ERA Entry #: 1                 Total Amt Pd: 1412.35" in printed
    assert " 5.002      442-K20B120                   400.00" in printed
    assert "ZERO DOLLAR PAYMENTS:" in printed


async def test_a_check_is_put_on_a_new_ticket_and_the_profile_opens(
    receipts: ReceiptSite, golden: Golden
) -> None:
    era, created = receipts.check_pad(), list[bool]()
    receipts.make_ready(era)
    async with receipts.at_preview(era, created) as seat:
        await seat.types("C\n")
        assert TICKET in await seat.types("YES\n")
        assert "ARE YOU ADDING 'B120722' AS A NEW AR DEPOSIT TICKET? NO//" in await seat.types("b120722\n")
        assert tickets(receipts) == []
        golden("create_receipt", await seat.types("YES\n"))
        screen = await seat.types("\n")
        assert screen.startswith("Receipt Profile")
        assert "   Receipt #: E12072200" in screen
        await seat.types("EA\n")
        await seat.result()
    assert created == [True]
    assert tickets(receipts) == ["B120722"]
    ledger.assert_clean(receipts.store)


async def test_all_keys_at_once_do_the_same(receipts: ReceiptSite) -> None:
    era, created = receipts.check_pad(), list[bool]()
    receipts.make_ready(era)
    async with receipts.at_preview(era, created) as seat:
        seat.keys.feed("CREATE\nYES\nB120722\nYES\nYES\nEA\n")
        await seat.result()
    assert created == [True]
    assert tickets(receipts) == ["B120722"]
    assert receipts.status_of("E12072200") == "OPEN"


async def test_an_eft_has_no_ticket_and_the_clerk_may_stay(receipts: ReceiptSite) -> None:
    era, created = receipts.eft_pad(), list[bool]()
    async with receipts.at_preview(era, created) as seat:
        await seat.types("C\n")
        screen = await seat.types("Y\n")
        assert TICKET not in screen and "RECEIPT E12072201 HAS BEEN CREATED FOR THIS ERA" in screen
        await seat.types("N\n")
        await seat.result()
    assert created == [True]


async def test_leaving_the_last_question_keeps_the_receipt(receipts: ReceiptSite) -> None:
    era, created = receipts.eft_pad(), list[bool]()
    async with receipts.at_preview(era, created) as seat:
        seat.keys.feed("C\nY\n^\n")
        await seat.result()
    assert created == [True]


@pytest.mark.parametrize("keys", ["C\n\n\n", "C\nNO\n\n", "C\n^\n", "C\nYES\n^\n", "C\nYES\nB120722\n^\n"])
async def test_no_and_a_caret_change_nothing(receipts: ReceiptSite, keys: str) -> None:
    era, created = receipts.check_pad(), list[bool]()
    receipts.make_ready(era)
    before = ledger.contents(receipts.store)
    async with receipts.at_preview(era, created) as seat:
        screen = await seat.types(keys)
        assert "Select Action: Quit//" in screen
        await seat.types("EXIT\n")
        await seat.result()
    assert created == [False]
    assert ledger.differing(before, ledger.contents(receipts.store)) == {}


async def test_no_says_so(receipts: ReceiptSite) -> None:
    era = receipts.eft_pad()
    async with receipts.at_preview(era) as seat:
        await seat.types("C\n")
        screen = await seat.types("\n")
        assert "\nNO RECEIPT CREATED\nPRESS RETURN TO CONTINUE" in screen


async def test_a_negative_line_stops_it_after_the_warning(receipts: ReceiptSite) -> None:
    era = receipts.check_pad()
    before = ledger.contents(receipts.store)
    async with receipts.at_preview(era) as seat:
        await seat.types("\n")
        assert "ARE YOU SURE YOU ARE READY TO CREATE THIS RECEIPT?: NO//" in await seat.types("C\n")
        screen = await seat.types("YES\n")
        assert "AT LEAST ONE LINE ITEM WAS FOUND WITH A NEGATIVE PAYMENT AMOUNT" in screen
        assert "NO RECEIPT CAN BE CREATED\nPRESS RETURN TO CONTINUE" in screen
    assert ledger.differing(before, ledger.contents(receipts.store)) == {}


async def test_nothing_postable_stops_it(receipts: ReceiptSite) -> None:
    given.bills(receipts.store, receipts.actor, {"K1": 100})
    era = given.era(receipts.store, receipts.actor, trace="T0", claims=[("K1", 100, 0)], method="NON")
    receipts.opens(era, match_0=True)
    with receipts.store.writing() as session:
        session.get_one(Era, era).total = given.dollars(5)
    async with receipts.at_preview(era) as seat:
        await seat.types("C\n")
        assert "NO POSTABLE LINE ITEMS WERE FOUND" in await seat.types("YES\n")


async def test_a_second_receipt_is_refused_before_any_question(receipts: ReceiptSite) -> None:
    era = receipts.eft_pad()
    number = receipts.creates_receipt(era)
    async with receipts.at_preview(era) as seat:
        assert f"*** RECEIPT ALREADY CREATED ({number}) ***" in seat.screen
        assert seat.row(22) == "  Print Receipt Preview     (Create Receipt)          Exit"
        screen = await seat.types("C\n")
        assert f"THIS ERA ALREADY HAS A RECEIPT - {number} - NO RECEIPT CREATED" in screen


async def test_create_receipt_stands_in_parentheses_once_it_is_done(receipts: ReceiptSite) -> None:
    era = receipts.eft_pad()
    async with receipts.at_preview(era) as seat:
        assert seat.row(22) == "  Print Receipt Preview     Create Receipt            Exit"
        seat.keys.feed("C\nY\nN\n")
        await seat.result()
    async with receipts.at_preview(era) as seat:
        assert "(Create Receipt)" in seat.row(22)


async def test_a_receipt_made_meanwhile_refuses_the_last_step(receipts: ReceiptSite) -> None:
    era = receipts.eft_pad()
    async with receipts.at_preview(era) as seat:
        await seat.types("C\n")
        number = receipts.creates_receipt(era)
        screen = await seat.types("YES\n")
        assert f"THIS ERA ALREADY HAS A RECEIPT - {number} - NO RECEIPT CREATED" in screen


async def test_a_reviewer_creates_nothing(receipts: ReceiptSite) -> None:
    era = receipts.eft_pad()
    async with receipts.at_preview(era, actor=receipts.reviewer()) as seat:
        assert "(Create Receipt)" in seat.screen
        assert "It needs the security key LOCKBOX CLERK." in await seat.types("C\n")


class TestTickets:
    """Select AR DEPOSIT TICKET #."""

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ("123456789", "9 digits limited to automatic deposits"),
            ("12", "A DEPOSIT TICKET IS ONE LETTER AND SIX DIGITS, SUCH AS A123456"),
            ("AB12345", "A DEPOSIT TICKET IS ONE LETTER AND SIX DIGITS, SUCH AS A123456"),
            ("C000001", "DEPOSIT TICKET C000001 IS CONFIRMED, NOT OPEN"),
        ],
    )
    async def test_what_is_no_open_ticket_is_refused_and_asked_again(
        self, receipts: ReceiptSite, typed: str, sentence: str
    ) -> None:
        with receipts.store.writing() as session:
            ticket = find_ticket(session, open_ticket(session, receipts.actor, "C000001"))
            assert ticket is not None
            ticket.status = TicketStatus.CONFIRMED
        era = receipts.check_pad()
        receipts.make_ready(era)
        async with receipts.at_preview(era) as seat:
            await seat.types("C\n")
            await seat.types("YES\n")
            screen = await seat.types(f"{typed}\n")
            assert sentence in screen
            assert screen.rstrip().endswith(TICKET)

    async def test_return_skips_the_ticket(self, receipts: ReceiptSite) -> None:
        era = receipts.check_pad()
        receipts.make_ready(era)
        async with receipts.at_preview(era) as seat:
            await seat.types("C\n")
            await seat.types("YES\n")
            assert CREATED in await seat.types("\n")
        assert tickets(receipts) == []

    async def test_open_tickets_are_listed_and_found_by_their_start(self, receipts: ReceiptSite) -> None:
        with receipts.store.writing() as session:
            for number in ("A123456", "B120721", "B120722"):
                open_ticket(session, receipts.actor, number)
        era = receipts.check_pad()
        receipts.make_ready(era)
        async with receipts.at_preview(era) as seat:
            await seat.types("C\n")
            await seat.types("YES\n")
            assert "Choose from:" not in await seat.types("?\n")
            assert "Type ?? to see the open deposits." in seat.screen
            assert (
                "   Choose from:\n"
                "   B120722  07/22/12  DEMOCLERK,ONE  $0.00  OPEN\n"
                "   B120721  07/22/12  DEMOCLERK,ONE  $0.00  OPEN\n"
                "   A123456  07/22/12  DEMOCLERK,ONE  $0.00  OPEN\n"
                "\n"
                "Select AR DEPOSIT TICKET #:"
            ) in await seat.types("??\n")
            assert "CHOOSE 1-2:" in await seat.types("B\n")
            assert CREATED in await seat.types("2\n")
        with receipts.store.reading() as session:
            assert {t.number: f"{t.amount:.2f}" for t in open_tickets(session)}["B120721"] == "1412.35"

    async def test_no_to_a_new_ticket_asks_again(self, receipts: ReceiptSite) -> None:
        era = receipts.check_pad()
        receipts.make_ready(era)
        async with receipts.at_preview(era) as seat:
            await seat.types("C\n")
            await seat.types("YES\n")
            await seat.types("B120722\n")
            assert (await seat.types("NO\n")).rstrip().endswith(TICKET)
            assert CREATED in await seat.types("\n")
        assert tickets(receipts) == []

    async def test_a_ticket_of_more_than_a_week_ago_is_warned_of(
        self, receipts: ReceiptSite, clock: FixedClock
    ) -> None:
        with receipts.store.writing() as session:
            open_ticket(session, receipts.actor, "B120722")
        clock.forward(days=8)
        era = receipts.check_pad()
        receipts.make_ready(era)
        async with receipts.at_preview(era) as seat:
            await seat.types("C\n")
            await seat.types("YES\n")
            screen = await seat.types("B120722\n")
            assert "THIS DEPOSIT WAS OPENED MORE THAN ONE WEEK AGO (JUL 22, 2012)" in screen
            assert screen.rstrip().endswith("ARE YOU SURE YOU WANT TO USE THIS DEPOSIT?: NO//")
            assert (await seat.types("\n")).rstrip().endswith(TICKET)
            await seat.types("B120722\n")
            assert "RECEIPT E12073000 HAS BEEN CREATED FOR THIS ERA" in await seat.types("YES\n")
        with receipts.store.reading() as session:
            assert session.get_one(DepositTicket, 1).number == "B120722"


async def test_two_carets_leave_everything(receipts: ReceiptSite) -> None:
    async with receipts.at_preview(receipts.eft_pad()) as seat:
        await seat.types("^^\n")
        with pytest.raises(LeaveAll):
            await seat.result()
