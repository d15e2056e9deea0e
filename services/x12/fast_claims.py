"""Loops 2100 and 2110 of an 835: each claim with its lines, and the proof of its balance, read fast.

An import spends most of its time here, so the claims are read in a way that other modules need not follow:
one loop over segments that are not split before they are known to be needed, and named tuples that are made
from their values in order, at half the cost of naming them. Which value is whose is proven by
`tests/services/x12/test_fast_claims.py`; what few claims have is read in `seldom_segments`.
"""

import datetime
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from models.words.money import ZERO
from services.x12.claim_values import ClaimSegments, ClaimValues
from services.x12.composites import Composites
from services.x12.elements import NUMBER_LONGEST, TURNS, USUALLY_LONGEST, ElementDoor, canonical
from services.x12.envelope import Delimiters
from services.x12.faults import Faults
from services.x12.names import party
from services.x12.remittance import (
    Adjustment,
    Dated,
    Party,
    Qualified,
    QualifiedAmount,
    RemittanceClaim,
    RemittanceLine,
)
from services.x12.seldom_segments import Few, Level, SeldomSegments
from services.x12.values import DAYS, QUANTITIES, amount_of

_NOBODY = Party()
# Builds a named tuple at half the cost of calling its class.
_new = tuple.__new__

# What stands for elements that a segment leaves out at its end.
_ABSENT = ("",) * 14

# The names (NM101) and days (DTM01) of a claim, and the days of a line, that have fields of their own.
_NAMES = frozenset({"QC", "IL", "74", "82", "TT", "PR", "GB"})
_CLAIM_DAYS = frozenset({"232", "232-end", "233", "050", "50", "036", "36"})
_SERVICE_DAYS = frozenset({"150", "150-end", "151", "472", "472-end"})

_REVERSAL = "22"
_PATIENT = "PR"
# Units that SVC05 leaves out (X12 005010X221A1, SVC05).
_ONE = Decimal(1)

# How many NM1 and how many DTM segments of a set are remembered with what they say: its claims repeat
# their providers and days.
_REMEMBERED = 1_000
_LONGEST_REMEMBERED = 500
# How many composites are remembered: a file repeats its procedures.
_SERVICES_REMEMBERED = 10_000


class ClaimReader:
    """Reads the claims of one 835 set, each from its segments (CLP up to the next CLP, LX, PLB or SE)."""

    def __init__(
        self,
        delimiters: Delimiters,
        composites: Composites,
        door: ElementDoor,
        faults: Faults,
        unknown: set[str],
    ) -> None:
        self._delimiters = delimiters
        self._faults = faults
        self._door = door
        self._values = ClaimValues(delimiters.element, faults)
        self._lines = LineReader(composites, self._values)
        self._seldom = SeldomSegments(self._values, unknown)
        self._known: dict[str, Party] = {}
        self._stated: dict[str, Dated] = {}
        self.claims_balanced = True
        self.payments_readable = True

    @property
    def lines_balanced(self) -> bool:
        """Whether all lines of the claims read so far are balanced."""
        return self._lines.balanced

    def read(self, sequence: int, claim: ClaimSegments) -> RemittanceClaim:
        """Reads one claim and proves its equations; what is wrong becomes findings of the claim.

        Line: SVC02 - CAS of the line = SVC03. Claim: CLP03 - all CAS = CLP04 (X12 005010X221A1, 1.10.2.1).
        It ends at the next turn; where that stands before the end of its segments, `claim.behind` says so.
        """
        texts = claim.texts
        values = self._values
        values.begin(claim, texts)
        if max(map(len, texts)) > USUALLY_LONGEST:
            texts = self._cut(texts)
            values.begin(claim, texts)
        separator, read_line = self._delimiters.element, self._lines.read
        readable = True
        parties: dict[str, Party] = {}
        known, stated = self._known, self._stated.get
        few: Few | None = None
        lines: list[RemittanceLine] = []
        adjusted = all_adjusted = owed = ZERO
        service: list[str] = []
        service_text = ""
        level: Level = ([], [], [], [], [], [])
        claim_level = level
        adjustments, amounts, _, references, remarks, days = level
        balanced = claim.whole
        for text in texts[1:]:
            day_stated = stated(text)
            if day_stated is not None:
                days.append(day_stated)
                continue
            elements = text.split(separator)
            name = elements[0]
            try:
                if name == "CAS":
                    try:
                        _, group, code, adjustment = elements
                    except ValueError:
                        several = self._seldom.adjustments(text, elements, adjustments)
                        adjusted += several
                        if len(elements) > 1 and elements[1] == _PATIENT:
                            owed += several
                        continue
                    amount = amount_of(adjustment)
                    if amount is None:
                        amount = values.required(adjustment, "CAS03", text)
                    adjustments.append(_new(Adjustment, (group, code, amount, None)))
                    adjusted += amount
                    if group == _PATIENT:
                        owed += amount
                elif name == "SVC":
                    if service:
                        line = read_line(len(lines) + 1, service_text, service, adjusted, level)
                        balanced &= line.balanced
                        lines.append(line)
                    service, service_text = elements, text
                    if not values.readable:
                        readable, values.readable = False, True
                    all_adjusted += adjusted
                    adjusted = ZERO
                    level = [], [], [], [], [], []
                    adjustments, amounts, _, references, remarks, days = level
                elif name == "REF":
                    references.append(_new(Qualified, (elements[1], elements[2])))
                elif name == "AMT":
                    amount = amount_of(elements[2])
                    if amount is None:
                        amount = values.unread(elements[2], "AMT02", text)
                    amounts.append(_new(QualifiedAmount, (elements[1], amount)))
                elif name == "NM1":
                    named = known.get(text)
                    if named is None:
                        named = party(elements)
                        if len(known) < _REMEMBERED and len(text) <= _LONGEST_REMEMBERED:
                            known[text] = named
                    if elements[1] in parties:
                        few = few or Few([], [], [], [])
                        few.parties.append(parties[elements[1]])
                    parties[elements[1]] = named
                elif name == "LQ":
                    remarks.append(_new(Qualified, (elements[1], elements[2])))
                elif name == "DTM":
                    day = DAYS[elements[2]]
                    if day is None:
                        self._seldom.period(text, elements, days)
                    else:
                        day_stated = _new(Dated, (elements[1], day))
                        days.append(day_stated)
                        if len(self._stated) < _REMEMBERED and len(text) <= _LONGEST_REMEMBERED:
                            self._stated[text] = day_stated
                elif name in TURNS:
                    claim.behind = texts.index(text, 1)
                    texts = texts[: claim.behind]
                    break
                else:
                    few = few or Few([], [], [], [])
                    self._seldom.read(text, elements, level, few)
            except IndexError:
                self._seldom.too_short(text, elements, level)
        if service:
            line = read_line(len(lines) + 1, service_text, service, adjusted, level)
            balanced &= line.balanced
            lines.append(line)
        all_adjusted += adjusted
        readable &= values.readable
        values.readable = True
        clp = texts[0].split(separator)
        if len(clp) < 14:
            clp += _ABSENT
        charge, paid = amount_of(clp[3]), amount_of(clp[4])
        if charge is None:
            charge = values.required(clp[3], "CLP03", texts[0])
        if paid is None:
            self.payments_readable &= not clp[4]
            paid = values.required(clp[4], "CLP04", texts[0])
        readable &= values.readable
        if not (readable and charge - all_adjusted == paid):
            balanced = False
            self._tell_unbalanced(charge, all_adjusted, paid, readable, texts[0])
        if not claim.whole:
            # What was cut off might change every sum.
            self.claims_balanced = self._lines.balanced = False
        responsibility = values.optional(clp[5], "CLP05", texts[0])
        if responsibility is not None and responsibility != owed and readable and claim.whole:
            self._tell_unsupported(responsibility, owed, clp[2], texts[0])
        if clp[2] == _REVERSAL and charge > ZERO:
            told = f"it is a reversal (CLP02 is {_REVERSAL}), but its charge is {charge}, not below zero."
            values.tell("reversal-sign", told, texts[0], "CLP")
        adjustments, amounts, quantities, references, remarks, days = claim_level
        party_of, by_day = parties.get, dict(days)
        day_of = by_day.get
        # Positions, not names: naming 43 values costs as much as splitting the whole claim.
        found = (
            sequence,
            clp[1] if len(clp[1]) <= NUMBER_LONGEST else self._number(texts[0], clp[1]),
            clp[2],  # status
            charge,
            paid,
            responsibility,
            clp[6],  # filing indicator
            clp[7],  # payer's control number
            clp[8],  # facility
            clp[9],  # frequency
            clp[11],  # DRG
            values.count(clp[12], "CLP12", texts[0]) if clp[12] else None,
            values.count(clp[13], "CLP13", texts[0]) if clp[13] else None,
            clp[2] == _REVERSAL,
            party_of("QC", _NOBODY),  # patient
            party_of("IL", _NOBODY),  # subscriber
            party_of("74", _NOBODY),  # corrected
            party_of("82", _NOBODY),  # rendering
            party_of("TT", _NOBODY),  # crossover
            party_of("PR", _NOBODY),  # priority payer
            party_of("GB", _NOBODY),  # other subscriber
            day_of("232"),
            day_of("233") or day_of("232-end") or day_of("232"),
            day_of("050") or day_of("50"),  # received
            day_of("036") or day_of("36"),  # coverage expires
            tuple(adjustments),
            tuple(amounts),
            tuple(quantities),
            tuple(few.medicare) if few else (),
            (*few.remarks, *remarks) if few else tuple(remarks),
            tuple(references),
            tuple(few.contacts) if few else (),
            tuple(lines),
            balanced,
            canonical(texts, self._delimiters),
            claim.first,
            claim.offset,
            self._faults.take() if self._faults.found else (),
            _further(parties, few) if few or not _NAMES.issuperset(parties) else (),
            _others(days, by_day) if len(by_day) != len(days) or not _CLAIM_DAYS.issuperset(by_day) else (),
        )
        return _new(RemittanceClaim, found)

    def _number(self, segment: str, text: str) -> str:
        told = f"CLP01 has {len(text)} characters; cut to {NUMBER_LONGEST}."
        self._values.tell("value-too-long", told, segment, "CLP")
        return text[:NUMBER_LONGEST]

    def _cut(self, texts: list[str]) -> list[str]:
        kept = list(texts)
        for index, text in enumerate(texts):
            elements = text.split(self._delimiters.element)
            if index and elements[0] in TURNS:
                break
            if max(map(len, elements)) > USUALLY_LONGEST:
                tell = partial(self._tell_cut, text, elements[0])
                kept[index] = self._delimiters.element.join(self._door.cut(elements, tell))
        return kept

    def _tell_cut(self, segment: str, name: str, told: str) -> None:
        self._values.tell("value-too-long", told, segment, name)

    def _tell_unbalanced(
        self, charge: Decimal, adjusted: Decimal, paid: Decimal, readable: bool, segment: str
    ) -> None:
        self.claims_balanced = False
        if readable:
            told = (
                f"the charge {charge} less all adjustments {adjusted} is {charge - adjusted},"
                f" but {paid} was paid."
            )
            self._values.tell("claim-balance", told, segment, "CLP")

    def _tell_unsupported(self, responsibility: Decimal, owed: Decimal, status: str, segment: str) -> None:
        """Tells of a CLP05 that the adjustments of the group PR do not come to (X12 005010X221A1, CLP05)."""
        if status == _REVERSAL and responsibility == -owed:
            # Some payers take the adjustments back but repeat what the patient owed.
            return
        told = f"the patient owes {responsibility} (CLP05), but the PR adjustments come to {owed}."
        self._values.tell("patient-responsibility", told, segment, "CLP")


class _Service(NamedTuple):
    """What SVC01 says: a procedure with its modifiers, or with the qualifier NU a revenue code."""

    qualifier: str
    procedure: str
    modifiers: tuple[str, ...]
    revenue_code: str | None


class LineReader:
    """Reads the service lines of one 835 set, each from its SVC and what was gathered behind it."""

    def __init__(self, composites: Composites, values: ClaimValues) -> None:
        self._composites = composites
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
            original = billed = ""
        else:
            _, composite, charged, payment, revenue, counted, original, billed = (*svc, *_ABSENT)[:8]
        charge, paid = amount_of(charged), amount_of(payment)
        if charge is None or paid is None:
            charge = self._values.required(charged, "SVC02", segment)
            paid = self._values.required(payment, "SVC03", segment)
        service = self._services.get(composite)
        if service is None:
            service = self._service(composite, segment)
        qualifier, procedure, modifiers, revenue_code = service
        balanced = self._values.readable and charge - adjusted == paid
        if not balanced:
            self._tell_unbalanced(charge, adjusted, paid, segment)
        adjustments, amounts, quantities, references, remarks, days = level
        begun: datetime.date | None
        ended: datetime.date | None
        others: tuple[Dated, ...] = ()
        if len(days) == 1 and days[0][0] == "472":
            begun = ended = days[0][1]
        else:
            begun, ended, others = _find_served_days(days)
        units = QUANTITIES[counted] if counted else _ONE
        if units is None:
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
                ":".join(self._components(original, "SVC06", segment)) if original else "",
                begun,
                ended,
                control,
                tuple(adjustments),
                tuple(amounts),
                tuple(references),
                tuple(remarks) if remarks else (),
                balanced,
                tuple(quantities) if quantities else (),
                self._values.count(billed, "SVC07", segment) if billed else None,
                others,
            ),
        )

    def _service(self, composite: str, segment: str) -> _Service:
        parts = self._components(composite, "SVC01", segment)
        if len(parts) == 1:
            # A code without a qualifier is no composite: it is kept as the procedure.
            parts.insert(0, "")
        qualifier, procedure = parts[0], parts[1]
        modifiers = tuple([modifier for modifier in parts[2:6] if modifier])
        if qualifier == "NU":
            service = _Service(qualifier, "", modifiers, procedure)
        else:
            service = _Service(qualifier, procedure, modifiers, None)
        if len(self._services) < _SERVICES_REMEMBERED:
            self._services[composite] = service
        return service

    def _components(self, composite: str, name: str, segment: str) -> list[str]:
        def tell(code: str, told: str) -> None:
            self._values.tell(code, told, segment, "SVC")

        return self._composites.split(composite, name, tell)

    def _tell_unbalanced(self, charge: Decimal, adjusted: Decimal, paid: Decimal, segment: str) -> None:
        self.balanced = False
        if self._values.readable:
            told = f"the charge {charge} less adjustments {adjusted} is {charge - adjusted}, but {paid} was paid."
            self._values.tell("line-balance", told, segment, "SVC")


def _find_served_days(
    days: list[Dated],
) -> tuple[datetime.date | None, datetime.date | None, tuple[Dated, ...]]:
    """The first and the last day of a service, DTM 150 and 151, else 472; and the days that are neither."""
    by_day = dict(days)
    begun = by_day.get("150") or by_day.get("472")
    ended = by_day.get("151") or by_day.get("472-end") or by_day.get("150-end") or begun
    served = (begun, ended)
    return begun, ended, tuple([day for day in days if day[0] not in _SERVICE_DAYS or day[1] not in served])


def _further(parties: dict[str, Party], few: Few | None) -> tuple[Party, ...]:
    """The names of a claim that have no field of their own."""
    earlier = few.parties if few else []
    return (*earlier, *[party for entity, party in parties.items() if entity not in _NAMES])


def _others(days: list[Dated], by_day: dict[str, datetime.date]) -> tuple[Dated, ...]:
    """The days of a claim that have no field of their own, and those that a later one took the place of."""
    return tuple([day for day in days if day[0] not in _CLAIM_DAYS or by_day[day[0]] != day[1]])
