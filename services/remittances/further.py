"""What a remittance says beyond its amounts, adjustments and remarks: further amounts, numbers, days and names."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from models.eras import EeobAmount, EeobDay, EeobParty, EeobReference, EraParty, EraReference

#: An EEOB's sequence and the number of its line, 0 for the claim itself.
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class QualifiedView:
    """A value with its qualifier: an amount or count (`AU`, `QTYCA`, `MIA04`) or a reference number (`1L`)."""

    qualifier: str
    value: str


@dataclass(frozen=True, slots=True)
class DayView:
    """A day with its qualifier (DTM01) that is neither a service date nor the day of receipt."""

    qualifier: str
    day: datetime.date


@dataclass(frozen=True, slots=True)
class PartyView:
    """A further name of a claim by its entity (NM101): crossover carrier TT, priority payer PR, other subscriber GB."""

    entity: str
    name: str
    qualifier: str | None
    id: str | None


@dataclass(frozen=True, slots=True)
class EraPartyView:
    """The payer (PR) or payee (PE) of an ERA, with the lines of its address."""

    entity: str
    name: str
    qualifier: str | None
    id: str | None
    address: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EraReferenceView:
    """A further number of the payer (PR), of the payee (PE) or of the ERA itself (none)."""

    entity: str | None
    qualifier: str
    value: str


@dataclass(frozen=True, slots=True)
class Further:
    """What the EEOBs of one ERA say further, by where it stands."""

    amounts: Mapping[Place, Sequence[QualifiedView]]
    references: Mapping[Place, Sequence[QualifiedView]]
    days: Mapping[Place, Sequence[DayView]]
    parties: Mapping[int, Sequence[PartyView]]


def further_of(session: Session, era: int, between: tuple[int, int] | None = None) -> Further:
    """What the EEOBs of an ERA say further, each kind by one query: of all, or from the first to the last `between`."""
    amounts: dict[Place, list[QualifiedView]] = {}
    for amount in session.execute(_in_place(EeobAmount, EeobAmount.value, era, between)):
        amounts.setdefault((amount.eeob_sequence, amount.line), []).append(
            QualifiedView(amount.qualifier, amount.value)
        )
    references: dict[Place, list[QualifiedView]] = {}
    for reference in session.execute(_in_place(EeobReference, EeobReference.value, era, between)):
        references.setdefault((reference.eeob_sequence, reference.line), []).append(
            QualifiedView(reference.qualifier, reference.value)
        )
    days: dict[Place, list[DayView]] = {}
    for day in session.execute(_in_place(EeobDay, EeobDay.day, era, between)):
        days.setdefault((day.eeob_sequence, day.line), []).append(DayView(day.qualifier, day.day))
    parties: dict[int, list[PartyView]] = {}
    for party in session.scalars(
        select(EeobParty)
        .where(*_where(EeobParty, era, between))
        .order_by(EeobParty.eeob_sequence, EeobParty.number)
    ):
        parties.setdefault(party.eeob_sequence, []).append(
            PartyView(party.entity, party.name, party.qualifier or None, party.identifier or None)
        )
    return Further(amounts, references, days, parties)


def _in_place(
    table: type[EeobAmount | EeobReference | EeobDay], value: Any, era: int, between: tuple[int, int] | None
) -> Select[Any]:
    return (
        select(table.eeob_sequence, table.line, table.qualifier, value)
        .where(*_where(table, era, between))
        .order_by(table.eeob_sequence, table.line, table.number)
    )


def _where(
    table: type[EeobAmount | EeobReference | EeobDay | EeobParty], era: int, between: tuple[int, int] | None
) -> tuple[ColumnElement[bool], ...]:
    of_era: ColumnElement[bool] = table.era_id == era
    return (of_era,) if between is None else (of_era, table.eeob_sequence.between(*between))


def era_parties(session: Session, era: int) -> tuple[EraPartyView, ...]:
    """The payer of an ERA and its payee, as the remittance names them."""
    rows = session.scalars(select(EraParty).where(EraParty.era_id == era).order_by(EraParty.entity.desc()))
    return tuple(
        EraPartyView(
            party.entity,
            party.name,
            party.qualifier or None,
            party.identifier or None,
            tuple(party.address.split("\n")) if party.address else (),
        )
        for party in rows
    )


def era_references(session: Session, era: int) -> tuple[EraReferenceView, ...]:
    """The further numbers of an ERA, its payer and its payee."""
    rows = session.scalars(
        select(EraReference).where(EraReference.era_id == era).order_by(EraReference.number)
    )
    return tuple(EraReferenceView(row.entity or None, row.qualifier, row.value) for row in rows)
