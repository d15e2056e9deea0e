"""What the program writes as X12 has the right counts and amounts, and refuses what would break it."""

import datetime
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.words.money import money
from services.x12.writing import InterchangeWriter, NotWritable, compact, composite, dollars, plain


def writer(stream: io.BytesIO) -> InterchangeWriter:
    return InterchangeWriter(
        stream,
        functional="HP",
        version="005010X221A1",
        sender="PAYER",
        receiver="PAYEE",
        written=datetime.date(2026, 11, 20),
        control=261120001,
    )


@given(st.integers(1 - 10**12, 10**12 - 1))
def test_cents_are_written_as_the_amount_they_are(cents: int) -> None:
    assert money(dollars(cents)) == Decimal(cents).scaleb(-2)
    assert not dollars(cents).endswith(".")


@pytest.mark.parametrize(
    ("cents", "text"), [(0, "0"), (100, "1"), (1450, "14.5"), (7, "0.07"), (-50, "-0.5")]
)
def test_amounts_have_no_needless_zeros(cents: int, text: str) -> None:
    assert dollars(cents) == text


def test_a_file_has_its_envelope_and_its_counts() -> None:
    out = io.BytesIO()
    with writer(out) as interchange:
        for _ in range(2):
            interchange.begin("835")
            interchange.segment("N1", "PR", "BLUE RIVER", "", "")
            assert interchange.end() == 3
    isa, gs, *sets, ge, iea, end = out.getvalue().decode("ascii").split("~\n")
    assert len(isa) == 105
    assert gs == "GS*HP*PAYER*PAYEE*20261120*0800*1*X*005010X221A1"
    assert sets == [
        "ST*835*0001",
        "N1*PR*BLUE RIVER",
        "SE*3*0001",
        "ST*835*0002",
        "N1*PR*BLUE RIVER",
        "SE*3*0002",
    ]
    assert (ge, iea, end) == ("GE*2*1", "IEA*1*261120001", "")


@pytest.mark.parametrize("text", ["A*B", "A~B", "A^B", "A\nB", "Ä", "A\x1bB"])
def test_a_delimiter_in_a_name_is_refused(text: str) -> None:
    interchange = writer(io.BytesIO())
    interchange.begin("835")
    with pytest.raises(NotWritable):
        interchange.segment("N1", "PR", text)


@pytest.mark.parametrize("text", ["A:B", "A*B", "A~B", "A^B", "É"])
def test_plain_text_holds_no_delimiter(text: str) -> None:
    with pytest.raises(NotWritable):
        plain("FINE", text)


def test_components_are_joined_and_dates_are_compact() -> None:
    assert composite("HC", "99213", "25", "", "") == "HC:99213:25"
    assert compact(datetime.date(2026, 1, 2)) == "20260102"
    with pytest.raises(NotWritable):
        composite("HC", "99:213")


def test_an_interchange_needs_ids_that_fit() -> None:
    with pytest.raises(NotWritable):
        InterchangeWriter(
            io.BytesIO(),
            functional="HP",
            version="005010X221A1",
            sender="LONGER THAN FIFTEEN",
            receiver="PAYEE",
            written=datetime.date(2026, 11, 20),
            control=1,
        )
