"""The batches of one ERA: which lines each has, and how far it is (behaviour 1.1.8, `screens.md` 7)."""

from models.words.scratchpad import BatchCriterion
from services.dates import short
from services.reports.report import Column, Kind, Report
from services.scratchpad.batch_views import BatchSummary, BatchView

SUMMARY_TITLE = "EDI LBOX WORKLIST - BATCH SUMMARY REPORT"
NONE_DEFINED = "THERE ARE NO BATCHES DEFINED FOR THIS ERA"

#: What a batch takes, by its number, where its criterion has no bounds.
_TAKES = {
    BatchCriterion.PAYMENT: ("FULL PAYMENT", "PARTIAL PAYMENT", "NO PAYMENT"),
    BatchCriterion.COPAY: ("CO-PAY", "NO CO-PAY"),
}


def batch_report(summary: BatchSummary) -> Report[BatchView]:
    """Batch Summary Report: each batch with the number of its records, what it takes, and whether it is ready."""
    return Report(
        SUMMARY_TITLE,
        (
            Column("BATCH #", lambda row: row.number, Kind.NUMBER, name="number"),
            Column("NAME", lambda row: row.name),
            Column("READY TO POST?", lambda row: row.ready, Kind.FLAG, name="ready"),
            Column("STATUS SET BY", lambda row: row.set_by, name="set_by"),
            Column("# RECORDS", lambda row: row.records, Kind.NUMBER, name="records"),
            Column("CRITERIA", lambda row: row.criterion, name="criterion"),
            Column("FROM", lambda row: row.first, name="first"),
            Column("TO", lambda row: row.last, name="last"),
            Column("IN USE BY", lambda row: row.used_by, name="used_by"),
        ),
        summary.batches,
        heading=(
            f"ERA #: {summary.era}  TRACE #: {summary.trace}",
            f"PAYER: {summary.payer}  ERA DT: {short(summary.date)}",
        ),
        none=NONE_DEFINED,
    )


def has_bounds(batch: BatchView) -> bool:
    """Whether a batch takes what lies between two bounds of its criterion."""
    return batch.criterion not in _TAKES


def say_taken(batch: BatchView) -> str:
    """What a batch takes of its criterion, as it stands behind that: `FROM: A TO: HZZZ`, `FULL PAYMENT`."""
    if not has_bounds(batch):
        return _TAKES[batch.criterion][batch.number - 1]
    return f"FROM: {batch.first} TO: {batch.last}"
