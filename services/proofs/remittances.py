"""The proofs of what was filed of remittances: the equations of the 835, on the rows as they are now.

An ERA, claim or line that was filed as not balanced is left out of its equation: that it does not balance
is a finding of its file (X12 005010X221A1, 1.10.2.1).
"""

from collections.abc import Iterator
from decimal import Decimal

from sqlalchemy import ColumnElement, and_, exists, func, select, type_coerce
from sqlalchemy.orm import Session

from models.eras import ClaimAdjustment, Eeob, EeobLine, Era, ProviderAdjustment
from models.messages import StoredFinding
from models.money import Money, money_sum
from services.findings import Finding
from services.proofs.rows import got, same_key, sums, tell, tell_each


def era_totals(session: Session) -> Iterator[Finding]:
    """Each balanced ERA is the payments of its EEOBs and its provider adjustments; none of its EEOBs is missing."""
    paid = sums(Eeob.paid, Eeob.era_id)
    # They are stored with the ledger's sign: what was taken is negative.
    given = sums(ProviderAdjustment.amount, ProviderAdjustment.era_id)
    counted = select(func.count()).where(Eeob.era_id == Era.id).scalar_subquery()
    excused = exists().where(StoredFinding.transaction_set_id == Era.transaction_set_id)
    return tell_each(
        session,
        select(Era.id, Era.total, got(paid), got(given), Era.eeob_count, counted)
        .outerjoin(paid, paid.c.of == Era.id)
        .outerjoin(given, given.c.of == Era.id),
        [
            (Era.eeob_count != counted, "era-eeobs", "{4} EEOBs were filed of it, {5} are there."),
            (
                and_(Era.balanced, Era.total != got(paid) + got(given)),
                "era-total",
                "Its EEOBs pay {2:.2f}, its adjustments are {3:.2f}, but its total is {1:.2f}.",
            ),
            (
                and_(~Era.balanced, ~excused),
                "era-total",
                "It counts as not balanced, but no finding of its file says so.",
            ),
        ],
        "ERA {0}",
    )


def eeobs(session: Session) -> Iterator[Finding]:
    """Each balanced EEOB is its charge less all adjustments, and so is each of its lines.

    The detail of a repeated EEOB is stored with its twin.
    """
    text = "The charge {0:.2f} less adjustments {1:.2f} is {3:.2f}, but {2:.2f} was paid."
    key = (EeobLine.era_id, EeobLine.eeob_sequence, EeobLine.number)
    place = (ClaimAdjustment.era_id, ClaimAdjustment.eeob_sequence, ClaimAdjustment.line)
    less = _adjusted(same_key(place[:2], (Eeob.era_id, Eeob.sequence)))
    query = select(
        Eeob.charge, less, Eeob.paid, type_coerce(Eeob.charge - less, Money()), Eeob.era_id, Eeob.sequence
    )
    query = query.where(Eeob.balanced, Eeob.twin_era_id.is_(None), Eeob.charge - Eeob.paid != less)
    yield from tell(session, query, "eeob-balance", text, "ERA {4} EEOB {5}")
    of_line = same_key(place, key)
    less = _adjusted(of_line)
    lines = select(EeobLine.charge, less, EeobLine.paid, type_coerce(EeobLine.charge - less, Money()), *key)
    lines = lines.join(Eeob, same_key((Eeob.era_id, Eeob.sequence), key[:2]))
    lines = lines.where(Eeob.balanced, EeobLine.charge - EeobLine.paid != less)
    yield from tell(session, lines, "eeob-balance", text, "ERA {4} EEOB {5} line {6}")
    lost = select(*place).where(ClaimAdjustment.line != 0, ~exists().where(of_line)).distinct()
    text = "Its adjustments are there, but the line is not."
    yield from tell(session, lost, "eeob-line", text, "ERA {0} EEOB {1} line {2}")


def _adjusted(of: ColumnElement[bool]) -> ColumnElement[Decimal]:
    """The adjustments of a claim or line; by their key, which is quicker than summing up all of them first."""
    return select(money_sum(ClaimAdjustment.amount)).where(of).scalar_subquery()
