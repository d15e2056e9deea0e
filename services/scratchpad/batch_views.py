"""The batches of ERAs as they are shown: with their entries, who marked them and who works in them."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.batches import Batch
from models.scratchpads import ScratchpadEntry
from models.users import User
from models.words.scratchpad import BatchCriterion
from services.remittances.finding import era_of
from services.remittances.listing import EraRow, era_rows
from services.scratchpad.acts import refuse_no_batch
from services.scratchpad.in_use import users_of_batches
from services.scratchpad.stored import lay_out, load

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class BatchView:
    """One batch of an ERA; `records` are its entries, `used_by` is who works in it now."""

    number: int
    name: str
    ready: bool
    set_by: str
    set_at: datetime.datetime
    criterion: BatchCriterion
    first: str | None
    last: str | None
    records: int
    used_by: str | None


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """The batches of one ERA under what names the ERA."""

    era: int
    trace: str
    payer: str
    date: datetime.date
    batches: tuple[BatchView, ...]


def batches_of(session: Session, era_number: int) -> tuple[BatchView, ...]:
    """The batches of an ERA's scratch pad by their numbers."""
    used = users_of_batches(session, era_number)
    counted = session.execute(
        select(ScratchpadEntry.batch, func.count())
        .where(ScratchpadEntry.era_id == era_number, ScratchpadEntry.batch.is_not(None))
        .group_by(ScratchpadEntry.batch)
    )
    records = {row[0]: row[1] for row in counted}
    rows = session.execute(
        select(Batch, User.name)
        .join(User, User.id == Batch.set_by)
        .where(Batch.era_id == era_number)
        .order_by(Batch.number)
    ).all()
    return tuple(
        BatchView(
            number=batch.number,
            name=batch.name,
            ready=batch.ready,
            set_by=set_by,
            set_at=batch.set_at,
            criterion=batch.criterion,
            first=batch.first or None,
            last=batch.last or None,
            records=records.get(batch.number, 0),
            used_by=used.get(batch.number),
        )
        for batch, set_by in rows
    )


def batch_summary(session: Session, era_number: int) -> BatchSummary:
    """The batches of an ERA; refuses one without a scratch pad."""
    era = era_of(session, era_number, lock=False)
    load(session, era)
    return BatchSummary(era.id, era.trace, era.payer_name, era.date, batches_of(session, era_number))


@dataclass(frozen=True, slots=True)
class BatchName:
    """A batch as lists and headings name it; its version is another once its entries were changed."""

    number: int
    name: str
    ready: bool
    version: int


def batch_name(session: Session, era_number: int, number: int) -> BatchName:
    """One batch of an ERA's scratch pad; refuses one that is not there any more."""
    refuse_no_batch(session, era_number, number)
    batch = session.get_one(Batch, (era_number, number), populate_existing=True)
    return BatchName(batch.number, batch.name, batch.ready, batch.version)


def batch_names(session: Session, era_number: int) -> tuple[BatchName, ...]:
    """The batches of an ERA's scratch pad as lists name them."""
    return tuple(_names(session, [era_number])[era_number])


def count_divisible(session: Session, era_number: int) -> int:
    """How many entries of claims the scratch pad of an ERA has when it is laid out anew."""
    pad = lay_out(session, era_of(session, era_number, lock=False))
    return sum(not entry.era_level for entry in pad.entries)


def _names(session: Session, era_numbers: Sequence[int]) -> dict[int, list[BatchName]]:
    found: dict[int, list[BatchName]] = defaultdict(list)
    for start in range(0, len(era_numbers), _AT_ONCE):
        rows = session.execute(
            select(Batch.era_id, Batch.number, Batch.name, Batch.ready, Batch.version)
            .where(Batch.era_id.in_(era_numbers[start : start + _AT_ONCE]))
            .order_by(Batch.era_id, Batch.number)
        )
        for row in rows:
            found[row.era_id].append(BatchName(row.number, row.name, row.ready, row.version))
    return found


@dataclass(frozen=True, slots=True)
class EraWithBatches:
    """One ERA of a list with the batches of its scratch pad."""

    era: EraRow
    batches: tuple[BatchName, ...]


def eras_with_batches(session: Session, numbers: Sequence[int]) -> list[EraWithBatches]:
    """The rows of these ERAs in the order given, each with its batches; an ERA that is gone is left out."""
    found = _names(session, numbers)
    return [EraWithBatches(era, tuple(found[era.number])) for era in era_rows(session, numbers)]


def count_batches(session: Session) -> dict[int, int]:
    """How many batches each ERA has that has any."""
    rows = session.execute(select(Batch.era_id, func.count()).group_by(Batch.era_id))
    return {row[0]: row[1] for row in rows}
