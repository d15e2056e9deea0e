"""Working the queue of validation: each filed set is judged by its implementation guide (DESIGN 2.9).

Nothing waits for it. A set is judged outside of any transaction; its findings and its mark are then
written together, once, whoever else works the same queue.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import CursorResult, select, update

from models.messages import Message, TransactionSet, Validation
from models.store import Store
from services.filing import store_findings
from services.findings import Finding
from services.raw_text import StoredText
from services.x12.conformity import judge, wrapped
from services.x12.segments import read_sets

__all__ = ["Validation"]

Progress = Callable[[int, int], None]

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Judged:
    """What the judge said of one set: the content it is of (`sha256`), its place there, the findings."""

    sha256: str
    ordinal: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Waiting:
    set_id: int
    message_id: int
    sha256: str
    ordinal: int


def validate_queued(
    store: Store,
    limit: int | None = None,
    *,
    contents: Collection[str] | None = None,
    progress: Progress | None = None,
) -> list[Judged]:
    """Judges the sets that wait for validation, the oldest first; at most `limit` of them.

    `contents` (SHA-256 of files) limits it to sets of these files. `progress` is told how many sets are
    done and how many there are. Sets whose text cannot be read again get a finding and are done too.
    """
    waiting = _waiting(store, limit, contents)
    done: list[Judged] = []
    by_message: dict[int, list[_Waiting]] = {}
    for one in waiting:
        by_message.setdefault(one.message_id, []).append(one)
    for message_id, some in by_message.items():
        for one, findings in _judgements(store, message_id, some):
            if _write(store, one, findings):
                done.append(Judged(one.sha256, one.ordinal, findings))
            if progress is not None:
                progress(len(done), len(waiting))
    return done


def _judgements(
    store: Store, message_id: int, some: list[_Waiting]
) -> Iterable[tuple[_Waiting, tuple[Finding, ...]]]:
    """Reads a stored file once and judges those of its sets that wait."""
    left = {one.ordinal: one for one in some}
    for read in read_sets(StoredText(store, message_id), []):
        one = left.pop(read.ordinal, None)
        if one is not None:
            yield one, judge(wrapped(read)).findings
        if not left:
            return
    for one in left.values():
        yield (
            one,
            (Finding("not-judged", "The text of this set could not be read again; it was not judged."),),
        )


def _waiting(store: Store, limit: int | None, contents: Collection[str] | None) -> list[_Waiting]:
    query = (
        select(TransactionSet.id, TransactionSet.message_id, Message.sha256, TransactionSet.ordinal)
        .join(Message, Message.id == TransactionSet.message_id)
        .where(TransactionSet.validation == Validation.QUEUED)
        .order_by(TransactionSet.message_id, TransactionSet.ordinal)
    )
    if limit is not None:
        query = query.limit(limit)
    with store.reading() as session:
        if contents is None:
            return [_Waiting(*row) for row in session.execute(query)]
        wanted = sorted(contents)
        return [
            _Waiting(*row)
            for start in range(0, len(wanted), _AT_ONCE)
            for row in session.execute(query.where(Message.sha256.in_(wanted[start : start + _AT_ONCE])))
        ]


def _write(store: Store, one: _Waiting, findings: tuple[Finding, ...]) -> bool:
    """Marks a set as validated with its findings; False when another worker was first."""
    with store.writing() as session:
        marked: CursorResult[tuple[()]] = session.execute(  # type: ignore[assignment]  # an UPDATE
            update(TransactionSet)
            .where(TransactionSet.id == one.set_id, TransactionSet.validation == Validation.QUEUED)
            .values(validation=Validation.DONE)
            .execution_options(synchronize_session=False)
        )
        if marked.rowcount != 1:
            return False
        store_findings(session, one.message_id, one.set_id, findings)
        return True
