"""New, Edit and Cancel Payment of an open receipt, and who may work on it (behaviour 1.13)."""

import datetime
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.audit import AuditEvent
from models.leases import Lease
from models.receipts import Receipt, ReceiptLine
from models.store import Store
from models.words.keys import SecurityKey
from services.office.actor import Actor, sign_on
from services.office.site import add_user
from services.receipts import editing as receipt_editing
from tests import given as begin
from tests import ledger
from tests.clerk import Clerk
from tests.stores import FixedClock

STALE = "SOMEBODY ELSE HAS CHANGED THIS RECEIPT SINCE YOU OPENED IT; OPEN IT AGAIN"


@pytest.fixture
def receipt(clerk: Clerk, site: Store, actor: Actor) -> str:
    """K1 of 100 paid 80 less 14 taken back for K2, K3 of 30 paid 30: an EFT of 96, its receipt open."""
    begin.bills(site, actor, {"K1": 100, "K2": 50, "K3": 30, "K4": 500})
    era = begin.matched_era(
        site,
        actor,
        trace="T1",
        claims=[("K1", 100, 80), begin.taken_back("K2", 50, 14), ("K3", 30, 30)],
        eft_amount=96,
    )
    clerk.opens(era)
    clerk.distributes(era, (2, 1), (1, 1), 14)
    return clerk.creates_receipt(era)


def does(clerk: Clerk, act: Callable[[Session], object]) -> None:
    """One act in a transaction of its own."""
    with clerk.store.writing() as session:
        act(session)


def edits(clerk: Clerk, receipt: str, line: int, **changes: object) -> None:
    """Edit Payment of anything."""
    does(clerk, lambda s: receipt_editing.edit_payment(s, clerk.actor, receipt, line, **changes))  # type: ignore[arg-type]  # the test names them


def stored(clerk: Clerk, receipt: str, line: int) -> ReceiptLine:
    """A line as the store has it."""
    with clerk.store.reading() as session:
        found = session.scalars(select(Receipt.id).where(Receipt.number == receipt)).one()
        row = session.get_one(ReceiptLine, (found, line))
        session.expunge(row)
        return row


def version(clerk: Clerk, receipt: str) -> int:
    """The receipt's version."""
    with clerk.store.reading() as session:
        return session.scalars(select(Receipt.version).where(Receipt.number == receipt)).one()


def audited(clerk: Clerk, act: str) -> list[tuple[str, str, str]]:
    """What the audit trail says of every act of this name: on what, why, and what changed."""
    with clerk.store.reading() as session:
        events = select(AuditEvent).where(AuditEvent.act == act).order_by(AuditEvent.sequence)
        return [(event.object, event.reason, event.detail) for event in session.scalars(events)]


def colleague(clerk: Clerk, *keys: SecurityKey) -> Clerk:
    """CLERK,TWO at another desk."""
    with clerk.store.writing() as session:
        add_user(session, "two", "CLERK,TWO", keys, given_by="clerk")
        return Clerk(clerk.store, sign_on(session, "two"))


class TestNewPayment:
    def test_of_a_bill_and_of_nobody(self, clerk: Clerk, receipt: str) -> None:
        assert clerk.adds_payment(receipt, "442-K4", 5) == 3
        assert clerk.adds_payment(receipt, "", "0.01") == 4
        lines = clerk.lines(receipt)
        assert [(bill, f"{amount:.2f}") for bill, amount, *_ in lines] == [
            ("K1", "66.00"),
            ("K3", "30.00"),
            ("K4", "5.00"),
            (None, "0.01"),
        ]
        assert lines[3][3] == f"{receipt[-9:]}0004"
        ledger.assert_clean(clerk.store)

    @pytest.mark.parametrize("amount", ["0", "-1"])
    def test_is_of_more_than_nothing(self, clerk: Clerk, receipt: str, amount: str) -> None:
        with clerk.refused("A PAYMENT IS MORE THAN 0.00"):
            clerk.adds_payment(receipt, "K4", amount)

    def test_of_a_bill_that_is_not_there(self, clerk: Clerk, receipt: str) -> None:
        with clerk.refused("THERE IS NO BILL K99"):
            clerk.adds_payment(receipt, "K99", 5)

    def test_its_comment_has_at_most_60_characters(self, clerk: Clerk, receipt: str) -> None:
        with clerk.refused("A COMMENT HAS AT MOST 60 CHARACTERS"):
            does(
                clerk,
                lambda s: receipt_editing.new_payment(
                    s, clerk.actor, receipt, account="", amount=Decimal("1.00"), comment="x" * 61
                ),
            )


class TestEditPayment:
    def test_a_lowered_worklist_payment_leaves_a_cancelled_trail(self, clerk: Clerk, receipt: str) -> None:
        clerk.edits_payment(receipt, 2, amount=20)
        assert stored(clerk, receipt, 2).amount == 20
        trail = stored(clerk, receipt, 3)
        assert trail.amount == 0 and trail.cancelled
        assert trail.cancel_comment == "10.00 taken off payment 2"

    def test_a_raised_one_and_one_typed_by_hand_leave_none(self, clerk: Clerk, receipt: str) -> None:
        clerk.edits_payment(receipt, 2, amount=31)
        line = clerk.adds_payment(receipt, "", 5)
        clerk.edits_payment(receipt, line, amount=4)
        clerk.edits_payment(receipt, line, amount=0)
        assert [amount for _, amount, *_ in clerk.lines(receipt)] == [66, 31, 0]

    def test_a_worklist_payment_set_to_0_is_deleted(self, clerk: Clerk, receipt: str) -> None:
        clerk.edits_payment(receipt, 2, amount=0)
        assert [bill for bill, *_ in clerk.lines(receipt)] == ["K1"]
        assert clerk.adds_payment(receipt, "K3", 30) == 2

    def test_no_amount_is_below_zero(self, clerk: Clerk, receipt: str) -> None:
        with clerk.refused("A PAYMENT IS NOT LESS THAN 0.00"):
            clerk.edits_payment(receipt, 2, amount="-0.01")

    def test_the_account_moves_to_another_bill_or_to_suspense(self, clerk: Clerk, receipt: str) -> None:
        clerk.edits_payment(receipt, 2, account="K4")
        assert clerk.lines(receipt)[1][0] == "K4"
        clerk.edits_payment(receipt, 2, account="")
        assert clerk.lines(receipt)[1][0] is None
        assert clerk.lines(receipt)[1][3] == f"{receipt[-9:]}0002"
        clerk.edits_payment(receipt, 2, account="K3")
        assert clerk.lines(receipt)[1][3] == ""

    def test_but_not_from_under_a_pending_decrease(self, clerk: Clerk, receipt: str) -> None:
        with clerk.refused("THE ACCOUNT OF A PAYMENT WITH A PENDING DECREASE ADJUSTMENT CANNOT BE CHANGED"):
            clerk.edits_payment(receipt, 1, account="K4")
        clerk.edits_payment(receipt, 1, account="K1", amount=65)

    @pytest.mark.parametrize(
        ("days", "sentence"),
        [
            (1, "PAYMENT DATE MAY NOT BE IN THE FUTURE"),
            (-32, "PAYMENT DATE MAY NOT BE MORE THAN 31 DAYS AGO"),
        ],
    )
    def test_dates_that_are_refused(
        self, clerk: Clerk, receipt: str, clock: FixedClock, days: int, sentence: str
    ) -> None:
        with clerk.refused(sentence):
            edits(clerk, receipt, 2, date=clock.today + datetime.timedelta(days=days))
        edits(clerk, receipt, 2, date=clock.today - datetime.timedelta(days=31))
        assert stored(clerk, receipt, 2).date == datetime.date(2012, 6, 21)

    def test_a_comment_is_changed_and_removed(self, clerk: Clerk, receipt: str) -> None:
        edits(clerk, receipt, 2, comment="SEE STUB")
        assert stored(clerk, receipt, 2).comment == "SEE STUB"
        edits(clerk, receipt, 2, comment="")
        assert stored(clerk, receipt, 2).comment == ""

    def test_there_is_no_such_payment(self, clerk: Clerk, receipt: str) -> None:
        with clerk.refused(f"THERE IS NO PAYMENT 9 ON RECEIPT {receipt}"):
            clerk.edits_payment(receipt, 9, amount=1)


class TestCancelPayment:
    def test_it_stays_with_0_and_its_comment(self, clerk: Clerk, receipt: str) -> None:
        clerk.cancels_payment(receipt, 2, "NOT OURS")
        line = stored(clerk, receipt, 2)
        assert line.amount == 0 and line.cancelled and line.cancel_comment == "NOT OURS"
        with clerk.refused("Payment Transaction 2 is CANCELLED."):
            clerk.cancels_payment(receipt, 2, "AGAIN")
        with clerk.refused("Payment Transaction 2 is CANCELLED."):
            clerk.edits_payment(receipt, 2, amount=5)

    def test_it_needs_a_comment(self, clerk: Clerk, receipt: str) -> None:
        with clerk.refused("A CANCELLED PAYMENT NEEDS A COMMENT"):
            clerk.cancels_payment(receipt, 2, "  ")


class TestTheAuditTrail:
    """Whoever reads it later sees where the money stood before and where it stands now."""

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"account": "K4"}, "account K3 to K4"),
            ({"account": ""}, "account K3 to SUSPENSE"),
            ({"amount": Decimal("25.50")}, "account K3, amount 30.00 to 25.50"),
            ({"amount": Decimal(0)}, "account K3, amount 30.00 to 0.00"),
            ({"date": datetime.date(2012, 7, 19)}, "account K3, date 2012-07-22 to 2012-07-19"),
            ({"comment": "SEE STUB"}, 'account K3, comment none to "SEE STUB"'),
            (
                {
                    "account": "K4",
                    "amount": Decimal(29),
                    "date": datetime.date(2012, 7, 21),
                    "comment": 'a" to "' + "x" * 53,
                },
                "account K3 to K4, amount 30.00 to 29.00, date 2012-07-22 to 2012-07-21, "
                'comment none to "a\\" to \\"' + "x" * 53 + '"',
            ),
        ],
    )
    def test_names_what_an_edit_changed(
        self, clerk: Clerk, receipt: str, changes: dict[str, object], said: str
    ) -> None:
        edits(clerk, receipt, 2, **changes)
        assert audited(clerk, "payment edited") == [(f"receipt {receipt} line 2", "", said)]

    def test_names_the_payment_that_left_suspense(self, clerk: Clerk, receipt: str) -> None:
        line = clerk.adds_payment(receipt, "", 5)
        edits(clerk, receipt, line, account="442-K4", comment="FOUND")
        edits(clerk, receipt, line, comment="")
        assert [said for *_, said in audited(clerk, "payment edited")] == [
            'account SUSPENSE to K4, comment none to "FOUND"',
            'account K4, comment "FOUND" to none',
        ]

    def test_names_what_was_entered_and_what_was_cancelled(self, clerk: Clerk, receipt: str) -> None:
        does(
            clerk,
            lambda s: receipt_editing.new_payment(
                s, clerk.actor, receipt, account="K4", amount=Decimal(5), comment="AT THE DESK"
            ),
        )
        clerk.adds_payment(receipt, "", 6)
        clerk.cancels_payment(receipt, 2, "NOT OURS")
        assert audited(clerk, "payment entered") == [
            (
                f"receipt {receipt} line 3",
                "",
                'account K4, amount 5.00, date 2012-07-22, comment "AT THE DESK"',
            ),
            (
                f"receipt {receipt} line 4",
                "",
                "account SUSPENSE, amount 6.00, date 2012-07-22, comment none",
            ),
        ]
        assert audited(clerk, "payment cancelled") == [
            (
                f"receipt {receipt} line 2",
                "NOT OURS",
                "account K3, amount 30.00, date 2012-07-22, comment none",
            )
        ]

    def test_has_nothing_of_an_edit_to_what_was_there(self, clerk: Clerk, receipt: str) -> None:
        edits(clerk, receipt, 2, comment="SEE STUB")
        does(clerk, lambda s: receipt_editing.hold_receipt(s, clerk.actor, receipt))
        before = ledger.contents(clerk.store)
        same = {"account": "442-k3", "amount": Decimal(30), "date": datetime.date(2012, 7, 22)}
        edits(clerk, receipt, 2, **same, comment=" SEE STUB")
        edits(clerk, receipt, 2)
        assert ledger.differing(before, ledger.contents(clerk.store)) == {}


class TestWhoMayEdit:
    def test_not_a_processed_receipt(self, clerk: Clerk, receipt: str) -> None:
        clerk.processes(receipt)
        for act in (
            lambda: clerk.adds_payment(receipt, "", 1),
            lambda: clerk.edits_payment(receipt, 2, amount=1),
            lambda: clerk.cancels_payment(receipt, 2, "LATE"),
        ):
            with clerk.refused("Receipt has been PROCESSED to AR and FMS."):
                act()

    def test_not_a_deposits_receipt(self, clerk: Clerk, receipt: str) -> None:
        with clerk.refused("EDI 3rd Party Lockbox deposit type receipt."):
            clerk.adds_payment("E12072200", "", 1)

    def test_not_a_reviewer(self, clerk: Clerk, receipt: str) -> None:
        reviewer = colleague(clerk)
        with clerk.refused("THE KEY LOCKBOX CLERK IS MISSING"):
            reviewer.adds_payment(receipt, "", 1)

    def test_not_while_somebody_else_holds_it(self, clerk: Clerk, receipt: str, clock: FixedClock) -> None:
        other = colleague(clerk, *SecurityKey)
        does(clerk, lambda s: receipt_editing.hold_receipt(s, clerk.actor, receipt))
        with clerk.refused(
            "Another user is editing the receipt. (CLERK since 14:37, until 14:40 unless renewed)"
        ):
            other.adds_payment(receipt, "", 1)
        does(clerk, lambda s: receipt_editing.give_back_receipt(s, clerk.actor, receipt))
        other.adds_payment(receipt, "", 1)
        clock.forward(minutes=3)
        clerk.adds_payment(receipt, "", 1)

    def test_a_lease_is_given_back_only_by_its_desk(self, clerk: Clerk, receipt: str) -> None:
        other = colleague(clerk, *SecurityKey)
        does(clerk, lambda s: receipt_editing.hold_receipt(s, clerk.actor, receipt))
        does(clerk, lambda s: receipt_editing.give_back_receipt(s, other.actor, receipt))
        with clerk.store.reading() as session:
            held = {lease.reference for lease in session.scalars(select(Lease))}
        assert receipt in held

    def test_not_what_has_changed_since_it_was_seen(self, clerk: Clerk, receipt: str) -> None:
        seen = version(clerk, receipt)
        clerk.edits_payment(receipt, 2, amount=31)
        for act in (
            lambda s: receipt_editing.edit_payment(
                s, clerk.actor, receipt, 2, amount=Decimal("32.00"), seen=seen
            ),
            lambda s: receipt_editing.cancel_payment(s, clerk.actor, receipt, 2, "LATE", seen=seen),
            lambda s: receipt_editing.new_payment(
                s, clerk.actor, receipt, account="", amount=Decimal("1.00"), seen=seen
            ),
        ):
            with clerk.refused(STALE):
                does(clerk, act)

    def test_every_edit_is_a_new_version_even_within_one_tick(self, clerk: Clerk, receipt: str) -> None:
        versions = [version(clerk, receipt)]
        for act in (
            lambda: clerk.adds_payment(receipt, "", 1),
            lambda: clerk.edits_payment(receipt, 3, amount=2),
            lambda: clerk.cancels_payment(receipt, 3, "WRONG"),
        ):
            act()
            versions.append(version(clerk, receipt))
        assert versions == sorted(set(versions))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    edited=st.lists(st.tuples(st.sampled_from([1, 2]), st.integers(1, 20_000)), max_size=4),
    added=st.lists(st.integers(1, 20_000), max_size=4),
)
def test_whatever_is_edited_the_total_is_that_of_its_payments(
    clerk: Clerk, receipt: str, edited: list[tuple[int, int]], added: list[int]
) -> None:
    """Only what is typed changes the total: trail lines carry nothing, and the books stay proven."""
    shown = {line: stored(clerk, receipt, line).amount for line in (1, 2)}
    others = sum((amount for _, amount, *_ in clerk.lines(receipt)), Decimal()) - sum(shown.values())
    for line, cents in edited:
        shown[line] = Decimal(cents) / 100
        clerk.edits_payment(receipt, line, amount=shown[line])
    for cents in added:
        clerk.adds_payment(receipt, "", Decimal(cents) / 100)
    total = sum((amount for _, amount, *_ in clerk.lines(receipt)), Decimal())
    assert total == sum(shown.values()) + others + Decimal(sum(added)) / 100
    ledger.assert_clean(clerk.store)
