"""The rows of EEOBs for the store: claims, service lines, adjustments, remarks, and whatever else a claim says.

Rows are tuples, matched with their columns by position: dictionaries cost more than the insert. Which value is
whose is proven by `tests/services/intake/test_eeob_rows.py`.
"""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy import Table
from sqlalchemy.orm import Session

from models.bulk import bulk_insert
from models.eras import (
    ClaimAdjustment,
    Contact,
    Eeob,
    EeobAmount,
    EeobDay,
    EeobLine,
    EeobParty,
    EeobReference,
    Remark,
)
from services.x12.remittance import (
    Adjustment,
    Dated,
    Party,
    Qualified,
    QualifiedAmount,
    RemittanceClaim,
    RemittanceLine,
)

Row = tuple[Any, ...]
_Pair = TypeVar("_Pair", Qualified, QualifiedAmount)

#: The allowed amount of a service line (AMT*B6) and its control number (REF*6R): they stand with the line.
_ALLOWED, _CONTROL = "B6", "6R"

_EEOB = (
    *("era_id", "sequence", "claim", "bill_id", "charge", "paid", "patient_responsibility", "status"),
    *("filing_indicator", "payer_control", "reversal", "patient_name", "patient_id", "corrected_name"),
    *("corrected_id", "insured_name", "insured_id", "rendering_name", "rendering_npi", "rendering_person"),
    *(
        "crossover",
        "service_from",
        "service_to",
        "received",
        "facility",
        "frequency",
        "drg",
        "balanced",
        "fingerprint",
    ),
    *("twin_era_id", "twin_sequence", "segment"),
)
#: What stays as it was filed when a remittance is read again: money was worked on by it.
_FIRM = frozenset(
    {
        *("era_id", "sequence", "claim", "bill_id", "charge", "paid", "reversal", "fingerprint"),
        *("twin_era_id", "twin_sequence", "segment"),
    }
)
_LINE = (
    *("era_id", "eeob_sequence", "number", "procedure", "modifiers", "revenue_code", "units", "billed_units"),
    *("charge", "paid", "allowed", "original_procedure", "service_from", "service_to", "control_number"),
)
_ADJUSTMENT = (
    *("era_id", "eeob_sequence", "line", "number", "adjustment_group", "code", "amount", "quantity"),
)
_REMARK = ("era_id", "eeob_sequence", "line", "number", "qualifier", "code")
_AMOUNT = _REFERENCE = ("era_id", "eeob_sequence", "line", "number", "qualifier", "value")
_DAY = ("era_id", "eeob_sequence", "line", "number", "qualifier", "day")
_PARTY = ("era_id", "eeob_sequence", "number", "entity", "person", "name", "qualifier", "identifier")
_CONTACT = ("era_id", "eeob_sequence", "number", "name", "kind", "value")


class EeobRows:
    """Rows of some EEOBs of one ERA, gathered for bulk inserts."""

    def __init__(self, era_id: int) -> None:
        self.era_id = era_id
        self._eeobs: list[Row] = []
        self._lines: list[Row] = []
        self._adjustments: list[Row] = []
        self._remarks: list[Row] = []
        self._amounts: list[Row] = []
        self._references: list[Row] = []
        self._days: list[Row] = []
        self._parties: list[Row] = []
        self._contacts: list[Row] = []

    #: The tables of what belongs to an EEOB.
    DETAIL = (EeobLine, ClaimAdjustment, Remark, EeobAmount, EeobReference, EeobDay, EeobParty, Contact)

    def insert(self, session: Session) -> None:
        """Writes what was gathered, one bulk insert a table."""
        connection = session.connection()
        for model, columns, rows in (
            (Eeob, _EEOB, self._eeobs),
            (EeobLine, _LINE, self._lines),
            (ClaimAdjustment, _ADJUSTMENT, self._adjustments),
            (Remark, _REMARK, self._remarks),
            (EeobAmount, _AMOUNT, self._amounts),
            (EeobReference, _REFERENCE, self._references),
            (EeobDay, _DAY, self._days),
            (EeobParty, _PARTY, self._parties),
            (Contact, _CONTACT, self._contacts),
        ):
            if rows:
                table = model.__table__
                assert isinstance(table, Table)
                bulk_insert(connection, table, columns, rows)

    def add(
        self, claim: RemittanceClaim, fingerprint: bytes, bill_id: int | None, twin: tuple[int, int] | None
    ) -> None:
        """Adds one EEOB; of a repeated one (`twin`) the line and its money, not the detail."""
        self._eeobs.append(_eeob(self.era_id, claim, fingerprint, bill_id, twin))
        if twin is None:
            self.add_detail(claim)

    def add_detail(self, claim: RemittanceClaim) -> None:
        """Adds what belongs to an EEOB whose own row is there already."""
        era_id, sequence = self.era_id, claim.sequence
        if claim.adjustments:
            self._adjust(sequence, 0, claim.adjustments)
        for number, (qualifier, code) in enumerate(claim.remarks, start=1):
            self._remarks.append((era_id, sequence, 0, number, qualifier, code))
        if (
            claim.amounts
            or claim.medicare
            or claim.quantities
            or claim.drg_weight
            or claim.discharge_fraction
        ):
            weights = (("CLP12", claim.drg_weight), ("CLP13", claim.discharge_fraction))
            further = [QualifiedAmount(name, value) for name, value in weights if value is not None]
            self._count(sequence, 0, (*claim.amounts, *claim.medicare, *further), claim.quantities)
        if claim.references:
            self._refer(sequence, 0, claim.references)
        if claim.dates or claim.coverage_expires:
            expires = (Dated("036", claim.coverage_expires),) if claim.coverage_expires else ()
            self._date(sequence, 0, (*expires, *claim.dates))
        parties = (claim.crossover, claim.priority_payer, claim.other_subscriber, *claim.further_parties)
        for number, party in enumerate([party for party in parties if any(party)], start=1):
            self._name(sequence, number, party)
        number = 0
        for contact in claim.contacts:
            for qualified in contact.numbers:
                number += 1
                self._contacts.append(
                    (era_id, sequence, number, contact.name, qualified.qualifier, qualified.value)
                )
        for line in claim.lines:
            self._line(sequence, line)

    def _count(
        self,
        sequence: int,
        line: int,
        amounts: Sequence[QualifiedAmount],
        quantities: Sequence[QualifiedAmount],
    ) -> None:
        values = [(qualifier, amount) for qualifier, amount in amounts]
        values += [(f"QTY{qualifier}", amount) for qualifier, amount in quantities]
        for number, (qualifier, value) in enumerate(values, start=1):
            self._amounts.append((self.era_id, sequence, line, number, qualifier, str(value)))

    def _refer(self, sequence: int, line: int, references: Sequence[Qualified]) -> None:
        for number, (qualifier, value) in enumerate(references, start=1):
            self._references.append((self.era_id, sequence, line, number, qualifier, value))

    def _date(self, sequence: int, line: int, days: Sequence[Dated]) -> None:
        for number, (qualifier, day) in enumerate(days, start=1):
            self._days.append((self.era_id, sequence, line, number, qualifier, day))

    def _name(self, sequence: int, number: int, party: Party) -> None:
        self._parties.append(
            (
                self.era_id,
                sequence,
                number,
                party.entity,
                party.person,
                party.full_name,
                party.qualifier,
                party.identifier,
            )
        )

    def _line(self, sequence: int, line: RemittanceLine) -> None:
        # One allowed amount and one control number are what most lines have.
        allowed: Decimal | None = None
        amounts: Sequence[QualifiedAmount] = line.amounts
        references: Sequence[Qualified] = line.references
        if len(amounts) == 1 and amounts[0][0] == _ALLOWED:
            allowed, amounts = amounts[0][1], ()
        elif amounts:
            allowed = next((amount for qualifier, amount in amounts if qualifier == _ALLOWED), None)
            amounts = _but_first(_ALLOWED, amounts)
        if amounts or line.quantities:
            self._count(sequence, line.number, amounts, line.quantities)
        if len(references) != 1 or references[0][0] != _CONTROL:
            self._refer(sequence, line.number, _but_first(_CONTROL, references))
        if line.dates:
            self._date(sequence, line.number, line.dates)
        units, billed, modifiers = line.units, line.billed_units, line.modifiers
        self._lines.append(
            (
                self.era_id,
                sequence,
                line.number,
                line.procedure,
                ",".join(modifiers) if modifiers else "",
                line.revenue_code,
                "" if units is None else str(units),
                "" if billed is None else str(billed),
                line.charge,
                line.paid,
                allowed,
                line.original_procedure,
                line.service_from,
                line.service_to,
                line.control_number,
            )
        )
        if line.adjustments:
            self._adjust(sequence, line.number, line.adjustments)
        if line.remarks:
            for number, (qualifier, code) in enumerate(line.remarks, start=1):
                self._remarks.append((self.era_id, sequence, line.number, number, qualifier, code))

    def _adjust(self, sequence: int, line: int, adjustments: tuple[Adjustment, ...]) -> None:
        era_id = self.era_id
        for number, (group, code, amount, quantity) in enumerate(adjustments, start=1):
            self._adjustments.append(
                (
                    era_id,
                    sequence,
                    line,
                    number,
                    group,
                    code,
                    amount,
                    "" if quantity is None else str(quantity),
                )
            )


def _eeob(
    era_id: int,
    claim: RemittanceClaim,
    fingerprint: bytes,
    bill_id: int | None,
    twin: tuple[int, int] | None,
) -> Row:
    twin_era, twin_sequence = twin or (None, None)
    start, end = _service_dates(claim)
    return (
        era_id,
        claim.sequence,
        claim.claim,
        bill_id,
        claim.charge,
        claim.paid,
        claim.patient_responsibility,
        claim.status,
        claim.filing_indicator,
        claim.payer_control,
        claim.reversal,
        claim.patient.full_name,
        claim.patient.identifier,
        claim.corrected_name,
        claim.corrected.identifier,
        claim.subscriber.full_name,
        claim.subscriber.identifier,
        claim.rendering.full_name,
        claim.rendering.identifier,
        claim.rendering.person,
        claim.crossover.full_name,
        start,
        end,
        claim.received,
        claim.facility,
        claim.frequency,
        claim.drg,
        claim.balanced,
        fingerprint,
        twin_era,
        twin_sequence,
        claim.segment,
    )


def describe(claim: RemittanceClaim) -> dict[str, Any]:
    """What the row of an EEOB says of its claim by column, without its money and what it is known by."""
    row = dict(zip(_EEOB, _eeob(0, claim, b"", None, None), strict=True))
    return {name: value for name, value in row.items() if name not in _FIRM}


def _but_first(qualifier: str, pairs: Sequence[_Pair]) -> list[_Pair]:
    """All but the first with this qualifier, which stands with its line."""
    first = next((number for number, pair in enumerate(pairs) if pair[0] == qualifier), -1)
    return [pair for number, pair in enumerate(pairs) if number != first]


def _service_dates(claim: RemittanceClaim) -> tuple[datetime.date | None, datetime.date | None]:
    """The claim's statement dates (DTM 232, 233) or, without the first, the span of its lines."""
    if claim.statement_from is not None:
        return claim.statement_from, claim.statement_to
    first: datetime.date | None = None
    last: datetime.date | None = None
    for line in claim.lines:
        start, end = line.service_from, line.service_to or line.service_from
        if start is not None and (first is None or start < first):
            first = start
        if end is not None and (last is None or end > last):
            last = end
    if first is None and last is None:
        return claim.statement_to, claim.statement_to
    return first, last
