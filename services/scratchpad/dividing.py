"""Whether an ERA can be divided into batches, and how the audit trail tells of it."""

from sqlalchemy.orm import Session

from models.eras import Era
from models.words.acts import Act
from services.errors import Refused
from services.office.acts import tell_also
from services.office.stamp import Stamp
from services.scratchpad.stored_batches import definitions_of

INDIVISIBLE = "ERA {} HAS NOT MORE THAN ONE EEOB: THERE IS NOTHING TO BE SPLIT INTO BATCHES"


def refuse_indivisible(era: Era) -> None:
    """Refuses to divide an ERA that has nothing to be divided."""
    if era.approximate_eeobs <= 1:
        raise Refused(INDIVISIBLE.format(era.id))


def tell_batches(session: Session, by: Stamp, era_id: int) -> None:
    """Writes down the batches that a scratch pad was divided into within another act."""
    tell_also(session, by, Act.BATCHES_ASSIGNED, f"ERA {era_id}", detail=say_batches(session, era_id))


def say_batches(session: Session, era_id: int) -> str:
    """The batches of a scratch pad, as the audit trail names them."""
    made = definitions_of(session, era_id)
    named = "; ".join(f"{batch.number} {batch.name}" for batch in made)
    return f"{made[0].criterion}: {named}" if made else "none"
