"""Bills as they are listed, and one bill with its transactions."""

from collections.abc import Sequence

from services.bills.views import BillRow, BillView, TransactionView
from services.reports.report import Column, Kind, Report

BILL_FACTS: tuple[Column[BillView], ...] = (
    Column("BILL", lambda bill: bill.number),
    Column("PATIENT", lambda bill: bill.patient),
    Column("PAYER", lambda bill: bill.payer),
    Column("RATE TYPE", lambda bill: bill.rate_type),
    Column("ORIGINAL AMOUNT", lambda bill: bill.original, Kind.MONEY),
    Column("BALANCE", lambda bill: bill.balance, Kind.MONEY),
    Column("STATUS", lambda bill: bill.status),
    Column("EDI STATUS", lambda bill: bill.edi_status),
)


def bill_report(rows: Sequence[BillRow]) -> Report[BillRow]:
    """A list of bills: whose they are, what was billed and what is still owed."""
    return Report(
        "BILLS",
        (
            Column("BILL", lambda row: row.number),
            Column("PATIENT", lambda row: row.patient),
            Column("PAYER", lambda row: row.payer),
            Column("ORIGINAL", lambda row: row.original, Kind.MONEY),
            Column("BALANCE", lambda row: row.balance, Kind.MONEY),
            Column("STATUS", lambda row: row.status),
        ),
        rows,
    )


def transaction_report(rows: Sequence[TransactionView]) -> Report[TransactionView]:
    """The transactions of one bill, oldest first."""
    return Report(
        "TRANSACTIONS",
        (
            Column("TRANSACTION", lambda row: row.number, Kind.NUMBER),
            Column("DATE", lambda row: row.date, Kind.DATE),
            Column("TYPE", lambda row: row.type),
            Column("AMOUNT", lambda row: row.amount, Kind.MONEY),
            Column("RECEIPT", lambda row: row.receipt),
            Column("COMMENT", lambda row: row.comment),
        ),
        rows,
        none="The bill has no transactions yet.",
    )
