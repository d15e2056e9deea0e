"""Who is at work in which batch: each is held by itself, and the entire ERA only while no batch is (behaviour 3.16).

Whoever takes a batch or the entire ERA has locked the ERA's row, so that of two desks one comes after the other.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.batches import Batch
from services.office import leases
from services.office.actor import Holder

SOME_IN_USE = "AT LEAST 1 BATCH WITHIN THIS ERA IS CURRENTLY IN USE"
ALL_IN_USE = "ALL BATCHES WITHIN THIS ERA ARE CURRENTLY IN USE - TRY AGAIN LATER"
ENTIRE_IN_USE = "ANOTHER USER HAS JUST ACCESSED THE ENTIRE ERA - TRY AGAIN LATER"
BATCH_IN_USE = "ANOTHER USER HAS JUST OPENED THIS BATCH - TRY AGAIN LATER"

_KIND = "BATCH"


def take_batch(session: Session, holder: Holder, era_id: int, number: int) -> leases.Held:
    """Takes one batch for the holder's desk; refuses while another desk has it, or the entire ERA."""
    leases.refuse_if_taken(session, holder, "ERA", str(era_id), ENTIRE_IN_USE)
    return leases.take(session, holder, _KIND, _reference(era_id, number), BATCH_IN_USE)


def give_batch_back(session: Session, holder: Holder, era_id: int, number: int) -> None:
    """Gives one batch back."""
    leases.give_back(session, leases.Held(_KIND, _reference(era_id, number), holder.desk))


def find_in_use_elsewhere(session: Session, holder: Holder, era_id: int) -> frozenset[int]:
    """The batches of an ERA that other desks work in."""
    numbers = {_reference(era_id, number): number for number in _numbers(session, era_id)}
    taken = leases.find_taken_elsewhere(session, holder, _KIND, numbers)
    return frozenset(numbers[reference] for reference in taken)


def refuse_batches_in_use(session: Session, holder: Holder, era_id: int) -> None:
    """Refuses the entire ERA while another desk works in one of its batches; raises `InUse`."""
    for number in sorted(find_in_use_elsewhere(session, holder, era_id))[:1]:
        leases.refuse_if_taken(session, holder, _KIND, _reference(era_id, number), SOME_IN_USE)


def users_of_batches(session: Session, era_id: int) -> dict[int, str]:
    """Who works in which batch of an ERA now."""
    numbers = {_reference(era_id, number): number for number in _numbers(session, era_id)}
    return {numbers[reference]: name for reference, name in leases.users_of(session, _KIND, numbers).items()}


def _numbers(session: Session, era_id: int) -> list[int]:
    return list(session.scalars(select(Batch.number).where(Batch.era_id == era_id)))


def _reference(era_id: int, number: int) -> str:
    return f"{era_id}.{number}"
