"""What speaks against a paper check: it pays another ERA of the payer, or the ERA's EFT is here (behaviour 8.1)."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.efts import Eft
from models.eras import Era
from models.words.money import two_decimals
from models.words.remittances import EftMatchStatus, EraMatchStatus
from services.errors import CheckUsedBefore, EftAtHand
from services.remittances.finding import era_of


def refuse_doubtful(session: Session, era_number: int, check: str, *, again: bool, beside_eft: bool) -> None:
    """Refuses a paper check that something speaks against, unless it is said that it is meant all the same.

    Raises `EftAtHand` unless `beside_eft` says that a check came as well, `CheckUsedBefore` unless `again` says
    that the check pays two ERAs.
    """
    here = None if beside_eft else eft_at_hand(session, era_number)
    if here is not None:
        raise EftAtHand(here)
    twin = None if again else check_of_another(session, era_number, check)
    if twin is not None:
        raise CheckUsedBefore(twin)


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


def eft_at_hand(session: Session, era_number: int) -> str | None:
    """Says which EFT of the ERA's trace and payer is on file and has no ERA yet; None when there is none.

    Such an EFT is this ERA's money: it has another total, so that matching takes the two only from the third
    night on, or no night job has run since it came. Of several EFTs the first is named.
    """
    era = era_of(session, era_number, lock=False)
    if not era.trace_key:
        return None
    eft = session.scalars(
        select(Eft)
        .where(
            Eft.trace_key == era.trace_key,
            Eft.payer_key == era.payer_key,
            Eft.match_status == EftMatchStatus.UNMATCHED,
            Eft.returned.is_(False),
        )
        .order_by(Eft.id)
        .limit(1)
    ).first()
    if eft is None:
        return None
    waits = (
        "IT IS MATCHED BY THE NEXT NIGHT JOB"
        if eft.amount == era.total
        else f"THIS ERA COMES TO {two_decimals(era.total)}: MATCHED WITH ERRORS FROM THE THIRD NIGHT ON"
    )
    return (
        f"EFT {eft.id} OF THE SAME TRACE AND PAYER IS HERE: {two_decimals(eft.amount)} OF "
        f"{eft.date_paid.isoformat()}\n({waits})"
    )
