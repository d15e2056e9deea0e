"""Whatever the criterion, each EEOB of an ERA is in exactly one batch, and where its criterion says (behaviour 3.6)."""

from decimal import Decimal
from string import ascii_uppercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.words.scratchpad import BatchCriterion
from services.errors import Refused
from services.scratchpad.batches import BatchPlan, Definition, Divided, assign, define, is_advised
from services.scratchpad.pad import Pad, RemittanceAdjustment, build
from services.scratchpad.pairing import RemittancePayment

MAX, NAME, PAYMENT, COPAY = BatchCriterion

amounts = st.integers(0, 50_000).map(lambda cents: Decimal(cents).scaleb(-2))
names = st.one_of(
    st.sampled_from(("DELTA,ONE", "ECHO,TWO", "ZULU", "", "5TH,AVE", "ÉTOILE,X", "alpha,y")),
    st.text(st.characters(codec="latin-1"), max_size=8),
)


@st.composite
def eras(draw: st.DrawFn) -> tuple[Pad, dict[str, Divided]]:
    """The pad of an ERA with payments, take-backs (alone and with their payment) and a PLB, and its EEOBs."""
    payments, eeobs = [], {}
    for sequence in range(1, draw(st.integers(1, 30)) + 1):
        back = draw(st.integers(0, 5)) == 0
        paid = draw(amounts) * (-1 if back else 1)
        bill = draw(st.sampled_from((None, 1, 2, 3, sequence + 9)))
        claim = f"K{bill or sequence}"
        payments.append(RemittancePayment(sequence, claim, bill, paid, back, False))
        eeobs[str(sequence)] = Divided(
            draw(names), draw(amounts), paid, bill is not None, draw(st.booleans())
        )
    plbs = [RemittanceAdjustment(1, "R1", Decimal("-5.00"))] * draw(st.integers(0, 1))
    total = sum((each.paid for each in payments), Decimal(0)) + sum((plb.amount for plb in plbs), Decimal(0))
    return build(7, total, draw(st.one_of(st.none(), amounts)), payments, plbs), eeobs


@st.composite
def plans(draw: st.DrawFn) -> BatchPlan:
    """Any plan that can be."""
    criterion = draw(st.sampled_from(BatchCriterion))
    if criterion is MAX:
        return BatchPlan(MAX, most=draw(st.integers(1, 40)))
    if criterion is NAME:
        inner = draw(st.sets(st.sampled_from(ascii_uppercase[:-1]), max_size=6))
        return BatchPlan(NAME, through=(*sorted(inner), "Z"))
    return BatchPlan(criterion)


def claims_of(pad: Pad) -> int:
    """How many entries of claims a pad has."""
    return sum(not entry.era_level for entry in pad.entries)


@given(eras(), plans())
def test_each_eeob_is_in_exactly_one_batch(era: tuple[Pad, dict[str, Divided]], plan: BatchPlan) -> None:
    pad, eeobs = era
    made = define(plan, claims_of(pad))
    divided = assign(pad, made, eeobs)
    numbers = [batch.number for batch in made]
    assert numbers == list(range(1, len(made) + 1))
    placed = [sequence for entry in divided.entries if entry.batch in numbers for sequence in entry.sequences]
    assert sorted(placed, key=int) == sorted(eeobs, key=int)
    assert all((entry.batch is None) == entry.era_level for entry in divided.entries)
    # Nothing else of any entry is another.
    assert assign(divided, (), {}) == pad


@given(eras(), st.integers(1, 40))
def test_batches_by_number_are_filled_in_the_order_of_the_pad(
    era: tuple[Pad, dict[str, Divided]], most: int
) -> None:
    pad, eeobs = era
    made = define(BatchPlan(MAX, most=most), claims_of(pad))
    of_claims = [entry.batch for entry in assign(pad, made, eeobs).entries if not entry.era_level]
    assert of_claims == [place // most + 1 for place in range(len(of_claims))]
    assert [(int(batch.first), int(batch.last)) for batch in made] == [
        (first, min(first + most - 1, len(of_claims))) for first in range(1, len(of_claims) + 1, most)
    ]


@given(eras(), plans())
def test_what_a_batch_has_is_what_its_criterion_says(
    era: tuple[Pad, dict[str, Divided]], plan: BatchPlan
) -> None:
    pad, eeobs = era
    made = define(plan, claims_of(pad))
    for entry in assign(pad, made, eeobs).entries:
        if entry.batch is None:
            continue
        batch, eeob = made[entry.batch - 1], eeobs[entry.sequences[0]]
        if plan.criterion is NAME:
            letter = eeob.patient[:1].upper()
            if letter and letter in ascii_uppercase:
                assert batch.first <= letter <= batch.last[0]
            else:
                assert batch.number == 1
        elif plan.criterion is PAYMENT:
            paid = eeob.known and eeob.paid > 0
            full = paid and eeob.charge <= eeob.paid
            assert batch.name == ("FULL PAYMENT" if full else "PARTIAL PAYMENT" if paid else "NO PAYMENT")
        elif plan.criterion is COPAY:
            assert (batch.name == "CO-PAY EXISTS") == eeob.copay


def test_the_worked_example() -> None:
    """Behaviour 7.8."""
    assert is_advised(45) and not is_advised(30)
    assert [(batch.name, batch.first, batch.last) for batch in define(BatchPlan(MAX, most=20), 45)] == [
        ("BATCH #: 1", "1", "20"),
        ("BATCH #: 2", "21", "40"),
        ("BATCH #: 3", "41", "45"),
    ]
    made = define(BatchPlan(NAME, through=("D", "Z")), 45)
    assert [batch.name for batch in made] == ["LAST NAME FROM A - DZZZ", "LAST NAME FROM E - ZZZZ"]
    payments = [RemittancePayment(n, f"K{n}", n, Decimal(1), False, False) for n in (1, 2, 3)]
    pad = build(7, Decimal(3), None, payments, [])
    eeobs = {
        str(number): Divided(name, Decimal(1), Decimal(1), True, False)
        for number, name in enumerate(("DELTA,ONE", "ECHO,TWO", "3RD,MAN"), 1)
    }
    assert [entry.batch for entry in assign(pad, made, eeobs).entries] == [1, 2, 1]


def test_a_pad_that_has_more_entries_than_before_puts_them_in_the_last_batch() -> None:
    made = define(BatchPlan(MAX, most=2), 3)
    payments = [RemittancePayment(n, f"K{n}", n, Decimal(1), False, False) for n in range(1, 6)]
    pad = build(7, Decimal(5), None, payments, [])
    eeobs = {str(n): Divided("X", Decimal(1), Decimal(1), True, False) for n in range(1, 6)}
    assert [entry.batch for entry in assign(pad, made, eeobs).entries] == [1, 1, 2, 2, 2]


def test_names_of_ones_own_take_the_place_of_the_usual_ones() -> None:
    made = define(BatchPlan(PAYMENT, names=("ANNE", "", "  THE   REST ")), 9)
    assert made == (
        Definition(1, "ANNE", PAYMENT),
        Definition(2, "PARTIAL PAYMENT", PAYMENT),
        Definition(3, "THE REST", PAYMENT),
    )


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (BatchPlan(MAX), "A BATCH HAS AT LEAST ONE EEOB"),
        (BatchPlan(NAME), "THE LAST RANGE OF LAST NAMES GOES THROUGH Z"),
        (BatchPlan(NAME, through=("H",)), "THE LAST RANGE OF LAST NAMES GOES THROUGH Z"),
        (BatchPlan(NAME, through=("H", "G", "Z")), "A LETTER FROM I TO Z, NOT G"),
        (BatchPlan(NAME, through=("Z", "Z")), "A LETTER FROM Z TO Z, NOT Z"),
        (BatchPlan(NAME, through=("HZ",)), "A LETTER FROM A TO Z, NOT HZ"),
        (BatchPlan(NAME, through=("",)), "A LETTER FROM A TO Z"),
        (BatchPlan(PAYMENT, names=("X" * 31,)), "THE NAME OF A BATCH HAS 1 TO 30 CHARACTERS"),
        (BatchPlan(COPAY, names=("A", "B", "C")), "ONLY 2 BATCHES CAN BE NAMED, NOT 3"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(plan: BatchPlan, said: str) -> None:
    with pytest.raises(Refused, match=said):
        define(plan, 9)
