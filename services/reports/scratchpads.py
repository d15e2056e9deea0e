"""A scratch pad by its stored numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.words.money import two_decimals
from models.words.scratchpad import ReviewStatus
from services.clean import clean
from services.reports.report import Column, Kind, Report
from services.scratchpad.document import EntryDocument, LineDocument, PadDocument


@dataclass(frozen=True, slots=True)
class PadRow:
    """One line of a scratch pad beside the entry that it belongs to."""

    entry: EntryDocument
    line: LineDocument

    @property
    def eeobs(self) -> str:
        """The EEOBs of its entry, and whether they are verified."""
        return ",".join(self.entry.eeob_sequences) + ("(V)" if self.entry.verified else "")


def pad_report(pad: PadDocument) -> Report[PadRow]:
    """The lines of a scratch pad: which claim gets how much; of reviews only where there are any."""
    reviewed = any(entry.review.status is not ReviewStatus.NO for entry in pad.entries)
    review: tuple[Column[PadRow], ...] = (Column("REVIEWED?", lambda row: row.entry.review.status),)
    return Report(
        f"SCRATCH PAD OF ERA {pad.era}",
        (
            Column("LINE", lambda row: row.line.line),
            Column("EEOB", lambda row: row.eeobs),
            Column("CLAIM", lambda row: row.line.claim),
            Column("BILL", lambda row: row.line.bill),
            Column("PAYMENT", lambda row: row.line.payment, Kind.MONEY),
            Column("ADJUSTMENTS", lambda row: row.line.adjustments, Kind.MONEY),
            Column("NET", lambda row: row.line.net, Kind.MONEY),
            Column("COMMENT", lambda row: row.line.comment),
            *(review if reviewed else ()),
        ),
        _rows(pad.entries),
        heading=(f"TOTAL {two_decimals(pad.total)}   NET {two_decimals(pad.net)}",),
        notes=tuple(
            _in_a_line(f"ENTRY {entry.entry} {said.written_at:%Y-%m-%d %H:%M} UTC {said.author}: {said.text}")
            for entry in pad.entries
            for said in entry.review.comments
        ),
        none="The scratch pad has no lines.",
    )


def _rows(entries: Sequence[EntryDocument]) -> tuple[PadRow, ...]:
    return tuple(PadRow(entry, line) for entry in entries for line in entry.lines)


def _in_a_line(text: str) -> str:
    """A text of several lines in one, with nothing in it that could drive a terminal."""
    text = " ".join(text.split())
    return clean(text, len(text))
