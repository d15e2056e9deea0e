"""ERAs as they are listed, and one ERA with its EEOBs and adjustments."""

from collections.abc import Sequence

from models.words.money import ZERO
from services.remittances.document import EeobView, EraAdjustmentView
from services.remittances.listing import NONE_FOUND, EraRow
from services.reports.report import Column, Kind, Report, Total
from services.scratchpad.document import WorkedEra

ERA_FACTS: tuple[Column[WorkedEra], ...] = (
    Column("ERA #", lambda era: era.number, Kind.NUMBER),
    Column("TRACE#", lambda era: era.trace),
    Column("PAYER", lambda era: f"{era.payer.name} ({era.payer.id})"),
    Column("ERA PAID DATE", lambda era: era.date, Kind.DATE),
    Column("DATE RECEIVED", lambda era: era.received, Kind.DATE),
    Column("TOTAL AMT PAID", lambda era: era.amount, Kind.MONEY),
    Column("METHOD", lambda era: era.method),
    Column("MATCH STATUS", lambda era: era.match_status),
    Column("MATCHED BY", lambda era: era.match_reason),
    Column("POST STATUS", lambda era: era.post_status),
    Column("EFT", lambda era: era.eft, Kind.NUMBER),
    Column("CHECK", lambda era: era.check),
    Column("RECEIPT", lambda era: era.receipt),
)


def era_report(rows: Sequence[EraRow]) -> Report[EraRow]:
    """A list of ERAs: which payer says it paid how much, and how far the ERA is worked."""
    return Report(
        "ERAS",
        (
            Column("ERA #", lambda row: row.number, Kind.NUMBER),
            Column("TRACE#", lambda row: row.trace),
            Column("PAYER NAME", lambda row: row.payer),
            Column("PAID DATE", lambda row: row.date, Kind.DATE),
            Column("AMOUNT", lambda row: row.amount, Kind.MONEY),
            Column("RECEIVED", lambda row: row.received, Kind.DATE),
            Column("MATCH", lambda row: row.match_status),
            Column("POST", lambda row: row.post_status),
            Column("RECEIPT", lambda row: row.receipt),
        ),
        rows,
        none=NONE_FOUND,
    )


def eeob_report(rows: Sequence[EeobView]) -> Report[EeobView]:
    """The EEOBs of one ERA with their sums: what was charged, and what was paid of it."""
    sums = {
        "CHARGE": sum((row.charge for row in rows), ZERO),
        "PAID": sum((row.paid for row in rows), ZERO),
    }
    return Report(
        "EEOBS",
        (
            Column("#", lambda row: row.sequence, Kind.NUMBER, name="sequence"),
            Column("CLAIM", lambda row: row.claim),
            Column("BILL", lambda row: row.bill),
            Column("PATIENT", lambda row: row.patient),
            Column("STATUS", lambda row: row.status),
            Column("CHARGE", lambda row: row.charge, Kind.MONEY),
            Column("PAID", lambda row: row.paid, Kind.MONEY),
            Column("PT RESP", lambda row: row.patient_responsibility, Kind.MONEY),
            Column("EXCEPTION", lambda row: row.exception),
        ),
        rows,
        totals=(Total("TOTAL", sums),) if len(rows) > 1 else (),
        none="The ERA has no EEOBs.",
    )


def era_adjustment_report(rows: Sequence[EraAdjustmentView]) -> Report[EraAdjustmentView]:
    """What a payer added or kept back for no claim in particular (PLB); money kept back is negative."""
    return Report(
        "ERA LEVEL ADJUSTMENTS",
        (
            Column("REFERENCE", lambda row: row.reference),
            Column("CODE", lambda row: row.code),
            Column("AMOUNT", lambda row: row.amount, Kind.MONEY),
            Column("TEXT", lambda row: row.text),
        ),
        rows,
    )
