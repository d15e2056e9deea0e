"""Amounts of X12 files: however they are reached, they are what the one door for money reads."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.words.money import BadAmount, money
from services.x12.values import amount_of


@given(
    st.one_of(
        st.decimals("-99999999999", "99999999999", places=2).map(lambda amount: f"{amount:.2f}"),
        st.text("0123456789.-", max_size=16),
        st.text(max_size=8),
    )
)
def test_an_amount_is_what_money_reads(text: str) -> None:
    try:
        expected: Decimal | None = money(text)
    except BadAmount:
        expected = None
    found = amount_of(text)
    assert found == expected
    assert found is None or expected is None or found.as_tuple() == expected.as_tuple(), "to the last digit"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("235.4", "235.40"),
        ("0.07", "0.07"),
        (".5", "0.50"),
        ("5.", "5.00"),
        ("-12.50", "-12.50"),
        ("000000000235.00", "235.00"),
        ("9999999999.99", "9999999999.99"),
    ],
)
def test_amounts_as_payers_write_them(text: str, amount: str) -> None:
    assert str(amount_of(text)) == amount


@pytest.mark.parametrize(
    "text", ["", ".", "-", "1.234", "12345678901.00", "1e3", "\u0661.00", " 1.00", "1,000.00"]
)
def test_what_is_no_amount(text: str) -> None:
    assert amount_of(text) is None
