"""The worked examples of the behaviour file, section 7, on the pure arithmetic."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from models.words.money import money
from models.words.scratchpad import BackgroundAction, Cause, LineKey
from services.errors import Refused
from services.receipts.creating import refuse_negative, unapplied_number
from services.receipts.numbers import following
from services.scratchpad.distribution import at_most, distribute, refuse_impossible
from services.scratchpad.pad import Pad, RemittanceAdjustment, build
from services.scratchpad.pairing import RemittancePayment
from services.scratchpad.splitting import SplitRow, differences, split
from services.scratchpad.verification import Told, is_verified

WAYS_OUT = [
    (True, "THIS ERA MUST BE MOVED TO SUSPENSE"),
    (False, "THIS ERA'S RECEIPT MUST BE ENTERED MANUALLY"),
]

K1, K2, K3 = 1, 2, 3


def at(entry: int, line: int) -> LineKey:
    """A line of the one pad of an example, by its stored numbers."""
    return LineKey(1, entry, line)


def paid(sequence: int, claim: str, bill: int | None, amount: str) -> RemittancePayment:
    """A payment of a claim."""
    return RemittancePayment(sequence, claim, bill, money(amount), False, False)


def reversed_(sequence: int, claim: str, bill: int | None, amount: str) -> RemittancePayment:
    """A reversal of a claim."""
    return RemittancePayment(sequence, claim, bill, money(amount), True, False)


def shown(pad: Pad) -> list[tuple[str, str, str, str, str]]:
    """Each line: number, claim, payment, adjustments, net."""
    return [
        (line.label, line.claim, str(line.payment), str(line.adjustments), str(line.net))
        for _, line in pad.lines()
    ]


class TestDistribution:
    """7.2: K1 paid 100, K2 taken back 40, in all 60."""

    @pytest.fixture
    def pad(self) -> Pad:
        return build(1, money("60"), None, [paid(1, "K1", K1, "100"), reversed_(2, "K2", K2, "-40")], [])

    def test_a_take_back_without_payment_stands_alone(self, pad: Pad) -> None:
        assert shown(pad) == [
            ("1.001", "K1", "100.00", "0.00", "100.00"),
            ("2.001", "K2", "0.00", "-40.00", "-40.00"),
        ]
        _, line = pad.find(at(2, 1))
        (logged,) = line.log
        assert (logged.cause, logged.offset_needed, logged.completed, logged.pending_decrease) == (
            Cause.RETRACTION_CLAIM,
            True,
            True,
            False,
        )
        with pytest.raises(Refused, match="AT LEAST ONE LINE ITEM WAS FOUND WITH A NEGATIVE PAYMENT AMOUNT"):
            refuse_negative(pad)

    def test_its_whole_amount_goes_to_the_payment(self, pad: Pad) -> None:
        done = distribute(pad, at(2, 1), at(1, 1), money("40"))
        assert shown(done) == [
            ("1.001", "K1", "100.00", "-40.00", "60.00"),
            ("2.001", "K2", "0.00", "0.00", "0.00"),
        ]
        assert done.net == pad.net == money("60")
        refuse_negative(done)
        _, target = done.find(at(1, 1))
        (taken,) = target.log
        assert (taken.cause, taken.amount, taken.action, taken.completed) == (
            Cause.TAKEN_FOR_OTHER,
            money("-40"),
            BackgroundAction.DECREASE,
            False,
        )
        assert (taken.reference, taken.comment) == ("K2", "RETRACTED FOR CLAIM K2")
        _, source = done.find(at(2, 1))
        given = source.log[-1]
        assert (given.cause, given.amount, given.action) == (
            Cause.GIVEN_TO_OTHER,
            money("40"),
            BackgroundAction.NONE,
        )
        assert (given.reference, given.comment) == (
            "K1",
            "RETRACTED FUNDS DEDUCTED FROM OTHER PAYMENT ON THIS ERA",
        )

    def test_part_of_it_leaves_the_rest_to_be_distributed(self, pad: Pad) -> None:
        done = distribute(pad, at(2, 1), at(1, 1), money("15.50"))
        assert [net for *_, net in shown(done)] == ["84.50", "-24.50"]
        with pytest.raises(Refused):
            refuse_negative(done)

    @pytest.mark.parametrize("amount", ["50", "40.01", "0", "-1"])
    def test_more_than_both_lines_bear_is_refused(self, pad: Pad, amount: str) -> None:
        assert at_most(pad.find(at(2, 1))[1], pad.find(at(1, 1))[1]) == money("40")
        with pytest.raises(Refused, match=r"BETWEEN \.01 AND 40\.00"):
            distribute(pad, at(2, 1), at(1, 1), money(amount))

    @pytest.mark.parametrize(
        ("source", "target", "words"),
        [
            ((1, 1), (2, 1), "THIS LINE DOESN'T NEED AN ADJUSTMENT DISTRIBUTION"),
            ((2, 1), (2, 1), "THIS LINE CANNOT BE USED FOR AN ADJUSTMENT DISTRIBUTION"),
            ((2, 1), (3, 1), "THERE IS NO LINE 3.001"),
        ],
    )
    def test_a_wrong_line_is_refused(
        self, pad: Pad, source: tuple[int, int], target: tuple[int, int], words: str
    ) -> None:
        with pytest.raises(Refused, match=words):
            distribute(pad, at(*source), at(*target), money("10"))

    def test_nothing_to_distribute(self) -> None:
        with pytest.raises(Refused, match="NO LINES EXIST NEEDING ADJUSTMENT DISTRIBUTION"):
            refuse_impossible(build(1, money("9"), None, [paid(1, "K1", K1, "9")], []), has_eft=True)

    @pytest.mark.parametrize(("has_eft", "way_out"), WAYS_OUT)
    def test_no_line_that_could_take_it(self, has_eft: bool, way_out: str) -> None:
        pad = build(1, money("60"), None, [paid(1, "X9", None, "100"), reversed_(2, "K2", K2, "-40")], [])
        with pytest.raises(Refused, match=f"NO VALID LINES EXIST ON THIS ERA.*\n{way_out}"):
            refuse_impossible(pad, has_eft=has_eft)

    @pytest.mark.parametrize(("has_eft", "way_out"), WAYS_OUT)
    def test_not_enough_payments(self, has_eft: bool, way_out: str) -> None:
        pad = build(1, money("-10"), None, [paid(1, "K1", K1, "30"), reversed_(2, "K2", K2, "-40")], [])
        with pytest.raises(Refused, match=f"DOES NOT HAVE ENOUGH VALID PAYMENTS TO .*\n{way_out}"):
            refuse_impossible(pad, has_eft=has_eft)

    def test_equal_payments_are_all_counted(self) -> None:
        pad = build(
            1,
            money("0"),
            None,
            [paid(1, "K1", K1, "20"), paid(2, "K3", K3, "20"), reversed_(3, "K2", K2, "-40")],
            [],
        )
        refuse_impossible(pad, has_eft=True)


class TestEraLevel:
    """7.3: a PLB, and an EFT of another total."""

    PAYMENTS = (paid(1, "K1", K1, "80"), paid(2, "K2", K2, "20"))
    PLB = RemittanceAdjustment(1, "REF9", money("-15"))

    def test_a_plb_comes_first_and_must_be_distributed(self) -> None:
        pad = build(1, money("85"), None, self.PAYMENTS, [self.PLB])
        assert [(entry.sequences, entry.net) for entry in pad.entries] == [
            (("ADJ1",), money("-15")),
            (("1",), money("80")),
            (("2",), money("20")),
        ]
        assert pad.find(at(1, 1))[1].log[0].cause is Cause.RETRACTION_ERA
        done = distribute(pad, at(1, 1), at(2, 1), money("15"))
        assert [line.to_post for _, line in done.lines()] == [money("0"), money("65"), money("20")]
        assert done.find(at(2, 1))[1].log[0].comment == "RETRACTED FOR ERA ADJ #1 Ref: REF9"

    def test_an_eft_of_more_makes_a_line_for_suspense(self) -> None:
        pad = build(1, money("85"), money("90"), self.PAYMENTS, [self.PLB])
        first = pad.entries[0]
        assert (first.sequences, first.net, first.lines[0].log[0].cause) == (
            ("TOTALS MISMATCH",),
            money("5"),
            Cause.EFT_OVER,
        )
        done = distribute(pad, at(2, 1), at(3, 1), money("15"))
        assert sum(line.to_post for _, line in done.lines()) == done.total == money("90")

    def test_an_eft_of_less_makes_a_line_to_distribute(self) -> None:
        pad = build(1, money("85"), money("80"), self.PAYMENTS, [self.PLB])
        assert (pad.entries[0].net, pad.entries[0].lines[0].log[0].cause) == (money("-5"), Cause.EFT_SHORT)
        done = distribute(pad, at(1, 1), at(4, 1), money("5"))
        done = distribute(done, at(2, 1), at(3, 1), money("15"))
        assert [line.to_post for _, line in done.lines()] == [
            money("0"),
            money("0"),
            money("65"),
            money("15"),
        ]
        assert done.total == money("80")
        assert done.find(at(4, 1))[1].log[0].other_cause is Cause.EFT_SHORT

    def test_an_era_level_line_takes_a_distribution_without_decrease(self) -> None:
        over = RemittanceAdjustment(1, "L6", money("9"))
        pad = build(1, money("5"), None, [reversed_(1, "K1", K1, "-4")], [over])
        done = distribute(pad, at(2, 1), at(1, 1), money("4"))
        assert done.find(at(1, 1))[1].net == money("5")
        assert done.find(at(1, 1))[1].log[-1].action is BackgroundAction.NONE


class TestCombinedReversal:
    """7.4: a take-back and a new payment of one claim are one entry."""

    def test_the_entry_shows_the_net(self) -> None:
        pad = build(1, money("20"), None, [reversed_(1, "K3", K3, "-30"), paid(2, "K3", K3, "50")], [])
        (entry,) = pad.entries
        assert entry.sequences == ("2", "1")
        assert shown(pad) == [("1.001", "K3", "50.00", "-30.00", "20.00")]
        assert entry.lines[0].to_post == money("20")
        assert entry.lines[0].log[0].offset_needed
        refuse_negative(pad)

    def test_two_payments_of_one_claim_are_two_entries(self) -> None:
        pad = build(1, money("30"), None, [paid(1, "K3", K3, "10"), paid(2, "K3", K3, "20")], [])
        assert [entry.sequences for entry in pad.entries] == [("1",), ("2",)]


class TestSplit:
    """7.5: 100 of K1 into 60 for K1 and 40 for K9, which is not in AR."""

    @pytest.fixture
    def pad(self) -> Pad:
        return build(1, money("100"), None, [paid(1, "K1", K1, "100")], [])

    def test_the_rows_become_the_lines(self, pad: Pad) -> None:
        done = split(
            pad,
            at(1, 1),
            [SplitRow("K1", K1, money("60")), SplitRow("K9", None, money("40"), comment="belongs elsewhere")],
        )
        assert shown(done) == [
            ("1.001", "K1", "60.00", "0.00", "60.00"),
            ("1.002", "K9", "40.00", "0.00", "40.00"),
        ]
        assert done.find(at(1, 2))[1].bill_id is None
        assert done.find(at(1, 2))[1].comment == "belongs elsewhere"
        assert done.net == money("100")

    def test_a_later_split_goes_on_counting(self, pad: Pad) -> None:
        halves = [SplitRow("K1", K1, money("60")), SplitRow("K2", K2, money("40"))]
        done = split(pad, at(1, 1), halves)
        done = split(done, at(1, 1), [SplitRow("K1", K1, money("59")), SplitRow("K3", K3, money("1"))])
        assert [(label, claim) for label, claim, *_ in shown(done)] == [
            ("1.001", "K1"),
            ("1.002", "K2"),
            ("1.003", "K3"),
        ]

    def test_a_cent_short_is_refused_with_both_amounts(self, pad: Pad) -> None:
        rows = [SplitRow("K1", K1, money("60")), SplitRow("K9", None, money("39.99"))]
        words = differences(pad.find(at(1, 1))[1], rows)
        assert words.startswith("TOTAL PAYMENTS DO NOT MATCH THE ORIGINAL AMOUNT(s)")
        assert "100.00" in words and "99.99" in words
        with pytest.raises(Refused, match="TOTAL PAYMENTS DO NOT MATCH"):
            split(pad, at(1, 1), rows)

    def test_a_row_beyond_the_line_is_refused(self, pad: Pad) -> None:
        rows = [SplitRow("K1", K1, money("120")), SplitRow("K9", None, money("-20"))]
        with pytest.raises(Refused, match=r"PAYMENT 120.00 IS NOT BETWEEN 0.00 AND 100.00"):
            split(pad, at(1, 1), rows)

    def test_a_row_without_claim_is_refused(self, pad: Pad) -> None:
        with pytest.raises(Refused, match="EACH LINE OF A SPLIT NEEDS A CLAIM #"):
            split(pad, at(1, 1), [SplitRow("", None, money("100"))])

    def test_an_adjustment_is_split_with_its_log(self) -> None:
        pad = build(1, money("20"), None, [paid(1, "K3", K3, "50"), reversed_(2, "K3", K3, "-30")], [])
        done = split(
            pad,
            at(1, 1),
            [SplitRow("K3", K3, money("50"), money("-10")), SplitRow("K1", K1, money("0"), money("-20"))],
        )
        assert [net for *_, net in shown(done)] == ["40.00", "-20.00"]
        (told,) = pad.find(at(1, 1))[1].log
        assert done.find(at(1, 1))[1].log == (replace(told, amount=money("-10")),)
        assert done.find(at(1, 2))[1].log == (replace(told, amount=money("-20")),)

    def test_a_row_without_adjustment_has_nothing_in_its_log(self) -> None:
        pad = build(1, money("20"), None, [paid(1, "K3", K3, "50"), reversed_(2, "K3", K3, "-30")], [])
        rows = [
            SplitRow("K1", K1, money("15")),
            SplitRow("K3", K3, money("35"), money("-30")),
            SplitRow("K9", None, money("0")),
        ]
        done = split(pad, at(1, 1), rows)
        logs = [done.find(at(1, line))[1].log for line in (1, 2, 3)]
        assert logs == [(), pad.find(at(1, 1))[1].log, ()]

    def test_a_take_back_of_nothing_stays_in_the_log_of_the_first_row(self) -> None:
        pad = build(1, money("50"), None, [paid(1, "K3", K3, "50"), reversed_(2, "K3", K3, "0")], [])
        done = split(pad, at(1, 1), [SplitRow("K3", K3, money("20")), SplitRow("K1", K1, money("30"))])
        assert [len(done.find(at(1, line))[1].log) for line in (1, 2)] == [1, 0]

    def test_a_line_that_was_distributed_cannot_be_split(self) -> None:
        pad = build(1, money("60"), None, [paid(1, "K1", K1, "100"), reversed_(2, "K2", K2, "-40")], [])
        done = distribute(pad, at(2, 1), at(1, 1), money("10"))
        for entry, line, claim in ((1, "1.001", "K1"), (2, "2.001", "K2")):
            with pytest.raises(Refused, match=f"LINE {line} HAS BEEN USED IN A DISTRIBUTE ADJ ACTION"):
                split(done, at(entry, 1), [SplitRow(claim, K1, money("1"))])

    def test_an_era_level_line_cannot_be_split(self) -> None:
        pad = build(1, money("5"), None, [], [RemittanceAdjustment(1, "", money("5"))])
        with pytest.raises(Refused, match="ERA LEVEL ADJUSTMENT"):
            split(pad, at(1, 1), [SplitRow("K1", K1, money("0"), money("5"))])

    def test_suspense_money_is_numbered_by_receipt_and_line(self) -> None:
        assert unapplied_number("E12072200", 2) == "E120722000002"
        assert unapplied_number("E120722000", 12) == "1207220000012"


class TestReceiptNumbers:
    """7.6: 00 … 09, 0A … ZZ, then three characters."""

    @pytest.mark.parametrize(
        ("last", "then"),
        [
            ("", "00"),
            ("00", "01"),
            ("09", "0A"),
            ("0Z", "10"),
            ("ZY", "ZZ"),
            ("ZZ", "000"),
            ("009", "00A"),
            ("ZZY", "ZZZ"),
        ],
    )
    def test_the_count_goes_on(self, last: str, then: str) -> None:
        assert following(last) == then

    def test_a_day_has_47952_numbers_and_none_twice(self) -> None:
        seen = [""]
        with pytest.raises(Refused, match="NO RECEIPT NUMBERS LEFT"):
            while True:
                seen.append(following(seen[-1]))
        assert len(seen) - 1 == len(set(seen[1:])) == 36**2 + 36**3
        assert seen[1 : 36**2 + 1] == sorted(seen[1 : 36**2 + 1])
        assert seen[36**2 + 1 :] == sorted(seen[36**2 + 1 :])


class TestVerify:
    """7.7: SMITHSON,JOHN, billed 500 for 1 to 5 March."""

    BILL = Told("SMITHSON,JOHN", Decimal("500.00"), datetime.date(2012, 3, 1), datetime.date(2012, 3, 5))
    EEOB = replace(BILL, patient="SMITHSEN,JACK")

    def test_five_letters_of_the_name_are_enough(self) -> None:
        assert is_verified(self.BILL, self.EEOB)
        assert not is_verified(self.BILL, replace(self.EEOB, patient="Smithson,John"))
        assert not is_verified(self.BILL, replace(self.EEOB, patient="SMYTHSON,JOHN"))
        assert not is_verified(self.BILL, replace(self.EEOB, patient=""))

    def test_the_charge_must_be_the_same(self) -> None:
        assert not is_verified(self.BILL, replace(self.EEOB, amount=Decimal("499.99")))

    @pytest.mark.parametrize(
        ("start", "end", "fits"),
        [
            ((3, 1), (3, 1), True),
            ((3, 3), (3, 9), True),
            ((3, 5), (3, 9), True),
            ((3, 6), (3, 9), False),
            ((2, 28), (3, 2), True),
            ((2, 28), (3, 1), True),
            ((2, 28), (2, 28), False),
            ((2, 28), None, False),
            (None, None, True),
            (None, (2, 28), True),
        ],
    )
    def test_the_dates_must_overlap(
        self, start: tuple[int, int] | None, end: tuple[int, int] | None, fits: bool
    ) -> None:
        eeob = replace(
            self.EEOB,
            service_from=None if start is None else datetime.date(2012, *start),
            service_to=None if end is None else datetime.date(2012, *end),
        )
        assert is_verified(self.BILL, eeob) is fits
