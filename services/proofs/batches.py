"""The proofs of the batches: a scratch pad is divided whole, and as one criterion says (behaviour 3.6)."""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from models.batches import Batch
from models.scratchpads import ScratchpadEntry
from models.words.scratchpad import BatchCriterion, EntryKind
from services.findings import Finding
from services.proofs.rows import tell
from services.scratchpad.batches import LAST_LETTER, letter_behind

#: How many batches a criterion makes where its words say it.
_COUNTS = {BatchCriterion.PAYMENT: 3, BatchCriterion.COPAY: 2}


def batches(session: Session) -> Iterator[Finding]:
    """Of a pad that is divided each claim's entry is in one batch, and no other entry is; the batches leave no gap.

    That the batch of an entry is there, its reference sees to.
    """
    entry = ScratchpadEntry
    divided = exists().where(Batch.era_id == entry.era_id)
    of_claim = entry.kind == EntryKind.CLAIM
    query = select(entry.era_id, entry.number, entry.batch).where(
        or_(and_(of_claim, divided, entry.batch.is_(None)), and_(~of_claim, entry.batch.is_not(None)))
    )
    yield from tell(
        session,
        query,
        "pad-batch",
        lambda _era, _entry, batch: (
            "It is in no batch, though its scratch pad is divided."
            if batch is None
            else f"It is in batch {batch}, though it is of no claim."
        ),
        "ERA {0} entry {1}",
    )
    rows = session.execute(
        select(Batch.era_id, Batch.number, Batch.criterion, Batch.first, Batch.last).order_by(
            Batch.era_id, Batch.number
        )
    )
    for era, of_era in groupby(rows, key=lambda row: row.era_id):
        if not _are_whole(list(of_era)):
            yield Finding("batch-series", "Its batches are not those of one criterion, whole.", f"ERA {era}")


def _are_whole(made: Sequence[Any]) -> bool:
    """Whether the batches of an ERA are numbered from 1, of one criterion, and follow on each other."""
    criterion = made[0].criterion
    if [batch.number for batch in made] != list(range(1, len(made) + 1)):
        return False
    if any(batch.criterion is not criterion for batch in made):
        return False
    if criterion in _COUNTS:
        return len(made) == _COUNTS[criterion] and not any(batch.first or batch.last for batch in made)
    if criterion is BatchCriterion.MAX:
        return made[0].first == "1" and all(
            int(batch.first) == int(before.last) + 1 for before, batch in pairwise(made)
        )
    return (
        made[0].first == "A"
        and made[-1].last == f"{LAST_LETTER}ZZZ"
        and all(batch.last[:1] >= batch.first for batch in made)
        and all(batch.first == letter_behind(before.last[0]) for before, batch in pairwise(made))
    )
