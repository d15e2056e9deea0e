"""Taking a whole entry of a scratch pad to note something on it that moves no money."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from models.scratchpads import Scratchpad, ScratchpadEntry
from services.errors import Refused
from services.office.stamp import Stamp
from services.remittances.finding import era_of
from services.scratchpad.acts import take_part
from services.scratchpad.stored import NO_PAD, PAD_CHANGED


def take_entry(
    session: Session,
    by: Stamp,
    era_number: int,
    number: int,
    sequences: Sequence[str] | None = None,
    batch: int | None = None,
) -> ScratchpadEntry:
    """The entry by its stored number, its ERA locked; the lease is taken while there is no receipt yet.

    `batch` is the one the clerk works in, which is taken instead of the entire ERA. `sequences` are the EEOBs
    that the clerk saw there: an entry that holds others by now is refused.
    """
    era = era_of(session, era_number)
    pad = session.get(Scratchpad, era.id)
    if pad is None:
        raise Refused(NO_PAD)
    if pad.receipt_id is None:
        take_part(session, by, era.id, batch)
    entry = session.get(ScratchpadEntry, (era.id, number), populate_existing=True)
    if entry is None or (batch is not None and entry.batch != batch):
        raise Refused(f"THERE IS NO ENTRY {number} ON THE SCRATCH PAD OF ERA {era.id}")
    if sequences is not None and entry.sequences != ",".join(sequences):
        raise Refused(PAD_CHANGED)
    return entry
