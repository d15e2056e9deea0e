"""ERAs that are held, replaced or let go of: one leaves the worklist, another takes over (behaviour 8.1)."""

from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from models.base import Base
from models.efts import Eft
from models.eras import Eeob, Era
from models.messages import DataException
from models.scratchpads import Scratchpad
from models.words.remittances import EraMatchStatus, MatchReason, PostStatus
from services.errors import Refused
from services.office.stamp import Stamp
from services.remittances.finding import eft_of, era_of, receipt_of_era
from services.scratchpad.acts import take_era
from services.scratchpad.stored import is_worked_on, lay_out, remove_pad, save_new


@dataclass(frozen=True, slots=True)
class Replaced:
    """What an ERA leaves to the one that takes its place: its match and why, its EFT or check, the pad's check."""

    era: int
    match: EraMatchStatus
    reason: MatchReason | None
    post: PostStatus
    check_number: str
    eft: int | None
    pad: dict[str, object] | None


def retire(session: Session, by: Stamp, number: int) -> Replaced:
    """Takes an ERA off the worklist (REMOVED FROM WORKLIST) for the one that replaces it.

    Refuses one with a receipt, one that somebody else works on, and one whose scratch pad was worked on.
    """
    era = era_of(session, number)
    receipt = receipt_of_era(session, number)
    if receipt is not None:
        raise Refused(f"ERA {number} HAS RECEIPT {receipt} AND CANNOT BE REPLACED")
    take_era(session, by, number)
    if is_worked_on(session, number):
        raise Refused(f"THE SCRATCH PAD OF ERA {number} WAS WORKED ON; REFRESH IT BEFORE THE ERA IS REPLACED")
    eft = eft_of(session, era)
    left = Replaced(
        number,
        era.match_status,
        era.match_reason,
        era.post_status,
        era.check_number,
        None if eft is None else eft.id,
        _remove_pad(session, number),
    )
    if eft is not None:
        eft.era_id = None
    era.match_status, era.match_reason = EraMatchStatus.REMOVED, None
    era.post_status, era.check_number = PostStatus.REMOVED, ""
    session.execute(
        update(DataException)
        .where(DataException.era_id == number)
        .values(resolved=True)
        .execution_options(synchronize_session=False)
    )
    session.flush()
    return left


def set_match_status(session: Session, number: int, status: EraMatchStatus) -> None:
    """Gives an ERA another match status."""
    era_of(session, number).match_status = status
    session.flush()


def release(session: Session, number: int) -> None:
    """Lets an ERA that is held be worked on; one that had been removed from the worklist is as it was when it came."""
    era = era_of(session, number)
    if _was_removed(era):
        era.post_status = PostStatus.NOT_POSTED
        without_bill = select(Eeob.sequence).where(
            Eeob.era_id == number, Eeob.sequence == DataException.sequence, Eeob.bill_id.is_(None)
        )
        session.execute(
            update(DataException)
            .where(DataException.era_id == number, without_bill.exists())
            .values(resolved=False)
            .execution_options(synchronize_session=False)
        )
    set_match_status(session, number, EraMatchStatus.UNMATCHED)


def let_go(session: Session, number: int) -> bool:
    """Lets go of an ERA that is held; says whether it stays on file, since it had been worked on and was removed."""
    era = era_of(session, number)
    if not _was_removed(era):
        forget(session, number)
        return False
    set_match_status(session, number, EraMatchStatus.REMOVED)
    return True


def _was_removed(era: Era) -> bool:
    return era.post_status is PostStatus.REMOVED


def forget(session: Session, number: int) -> None:
    """Deletes the rows of an ERA that is held as an exception: nothing was done with it, and its text stays."""
    of_an_era = {
        mapper.class_.__tablename__
        for mapper in Base.registry.mappers
        if mapper.class_.__module__ == Era.__module__ or mapper.class_ is DataException
    }
    for table in reversed(Base.metadata.sorted_tables):
        if table.name in of_an_era:
            key = table.c.id if table.name == Era.__tablename__ else table.c.era_id
            session.execute(delete(table).where(key == number))
    session.expire_all()


def hand_over(session: Session, replaced: Replaced, number: int) -> None:
    """Gives a new ERA what the one it replaces was matched to; its scratch pad, if there was one, is laid out anew."""
    era = era_of(session, number)
    era.match_status, era.match_reason, era.post_status = replaced.match, replaced.reason, replaced.post
    era.check_number = replaced.check_number
    session.flush()
    if replaced.eft is not None:
        session.get_one(Eft, replaced.eft).era_id = number
    if replaced.pad is not None:
        session.add(Scratchpad(**{**replaced.pad, "era_id": number}))
        session.flush()
        save_new(session, lay_out(session, era))


def _remove_pad(session: Session, number: int) -> dict[str, object] | None:
    pad = session.get(Scratchpad, number)
    if pad is None:
        return None
    kept: dict[str, object] = {
        "check_number": pad.check_number,
        "check_date": pad.check_date,
        "bank_routing": pad.bank_routing,
        "created_by": pad.created_by,
        "created_at": pad.created_at,
    }
    remove_pad(session, number)
    return kept
