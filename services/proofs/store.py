"""The proofs of the store itself, which go before those of the books: file, schema, triggers, the one site.

They use no mapped class: a store that was changed by other means may hold what those cannot read.
"""

from collections import Counter
from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from models.append_only import find_unprotected
from models.tables import metadata
from models.upgrading import VERSION_TABLE, head, known_schemas, versions
from services.clean import clean
from services.findings import Finding
from services.office.clock import SITE
from services.proofs.values import value_findings


def store_findings(session: Session) -> Iterator[Finding]:
    """Everything by which the store is not as this program makes and keeps it."""
    yield from _file(session)
    present = _list_tables(session)
    yield from _schema(session, present)
    for table, acts in find_unprotected(session.connection()):
        yield Finding(
            "store-trigger",
            f"Nothing refuses {acts} there any more: its trigger was dropped or changed.",
            f"table {table}",
        )
    yield from _site(session, present)
    yield from value_findings(session, present)


def _file(session: Session) -> Iterator[Finding]:
    """SQLite's own proof of the file."""
    if session.get_bind().dialect.name != "sqlite":
        return
    try:
        for (said,) in session.execute(text("PRAGMA integrity_check(5)")):
            if said != "ok":
                yield Finding("store-damaged", f"The database file is damaged: {clean(said)}")
        missing = Counter((row[0], row[2]) for row in session.execute(text("PRAGMA foreign_key_check")))
        for (table, other), count in missing.items():
            yield Finding(
                "store-reference",
                f"{count} of its rows point to missing rows of {clean(other)}.",
                f"table {clean(table)}",
            )
    except DBAPIError as error:
        yield Finding("store-damaged", f"The database file is damaged: {clean(str(error.orig))}")


def _list_tables(session: Session) -> dict[str, set[str]]:
    """The tables of the store with their columns."""
    found = inspect(session.connection()).get_multi_columns()
    return {
        name: {column["name"] for column in columns}
        for (_, name), columns in found.items()
        if name in metadata.tables
    }


def _schema(session: Session, present: dict[str, set[str]]) -> Iterator[Finding]:
    """The version of the schema is one that this program knows, and no table or column of it is missing."""
    said = versions(session.connection())
    if said != [head()]:
        told = ", ".join(f"'{clean(version, 40)}'" for version in said) or "nothing"
        known = ", ".join(known_schemas())
        yield Finding(
            "store-schema",
            f"It holds {told}; the store of this program is of schema {head()}, and it knows {known}.",
            f"table {VERSION_TABLE}, column version_num",
        )
    for table in metadata.sorted_tables:
        if table.name not in present:
            yield Finding("store-schema", "The table is missing.", f"table {table.name}")
            continue
        for column in table.columns:
            if column.name not in present[table.name]:
                yield Finding(
                    "store-schema", "The column is missing.", f"table {table.name}, column {column.name}"
                )


def _site(session: Session, present: dict[str, set[str]]) -> Iterator[Finding]:
    """A store is of one site, in a time zone that there is."""
    if "id" not in present.get("site", ()):
        return
    rows = list(session.scalars(text("SELECT id FROM site ORDER BY id LIMIT 20")))
    if SITE not in rows:
        yield Finding("store-site", "The row of the site is missing.", f"table site, row id {SITE}")
    for row in rows:
        if row != SITE:
            yield Finding(
                "store-site",
                f"A store has one site; only row {SITE} is the site's.",
                f"table site, row id {clean(str(row), 40)}",
            )
    if SITE in rows and "time_zone" in present["site"]:
        zone = session.scalar(text("SELECT time_zone FROM site WHERE id = :id"), {"id": SITE})
        if isinstance(zone, str) and not _is_zone(zone):
            yield Finding(
                "store-site",
                f"There is no time zone {clean(zone, 40) or '(none given)'}.",
                f"table site, row id {SITE}, column time_zone",
            )


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    # A folder of time zones (America) is no zone, and the operating system says so.
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
