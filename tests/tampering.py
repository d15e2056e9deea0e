"""A store changed past the program by somebody who may do anything there, and what `lockbox check` says then."""

from models.store import Store
from models.tables import APPEND_ONLY
from services.findings import Finding
from services.proofs.check import check_books


def changed(store: Store, *statements: str) -> list[Finding]:
    """Changes the store by SQL, its triggers taken away meanwhile, and gives what the check says then."""
    with store.engine.begin() as connection:
        triggers: list[str] = []
        if store.sqlite:
            rows = connection.exec_driver_sql(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
            ).all()
            for name, sql in rows:
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
                triggers.append(sql)
        else:
            for table in APPEND_ONLY:
                connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER {table}_append_only")
                triggers.append(f"ALTER TABLE {table} ENABLE TRIGGER {table}_append_only")
        for statement in (*statements, *triggers):
            connection.exec_driver_sql(statement)
    with store.reading() as session:
        return check_books(session)


def places(store: Store, *statements: str) -> set[tuple[str, str]]:
    """The same, only code and place of each finding."""
    return {(finding.code, finding.where) for finding in changed(store, *statements)}
