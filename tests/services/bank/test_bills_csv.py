"""A site without 837 files loads its bills from a list; bad rows are said, the others taken."""

import csv
import datetime
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.bills.bills_csv import COLUMNS, CsvBill, looks_like_bills_csv, read_bills_csv
from services.findings import Finding

HEADING = ",".join(COLUMNS) + "\n"
ROW = 'K600001,"DEMOVET,ALPHA",DEMO1,BLUE RIVER,1990000001,,2026-10-01,,100.00,80.5\n'


def read(text: str | bytes) -> tuple[list[CsvBill], list[Finding]]:
    stream = io.BytesIO(text.encode("utf-8") if isinstance(text, str) else text)
    found = list(read_bills_csv(stream))
    assert not stream.closed
    return [each for each in found if isinstance(each, CsvBill)], [
        each for each in found if isinstance(each, Finding)
    ]


def test_a_list_of_bills_is_read() -> None:
    [bill], findings = read(HEADING + ROW)
    assert findings == []
    assert bill == CsvBill(
        row=2,
        bill_number="K600001",
        patient_name="DEMOVET,ALPHA",
        member_id="DEMO1",
        payer_name="BLUE RIVER",
        payer_id="1990000001",
        rate_type="REIMBURSABLE INS.",
        service_from=datetime.date(2026, 10, 1),
        service_to=datetime.date(2026, 10, 1),
        charge=Decimal("100.00"),
        balance=Decimal("80.50"),
    )


def test_columns_may_stand_in_any_order_and_others_beside_them() -> None:
    text = "Charge,SERVICE_FROM,colour,payer_name,patient_name,bill_number\r\n5,10/01/2026,red,P,N,k1\r\n"
    [bill], findings = read(b"\xef\xbb\xbf" + text.encode())
    assert findings == []
    assert (bill.bill_number, bill.charge, bill.balance) == ("K1", Decimal("5.00"), Decimal("5.00"))
    assert looks_like_bills_csv(b"\xef\xbb\xbf" + text.encode())


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("100.00", "1e2", "bad-amount"),
        ("100.00", "100.001", "bad-amount"),
        ("100.00", "-1", "bad-amount"),
        ("100.00", "0", "bad-amount"),
        ("80.5", "100.01", "bad-amount"),
        ("80.5", "-0.01", "bad-amount"),
        ("2026-10-01", "2026-02-30", "bad-date"),
        ("2026-10-01", "yesterday", "bad-date"),
        ("2026-10-01,", "2026-10-01,2026-09-30", "bad-date"),
        ("K600001", "", "no-value"),
        ("K600001", "K" * 21, "bad-number"),
        ("DEMO1,", "", "bad-row"),
    ],
)
def test_a_bad_row_is_said_with_its_number_and_the_next_is_read(old: str, new: str, code: str) -> None:
    bills, findings = read(HEADING + ROW.replace(old, new) + ROW)
    assert [(finding.code, finding.where) for finding in findings] == [(code, "row 2")]
    assert [bill.row for bill in bills] == [3]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "no-header"),
        ("\n\n", "no-header"),
        ("bill_number,charge\nK1,1\n", "no-column"),
        (HEADING.replace("member_id", "charge") + ROW, "column-twice"),
        (HEADING + '"open', "bad-csv"),
    ],
)
def test_a_list_that_is_none_is_said(text: str, code: str) -> None:
    bills, findings = read(text)
    assert bills == []
    assert [finding.code for finding in findings] == [code]


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ('K1,"open\n', 'A quotation mark (") is opened and not closed before the list ends.'),
        (
            'K1,"SMITH "JO""\n' + ROW,
            'Behind a closing quotation mark (") stands something else than a comma;',
        ),
        ("K1," + "X" * 200_000 + "\n" + ROW, "The row has more than 65536 characters;"),
        ('K1,"' + "X\n" * 100_000, "The row has more than 65536 characters;"),
        ("K1" + "," * 100_000 + "\n" + ROW, "The row has more than 65536 characters;"),
    ],
    ids=["open", "quotes", "field", "lines", "fields"],
)
def test_a_row_that_cannot_be_taken_apart_is_said_in_a_sentence_and_what_was_before_is_kept(
    bad: str, said: str
) -> None:
    bills, [finding] = read(HEADING + ROW + bad)
    assert [bill.row for bill in bills] == [2]
    assert (finding.code, finding.where) == ("bad-csv", "row 3")
    assert finding.text.startswith(said)
    assert finding.text.endswith("mend it and bring the list again.")


def test_a_heading_without_end_is_said_too() -> None:
    bills, [finding] = read(HEADING.rstrip() + ",X" * 100_000 + "\n" + ROW)
    assert (bills, finding.code, finding.where) == ([], "bad-csv", "row 1")


def test_names_from_old_systems_and_hostile_ones_arrive_clean() -> None:
    latin = read((HEADING + ROW).encode().replace(b"ALPHA", "ÄLPHA".encode("latin-1")))[0][0]
    hostile = read((HEADING + ROW).replace("ALPHA", "AL\x1b[2JPHA"))[0][0]
    assert latin.patient_name == "DEMOVET,ÄLPHA"
    assert "\x1b" not in hostile.patient_name


@given(st.lists(st.tuples(st.integers(1, 10**12 - 1), st.integers(0, 10**12 - 1)), max_size=20))
def test_amounts_arrive_to_the_cent(amounts: list[tuple[int, int]]) -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    wanted = []
    for at, (one, other) in enumerate(amounts):
        charge, balance = (Decimal(each).scaleb(-2) for each in (max(one, other), min(one, other)))
        wanted.append((charge, balance))
        row = {
            "bill_number": f"K{at}",
            "patient_name": "N,N",
            "payer_name": "P",
            "service_from": "2026-10-01",
        }
        writer.writerow(row | {"charge": str(charge), "balance": str(balance)})
    bills, findings = read(out.getvalue())
    assert findings == []
    assert [(bill.charge, bill.balance) for bill in bills] == wanted


@given(st.binary(max_size=400))
def test_no_list_whatever_ends_in_a_crash(data: bytes) -> None:
    for text in (HEADING.encode() + data, data):
        bills, _ = read(text)
        assert all(bill.bill_number and bill.charge > 0 for bill in bills)
