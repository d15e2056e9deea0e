"""The proofs of what was filed of remittances: the equations of the 835, on the rows as they are now.

An ERA, claim or line that was filed as not balanced is left out of its equation: that it does not balance
is a finding of its file (X12 005010X221A1, 1.10.2.1).
"""

from collections.abc import Iterator
from decimal import Decimal

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from models.eras import ClaimAdjustment, Eeob, EeobLine, Era, ProviderAdjustment
from models.messages import StoredFinding
from models.money import Money, money_sum
from services.findings import Finding


def era_totals(session: Session) -> Iterator[Finding]:
    """Each balanced ERA is the payments of its EEOBs and its provider adjustments; none of its EEOBs is missing."""
    claims = (
        select(Eeob.era_id, money_sum(Eeob.paid).label("paid"), func.count().label("count"))
        .group_by(Eeob.era_id)
        .subquery()
    )
    adjusted = (
        select(ProviderAdjustment.era_id, money_sum(ProviderAdjustment.amount).label("amount"))
        .group_by(ProviderAdjustment.era_id)
        .subquery()
    )
    paid = func.coalesce(claims.c.paid, 0, type_=Money())
    # They are stored with the ledger's sign: what was taken is negative.
    given = func.coalesce(adjusted.c.amount, 0, type_=Money())
    count = func.coalesce(claims.c.count, 0)
    excused = exists().where(StoredFinding.transaction_set_id == Era.transaction_set_id)
    rows = session.execute(
        select(Era.id, Era.total, Era.balanced, Era.eeob_count, paid, given, count, excused)
        .outerjoin(claims, claims.c.era_id == Era.id)
        .outerjoin(adjusted, adjusted.c.era_id == Era.id)
        .where(
            or_(
                Era.eeob_count != count,
                and_(Era.balanced, Era.total != paid + given),
                and_(~Era.balanced, ~excused),
            )
        )
        .order_by(Era.id)
    )
    for era_id, total, balanced, filed, payments, adjustments, found, told in rows:
        where = f"ERA {era_id}"
        if filed != found:
            yield Finding("era-eeobs", f"{filed} EEOBs were filed of it, {found} are there.", where)
        if balanced and total != payments + adjustments:
            yield Finding(
                "era-total",
                f"Its EEOBs pay {payments:.2f}, its adjustments are {adjustments:.2f}, but its total is {total:.2f}.",
                where,
            )
        elif not balanced and not told:
            yield Finding(
                "era-total", "It counts as not balanced, but no finding of its file says so.", where
            )


def eeobs(session: Session) -> Iterator[Finding]:
    """Each balanced EEOB is its charge less all adjustments, and so is each of its lines.

    The detail of a repeated EEOB is stored with its twin.
    """
    adjusted = _adjusted(
        ClaimAdjustment.era_id == Eeob.era_id, ClaimAdjustment.eeob_sequence == Eeob.sequence
    )
    claims = session.execute(
        select(Eeob.era_id, Eeob.sequence, Eeob.charge, Eeob.paid, adjusted)
        .where(Eeob.balanced, Eeob.twin_era_id.is_(None), Eeob.charge - Eeob.paid != adjusted)
        .order_by(Eeob.era_id, Eeob.sequence)
    )
    for era_id, sequence, charge, paid, less in claims:
        yield _off(charge, paid, less, f"ERA {era_id} EEOB {sequence}")
    adjusted = _adjusted(
        ClaimAdjustment.era_id == EeobLine.era_id,
        ClaimAdjustment.eeob_sequence == EeobLine.eeob_sequence,
        ClaimAdjustment.line == EeobLine.number,
    )
    lines = session.execute(
        select(
            EeobLine.era_id,
            EeobLine.eeob_sequence,
            EeobLine.number,
            EeobLine.charge,
            EeobLine.paid,
            adjusted,
        )
        .join(Eeob, and_(Eeob.era_id == EeobLine.era_id, Eeob.sequence == EeobLine.eeob_sequence))
        .where(Eeob.balanced, EeobLine.charge - EeobLine.paid != adjusted)
        .order_by(EeobLine.era_id, EeobLine.eeob_sequence, EeobLine.number)
    )
    for era_id, sequence, number, charge, paid, less in lines:
        yield _off(charge, paid, less, f"ERA {era_id} EEOB {sequence} line {number}")
    lost = session.execute(
        select(ClaimAdjustment.era_id, ClaimAdjustment.eeob_sequence, ClaimAdjustment.line)
        .where(
            ClaimAdjustment.line != 0,
            ~exists().where(
                EeobLine.era_id == ClaimAdjustment.era_id,
                EeobLine.eeob_sequence == ClaimAdjustment.eeob_sequence,
                EeobLine.number == ClaimAdjustment.line,
            ),
        )
        .distinct()
        .order_by(ClaimAdjustment.era_id, ClaimAdjustment.eeob_sequence, ClaimAdjustment.line)
    )
    for era_id, sequence, number in lost:
        yield Finding(
            "eeob-line",
            "Its adjustments are there, but the line is not.",
            f"ERA {era_id} EEOB {sequence} line {number}",
        )


def _adjusted(*of: ColumnElement[bool]) -> ColumnElement[Decimal]:
    """The adjustments of a claim or line; by their key, which is quicker than summing up all of them first."""
    return select(money_sum(ClaimAdjustment.amount)).where(*of).scalar_subquery()


def _off(charge: Decimal, paid: Decimal, adjusted: Decimal, where: str) -> Finding:
    return Finding(
        "eeob-balance",
        f"The charge {charge:.2f} less adjustments {adjusted:.2f} is {charge - adjusted:.2f}, but {paid:.2f} was paid.",
        where,
    )
