"""What the receipt screens read: look-ups, tickets, the heading of an ERA, and the profile of a receipt."""

from dataclasses import replace

import pytest

from models.store import Store
from models.words.keys import SecurityKey
from models.words.receipts import TicketStatus
from services.errors import Refused
from services.office.actor import Actor
from services.receipts.creating import creation, preview
from services.receipts.processing import done_before
from services.receipts.profile import profile_of
from services.receipts.tickets import all_open_tickets, find_ticket, open_ticket, open_tickets, refuse_new
from services.receipts.views import all_receipts, find_receipts, receipt_show
from services.remittances.heading import era_heading
from tests import given
from tests.clerk import Clerk


@pytest.fixture
def era(clerk: Clerk, site: Store, actor: Actor) -> int:
    """A check of 66: K1 paid 80, 14 taken back for K2; its scratch pad is open, nothing distributed."""
    given.bills(site, actor, {"K1": 100, "K2": 50})
    number = given.era(
        site,
        actor,
        trace="T1",
        method="CHK",
        claims=[("K1", 100, 80), given.taken_back("K2", 50, 14)],
    )
    clerk.opens(number, check="0000417")
    return number


@pytest.fixture
def receipt(clerk: Clerk, era: int) -> str:
    """Its receipt on ticket A123456, with a decrease of 14 pending."""
    clerk.distributes(era, (2, 1), (1, 1), 14)
    return clerk.creates_receipt(era, "A123456")


def test_creation_says_what_stands_in_the_way(clerk: Clerk, site: Store, era: int) -> None:
    with site.reading() as session:
        asked = creation(session, clerk.actor, era)
    assert (asked.receipt, asked.negative, asked.postable, asked.by_check) == (None, True, True, True)
    clerk.distributes(era, (2, 1), (1, 1), 14)
    number = clerk.creates_receipt(era)
    with site.reading() as session:
        asked = creation(session, clerk.actor, era)
    assert (asked.receipt, asked.negative) == (number, False)


def test_receipts_are_found_by_number_and_start(site: Store, receipt: str) -> None:
    with site.reading() as session:
        (hit,) = find_receipts(session, receipt.lower())
        assert (hit.number, hit.total, hit.status.value) == (receipt, given.dollars(66), "OPEN")
        assert [found.number for found in find_receipts(session, "E12")] == [receipt]
        assert find_receipts(session, "E%") == find_receipts(session, " ") == []
        assert (all_receipts(session, 0, 20), all_receipts(session, 1, 20)) == ([hit], [])


def test_open_tickets_with_what_is_on_them(clerk: Clerk, site: Store, receipt: str) -> None:
    with site.writing() as session:
        ticket = find_ticket(session, open_ticket(session, clerk.actor, "B000001"))
        assert ticket is not None
        ticket.status = TicketStatus.CONFIRMED
        open_ticket(session, clerk.actor, "B000002")
    with site.reading() as session:
        assert [(t.number, t.amount, t.opened_by) for t in open_tickets(session)] == [
            ("B000002", given.dollars(0), "CLERK"),
            ("A123456", given.dollars(66), "CLERK"),
        ]
        assert [ticket.number for ticket in open_tickets(session, "a")] == ["A123456"]
        assert all_open_tickets(session, 0, 20) == open_tickets(session)
        assert all_open_tickets(session, 1, 1) == open_tickets(session, "a")


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("a123456", "DEPOSIT TICKET A123456 EXISTS ALREADY"),
        ("569000001", "9 digits limited"),
        ("A12345", "A DEPOSIT TICKET IS ONE LETTER AND SIX DIGITS"),
        ("É123456", "A DEPOSIT TICKET IS ONE LETTER AND SIX DIGITS"),
        ("A١٢٣٤٥٦", "A DEPOSIT TICKET IS ONE LETTER AND SIX DIGITS"),
    ],
)
def test_numbers_no_ticket_may_be_opened_under(site: Store, receipt: str, number: str, sentence: str) -> None:
    with site.reading() as session, pytest.raises(Refused, match=sentence):
        refuse_new(session, number)


def test_the_heading_of_an_era(site: Store, era: int) -> None:
    with site.reading() as session:
        heading = era_heading(session, era)
    assert (heading.total, heading.check, heading.deposit, heading.receipt) == (
        given.dollars(66),
        "0000417",
        None,
        "",
    )


class TestProfile:
    def test_while_it_is_open(self, site: Store, receipt: str) -> None:
        with site.reading() as session:
            profile = profile_of(session, receipt)
        (line,) = profile.lines
        assert (line.account, line.amount, line.decreases) == (
            "442-K1",
            given.dollars(66),
            (given.dollars(-14),),
        )
        assert line.opened_by == "C" and line.from_worklist and line.warning is None
        assert (profile.ticket, profile.eft, profile.has_worklist, profile.is_open) == (
            "A123456",
            None,
            True,
            True,
        )

    def test_once_it_is_processed(self, clerk: Clerk, site: Store, receipt: str) -> None:
        with site.reading() as session:
            assert done_before(session, receipt) is None
        document = clerk.processes(receipt).document
        with site.reading() as session:
            profile, done = profile_of(session, receipt), done_before(session, receipt)
        assert (profile.document, profile.total_processed) == (document, given.dollars(66))
        assert profile.lines[0].decreases == () and profile.processed is not None
        assert done is not None and done.document == document

    def test_the_night_job_stands_as_accounts_receivable(self, site: Store, actor: Actor) -> None:
        given.eft(site, actor, trace="T9", amount=10)
        given.night(site)
        with site.reading() as session:
            profile = profile_of(session, "E12072200")
        assert profile.for_deposit and profile.opened.name == "accounts receivable"
        assert profile.lines[0].opened_by == "ar"
        assert profile.lines[0].account == "[ 528704/8NZZ BLUE RIVER H ]"

    def test_there_is_none(self, site: Store) -> None:
        with site.reading() as session, pytest.raises(Refused, match="THERE IS NO RECEIPT E99"):
            profile_of(session, "E99")


def test_a_reviewer_is_told_that_he_may_only_read(clerk: Clerk, site: Store, era: int) -> None:
    reviewer = replace(clerk.actor, keys=frozenset({SecurityKey.MANAGER}))
    with site.reading() as session, pytest.raises(Refused, match="LOCKBOX CLERK IS MISSING"):
        creation(session, reviewer, era)


def test_a_receipt_has_the_lines_and_the_order_of_its_preview(
    clerk: Clerk, site: Store, actor: Actor
) -> None:
    given.bills(site, actor, {"K1": 100, "K2": 50})
    number = given.matched_era(
        site, actor, trace="T9", claims=[("K0", 9, 9), ("K1", 100, 80), ("K2", 50, 0)], eft_amount=90
    )
    clerk.opens(number)
    with site.reading() as session:
        shown = preview(session, number)
    assert [(line.account, line.amount) for line in shown.payments] == [
        ("442-K1", given.dollars(80)),
        ("[SUSPENSE]TOTALS MISMATCH ADJ", given.dollars(1)),
        ("[SUSPENSE]K0", given.dollars(9)),
    ]
    receipt = clerk.creates_receipt(number)
    with site.reading() as session:
        lines = receipt_show(session, receipt).lines
    assert [(line.line, line.bill, line.amount, line.scratchpad_line) for line in lines] == [
        (position, account.removeprefix("442-") if account.startswith("442-") else None, amount, label)
        for position, (label, account, amount) in enumerate(
            ((line.label, line.account, line.amount) for line in shown.payments), start=1
        )
    ]


def test_a_receipt_of_nothing_has_the_zeros_of_its_preview(clerk: Clerk, site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K2": 100})
    number = given.era(site, actor, trace="T8", claims=[("K1", 100, 0), ("K2", 100, 0)], method="NON")
    clerk.opens(number, match_0=True)
    receipt = clerk.creates_receipt(number)
    with site.reading() as session:
        shown, lines = preview(session, number), receipt_show(session, receipt).lines
    assert [line.label for line in shown.zero] == ["1.001", "2.001"]
    assert [(line.scratchpad_line, line.bill) for line in lines] == [("1.001", None), ("2.001", "K2")]
