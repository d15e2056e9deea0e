"""The proofs of matching: EFTs, ERAs, paper checks and receipts say the same of each other (behaviour 3.4)."""

from collections.abc import Iterator

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from models.efts import Eft
from models.eras import Era
from models.receipts import Receipt
from models.words.money import ZERO
from models.words.remittances import EftMatchStatus, EraMatchStatus, MatchReason
from services.findings import Finding
from services.proofs.rows import tell

#: The two words that EFT and ERA share when they are matched.
_MATCHED = ("MATCHED", "MATCHED_WITH_ERRORS")


def efts(session: Session) -> Iterator[Finding]:
    """An EFT that is matched has its ERA, of the same trace and payer, MATCHED one of the same total; and why."""
    same = and_(
        Eft.recorded,
        Era.trace_key == Eft.trace_key,
        Era.payer_key == Eft.payer_key,
        (Era.total == Eft.amount) == (Eft.match_status == EftMatchStatus.MATCHED),
        (Era.total == Eft.amount) == Eft.match_reason.in_([MatchReason.EQUAL, MatchReason.EQUAL_APART]),
        or_(
            # An EFT of 0.00 whose ERA was moved to suspense leaves a match-0 payment.
            and_(Era.match_status == EraMatchStatus.MATCH_0, Eft.amount == ZERO),
            *(
                and_(Era.match_status == EraMatchStatus[word], Eft.match_status == EftMatchStatus[word])
                for word in _MATCHED
            ),
        ),
    )
    matched = Eft.match_status.in_([EftMatchStatus[word] for word in _MATCHED])
    query = select(Eft.id, Eft.match_status, Era.id, Era.match_status).outerjoin(Era, Era.id == Eft.era_id)
    return tell(
        session,
        query.where(
            or_(
                matched != Era.id.is_not(None),
                matched != Eft.match_reason.is_not(None),
                and_(Era.id.is_not(None), ~same),
            )
        ),
        "eft-match",
        lambda _, status, era, era_status: (
            f"It is {status} to {f'ERA {era}, which is {era_status}' if era else 'no ERA'}; they do not fit."
        ),
        "EFT {0}",
    )


def eras(session: Session) -> Iterator[Finding]:
    """An ERA that is matched has its EFT, one matched to a paper check its number, a match-0 payment is of 0.00."""
    matched = Era.match_status.in_([EraMatchStatus[word] for word in _MATCHED])
    by_check = Era.match_status == EraMatchStatus.PAPER_CHECK
    nothing = Era.match_status == EraMatchStatus.MATCH_0
    due = func.coalesce(Eft.amount, Era.total)
    has_eft, has_check = Eft.id.is_not(None), Era.check_number != ""
    off = or_(
        and_(matched, or_(~has_eft, has_check)),
        and_(by_check, or_(has_eft, ~has_check)),
        and_(nothing, due != ZERO),
        and_(~matched, ~by_check, ~nothing, or_(has_eft, has_check, Era.match_reason.is_not(None))),
        and_(matched, func.coalesce(Era.match_reason, "") != func.coalesce(Eft.match_reason, "")),
        and_(by_check, func.coalesce(Era.match_reason, "") != MatchReason.PAPER_CHECK),
        and_(nothing, func.coalesce(Era.match_reason, "") != MatchReason.MATCH_0),
    )
    query = select(Era.id, Era.match_status, Era.check_number, Eft.id, due)
    return tell(
        session,
        query.outerjoin(Eft, Eft.era_id == Era.id).where(off),
        "era-match",
        lambda _, status, check, eft, amount: (
            f"It is {status}, with {_name('EFT', eft)}, {'a' if check else 'no'} check number and {amount:.2f}."
        ),
        "ERA {0}",
    )


def receipts(session: Session) -> Iterator[Finding]:
    """The receipt of an ERA is of the EFT that the ERA is matched to, and of none when it is matched to none.

    One whose EFT the bank took back has no ERA any more, and names that which the EFT had.
    """
    back = Receipt.reversed_at.is_not(None)
    other = func.coalesce(Receipt.eft_id, 0) != func.coalesce(Eft.id, 0)
    query = select(Receipt.number, Receipt.era_id, Receipt.eft_id, Eft.id)
    ways = (
        (
            query.outerjoin(Eft, Eft.era_id == Receipt.era_id).where(~back),
            or_(Receipt.for_deposit == Receipt.era_id.is_not(None), Receipt.returned_era_id.is_not(None)),
        ),
        (
            query.outerjoin(Eft, Eft.id == Receipt.eft_id).where(back),
            or_(
                Receipt.era_id.is_not(None),
                func.coalesce(Receipt.returned_era_id, 0) != func.coalesce(Eft.returned_era_id, -1),
            ),
        ),
    )
    for matched, off in ways:
        yield from tell(
            session,
            matched.where(or_(off, other)),
            "receipt-match",
            lambda _, era, eft, matched: (
                f"It is of {_name('ERA', era)} and {_name('EFT', eft)}; that ERA is matched to "
                f"{_name('EFT', matched)}."
            ),
            "receipt {0}",
        )


def prove_returned(session: Session) -> Iterator[Finding]:
    """An EFT that the bank took back has no ERA any more, and names that of its trace and payer which it had."""
    then = and_(Era.trace_key == Eft.trace_key, Era.payer_key == Eft.payer_key)
    query = select(Eft.id, Eft.era_id, Eft.returned_era_id).outerjoin(Era, Era.id == Eft.returned_era_id)
    return tell(
        session,
        query.where(
            or_(
                and_(Eft.returned, Eft.era_id.is_not(None)),
                and_(Eft.returned_era_id.is_not(None), or_(~Eft.returned, Era.id.is_(None), ~then)),
            )
        ),
        "eft-match",
        lambda _, era, then: (
            f"It is matched to {_name('ERA', era)} and was matched to {_name('ERA', then)}; that does not fit "
            "what the bank took back."
        ),
        "EFT {0}",
    )


def _name(word: str, number: int | None) -> str:
    return f"no {word}" if number is None else f"{word} {number}"
