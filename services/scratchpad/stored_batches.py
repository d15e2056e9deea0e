"""The batches of scratch pads as rows of the store: which there are, and which entries each has."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, func, insert, select, update
from sqlalchemy.orm import Session, aliased

from models.batches import Batch
from models.bills import Bill, Patient
from models.eras import Eeob
from models.scratchpads import Scratchpad, ScratchpadEntry
from models.words.bills import BillStatus
from models.words.scratchpad import BatchCriterion
from services.office.stamp import Stamp
from services.scratchpad.batches import BatchPlan, Definition, Divided, assign, define
from services.scratchpad.pad import Pad


def definitions_of(session: Session, era_id: int) -> tuple[Definition, ...]:
    """The batches of an ERA's scratch pad by their numbers; none where it is not divided."""
    rows = session.execute(
        select(Batch.number, Batch.name, Batch.criterion, Batch.first, Batch.last)
        .where(Batch.era_id == era_id)
        .order_by(Batch.number)
    )
    return tuple(Definition(*row) for row in rows)


def put_in_batches(session: Session, pad: Pad) -> Pad:
    """A pad with each entry in the batch that takes it, as the pad is divided in the store."""
    made = definitions_of(session, pad.era_id)
    return assign(pad, made, _eeobs(session, pad.era_id, made[0].criterion)) if made else pad


def divide(session: Session, by: Stamp, pad: Pad, plan: BatchPlan | None) -> Pad:
    """Divides a pad anew, in place of the batches it has; without a plan into none.

    Gives the pad with its entries in the new batches; which of them are in the store already is for the caller
    to write. Refuses a plan that cannot be.
    """
    made = () if plan is None else define(plan, sum(not entry.era_level for entry in pad.entries))
    session.execute(
        update(ScratchpadEntry)
        .where(ScratchpadEntry.era_id == pad.era_id)
        .values(batch=None)
        .execution_options(synchronize_session=False)
    )
    session.execute(
        delete(Batch).where(Batch.era_id == pad.era_id).execution_options(synchronize_session=False)
    )
    session.expire_all()
    # A version begins where the pad's stands, so that none that a clerk has seen comes again.
    version = session.get_one(Scratchpad, pad.era_id).version
    if made:
        session.execute(insert(Batch), [_row(by, pad.era_id, version, batch) for batch in made])
    return put_in_batches(session, pad) if made else assign(pad, (), {})


def save_assignment(session: Session, pad: Pad) -> None:
    """Stores in which batch each entry of a pad is."""
    rows = [
        {"era_id": pad.era_id, "number": entry.number, "batch": entry.batch}
        for entry in pad.entries
        if entry.batch is not None
    ]
    if rows:
        session.execute(update(ScratchpadEntry), rows)
    session.expire_all()


def mark(session: Session, by: Stamp, era_id: int, *which: ColumnElement[bool], ready: bool) -> int:
    """Marks batches of an ERA as ready to post, or as not ready; gives of how many that has changed the mark."""
    changed = session.execute(
        update(Batch)
        .where(Batch.era_id == era_id, Batch.ready.is_(not ready), *which)
        .values(ready=ready, set_by=by.user_id, set_at=by.at)
        .execution_options(synchronize_session=False)
    )
    session.expire_all()
    return int(changed.rowcount)  # type: ignore[attr-defined]  # an UPDATE gives a CursorResult


def any_ready(session: Session, era_id: int) -> bool:
    """Whether a clerk has marked any batch of an ERA as ready to post."""
    return bool(session.scalar(select(exists().where(Batch.era_id == era_id, Batch.ready))))


def all_ready(session: Session, era_id: int) -> bool:
    """Whether no batch of an ERA is still worked on."""
    return not session.scalar(select(exists().where(Batch.era_id == era_id, ~Batch.ready)))


def version_of(session: Session, era_id: int, number: int) -> int | None:
    """The version of a batch: another once its entries were changed; None where there is no such batch."""
    return session.scalar(select(Batch.version).where(Batch.era_id == era_id, Batch.number == number))


def raise_versions(session: Session, era_id: int, number: int | None) -> None:
    """Notes that entries of one batch were changed, or that those of all may be."""
    query = update(Batch).where(Batch.era_id == era_id)
    if number is not None:
        query = query.where(Batch.number == number)
    session.execute(query.values(version=Batch.version + 1).execution_options(synchronize_session=False))


def _row(by: Stamp, era_id: int, version: int, batch: Definition) -> dict[str, object]:
    return {
        "era_id": era_id,
        "number": batch.number,
        "name": batch.name,
        "ready": False,
        "set_by": by.user_id,
        "set_at": by.at,
        "criterion": batch.criterion,
        "first": batch.first,
        "last": batch.last,
        "version": version,
    }


def _eeobs(session: Session, era_id: int, criterion: BatchCriterion) -> dict[str, Divided]:
    """What a criterion asks of the EEOBs of an ERA, by their sequence numbers as entries name them."""
    with_copay = _find_with_copay(session, era_id) if criterion is BatchCriterion.COPAY else set[int]()
    rows: Sequence[Any] = session.execute(
        select(
            Eeob.sequence,
            Eeob.patient_name,
            Eeob.charge,
            Eeob.paid,
            Eeob.bill_id,
            Patient.name.label("named"),
        )
        .outerjoin(Bill, Bill.id == Eeob.bill_id)
        .outerjoin(Patient, Patient.id == Bill.patient_id)
        .where(Eeob.era_id == era_id)
    ).all()
    return {
        str(row.sequence): Divided(
            patient=row.named or row.patient_name,
            charge=Decimal(row.charge),
            paid=Decimal(row.paid),
            known=row.bill_id is not None,
            copay=row.sequence in with_copay,
        )
        for row in rows
    }


def _find_with_copay(session: Session, era_id: int) -> set[int]:
    """The EEOBs whose patient has a bill of his own, not cancelled, for days of the same care."""
    own = aliased(Bill)
    begins, ends = Bill.service_from, func.coalesce(Bill.service_to, Bill.service_from)
    of_own_care = and_(
        own.patient_id == Bill.patient_id,
        own.third_party.is_(False),
        own.status != BillStatus.CANCELLED,
        own.service_from <= ends,
        func.coalesce(own.service_to, own.service_from) >= begins,
    )
    rows = session.scalars(
        select(Eeob.sequence)
        .join(Bill, Bill.id == Eeob.bill_id)
        .where(Eeob.era_id == era_id, exists().where(of_own_care))
    )
    return set(rows)
