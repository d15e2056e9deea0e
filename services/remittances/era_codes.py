"""The codes of a whole ERA, each explained: where it stands, how it is paid, and what its EEOBs and adjustments say."""

from collections.abc import Collection, Iterator

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from models.eras import ClaimAdjustment, Eeob, Era, ProviderAdjustment, Remark
from services.codes.looking_up import Told
from services.codes.texts import CodeTexts
from services.remittances.eeob_codes import REMARK_LISTS, CodeOfEeob
from services.remittances.finding import era_of

#: Lists whose codes may be nothing but digits.
_IN_DIGITS = (Told.REASON, Told.CLAIM_STATUS, Told.PROVIDER_ADJUSTMENT)


def standing_codes(session: Session, number: int) -> tuple[CodeOfEeob, ...]:
    """Where an ERA stands: its match and post status, and the way of its payment (BPR04)."""
    era = era_of(session, number, lock=False)
    return tuple(_standing(era, CodeTexts.of(session, era.date)))


def codes_of_era(session: Session, number: int, among: Collection[str]) -> tuple[CodeOfEeob, ...]:
    """The codes of an ERA, of its EEOBs and of its adjustments, each once, as far as they are `among` some words.

    A status counts when it is among them as a whole, such as `MATCHED TO PAPER CHECK`; what may be digits only, as
    other words are, with its list before it: `CARC 45`, `CLP02 22`, `PLB WO`.
    """
    era = era_of(session, number, lock=False)
    codes = CodeTexts.of(session, era.date)
    found = (
        *_standing(era, codes),
        *_of_eeobs(session, number, codes),
        *_of_adjustments(session, number, codes),
    )
    return tuple(code for code in found if _named(code) in among)


def _named(code: CodeOfEeob) -> str:
    """How a code has to be named to be meant."""
    explained = code.explained
    if explained is None:
        return code.label
    return f"{explained.list} {explained.code}" if explained.list in _IN_DIGITS else explained.code


def _standing(era: Era, codes: CodeTexts) -> Iterator[CodeOfEeob]:
    for told, code in (
        (Told.ERA_MATCH, era.match_status.value),
        (Told.ERA_POST, era.post_status.value),
        (Told.PAYMENT_METHOD, era.method),
    ):
        if code:
            label = f"{told} {code}" if told is Told.PAYMENT_METHOD else code
            yield CodeOfEeob("", label, None, codes.explained(told, code))


def _of_eeobs(session: Session, number: int, codes: CodeTexts) -> Iterator[CodeOfEeob]:
    statuses = select(Eeob.status).where(Eeob.era_id == number).distinct().order_by(Eeob.status)
    for status in session.scalars(statuses):
        yield CodeOfEeob("", f"CLP02 {status}", None, codes.explained(Told.CLAIM_STATUS, status))
    # A repeated EEOB has the detail of its twin, which is stored there only.
    era = func.coalesce(Eeob.twin_era_id, Eeob.era_id)
    sequence = func.coalesce(Eeob.twin_sequence, Eeob.sequence)
    reasons = (
        select(ClaimAdjustment.group, ClaimAdjustment.code)
        .join(Eeob, and_(ClaimAdjustment.era_id == era, ClaimAdjustment.eeob_sequence == sequence))
        .where(Eeob.era_id == number)
        .distinct()
        .order_by(ClaimAdjustment.group, ClaimAdjustment.code)
    )
    for group, code in session.execute(reasons):
        yield CodeOfEeob("", f"{group}-{code}", None, codes.explained(Told.REASON, code, group=group))
    remarks = (
        select(Remark.code)
        .join(Eeob, and_(Remark.era_id == era, Remark.eeob_sequence == sequence))
        .where(Eeob.era_id == number, Remark.qualifier.in_(REMARK_LISTS))
        .distinct()
        .order_by(Remark.code)
    )
    for code in session.scalars(remarks):
        yield CodeOfEeob("", code, None, codes.explained(Told.REMARK, code))


def _of_adjustments(session: Session, number: int, codes: CodeTexts) -> Iterator[CodeOfEeob]:
    of_era = select(ProviderAdjustment.code).where(ProviderAdjustment.era_id == number).distinct()
    for code in session.scalars(of_era.order_by(ProviderAdjustment.code)):
        yield CodeOfEeob("", f"PLB {code}", None, codes.explained(Told.PROVIDER_ADJUSTMENT, code))
