"""Numbers of documents and deposits are written and read in one place; what is none is no number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.words.finance import DocumentKind, DocumentNumber
from models.words.remittances import DepositNumber

serials = st.integers(1, 10**9)


@given(st.sampled_from(DocumentKind), st.from_regex(r"[0-9]{3}[0-9A-Z]{0,4}", fullmatch=True), serials)
def test_a_document_number_reads_as_it_was_written(kind: DocumentKind, station: str, serial: int) -> None:
    assert DocumentNumber.read(str(DocumentNumber(kind, station, serial))) == DocumentNumber(
        kind, station, serial
    )


@given(serials)
def test_a_deposit_number_reads_as_it_was_written(serial: int) -> None:
    assert DepositNumber.read(str(DepositNumber(serial))) == DepositNumber(serial)


def test_numbers_are_written_as_ever() -> None:
    assert str(DocumentNumber(DocumentKind.TRANSFER, "442", 17)) == "TR-442K000017"
    assert str(DepositNumber(17)) == "569000017"


@pytest.mark.parametrize(
    "text", ["", "CR-442", "XX-442K000017", "CR-442K17", "CR-442K00001٧", "CR-442K000017\n"]
)
def test_what_is_no_document_number_is_none(text: str) -> None:
    assert DocumentNumber.read(text) is None


@pytest.mark.parametrize("text", ["", "569", "56900017", "570000017", "A123456", "56900001٧"])
def test_what_is_no_deposit_number_is_none(text: str) -> None:
    assert DepositNumber.read(text) is None
