"""The demo site: it is built whole, every situation can be seen in it, and only a demo store is ever deleted."""

import datetime
import json
import os
import shutil
import sqlite3
import stat
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from lockbox_tui.__main__ import main
from lockbox_tui.demo.demo_building import POSTED_TICKET
from lockbox_tui.demo.demo_roles import Role
from lockbox_tui.demo.site import Ready, demo_settings, in_use, make_ready, refuse_unmarked, store_file
from lockbox_tui.opening import new_store, use_store
from lockbox_tui.places import places_of
from lockbox_tui.settings import Settings, read_settings
from lockbox_tui.signing_on import sign_on_at
from models.eras import Era
from models.words.keys import SecurityKey
from services.errors import LockboxError, Refused
from services.generator.demo_scene import BEGUN, MAIN_JOB, OPEN_RECEIPT, PAPER_CHECK, POSTED_CHECK, POSTED_EFT
from services.office.actor import os_login, sign_on
from services.office.site import open_site
from services.proofs.check import check_books
from services.scratchpad.acts import create_pad
from services.scratchpad.line_acts import distribute
from tests.lockbox_tui.demo.demo_site import copied_demo, environment, silent

Ask = Callable[..., Any]


@pytest.fixture
def ask(built: Settings, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Types a command about the demo's store and gives what it answers."""

    def asked(*words: str) -> Any:
        assert main(["--database", built.database, *words, "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    return asked


@pytest.fixture
def eras(ask: Ask) -> dict[str, dict[str, Any]]:
    """The ERAs of the demo by their trace."""
    return {row["trace"]: row for row in ask("era", "list")}


def shown(ask: Ask, eras: dict[str, dict[str, Any]], trace: str) -> Any:
    return ask("era", "show", str(eras[trace]["number"]))


def test_the_books_of_the_demo_are_proven(ask: Ask) -> None:
    answer = ask("check")
    assert answer["proven"] is True
    assert answer["findings"] == []


def test_there_are_about_forty_eras_of_every_match_status(eras: dict[str, dict[str, Any]]) -> None:
    assert 38 <= len(eras) <= 44
    assert Counter(row["match_status"] for row in eras.values()) == {
        "MATCHED": 28,
        "MATCHED WITH ERRORS": 3,
        "UNMATCHED": 9,
        "MATCHED TO PAPER CHECK": 1,
    }
    assert Counter(row["post_status"] for row in eras.values()) == {"NOT POSTED": 39, "POSTED": 2}


def test_the_eras_came_on_four_days(ask: Ask, eras: dict[str, dict[str, Any]]) -> None:
    received = {shown(ask, eras, trace)["received"][:10] for trace in (POSTED_EFT, MAIN_JOB)}
    assert received == {"2026-10-16", "2026-10-23"}
    assert len({row["date"] for row in eras.values()}) > 10


def test_efts_are_short_over_and_without_remittance(ask: Ask, eras: dict[str, dict[str, Any]]) -> None:
    amounts = {row["trace"]: Decimal(row["amount"]) for row in ask("eft", "list")}
    over = {
        trace: amounts[trace] - Decimal(row["amount"])
        for trace, row in eras.items()
        if row["match_status"] == "MATCHED WITH ERRORS"
    }
    assert sorted(over.values()) == [Decimal(-20), Decimal(-5), Decimal(10)]
    unmatched = [row for row in ask("eft", "list") if row["match_status"] == "UNMATCHED"]
    assert [row["amount"] for row in unmatched] == ["92.00", "305.20"]


def test_some_money_is_still_expected_by_check_by_eft_or_not_at_all(
    ask: Ask, eras: dict[str, dict[str, Any]]
) -> None:
    waiting = [shown(ask, eras, trace) for trace, row in eras.items() if row["match_status"] == "UNMATCHED"]
    assert Counter(era["method"] for era in waiting) == {"CHK": 4, "NON": 3, "ACH": 2}
    assert all(era["amount"] == "0.00" for era in waiting if era["method"] == "NON")


def test_one_era_is_large_enough_for_batches(ask: Ask, eras: dict[str, dict[str, Any]]) -> None:
    assert len(shown(ask, eras, "GF20261020013")["eeobs"]) == 60


def test_the_remittance_of_the_manual_can_be_split_and_distributed(
    ask: Ask, eras: dict[str, dict[str, Any]]
) -> None:
    era = shown(ask, eras, MAIN_JOB)
    assert era["amount"] == "1165.99"
    assert [eeob["paid"] for eeob in era["eeobs"]] == ["812.00", "343.99"]
    plbs = [(each["code"], each["reference"], each["amount"]) for each in era["adjustments"]]
    assert plbs == [("WO", "S1234", "-14.00"), ("CS", "A1234", "24.00")]
    short_of, other = ask("bill", "show", "K6D1102"), ask("bill", "show", "442-K6D1190")
    assert (short_of["balance"], short_of["original"]) == ("100.00", "1719.92")
    assert (other["balance"], other["status"]) == ("2341.39", "ACTIVE")
    assert other["patient"] == short_of["patient"]


def test_the_paper_check_of_the_manual_is_expected(ask: Ask, eras: dict[str, dict[str, Any]]) -> None:
    era = shown(ask, eras, PAPER_CHECK)
    assert (era["amount"], era["method"], era["match_status"]) == ("509.61", "CHK", "UNMATCHED")
    assert [eeob["paid"] for eeob in era["eeobs"]] == ["0.00", "0.00", "509.61"]


def test_a_take_back_within_a_claim_leaves_less_than_nothing(
    ask: Ask, eras: dict[str, dict[str, Any]]
) -> None:
    era = shown(ask, eras, "BR20261021014")
    of_claim = [(eeob["paid"], eeob["reversal"]) for eeob in era["eeobs"] if eeob["bill"] == "K6D0101"]
    assert of_claim == [("-160.00", True), ("120.00", False)]
    assert ask("bill", "show", "K6D0101")["balance"] == "50.00"


def test_claims_of_earlier_remittances_are_taken_back_and_corrected(
    ask: Ask, eras: dict[str, dict[str, Any]]
) -> None:
    taken = shown(ask, eras, "LB20261026021")["eeobs"]
    assert [(each["paid"], each["status_code"]) for each in taken if each["reversal"]] == [("-75.00", "22")]
    corrected = [
        each["paid"] for each in shown(ask, eras, "GF20261029028")["eeobs"] if each["bill"] == "K6D0601"
    ]
    assert corrected == ["-150.00", "175.00"]


@pytest.mark.parametrize(
    ("trace", "plbs"),
    [
        ("NW20261021015", [("WO", "-14.00")]),
        ("CC20261022016", [("CS", "24.00")]),
        ("BR20261022017", [("FB", "75.00")]),
        ("BR20261026020", [("FB", "-75.00")]),
        ("BR20261028026", [("72", "30.00"), ("WO", "-30.00")]),
        ("LB20261029027", [("L6", "6.25")]),
    ],
)
def test_money_is_moved_without_a_claim(
    ask: Ask, eras: dict[str, dict[str, Any]], trace: str, plbs: list[tuple[str, str]]
) -> None:
    assert [(each["code"], each["amount"]) for each in shown(ask, eras, trace)["adjustments"]] == plbs


def test_a_clipped_payment_has_a_line_to_be_distributed_to(ask: Ask, eras: dict[str, dict[str, Any]]) -> None:
    assert "243.99" in [each["paid"] for each in shown(ask, eras, "NW20261021015")["eeobs"]]


def test_a_bill_is_unknown_and_a_whole_remittance_is_held(ask: Ask, eras: dict[str, dict[str, Any]]) -> None:
    unknown = [each for each in shown(ask, eras, "GF20261027023")["eeobs"] if each["bill"] is None]
    assert [(each["claim"], each["exception"] is not None) for each in unknown] == [("X006301", True)]
    assert "NW20261027024" not in eras


def test_a_closed_bill_cannot_bear_a_distribution(built: Settings, tmp_path: Path) -> None:
    settings = copied_demo(built, tmp_path)
    with use_store(settings) as store:
        with store.reading() as session:
            actor = sign_on(session, Role.CLERK.login)
        with store.writing() as session:
            pad = create_pad(session, actor, era_numbered(settings, "CC20261030030"))
        lines = {line.claim: line.at for _, line in pad.lines()}
        with store.writing() as session, pytest.raises(Refused, match="THIS IS NOT AN ACTIVE BILL"):
            distribute(session, actor, lines["K6D3003"], lines["K6D3001"], Decimal("6.55"))
        with store.writing() as session:
            distribute(session, actor, lines["K6D3003"], lines["K6D3002"], Decimal("6.55"))


def era_numbered(settings: Settings, trace: str) -> int:
    with sqlite3.connect(store_file(settings)) as connection:
        number: int = connection.execute("SELECT id FROM era WHERE trace = ?", (trace,)).fetchone()[0]
    connection.close()
    return number


def test_a_payer_before_and_a_payer_after(ask: Ask, eras: dict[str, dict[str, Any]], built: Settings) -> None:
    secondary = shown(ask, eras, "PS20261028025")["eeobs"]
    assert {each["status_code"] for each in secondary} == {"2"}
    assert all(("OA", "23") in groups(each) for each in secondary)
    with sqlite3.connect(store_file(built)) as connection:
        further = connection.execute("SELECT number FROM bill WHERE further_payer ORDER BY number").fetchall()
    connection.close()
    assert further == [("K6D2502",), ("K6D4201",)]


def groups(eeob: dict[str, Any]) -> set[tuple[str, str]]:
    every = [*eeob["adjustments"], *(each for line in eeob["lines"] for each in line["adjustments"])]
    return {(each["group"], each["code"]) for each in every}


def test_claims_are_denied(ask: Ask, eras: dict[str, dict[str, Any]]) -> None:
    one = shown(ask, eras, "CC20261027022")["eeobs"]
    assert [each["status_code"] for each in one] == ["4", "1"]
    assert {each["status_code"] for each in shown(ask, eras, "PS20261103035")["eeobs"]} == {"4"}


def test_a_remittance_and_an_eeob_came_twice(
    ask: Ask, eras: dict[str, dict[str, Any]], built: Settings
) -> None:
    with sqlite3.connect(store_file(built)) as connection:
        bulletins = [row[0] for row in connection.execute("SELECT subject FROM bulletin")]
        twins = connection.execute("SELECT bill_id FROM eeob WHERE twin_era_id IS NOT NULL").fetchall()
    connection.close()
    assert sum("DUPLICATE ERA NOT FILED" in subject for subject in bulletins) == 1
    assert len(twins) == 1


def test_one_claim_does_not_balance(ask: Ask, eras: dict[str, dict[str, Any]]) -> None:
    unbalanced = [trace for trace in eras if not shown(ask, eras, trace)["balance"]["claims"]]
    assert unbalanced == ["NW20261030031"]


def test_a_bill_is_found_by_its_station_and_by_its_likeness(
    ask: Ask, eras: dict[str, dict[str, Any]]
) -> None:
    found = [(each["claim"], each["bill"]) for each in shown(ask, eras, "CC20261104036")["eeobs"]]
    assert found == [("442-K6D3601", "K6D3601"), ("K6D36O2", "K6D3602")]


def test_receipts_are_posted_open_and_begun(ask: Ask, eras: dict[str, dict[str, Any]]) -> None:
    receipts = {row["number"]: row for row in ask("receipt", "list")}
    by_eft, by_check = (receipts[eras[trace]["receipt"]] for trace in (POSTED_EFT, POSTED_CHECK))
    assert (by_eft["status"], by_eft["document"][:2]) == ("CLOSED", "TR")
    assert (by_check["status"], by_check["document"][:2], by_check["deposit"]) == (
        "CLOSED",
        "CR",
        POSTED_TICKET,
    )
    assert receipts[eras[OPEN_RECEIPT]["receipt"]]["status"] == "OPEN"
    begun = shown(ask, eras, BEGUN)
    assert begun["receipt"] is None
    assert len(begun["scratchpad"]["entries"]) == 2
    assert shown(ask, eras, MAIN_JOB)["scratchpad"] is None


def test_each_role_has_its_keys_and_signs_on_without_a_question(built: Settings) -> None:
    keys = {}
    for role in Role:
        signed_on = sign_on_at(places_of(built), role.login)
        keys[role] = signed_on.actor.keys
        assert signed_on.actor.os_user == os_login()
        signed_on.store.close()
    assert keys == {
        Role.SUPERVISOR: frozenset(SecurityKey),
        Role.CLERK: frozenset({SecurityKey.CLERK}),
        Role.REVIEWER: frozenset(),
    }


def test_only_a_demo_store_takes_the_demo_s_users(tmp_path: Path) -> None:
    settings = real_site(tmp_path)
    with pytest.raises(LockboxError, match="Only a demo store"):
        sign_on_at(places_of(settings), os_login())


def real_site(folder: Path) -> Settings:
    """A site that is no demo."""
    settings = read_settings(f"sqlite:///{folder / 'real.sqlite3'}", environment(folder))
    with new_store(settings) as store, store.writing() as session:
        open_site(session, os_login(), station="442", name="REAL SITE", auto_audit=False)
    return settings


def test_the_demo_is_built_once_and_anew_only_when_asked(built: Settings, tmp_path: Path) -> None:
    settings = copied_demo(built, tmp_path)
    told: list[int] = []
    make_ready(environment(tmp_path), lambda done, total: told.append(done))
    assert told == []
    with use_store(settings) as store, store.writing() as session:
        create_pad(session, sign_on(session, Role.CLERK.login), era_numbered(settings, MAIN_JOB))
    key = settings.audit_key_path.read_bytes()
    make_ready(environment(tmp_path), lambda done, total: told.append(done), fresh=True)
    assert told == sorted(told)
    assert told
    assert settings.audit_key_path.read_bytes() != key
    with use_store(settings) as store, store.writing() as session:
        create_pad(session, sign_on(session, Role.CLERK.login), era_numbered(settings, MAIN_JOB))
    beside = {path.name for path in settings.data_folder.iterdir()}
    assert beside == {"demo.sqlite3", "demo.audit.key", "demo.finance"}
    assert stat.S_IMODE(store_file(settings).stat().st_mode) == 0o600
    assert stat.S_IMODE(settings.audit_key_path.stat().st_mode) == 0o600


def test_what_an_interrupted_build_left_is_gone_and_never_read(tmp_path: Path) -> None:
    settings = demo_settings(environment(tmp_path))
    aside = settings.data_folder / "demo.building-cut"
    aside.mkdir(parents=True)
    (aside / "demo.sqlite3").write_bytes(b"half")
    store_file(settings).with_name("demo.sqlite3-wal").write_bytes(b"of a store that is gone")
    make_ready(environment(tmp_path), silent)
    beside = {path.name for path in settings.data_folder.iterdir()}
    assert beside == {"demo.sqlite3", "demo.audit.key", "demo.finance"}
    refuse_unmarked(settings)


def test_a_build_that_fails_leaves_no_half_site(tmp_path: Path) -> None:
    settings = demo_settings(environment(tmp_path))

    def interrupt(done: int, total: int) -> None:
        if done == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_ready(environment(tmp_path), interrupt)
    assert list(settings.data_folder.iterdir()) == []


def test_a_machine_whose_clock_is_behind_has_its_demo_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spring = datetime.datetime(2026, 4, 1, 9, tzinfo=datetime.UTC)
    monkeypatch.setattr("lockbox_tui.demo.demo_building.utc_now", lambda: spring)
    settings = make_ready(environment(tmp_path), silent).settings
    with use_store(settings) as store, store.reading() as session:
        assert check_books(session) == []
        assert {era.received for era in session.scalars(select(Era))} == {spring.date()}


@pytest.mark.parametrize("fresh", [False, True])
def test_a_store_that_is_not_marked_is_left_as_it_is(tmp_path: Path, fresh: bool) -> None:
    settings = demo_settings(environment(tmp_path))
    settings.data_folder.mkdir(parents=True)
    shutil.copy(store_file(real_site(tmp_path)), store_file(settings))
    before = store_file(settings).read_bytes()
    with pytest.raises(LockboxError, match="is not a demo store"):
        make_ready(environment(tmp_path), silent, fresh=fresh)
    assert store_file(settings).read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"no store at all" * 100])
def test_a_file_that_is_no_store_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    settings = demo_settings(environment(tmp_path))
    settings.data_folder.mkdir(parents=True)
    store_file(settings).write_bytes(content)
    with pytest.raises(LockboxError, match="is not a demo store"):
        make_ready(environment(tmp_path), silent, fresh=True)
    assert store_file(settings).read_bytes() == content


def test_the_demo_is_its_own_store_whatever_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOCKBOX_DATABASE", f"sqlite:///{tmp_path / 'other.sqlite3'}")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert store_file(demo_settings(os.environ)) == tmp_path / "lockbox" / "demo.sqlite3"


def test_a_demo_that_is_open_is_not_begun_anew(built: Settings, tmp_path: Path) -> None:
    settings = copied_demo(built, tmp_path)
    before = store_file(settings).read_bytes()
    with in_use(settings):
        assert make_ready(environment(tmp_path), silent) == Ready(settings, False)
        with pytest.raises(LockboxError, match="open in another window"):
            make_ready(environment(tmp_path), silent, fresh=True)
    assert store_file(settings).read_bytes() == before
