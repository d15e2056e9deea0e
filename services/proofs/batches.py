"""The proofs of the batches: a scratch pad is divided whole, and as one criterion says (behaviour 3.6)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session

from models.batches import Batch
from models.bills import Bill, Patient
from models.eras import Eeob
from models.scratchpads import ScratchpadEntry
from models.words.scratchpad import BatchCriterion, EntryKind
from services.errors import Refused
from services.findings import Finding
from services.proofs.rows import tell
from services.scratchpad.batches import BatchPlan, Definition, Divided, choose_batch, define
from services.scratchpad.stored_batches import definitions_of

_NUMBER = re.compile("[0-9]{1,9}")


def batches(session: Session) -> Iterator[Finding]:
    """Of a pad that is divided each claim's entry is in one batch, and no other entry is; the batches leave no gap.

    Each is in the batch that the criterion gives it, as far as that is still known. That the batch of an entry is
    there, its reference sees to.
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
    for era in session.scalars(select(Batch.era_id).distinct().order_by(Batch.era_id)).all():
        made = definitions_of(session, era)
        if are_whole(session, era, made):
            yield from _prove_places(session, era, made)
        else:
            yield Finding("batch-series", "Its batches are not those of one criterion, whole.", f"ERA {era}")


def are_whole(session: Session, era: int, made: Sequence[Definition]) -> bool:
    """Whether the batches of an ERA are those that some plan of a clerk makes, numbers and bounds."""
    plan, entries = BatchPlan(made[0].criterion), 0
    if plan.criterion is BatchCriterion.MAX:
        most, last = _read_number(made[0].last), _read_number(made[-1].last)
        eeobs = session.scalar(select(func.count()).where(Eeob.era_id == era))
        # No pad has more entries of claims than its ERA has EEOBs.
        if most is None or last is None or last > (eeobs or 0):
            return False
        plan, entries = BatchPlan(plan.criterion, most=max(most, 1)), last
    elif plan.criterion is BatchCriterion.NAME:
        plan = BatchPlan(plan.criterion, through=tuple(batch.last[:1] for batch in made))
    try:
        planned = define(plan, entries)
    except Refused:
        return False
    return [_bounds(batch) for batch in made] == [_bounds(batch) for batch in planned]


def _read_number(text: str) -> int | None:
    return int(text) if _NUMBER.fullmatch(text) else None


def _bounds(batch: Definition) -> tuple[int, BatchCriterion, str, str]:
    return batch.number, batch.criterion, batch.first, batch.last


def _prove_places(session: Session, era: int, made: Sequence[Definition]) -> Iterator[Finding]:
    """Each claim's entry is in a batch into which its criterion can have put it."""
    eeobs = _possible(session, era)
    entries = session.execute(
        select(ScratchpadEntry.number, ScratchpadEntry.sequences, ScratchpadEntry.batch)
        .where(ScratchpadEntry.era_id == era, ScratchpadEntry.kind == EntryKind.CLAIM)
        .order_by(ScratchpadEntry.number)
    )
    for place, (number, sequences, batch) in enumerate(entries, 1):
        may_be = {choose_batch(made, eeob, place) for eeob in eeobs.get(sequences.partition(",")[0], ())}
        if may_be and batch is not None and batch not in may_be:
            right = " or ".join(map(str, sorted(may_be)))
            told = f"It is in batch {batch}, where its criterion puts it into batch {right}."
            yield Finding("pad-batch", told, f"ERA {era} entry {number}")


def _possible(session: Session, era: int) -> Mapping[str, Sequence[Divided]]:
    """What each EEOB of an ERA can have been to its criterion when the pad was divided, by its sequence number.

    An EEOB that has a bill now may have had none, and his patient's own bills come and go.
    """
    rows: Sequence[Any] = session.execute(
        select(Eeob.sequence, Eeob.patient_name, Eeob.charge, Eeob.paid, Patient.name)
        .outerjoin(Bill, Bill.id == Eeob.bill_id)
        .outerjoin(Patient, Patient.id == Bill.patient_id)
        .where(Eeob.era_id == era)
    ).all()
    found = {}
    for sequence, patient, charge, paid, named in rows:
        maybe = (False,) if named is None else (False, True)
        names = {patient} if named is None else {patient, named}
        found[str(sequence)] = [
            Divided(name, charge, paid, known, copay)
            for name, known, copay in product(sorted(names), maybe, maybe)
        ]
    return found
