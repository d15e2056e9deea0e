"""Finding an ERA by what a clerk remembers of it."""

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from models.eras import Era
from services.dates import pad_day
from services.lookup import LookUp
from services.remittances.listing import EraRow, era_rows

#: A look-up that fits more ERAs than this shows the first ones only.
MOST_HITS = 200

_LONGEST_NUMBER = 18


def find_eras(session: Session, typed: str) -> list[EraRow]:
    """The ERAs a clerk may mean by a number, a trace number or a payer name, the earliest received first.

    A whole number or trace number comes before everything that only begins like it; upper and lower case
    are the same.
    """
    words = typed.strip().upper()
    if not words:
        return []
    exact: list[ColumnElement[bool]] = [Era.trace_key == words]
    if words.isascii() and words.isdecimal() and len(words) <= _LONGEST_NUMBER:
        exact.append(Era.id == int(words))
    begins = [
        Era.trace_key.startswith(words, autoescape=True),
        func.upper(Era.payer_name).startswith(words, autoescape=True),
    ]
    for conditions in (exact, begins):
        query = select(Era.id).where(or_(*conditions)).order_by(Era.received, Era.id).limit(MOST_HITS)
        if numbers := session.scalars(query).all():
            return era_rows(session, numbers)
    return []


def all_eras(session: Session, start: int, count: int) -> list[EraRow]:
    """All ERAs, the earliest received first: so many from a place on, counted from 0."""
    query = select(Era.id).order_by(Era.received, Era.id).offset(start).limit(count)
    return era_rows(session, session.scalars(query).all())


def era_row(era: EraRow) -> str:
    """One ERA in one row: number, trace, date, amount, payer, match status."""
    return (
        f"{era.number:<6} {era.trace:<15.15} {pad_day(era.date)} {era.amount:>9.2f} "
        f"{era.payer:<14.14} {era.match_status:.14}"
    )


ERAS: LookUp[EraRow] = LookUp(
    kind="ELECTRONIC REMITTANCE ADVICE ENTRY",
    prompt="Select ELECTRONIC REMITTANCE ADVICE ENTRY",
    find=find_eras,
    page=all_eras,
    row=era_row,
    key=lambda era: str(era.number),
    help=(
        "Type the ERA's number, its trace number or the beginning of one, or the beginning of the payer's "
        "name. Type ?? to see all ERAs.",
    ),
)
