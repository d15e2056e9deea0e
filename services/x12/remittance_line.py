"""Loop 2110 of an 835: one service line, and the proof of its balance."""

import datetime
from decimal import Decimal
from typing import NamedTuple

from services.x12.claim_values import ClaimValues
from services.x12.remittance import Adjustment, Qualified, QualifiedAmount, RemittanceLine
from services.x12.values import QUANTITIES, amount_of

# Builds a named tuple at half the cost of calling its class.
_new = tuple.__new__

# What stands for elements that a segment leaves out at its end.
_ABSENT = [""] * 6

# How many composites are remembered: a file repeats its procedures.
_REMEMBERED = 10_000


#: A day of a DTM segment with its qualifier (DTM01); the last day of a period has `-end` behind it.
Day = tuple[str, datetime.date]

#: What a claim and a service line both have, gathered from CAS, AMT, QTY, REF, LQ and DTM segments. A plain
#: tuple: one is made and taken apart for each line.
Level = tuple[
    list[Adjustment],
    list[QualifiedAmount],
    list[QualifiedAmount],
    list[Qualified],
    list[Qualified],
    list[Day],
]


class _Service(NamedTuple):
    """What SVC01 says: a procedure with its modifiers, or with the qualifier NU a revenue code."""

    qualifier: str
    procedure: str
    modifiers: tuple[str, ...]
    revenue_code: str | None


class LineReader:
    """Reads the service lines of one 835 set, each from its SVC and what was gathered behind it."""

    def __init__(self, component: str, values: ClaimValues) -> None:
        self._component = component
        self._values = values
        self._services: dict[str, _Service] = {}
        #: Whether all lines so far were.
        self.balanced = True

    def read(
        self,
        number: int,
        segment: str,
        svc: list[str],
        adjusted: Decimal,
        level: Level,
    ) -> RemittanceLine:
        """Reads one line and proves its equation, SVC02 - CAS of the line = SVC03; `adjusted` sums the CAS."""
        # Six elements are those of most lines.
        if len(svc) == 6:
            _, composite, charged, payment, revenue, counted = svc
            original = ""
        else:
            _, composite, charged, payment, revenue, counted, original = (svc + _ABSENT)[:7]
        charge, paid = amount_of(charged), amount_of(payment)
        if charge is None or paid is None:
            charge = self._values.required(charged, "SVC02", segment)
            paid = self._values.required(payment, "SVC03", segment)
        service = self._services.get(composite)
        if service is None:
            service = self._service(composite)
        qualifier, procedure, modifiers, revenue_code = service
        balanced = self._values.readable and charge - adjusted == paid
        if not balanced:
            self._unbalanced(number, charge, adjusted, paid, segment)
        adjustments, amounts, quantities, references, remarks, days = level
        begun: datetime.date | None
        ended: datetime.date | None
        if len(days) == 1 and days[0][0] == "472":
            begun = ended = days[0][1]
        else:
            begun, ended = _served(dict(days))
        units = QUANTITIES[counted] if counted else None
        if units is None and counted:
            self._values.count(counted, "SVC05", segment)
        control = ""
        for name, value in references:
            if name == "6R":
                control = value
                break
        return _new(
            RemittanceLine,
            (
                number,
                qualifier,
                procedure,
                modifiers,
                revenue if revenue_code is None else revenue_code,
                units,
                charge,
                paid,
                original.replace(self._component, ":") if original else "",
                begun,
                ended,
                control,
                tuple(adjustments),
                tuple(amounts),
                tuple(references),
                tuple(remarks) if remarks else (),
                balanced,
                tuple(quantities) if quantities else (),
            ),
        )

    def _service(self, composite: str) -> _Service:
        parts = composite.split(self._component)
        if len(parts) == 1:
            # A code without a qualifier is no composite: it is kept as the procedure.
            parts.insert(0, "")
        qualifier, procedure = parts[0], parts[1]
        modifiers = tuple([modifier for modifier in parts[2:6] if modifier])
        if qualifier == "NU":
            service = _Service(qualifier, "", modifiers, procedure)
        else:
            service = _Service(qualifier, procedure, modifiers, None)
        if len(self._services) < _REMEMBERED:
            self._services[composite] = service
        return service

    def _unbalanced(
        self, number: int, charge: Decimal, adjusted: Decimal, paid: Decimal, segment: str
    ) -> None:
        self.balanced = False
        if self._values.readable:
            told = (
                f"Line {number}: the charge {charge} less adjustments {adjusted} is {charge - adjusted},"
                f" but {paid} was paid."
            )
            self._values.faults.add("line-balance", told, self._values.where(segment, "SVC"))


def _served(days: dict[str, datetime.date]) -> tuple[datetime.date | None, datetime.date | None]:
    """The first and the last day of a service: DTM 150 and 151, else 472."""
    begun = days.get("150") or days.get("472")
    return begun, days.get("151") or days.get("472-end") or days.get("150-end") or begun
