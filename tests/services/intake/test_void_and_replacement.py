"""A claim that voids or replaces an earlier one (CLM05-3) changes its bill, and is never one more receivable."""

import io
from decimal import Decimal

import pytest
from hypothesis import given as for_any
from hypothesis import settings
from hypothesis import strategies as some
from sqlalchemy import select

from models.bills import Bill, BillLine
from models.store import Store
from models.words.intake import Outcome
from services.bills.receivables import find_bill
from services.intake.importing import import_stream
from services.intake.report import FileReport
from services.office.actor import Actor
from services.office.site import open_site, set_parameter
from tests import given, ledger
from tests.clerk import Clerk
from tests.stores import FixedClock, StoreKind
from tests.tampering import places

VOID, REPLACES = "8", "7"


def amending(
    number: str, charge: given.Dollars, frequency: str, original: str = "", *, patient: str = "DEMOVET,ALPHA"
) -> bytes:
    """An 837P of one claim of this frequency, with REF*F8 if it names an original."""
    text = given.claims_file({number: charge}, patient=patient)
    assert text.count(b":B:1*") == 1
    text = text.replace(b":B:1*", b":B:%s*" % frequency.encode())
    if original:
        text = text.replace(b"HI*", b"REF*F8*%s~\nHI*" % original.encode(), 1)
    return text


def brought(store: Store, actor: Actor, content: bytes) -> FileReport:
    """Imports a file, and sees that the books prove whatever became of it."""
    report = import_stream(store, actor, "amended.837", io.BytesIO(content))
    ledger.assert_clean(store)
    return report


def said(report: FileReport) -> list[str]:
    """The codes of what is said of the claims, but for what a reader says of the set."""
    known = {"bill-voided", "bill-replaced", "bill-differs", "amended-unknown", "duplicate-bill"}
    return [each.code for one in report.sets for each in one.findings if each.code in known]


def owed(store: Store) -> dict[str, tuple[str, Decimal]]:
    """Status and balance of each bill."""
    with store.reading() as session:
        rows = session.execute(select(Bill.number, Bill.status, Bill.balance).order_by(Bill.id))
        return {number: (status.value, balance) for number, status, balance in rows}


def test_a_void_cancels_an_open_bill(site: Store, actor: Actor, clerk: Clerk) -> None:
    bill = given.bills(site, actor, {"K1": 100, "K2": 50})["K1"]
    clerk.charges(bill, interest=3, admin=2)
    with ledger.moving(site, _1200=-105, _4000=100, _4050=5):
        report = brought(site, actor, amending("K1", 100, VOID))
    assert (report.outcome, report.bills, said(report)) == (Outcome.FILED, 0, ["bill-voided"])
    assert owed(site) == {"K1": ("CANCELLED BILL", Decimal(0)), "K2": ("ACTIVE", Decimal(50))}
    # Again, be it in another file, it changes nothing.
    with ledger.moving(site):
        again = brought(site, actor, amending("K1", 100, VOID) + b"\n")
        assert not again.bills
    # Nor is the claim itself, sent once more, a receivable.
    with ledger.moving(site):
        brought(site, actor, given.claims_file({"K1": 100}) + b"\n")


def test_a_void_of_a_paid_bill_cancels_what_is_open_and_tells_of_the_payment(
    site: Store, actor: Actor, clerk: Clerk
) -> None:
    given.bills(site, actor, {"K1": 100})
    era = given.matched_era(site, actor, trace="T1", claims=[("K1", 100, 60)], eft_amount=60)
    clerk.opens(era)
    clerk.processes(clerk.creates_receipt(era))
    with ledger.moving(site, _1200=-40, _4000=40):
        report = brought(site, actor, amending("K1", 100, VOID))
    assert owed(site)["K1"] == ("COLLECTED/CLOSED", Decimal(0))
    told = next(each.text for each in report.sets[0].findings if each.code == "bill-voided")
    assert told == (
        "Claim K1 voids bill K1: 40.00 of it is cancelled. "
        "60.00 was paid on it: the payer takes that back in a remittance."
    )


def test_an_old_bill_is_voided_against_opening_balances(site: Store, actor: Actor) -> None:
    given.bill(site, actor, "K1", 100, balance=100)
    with ledger.moving(site, _1200=-100, _3000=100):
        brought(site, actor, amending("K1", 100, VOID))
    assert owed(site)["K1"] == ("CANCELLED BILL", Decimal(0))


@pytest.mark.parametrize(("charge", "moved"), [(130, 30), (70, -30), (100, 0)])
def test_a_replacement_books_the_difference(site: Store, actor: Actor, charge: int, moved: int) -> None:
    given.bills(site, actor, {"K1": 100})
    with ledger.moving(site, **({"_1200": moved, "_4000": -moved} if moved else {})):
        report = brought(site, actor, amending("K1", charge, REPLACES))
    assert (report.outcome, report.bills, said(report)) == (Outcome.FILED, 0, ["bill-replaced"])
    assert owed(site) == {"K1": ("ACTIVE", Decimal(charge))}
    with site.reading() as session:
        assert session.scalars(select(BillLine.charge)).all() == [Decimal(charge)]
    with ledger.moving(site):
        again = brought(site, actor, amending("K1", charge, REPLACES) + b"\n")
    assert (again.outcome, said(again)) == (Outcome.DUPLICATE, ["duplicate-bill"])


def test_a_replacement_below_what_was_paid_changes_nothing(site: Store, actor: Actor, clerk: Clerk) -> None:
    given.bills(site, actor, {"K1": 100})
    era = given.matched_era(site, actor, trace="T1", claims=[("K1", 100, 60)], eft_amount=60)
    clerk.opens(era)
    clerk.processes(clerk.creates_receipt(era))
    with ledger.moving(site):
        report = brought(site, actor, amending("K1", 50, REPLACES))
    assert said(report) == ["bill-differs"]
    assert owed(site) == {"K1": ("ACTIVE", Decimal(40))}


def test_a_closed_bill_is_owed_again_when_its_charge_is_raised(
    site: Store, actor: Actor, clerk: Clerk
) -> None:
    given.bills(site, actor, {"K1": 100})
    era = given.matched_era(site, actor, trace="T1", claims=[("K1", 100, 100)], eft_amount=100)
    clerk.opens(era)
    clerk.processes(clerk.creates_receipt(era))
    with ledger.moving(site, _1200=20, _4000=-20):
        brought(site, actor, amending("K1", 120, REPLACES))
    assert owed(site) == {"K1": ("ACTIVE", Decimal(20))}


@pytest.mark.parametrize("original", ["K1", "442-K1", "PK1"])
def test_under_another_number_the_original_is_found_by_its_number_or_the_payers(
    site: Store, actor: Actor, original: str
) -> None:
    given.bills(site, actor, {"K1": 100})
    given.era(site, actor, trace="T1", claims=[("K1", 100, 60)])
    with ledger.moving(site, _1200=20, _4000=-20):
        report = brought(site, actor, amending("K77", 120, REPLACES, original))
    assert said(report) == ["bill-replaced"]
    assert owed(site) == {"K1": ("ACTIVE", Decimal(120))}
    # Its payer answers under the new number.
    with site.reading() as session:
        assert [find_bill(session, each).number for each in ("K77", "442-K77", "K1")] == ["K1"] * 3
    with ledger.moving(site):
        assert brought(site, actor, given.claims_file({"K77": 120})).bills == 0
    with ledger.moving(site, _1200=-120, _4000=120):
        brought(site, actor, amending("K77", 120, VOID))


@pytest.mark.parametrize(("frequency", "status"), [(VOID, "CANCELLED BILL"), (REPLACES, "INCOMPLETE")])
@pytest.mark.parametrize(
    ("original", "patient"), [("", "DEMOVET,ALPHA"), ("XYZ", "DEMOVET,ALPHA"), ("K1", "OTHER,BETA")]
)
def test_without_its_original_it_is_kept_and_never_owed(
    site: Store, actor: Actor, frequency: str, status: str, original: str, patient: str
) -> None:
    given.bills(site, actor, {"K1": 100})
    with ledger.moving(site):
        report = brought(site, actor, amending("K77", 120, frequency, original, patient=patient))
        given.acknowledged(site, actor, "K77")
        given.night(site)
    assert (report.outcome, said(report)) == (Outcome.FILED, ["amended-unknown"])
    assert owed(site) == {"K1": ("ACTIVE", Decimal(100)), "K77": (status, Decimal(0))}


@pytest.mark.parametrize("frequency", [VOID, REPLACES])
def test_a_bill_that_is_no_receivable_yet_is_amended_without_money(
    site: Store, actor: Actor, frequency: str
) -> None:
    with site.writing() as session:
        set_parameter(session, actor, "auto-audit REIMBURSABLE INS.", "NO")
    given.bills(site, actor, {"K1": 100})
    with ledger.moving(site):
        brought(site, actor, amending("K1", 120, frequency))
    assert owed(site)["K1"][0] == ("CANCELLED BILL" if frequency == VOID else "NEW BILL")


def test_another_payers_claim_of_the_same_number_amends_nothing(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {"K1": 100})
    secondary = amending("K1", 120, REPLACES).replace(b"SBR*P*", b"SBR*S*")
    with ledger.moving(site):
        assert said(brought(site, actor, secondary)) == ["bill-differs"]


cents = some.integers(1, 20_000).map(lambda number: Decimal(number).scaleb(-2))


@settings(max_examples=15)
@for_any(charges=some.lists(cents, min_size=1, max_size=4), voided=some.booleans())
def test_whatever_replaces_it_the_last_charge_is_owed_once_or_nothing(
    stores: StoreKind, charges: list[Decimal], voided: bool
) -> None:
    with stores.fresh(FixedClock()) as store:
        with store.writing() as session:
            actor = open_site(session, "clerk", station="442", name="DEMO", auto_audit=True)
        given.bills(store, actor, {"K1": 100})
        number = "K1"
        for step, charge in enumerate(charges):
            brought(store, actor, amending(f"R{step}", charge, REPLACES, number))
            number = f"R{step}"
        if voided:
            brought(store, actor, amending(number, charges[-1], VOID))
        due = Decimal(0) if voided else charges[-1]
        assert list(owed(store)) == ["K1"]
        assert owed(store)["K1"][1] == due
        books = ledger.accounts(store)
        assert (books.get("1200", Decimal(0)), books.get("4000", Decimal(0))) == (due, -due)


@pytest.mark.parametrize(
    ("statement", "off"),
    [
        ("UPDATE bill SET original = 10000 WHERE number = 'K1'", ("bill-original", "bill K1")),
        ("UPDATE bill SET status = 'ACTIVE' WHERE number = 'K2'", ("bill-status", "bill K2")),
        ("UPDATE bill SET balance = 5000 WHERE number = 'K2'", ("bill-balance", "bill K2")),
        (
            "UPDATE bill_transaction SET type = 'INCREASE ADJUSTMENT' WHERE type = 'CLAIM REPLACED, CHARGE RAISED'",
            ("bill-original", "bill K1"),
        ),
        (
            "UPDATE journal_line SET account = '3000' WHERE account = '4000' AND debit = 5000",
            ("bill-opened", "bill K2"),
        ),
    ],
)
def test_the_check_names_what_was_changed_past_the_program(
    site: Store, actor: Actor, statement: str, off: tuple[str, str]
) -> None:
    given.bills(site, actor, {"K1": 100, "K2": 50})
    brought(site, actor, amending("K1", 120, REPLACES))
    brought(site, actor, amending("K2", 50, VOID))
    assert off in places(site, statement)
