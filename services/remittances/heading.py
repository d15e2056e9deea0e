"""What stands above every screen of one ERA: its number, total, payer, and the money that came for it."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from models.scratchpads import Scratchpad
from services.remittances.finding import eft_of, era_of, receipt_of_era


@dataclass(frozen=True, slots=True)
class EraHeading:
    """The heading of one ERA; `deposit` is the record number of its EFT's deposit, `check` its paper check."""

    era: int
    total: Decimal
    payer_name: str
    payer_id: str
    deposit: int | None
    trace: str
    check: str
    receipt: str


def era_heading(session: Session, era_number: int) -> EraHeading:
    """The heading of an ERA; raises `Refused` when there is no such ERA."""
    era = era_of(session, era_number, lock=False)
    eft = eft_of(session, era)
    pad = session.get(Scratchpad, era.id)
    return EraHeading(
        era=era.id,
        total=era.total,
        payer_name=era.payer_name,
        payer_id=era.payer_id,
        deposit=None if eft is None else eft.deposit_id,
        trace=era.trace if eft is None else eft.trace,
        check=era.check_number if pad is None else pad.check_number,
        receipt=receipt_of_era(session, era.id) or "",
    )
