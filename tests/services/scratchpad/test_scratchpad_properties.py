"""Whatever a remittance holds and whatever a clerk splits and distributes, not a cent is lost or made."""

import datetime
from collections import Counter
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from models.words.money import ZERO
from models.words.scratchpad import BackgroundAction, Cause, EntryKind, PaymentOrder
from services.errors import Refused
from services.receipts.creating import refuse_negative
from services.scratchpad.distribution import at_most, distribute, needing, refuse_impossible, targets
from services.scratchpad.pad import (
    Entry,
    Pad,
    PadLine,
    RemittanceAdjustment,
    build,
    in_order,
)
from services.scratchpad.pairing import RemittancePayment
from services.scratchpad.splitting import Amounts, SplitRow, differences, is_divided, left_of, split, totals
from services.scratchpad.verification import Told, same_dates
from services.scratchpad.verification import differences as sides_differ_in
from services.scratchpad.verifying import Comparison

CLAIMS = ("K1", "K2", "K3", "K4", "K5", "X9", "", "0;", "0;1", "0;2")
BILLS = {f"K{number}": number for number in range(1, 6)}

amounts = st.integers(-50_000, 50_000).map(lambda cents: Decimal(cents).scaleb(-2))
owed = st.integers(0, 50_000).map(lambda cents: Decimal(cents).scaleb(-2))


@st.composite
def payments(draw: st.DrawFn) -> list[RemittancePayment]:
    """EEOBs in the order of the ERA: payments, denials, reversals, repeated claims, claims that are not ours."""
    drawn: list[RemittancePayment] = []
    for sequence in range(1, draw(st.integers(0, 8)) + 1):
        claim = draw(st.sampled_from(CLAIMS))
        reversal = draw(st.booleans())
        # A reversal nearly always takes money back, and hardly anything else does.
        paid = draw(st.one_of(owed.map(lambda amount: -amount), amounts) if reversal else owed)
        drawn.append(
            RemittancePayment(sequence, claim, BILLS.get(claim), paid, reversal, draw(st.booleans()))
        )
    return drawn


@st.composite
def remittances(draw: st.DrawFn) -> tuple[Pad, list[RemittancePayment], list[RemittanceAdjustment]]:
    """The scratch pad of a balanced ERA, matched to an EFT of any total or to none."""
    paid = draw(payments())
    plbs = [
        RemittanceAdjustment(number, draw(st.sampled_from(("", "REF9"))), amount)
        for number, amount in enumerate(draw(st.lists(amounts, max_size=3)), start=1)
    ]
    total = sum((each.paid for each in paid), ZERO) + sum((each.amount for each in plbs), ZERO)
    eft_total = draw(st.one_of(st.none(), st.just(total), amounts))
    return build(7, total, eft_total, paid, plbs), paid, plbs


@given(remittances())
def test_a_pad_comes_to_its_total_and_holds_every_eeob_once(
    laid_out: tuple[Pad, list[RemittancePayment], list[RemittanceAdjustment]],
) -> None:
    pad, paid, plbs = laid_out
    assert pad.net == pad.total
    assert [entry.number for entry in pad.entries] == list(range(1, len(pad.entries) + 1))
    claims = [entry for entry in pad.entries if not entry.era_level]
    assert Counter(sequence for entry in claims for sequence in entry.sequences) == Counter(
        str(each.sequence) for each in paid
    )
    levels = [entry for entry in pad.entries if entry.kind is EntryKind.ERA_ADJUSTMENT]
    assert [(entry.adjustment_number, entry.net) for entry in levels] == [
        (plb.number, plb.amount) for plb in plbs
    ]
    assert [entry.era_level for entry in pad.entries] == sorted(
        (entry.era_level for entry in pad.entries), reverse=True
    )
    for entry in claims:
        parts = [each for each in paid if str(each.sequence) in entry.sequences]
        assert {each.claim for each in parts} == {entry.claim}
        assert entry.claim or len(parts) == 1
        assert entry.net == sum((each.paid for each in parts), ZERO)
        assert len({each.reversal for each in parts}) == len(parts)


def test_a_claim_of_any_number_is_not_taken_for_one_without_a_number() -> None:
    """CLP01 of the first is empty; the other is a take-back of a claim that the payer calls 0;1."""
    paid = RemittancePayment(1, "", None, Decimal("50.00"), False, False)
    back = RemittancePayment(2, "0;1", None, Decimal("-20.00"), True, False)
    pad = build(7, Decimal("30.00"), None, [paid, back], [])
    assert [(entry.claim, entry.sequences, entry.net) for entry in pad.entries] == [
        ("", ("1",), Decimal("50.00")),
        ("0;1", ("2",), Decimal("-20.00")),
    ]


@given(remittances(), st.sampled_from(PaymentOrder))
def test_every_order_of_payments_shows_the_same_entries(
    laid_out: tuple[Pad, list[RemittancePayment], list[RemittanceAdjustment]], order: PaymentOrder
) -> None:
    pad, _, _ = laid_out
    ordered = in_order(pad, order)
    assert sorted(entry.number for entry in ordered) == [entry.number for entry in pad.entries]
    zero = [entry.net == 0 for entry in ordered if not entry.era_level]
    if order is not PaymentOrder.NONE:
        assert zero == sorted(zero, reverse=order is PaymentOrder.ZERO_FIRST)


@given(remittances(), st.lists(st.tuples(amounts, amounts), max_size=4))
def test_what_rows_take_and_what_they_leave_is_the_whole_line(
    laid_out: tuple[Pad, list[RemittancePayment], list[RemittanceAdjustment]],
    taken: list[tuple[Decimal, Decimal]],
) -> None:
    rows = [SplitRow("K1", 1, payment, adjustment) for payment, adjustment in taken]
    for _, line in laid_out[0].lines():
        left = left_of(line, rows)
        last = SplitRow("K2", 2, left.payment, left.adjustment)
        assert totals([*rows, last]) == Amounts(line.payment, line.adjustments)
        assert totals([*rows, last]).net == line.net
        assert is_divided(line, [*rows, last]) and differences(line, [*rows, last]) == ""
        assert is_divided(line, rows) == (differences(line, rows) == "")


@given(remittances(), st.data())
def test_no_splitting_and_distributing_loses_or_makes_a_cent(
    laid_out: tuple[Pad, list[RemittancePayment], list[RemittanceAdjustment]], data: st.DataObject
) -> None:
    pad, _, _ = laid_out
    assume(pad.entries)
    for _ in range(data.draw(st.integers(1, 6))):
        before = pad
        act = data.draw(st.sampled_from((_any_split, _any_distribution)))
        pad = act(data, pad)
        assert pad.net == before.net == pad.total
        for _, line in pad.lines():
            assert sum((logged.amount for logged in line.log), ZERO) == line.adjustments
        assert [(entry.number, entry.sequences) for entry in pad.entries] == [
            (entry.number, entry.sequences) for entry in before.entries
        ]


def _any_line(data: st.DataObject, pad: Pad) -> tuple[Entry, PadLine]:
    return data.draw(st.sampled_from(list(pad.lines())))


def _any_split(data: st.DataObject, pad: Pad) -> Pad:
    """A split that a clerk might type, right or wrong; checks what it did."""
    entry, line = _any_line(data, pad)
    rows = [
        SplitRow(claim, BILLS.get(claim), _part(data, line.payment), _part(data, line.adjustments))
        for claim in data.draw(st.lists(st.sampled_from(CLAIMS), max_size=2))
    ]
    rest_payment = line.payment - sum((row.payment for row in rows), ZERO)
    rest_adjustment = line.adjustments - sum((row.adjustment for row in rows), ZERO)
    if data.draw(st.integers(0, 9)):
        rows.insert(0, SplitRow(line.claim, line.bill_id, rest_payment, rest_adjustment))
    try:
        changed = split(pad, line.at, rows)
    except Refused:
        return pad
    old, new = pad.entries[entry.number - 1], changed.entries[entry.number - 1]
    assert sum((each.payment for each in new.lines), ZERO) == sum((each.payment for each in old.lines), ZERO)
    assert sum((each.adjustments for each in new.lines), ZERO) == sum(
        (each.adjustments for each in old.lines), ZERO
    )
    assert len(new.lines) == len(old.lines) + len(rows) - 1
    assert len({each.number for each in new.lines}) == len(new.lines)
    assert not line.distributed and not entry.era_level
    for other in changed.entries:
        if other.number != entry.number:
            assert other == pad.entries[other.number - 1]
    return changed


def _part(data: st.DataObject, amount: Decimal) -> Decimal:
    """A part of an amount, now and then one that is too much."""
    cents = int(amount * 100)
    return Decimal(data.draw(st.integers(min(cents, 0) - 1, max(cents, 0) + 1))).scaleb(-2)


def _any_distribution(data: st.DataObject, pad: Pad) -> Pad:
    """A distribution that a clerk might type, right or wrong; checks what it did."""
    sources = needing(pad) or list(pad.lines())
    possible = targets(pad) or list(pad.lines())
    _, source = data.draw(st.sampled_from([*sources, _any_line(data, pad)]))
    target_entry, target = data.draw(st.sampled_from([*possible, _any_line(data, pad)]))
    most = int(abs(at_most(source, target)) * 100)
    amount = Decimal(data.draw(st.one_of(st.integers(0, most), st.just(most + 1)))).scaleb(-2)
    try:
        changed = distribute(pad, source.at, target.at, amount)
    except Refused:
        return pad
    assert amount > 0
    _, gave = changed.find(source.at)
    _, took = changed.find(target.at)
    assert source.net < gave.net <= 0
    assert 0 <= took.net < target.net
    assert gave.net - source.net == target.net - took.net == amount
    assert (gave.payment, took.payment) == (source.payment, target.payment)
    pending = sum((-each.amount for each in took.log if each.pending_decrease), ZERO)
    before = sum((-each.amount for each in target.log if each.pending_decrease), ZERO)
    assert pending - before == (ZERO if target_entry.era_level else amount)
    assert gave.log[-1].cause is Cause.GIVEN_TO_OTHER and not gave.log[-1].pending_decrease
    return changed


@given(remittances())
def test_an_era_that_can_bear_its_take_backs_ends_as_a_receipt_of_its_total(
    laid_out: tuple[Pad, list[RemittancePayment], list[RemittanceAdjustment]],
) -> None:
    pad, _, _ = laid_out
    unknown = [line for entry, line in pad.lines() if line.net < 0 and (entry, line) not in needing(pad)]
    assume(not unknown)
    if needing(pad):
        try:
            refuse_impossible(pad, has_eft=True)
        except Refused:
            assume(False)
    given_away = -sum((line.net for _, line in needing(pad)), ZERO)
    received: Counter[int | None] = Counter()
    while needing(pad):
        (_, source), (_, target) = needing(pad)[0], targets(pad)[0]
        amount = at_most(source, target)
        received[target.bill_id] += int(amount * 100)
        pad = distribute(pad, source.at, target.at, amount)
    refuse_negative(pad)
    assert sum((line.to_post for _, line in pad.lines()), ZERO) == pad.total
    decreases = [
        (line.bill_id, logged)
        for _, line in pad.lines()
        for logged in line.log
        if logged.action is BackgroundAction.DECREASE
    ]
    assert all(bill is not None and logged.amount < 0 for bill, logged in decreases)
    assert sum(received.values()) == int(given_away * 100)
    by_bill: Counter[int | None] = Counter()
    for bill, logged in decreases:
        by_bill[bill] -= int(logged.amount * 100)
    received.pop(None, None)
    assert by_bill == received


sides = st.builds(
    Told,
    st.sampled_from(("DEMOVET,ALPHA", "DEMOVET,BRAVO", "SMYTHE,JOHN")),
    st.sampled_from((Decimal("100.00"), Decimal("99.99"))),
    st.none() | st.dates(datetime.date(2012, 6, 1), datetime.date(2012, 6, 4)),
    st.none(),
)


@given(st.none() | sides, sides, st.booleans())
def test_what_is_verified_together_differs_in_nothing_but_the_name(
    bill: Told | None, eeob: Told, same_claim: bool
) -> None:
    differs = () if bill is None else sides_differ_in(bill, eeob)
    found = Comparison(1, ("1",), "K1", eeob, "", bill, "", "", differs, (), same_claim)
    if found.agrees_but_for_names:
        assert bill is not None and same_claim
        assert bill.amount == eeob.amount and same_dates(bill, eeob)
    if found.agrees and same_claim:
        assert found.agrees_but_for_names
