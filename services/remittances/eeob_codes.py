"""The codes of some EEOBs and ERA-level adjustments, each explained: what a clerk asks of a line that he works on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.eras import ClaimAdjustment, Eeob, Era, ProviderAdjustment, Remark
from services.codes.looking_up import Explained, Told
from services.codes.texts import CodeTexts

_ERA_LEVEL = "ADJ"

#: LQ01 of remark codes; those of MIA and MOA come without.
REMARK_LISTS = ("", "HE")


@dataclass(frozen=True, slots=True)
class CodeOfEeob:
    """A code of the EEOB or ERA-level adjustment `sequence`; `label` is it as it is written, `CO-45`.

    `amount` is what it comes to in all of the EEOB, None for a remark: of a reason as the payer tells it, of an
    ERA-level adjustment as the ledger does (money taken is negative). `explained` is None for a code of a list that
    does not ship, such as the reject codes of pharmacies (LQ01 RX).
    """

    sequence: str
    label: str
    amount: Decimal | None
    explained: Explained | None


def codes_of(session: Session, era_number: int, sequences: Sequence[str]) -> tuple[CodeOfEeob, ...]:
    """The codes of what an entry of a scratch pad is made of, by its sequences: `3`, `ADJ1`.

    Of an EEOB first its status, then its reasons in the order of group and code, then its remarks; each code once.
    What is neither EEOB nor adjustment, as the totals mismatch, has none.
    """
    codes = CodeTexts.of(session, session.get_one(Era, era_number).date)
    found: list[CodeOfEeob] = []
    for sequence in sequences:
        if sequence.isdecimal():
            found += _of_eeob(session, era_number, sequence, codes)
        elif sequence.startswith(_ERA_LEVEL):
            found += _of_adjustment(session, era_number, sequence, codes)
    return tuple(found)


def _of_eeob(session: Session, era_number: int, sequence: str, codes: CodeTexts) -> Iterator[CodeOfEeob]:
    eeob = session.get_one(Eeob, (era_number, int(sequence)))
    yield CodeOfEeob(sequence, f"CLP02 {eeob.status}", None, codes.explained(Told.CLAIM_STATUS, eeob.status))
    # A repeated EEOB has the detail of its twin, which is stored there only.
    of_twin = eeob.twin_era_id is not None and eeob.twin_sequence is not None
    at = (eeob.twin_era_id, eeob.twin_sequence) if of_twin else (eeob.era_id, eeob.sequence)
    reasons = session.execute(
        select(ClaimAdjustment.group, ClaimAdjustment.code, func.sum(ClaimAdjustment.amount).label("amount"))
        .where(ClaimAdjustment.era_id == at[0], ClaimAdjustment.eeob_sequence == at[1])
        .group_by(ClaimAdjustment.group, ClaimAdjustment.code)
        .order_by(ClaimAdjustment.group, ClaimAdjustment.code)
    )
    for group, code, amount in reasons:
        yield CodeOfEeob(
            sequence,
            f"{group}-{code}",
            amount,
            codes.explained(Told.REASON, code, group=group),
        )
    remarks = session.execute(
        select(Remark.qualifier, Remark.code)
        .where(Remark.era_id == at[0], Remark.eeob_sequence == at[1])
        .distinct()
        .order_by(Remark.qualifier, Remark.code)
    )
    for qualifier, code in remarks:
        if qualifier in REMARK_LISTS:
            yield CodeOfEeob(sequence, code, None, codes.explained(Told.REMARK, code))
        else:
            yield CodeOfEeob(sequence, f"{qualifier} {code}", None, None)


def _of_adjustment(
    session: Session, era_number: int, sequence: str, codes: CodeTexts
) -> Iterator[CodeOfEeob]:
    number = sequence.removeprefix(_ERA_LEVEL)
    if not number.isdecimal():
        return
    plb = session.get(ProviderAdjustment, (era_number, int(number)))
    if plb is not None:
        explained = codes.explained(Told.PROVIDER_ADJUSTMENT, plb.code)
        yield CodeOfEeob(sequence, f"PLB {plb.code}", plb.amount, explained)
