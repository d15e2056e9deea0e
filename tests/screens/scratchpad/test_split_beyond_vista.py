"""What Split/Edit has beyond VistA: whose bill it is, a row in one answer, no way out that loses a split unasked."""

from decimal import Decimal

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st
from sqlalchemy import select

from models.audit import AuditEvent
from models.store import Store
from models.words.scratchpad import LineKey, PaymentOrder
from screens.list_manager.glass.leaving import LeaveAll
from screens.scratchpad.one_answer import OneAnswer, amounts_of, read_one_answer
from services.errors import OtherPatient, Refused
from services.office.actor import Actor
from services.scratchpad.line_acts import distribute, split
from services.scratchpad.pad import PadLine
from services.scratchpad.splitting import Amounts, SplitRow, bounds, is_divided, left_of
from tests import given, ledger
from tests.screens.pad_site import at_pad, check_era, nets, view_of

ANOTHER = "TYPE K9 AGAIN TO GIVE IT MONEY OF THIS LINE: NO//"


def charlie(site: Store, actor: Actor) -> int:
    """Two claims of one patient, paid together on the first, and a bill of somebody else."""
    given.bills(site, actor, {"K20B119": 1500, "K20B120": "143.25"}, patient="DEMOVET,CHARLIE")
    given.bills(site, actor, {"K9": 900}, patient="DEMOVET,BRAVO")
    return check_era(site, actor, [given.Claim("K20B119", 1500, "343.99", patient="DEMOVET,CHARLIE")])


class TestOtherPatients:
    async def test_the_patient_is_echoed_and_another_ones_bill_is_asked_with_no_as_default(
        self, site: Store, actor: Actor
    ) -> None:
        era = charlie(site, actor)
        before = ledger.contents(site)
        async with at_pad(site, actor, era) as clerk:
            assert "  >>Patient is: DEMOVET,CHARLIE\n" in await clerk.types("S\nY\n\n")
            await clerk.types("100\n\n")
            clerk.glass.bells = 0
            screen = await clerk.types("K9\n")
            assert ">>Current claim balance is: 900.00\n  >>*** ANOTHER PATIENT: DEMOVET,BRAVO ***" in screen
            assert clerk.glass.bells == 1
            # All that VistA asks comes first, so that keys typed ahead are never taken for the answer.
            await clerk.types("\n\n")
            screen = await clerk.types("F\n")
            assert "CLAIM K9 IS OF ANOTHER PATIENT: DEMOVET,BRAVO\nTHE LINE IS OF DEMOVET,CHARLIE\n" in screen
            assert ANOTHER in screen
            assert "Enter K9 if so, or NO." in await clerk.types("YES\n")
            assert "Select Action:" in await clerk.types("\n")
        changed = ledger.differing(before, ledger.contents(site))
        assert changed.keys() <= {"lease", "user_preference", "scratchpad_preference"}

    async def test_the_bill_typed_again_files_it(self, site: Store, actor: Actor) -> None:
        era = charlie(site, actor)
        async with at_pad(site, actor, era) as clerk:
            await clerk.types("S\nY\n\n100\n\nK9\n\n\nF\nK9\n")
        assert nets(site, actor, era) == {"1.001": Decimal("100.00"), "1.002": Decimal("243.99")}

    async def test_leaving_with_a_yes_asks_it_too(self, site: Store, actor: Actor) -> None:
        era = charlie(site, actor)
        async with at_pad(site, actor, era) as clerk:
            assert ANOTHER in await clerk.types("S\nY\n\n100\n\nK9\n\n\nEX\nYES\n")
            # Not with that bill: the rows stand again, to be edited.
            assert "EEOB WORKLIST SPLIT LINE" in await clerk.types("\n")
            assert "L is not a valid selection." in await clerk.types("F\nL\n")
            await clerk.types("\nEX\nNO\n")
        assert nets(site, actor, era) == {"1.001": Decimal("343.99")}

    async def test_the_patient_whom_the_payer_names_is_no_other(self, site: Store, actor: Actor) -> None:
        """The payer gave a claim number with a mistake in it, and the bill of somebody else was found."""
        given.bills(site, actor, {"K1": 100}, patient="DEMOVET,ALPHA")
        given.bills(site, actor, {"K2": 100}, patient="DEMOVET,BRAVO")
        era = check_era(site, actor, [given.Claim("K1", 100, 60, patient="DEMOVET,BRAVO")])
        async with at_pad(site, actor, era) as clerk:
            assert "Patient is: DEMOVET,BRAVO" in await clerk.types("S\nY\nK2\n")
            await clerk.types("\n\nF\n")
        assert view_of(site, actor, era).pad.find(LineKey(era, 1, 1))[1].claim == "K2"

    def test_the_rule_stands_in_the_services(self, site: Store, actor: Actor) -> None:
        era = charlie(site, actor)
        rows = [SplitRow("K20B119", None, Decimal("300.00")), SplitRow("K9", None, Decimal("43.99"))]
        with pytest.raises(OtherPatient, match="CLAIM K9 IS OF ANOTHER PATIENT"), site.writing() as session:
            split(session, actor, LineKey(era, 1, 1), rows)
        with site.writing() as session:
            split(session, actor, LineKey(era, 1, 1), rows, other_patients=True)
        with site.reading() as session:
            told = session.scalars(select(AuditEvent.detail).order_by(AuditEvent.sequence.desc())).first()
        assert told == "K20B119=300.00/0.00; K9=43.99/0.00; K9 is of another patient"
        ledger.assert_clean(site)


class TestOneAnswer:
    async def test_two_rows_in_two_answers(self, site: Store, actor: Actor) -> None:
        era = charlie(site, actor)
        async with at_pad(site, actor, era) as clerk:
            screen = await clerk.types("S\nY\n=143.25\n")
            assert "  >>Payment: 143.25  Adjustment: 0.00\n" in screen
            screen = await clerk.types("K20B120=\n")
            assert "TOTALS:                             343.99" in screen
            await clerk.types("F\n")
        assert nets(site, actor, era) == {"1.001": Decimal("143.25"), "1.002": Decimal("200.74")}

    async def test_the_balance_of_a_claim_and_a_bill_by_its_place(self, site: Store, actor: Actor) -> None:
        era = charlie(site, actor)
        async with at_pad(site, actor, era) as clerk:
            assert "THE BALANCE OF K20B119 IS 1500.00" in await clerk.types("S\nY\n=B\n")
            assert ">>Payment: 143.25" in await clerk.types("#2=B\n")
            assert "HAS NO BILL #3 THAT CAN BE PAID" in await clerk.types("#3\n")
            assert "HAS NO BILL #0 THAT CAN BE PAID" in await clerk.types("#0\n")
            assert ">>Current claim balance is: 1500.00" in await clerk.types("#1\n")
            await clerk.types("\n\nF\n")
        lines = view_of(site, actor, era).pad.lines()
        assert [(line.claim, f"{line.net:.2f}") for _, line in lines] == [
            ("K20B120", "143.25"),
            ("K20B119", "200.74"),
        ]

    async def test_the_balance_is_an_answer_to_the_payment_too(self, site: Store, actor: Actor) -> None:
        era = charlie(site, actor)
        async with at_pad(site, actor, era) as clerk:
            assert "IT CAN TAKE FROM 0.00 TO 343.99" in await clerk.types("S\nY\n\n=B\n")
            await clerk.types("200.74\n\nK20B120\n=b\n\n")
            await clerk.types("F\n")
        assert nets(site, actor, era) == {"1.001": Decimal("200.74"), "1.002": Decimal("143.25")}

    async def test_what_cannot_be_is_said_and_the_claim_asked_again(self, site: Store, actor: Actor) -> None:
        era = charlie(site, actor)
        async with at_pad(site, actor, era) as clerk:
            await clerk.types("S\nY\n")
            await clerk.is_refused("=344", "PAYMENT 344.00 IS NOT BETWEEN 0.00 AND 343.99")
            await clerk.is_refused("=1/-1", "ADJUSTMENT -1.00 IS NOT BETWEEN 0.00 AND 0.00")
            await clerk.types("=1\n")
            screen = await clerk.types("=2\n")
            assert "Type the claim in front of =, like K20B120=143.25." in screen
            await clerk.types("K77=B\nY\n")
            assert "CLAIM K77 IS NOT IN YOUR AR: IT HAS NO BALANCE" in clerk.screen

    async def test_a_payment_with_its_adjustment_and_the_rest_of_both(
        self, site: Store, actor: Actor
    ) -> None:
        given.bills(site, actor, {"K1": 200, "K2": 300})
        era = check_era(site, actor, [("K1", 200, 120), given.taken_back("K1", 200, 160), ("K2", 300, 300)])
        async with at_pad(site, actor, era) as clerk:
            await clerk.types("S=1\nY\n=100/-150\n")
            assert "TOTALS:                             120.00          -160.00" in await clerk.types("K2=\n")
            # A payment alone leaves the adjustment to be asked.
            assert "ADJUSTMENT AMOUNT: -150.00//" in await clerk.types("ED\n1\n=100\n")
            await clerk.types("\nF\n")
        assert nets(site, actor, era)["1.001"] == Decimal("-50.00")
        ledger.assert_clean(site)

    def test_what_is_no_row_in_one_answer_is_a_claim_as_vista_takes_it(self) -> None:
        for claim in ("K20B120", "A=B1", "K1=1/", "K1=/5", "K1=1.005", "=X"):
            assert read_one_answer(claim) is None
        assert read_one_answer("k1 = 1,000.5 / -2") == OneAnswer("k1", "1,000.5", Decimal("-2.00"))


cents = st.integers(-90_000, 90_000).map(lambda whole: Decimal(whole).scaleb(-2))
paid = st.integers(0, 90_000).map(lambda whole: Decimal(whole).scaleb(-2))
answers = st.one_of(
    st.sampled_from(["K1=", "K1=B", "=0"]),
    st.tuples(cents, st.none() | cents).map(
        lambda typed: f"K1={typed[0]}" + ("" if typed[1] is None else f"/{typed[1]}")
    ),
)


@drawn(paid, st.just(Decimal("0.00")) | paid.map(lambda amount: -amount), st.lists(answers, max_size=5), paid)
def test_rows_in_one_answer_never_take_more_than_the_line_and_the_rest_always_balances(
    payment: Decimal, adjustments: Decimal, typed: list[str], balance: Decimal
) -> None:
    line = PadLine(LineKey(1, 1, 1), "K1", 1, payment, adjustments)
    rows: list[SplitRow] = []
    for text in [*typed, "K1="]:
        left = left_of(line, rows)
        one = read_one_answer(text)
        assert one is not None
        try:
            taken, fixed = amounts_of(one, line, left, left, "K1", balance)
        except Refused:
            continue
        if one.payment == "B":
            assert taken == balance
        rows.append(SplitRow("K1", 1, taken, left.adjustment if fixed is None else fixed))
    assert is_divided(line, rows)
    whole = Amounts(line.payment, line.adjustments)
    for row in rows:
        assert bounds(whole.payment)[0] <= row.payment <= bounds(whole.payment)[1]
        assert bounds(whole.adjustment)[0] <= row.adjustment <= bounds(whole.adjustment)[1]


class TestLeaving:
    async def test_two_carets_ask_about_an_unfiled_split_as_exit_does(
        self, site: Store, actor: Actor
    ) -> None:
        era = charlie(site, actor)
        async with at_pad(site, actor, era) as clerk:
            await clerk.types("S\nY\n=100\nK20B120=\n")
            screen = await clerk.types("^^\n")
            assert "YOU HAVE NOT FILED THESE CHANGES" in screen
            assert "DO YOU WANT TO FILE THEM BEFORE YOU EXIT?: NO//" in screen
            await clerk.types("YES\n")
            with pytest.raises(LeaveAll):
                await clerk.result()
        assert nets(site, actor, era) == {"1.001": Decimal("100.00"), "1.002": Decimal("243.99")}


async def test_the_line_stands_above_the_question_and_the_refusal_names_the_other_line(
    site: Store, actor: Actor
) -> None:
    given.bills(site, actor, {f"K{number}": 100 for number in range(1, 9)})
    claims = [(f"K{number}", 100, 100 if number < 8 else 0) for number in range(1, 9)]
    era = check_era(site, actor, claims, [("WO", "R1", 14)])
    async with at_pad(site, actor, era, PaymentOrder.ZERO_FIRST) as clerk:
        screen = await clerk.types("S=9\n")
        assert "9    (V)EEOB Seq # On ERA: 7   Net Payment Amt: 100.00\n       9.001 Claim #: K7" in screen
        assert screen.index("9.001 Claim #: K7") < screen.index("ARE YOU SURE YOU WANT TO CONTINUE?")
        await clerk.types("NO\n")
        with site.writing() as session:
            distribute(session, actor, LineKey(era, 1, 1), LineKey(era, 8, 1), Decimal("14.00"))
        await clerk.types("EX\n")
    async with at_pad(site, actor, era, PaymentOrder.ZERO_FIRST) as clerk:
        screen = await clerk.types("S=9.001\n")
        assert "14.00 OF LINE 1.001 WAS TAKEN OUT OF LINE 9.001" in screen
