"""The codes of a payment and of its file are judged: what is no payment here is held, the rest is said."""

import io
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given as for_any
from hypothesis import strategies as some
from sqlalchemy import select

from models.eras import Era
from models.messages import TransmissionException
from models.site import Site
from models.store import Store
from models.upgrading import upgrade
from models.words.intake import Outcome
from services.errors import Refused
from services.intake.exception_acts import file_exception
from services.intake.importing import import_stream
from services.intake.judging import judge_file
from services.intake.reading_again import after_upgrade
from services.intake.report import FileReport
from services.office.actor import Actor
from services.office.site import set_parameter
from services.x12.payment_codes import judge_codes
from tests import given, ledger, older
from tests.clerk import Clerk

#: A finding's code and the beginning of its sentence.
Said = tuple[str, str]

NO_MONEY = (
    "no-money",
    "BPR01 is H and BPR04 is NON: no money comes with this remittance, though BPR02 tells 20.00.",
)
BELOW = ("negative-payment", "BPR02 is -20.00, below zero: nobody pays that.")


@pytest.fixture
def billed(site: Store, actor: Actor) -> Store:
    """A site that knows the bills K1 and K2."""
    given.bills(site, actor, {"K1": 100, "K2": 100})
    return site


def remittance(bpr: str, *, trace: str = "T1", cur: str = "", usage: str = "T") -> bytes:
    """A remittance of K1 whose BPR begins so, with a CUR if asked for."""
    text = given.remittance_file((trace, [("K1", 100, 20)])).decode()
    text, count = re.subn(r"BPR\*[^*]*\*[^*]*\*[^*]*\*[^*]*\*", f"BPR*{bpr}*", text)
    assert count == 1
    if cur:
        text = text.replace("DTM*405", f"CUR*PR*{cur}~\nDTM*405")
    return text.replace("*0*T*:", f"*0*{usage}*:").encode()


def brought(store: Store, actor: Actor, content: bytes) -> FileReport:
    """Imports a file, and sees that the books prove whatever became of it."""
    report = import_stream(store, actor, "day.835", io.BytesIO(content))
    ledger.assert_clean(store)
    return report


def said_of(report: FileReport) -> list[Said]:
    """What is said of the one set of a file by the codes of its payment."""
    codes = {"no-money", "negative-payment", "handling-code", "payment-method", "prenotification"}
    codes.add("foreign-currency")
    return [(each.code, each.text) for each in report.sets[0].findings if each.code in codes]


@pytest.mark.parametrize(
    ("bpr", "said"),
    [
        ("I*20*C*ACH", []),
        ("C*20*C*CHK", []),
        ("X*20*C*FWT", []),
        ("H*0*C*NON", []),
        ("H*20*C*NON", [NO_MONEY]),
        ("H*20*C*CHK", [("no-money", "BPR01 is H: no money comes with this remittance")]),
        ("I*20*C*NON", [("no-money", "BPR04 is NON: no money comes with this remittance")]),
        ("I*-20*C*CHK", [BELOW]),
        ("H*-20*C*NON", [BELOW]),
        ("D*20*C*ACH", [("handling-code", "BPR01 is D, payment only")]),
        ("Q*20*C*ACH", [("handling-code", "BPR01 is Q, which is none of its codes.")]),
        ("I*20*C*BAR", [("payment-method", "BPR04 is BAR, which is none of its codes.")]),
    ],
)
def test_what_is_odd_of_a_payment_is_said_and_the_remittance_filed(
    billed: Store, actor: Actor, tmp_path: Path, bpr: str, said: list[Said]
) -> None:
    content = remittance(bpr)
    report = brought(billed, actor, content)
    assert report.outcome is Outcome.FILED
    found = said_of(report)
    assert [code for code, _ in found] == [code for code, _ in said]
    assert all(text.startswith(start) for (_, text), (_, start) in zip(found, said, strict=True))
    path = tmp_path / "day.835"
    path.write_bytes(content)
    assert {(each.code, each.text) for one in judge_file(path).sets for each in one.findings} >= set(found)


@pytest.mark.parametrize(
    ("bpr", "cur", "why"),
    [
        ("P*20*C*ACH", "", "The payment is a prenotification (BPR01 is P)"),
        ("P*0*C*ACH", "", "The payment is a prenotification (BPR01 is P)"),
        ("I*20*C*CHK", "CAD", "The amounts are not in US dollars, but in CAD (CUR02)."),
        ("I*20*C*ACH", "EUR", "The amounts are not in US dollars, but in EUR (CUR02)."),
    ],
)
def test_what_is_no_payment_in_dollars_is_held_and_cannot_be_filed(
    billed: Store, actor: Actor, bpr: str, cur: str, why: str
) -> None:
    report = brought(billed, actor, remittance(bpr, cur=cur))
    assert report.outcome is Outcome.EXCEPTION
    assert report.sets[0].findings[-1].text.startswith(why)
    with billed.reading() as session:
        assert session.scalars(select(Era.id)).all() == []
        assert session.scalars(select(TransmissionException.trace)).all() == ["T1"]
    with pytest.raises(Refused, match="CANNOT BE FILED: The"), billed.writing() as session:
        file_exception(session, actor, str(report.sets[0].exception))
    # What comes right is filed.
    assert brought(billed, actor, remittance("I*20*C*ACH", cur="USD")).outcome is Outcome.FILED


cents = some.integers(-10_000_000, 10_000_000).map(lambda number: Decimal(number).scaleb(-2))


@for_any(
    some.sampled_from([*"CDHIPUX", "", "Z"]),
    cents,
    some.sampled_from(["ACH", "CHK", "NON", "FWT", "BOP", "", "ZZZ"]),
    some.sampled_from(["", "USD", "usd", "CAD"]),
)
def test_a_payment_is_plain_exactly_when_its_codes_agree(
    handling: str, total: Decimal, method: str, currency: str
) -> None:
    codes = [code for code, _ in judge_codes(handling, total, method, currency)]
    assert len(codes) == len(set(codes))
    assert ("prenotification" in codes) == (handling == "P")
    assert ("foreign-currency" in codes) == (currency == "CAD")
    assert ("negative-payment" in codes) == (total < 0)
    assert ("no-money" in codes) == (total > 0 and (handling == "H" or method == "NON"))


def test_no_check_is_taken_for_a_total_below_zero_or_of_nothing(
    billed: Store, actor: Actor, clerk: Clerk
) -> None:
    brought(billed, actor, remittance("I*-20*C*CHK"))
    with pytest.raises(Refused, match=r"ERA 1 COMES TO -20\.00: NO CHECK AND NO EFT COMES"):
        clerk.opens(1, check="4711")
    with pytest.raises(Refused, match=r"ERA 1 COMES TO -20\.00"):
        clerk.opens(1, match_0=True)
    brought(billed, actor, remittance("H*0*C*NON", trace="T2"))
    with pytest.raises(Refused, match="IT CAN ONLY BE A MATCH-0 PAYMENT"):
        clerk.opens(2, check="4711")
    clerk.opens(2, match_0=True)
    ledger.assert_clean(billed)


@pytest.mark.parametrize("kind", ["835", "837", "277"])
def test_a_test_file_is_held_once_the_site_is_live_unless_it_takes_them(
    site: Store, actor: Actor, kind: str
) -> None:
    files = {
        "835": remittance("I*20*C*ACH"),
        "837": given.claims_file({"K8": 100}),
        "277": given.acknowledgement_file("K1"),
    }
    given.bills(site, actor, {"K1": 100})
    with site.reading() as session:
        assert session.get_one(Site, 1).live_since is None
    live = given.claims_file({"K9": 100}).replace(b"*0*T*:", b"*0*P*:")
    assert brought(site, actor, live).outcome is Outcome.FILED
    held = brought(site, actor, files[kind])
    assert held.outcome is Outcome.EXCEPTION
    assert held.sets[0].findings[-1].text == (
        "Its file is a test (ISA15 is T), and production files are filed here since 2012-07-22. "
        "If it is meant, say lockbox site test-files YES, and import it again."
    )
    with pytest.raises(Refused, match="Its file is a test"), site.writing() as session:
        file_exception(session, actor, str(held.sets[0].exception))
    with site.writing() as session:
        set_parameter(session, actor, "test-files", "YES")
    assert brought(site, actor, files[kind]).outcome is Outcome.FILED


def test_a_held_production_file_makes_no_site_live_and_a_demo_takes_tests(site: Store, actor: Actor) -> None:
    early = remittance("I*20*C*ACH", usage="P")
    assert brought(site, actor, early).outcome is Outcome.EXCEPTION
    assert brought(site, actor, given.claims_file({"K1": 100})).outcome is Outcome.FILED
    assert brought(site, actor, early).outcome is Outcome.FILED
    with site.writing() as session:
        assert session.get_one(Site, 1).live_since is not None
        session.get_one(Site, 1).demo = True
    assert brought(site, actor, given.claims_file({"K2": 100})).outcome is Outcome.FILED


@pytest.mark.parametrize(("usage", "live"), [("P", True), ("T", False)])
def test_a_store_of_the_release_before_knows_whether_its_site_is_live(
    billed: Store, actor: Actor, tmp_path: Path, usage: str, live: bool
) -> None:
    if not billed.sqlite:
        pytest.skip("the store of the release before is a SQLite file")
    brought(billed, actor, remittance("I*20*C*ACH", usage=usage))
    with older.copy_of(billed, "0002", tmp_path / "old.sqlite3") as store:
        upgrade(store, tmp_path, after_upgrade)
        with store.reading() as session:
            site = session.get_one(Site, 1)
            assert (site.live_since is not None, site.test_files) == (live, False)
        ledger.assert_clean(store)
