"""A payer's reversal is borne by the bill that it reverses, when a clerk says so, and by no stranger (behaviour 8)."""

from decimal import Decimal

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from sqlalchemy import select

from models.bills import Bill
from models.receipts import Receipt
from models.scratchpads import Scratchpad
from models.store import Store
from models.words.keys import SecurityKey
from models.words.money import ZERO, money
from services.errors import Refused
from services.office.actor import Actor, sign_on
from services.office.site import add_user, open_site
from tests import given, ledger
from tests.clerk import Clerk
from tests.stores import FixedClock, StoreKind
from tests.tampering import places


@pytest.fixture
def paid(clerk: Clerk, site: Store, actor: Actor) -> Clerk:
    """K1 of 210 is paid 160, so that 50 is owed on it; K2 of 130 and K3 of 200 are owed whole."""
    given.bills(site, actor, {"K1": 210, "K2": 130, "K3": 200})
    post(clerk, given.matched_era(site, actor, trace="T1", claims=[("K1", 210, 160)], eft_amount=160))
    return clerk


def post(clerk: Clerk, era: int, *re_establish: str) -> str:
    """Works an ERA to its end, from its pad if there is one; gives its receipt."""
    with clerk.store.reading() as session:
        opened = session.get(Scratchpad, era) is not None
    if not opened:
        clerk.opens(era)
    receipt = clerk.creates_receipt(era)
    clerk.processes(receipt, re_establish=re_establish)
    return receipt


@pytest.fixture
def era(paid: Clerk, site: Store, actor: Actor) -> int:
    """The payer reverses K1 and pays 120 for it anew, and keeps the other 40 out of K3's 200; its pad is open.

    Line 1.001 is K1 with 120 less 160, line 2.001 is K3.
    """
    claims = [given.taken_back("K1", 210, 160), given.Claim("K1", 210, 120), given.Claim("K3", 200, 200)]
    number = given.matched_era(site, actor, trace="T2", claims=claims, eft_amount=160)
    paid.opens(number)
    return number


class TestWhenItIsDistributed:
    def test_the_reversed_bill_is_raised_and_the_other_one_paid_in_full(
        self, paid: Clerk, site: Store, era: int
    ) -> None:
        paid.distributes(era, (1, 1), (2, 1), 40, re_establish=True)
        receipt = paid.creates_receipt(era)
        with ledger.moving(site, _2110=160, _1200=-160):
            done = paid.processes(receipt)
        assert [str(change) for change in done.changes] == [
            "  EDI Lbox Worklist reversal re-established 442-K1: 40.00",
            "  EDI Lbox Worklist payment out of a reversal made to 442-K3: -40.00",
        ]
        assert paid.transactions("K1")[2:] == [("RE-ESTABLISH", money("40.00"))]
        assert paid.transactions("K3")[1:] == [
            ("PAYMENT (IN PART)", money("-40.00")),
            ("PAYMENT (IN FULL)", money("-160.00")),
        ]
        assert (paid.balance("K1"), paid.status("K3")) == (money("90.00"), "COLLECTED/CLOSED")

    def test_unless_somebody_says_so_the_other_bill_is_decreased_as_in_vista(
        self, paid: Clerk, site: Store, era: int
    ) -> None:
        paid.distributes(era, (1, 1), (2, 1), 40)
        with ledger.moving(site, _2110=160, _4150=40, _1200=-200):
            paid.processes(paid.creates_receipt(era))
        assert paid.transactions("K3")[1] == ("DECREASE ADJUSTMENT", money("-40.00"))
        assert paid.balance("K1") == money("50.00")

    def test_a_bill_that_was_closed_is_owed_again(self, clerk: Clerk, site: Store, actor: Actor) -> None:
        given.bills(site, actor, {"K1": 160, "K3": 200})
        post(clerk, given.matched_era(site, actor, trace="T1", claims=[("K1", 160, 160)], eft_amount=160))
        assert clerk.status("K1") == "COLLECTED/CLOSED"
        claims = [given.taken_back("K1", 160, 160), given.Claim("K3", 200, 200)]
        era = given.matched_era(site, actor, trace="T2", claims=claims, eft_amount=40)
        clerk.opens(era)
        clerk.distributes(era, (1, 1), (2, 1), 160, re_establish=True)
        clerk.processes(clerk.creates_receipt(era))
        assert (clerk.status("K1"), clerk.balance("K1")) == ("ACTIVE", money("160.00"))
        assert clerk.status("K3") == "COLLECTED/CLOSED"
        ledger.assert_clean(site)

    def test_it_takes_the_key_of_adjustments(self, site: Store, era: int) -> None:
        with site.writing() as session:
            add_user(session, "poster", "POSTER", (SecurityKey.CLERK,), given_by="clerk")
            poster = Clerk(site, sign_on(session, "poster"))
        with site.writing() as session:
            session.connection().exec_driver_sql("DELETE FROM lease")
        with poster.refused("The Adjust (Inc/Dec) Action is locked."):
            poster.distributes(era, (1, 1), (2, 1), 40, re_establish=True)
        poster.distributes(era, (1, 1), (2, 1), 40)

    def test_no_bill_is_raised_above_what_it_ever_owed(self, clerk: Clerk, site: Store, actor: Actor) -> None:
        given.bills(site, actor, {"K1": 210, "K3": 200})
        claims = [given.taken_back("K1", 210, 160), given.Claim("K3", 200, 200)]
        era = given.matched_era(site, actor, trace="T2", claims=claims, eft_amount=40)
        clerk.opens(era)
        with clerk.refused("NO BILL CAN BE RE-ESTABLISHED BY 160.00"):
            clerk.distributes(era, (1, 1), (2, 1), 160, re_establish=True)

    def test_nor_when_it_was_raised_by_hand_meanwhile(self, paid: Clerk, site: Store, era: int) -> None:
        paid.distributes(era, (1, 1), (2, 1), 40, re_establish=True)
        receipt = paid.creates_receipt(era)
        with site.writing() as session:
            session.connection().exec_driver_sql("UPDATE bill SET original = 60 WHERE number = 'K1'")
        with paid.refused("Could not re-establish K1 by 40.00"):
            paid.processes(receipt)

    def test_an_eft_that_comes_back_takes_all_of_it_back(
        self, paid: Clerk, site: Store, era: int, clock: FixedClock
    ) -> None:
        paid.distributes(era, (1, 1), (2, 1), 40, re_establish=True)
        paid.processes(paid.creates_receipt(era))
        with site.reading() as session:
            eft = session.scalars(select(Receipt.eft_id).where(Receipt.era_id == era)).one()
        assert eft is not None
        clock.forward(days=1)
        with ledger.moving(site, _1010=-160, _1200=160):
            paid.records_return(eft, "R02")
        assert [paid.balance(bill) for bill in ("K1", "K3")] == [money("50.00"), money("200.00")]

    def test_one_that_comes_back_names_the_receipt_that_was_paid_out_of_what_it_raised(
        self, paid: Clerk, site: Store, actor: Actor, era: int
    ) -> None:
        paid.distributes(era, (1, 1), (2, 1), 40, re_establish=True)
        receipt = paid.creates_receipt(era)
        paid.processes(receipt)
        later = given.matched_era(site, actor, trace="T7", claims=[("K1", 210, 70)], eft_amount=70)
        paid.opens(later)
        since = paid.creates_receipt(later)
        paid.processes(since)
        with site.reading() as session:
            efts = dict(session.execute(select(Receipt.number, Receipt.eft_id)).all())
            k1 = session.scalars(select(Bill.id).where(Bill.number == "K1")).one()
        eft = efts[receipt] or 0
        with paid.refused("THE BALANCE OF BILL K1 WOULD FALL BELOW ZERO") as refusal:
            paid.records_return(eft, "R02")
        assert f"RECEIPT {receipt} HAD RAISED IT BY 40.00" in str(refusal.value)
        assert f"LOWERED SINCE BY RECEIPT {since} (70.00)" in str(refusal.value)
        assert "INCREASE THE BILL BY 20.00, FIRST" in str(refusal.value)
        paid.adjusts(k1, 5)
        with paid.refused("AN ADJUSTMENT (5.00)"):
            paid.records_return(eft, "R02")
        paid.adjusts(k1, 25, increase=True)
        paid.records_return(eft, "R02")
        assert paid.balance("K1") == ZERO
        ledger.assert_clean(site)

    def test_what_goes_to_suspense_raises_nothing(self, paid: Clerk, site: Store, era: int) -> None:
        paid.distributes(era, (1, 1), (2, 1), 40, re_establish=True)
        with ledger.moving(site, _2110=160, _2120=-160):
            paid.moves_to_suspense(era, "by hand")
        assert paid.balance("K1") == money("50.00")


class TestWhenAProviderAdjustmentOffsetsIt:
    """X12 RFI 227: the reversal comes with a PLB that pays it back, a later PLB of the same reference collects it."""

    @pytest.fixture
    def offset(self, paid: Clerk, site: Store, actor: Actor) -> int:
        """K1 is reversed, a PLB gives the 160 at once, K2 is paid; the PLB's line 1.001 bears the reversal."""
        claims = [given.taken_back("K1", 210, 160), given.Claim("K2", 130, 100)]
        era = given.matched_era(
            site, actor, trace="T2", claims=claims, plbs=[("WO", "ICN1", -160)], eft_amount=100
        )
        paid.opens(era)
        paid.distributes(era, (2, 1), (1, 1), 160)
        return era

    @pytest.fixture
    def collecting(self, site: Store, actor: Actor) -> int:
        """The PLB takes the 160 while K1 is paid 120 anew and K3 200."""
        claims = [given.Claim("K1", 210, 120), given.Claim("K3", 200, 200)]
        return given.matched_era(
            site, actor, trace="T3", claims=claims, plbs=[("WO", "ICN1", 160)], eft_amount=160
        )

    def collect(self, clerk: Clerk, era: int) -> None:
        """All that the PLB takes is distributed, with nothing said of who bears it."""
        clerk.opens(era)
        clerk.distributes(era, (1, 1), (2, 1), 120)
        clerk.distributes(era, (1, 1), (3, 1), 40)

    def test_its_bill_is_raised_when_the_receipt_is_processed_and_somebody_says_so(
        self, paid: Clerk, site: Store, offset: int
    ) -> None:
        receipt = paid.creates_receipt(offset)
        assert [(one.account, one.amount) for one in paid.previews(receipt).reversals] == [
            ("442-K1", money("160.00"))
        ]
        with paid.refused(f"NO REVERSAL ON RECEIPT {receipt} CAN RE-ESTABLISH BILL K2"):
            paid.processes(receipt, re_establish=("K2",))
        with ledger.moving(site, _2110=100, _4150=-160, _1200=60):
            paid.processes(receipt, re_establish=("442-K1",))
        assert paid.balance("K1") == money("210.00")

    @pytest.mark.parametrize("said", [(), ("K1",)])
    def test_whoever_bears_it_when_it_is_collected_loses_nothing_but_the_reversed_claim(
        self, paid: Clerk, site: Store, offset: int, collecting: int, said: tuple[str, ...]
    ) -> None:
        post(paid, offset, *said)
        assert paid.balance("K1") == money("210.00" if said else "50.00")
        self.collect(paid, collecting)
        with ledger.moving(site, _2110=160, **({"_4150": 160, "_1200": -320} if said else {"_1200": -160})):
            paid.processes(paid.creates_receipt(collecting))
        assert paid.balance("K1") == money("90.00")
        assert (paid.status("K3"), paid.balance("K3")) == ("COLLECTED/CLOSED", ZERO)
        assert "DECREASE ADJUSTMENT" not in {kind for kind, _ in paid.transactions("K3")}
        assert ledger.accounts(site).get("4150", ZERO) == ZERO

    def test_it_is_collected_once(
        self, paid: Clerk, site: Store, actor: Actor, offset: int, collecting: int
    ) -> None:
        post(paid, offset)
        self.collect(paid, collecting)
        paid.processes(paid.creates_receipt(collecting))
        again = given.matched_era(
            site, actor, trace="T4", claims=[("K2", 130, 30)], plbs=[("WO", "ICN1", 20)], eft_amount=10
        )
        paid.opens(again)
        with paid.refused("NO BILL CAN BE RE-ESTABLISHED BY 20.00"):
            paid.distributes(again, (1, 1), (2, 1), 20, re_establish=True)
        paid.distributes(again, (1, 1), (2, 1), 20)
        paid.processes(paid.creates_receipt(again))
        assert paid.transactions("K2")[-2] == ("DECREASE ADJUSTMENT", money("-20.00"))

    @pytest.mark.parametrize(
        ("reference", "payer"), [("ICN2", given.BLUE_RIVER), ("ICN1", "COPPER CANYON HMO")]
    )
    def test_another_reference_or_payer_collects_nothing(
        self, paid: Clerk, site: Store, actor: Actor, offset: int, reference: str, payer: str
    ) -> None:
        post(paid, offset)
        other = given.era(
            site,
            actor,
            trace="T5",
            claims=[("K3", 200, 200)],
            plbs=[("WO", reference, 40)],
            payer=payer,
            method="CHK",
        )
        paid.opens(other, check="417")
        paid.distributes(other, (1, 1), (2, 1), 40)
        paid.processes(paid.creates_receipt(other))
        assert paid.transactions("K3")[1] == ("DECREASE ADJUSTMENT", money("-40.00"))

    def test_what_is_written_off_on_purpose_raises_nothing(
        self, paid: Clerk, site: Store, offset: int, collecting: int
    ) -> None:
        post(paid, offset)
        paid.opens(collecting)
        paid.distributes(collecting, (1, 1), (3, 1), 160, re_establish=False)
        receipt = paid.creates_receipt(collecting)
        assert [str(change) for change in paid.previews(receipt).changes] == [
            "  EDI Lbox Worklist automatic dec adjustment made to 442-K3: -160.00"
        ]
        with paid.refused("Pending Payments $ 120.00 exceed billed amount $ 50.00"):
            paid.processes(receipt)


@settings(max_examples=15)
@drawn(
    st.lists(st.integers(1, 100), min_size=1, max_size=3),
    st.lists(st.integers(0, 100), min_size=3, max_size=3),
    st.integers(0, 3),
)
def test_every_bill_owes_what_its_payer_has_not_paid_on_it(
    stores: StoreKind, first: list[int], anew: list[int], extra: int
) -> None:
    """Some bills are paid, then reversed and paid anew, and the difference kept out of a stranger's payment.

    Whatever the amounts: each bill owes its charge less what the payer paid and did not reverse on that bill.
    """
    with stores.fresh(FixedClock()) as store:
        with store.writing() as session:
            actor = open_site(session, "clerk", station="442", name="DEMO", auto_audit=True)
        clerk = Clerk(store, actor)
        paid = {f"K{number}": Decimal(amount) for number, amount in enumerate(first, start=1)}
        given.bills(store, actor, {**dict.fromkeys(paid, 100), "S": 500})
        claims = [given.Claim(bill, 100, amount) for bill, amount in paid.items()]
        post(clerk, given.matched_era(store, actor, trace="T1", claims=claims, eft_amount=sum(paid.values())))
        corrected = {bill: Decimal(amount) for bill, amount in zip(paid, anew, strict=False)}
        loss = sum((max(paid[bill] - corrected[bill], ZERO) for bill in paid), ZERO)
        stranger = loss + extra
        claims = [given.taken_back(bill, 100, amount) for bill, amount in paid.items()]
        claims += [given.Claim(bill, 100, amount) for bill, amount in corrected.items()]
        claims.append(given.Claim("S", 500, stranger))
        total = sum(corrected.values()) - sum(paid.values()) + stranger
        era = given.era(store, actor, trace="T2", claims=claims)
        if total:
            given.eft(store, actor, trace="T2", amount=total)
            given.night(store)
        pad = clerk.opens(era, match_0=not total)
        target = next(line.at for _, line in pad.lines() if line.claim == "S")
        for _, line in pad.lines():
            if line.net < 0:
                clerk.distributes(era, line.at[1:], target[1:], -line.net, re_establish=True)
        try:
            post(clerk, era)
        except Refused as refusal:
            # What a bill is paid anew beyond what it owes is refused as ever.
            assert "exceed billed amount" in str(refusal)
            return
        ledger.assert_clean(store)
        for bill in paid:
            assert clerk.balance(bill) == 100 - corrected[bill]
        assert clerk.balance("S") == 500 - stranger
        assert ledger.accounts(store).get("4150", ZERO) == ZERO


@pytest.fixture
def borne(paid: Clerk, site: Store, era: int) -> int:
    """The reversal of 40 was raised on K1 and paid to K3 by a processed receipt."""
    paid.distributes(era, (1, 1), (2, 1), 40, re_establish=True)
    paid.processes(paid.creates_receipt(era))
    ledger.assert_clean(site)
    return era


ON_K2 = "(SELECT id FROM bill WHERE number = 'K2')"


@pytest.mark.parametrize(
    "changes",
    [
        # The whole raise moved to a stranger's bill, with balance, transaction and books.
        (
            f"UPDATE bill_transaction SET bill_id = {ON_K2} WHERE type = 'RE-ESTABLISH'",
            f"UPDATE journal_line SET bill_id = {ON_K2} WHERE account = '1200' AND debit > 0 AND entry_id IN "
            "(SELECT id FROM journal_entry WHERE act = 'reversed payment re-established')",
            "UPDATE bill SET balance = balance - 4000 WHERE number = 'K1'",
            "UPDATE bill SET balance = balance + 4000 WHERE number = 'K2'",
        ),
        (f"UPDATE line_adjustment SET reversed_bill_id = {ON_K2} WHERE action = 'MOVE'",),
        ("UPDATE line_adjustment SET action = 'PAY' WHERE action = 'MOVE'",),
        ("UPDATE line_adjustment SET action = 'DECREASE', reversed_bill_id = NULL WHERE action = 'MOVE'",),
        ("UPDATE line_adjustment SET completed = NOT completed WHERE action = 'MOVE'",),
        ("UPDATE line_adjustment SET reversed_bill_id = NULL WHERE action = 'MOVE'",),
    ],
)
def test_a_reversal_that_was_not_borne_as_it_was_said_is_named(
    site: Store, borne: int, changes: tuple[str, ...]
) -> None:
    assert ("pad-decrease", f"ERA {borne} line 2.001") in places(site, *changes)


def test_the_bill_of_a_reversal_cannot_be_changed_before_it_is_processed(
    paid: Clerk, site: Store, era: int
) -> None:
    paid.distributes(era, (1, 1), (2, 1), 40, re_establish=True)
    change = f"UPDATE line_adjustment SET reversed_bill_id = {ON_K2} WHERE action = 'MOVE'"
    assert places(site, change) == {("pad-decrease", f"ERA {era} line 2.001")}


def test_what_a_receipt_that_was_taken_back_had_done_is_taken_back_on_the_same_bills(
    paid: Clerk, site: Store, borne: int
) -> None:
    with site.reading() as session:
        eft = session.scalars(select(Receipt.eft_id).where(Receipt.era_id == borne)).one()
    paid.records_return(eft or 0, "R02")
    ledger.assert_clean(site)
    moved = f"UPDATE bill_transaction SET bill_id = {ON_K2} WHERE type = 'RE-ESTABLISH'"
    assert {("receipt-taken-back", "bill K1"), ("receipt-taken-back", "bill K2")} <= places(site, moved)
