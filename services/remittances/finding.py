"""Finding one ERA by its number, the EFT it is matched to, and the receipt made of it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.efts import Eft
from models.eras import Era
from models.receipts import Receipt
from models.words.remittances import EraMatchStatus
from services.errors import Refused


def era_of(session: Session, number: int, *, lock: bool = True) -> Era:
    """The ERA of this number, locked for the transaction unless it is only looked at; raises `Refused`."""
    query = select(Era).where(Era.id == number)
    era = session.scalars(query.with_for_update(key_share=True) if lock else query).first()
    if era is None:
        raise Refused(f"THERE IS NO ERA {number}")
    return era


def refuse_off_worklist(era: Era) -> None:
    """Refuses work on an ERA that has left the worklist, or that is held as an exception."""
    if era.match_status is EraMatchStatus.REMOVED:
        raise Refused("THIS ERA HAS BEEN REMOVED FROM THE ACTIVE WORKLIST")
    if era.match_status is EraMatchStatus.HELD:
        raise Refused(
            f"ERA {era.id} IS HELD AS AN EXCEPTION: FILE IT THERE, PUT IT IN THE PLACE OF THE ERA THAT IT IS LIKE, "
            "OR DELETE IT"
        )


def eft_of(session: Session, era: Era) -> Eft | None:
    """The EFT that an ERA is matched to."""
    return session.scalars(select(Eft).where(Eft.era_id == era.id)).first()


def receipt_of_era(session: Session, era_number: int) -> str | None:
    """The number of the receipt that was made of an ERA."""
    return session.scalars(select(Receipt.number).where(Receipt.era_id == era_number)).first()


def returned_of(session: Session, era_number: int) -> list[int]:
    """The EFTs that an ERA had and the bank took back, in their order."""
    return list(session.scalars(select(Eft.id).where(Eft.returned_era_id == era_number).order_by(Eft.id)))


def total_of(session: Session, era: Era) -> tuple[Eft | None, bool]:
    """The matched EFT, and whether its total differs from the ERA's so that a mismatch line is needed."""
    eft = eft_of(session, era)
    differs = eft is not None and era.match_status is EraMatchStatus.MATCHED_WITH_ERRORS
    return eft, differs and eft is not None and eft.amount != era.total
