"""The night job records a deposit of any size: for each EFT that brings money a receipt line and one in the books."""

import io
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from models.efts import Eft, EftDeposit
from models.journal import JournalLine
from models.messages import Bulletin
from models.receipts import Receipt, ReceiptLine
from models.store import Store
from models.words.books import Account
from services.books.finance import document_of
from services.intake.importing import import_stream
from services.office.actor import Actor
from services.remittances import matching
from services.remittances.matching import MISMATCH_SUBJECT
from tests import given, ledger
from tests.services.intake.test_filing_efts import ach, payment

#: More than two rounds of recording.
MANY = 1203


def test_a_deposit_of_many_efts_has_a_line_for_each_that_brings_money(site: Store, actor: Actor) -> None:
    # Every fifth is a payment of nothing, as a payer sends with a remittance of nothing.
    cents = {at: 0 if at % 5 == 0 else at for at in range(1, MANY + 1)}
    import_stream(site, actor, "day.ach", io.BytesIO(ach([payment(at, of) for at, of in cents.items()])))
    with ledger.moving(
        site, _1010=f"{sum(cents.values()) / 100:.2f}", _2110=f"-{sum(cents.values()) / 100:.2f}"
    ):
        assert given.night(site).deposits_recorded == 1
    paid = [at for at, of in cents.items() if of]
    wanted = [(line, at, Decimal(at).scaleb(-2)) for line, at in enumerate(paid, start=1)]
    with site.reading() as session:
        [receipt] = session.scalars(select(Receipt))
        lines = session.execute(
            select(ReceiptLine.number, Eft.number, ReceiptLine.amount)
            .join(Eft, Eft.id == ReceiptLine.eft_id)
            .order_by(ReceiptLine.number)
        )
        assert lines.all() == wanted
        booked = session.execute(
            select(JournalLine.receipt_line, Eft.number, JournalLine.credit)
            .join(Eft, Eft.id == JournalLine.eft_id)
            .where(JournalLine.account == Account.UNAPPLIED)
            .order_by(JournalLine.number)
        )
        assert booked.all() == wanted
        efts = session.execute(select(Eft.number, Eft.receipt_line, Eft.recorded).order_by(Eft.number))
        of_line = {at: line for line, at, _ in wanted}
        assert efts.all() == [(at, of_line.get(at), True) for at in cents]
        document = document_of(session, receipt.id)
        assert document is not None
        assert document.amount == Decimal(sum(cents.values())).scaleb(-2)
        assert f" {document.amount} USD" in document.text and f" -{document.amount} USD" in document.text
    before = ledger.contents(site)
    assert given.night(site).deposits_recorded == 0
    assert ledger.differing(before, ledger.contents(site)) == {}


def test_an_eft_changed_since_its_receipt_is_found_in_a_deposit_of_any_size(
    site: Store, actor: Actor
) -> None:
    import_stream(site, actor, "day.ach", io.BytesIO(ach([payment(at, at) for at in range(1, MANY + 1)])))
    with site.writing() as session:
        eft = session.scalars(select(Eft).where(Eft.number == MANY)).one()
        eft.trace = "T9"
    night = given.night(site)
    assert (night.deposits_recorded, night.checksum_errors) == (0, ("569000001",))
    with site.reading() as session:
        assert session.scalars(select(EftDeposit.posted)).all() == [None]
        assert session.scalar(select(func.count()).select_from(JournalLine)) == 0


def test_each_mismatch_is_told_once(site: Store, actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "_AT_ONCE", 2)
    given.matches_at_once(site)
    given.bills(site, actor, {f"K{at}": 100 for at in range(5)})
    for at in range(5):
        given.era(site, actor, trace=f"T{at}", claims=[(f"K{at}", 100, 80)])
        given.eft(site, actor, trace=f"T{at}", amount=79 + at % 2 * 2)
    assert given.night(site).matching.mismatched == 5
    with site.reading() as session:
        told = session.scalars(select(Bulletin.text).where(Bulletin.subject == MISMATCH_SUBJECT)).all()
        assert sorted(told) == sorted(session.scalars(select(Eft.errors)))
        assert ["LESS" in text for text in told] == [True, False, True, False, True]
    given.night(site)
    with site.reading() as session:
        assert len(session.scalars(select(Bulletin.text)).all()) == 5
