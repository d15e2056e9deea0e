"""The acts of Batch Maintenance: dividing a scratch pad anew, naming its batches, marking them ready (behaviour 1.1.8).

On the entire ERA they need the key PRCA ERA BATCH MAINT; whoever works in a batch may edit that one without it.
"""

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.batches import Batch
from models.words.acts import Act
from models.words.keys import SecurityKey
from services.errors import Refused
from services.office.actor import Actor, require
from services.office.acts import begin, end
from services.scratchpad.acts import editable, refuse_no_batch
from services.scratchpad.batches import BatchPlan, check_name
from services.scratchpad.dividing import refuse_indivisible, say_batches
from services.scratchpad.pad import Pad
from services.scratchpad.stored import bump
from services.scratchpad.stored_batches import definitions_of, divide, mark, save_assignment
from services.scratchpad.telling import say_edited

NO_BATCHES = "THERE ARE NO BATCHES ASSIGNED TO THIS ERA"


def assign_batches(
    session: Session, actor: Actor, era_number: int, plan: BatchPlan | None, *, seen: int | None = None
) -> Pad:
    """Divides a scratch pad into other batches, or into none (New Batch Assignment).

    What was worked on its lines stays. The new batches are not ready to post.
    """
    require(actor, SecurityKey.CLERK)
    by = begin(session, actor, Act.BATCHES_ASSIGNED, SecurityKey.BATCH_MAINTENANCE)
    era, pad = editable(session, by, era_number, seen)
    if plan is not None:
        refuse_indivisible(era)
    bump(session, era.id, seen)
    divided = divide(session, by, pad, plan)
    save_assignment(session, divided)
    end(session, by, f"ERA {era_number}", detail=say_batches(session, era_number))
    return divided


def edit_batch(
    session: Session,
    actor: Actor,
    era_number: int,
    number: int,
    *,
    name: str | None = None,
    ready: bool | None = None,
    inside: bool = False,
    seen: int | None = None,
) -> None:
    """Changes a batch's name, and whether it is ready to post (Edit Batch); `inside` by whoever works in it.

    Who is not inside needs the key and holds the entire ERA. `seen` is the version that the clerk has open.
    """
    by = begin(session, actor, Act.BATCH_EDITED, SecurityKey.CLERK)
    if not inside:
        require(actor, SecurityKey.BATCH_MAINTENANCE)
    editable(session, by, era_number, seen, number if inside else None)
    refuse_no_batch(session, era_number, number)
    of_batch = (Batch.era_id == era_number, Batch.number == number)
    if name is not None:
        name = check_name(name)
        session.execute(
            update(Batch).where(*of_batch).values(name=name).execution_options(synchronize_session=False)
        )
    if ready is not None:
        mark(session, by, era_number, Batch.number == number, ready=ready)
    session.expire_all()
    end(session, by, f"ERA {era_number} batch {number}", detail=say_edited(name, ready))


def mark_all_ready(session: Session, actor: Actor, era_number: int) -> int:
    """Marks all batches of an ERA as ready to post; gives how many were not."""
    require(actor, SecurityKey.CLERK)
    by = begin(session, actor, Act.BATCHES_READY, SecurityKey.BATCH_MAINTENANCE)
    editable(session, by, era_number)
    if not definitions_of(session, era_number):
        raise Refused(NO_BATCHES)
    changed = mark(session, by, era_number, ready=True)
    end(session, by, f"ERA {era_number}", detail=f"{changed} changed")
    return changed
