"""Receipts as they are listed, and one receipt with its payments."""

from collections.abc import Sequence

from services.receipts.views import ReceiptLineView, ReceiptRow, ReceiptView
from services.reports.report import Column, Kind, Report

RECEIPT_FACTS: tuple[Column[ReceiptView], ...] = (
    Column("RECEIPT", lambda receipt: receipt.number),
    Column("TYPE OF PAYMENT", lambda receipt: receipt.type),
    Column("STATUS", lambda receipt: receipt.status),
    Column("DATE", lambda receipt: receipt.date, Kind.DATE),
    Column("TOTAL", lambda receipt: receipt.total, Kind.MONEY),
    Column("ERA #", lambda receipt: receipt.era, Kind.NUMBER),
    Column("EFT", lambda receipt: receipt.eft, Kind.NUMBER),
    Column("DEPOSIT", lambda receipt: receipt.deposit),
    Column("FMS DOCUMENT", lambda receipt: receipt.document),
    Column("DOCUMENT STATUS", lambda receipt: receipt.document_status),
    Column("OPENED BY", lambda receipt: f"{receipt.opened_by} {receipt.opened_at:%Y-%m-%d %H:%M} UTC"),
    Column("PROCESSED BY", lambda receipt: receipt.processed_by),
    Column("TAKEN BACK", lambda receipt: receipt.taken_back),
)


def receipt_report(rows: Sequence[ReceiptRow]) -> Report[ReceiptRow]:
    """A list of receipts: what was or will be posted, of which money, and where its document stands."""
    return Report(
        "RECEIPTS",
        (
            Column("RECEIPT", lambda row: row.number),
            Column("DATE", lambda row: row.date, Kind.DATE),
            Column("TYPE", lambda row: row.type),
            Column("STATUS", lambda row: row.status),
            Column("TOTAL", lambda row: row.total, Kind.MONEY),
            Column("ERA #", lambda row: row.era, Kind.NUMBER),
            Column("EFT", lambda row: row.eft, Kind.NUMBER),
            Column("DEPOSIT", lambda row: row.deposit),
            Column("DOCUMENT", lambda row: row.document),
            Column("DOCUMENT STATUS", lambda row: row.document_status),
        ),
        rows,
    )


def payment_report(rows: Sequence[ReceiptLineView]) -> Report[ReceiptLineView]:
    """The payments of one receipt; why one was cancelled only where one is."""
    columns: tuple[Column[ReceiptLineView], ...] = (
        Column("#", lambda row: row.line, Kind.NUMBER, name="line"),
        Column("ACCOUNT", _account),
        Column("LINE", lambda row: row.scratchpad_line, name="scratchpad_line"),
        Column("AMOUNT", lambda row: row.amount, Kind.MONEY),
        Column("PROCESSED", lambda row: row.processed, Kind.MONEY),
        Column("COMMENT", lambda row: row.comment),
    )
    if any(row.cancelled for row in rows):
        columns += (Column("CANCELLED", lambda row: row.cancel_comment),)
    return Report("PAYMENTS", columns, rows, none="The receipt has no lines.")


def _account(row: ReceiptLineView) -> str:
    return row.bill or row.linked_bill or f"[{row.suspense_number or 'SUSPENSE'}]"
