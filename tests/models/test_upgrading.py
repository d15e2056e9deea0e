"""A store of an older release is brought up to this one, and the migrations lay out what the models say."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from models.store import Store
from models.tables import metadata
from models.upgrading import create_store, head, schema_of, upgrade
from tests.older import lay_out

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
            laid_out.append([tuple(row) for row in rows])
        store.close()
    assert laid_out[0] == laid_out[1]
