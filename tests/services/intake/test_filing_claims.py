"""Claims and what is said of them: filed by few statements, whole, once, with what is wrong with the set."""

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, select

from models.bills import Bill, Patient
from models.messages import StoredFinding
from models.store import Store
from models.words.bills import BillStatus, EdiStatus
from models.words.intake import Outcome
from services.findings import Finding
from services.intake.importing import import_stream
from services.intake.judging import judge_file
from services.intake.report import FileReport
from services.office.actor import Actor
from services.office.clock import site_of
from services.office.site import set_parameter
from tests import given
from tests.ledger import assert_clean


def imported(store: Store, actor: Actor, text: bytes) -> FileReport:
    """Imports a file and gives the report."""
    return import_stream(store, actor, "file.x12", io.BytesIO(text))


def said(store: Store) -> dict[str, tuple[BillStatus, EdiStatus]]:
    """Each bill's status and what its payer said of it."""
    with store.reading() as session:
        rows = session.execute(select(Bill.number, Bill.status, Bill.edi_status))
        return {row.number: (row.status, row.edi_status) for row in rows}


def awaiting(store: Store) -> None:
    """The site waits for the 277CA before a bill becomes ACTIVE."""
    with store.writing() as session:
        site_of(session).wait_for_277ca = True


@contextmanager
def counted(store: Store) -> Iterator[list[int]]:
    """Counts the statements that are sent to the store; on PostgreSQL without its COPYs."""
    sent = [0]

    def one(*_: Any) -> None:
        sent[0] += 1

    event.listen(store.engine, "before_cursor_execute", one)
    try:
        yield sent
    finally:
        event.remove(store.engine, "before_cursor_execute", one)


def test_many_claims_take_no_more_statements_than_few(store: Store, actor: Actor) -> None:
    statements = []
    for prefix, count in (("A", 3), ("B", 300)):
        charges = {f"{prefix}{number:04d}": 100 + number for number in range(count)}
        with counted(store) as sent:
            assert imported(store, actor, given.claims_file(charges)).bills == count
        statements.append(sent[0])
    assert statements[1] <= statements[0]
    assert_clean(store)


def test_acknowledging_many_claims_takes_no_more_statements_than_few(store: Store, actor: Actor) -> None:
    awaiting(store)
    statements = []
    for prefix, count in (("A", 3), ("B", 300)):
        numbers = [f"{prefix}{number:04d}" for number in range(count)]
        given.bills(store, actor, dict.fromkeys(numbers, 100))
        with counted(store) as sent:
            assert given.acknowledged(store, actor, *numbers).bills == count
        statements.append(sent[0])
    assert statements[1] <= statements[0]
    assert set(said(store).values()) == {(BillStatus.ACTIVE, EdiStatus.ACCEPTED)}
    assert_clean(store)


def test_more_claims_than_are_filed_at_once_are_all_filed_and_acknowledged(
    store: Store, actor: Actor
) -> None:
    awaiting(store)
    numbers = [f"K{number:04d}" for number in range(1101)]
    report = imported(store, actor, given.claims_file(dict.fromkeys(numbers, 10)))
    assert (report.outcome, report.bills) == (Outcome.FILED, 1101)
    assert given.acknowledged(store, actor, *numbers).bills == 1101
    assert said(store) == dict.fromkeys(numbers, (BillStatus.ACTIVE, EdiStatus.ACCEPTED))
    assert_clean(store)


@pytest.mark.parametrize("kind", ["837", "277CA", "835"])
def test_a_wrong_count_of_segments_is_told_and_the_set_filed(store: Store, actor: Actor, kind: str) -> None:
    given.bills(store, actor, {"K1": 100})
    text = {
        "837": given.claims_file({"K2": 50}),
        "277CA": given.acknowledgement_file("K1"),
        "835": given.remittance_file(("T1", [("K1", 100, 80)])),
    }[kind]
    start = text.index(b"SE*") + 3
    report = imported(store, actor, text[:start] + b"9" + text[start:])
    assert report.outcome is Outcome.FILED
    assert "se-count" in {finding.code for finding in report.sets[0].findings}
    with store.reading() as session:
        kept = session.scalars(select(StoredFinding.code)).all()
    assert "se-count" in kept


def test_an_acknowledgement_that_comes_twice_does_not_undo_what_came_between(
    store: Store, actor: Actor
) -> None:
    with store.writing() as session:
        set_parameter(session, actor, "auto-audit REIMBURSABLE INS.", "NO")
    given.bills(store, actor, {"K1": 100, "K2": 50})
    first = given.acknowledgement_file("K1", "K2", says="A3")
    assert imported(store, actor, first).outcome is Outcome.FILED
    assert given.acknowledged(store, actor, "K1").outcome is Outcome.FILED
    again = imported(store, actor, first + b"\n")
    assert (again.outcome, again.bills) == (Outcome.DUPLICATE, 0)
    assert said(store) == {
        "K1": (BillStatus.NEW_BILL, EdiStatus.ACCEPTED),
        "K2": (BillStatus.NEW_BILL, EdiStatus.REJECTED),
    }


def test_an_acknowledgement_cut_off_in_the_middle_notes_nothing(store: Store, actor: Actor) -> None:
    awaiting(store)
    numbers = [f"K{number:04d}" for number in range(600)]
    given.bills(store, actor, dict.fromkeys(numbers, 10))
    whole = given.acknowledgement_file(*numbers)
    cut = imported(store, actor, whole[: whole.index(b"TRN*2*K0590")])
    assert cut.outcome is Outcome.EXCEPTION
    assert set(said(store).values()) == {(BillStatus.NEW_BILL, EdiStatus.NOT_SENT)}
    assert imported(store, actor, whole).outcome is Outcome.FILED
    assert set(said(store).values()) == {(BillStatus.ACTIVE, EdiStatus.ACCEPTED)}
    assert_clean(store)


def listed(*rows: tuple[str, str]) -> bytes:
    """A bills CSV of numbers and charges."""
    heading = "bill_number,patient_name,payer_name,service_from,charge"
    said = [f'{number},"DEMOVET,ALPHA",BLUE RIVER,2012-06-04,{charge}' for number, charge in rows]
    return "\n".join([heading, *said, ""]).encode()


SPELT = (("Q1", "442-Q1"), ("442-Q1", "Q1"), ("442-Q1", "442-q1"))


@pytest.mark.parametrize(("first", "second"), SPELT)
def test_a_bill_with_and_without_the_station_in_one_list_is_one_receivable(
    store: Store, actor: Actor, first: str, second: str
) -> None:
    report = imported(store, actor, listed((first, "100.00"), ("K9", "5.00"), (second, "100.00")))
    assert (report.outcome, report.bills, list(said(store))) == (Outcome.FILED, 2, [first, "K9"])
    told = Finding("duplicate-bill", f"Bill {second.upper()} is on file already.", "row 4")
    assert report.findings == (told,)
    assert_clean(store)


@pytest.mark.parametrize(("first", "second"), SPELT)
def test_a_bill_with_and_without_the_station_in_one_837_is_one_receivable(
    store: Store, actor: Actor, first: str, second: str
) -> None:
    report = imported(store, actor, given.claims_file({first: 100, "K9": 5, second: 100}))
    assert (report.outcome, report.bills, list(said(store))) == (Outcome.FILED, 2, [first, "K9"])
    (told,) = report.sets[0].findings
    assert (told.code, told.text) == ("duplicate-bill", f"Bill {second} is on file already.")
    assert re.fullmatch(r"segment \d+", told.where)
    assert_clean(store)


def test_a_bill_of_another_station_is_another_bill(store: Store, actor: Actor) -> None:
    report = imported(store, actor, listed(("442-Q1", "100.00"), ("528-Q1", "100.00")))
    assert (report.outcome, report.bills, report.findings) == (Outcome.FILED, 2, ())


@pytest.mark.parametrize(
    ("rows", "code", "text"),
    [
        ([("K1", "10"), ("K1", "10")], "duplicate-bill", "Bill K1 is that of row 2; it is filed once."),
        (
            [("K1", "10"), ("k1", "11")],
            "bill-differs",
            "Bill K1 is that of row 2, with other data; only the first of them is filed.",
        ),
        (
            [("442-K1", "10"), ("K1", "10")],
            "duplicate-bill",
            "At station 442 bill K1 is bill 442-K1 of row 2; it is filed once.",
        ),
        (
            [("K1", "10"), ("442-K1", "11")],
            "bill-differs",
            "At station 442 bill 442-K1 is bill K1 of row 2, with other data; only the first of them is filed.",
        ),
    ],
)
def test_validate_tells_of_a_bill_that_is_in_a_list_twice(
    store: Store, actor: Actor, tmp_path: Path, rows: Sequence[tuple[str, str]], code: str, text: str
) -> None:
    path = tmp_path / "bills.csv"
    path.write_bytes(listed(*rows, ("528-K1", "10"), ("528-K2", "10")))
    found = [finding for finding in judge_file(path).findings if "528" not in finding.text]
    assert found == [Finding(code, text, "row 3")]
    report = imported(store, actor, path.read_bytes())
    assert [(told.code, told.where) for told in report.findings] == [(code, "row 3")]
    assert report.bills == 3


def test_validate_knows_the_station_of_a_division(tmp_path: Path) -> None:
    path = tmp_path / "bills.csv"
    path.write_bytes(listed(("528A8-K1", "10"), ("K1", "10")))
    (found,) = judge_file(path).findings
    assert found.text == "At station 528A8 bill K1 is bill 528A8-K1 of row 2; it is filed once."


def test_validate_takes_two_stations_bills_for_two(tmp_path: Path) -> None:
    path = tmp_path / "bills.csv"
    path.write_bytes(listed(("442-K1", "10"), ("528-K1", "10"), ("K2", "10")))
    assert judge_file(path).valid


def payers(store: Store) -> dict[str, str]:
    """Each bill's payer by name."""
    with store.reading() as session:
        return {bill.number: bill.payer.name for bill in session.scalars(select(Bill))}


def test_payers_that_share_an_identifier_keep_their_own_names(store: Store, actor: Actor) -> None:
    def listed(*rows: str) -> bytes:
        heading = "bill_number,patient_name,payer_name,payer_id,service_from,charge"
        return "\n".join((heading, *(f"{row},2012-06-04,100" for row in rows), "")).encode()

    first = listed(
        'A1,"DOE,JANE",FIRST PLAN,77', 'A2,"DOE,JANE",SECOND PLAN,77', 'A3,"DOE,JANE",First  Plan,77'
    )
    second = listed(
        'B1,"DOE,JANE",SECOND PLAN,77', 'B2,"DOE,JANE",THIRD PLAN,77', 'B3,"DOE,JANE",FIRST PLAN,78'
    )
    for text in (first, second):
        assert imported(store, actor, text).outcome is Outcome.FILED
    assert payers(store) == {
        "A1": "FIRST PLAN",
        "A2": "SECOND PLAN",
        "A3": "FIRST PLAN",
        "B1": "SECOND PLAN",
        "B2": "THIRD PLAN",
        "B3": "FIRST PLAN",
    }
    assert_clean(store)


def test_a_claim_that_names_its_payer_by_identifier_alone_is_of_the_payer_known_by_it(
    store: Store, actor: Actor
) -> None:
    given.bills(store, actor, {"K1": 100})
    nameless = re.sub(rb"NM1\*PR\*2\*[^*]*\*", b"NM1*PR*2**", given.claims_file({"K2": 100}))
    imported(store, actor, nameless)
    assert payers(store) == {"K1": given.BLUE_RIVER, "K2": given.BLUE_RIVER}


def test_a_patient_with_a_suffix_is_the_one_known_without_it(store: Store, actor: Actor) -> None:
    given.bills(store, actor, {"K1": 100})
    later = re.sub(
        rb"NM1\*IL\*1\*DEMOVET\*ALPHA\*\*\*", b"NM1*IL*1*DEMOVET*ALPHA***JR", given.claims_file({"K2": 100})
    )
    assert b"*JR*" in later
    imported(store, actor, later)
    with store.reading() as session:
        assert {bill.patient.name for bill in session.scalars(select(Bill))} == {"DEMOVET,ALPHA"}
        assert session.scalar(select(func.count(Patient.id))) == 1
