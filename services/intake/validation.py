"""Working the queue of validation: each filed set is judged by its implementation guide (DESIGN 2.9).

Nothing waits for it. A set is judged outside of any transaction; its findings and its mark are then
written together, once, whoever else works the same queue. Of the open workstations one at a time works it:
the one that holds the lease of the queue.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import CursorResult, Select, select, update
from sqlalchemy.exc import IntegrityError

from models.bulk import parts
from models.messages import Message, StoredFinding, TransactionSet
from models.store import Store
from models.words.intake import Validation
from services.errors import InUse
from services.findings import Finding
from services.intake.raw_text import StoredText
from services.intake.sets import store_findings
from services.office import leases
from services.office.actor import Actor
from services.x12.conformity import judge, wrap_set
from services.x12.envelope import TransactionSet as ReadSet
from services.x12.guide_findings import leave_out_told
from services.x12.segments import read_sets

#: The lease of the workstation that works the queue.
LEASE, QUEUE = "VALIDATION", "QUEUE"

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Judged:
    """What the judge said of one set: the content it is of (`sha256`), its place there, the findings."""

    sha256: str
    ordinal: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A set that waits for its validation: its row, its file (row and SHA-256), its place there."""

    set_id: int
    message_id: int
    sha256: str
    ordinal: int


class StoredSets:
    """Judges filed sets from the text they came in; a file whose sets are asked for in order is read once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._message_id = 0
        self._read = 0
        self._sets: Iterator[ReadSet] = iter(())

    def judge(self, one: Waiting) -> tuple[Finding, ...]:
        """What the judge finds in one set; a set whose text is gone is itself a finding."""
        if one.message_id != self._message_id or one.ordinal <= self._read:
            self._message_id, self._read = one.message_id, 0
            self._sets = iter(read_sets(StoredText.in_store(self._store, one.message_id), []))
        for read in self._sets:
            self._read = read.ordinal
            if read.ordinal == one.ordinal:
                return leave_out_told(self._own(one), judge(wrap_set(read)).findings)
            if read.ordinal > one.ordinal:
                break
        return (Finding("not-judged", "The text of this set could not be read again; it was not judged."),)

    def _own(self, one: Waiting) -> list[Finding]:
        """What was found of the set when it was filed."""
        with self._store.reading() as session:
            stored = select(StoredFinding).where(StoredFinding.transaction_set_id == one.set_id)
            return [Finding(found.code, found.text, found.where) for found in session.scalars(stored)]


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
    sets = StoredSets(store)
    done: list[Judged] = []
    for one in waiting:
        findings = sets.judge(one)
        if record(store, one, findings):
            done.append(Judged(one.sha256, one.ordinal, findings))
        if progress is not None:
            progress(len(done), len(waiting))
    return done


def claim_queue(store: Store, actor: Actor) -> leases.Held | None:
    """Takes the queue for the actor's desk; None when nothing waits or another desk works it."""
    with store.reading() as session:
        if session.execute(_select_queued().limit(1)).first() is None:
            return None
        try:
            leases.refuse_if_taken(session, actor, LEASE, QUEUE, "")
        except InUse:
            return None
    try:
        with store.writing() as session:
            return leases.take(session, actor, LEASE, QUEUE, "")
    except (InUse, IntegrityError):
        # Another desk has it, or took it at the same moment.
        return None


def next_waiting(store: Store, held: leases.Held, passed_over: Collection[int] = ()) -> Waiting | None:
    """The oldest set that waits, but for some sets; None when none does or the queue is no longer held."""
    with store.reading() as session:
        if not leases.still_held(session, held):
            return None
        query = _select_queued().where(TransactionSet.id.not_in(passed_over)).limit(1)
        row = session.execute(query).first()
        return None if row is None else Waiting(*row)


def release_queue(store: Store, held: leases.Held) -> None:
    """Leaves the queue to other desks."""
    with store.writing() as session:
        leases.give_back(session, held)


def record(store: Store, one: Waiting, findings: tuple[Finding, ...]) -> bool:
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


def _select_queued() -> Select[int, int, str, int]:
    return (
        select(TransactionSet.id, TransactionSet.message_id, Message.sha256, TransactionSet.ordinal)
        .join(Message, Message.id == TransactionSet.message_id)
        .where(TransactionSet.validation == Validation.QUEUED)
        .order_by(TransactionSet.message_id, TransactionSet.ordinal)
    )


def _waiting(store: Store, limit: int | None, contents: Collection[str] | None) -> list[Waiting]:
    query = _select_queued()
    if limit is not None:
        query = query.limit(limit)
    with store.reading() as session:
        if contents is None:
            return [Waiting(*row) for row in session.execute(query)]
        wanted = sorted(contents)
        return [
            Waiting(*row)
            for some in parts(wanted)
            for row in session.execute(query.where(Message.sha256.in_(some)))
        ]
