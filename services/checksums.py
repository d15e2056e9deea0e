"""The checksum of an EFT deposit: taken at receipt, compared before any money is posted (behaviour 3.2)."""

import hashlib
import json
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.efts import Eft, EftDeposit
from models.money import two_decimals


def checksum(number: str, date: str, total: str, details: Iterable[tuple[str, str, str, str]]) -> str:
    """A digest over deposit number, date, total and, of each EFT, ACH trace, payer id, trace and amount."""
    canonical = json.dumps([number, date, total, sorted(details)], separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def deposit_checksum(session: Session, deposit: EftDeposit) -> str:
    """The checksum of a stored deposit as it is now."""
    rows = session.execute(
        select(Eft.ach_trace, Eft.payer_id, Eft.trace, Eft.amount).where(Eft.deposit_id == deposit.id)
    )
    return checksum(
        deposit.number,
        deposit.date.isoformat(),
        two_decimals(deposit.total),
        ((row.ach_trace, row.payer_id, row.trace, two_decimals(row.amount)) for row in rows),
    )
