"""The documents that scripts read: their names, and their amounts, dates and words as the contract has them."""

import datetime
import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hypothesis import strategies as st
from sqlalchemy import select

from lockbox_tui.opening import at_work
from lockbox_tui.settings import read_settings
from models.leases import Lease
from models.words.money import two_decimals
from services.office.site import add_user
from services.receipts.editing import cancel_payment, edit_payment
from services.reports.render.as_json import as_json
from services.scratchpad.acts import take_era
from tests import given
from tests.lockbox_tui.program import Program

ERA = {
    *("number", "trace", "payer", "date", "received", "amount", "method", "match_status", "post_status"),
    *("eft", "check", "receipt", "adjustments", "eeobs", "balance", "scratchpad"),
}
EEOB = {
    *("sequence", "claim", "bill", "patient", "charge", "paid", "patient_responsibility", "status"),
    *("reversal", "exception", "adjustments", "lines"),
}
EEOB_LINE = {
    *("procedure", "modifiers", "revenue_code", "units", "charge", "paid", "service_date", "adjustments"),
    "remarks",
}
PAD_LINE = {
    *("line", "claim", "bill", "payment", "adjustments", "net", "to_post", "comment", "log"),
}
EFT = {
    *("number", "trace", "payer", "amount", "date", "match_status", "era", "deposit", "document"),
    *("document_status", "receipt"),
}
RECEIPT_LINE = {"line", "bill", "amount", "processed", "suspense", "comment", "scratchpad_line"}


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A site with an ERA that holds one of everything: a take-back, a PLB, an unknown bill, its EFT."""
    program = Program(tmp_path_factory.mktemp("home"))
    program.json("init", "--station", "442", "--name", "DEMO", "--auto-audit")
    settings = read_settings(None, {"XDG_DATA_HOME": str(program.home)}, Path("/nonexistent"))
    with at_work(settings) as work:
        given.bills(work.store, work.actor, {"K1": 100, "K2": 50, "K3": 80})
        given.matched_era(
            work.store,
            work.actor,
            trace="T1",
            claims=[("K1", 100, 80), given.taken_back("K2", 50, 14), ("K3", 80, 80), ("X9", 20, 5)],
            plbs=[("WO", "REF1", 10)],
            eft_amount=141,
        )
    yield program


def by_line(pad: Any) -> dict[str, Any]:
    """The lines of a scratch pad by their stored numbers."""
    return {line["line"]: line for entry in pad["entries"] for line in entry["lines"]}


def test_an_era_is_shown_whole(program: Program) -> None:
    (row,) = program.json("era", "list")
    assert row["payer"] == given.BLUE_RIVER
    assert (row["number"], row["trace"], row["date"]) == (1, "T1", "2012-07-20")
    assert (row["amount"], row["match_status"], row["post_status"]) == ("141.00", "MATCHED", "NOT POSTED")
    assert row["receipt"] is None
    era = program.json("era", "show", "1")
    assert set(era) >= ERA
    assert era["payer"] == {"name": given.BLUE_RIVER, "id": row["payer_id"]}
    assert era["adjustments"] == [{"reference": "REF1", "code": "WO", "amount": "-10.00", "text": None}]
    assert era["balance"] == {"lines": True, "claims": True, "transaction": True, "findings": []}
    assert era["scratchpad"] is None
    assert (era["method"], era["check"], era["eft"]) == ("ACH", None, 1)


def test_its_eeobs_have_lines_and_reasons(program: Program) -> None:
    paid, taken, full, unknown = program.json("era", "show", "1")["eeobs"]
    assert set(paid) >= EEOB
    assert (paid["claim"], paid["bill"], paid["charge"], paid["paid"]) == ("K1", "K1", "100.00", "80.00")
    assert paid["patient"] == "DEMOVET,ALPHA"
    assert paid["status"] == "PROCESSED"
    assert (paid["reversal"], paid["exception"]) == (False, None)
    (line,) = paid["lines"]
    assert set(line) >= EEOB_LINE
    assert (line["procedure"], line["modifiers"], line["remarks"]) == ("99213", [], [])
    assert (line["charge"], line["paid"]) == ("100.00", "80.00")
    assert line["service_date"] == "2012-06-04"
    assert line["revenue_code"] is None
    assert line["adjustments"] == [{"group": "CO", "code": "45", "amount": "20.00", "quantity": None}]
    assert (taken["status"], taken["reversal"], taken["paid"]) == ("REVERSAL", True, "-14.00")
    assert full["lines"][0]["adjustments"] == []
    assert (unknown["bill"], unknown["exception"]) == (None, "VALID BILL NOT FOUND")


def test_a_bill_is_found_with_and_without_the_station(program: Program) -> None:
    assert program.json("bill", "show", "k1") == program.json("bill", "show", "442-K1")
    bill = program.json("bill", "show", "K1")
    assert set(bill) >= {"number", "patient", "balance", "original", "status", "transactions"}
    assert (bill["number"], bill["balance"], bill["status"]) == ("K1", "100.00", "ACTIVE")
    (made,) = bill["transactions"]
    assert set(made) >= {"number", "date", "type", "amount", "receipt", "comment"}
    assert (made["type"], made["amount"], made["receipt"]) == ("ORIGINAL AMOUNT", "100.00", None)
    assert [row["number"] for row in program.json("bill", "list")] == ["K1", "K2", "K3"]


def test_an_eft_says_where_its_deposit_stands(program: Program) -> None:
    eft = program.json("eft", "show", "1")
    assert set(eft) >= EFT
    assert (eft["trace"], eft["amount"], eft["match_status"], eft["era"]) == ("T1", "141.00", "MATCHED", 1)
    assert eft["deposit"] == "569000001"
    assert eft["document"].startswith("CR-442K")
    assert eft["document_status"] == "ACCEPTED BY FMS"
    assert set(eft["payer"]) == {"name", "id"}
    assert program.json("eft", "list") == [eft]


def test_the_scratch_pad_is_worked_to_a_posted_receipt(program: Program) -> None:
    pad = program.json("scratchpad", "create", "1")
    assert pad == program.json("era", "show", "1")["scratchpad"]
    first, _, third, fourth, fifth = pad["entries"]
    assert set(first) >= {"entry", "eeob_sequences", "verified", "net", "batch", "lines"}
    assert [entry["entry"] for entry in pad["entries"]] == [1, 2, 3, 4, 5]
    assert [entry["eeob_sequences"] for entry in pad["entries"]] == [["ADJ1"], ["1"], ["2"], ["3"], ["4"]]
    assert [entry["net"] for entry in pad["entries"]] == ["-10.00", "80.00", "-14.00", "80.00", "5.00"]
    (plb,) = first["lines"]
    assert set(plb) >= PAD_LINE
    assert (plb["line"], plb["claim"], plb["bill"]) == ("1.001", None, None)
    assert plb["log"] == [
        {"cause": "retraction_era", "amount": "-10.00", "reference": "REF1", "comment": None}
    ]
    assert third["lines"][0]["log"][0]["cause"] == "retraction_claim"
    assert (fourth["lines"][0]["bill"], fifth["lines"][0]["bill"]) == ("K3", None)

    split = program.json("scratchpad", "split", "1", "4.001", "k3=60", "K2=20/0")
    assert [(number, line["net"]) for number, line in by_line(split).items()] == [
        *(("1.001", "-10.00"), ("2.001", "80.00"), ("3.001", "-14.00")),
        *(("4.001", "60.00"), ("4.002", "20.00"), ("5.001", "5.00")),
    ]
    refused = program.json("scratchpad", "split", "1", "2.001", "K1=60", "K2=19.99", status=1)
    assert "DO NOT MATCH THE ORIGINAL AMOUNT" in refused["refused"]

    program.json("scratchpad", "distribute", "1", "1.001", "2.001", "10.00")
    given_away = by_line(
        program.json("scratchpad", "distribute", "1", "3.001", "2.001", "14", "--comment", "C1")
    )
    assert (given_away["2.001"]["net"], given_away["3.001"]["net"]) == ("56.00", "0.00")
    assert [(log["cause"], log["amount"]) for log in given_away["2.001"]["log"]] == [
        ("taken_for_other", "-10.00"),
        ("taken_for_other", "-14.00"),
    ]
    assert given_away["2.001"]["log"][1]["comment"] == "C1"

    receipt = program.json("receipt", "create", "1")
    assert set(receipt) >= {"number", "status", "total", "lines", "document", "document_status"}
    assert (receipt["status"], receipt["total"]) == ("OPEN", "141.00")
    assert [set(line) >= RECEIPT_LINE for line in receipt["lines"]] == [True] * 4
    assert [(line["bill"], line["amount"], line["scratchpad_line"]) for line in receipt["lines"]] == [
        ("K1", "56.00", "2.001"),
        ("K3", "60.00", "4.001"),
        ("K2", "20.00", "4.002"),
        (None, "5.00", "5.001"),
    ]
    assert [line["suspense"] for line in receipt["lines"]] == [False, False, False, True]
    assert receipt.pop("warnings") == []
    assert program.json("receipt", "show", receipt["number"].lower()) == receipt

    done = program.json("receipt", "process", receipt["number"])
    assert done["decreases"] == [
        {"account": "442-K1", "amount": "-10.00"},
        {"account": "442-K1", "amount": "-14.00"},
    ]
    assert done["document"].startswith("TR-442K")
    assert (done["document_status"], done["already"]) == ("ACCEPTED BY FMS", None)
    bill = program.json("bill", "show", "K1")
    assert bill["balance"] == "20.00"
    assert [(made["type"], made["amount"], made["receipt"]) for made in bill["transactions"]] == [
        ("ORIGINAL AMOUNT", "100.00", None),
        ("DECREASE ADJUSTMENT", "10.00", receipt["number"]),
        ("DECREASE ADJUSTMENT", "14.00", receipt["number"]),
        ("PAYMENT (IN PART)", "56.00", receipt["number"]),
    ]
    assert bill["transactions"][2]["comment"] == "C1"
    assert program.json("eft", "show", "1")["receipt"] == receipt["number"]
    (row,) = program.json("era", "list", "--post", "posted")
    assert (row["post_status"], row["receipt"]) == ("POSTED", receipt["number"])
    assert program.json("era", "list", "--post", "unposted") == []

    again = program.json("receipt", "process", receipt["number"])
    assert again["already"]["by"]
    assert program.json("bill", "show", "K1") == bill
    assert program.json("check")["proven"] is True
    refused = program.json("scratchpad", "refresh", "1", status=1)
    assert refused == {"refused": "THIS ACTION IS NOT AVAILABLE SINCE THE ERA ALREADY HAS A RECEIPT."}


def test_a_check_receipt_takes_a_ticket_that_it_opens(program: Program) -> None:
    settings = read_settings(None, {"XDG_DATA_HOME": str(program.home)}, Path("/nonexistent"))
    with at_work(settings) as work:
        given.bills(work.store, work.actor, {"C1": 30, "C2": 30})
        with_ticket, without = (
            given.era(work.store, work.actor, trace=trace, claims=[(bill, 30, 30)], method="CHK")
            for trace, bill in (("900001", "C1"), ("900002", "C2"))
        )
    for era, ticket in ((with_ticket, ("--deposit", "a123456")), (without, ())):
        refused = program.json("scratchpad", "create", str(era), status=1)
        assert refused == {"refused": "THERE MUST EITHER BE A PAPER CHECK OR AN EFT FOR THIS ERA"}
        program.json("scratchpad", "create", str(era), "--check", f"CK{era}", "--check-date", "2012-07-20")
        assert program.json("era", "show", str(era))["check"] == f"CK{era}"
        made = program.json("receipt", "create", str(era), *ticket)
        done = program.json("receipt", "process", made["number"])
        if ticket:
            assert done["deposit"] == "A123456"
            assert done["document"].startswith("CR-442K")
        else:
            assert (done["document"], done["document_status"]) == (None, None)


def test_a_cancelled_payment_shows_its_comment_and_why_it_was_cancelled(tmp_path: Path) -> None:
    program = Program(tmp_path)
    program.json("init", "--station", "442", "--name", "DEMO", "--auto-audit")
    settings = read_settings(None, {"XDG_DATA_HOME": str(tmp_path)}, Path("/nonexistent"))
    with at_work(settings) as work:
        given.bills(work.store, work.actor, {"K1": 100, "K2": 50})
        era = given.matched_era(
            work.store, work.actor, trace="T1", claims=[("K1", 100, 80), ("K2", 50, 30)], eft_amount=110
        )
    program.json("scratchpad", "create", str(era))
    number = program.json("receipt", "create", str(era))["number"]
    assert "CANCELLED" not in program.call("receipt", "show", number).out
    with at_work(settings) as work, work.writing() as session:
        edit_payment(session, work.actor, number, 1, amount=Decimal(75), comment="SEE STUB")
        edit_payment(session, work.actor, number, 2, comment="OLD NOTE")
        cancel_payment(session, work.actor, number, 2, "WRONG PAYER")
    lines = program.json("receipt", "show", number)["lines"]
    assert [(line["cancelled"], line["comment"], line["cancel_comment"]) for line in lines] == [
        (False, "SEE STUB", None),
        (True, "OLD NOTE", "WRONG PAYER"),
        (True, None, "5.00 taken off payment 1"),
    ]
    shown = program.call("receipt", "show", number).out.splitlines()[-4:]
    assert [line.split(maxsplit=5)[-1] for line in shown[:3]] == [
        "COMMENT   CANCELLED",
        "SEE STUB",
        "OLD NOTE  WRONG PAYER",
    ]
    assert shown[3].endswith("0.00            5.00 taken off payment 1")


class Word(StrEnum):
    """A word of the screens."""

    SHOWN = "SHOWN AS THIS"


@dataclass(frozen=True)
class Inner:
    """Something within."""

    at: datetime.datetime


@dataclass(frozen=True)
class Outer:
    """Everything that a document may hold."""

    amount: Decimal
    date: datetime.date
    word: Word
    inner: tuple[Inner, ...]
    absent: None
    true: bool


def _written(value: object) -> Any:
    return json.loads("".join(as_json(value)))


def test_values_are_written_as_the_contract_says() -> None:
    at = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)
    value = Outer(Decimal("5"), datetime.date(2026, 1, 2), Word.SHOWN, (Inner(at),), None, True)
    assert _written(value) == {
        "amount": "5.00",
        "date": "2026-01-02",
        "word": "SHOWN AS THIS",
        "inner": [{"at": "2026-01-02T03:04:05+00:00"}],
        "absent": None,
        "true": True,
    }
    assert _written({Word.SHOWN: [Decimal("-0.1")]}) == {"SHOWN AS THIS": ["-0.10"]}
    assert "".join(as_json("\x1b[2J\u202e")) == '"\\u001b[2J\\u202e"'


@pytest.mark.parametrize("zero", ["-0", "-0.00", "-0.004", "0", "0.00"])
def test_a_zero_has_no_sign(zero: str) -> None:
    assert _written({"amount": Decimal(zero)}) == {"amount": "0.00"}
    assert two_decimals(Decimal(zero)) == "0.00"


@hypothesis.given(st.decimals(min_value=-(10**9), max_value=10**9, places=2), st.decimals(-5, 5, places=2))
def test_what_cancels_out_is_written_as_zero_and_all_else_as_it_is(amount: Decimal, factor: Decimal) -> None:
    for value in (amount - amount, amount * 0, -(amount - amount), factor * 0, -0 * factor):
        assert _written(value) == "0.00"
    written = _written(amount)
    assert isinstance(written, str)
    assert Decimal(written) == amount
    assert written.startswith("-") == (amount < 0)


@pytest.mark.parametrize("value", [1.5, b"bytes", object(), {1, 2}])
def test_what_has_no_place_in_a_document_is_never_written_by_chance(value: object) -> None:
    with pytest.raises(TypeError):
        _written({"amount": [value]})


def test_who_may_only_read_is_refused_and_what_another_works_on_is_left_alone(tmp_path: Path) -> None:
    program = Program(tmp_path)
    program.json("init", "--station", "442", "--name", "DEMO", "--auto-audit")
    settings = read_settings(None, {"XDG_DATA_HOME": str(tmp_path)}, Path("/nonexistent"))
    with at_work(settings) as work:
        given.bills(work.store, work.actor, {"K1": 100})
        era = str(
            given.matched_era(work.store, work.actor, trace="T1", claims=[("K1", 100, 80)], eft_amount=80)
        )
        with work.writing() as session:
            add_user(session, "reader", "READER,ROSE", (), given_by="test")
    reading = "YOU MAY ONLY READ, VIEW AND PRINT: THE KEY LOCKBOX CLERK IS MISSING"
    for words in (("scratchpad", "create", era), ("import", tmp_path / "any"), ("nightly",)):
        assert program.json(*words, "--as", "reader", status=1) == {"refused": reading}
    assert program.json("era", "show", era, "--as", "reader")["scratchpad"] is None

    program.json("scratchpad", "create", era)
    with at_work(settings) as work:
        with work.store.reading() as session:
            assert session.scalars(select(Lease)).all() == []
        with work.writing() as session:
            take_era(session, work.actor, int(era))
        refused = program.json("scratchpad", "refresh", era, status=1)
        assert refused["refused"].startswith("Another user is currently editing this entry (")
    assert program.json("scratchpad", "refresh", era)["entries"]
