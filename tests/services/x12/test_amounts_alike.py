"""Numbers of a claim are compared by their value; everything else by its letters."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from models.words.money import ZERO, money
from services.x12.amounts_alike import shortest, with_amounts_alike


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("235", "235"),
        ("000235.00", "235"),
        ("235.0", "235"),
        ("235.", "235"),
        ("-014.50", "-14.5"),
        ("0.07", ".07"),
        (".070", ".07"),
        ("100", "100"),
        ("0", "0"),
        ("-0.00", "0"),
        (".0", "0"),
        *((text, text) for text in ("", "-", ".", "1.2.3", "1E2", "+5", "١", "A0")),
    ],
)
def test_a_number_has_one_shortest_form(text: str, short: str) -> None:
    assert shortest(text) == short


@given(some.decimals(-10_000, 10_000, places=2), some.integers(0, 9), some.integers(0, 3), some.booleans())
def test_it_is_the_same_for_all_ways_to_write_one_value_and_no_other(
    amount: object, before: int, behind: int, other: bool
) -> None:
    value = money(f"{amount}")
    written = f"{'-' if value < 0 else ''}{'0' * before}{abs(value)}{'0' * behind}"
    assert money(written) == value
    assert shortest(written) == shortest(str(value))
    assert money(shortest(written)) == value
    if other:
        assert shortest(str(value + money("0.01"))) != shortest(written)
    assert (shortest(written) == "0") == (value == ZERO)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CLP*K1*1*0100.00*80.0*020*12*ICN", "CLP*K1*1*100*80*20*12*ICN"),
        ("CLP*K1*1*100*80.10", "CLP*K1*1*100*80.1"),
        ("CLP*K1*1*100*80~CAS*CO*45*020*1.0*97*0.50", "CLP*K1*1*100*80~CAS*CO*45*20*1*97*.5"),
        ("CLP*K1*1*100*80~SVC*HC:1*0100*080**01*HC:2*02.0", "CLP*K1*1*100*80~SVC*HC:1*100*80**1*HC:2*2"),
        ("CLP*K1*1*100*80~AMT*B6*080.00~QTY*CA*03", "CLP*K1*1*100*80~AMT*B6*80~QTY*CA*3"),
        ("CLP*K1*1*100*80~MOA*0.5*00.10*N1*000.20", "CLP*K1*1*100*80~MOA*.5*.1*N1*000.20"),
    ],
)
def test_the_numbers_of_a_claim_are_written_alike(one: str, other: str) -> None:
    assert with_amounts_alike(one) == with_amounts_alike(other) == other


@pytest.mark.parametrize(
    "text",
    [
        "CLP*00100.0*1*100*80**12*0012.50*011*1~REF*6R*0100.00~NM1*QC*1*DOE*J.***MI*0042.0",
        "CLP*K1*01*100*80~CAS*CO*045*20~SVC*HC:0100.0*100*80*0450*1~DTM*050*20120704~LQ*HE*N0.0",
    ],
)
def test_what_is_no_amount_stays_as_it_is(text: str) -> None:
    assert with_amounts_alike(text) == text


@settings(max_examples=200)
@given(some.text("CLPASVMTQ*~-0123456789.", max_size=60), some.text("CLPASVMTQ*~-0123456789.", max_size=40))
def test_whether_anything_is_padded_is_told_right_whatever_the_text(head: str, tail: str) -> None:
    """What is told to be plain is plain: written segment by segment it is the same."""
    text = f"CLP*{head}~CAS*CO*{tail}"
    alike = with_amounts_alike(text)
    assert with_amounts_alike(alike) == alike
    # The mark of a padded number is put in front, so that every segment is looked at.
    assert with_amounts_alike(f"{text}~AMT*X*0.0") == f"{alike}~AMT*X*0"
