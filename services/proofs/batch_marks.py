"""The proof of what clerks said of batches: names and marks are those that the audit trail tells of (behaviour 1.1.8).

A batch that is ready to post lets the receipt be made, so that no mark may come from anywhere else.
"""

import datetime
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.audit import AuditEvent
from models.batches import Batch
from models.scratchpads import Scratchpad
from models.users import User
from models.words.acts import Act
from models.words.scratchpad import BatchCriterion
from services.findings import Finding
from services.proofs.batches import are_whole
from services.proofs.trail import Event, read_trail
from services.scratchpad.stored_batches import definitions_of
from services.scratchpad.telling import read_edited

_ACTS = (
    Act.PAD_CREATED,
    Act.PAD_REFRESHED,
    Act.ERA_FREE_AGAIN,
    Act.BATCHES_ASSIGNED,
    Act.BATCH_EDITED,
    Act.BATCHES_READY,
)
_NONE = "none"


class _Row(NamedTuple):
    era: int
    number: int
    name: str
    ready: bool
    by: str
    at: datetime.datetime
    version: int
    pad_version: int
    criterion: BatchCriterion


@dataclass(frozen=True, slots=True)
class _Told:
    """What may be true of a batch: its name where somebody gave it one, its mark, and whose that is."""

    name: str | None
    ready: bool
    by: str


def prove_marks(session: Session) -> Iterator[Finding]:
    """Each batch is named, marked and counted as the acts since the pad was divided have left it."""
    since = _since_divided(session)
    rows = session.execute(
        select(
            Batch.era_id,
            Batch.number,
            Batch.name,
            Batch.ready,
            User.login,
            Batch.set_at,
            Batch.version,
            Scratchpad.version,
            Batch.criterion,
        )
        .join(Scratchpad, Scratchpad.era_id == Batch.era_id)
        .join(User, User.id == Batch.set_by)
        .order_by(Batch.era_id, Batch.number)
    )
    divided = set()
    for era, of_era in groupby((_Row(*row) for row in rows), key=lambda row: row.era):
        divided.add(era)
        events = since.get(era)
        if events is None or events[0].detail == _NONE:
            yield Finding("batch-series", "The audit trail does not tell that it was divided.", f"ERA {era}")
        else:
            yield from _prove(session, list(of_era), events)
    yield from _prove_kept(session, since, divided)


def _since_divided(session: Session) -> dict[int, list[Event]]:
    """What was done with the batches of each ERA since its scratch pad was divided last, that act first."""
    found: dict[int, list[Event]] = {}
    for event in read_trail(session, *_ACTS):
        known = found.get(event.era)
        if event.act == Act.BATCHES_ASSIGNED:
            found[event.era] = [event]
        elif event.act == Act.ERA_FREE_AGAIN:
            found.pop(event.era, None)
        elif known is None:
            continue
        elif event.act == Act.PAD_CREATED and known[-1].sequence != event.sequence - 1:
            # A new pad; one that was divided as it was made is told of just before.
            del found[event.era]
        else:
            known.append(event)
    return found


def _prove(session: Session, rows: Sequence[_Row], events: Sequence[Event]) -> Iterator[Finding]:
    era, made = rows[0].era, events[0].detail
    said = {row.number: _replay(events, row.number) for row in rows}
    # Whoever named a batch since has said what it is called; the others are called as they were made.
    named = {number for number, told in said.items() if any(one.name is not None for one in told)}
    misnamed: set[int] = set()
    if not _fits(rows, made, named):
        names = _read_names(made)
        if names is not None and list(names) == [row.number for row in rows]:
            misnamed = {row.number for row in rows if row.name != names[row.number]} - named
        if not misnamed and are_whole(session, era, definitions_of(session, era)):
            yield Finding(
                "batch-series", "The audit trail tells that it was divided otherwise.", f"ERA {era}"
            )
    for row in rows:
        told = _say_off(row, said[row.number], events, misnamed=row.number in misnamed)
        if told:
            yield Finding("batch-mark", told, f"ERA {era} batch {row.number}")


def _say_off(row: _Row, said: Sequence[_Told], events: Sequence[Event], *, misnamed: bool) -> str:
    """What of a batch is not as the audit trail tells, in a sentence; empty when nothing is."""
    marked = [one for one in said if one.ready == row.ready]
    if not marked:
        told = "ready to post" if row.ready else "not ready to post"
        return f"It is marked as {told}, and the audit trail does not tell of that mark."
    if all(one.by != row.by for one in marked):
        return f"{row.by} is kept as who marked it, and the audit trail names another user."
    if not any(event.took_place(row.at) for event in events):
        return "It was marked at a time of which the audit trail tells nothing."
    if misnamed or all(one.name not in (None, row.name) for one in said):
        return "The audit trail tells of another name for it."
    if not 1 <= row.version <= row.pad_version:
        return f"Its version is {row.version}, that of its scratch pad is {row.pad_version}."
    return ""


def _fits(rows: Sequence[_Row], made: str, named: Collection[int]) -> bool:
    """Whether a pad was divided into these batches, whatever those were called that were `named` since."""
    parts = (f"{row.number} {'.*' if row.number in named else re.escape(row.name)}" for row in rows)
    pattern = f"{re.escape(rows[0].criterion)}: {'; '.join(parts)}"
    return re.fullmatch(pattern, made, re.DOTALL) is not None


def _read_names(made: str) -> dict[int, str] | None:
    """The batches that a pad was divided into, by their numbers; None where a name can be read as a batch more."""
    parts = re.split("; (?=[0-9]{1,9} )", made.partition(": ")[2])
    names = [part.partition(" ") for part in parts]
    numbers = [number for number, _, _ in names]
    if numbers != [str(place) for place in range(1, len(parts) + 1)]:
        return None
    return {int(number): name for number, _, name in names}


def _replay(events: Sequence[Event], number: int) -> Sequence[_Told]:
    """All that may be true of a batch after these events, of which the first has made it."""
    said = {_Told(None, False, events[0].user)}
    for event in events[1:]:
        if event.act == Act.BATCH_EDITED:
            if event.part == number:
                readings = list(read_edited(event.detail)) or [(None, None)]
                said = {
                    _mark(one if name is None else replace(one, name=name), ready, event.user)
                    for one in said
                    for name, ready in readings
                }
        elif event.act in (Act.BATCHES_READY, Act.PAD_REFRESHED):
            said = {_mark(one, event.act == Act.BATCHES_READY, event.user) for one in said}
    return sorted(said, key=repr)


def _mark(told: _Told, ready: bool | None, by: str) -> _Told:
    """A batch marked so; only another mark than it has is whose it is."""
    return told if ready is None or ready == told.ready else replace(told, ready=ready, by=by)


def _prove_kept(session: Session, since: dict[int, list[Event]], divided: set[int]) -> Iterator[Finding]:
    """Of a pad that was divided the batches are still there: without them no mark is asked for.

    Where a set was filed since from the exceptions, another ERA may have taken the place of this one.
    """
    filed = session.scalar(select(func.max(AuditEvent.sequence)).where(AuditEvent.act == Act.EXCEPTION_FILED))
    for era in session.scalars(select(Scratchpad.era_id).order_by(Scratchpad.era_id)):
        events = since.get(era)
        if era in divided or events is None or events[0].detail == _NONE:
            continue
        if events[0].sequence > (filed or 0):
            yield Finding("batch-series", "It was divided into batches, and has none.", f"ERA {era}")
