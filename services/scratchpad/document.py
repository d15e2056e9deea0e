"""A scratch pad as it is shown and printed: entries, lines and adjustment logs, with stored numbers."""

import datetime
from dataclasses import dataclass, fields
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.bills import Bill
from models.scratchpads import Scratchpad, ScratchpadLine
from models.words.scratchpad import Cause, ReviewStatus
from services.remittances.document import EraView, era_show
from services.remittances.finding import era_of
from services.scratchpad.pad import Entry, PadLine
from services.scratchpad.reviewing import NOT_REVIEWED, Review, reviews_of
from services.scratchpad.stored import load
from services.scratchpad.verifying import find_verifiers


@dataclass(frozen=True, slots=True)
class LogDocument:
    """One entry of a line's adjustment log; `amount` is signed."""

    cause: Cause
    amount: Decimal
    reference: str
    comment: str | None


@dataclass(frozen=True, slots=True)
class LineDocument:
    """One line by its stored number, `1.001`; without `bill` its money goes to suspense."""

    line: str
    claim: str | None
    bill: str | None
    payment: Decimal
    adjustments: Decimal
    net: Decimal
    to_post: Decimal
    comment: str | None
    log: tuple[LogDocument, ...]


@dataclass(frozen=True, slots=True)
class CommentDocument:
    """A review comment."""

    comment: int
    author: str
    written_at: datetime.datetime
    edited_at: datetime.datetime | None
    text: str


@dataclass(frozen=True, slots=True)
class ReviewDocument:
    """How far the review of an entry has come, who set that when, and the comments."""

    status: ReviewStatus
    set_by: str | None
    set_at: datetime.datetime | None
    comments: tuple[CommentDocument, ...]


@dataclass(frozen=True, slots=True)
class EntryDocument:
    """One entry; `eeob_sequences` are EEOB numbers, `ADJ1` or `TOTALS MISMATCH`.

    `verified_by` is who verified it, where it was verified by hand.
    """

    entry: int
    eeob_sequences: tuple[str, ...]
    verified: bool
    verified_by: str | None
    net: Decimal
    batch: int | None
    review: ReviewDocument
    lines: tuple[LineDocument, ...]


@dataclass(frozen=True, slots=True)
class PadDocument:
    """A whole scratch pad; `total` is what its receipt must come to."""

    era: int
    total: Decimal
    net: Decimal
    entries: tuple[EntryDocument, ...]


@dataclass(frozen=True, slots=True)
class WorkedEra(EraView):
    """One ERA, whole, with the scratch pad that is worked on it, if there is one."""

    scratchpad: PadDocument | None


def worked_era(session: Session, number: int) -> WorkedEra:
    """One ERA with everything that came in it and its scratch pad; raises `Refused` when there is none."""
    view = era_show(session, number)
    said = {field.name: getattr(view, field.name) for field in fields(view)}
    return WorkedEra(**said, scratchpad=pad_document_if_any(session, number))


def pad_document(session: Session, era_number: int) -> PadDocument:
    """The scratch pad of an ERA; raises `Refused` when there is none."""
    pad = load(session, era_of(session, era_number, lock=False))
    numbers = dict(
        session.execute(
            select(Bill.id, Bill.number)
            .join(ScratchpadLine, ScratchpadLine.bill_id == Bill.id)
            .where(ScratchpadLine.era_id == era_number)
        ).all()
    )
    by_hand = find_verifiers(session, era_number)
    reviews = reviews_of(session, era_number)
    entries = (
        _entry(entry, numbers, by_hand.get(entry.number), _review(reviews.get(entry.number, NOT_REVIEWED)))
        for entry in pad.entries
    )
    return PadDocument(era_number, pad.total, pad.net, tuple(entries))


def pad_document_if_any(session: Session, era_number: int) -> PadDocument | None:
    """The scratch pad of an ERA, or None when none was created yet."""
    return None if session.get(Scratchpad, era_number) is None else pad_document(session, era_number)


def _entry(
    entry: Entry, numbers: dict[int, str], verified_by: str | None, review: ReviewDocument
) -> EntryDocument:
    return EntryDocument(
        entry=entry.number,
        eeob_sequences=entry.sequences,
        verified=entry.verified,
        verified_by=verified_by,
        net=entry.net,
        batch=entry.batch,
        review=review,
        lines=tuple(_line(line, numbers) for line in entry.lines),
    )


def _review(review: Review) -> ReviewDocument:
    comments = (
        CommentDocument(
            said.number,
            said.author,
            said.written_at.astimezone(datetime.UTC),
            _utc(said.edited_at),
            said.text,
        )
        for said in review.comments
    )
    return ReviewDocument(review.status, review.set_by or None, _utc(review.set_at), tuple(comments))


def _utc(at: datetime.datetime | None) -> datetime.datetime | None:
    return None if at is None else at.astimezone(datetime.UTC)


def _line(line: PadLine, numbers: dict[int, str]) -> LineDocument:
    return LineDocument(
        line=line.label,
        claim=line.claim or None,
        bill=None if line.bill_id is None else numbers[line.bill_id],
        payment=line.payment,
        adjustments=line.adjustments,
        net=line.net,
        to_post=line.to_post,
        comment=line.comment or None,
        log=tuple(
            LogDocument(logged.cause, logged.amount, logged.reference, logged.comment or None)
            for logged in line.log
        ),
    )
