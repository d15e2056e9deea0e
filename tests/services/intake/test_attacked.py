"""What an attack once got through: money lost or made where the store, its key or a file is not what it was."""

import datetime
import io
from pathlib import Path

import pytest
from sqlalchemy import select, update

from models.bills import Bill
from models.eras import Era
from models.errors import LockboxError
from models.store import Store
from models.words.acts import Act
from models.words.bills import BillStatus
from models.words.intake import Outcome
from models.words.keys import SecurityKey
from services.bank.write_nacha import NachaWriter, Payment, PaymentBatch
from services.findings import Finding
from services.intake.importing import import_stream
from services.intake.report import FileReport
from services.office.actor import Actor
from services.office.acts import begin, end
from services.office.site import set_parameter
from services.proofs.check import check_books
from services.x12.remittance import RemittanceClaim
from tests import given, ledger


def brought(store: Store, actor: Actor, content: bytes) -> FileReport:
    """Imports a file and gives the report."""
    return import_stream(store, actor, "a.file", io.BytesIO(content))


def ctx_file(remittance: bytes, amount: int) -> bytes:
    """An ACH file of one CTX payment that carries its remittance."""
    day = datetime.date(2012, 7, 20)
    stream = io.BytesIO()
    with NachaWriter(
        stream,
        destination="999999992",
        destination_name="DEMO TREASURY BANK",
        origin="999900001",
        origin_name="DEMO CLEARING BANK",
        created=day,
    ) as out:
        batch = PaymentBatch("BLUE RIVER", "1990000001", "CTX", "HCCLAIMPMT", day, "99990005")
        text = remittance.decode("ascii").replace("\n", "")
        out.batch(batch, [Payment("22", "999999992", "442000111", amount, "DEMO MEDICAL", text)])
    return stream.getvalue()


def test_a_remittance_held_inside_a_ctx_is_filed_when_the_file_comes_again(site: Store, actor: Actor) -> None:
    file = ctx_file(given.remittance_file(("T1", [("K1", 100, 80)])), 8000)
    held = brought(site, actor, file)
    assert (held.efts, [part.outcome for part in held.sets]) == (1, [Outcome.EXCEPTION])
    given.bills(site, actor, {"K1": 100})
    again = brought(site, actor, file)
    assert (again.outcome, [part.outcome for part in again.sets]) == (Outcome.FILED, [Outcome.FILED])
    with site.reading() as session:
        assert session.scalars(select(Era.trace)).all() == ["T1"]
    third = brought(site, actor, file)
    assert [part.outcome for part in third.sets] == [Outcome.DUPLICATE]


def test_another_stores_key_writes_nothing(site: Store, actor: Actor) -> None:
    before = ledger.contents(site)
    site.audit_key, right = b"\x07" * 32, site.audit_key
    with pytest.raises(LockboxError, match="does not fit the audit key"), site.writing() as session:
        end(session, begin(session, actor, Act.CHARGED, SecurityKey.ADJUST), "what")
    assert ledger.contents(site) == before
    site.audit_key = right
    given.bills(site, actor, {"K1": 100})
    ledger.assert_clean(site)


def test_a_store_that_was_replaced_takes_nothing_more(site: Store, actor: Actor) -> None:
    if not site.sqlite:
        pytest.skip("a PostgreSQL server keeps its files to itself")
    assert site.url.database is not None
    given.bills(site, actor, {"K1": 100})
    path = Path(site.url.database)
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content)
    with pytest.raises(LockboxError, match="taken away or replaced"), site.writing():
        raise AssertionError("nothing is written to it")


@pytest.mark.parametrize("charge", ["1,250.00", "1E3", "$5", "0.001", ""])
def test_a_claim_whose_charge_cannot_be_read_is_no_bill(site: Store, actor: Actor, charge: str) -> None:
    file = given.claims_file({"K1": 100, "K2": 50})
    assert file.count(b"CLM*K1*100*") == 1
    spoilt = brought(site, actor, file.replace(b"CLM*K1*100*", f"CLM*K1*{charge}*".encode()))
    assert spoilt.bills == 1
    assert "no-charge" in {finding.code for part in spoilt.sets for finding in part.findings}
    assert given.bills(site, actor, {"K1": 100})["K1"]
    ledger.assert_clean(site)


def test_received_takes_back_neither_yes_nor_no(site: Store, actor: Actor) -> None:
    with site.writing() as session:
        set_parameter(session, actor, "wait-for-277ca", "YES")
    given.acknowledged(site, actor, "K1", "K0", says="A2")
    brought(site, actor, given.claims_file({"K0": 100}))
    given.acknowledged(site, actor, "K1", "K0", says="A2")
    given.acknowledged(site, actor, "K1", "K0", says="A1")
    brought(site, actor, given.claims_file({"K1": 100}))
    with site.reading() as session:
        rows = session.execute(select(Bill.number, Bill.status, Bill.edi_status).order_by(Bill.number))
        assert [(status, said.value) for _, status, said in rows] == [(BillStatus.ACTIVE, "ACCEPTED")] * 2


@pytest.mark.parametrize("status", [BillStatus.COLLECTED_CLOSED, BillStatus.NEW_BILL])
def test_a_bill_that_owes_money_is_not_closed(site: Store, actor: Actor, status: BillStatus) -> None:
    given.bills(site, actor, {"K1": 100})
    with site.writing() as session:
        session.execute(update(Bill).values(status=status))
    with site.reading() as session:
        found = check_books(session)
    assert Finding("bill-status", f"It is {status.value}, but 100.00 is owed.", "bill K1") in found


def test_a_long_row_of_separators_costs_no_more_than_its_length() -> None:
    """Twenty times 200,000 of them: a pattern tried from each would not end today."""
    claim = tuple.__new__(RemittanceClaim, ("",) * len(RemittanceClaim._fields))
    stars = "*" * 200_000
    prints = {
        claim._replace(text=f"CLP*1{end}~NM1*QC*1{stars}X").fingerprint for end in ("", *["*" * 9] * 19)
    }
    assert len(prints) == 1
