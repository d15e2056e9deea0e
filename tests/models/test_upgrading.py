"""A store of an older release is brought up to this one, and the migrations lay out what the models say."""

import datetime
import io
import os
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import delete, inspect, select, text
from sqlalchemy.orm import Session

from models.efts import Eft, EftDeposit
from models.eras import Era
from models.errors import LockboxError
from models.finance import FinanceDocument
from models.messages import Message
from models.store import Store
from models.tables import metadata
from models.upgrading import create_store, head, schema_of, upgrade
from models.words.intake import Outcome
from models.words.money import money
from models.words.remittances import MatchReason
from services.intake.importing import import_stream
from services.intake.raw_text import raw_text
from services.intake.reading_again import after_upgrade
from services.office.actor import Actor, sign_on
from services.office.clock import site_of
from services.receipts.views import receipt_show
from services.remittances.checksums import deposit_checksum
from services.remittances.document import era_show
from tests import given, ledger
from tests.clerk import Clerk
from tests.older import copy_of, lay_out
from tests.stores import AUDIT_KEY

KEY = b"a key that is not secret, for tests only"


def test_the_migrations_lay_out_what_the_models_say(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, metadata) == []


def test_a_store_of_the_first_release_is_upgraded_after_a_backup(tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite3"
    store = Store(f"sqlite:///{file}", audit_key=KEY)
    lay_out(store, "0001")
    with store.writing() as session:
        session.execute(text("INSERT INTO payer (key, identifier, name) VALUES ('P', 'P', 'PAYER')"))
    backup = upgrade(store, tmp_path / "backups")
    assert backup is not None
    assert schema_of(store) == head()
    assert inspect(store.engine).has_table("kept_acknowledgement")
    with store.reading() as session:
        assert session.execute(text("SELECT name FROM payer")).scalar() == "PAYER"
    old = Store(f"sqlite:///{backup}", audit_key=KEY)
    assert schema_of(old) == "0001"
    assert upgrade(store, tmp_path / "backups") is None
    old.close()
    store.close()


def test_an_upgraded_store_is_laid_out_like_a_new_one(tmp_path: Path) -> None:
    laid_out = []
    for name, revision in (("old", "0001"), ("new", head())):
        store = Store(f"sqlite:///{tmp_path / name}.sqlite3", audit_key=KEY)
        if revision != head():
            lay_out(store, revision)
            upgrade(store, tmp_path)
        else:
            create_store(store)
        with store.reading() as session:
            rows = session.execute(text("SELECT name, sql FROM sqlite_master ORDER BY name")).all()
            laid_out.append([(name, _lines(sql)) for name, sql in rows])
        store.close()
    assert laid_out[0] == laid_out[1]


def _lines(sql: str | None) -> list[str]:
    """A definition line by line: a table that was laid out anew has its constraints in any order."""
    return sorted(line.strip(" ,\t") for line in (sql or "").splitlines())


@pytest.fixture
def old_store(tmp_path: Path) -> Iterator[Store]:
    """A store as the first release left it, upgraded to this one.

    Its bank numbered its files from 1: the EFTs B2, B3 and one of 7.00 were dropped as duplicates of others.
    """
    file = tmp_path / "old.sqlite3"
    connection = sqlite3.connect(file)
    connection.executescript((Path(__file__).parent / "releases" / "0002.sql").read_text())
    connection.close()
    store = Store(f"sqlite:///{file}", audit_key=AUDIT_KEY)
    upgrade(store, tmp_path / "backups", after_upgrade)
    yield store
    store.close()


def test_a_store_of_the_first_release_checks_clean_and_keeps_its_matches(old_store: Store) -> None:
    ledger.assert_clean(old_store)
    with old_store.reading() as session:
        efts = session.execute(select(Eft.id, Eft.bank_file, Eft.match_reason).order_by(Eft.id)).all()
        eras = session.execute(select(Era.id, Era.match_reason).order_by(Era.id)).all()
        assert site_of(session).match_window_days == 30
        for deposit in session.scalars(select(EftDeposit)):
            assert deposit.checksum == deposit_checksum(session, deposit)
    assert [tuple(row) for row in efts] == [
        (1, "", MatchReason.EQUAL),
        (2, "", MatchReason.OTHER_TOTAL),
        (3, "", None),
        (4, "2026-11-20 A 0000001", None),
        (5, "2026-11-20 A 0000002", None),
        (6, "", None),
        (7, "2026-11-20 D 0000001", None),
    ]
    assert [tuple(row) for row in eras] == [
        (1, MatchReason.EQUAL),
        (2, MatchReason.OTHER_TOTAL),
        (3, MatchReason.PAPER_CHECK),
        (4, MatchReason.MATCH_0),
        (5, None),
    ]


def test_efts_that_the_first_release_dropped_are_found_when_the_file_comes_again(old_store: Store) -> None:
    with old_store.reading() as session:
        actor = sign_on(session, "clerk")
        texts = {
            message.file_name: raw_text(session, message.id, 0, message.size)
            for message in session.scalars(select(Message).where(Message.kind == "ACH"))
        }
    brought = {}
    for name in ("morning.ach", "evening.ach", "mixed.ach", "waiting.ach"):
        report = import_stream(old_store, actor, name, io.BytesIO(texts[name]))
        brought[name] = (report.outcome, report.efts)
        ledger.assert_clean(old_store)
    assert brought == {
        "morning.ach": (Outcome.DUPLICATE, 0),
        "evening.ach": (Outcome.FILED, 1),
        "mixed.ach": (Outcome.FILED, 2),
        "waiting.ach": (Outcome.DUPLICATE, 0),
    }
    with old_store.reading() as session:
        found = session.execute(
            select(Eft.trace, Eft.amount, Eft.twin_id, Eft.recorded).where(Eft.id > 7).order_by(Eft.id)
        ).all()
    assert [tuple(row) for row in found] == [
        ("B2", money("50"), None, False),
        ("B3", money("50"), None, False),
        ("", money("7"), 4, False),
    ]
    given.night(old_store)
    ledger.assert_clean(old_store)
    again = import_stream(old_store, actor, "mixed.ach", io.BytesIO(texts["mixed.ach"]))
    assert (again.outcome, again.efts) == (Outcome.DUPLICATE, 0)


def test_a_checksum_that_did_not_hold_does_not_hold_after_an_upgrade(tmp_path: Path) -> None:
    file = tmp_path / "old.sqlite3"
    connection = sqlite3.connect(file)
    connection.executescript((Path(__file__).parent / "releases" / "0002.sql").read_text())
    connection.execute("UPDATE eft SET amount = 901, company_id = company_id WHERE id = 5")
    connection.execute("UPDATE eft_deposit SET checksum = 'spoilt' WHERE number = '569000005'")
    connection.commit()
    connection.close()
    store = Store(f"sqlite:///{file}", audit_key=AUDIT_KEY)
    upgrade(store, tmp_path / "backups")
    with store.reading() as session:
        holds = {
            deposit.number: deposit.checksum == deposit_checksum(session, deposit)
            for deposit in session.scalars(select(EftDeposit))
        }
    store.close()
    assert [number for number, holding in holds.items() if not holding] == ["569000003", "569000005"]


class TestBackup:
    @pytest.fixture
    def older_store(self, tmp_path: Path) -> Iterator[Store]:
        """A store of the release before."""
        store = Store(f"sqlite:///{tmp_path / 'store.sqlite3'}", audit_key=KEY)
        lay_out(store, "0006")
        yield store
        store.close()

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        """Where its backups go."""
        folder = tmp_path / "backups"
        folder.mkdir()
        return folder

    def test_it_is_its_owners_alone_whatever_he_allows_for_new_files(
        self, older_store: Store, folder: Path
    ) -> None:
        before = os.umask(0)
        try:
            backup = upgrade(older_store, folder)
        finally:
            os.umask(before)
        assert backup is not None
        assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}

    def test_another_one_is_never_overwritten(self, older_store: Store, folder: Path) -> None:
        other = folder / f"store.before-{head()}.sqlite3"
        other.write_text("an earlier backup")
        assert upgrade(older_store, folder) == folder / f"store.before-{head()}-2.sqlite3"
        assert other.read_text() == "an earlier backup"

    def test_the_same_store_is_backed_up_once_however_often_its_upgrade_fails(
        self, older_store: Store, folder: Path
    ) -> None:
        def fail(session: Session, before: str) -> None:
            raise LockboxError(f"schema {before} cannot be read")

        for _ in range(3):
            with pytest.raises(LockboxError, match="schema 0006 cannot be read"):
                upgrade(older_store, folder, fail)
        assert schema_of(older_store) == "0006"
        assert [path.name for path in folder.glob("store.*")] == [f"store.before-{head()}.sqlite3"]

    def test_what_a_killed_program_left_is_made_anew(self, older_store: Store, folder: Path) -> None:
        left, seen = folder / f"store.before-{head()}.part", folder / "seen"
        left.write_text("half a backup")
        left.chmod(0o644)
        seen.hardlink_to(left)
        backup = upgrade(older_store, folder)
        assert backup is not None
        assert (seen.read_text(), left.exists(), backup.stat().st_nlink) == ("half a backup", False, 1)

    def test_a_planted_link_is_not_followed(self, older_store: Store, folder: Path, tmp_path: Path) -> None:
        (folder / f"store.before-{head()}.sqlite3").symlink_to(tmp_path / "elsewhere")
        with pytest.raises(LockboxError, match="is not a backup of Lockbox; move it away"):
            upgrade(older_store, folder)
        assert schema_of(older_store) == "0006"
        assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("processed", [True, False])
def test_what_the_bank_took_back_before_an_upgrade_frees_its_era_and_is_told_to_finance(
    site: Store, actor: Actor, clerk: Clerk, tmp_path: Path, processed: bool
) -> None:
    if not site.sqlite:
        pytest.skip("the older store is a SQLite file, and writes instants as such a file does")
    given.bills(site, actor, {"K1": 100})
    era = given.matched_era(site, actor, trace="T1", claims=[("K1", 100, 66)], eft_amount=66)
    clerk.opens(era)
    receipt = clerk.creates_receipt(era)
    if processed:
        clerk.processes(receipt)
    clerk.records_return(1, "R02")
    with site.reading() as session:
        told = session.execute(select(*FinanceDocument.__table__.columns)).all()
    with site.writing() as session:
        session.execute(delete(FinanceDocument).where(FinanceDocument.reverses_id.is_not(None)))
    before = (
        "UPDATE receipt SET era_id = 1 WHERE reversed_at IS NOT NULL",
        "UPDATE receipt SET status = 'OPEN', reversed_at = NULL WHERE processed_at IS NULL AND era_id = 1",
        "UPDATE eft SET era_id = 1, match_status = 'MATCHED', match_reason = 'SAME TRACE, PAYER AND TOTAL'",
        "UPDATE era SET match_status = 'MATCHED', match_reason = 'SAME TRACE, PAYER AND TOTAL'",
        f"UPDATE site SET next_document = {3 if processed else 2}",
    )
    with copy_of(site, "0007", tmp_path / "older.sqlite3", *before) as older:
        upgrade(older, tmp_path)
        ledger.assert_clean(older)
        with older.reading() as session:
            assert session.execute(select(*FinanceDocument.__table__.columns)).all() == told
            assert (receipt_show(session, receipt).era, era_show(session, era).receipt) == (era, None)
        given.eft(older, actor, trace="T1", amount=66, date=given.PAID_ON + datetime.timedelta(days=1))
        given.night(older)
        again = Clerk(older, actor)
        again.opens(era)
        again.processes(again.creates_receipt(era))
        ledger.assert_clean(older)
