"""The rows of EEOBs for the store: claims, service lines, adjustments, remarks, amounts, contacts."""

import datetime
from typing import Any

from sqlalchemy import Table
from sqlalchemy.orm import Session

from models.bulk import bulk_insert
from models.eras import ClaimAdjustment, Contact, Eeob, EeobAmount, EeobLine, Remark
from services.x12.remittance import Adjustment, RemittanceClaim, RemittanceLine

Row = tuple[Any, ...]

#: The allowed amount of a service line (AMT*B6).
_ALLOWED = "B6"

_EEOB = (
    *("era_id", "sequence", "claim", "bill_id", "charge", "paid", "patient_responsibility", "status"),
    *("filing_indicator", "payer_control", "reversal", "patient_name", "patient_id", "corrected_name"),
    *("corrected_id", "insured_name", "insured_id", "rendering_name", "rendering_npi", "rendering_person"),
    *("crossover", "service_from", "service_to", "received", "drg", "balanced", "fingerprint"),
    *("twin_era_id", "twin_sequence", "segment"),
)
_LINE = (
    *("era_id", "eeob_sequence", "number", "procedure", "modifiers", "revenue_code", "units", "charge"),
    *("paid", "allowed", "original_procedure", "service_from", "service_to", "control_number"),
)
_ADJUSTMENT = (
    *("era_id", "eeob_sequence", "line", "number", "adjustment_group", "code", "amount", "quantity"),
)
_REMARK = ("era_id", "eeob_sequence", "line", "number", "qualifier", "code")
_AMOUNT = ("era_id", "eeob_sequence", "qualifier", "value")
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
        self._contacts: list[Row] = []

    def insert(self, session: Session) -> None:
        """Writes what was gathered, one bulk insert a table."""
        connection = session.connection()
        for model, columns, rows in (
            (Eeob, _EEOB, self._eeobs),
            (EeobLine, _LINE, self._lines),
            (ClaimAdjustment, _ADJUSTMENT, self._adjustments),
            (Remark, _REMARK, self._remarks),
            (EeobAmount, _AMOUNT, self._amounts),
            (Contact, _CONTACT, self._contacts),
        ):
            table = model.__table__
            assert isinstance(table, Table)
            bulk_insert(connection, table, columns, rows)

    def add(
        self, claim: RemittanceClaim, fingerprint: bytes, bill_id: int | None, twin: tuple[int, int] | None
    ) -> None:
        """Adds one EEOB; of a repeated one (`twin`) the line and its money, not the detail."""
        twin_era, twin_sequence = twin or (None, None)
        start, end = _service_dates(claim)
        self._eeobs.append(
            (
                self.era_id,
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
                claim.drg,
                claim.balanced,
                fingerprint,
                twin_era,
                twin_sequence,
                claim.segment,
            )
        )
        if twin is None:
            self._detail(claim)

    def _detail(self, claim: RemittanceClaim) -> None:
        era_id, sequence = self.era_id, claim.sequence
        if claim.adjustments:
            self._adjust(sequence, 0, claim.adjustments)
        for number, (qualifier, code) in enumerate(claim.remarks, start=1):
            self._remarks.append((era_id, sequence, 0, number, qualifier, code))
        if claim.amounts or claim.medicare or claim.quantities:
            self._further_amounts(claim)
        number = 0
        for contact in claim.contacts:
            for qualified in contact.numbers:
                number += 1
                self._contacts.append(
                    (era_id, sequence, number, contact.name, qualified.qualifier, qualified.value)
                )
        for line in claim.lines:
            self._line(sequence, line)

    def _further_amounts(self, claim: RemittanceClaim) -> None:
        values: dict[str, str] = {}
        for amount in (*claim.amounts, *claim.medicare):
            values.setdefault(amount.qualifier, str(amount.amount))
        for quantity in claim.quantities:
            values.setdefault(f"QTY{quantity.qualifier}", str(quantity.amount))
        self._amounts += [
            (self.era_id, claim.sequence, qualifier, value) for qualifier, value in values.items()
        ]

    def _line(self, sequence: int, line: RemittanceLine) -> None:
        allowed = None
        for qualifier, amount in line.amounts:
            if qualifier == _ALLOWED:
                allowed = amount
                break
        units, modifiers = line.units, line.modifiers
        self._lines.append(
            (
                self.era_id,
                sequence,
                line.number,
                line.procedure,
                ",".join(modifiers) if modifiers else "",
                line.revenue_code,
                "" if units is None else str(units),
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


def _service_dates(claim: RemittanceClaim) -> tuple[datetime.date | None, datetime.date | None]:
    """The claim's statement dates (DTM 232, 233) or, without them, the span of its lines."""
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
    return first, last
