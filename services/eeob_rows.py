"""The rows of EEOBs for the store: claims, service lines, adjustments, remarks, amounts, contacts."""

from typing import Any

from services.x12.remittance import RemittanceClaim, RemittanceLine

Row = dict[str, Any]

#: The allowed amount of a service line (AMT*B6).
_ALLOWED = "B6"


class EeobRows:
    """Rows of some EEOBs of one ERA, gathered for bulk inserts."""

    def __init__(self, era_id: int) -> None:
        self.era_id = era_id
        self.eeobs: list[Row] = []
        self.lines: list[Row] = []
        self.adjustments: list[Row] = []
        self.remarks: list[Row] = []
        self.amounts: list[Row] = []
        self.contacts: list[Row] = []

    def add(self, claim: RemittanceClaim, bill_id: int | None, twin: tuple[int, int] | None) -> None:
        """Adds one EEOB; of a repeated one (`twin`) the line and its money, not the detail."""
        twin_era, twin_sequence = twin or (None, None)
        start, end = _service_dates(claim)
        self.eeobs.append(
            {
                "era_id": self.era_id,
                "sequence": claim.sequence,
                "claim": claim.claim,
                "bill_id": bill_id,
                "charge": claim.charge,
                "paid": claim.paid,
                "patient_responsibility": claim.patient_responsibility,
                "status": claim.status,
                "filing_indicator": claim.filing_indicator,
                "payer_control": claim.payer_control,
                "reversal": claim.reversal,
                "patient_name": claim.patient.full_name,
                "patient_id": claim.patient.identifier,
                "corrected_name": claim.corrected.full_name,
                "corrected_id": claim.corrected.identifier,
                "insured_name": claim.subscriber.full_name,
                "insured_id": claim.subscriber.identifier,
                "rendering_name": claim.rendering.full_name,
                "rendering_npi": claim.rendering.identifier,
                "rendering_person": claim.rendering.person,
                "crossover": claim.crossover.full_name,
                "service_from": start,
                "service_to": end,
                "received": claim.received,
                "drg": claim.drg,
                "balanced": claim.balanced,
                "fingerprint": claim.fingerprint,
                "twin_era_id": twin_era,
                "twin_sequence": twin_sequence,
                "segment": claim.segment,
            }
        )
        if twin is None:
            self._detail(claim)

    def _detail(self, claim: RemittanceClaim) -> None:
        era_id, sequence = self.era_id, claim.sequence
        self._adjust(sequence, 0, claim.adjustments)
        for number, code in enumerate(claim.remarks, start=1):
            self.remarks.append(_remark(era_id, sequence, 0, number, "HE", code))
        values: dict[str, str] = {}
        for amount in (*claim.amounts, *claim.medicare):
            values.setdefault(amount.qualifier, str(amount.amount))
        for quantity in claim.quantities:
            values.setdefault(f"QTY{quantity.qualifier}", str(quantity.amount))
        self.amounts += [
            {"era_id": era_id, "eeob_sequence": sequence, "qualifier": qualifier, "value": value}
            for qualifier, value in values.items()
        ]
        number = 0
        for contact in claim.contacts:
            for qualified in contact.numbers:
                number += 1
                self.contacts.append(
                    {
                        "era_id": era_id,
                        "eeob_sequence": sequence,
                        "number": number,
                        "name": contact.name,
                        "kind": qualified.qualifier,
                        "value": qualified.value,
                    }
                )
        for line in claim.lines:
            self._line(sequence, line)

    def _line(self, sequence: int, line: RemittanceLine) -> None:
        self.lines.append(
            {
                "era_id": self.era_id,
                "eeob_sequence": sequence,
                "number": line.number,
                "procedure": line.procedure,
                "modifiers": ",".join(line.modifiers),
                "revenue_code": line.revenue_code,
                "units": "" if line.units is None else str(line.units),
                "charge": line.charge,
                "paid": line.paid,
                "allowed": next(
                    (amount.amount for amount in line.amounts if amount.qualifier == _ALLOWED), None
                ),
                "original_procedure": line.original_procedure,
                "service_from": line.service_from,
                "service_to": line.service_to,
                "control_number": line.control_number,
            }
        )
        self._adjust(sequence, line.number, line.adjustments)
        for number, remark in enumerate(line.remarks, start=1):
            self.remarks.append(
                _remark(self.era_id, sequence, line.number, number, remark.qualifier, remark.value)
            )

    def _adjust(self, sequence: int, line: int, adjustments: tuple[Any, ...]) -> None:
        for number, (group, code, amount, quantity) in enumerate(adjustments, start=1):
            self.adjustments.append(
                {
                    "era_id": self.era_id,
                    "eeob_sequence": sequence,
                    "line": line,
                    "number": number,
                    "group": group,
                    "code": code,
                    "amount": amount,
                    "quantity": "" if quantity is None else str(quantity),
                }
            )


def _remark(era_id: int, sequence: int, line: int, number: int, qualifier: str, code: str) -> Row:
    return {
        "era_id": era_id,
        "eeob_sequence": sequence,
        "line": line,
        "number": number,
        "qualifier": qualifier,
        "code": code,
    }


def _service_dates(claim: RemittanceClaim) -> tuple[Any, Any]:
    """The claim's statement dates (DTM 232, 233) or, without them, the span of its lines."""
    if claim.statement_from is not None:
        return claim.statement_from, claim.statement_to
    starts = [line.service_from for line in claim.lines if line.service_from is not None]
    if not starts:
        return None, None
    ends = [line.service_to or line.service_from for line in claim.lines]
    return min(starts), max(end for end in ends if end is not None)
