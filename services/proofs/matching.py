"""The proofs of matching: EFTs, ERAs, paper checks and receipts say the same of each other (behaviour 3.4)."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Result, and_, func, literal, or_, select
from sqlalchemy.orm import Session

from models.efts import Eft
from models.eras import Era
from models.receipts import Receipt
from models.words.money import ZERO
from models.words.remittances import EftMatchStatus, EraMatchStatus
from services.findings import Finding

# An outer join may find nothing, which the types of its columns do not say.
_Rows = Result[Any, Any, Any, Any]

_MATCHED_EFT = (EftMatchStatus.MATCHED, EftMatchStatus.MATCHED_WITH_ERRORS)
_MATCHED_ERA = (EraMatchStatus.MATCHED, EraMatchStatus.MATCHED_WITH_ERRORS)


def efts(session: Session) -> Iterator[Finding]:
    """An EFT that is matched has its ERA, of the same trace and payer, and MATCHED is of the same total."""
    matched = Eft.match_status.in_(_MATCHED_EFT)
    same = and_(
        Eft.recorded.is_(True),
        Era.trace_key == Eft.trace_key,
        Era.payer_key == Eft.payer_key,
        (Era.total == Eft.amount) == (Eft.match_status == EftMatchStatus.MATCHED),
        or_(
            # An EFT of 0.00 whose ERA was moved to suspense leaves a match-0 payment.
            and_(Era.match_status == EraMatchStatus.MATCH_0, Eft.amount == ZERO),
            and_(Era.match_status == EraMatchStatus.MATCHED, Eft.match_status == EftMatchStatus.MATCHED),
            and_(
                Era.match_status == EraMatchStatus.MATCHED_WITH_ERRORS,
                Eft.match_status == EftMatchStatus.MATCHED_WITH_ERRORS,
            ),
        ),
    )
    rows: _Rows = session.execute(
        select(Eft.id, Eft.match_status, Eft.era_id, Era.match_status)
        .outerjoin(Era, Era.id == Eft.era_id)
        .where(or_(matched != Era.id.is_not(None), and_(Era.id.is_not(None), ~same)))
        .order_by(Eft.id)
    )
    for eft_id, status, era_id, era_status in rows:
        era = "no ERA" if era_id is None else f"ERA {era_id}, which is {era_status.value}"
        yield Finding("eft-match", f"It is {status.value} to {era}; they do not fit.", f"EFT {eft_id}")


def eras(session: Session) -> Iterator[Finding]:
    """An ERA that is matched has its EFT, one matched to a paper check its number, a match-0 payment is of 0.00."""
    matched = Era.match_status.in_(_MATCHED_ERA)
    by_check = Era.match_status == EraMatchStatus.PAPER_CHECK
    nothing = Era.match_status == EraMatchStatus.MATCH_0
    due = func.coalesce(Eft.amount, Era.total)
    rows = session.execute(
        select(Era.id, Era.match_status, Era.check_number, Eft.id, due)
        .outerjoin(Eft, Eft.era_id == Era.id)
        .where(
            or_(
                and_(matched, or_(Eft.id.is_(None), Era.check_number != "")),
                and_(by_check, or_(Eft.id.is_not(None), Era.check_number == "")),
                and_(nothing, due != ZERO),
                and_(~matched, ~by_check, ~nothing, or_(Eft.id.is_not(None), Era.check_number != "")),
            )
        )
        .order_by(Era.id)
    )
    for era_id, status, check, eft_id, amount in rows:
        yield Finding(
            "era-match",
            f"It is {status.value}, with {_named('EFT', eft_id)}, {'a' if check else 'no'} check number "
            f"and {amount:.2f}.",
            f"ERA {era_id}",
        )


def receipts(session: Session) -> Iterator[Finding]:
    """The receipt of an ERA is of the EFT that the ERA is matched to, and of none when it is matched to none."""
    nobody = literal(0)
    rows = session.execute(
        select(Receipt.number, Receipt.era_id, Receipt.eft_id, Eft.id)
        .outerjoin(Eft, Eft.era_id == Receipt.era_id)
        .where(
            or_(
                and_(Receipt.for_deposit.is_(False), Receipt.era_id.is_(None)),
                and_(Receipt.for_deposit.is_(True), Receipt.era_id.is_not(None)),
                func.coalesce(Receipt.eft_id, nobody) != func.coalesce(Eft.id, nobody),
            )
        )
        .order_by(Receipt.id)
    )
    for number, era_id, eft_id, matched in rows:
        yield Finding(
            "receipt-match",
            f"It is of {_named('ERA', era_id)} and {_named('EFT', eft_id)}; that ERA is matched to "
            f"{_named('EFT', matched)}.",
            f"receipt {number}",
        )


def _named(word: str, number: int | None) -> str:
    return f"no {word}" if number is None else f"{word} {number}"
