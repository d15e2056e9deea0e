"""Without a bill, a take-back joins only a payment of the same claim: by the payer's number, or by patient and days."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.scratchpad.pairing import RemittancePayment, pair_claims

SEEN = datetime.date(2024, 1, 2)
PAID = RemittancePayment(1, "0", None, Decimal(60), False, False, "ICN1", "DOE,JANE A", "M1", SEEN, SEEN)
BACK = replace(PAID, sequence=2, paid=Decimal(-40), reversal=True, control="ICN2")


def pairs_of(*payments: RemittancePayment) -> list[tuple[int | None, int | None]]:
    return [(sequence(pair.payment), sequence(pair.reversal)) for pair in pair_claims(payments)]


def sequence(payment: RemittancePayment | None) -> int | None:
    return None if payment is None else payment.sequence


@pytest.mark.parametrize(
    "back",
    [
        BACK,
        replace(BACK, patient="DOE,JANE"),
        replace(BACK, patient_id=""),
        replace(BACK, control="ICN1", patient="ROE,RICK", patient_id="M2"),
        replace(BACK, control=" icn1", service_from=None),
    ],
)
def test_a_take_back_of_the_same_claim_joins_its_payment(back: RemittancePayment) -> None:
    assert pairs_of(PAID, back) == [(1, 2)]
    assert pairs_of(replace(back, sequence=1), replace(PAID, sequence=2)) == [(2, 1)]


@pytest.mark.parametrize(
    "back",
    [
        replace(BACK, patient="DOE,JOHN A"),
        replace(BACK, patient="ROE,JANE A"),
        replace(BACK, patient_id="M2"),
        replace(BACK, patient=""),
        replace(BACK, service_from=datetime.date(2024, 1, 3), service_to=datetime.date(2024, 1, 3)),
        replace(BACK, service_from=None, service_to=None),
        replace(BACK, claim="UNKNOWN"),
    ],
)
def test_a_take_back_of_another_patient_or_another_day_stands_alone(back: RemittancePayment) -> None:
    assert sorted(pairs_of(PAID, back), key=str) == [(1, None), (None, 2)]


@pytest.mark.parametrize("control", ["", "0", "000", "NA", "n/a", "UNKNOWN", "None"])
def test_a_control_number_that_says_nothing_joins_nothing(control: str) -> None:
    paid, back = replace(PAID, control=control), replace(BACK, control=control, patient="ROE,RICK")
    assert pairs_of(paid, back) == [(1, None), (None, 2)]


def test_the_control_number_goes_before_patient_and_days() -> None:
    first, second = replace(PAID, control="ICN8"), replace(PAID, sequence=2, control="ICN9")
    back = replace(BACK, sequence=3, control="ICN9")
    assert pairs_of(first, second, back) == [(1, None), (2, 3)]


def test_with_a_bill_the_bill_says_what_one_claim_is() -> None:
    paid = replace(PAID, claim="K1", bill_id=7)
    back = replace(BACK, claim="K1", bill_id=7, patient="ROE,RICK", patient_id="M2")
    assert pairs_of(paid, back, replace(paid, sequence=3), replace(back, sequence=4)) == [(1, 2), (3, 4)]


anybody = st.builds(
    replace,
    st.sampled_from((PAID, BACK)),
    claim=st.sampled_from(("0", "NA", "", "X1")),
    control=st.sampled_from(("", "0", "ICN1", "ICN2")),
    patient=st.sampled_from(("", "DOE,JANE", "DOE,JOHN", "ROE,RICK")),
    patient_id=st.sampled_from(("", "M1", "M2")),
    service_from=st.sampled_from((None, SEEN, datetime.date(2024, 1, 3))),
)


@given(st.lists(anybody, max_size=12))
def test_each_stands_in_one_pair_and_no_pair_mixes_claims(drawn: list[RemittancePayment]) -> None:
    payments = [replace(payment, sequence=number) for number, payment in enumerate(drawn, start=1)]
    pairs = pair_claims(payments)
    held = [each for pair in pairs for each in (pair.payment, pair.reversal) if each is not None]
    assert sorted(held, key=lambda each: each.sequence) == payments
    for pair in pairs:
        payment, reversal = pair.payment, pair.reversal
        assert payment is None or not payment.reversal
        assert reversal is None or reversal.reversal
        if payment is not None and reversal is not None:
            assert payment.claim and payment.claim == reversal.claim
            same_number = payment.control == reversal.control and payment.control.startswith("ICN")
            same_care = (
                payment.patient == reversal.patient != "" and payment.service_from == reversal.service_from
            )
            assert same_number or same_care
