"""A paper check that was used before: the same payer's same number stands for another ERA (behaviour 8.1)."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.eras import Era
from models.words.money import two_decimals
from models.words.remittances import EraMatchStatus
from services.remittances.finding import era_of


def check_of_another(session: Session, era_number: int, check: str) -> str | None:
    """Says which ERA of the same payer a check number stands for already; None when there is none.

    Numbers are compared without the zeros in front, in any case. Of several ERAs the last one is named.
    """
    era = era_of(session, era_number, lock=False)
    number = check.strip().upper().lstrip("0")
    other = session.scalars(
        select(Era)
        .where(
            Era.payer_key == era.payer_key,
            Era.id != era.id,
            Era.match_status == EraMatchStatus.PAPER_CHECK,
            func.ltrim(func.upper(Era.check_number), "0") == number,
        )
        .order_by(Era.id.desc())
        .limit(1)
    ).first()
    if other is None or not number:
        return None
    return (
        f"CHECK {other.check_number} OF THIS PAYER PAYS ERA {other.id} ALREADY\n"
        f"(TRACE {other.trace}, {two_decimals(other.total)} OF {other.date.isoformat()})"
    )
