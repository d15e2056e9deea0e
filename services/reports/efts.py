"""EFTs as they are listed, and one EFT."""

from collections.abc import Sequence

from services.remittances.efts import EftView
from services.reports.report import Column, Kind, Report

EFT_FACTS: tuple[Column[EftView], ...] = (
    Column("EFT", lambda eft: eft.number, Kind.NUMBER),
    Column("TRACE#", lambda eft: eft.trace),
    Column("PAYER", lambda eft: f"{eft.payer.name} ({eft.payer.id})"),
    Column("AMOUNT", lambda eft: eft.amount, Kind.MONEY),
    Column("DATE PAID", lambda eft: eft.date, Kind.DATE),
    Column("MATCH STATUS", lambda eft: eft.match_status),
    Column("MATCHED BY", lambda eft: eft.match_reason),
    Column("ERA #", lambda eft: eft.era, Kind.NUMBER),
    Column("DEPOSIT", lambda eft: eft.deposit),
    Column("DEPOSIT DOCUMENT", lambda eft: eft.document),
    Column("DOCUMENT STATUS", lambda eft: eft.document_status),
    Column("RECEIPT", lambda eft: eft.receipt),
    Column("TRANSFER", lambda eft: eft.transfer),
    Column("ALIKE BUT FOR THE FILE", lambda eft: ", ".join(f"EFT {twin}" for twin in eft.twins) or None),
    Column("RETURNED", lambda eft: eft.returned or None, Kind.FLAG),
    Column("ITS ERA THEN #", lambda eft: eft.returned_era, Kind.NUMBER),
)


def eft_report(rows: Sequence[EftView]) -> Report[EftView]:
    """A list of EFTs: what a payer sent, for which ERA, and where its deposit stands."""
    return Report(
        "EFTS",
        (
            Column("EFT", lambda row: row.number, Kind.NUMBER),
            Column("TRACE#", lambda row: row.trace),
            Column("PAYER", lambda row: row.payer.name),
            Column("PAID DATE", lambda row: row.date, Kind.DATE),
            Column("AMOUNT", lambda row: row.amount, Kind.MONEY),
            Column("MATCH", lambda row: row.match_status),
            Column("ERA #", lambda row: row.era, Kind.NUMBER),
            Column("DEPOSIT", lambda row: row.deposit),
            Column("RECEIPT STATUS", lambda row: row.document_status),
        ),
        rows,
    )
