"""Exceptions as they are listed, and one exception."""

from collections.abc import Sequence

from services.intake.exception_views import ExceptionRow, ExceptionView
from services.reports.report import Column, Kind, Report

EXCEPTION_FACTS: tuple[Column[ExceptionView], ...] = (
    Column("EXCEPTION", lambda held: held.number),
    Column("KIND", lambda held: held.kind),
    Column("CATEGORY", lambda held: held.category),
    Column("STATE", lambda held: held.state),
    Column("RESOLVED", lambda held: held.resolved_at, Kind.INSTANT),
    Column(
        "PAYER", lambda held: " ".join(filter(None, (held.payer, held.payer_id and f"({held.payer_id})")))
    ),
    Column("TRACE#", lambda held: held.trace),
    Column("DATE", lambda held: held.date, Kind.DATE),
    Column("TOTAL", lambda held: held.total),
    Column("BILLS", lambda held: ", ".join(held.bills)),
    Column("RECEIVED", lambda held: held.received, Kind.INSTANT),
    Column("FILE", lambda held: f"{held.file} (message {held.message})"),
    Column("WHERE", lambda held: held.where),
)


def exception_report(rows: Sequence[ExceptionRow]) -> Report[ExceptionRow]:
    """A list of exceptions: what is held or could not be placed, whose it is, and in which file it came."""
    return Report(
        "EXCEPTIONS",
        (
            Column("EXCEPTION", lambda row: row.number),
            Column("KIND", lambda row: row.kind),
            Column("CATEGORY", lambda row: row.category),
            Column("STATE", lambda row: row.state),
            Column("PAYER", lambda row: row.payer),
            Column("TRACE#", lambda row: row.trace),
            Column("DATE", lambda row: row.date, Kind.DATE),
            Column("TOTAL", lambda row: row.total),
            Column("RECEIVED", lambda row: row.received, Kind.INSTANT),
            Column("FILE", lambda row: row.file),
            Column("TEXT", lambda row: row.text, width=60),
        ),
        rows,
    )
