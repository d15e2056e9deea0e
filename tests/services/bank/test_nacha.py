"""A clerk imports the bank's ACH file: claim payments are taken to the cent, the rest listed, errors said."""

import datetime
import io
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.bank.nacha import looks_like_nacha
from services.bank.write_nacha import NachaWriter, NotWritable, Payment, PaymentBatch
from tests.services.bank.ach_text import HandEntry, Whole, as_file, batch, read_whole, whole

TRN = "TRN*1*1032529592*1227777777\\"


def codes(file: Whole) -> list[str]:
    return [finding.code for finding in file.told.findings]


def test_a_ccd_plus_payment_becomes_an_eft_with_its_trace() -> None:
    file = read_whole(as_file(whole([batch([HandEntry("22", 123456, (TRN,))])])))
    assert file.told.findings == ()
    assert file.told.proven
    [eft] = file.claim_payments
    assert eft.amount == Decimal("1234.56")
    assert eft.trn is not None
    assert (eft.trn.trace, eft.trn.payer_id, eft.payer_id) == ("1032529592", "1227777777", "1227777777")
    assert eft.batch.effective == datetime.date(2026, 11, 23)
    assert (eft.account, eft.ach_trace, eft.receiver) == (
        "442000111",
        "999999990000001",
        "DEMO MEDICAL CENTER",
    )
    assert (eft.batch.company_name, eft.batch.company_id, eft.sec) == ("BLUE RIVER", "1999000001", "CCD")
    assert file.told.created == datetime.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "trace", "payer", "rest"),
    [
        ("TRN*1*A77*1999~", "A77", "1999", ""),
        ("TRN*1*A 77 *1999*0000SUB\\FOR MARCH", "A 77", "1999", "FOR MARCH"),
        ("HCCLAIMPMT ECHO TRN*1*99*X\\", "99", "X", "HCCLAIMPMT ECHO"),
        ("TRN|1|99|X~", "99", "X", ""),
        ("TRN*1*99*1999 AND MORE", "99", "1999", "AND MORE"),
        ("TRN*1*99\\", "99", "1999000001", ""),
    ],
)
def test_the_trn_is_found_whatever_stands_around_it(text: str, trace: str, payer: str, rest: str) -> None:
    [eft] = read_whole(
        as_file(whole([batch([HandEntry("22", 100, (text,))], description="PAYMENT")]))
    ).claim_payments
    assert eft.trn is not None
    assert (eft.trn.trace, eft.payer_id, eft.trn.rest) == (trace, payer, rest)


@pytest.mark.parametrize("text", ["TRN*2*ABC*DEF\\", "TRN*1**DEF\\", "TRN*1", "TRN*", "PATRN*1*A*B\\"])
def test_a_broken_trn_is_no_trace(text: str) -> None:
    file = read_whole(as_file(whole([batch([HandEntry("22", 100, (text,))])])))
    [eft] = file.claim_payments
    assert eft.trn is None
    assert {"no-trace", "bad-trn"} <= set(codes(file))


def test_without_trn_and_without_the_description_it_is_no_claim_payment() -> None:
    rows = [HandEntry("22", 5000, ("RENT",)), HandEntry("27", 700)]
    file = read_whole(as_file(whole([batch(rows, description="RENT")])))
    assert file.claim_payments == ()
    assert (file.told.others.count, file.told.others.credits, file.told.others.debits) == (
        2,
        Decimal("50.00"),
        Decimal("7.00"),
    )
    assert codes(file) == ["debit"]


@pytest.mark.parametrize("sec", ["PPD", "WEB", "TEL"])
def test_only_ccd_and_ctx_pay_claims(sec: str) -> None:
    file = read_whole(as_file(whole([batch([HandEntry("22", 5000, (TRN,))], sec=sec)])))
    assert (file.claim_payments, file.told.others.count) == ((), 1)


@pytest.mark.parametrize(
    ("code", "finding"), [("23", "prenote"), ("33", "prenote"), ("27", "debit"), ("22", "zero-amount")]
)
def test_what_is_no_money_for_the_clerk_is_said(code: str, finding: str) -> None:
    cents = 0 if code != "27" else 1
    assert finding in codes(read_whole(as_file(whole([batch([HandEntry(code, cents, (TRN,))])]))))


def test_an_amount_with_a_letter_is_listed_but_never_taken() -> None:
    rows = whole([batch([HandEntry("22", 6000, (TRN,))])])
    rows[2] = rows[2].replace("0000006000", "00000A6000")
    file = read_whole(as_file(rows))
    assert file.claim_payments == ()
    assert [entry.amount for entry in file.entries] == [None]
    assert not file.told.proven
    assert "bad-amount" in codes(file)


def test_digits_of_other_scripts_are_not_digits() -> None:
    rows = whole([batch([HandEntry("22", 6000, (TRN,))])])
    rows[2] = rows[2].replace("0000006000", "000000٦000")
    file = read_whole("\n".join(rows).encode("utf-8"))
    assert [entry.amount for entry in file.entries] == [None]


def _remittance_in_addenda() -> tuple[str, tuple[str, ...]]:
    isa = f"ISA*00*{'':10}*00*{'':10}*ZZ*{'PAYER':15}*ZZ*{'PAYEE':15}*261120*0800*^*00501*000000001*0*T*:~"
    text = (
        isa
        + "GS*HP*PAYER*PAYEE*20261120*0800*1*X*005010X221A1~ST*835*0001~TRN*1*CTX77*1999000009~"
        + "SE*3*0001~GE*1*1~IEA*1*000000001~"
    )
    return text, tuple(text[at : at + 80] for at in range(0, len(text), 80))


def test_a_ctx_carries_the_remittance_itself() -> None:
    text, addenda = _remittance_in_addenda()
    file = read_whole(
        as_file(whole([batch([HandEntry("22", 4200, addenda)], sec="CTX", description="PAYMENT")]))
    )
    assert file.told.findings == ()
    [eft] = file.claim_payments
    assert eft.embedded == text.encode("ascii")
    assert eft.trn is not None
    assert (eft.trn.trace, eft.payer_id, eft.receiver) == ("CTX77", "1999000009", "DEMO MEDICAL CTR")


def test_addenda_out_of_order_are_read_in_their_order_and_said() -> None:
    text, addenda = _remittance_in_addenda()
    rows = whole([batch([HandEntry("22", 4200, addenda)], sec="CTX")])
    rows[3], rows[4] = rows[4], rows[3]
    file = read_whole(as_file(rows))
    assert file.entries[0].embedded == text.encode("ascii")
    assert codes(file) == ["addenda-sequence"]


def test_a_premium_payment_inside_a_ctx_is_no_claim_payment() -> None:
    text, _ = _remittance_in_addenda()
    text = text.replace("ST*835", "ST*820")
    addenda = tuple(text[at : at + 80] for at in range(0, len(text), 80))
    file = read_whole(
        as_file(whole([batch([HandEntry("22", 4200, addenda)], sec="CTX", description="PREMIUM")]))
    )
    assert file.claim_payments == ()


def test_a_returned_and_a_corrected_payment_are_findings_not_efts() -> None:
    rows = whole([batch([HandEntry("21", 4200, ("",)), HandEntry("21", 0, ("",))])])
    rows[3] = "799R01" + rows[3][6:]
    rows[5] = "798C01" + rows[5][6:]
    file = read_whole(as_file(rows))
    assert file.claim_payments == ()
    assert [(entry.returned, entry.return_code, entry.change_code) for entry in file.entries] == [
        (True, "R01", ""),
        (False, "", "C01"),
    ]
    assert codes(file) == ["return", "correction"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", ""])
def test_line_ends_do_not_matter(end: str) -> None:
    rows = whole([batch([HandEntry("22", 123456, (TRN,))])])
    file = read_whole(as_file(rows, end))
    assert file.told.proven and file.told.findings == ()
    assert [entry.amount for entry in file.claim_payments] == [Decimal("1234.56")]
    assert looks_like_nacha(as_file(rows, end)[:512])


def test_a_stripped_last_line_and_a_missing_filler_are_no_matter() -> None:
    rows = [row for row in whole([batch([HandEntry("22", 123456, (TRN,))])]) if row != "9" * 94]
    file = read_whole("\n".join(row.rstrip() for row in rows).encode("ascii") + b"\x1a")
    assert file.told.proven and file.told.findings == ()


def test_a_file_without_header_or_control_is_read_and_said() -> None:
    rows = whole([batch([HandEntry("22", 123456, (TRN,))])])
    headless, cut = read_whole(as_file(rows[1:])), read_whole(as_file(rows[:4]))
    assert "no-file-header" in codes(headless) and looks_like_nacha(as_file(rows[1:]))
    assert codes(cut) == ["no-batch-control", "no-file-control"]
    assert [len(file.claim_payments) for file in (headless, cut)] == [1, 1]
    assert not headless.told.proven and not cut.told.proven


def test_a_batch_header_before_the_last_control_is_said() -> None:
    first, second = (
        batch([HandEntry("22", 1, (TRN,))]),
        batch([HandEntry("22", 2, (TRN,))], number=2, first=2),
    )
    rows = whole([first, second])
    del rows[4]
    file = read_whole(as_file(rows))
    assert "no-batch-control" in codes(file)
    assert [entry.amount for entry in file.claim_payments] == [Decimal("0.01"), Decimal("0.02")]


def test_two_files_in_one_are_both_read() -> None:
    rows = whole([batch([HandEntry("22", 123456, (TRN,))])])
    file = read_whole(as_file(rows + rows))
    assert codes(file) == ["several-files"]
    assert file.told.proven and len(file.claim_payments) == 2


def test_announced_addenda_that_do_not_come_are_said() -> None:
    rows = whole([batch([HandEntry("22", 123456, (TRN,))])])
    del rows[3]
    assert {"addenda-missing", "no-trace", "entry-count"} <= set(codes(read_whole(as_file(rows))))


def test_one_complaint_cannot_fill_the_screen() -> None:
    file = read_whole(as_file(whole([batch([HandEntry("27", 1)] * 300)])))
    assert codes(file).count("debit") == 51
    assert "250 more" in file.told.findings[-1].text


def test_control_characters_in_a_name_do_not_reach_the_screen() -> None:
    rows = whole([batch([HandEntry("22", 1, (TRN,))])])
    rows[1] = rows[1].replace("BLUE RIVER", "BLUE\x1b[2JRIVER")
    assert "\x1b" not in read_whole(as_file(rows)).entries[0].batch.company_name


@given(st.binary(max_size=2000))
def test_no_file_whatever_ends_in_a_crash(data: bytes) -> None:
    file = read_whole(data)
    assert not file.told.proven
    assert file.told.findings


@given(st.binary(max_size=300), st.integers(0, 20), st.booleans())
def test_garbage_in_the_middle_is_never_a_crash(data: bytes, at: int, keep: bool) -> None:
    rows = whole([batch([HandEntry("22", 123456, (TRN,)), HandEntry("27", 5)])])
    raw = as_file(rows)
    cut = min(at * 47, len(raw))
    file = read_whole(raw[:cut] + data + (raw[cut:] if keep else b""))
    assert all(entry.amount is None or entry.amount >= 0 for entry in file.entries)


entry_strategy = st.builds(
    HandEntry,
    code=st.sampled_from(["22", "27", "32", "37"]),
    cents=st.integers(1, 9_999_999_999),
    addenda=st.sampled_from([(), (TRN,)]),
    routing=st.integers(1_000_000, 99_999_999).map(lambda number: f"{number:08d}0"),
    account=st.just("442000111"),
    trace=st.just(0),
)
file_strategy = st.lists(st.lists(entry_strategy, min_size=1, max_size=5), min_size=1, max_size=4)


def _records(batches: list[list[HandEntry]]) -> list[str]:
    return whole([batch(entries, number=at) for at, entries in enumerate(batches, start=1)])


@given(file_strategy)
def test_a_balanced_file_reads_back_to_the_cent(batches: list[list[HandEntry]]) -> None:
    file = read_whole(as_file(_records(batches)))
    assert file.told.proven
    assert {finding.code for finding in file.told.findings} <= {"debit", "no-trace"}
    sent = [(entry.code, Decimal(entry.cents).scaleb(-2)) for entries in batches for entry in entries]
    assert [(entry.transaction_code, entry.amount) for entry in file.entries] == sent
    taken = sum((entry.amount or Decimal() for entry in file.claim_payments), Decimal())
    assert taken == sum((amount for code, amount in sent if code in ("22", "32")), Decimal())


# The columns (from 0) of amounts, hashes and counts in each kind of record.
_PROVEN = {"6": [*range(3, 11), *range(29, 39)], "8": list(range(4, 44)), "9": list(range(1, 55))}


@settings(max_examples=300)
@given(file_strategy, st.data())
def test_one_wrong_digit_in_an_amount_a_hash_or_a_count_is_found(
    batches: list[list[HandEntry]], data: st.DataObject
) -> None:
    rows = _records(batches)
    at = data.draw(
        st.sampled_from([n for n, row in enumerate(rows) if row[0] in _PROVEN and row != "9" * 94])
    )
    column = data.draw(st.sampled_from(_PROVEN[rows[at][0]]))
    wrong = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != rows[at][column]]))
    rows[at] = rows[at][:column] + wrong + rows[at][column + 1 :]
    file = read_whole(as_file(rows))
    assert not file.told.proven
    assert {finding.code for finding in file.told.findings} - {"debit", "no-trace", "zero-amount"}


payment_strategy = st.builds(
    Payment,
    transaction_code=st.sampled_from(["22", "32", "27"]),
    routing=st.just("999999992"),
    account=st.just("442000111"),
    cents=st.integers(0, 9_999_999_999),
    receiver=st.just("DEMO MEDICAL CTR"),
    addenda=st.sampled_from(["", TRN, _remittance_in_addenda()[0]]),
)


@given(st.lists(st.lists(payment_strategy, min_size=1, max_size=6), max_size=4))
def test_what_the_program_writes_another_reader_adds_up_the_same(batches: list[list[Payment]]) -> None:
    out = io.BytesIO()
    day = datetime.date(2026, 11, 20)
    with NachaWriter(
        out,
        destination="999999992",
        destination_name="BANK",
        origin="999999992",
        origin_name="PAYER",
        created=day,
    ) as writer:
        for payments in batches:
            writer.batch(
                PaymentBatch("NORTHWIND MHP", "1999000002", "CTX", "HCCLAIMPMT", day, "99999999"), payments
            )
    data = out.getvalue()
    assert read_whole(data).told.proven
    assert len(data) % 950 == 0
    other = pytest.importorskip("achkit").parse(data.decode("ascii"))
    theirs = [entry["amount_cents"] for each in other["batches"] for entry in each["entries"]]
    assert theirs == [payment.cents for payments in batches for payment in payments]
    assert [entry.amount for entry in read_whole(data).entries] == [
        Decimal(cents).scaleb(-2) for cents in theirs
    ]


def test_a_text_too_long_for_its_field_is_refused() -> None:
    writer = NachaWriter(
        io.BytesIO(),
        destination="999999992",
        destination_name="BANK",
        origin="999999992",
        origin_name="PAYER",
        created=datetime.date(2026, 11, 20),
    )
    with pytest.raises(NotWritable):
        writer.batch(PaymentBatch("A" * 17, "1", "CCD", "X", datetime.date(2026, 11, 20), "99999999"), [])
