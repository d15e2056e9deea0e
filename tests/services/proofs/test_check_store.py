"""`lockbox check` names what was changed in a store by other means, and goes on with the other proofs."""

from collections.abc import Callable

import pytest

from models.append_only import find_unprotected
from models.store import Store
from models.tables import APPEND_ONLY
from models.upgrading import head
from services.findings import Finding
from services.office.actor import Actor
from services.proofs.check import check_books
from tests import given
from tests.clerk import Clerk
from tests.ledger import assert_clean
from tests.once import built_once


@built_once
def posted(clerk: Clerk, site: Store, actor: Actor) -> Store:
    """A store with bills, an ERA of two EEOBs, its EFT, and the receipt posted."""
    given.bills(site, actor, {"K1": 100, "K2": 100})
    era = given.matched_era(
        site, actor, trace="T1", claims=[("K1", 100, 80), ("K2", 100, 30)], eft_amount=110
    )
    clerk.opens(era)
    clerk.processes(clerk.creates_receipt(era))
    assert_clean(site)
    return site


def changed(store: Store, *statements: str) -> list[Finding]:
    """Changes the store past the program, triggers and all, and gives what the check says then."""
    with store.engine.connect() as connection:
        pragmas = ("foreign_keys=OFF", "foreign_keys=ON") if store.sqlite else ()
        raw = connection.connection.driver_connection
        assert raw is not None
        for pragma in pragmas[:1]:
            raw.execute(f"PRAGMA {pragma}").close()
        with connection.begin():
            for statement in statements:
                connection.exec_driver_sql(statement)
        for pragma in pragmas[1:]:
            raw.execute(f"PRAGMA {pragma}").close()
    with store.reading() as session:
        return check_books(session)


def only_sqlite(store: Store) -> None:
    """Skips what a PostgreSQL server does not let anybody write."""
    if not store.sqlite:
        pytest.skip("a PostgreSQL server refuses such a value")


def named(findings: list[Finding], where: str) -> str:
    """What is said of one place."""
    (told,) = [finding.text for finding in findings if finding.where == where]
    return told


@pytest.mark.parametrize(
    ("table", "column", "row"),
    [
        ("bill", "status", "id"),
        ("bill", "rate_type", "id"),
        ("era", "match_status", "id"),
        ("eft", "match_status", "id"),
        ("receipt", "payment_type", "id"),
        ("finance_document", "status", "id"),
        ("message", "outcome", "id"),
        ("scratchpad_entry", "kind", "era_id '1', number"),
        ("site", "finance_adapter", "id"),
    ],
)
def test_a_word_that_is_none_is_named_with_its_place(
    posted: Store, table: str, column: str, row: str
) -> None:
    found = changed(posted, f"UPDATE {table} SET {column} = 'N\x1b[31mONE'")
    first = next(finding for finding in found if finding.code == "store-value")
    assert first.text == "It holds 'N\ufffd[31mONE', which is none of its words."
    assert first.where == f"table {table}, row {row} '1', column {column}"
    assert all("\x1b" not in finding.text + finding.where for finding in found)


@pytest.mark.parametrize(
    ("table", "column", "value", "said"),
    [
        ("bill", "balance", "'ten'", "'ten', which is no amount in whole cents"),
        ("bill", "balance", "1.5", "'1.5', which is no amount in whole cents"),
        ("bill", "original", "999999999999999999", "'999999999999999999', which is no amount in whole cents"),
        ("era", "date", "'2012-02-30'", "'2012-02-30', which is no date"),
        ("era", "date", "'0000-01-01'", "'0000-01-01', which is no date"),
        ("bill", "entered_at", "'yesterday'", "'yesterday', which is no date and time"),
        (
            "bill",
            "entered_at",
            "'2012-07-22 25:00:00.000000'",
            "'2012-07-22 25:00:00.000000', which is no date and time",
        ),
        ("bill", "third_party", "7", "'7', which is neither yes nor no"),
        ("era", "eeob_count", "'two'", "'two', which is no whole number"),
        ("payer", "name", "x'ff00'", "the bytes ff00, which is no text"),
        ("eeob", "paid", "CAST(x'ff' AS TEXT)", "'\ufffd', which is no amount in whole cents"),
    ],
)
def test_what_is_no_value_of_its_column_is_named(
    posted: Store, table: str, column: str, value: str, said: str
) -> None:
    only_sqlite(posted)
    found = changed(posted, f"UPDATE {table} SET {column} = {value}")
    assert f"It holds {said}." in {finding.text for finding in found if finding.code == "store-value"}


def test_a_day_that_no_calendar_here_has_is_named(posted: Store) -> None:
    if posted.sqlite:
        pytest.skip("SQLite knows no infinity; its dates are proven as texts")
    found = changed(
        posted, "UPDATE bill SET status_date = 'infinity', entered_at = '20000-01-01' WHERE number = 'K1'"
    )
    assert [finding.text for finding in found if finding.code == "store-value"] == [
        "It holds '20000-01-01 00:00:00', which is no date and time.",
        "It holds 'infinity', which is no date.",
    ]


def test_the_other_proofs_go_on(posted: Store) -> None:
    found = changed(
        posted, "UPDATE bill SET status = 'NONE' WHERE number = 'K1'", "UPDATE era SET total = total + 1"
    )
    codes = {finding.code for finding in found}
    assert {"store-value", "era-total"} <= codes


def test_a_proof_that_cannot_be_made_is_told_and_the_next_is_made(posted: Store) -> None:
    found = changed(posted, "UPDATE era SET post_status = 'NONE', total = total - 1")
    assert ("not-proven", "The ERAs that are posted could not be proven because of what is named above.") in {
        (finding.code, finding.text) for finding in found
    }
    assert "era-total" in {finding.code for finding in found}


def test_of_many_rows_some_are_named(site: Store, actor: Actor) -> None:
    given.bills(site, actor, {f"K{number}": 10 for number in range(30)})
    found = [one for one in changed(site, "UPDATE bill SET status = 'NONE'") if one.code == "store-value"]
    assert len(found) == 21
    assert found[-1] == Finding("store-value", "Further rows of it hold what cannot be read.", "table bill")


def test_a_second_site_is_named(posted: Store) -> None:
    found = changed(
        posted,
        "CREATE TABLE twin AS SELECT * FROM site",
        "UPDATE twin SET id = 2",
        "INSERT INTO site SELECT * FROM twin",
        "DROP TABLE twin",
    )
    assert found == [
        Finding("store-site", "A store has one site; only row 1 is the site's.", "table site, row id 2")
    ]


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE alembic_version SET version_num = '0000'", "'0000'"),
        ("UPDATE alembic_version SET version_num = 'a\x1bb'", "'a\ufffdb'"),
        ("DELETE FROM alembic_version", "nothing"),
        ("INSERT INTO alembic_version VALUES ('0001')", f"'0001', '{head()}'"),
    ],
)
def test_a_schema_that_no_release_has_is_named(posted: Store, statement: str, said: str) -> None:
    try:
        told = named(changed(posted, statement), "table alembic_version, column version_num")
        assert told.startswith(f"It holds {said}; the store of this program is of schema {head()}")
    finally:
        changed(posted, "DELETE FROM alembic_version", f"INSERT INTO alembic_version VALUES ('{head()}')")
    assert_clean(posted)


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_a_trigger_that_is_gone_is_named(
    posted: Store, table: str, restored: Callable[[Store], None]
) -> None:
    drop = (
        f"DROP TRIGGER {table}_no_update" if posted.sqlite else f"DROP TRIGGER {table}_append_only ON {table}"
    )
    told = named(changed(posted, drop), f"table {table}")
    assert told.startswith("Nothing refuses UPDATE")
    restored(posted)
    assert_clean(posted)


def test_a_trigger_that_does_nothing_is_as_good_as_gone(
    posted: Store, restored: Callable[[Store], None]
) -> None:
    lame = (
        (
            "DROP TRIGGER journal_line_no_delete",
            "CREATE TRIGGER journal_line_no_delete BEFORE DELETE ON journal_line BEGIN SELECT 1; END",
        )
        if posted.sqlite
        else ("ALTER TABLE journal_line DISABLE TRIGGER journal_line_append_only",)
    )
    assert "DELETE" in named(changed(posted, *lame), "table journal_line")
    restored(posted)
    assert_clean(posted)


@pytest.fixture
def restored() -> Callable[[Store], None]:
    """Makes the triggers again as the migrations do: a server's database serves the next test too."""

    def make(store: Store) -> None:
        with store.engine.begin() as connection:
            missing = list(find_unprotected(connection))
            for table, act in missing:
                for statement in _trigger(store, table, act):
                    connection.exec_driver_sql(statement)

    return make


def _trigger(store: Store, table: str, act: str) -> tuple[str, ...]:
    if store.sqlite:
        name = f"{table}_no_{act.lower()}"
        return (
            f"DROP TRIGGER IF EXISTS {name}",
            f"CREATE TRIGGER {name} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
        )
    return (
        f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}",
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION append_only()",
    )


def test_a_table_that_is_gone_is_named(posted: Store) -> None:
    only_sqlite(posted)
    found = changed(posted, "DROP TABLE finance_document", "ALTER TABLE bill DROP COLUMN frequency")
    assert named(found, "table finance_document") == "The table is missing."
    assert named(found, "table bill, column frequency") == "The column is missing."
    assert "The finance documents could not be proven because of what is named above." in {
        finding.text for finding in found
    }


def test_rows_that_point_to_nothing_are_counted(posted: Store) -> None:
    only_sqlite(posted)
    found = changed(posted, "DELETE FROM patient")
    assert named(found, "table bill") == "2 of its rows point to missing rows of patient."
