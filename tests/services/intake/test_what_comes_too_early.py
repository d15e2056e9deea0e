"""Files that come too early, and sets that no store can take: filed in the right order, or held and tried again."""

from pathlib import Path

import pytest
from sqlalchemy import select

from models.bills import Bill
from models.messages import StoredFinding
from models.store import Store
from models.words.bills import BillStatus
from models.words.intake import Outcome
from services.errors import LockboxError
from services.generator.site_day import generate_site_day
from services.intake import report as file_report
from services.intake.importing import import_file
from services.intake.order import order_of_filing
from services.office.actor import NIGHT_LOGIN, Actor
from services.office.acts import act_as
from services.office.clock import site_of
from tests import given
from tests.ledger import assert_clean


@pytest.fixture
def day(tmp_path: Path) -> dict[str, Path]:
    """A day of ten claims, by the names of its files."""
    made = generate_site_day(
        tmp_path / "day", claims=10, lines=1, seed=4, faults=frozenset(), day=given.PAID_ON
    )
    return {path.name: path for path in made.files}


def test_claims_are_filed_first_whatever_the_order(day: dict[str, Path]) -> None:
    backwards = sorted(day.values(), reverse=True)
    ordered = sorted(backwards, key=order_of_filing)
    assert [path.name for path in ordered] == [
        "claims-837p.837",
        "acknowledgement.277",
        "remittance.835",
        "eft.ach",
    ]


def test_an_acknowledgement_before_its_claims_is_held_and_counts_when_it_comes_again(
    store: Store, actor: Actor, day: dict[str, Path]
) -> None:
    with store.writing() as session:
        site_of(session).wait_for_277ca = True
    early = import_file(store, actor, day["acknowledgement.277"])
    assert early.outcome is Outcome.EXCEPTION
    assert import_file(store, actor, day["claims-837p.837"]).outcome is Outcome.FILED
    again = import_file(store, actor, day["acknowledgement.277"])
    assert again.outcome is Outcome.FILED
    with store.reading() as session:
        assert set(session.scalars(select(Bill.status))) == {BillStatus.ACTIVE}
    assert_clean(store)


def test_a_claim_charged_below_zero_is_left_out_and_the_others_are_filed(
    store: Store, actor: Actor, day: dict[str, Path], tmp_path: Path
) -> None:
    text = day["claims-837p.837"].read_bytes()
    start = text.index(b"CLM*") + 4
    charge = text.index(b"*", start) + 1
    hostile = tmp_path / "below-zero.837"
    hostile.write_bytes(text[:charge] + b"-" + text[charge:])
    report = import_file(store, actor, hostile)
    assert (report.outcome, report.bills) == (Outcome.FILED, 9)
    assert "negative-charge" in {finding.code for found in report.sets for finding in found.findings}
    assert_clean(store)


def test_a_remittance_that_nobody_could_pay_is_held(store: Store, actor: Actor) -> None:
    given.bills(store, actor, {"K1": 100})
    claims = [(f"K{number}", "9999999999.99", "9999999999.99") for number in range(1, 4)]
    report = given.remittance(
        store, actor, trace="HUGE", claims=claims, plbs=[("WO", "R", "9999999999.99")] * 2, method="CHK"
    )
    assert report.outcome is Outcome.EXCEPTION
    assert_clean(store)


def test_nobody_acts_as_the_night_job(store: Store, actor: Actor) -> None:
    with store.reading() as session, pytest.raises(LockboxError, match="is not a user"):
        act_as(session, actor, NIGHT_LOGIN)


def test_a_report_of_very_many_findings_lists_some_and_the_store_keeps_all(
    store: Store, actor: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_report, "MOST_TOLD", 25)
    made = generate_site_day(
        tmp_path / "day",
        claims=60,
        lines=1,
        seed=4,
        faults=frozenset(),
        claims_per_set=10,
        day=given.PAID_ON,
    )
    report = import_file(store, actor, next(path for path in made.files if path.suffix == ".835"))
    assert [one.outcome for one in report.sets] == [Outcome.EXCEPTION] * 6
    assert [len(one.findings) for one in report.sets] == [11, 11, 3, 1, 1, 1]
    assert {one.findings[-1].code for one in report.sets} == {"held"}
    assert [finding.code for finding in report.findings] == ["findings-left-out"]
    with store.reading() as session:
        kept = session.scalars(select(StoredFinding.code)).all()
    assert kept.count("bill-not-found") == 60
