"""Reading an 835 as a stream: who pays, then claim by claim, then the provider-level adjustments.

What is not bounded by its guide in practice is bounded here, so that no file fills the memory. A claim has at
most 999 service lines (loop 2110); with its SVC, two DTM, a CAS of each of the five groups, eight REF, four
AMT and five LQ such a line has 25 segments of some 25 characters, and no payer writes all of them on each. So
`SEGMENTS_KEPT` and `CHARACTERS_KEPT` are those of a claim that is full in every line, its lines twice as long.
A claim beyond is cut with one finding, and is not balanced whatever its sums are: what was cut off might
change them. A header has some twenty segments.
"""

import datetime
import re
from collections.abc import Iterator
from decimal import Decimal

from models.words.money import ZERO
from services.clean import clean
from services.x12.claim_values import ClaimSegments
from services.x12.composites import Composites
from services.x12.elements import NUMBER_LONGEST, TURNS, ElementDoor, at
from services.x12.envelope import Run, Segment, TransactionSet
from services.x12.fast_claims import ClaimReader
from services.x12.faults import Faults, place
from services.x12.names import NameLoop, by_element, contact
from services.x12.payment_codes import judge_codes
from services.x12.remittance import (
    Contact,
    ProviderLevelAdjustment,
    Qualified,
    RemittanceClaim,
    RemittanceHeader,
    RemittanceSummary,
)
from services.x12.remittance_end import EndReader, out_of_place
from services.x12.values import AMOUNTS, DAYS, period

#: Segments, and characters with their terminators, that are read of one claim.
SEGMENTS_KEPT = 25_000
CHARACTERS_KEPT = 1_000_000
#: Segments, and characters, that are read of the header.
HEADER_SEGMENTS = 1_000
HEADER_CHARACTERS = 200_000
#: Values of provider totals (TS3, TS2) that are kept of one set.
TOTALS_KEPT = 5_000

#: What a set brings: one header, then claims and provider-level adjustments as they come, one summary.
Part = RemittanceHeader | RemittanceClaim | ProviderLevelAdjustment | RemittanceSummary

_ENDS_HEADER = frozenset({"LX", "TS3", "TS2", "CLP", "PLB", "SE"})
_GROUPING = frozenset({"LX", "TS3", "TS2", "ST", "SE"})
_TOTALS = frozenset({"TS3", "TS2"})


def read_835(transaction_set: TransactionSet) -> Iterator[Part]:
    """Reads an electronic remittance advice: its header, each claim and PLB as it comes, and how it ended.

    Always yields one header first and one summary last, whatever the set holds. All three balance
    equations are proven in exact cents; each failure is a finding with its segment (`line-balance`,
    `claim-balance`, `transaction-balance`), and nothing is repaired. Findings of the set's envelope
    are in `transaction_set.findings`. Source: X12 005010X221A1 and 004010X091A1.
    """
    return _Remittance(transaction_set).read()


class _Remittance:
    """One 835 set on its way through the reader."""

    def __init__(self, transaction_set: TransactionSet) -> None:
        self._set = transaction_set
        self._element = transaction_set.delimiters.element
        composites = Composites(transaction_set.delimiters)
        self._faults = Faults()
        self._unknown: set[str] = set()
        self._door = ElementDoor(transaction_set.delimiters, self._faults)
        self._claims = ClaimReader(
            transaction_set.delimiters, composites, self._door, self._faults, self._unknown
        )
        self._payment: Segment | None = None
        self._total = ZERO
        self._readable = True  # whether BPR02 could be read, and nothing of the header was left out
        self._before: list[Segment] = []  # the header while it is gathered
        self._before_size = 0
        self._header_read = False
        self._end = EndReader(composites, self._unknown)
        self._claim: ClaimSegments | None = None
        self._totals: list[Qualified] = []
        self._totals_whole = True
        self._count = 0
        self._paid_total = ZERO
        self._complete = False
        self._ordinal = 0
        self._step = ""
        self._pattern = re.compile("")

    def read(self) -> Iterator[Part]:
        for run in self._runs():
            run = self._door.enter(run)
            if run.text:
                yield from self._read_run(run)
        if self._claim is not None:
            self._claim.whole = False
            yield self._close(self._claim)
        if not self._header_read:
            yield self._header()
        yield self._summary()

    def _read_run(self, run: Run) -> Iterator[Part]:
        """Reads segments that stand together: claim by claim between the first CLP and the last, else turn by turn.

        A claim that a further CLP follows is whole; whatever else stands between them the claim's reader finds.
        """
        text, step = run.text, run.step
        opening = f"CLP{self._element}"
        before, *claims = (step + text[: -len(step)]).split(step + opening)
        if not claims:
            yield from self._turn_by_turn(run, text, 0, run.first)
            return
        position, ordinal = len(before), run.first + before.count(step)
        if before:
            yield from self._turn_by_turn(run, text[:position], 0, run.first)
        for piece in claims[:-1]:
            if self._claim is not None:
                yield self._close(self._claim)
            if not self._header_read:
                yield self._header()
            texts = (opening + piece).split(step)
            claim = ClaimSegments(texts, position, run, ordinal)
            position += len(opening) + len(piece) + len(step)
            ordinal += len(texts)
            yield self._close(claim)
            if claim.behind:
                behind = "".join([text + step for text in texts[claim.behind :]])
                yield from self._turn_by_turn(run, behind, position - len(behind), claim.first + claim.behind)
        yield from self._turn_by_turn(run, opening + claims[-1] + step, position, ordinal)

    def _turn_by_turn(self, run: Run, text: str, position: int, ordinal: int) -> Iterator[Part]:
        """Reads segments of a run, `text` from `position` on, dividing them at each turn."""
        step = run.step
        # What is before the first turn, then name and segments of each.
        before, *turns = self._turns(step).split(step + text[: -len(step)])
        if before:
            texts = before[len(step) :].split(step)
            yield from self._go_on(run, texts, len(before))
            position, ordinal = position + len(before), ordinal + len(texts)
        pieces = iter(turns)
        for name, piece in zip(pieces, pieces, strict=True):
            if self._claim is not None:
                yield self._close(self._claim)
            if not self._header_read and name in _ENDS_HEADER:
                yield self._header()
            texts = piece.split(step)
            if name == "CLP":
                self._claim = ClaimSegments(texts, position, run, ordinal)
            else:
                yield from self._outside_claims(run, texts, position, ordinal)
                self._complete |= name == "SE"
            position += len(piece) + len(step)
            ordinal += len(texts)
        self._ordinal = ordinal - 1

    def _runs(self) -> Iterator[Run]:
        if self._set.runs is not None:
            return self._set.runs
        terminator = self._set.delimiters.segment
        return (
            Run(self._element.join(elements) + terminator, terminator, ordinal, offset, None)
            for elements, ordinal, offset in self._set.segments
        )

    def _turns(self, step: str) -> re.Pattern[str]:
        """What splits before the segments at which a claim or the header begins or ends, and names them."""
        if step != self._step:
            self._step = step
            ends = f"[{re.escape(self._element)}{re.escape(step[0])}]"
            self._pattern = re.compile(f"{re.escape(step)}(?=({'|'.join(sorted(TURNS))})(?:{ends}|\\Z))")
        return self._pattern

    def _go_on(self, run: Run, texts: list[str], size: int) -> Iterator[ProviderLevelAdjustment]:
        """Takes what stands at the beginning of a run, before the first turn."""
        claim = self._claim
        if claim is None:
            yield from self._outside_claims(run, texts, 0, run.first)
        elif (
            claim.whole
            and len(claim.texts) + len(texts) <= SEGMENTS_KEPT
            and claim.size + size <= CHARACTERS_KEPT
        ):
            claim.add(texts, run, size)
        else:
            limits = f"{SEGMENTS_KEPT} segments or {CHARACTERS_KEPT} characters"
            claim.whole = self._left_out(claim.whole, limits, place("CLP", claim.offset, claim.first))

    def _outside_claims(
        self, run: Run, texts: list[str], position: int, ordinal: int
    ) -> Iterator[ProviderLevelAdjustment]:
        """Adds segments outside of claims to those of the header, or reads those of the end."""
        for text in texts:
            segment = Segment(text.split(self._element), ordinal, run.byte(position, ordinal))
            if segment.elements[0] not in _GROUPING:
                if self._header_read:
                    yield from self._end.read(self._door.segment(segment))
                else:
                    self._keep(segment, len(text))
            elif segment.elements[0] in _TOTALS:
                self._add_totals(self._door.segment(segment))
            position += len(text) + len(run.step)
            ordinal += 1

    def _add_totals(self, segment: Segment) -> None:
        """Takes a provider's totals (TS3, TS2), which stand between the claims and are no part of any balance."""
        if len(self._totals) < TOTALS_KEPT:
            self._totals += by_element(segment.elements)
        else:
            limits = f"{TOTALS_KEPT} values of TS3 and TS2"
            where = place(segment.elements[0], segment.offset, segment.ordinal)
            self._totals_whole = self._left_out(self._totals_whole, limits, where)

    def _keep(self, segment: Segment, size: int) -> None:
        self._before_size += size
        if len(self._before) < HEADER_SEGMENTS and self._before_size <= HEADER_CHARACTERS:
            self._before.append(self._door.segment(segment))
        else:
            limits = f"{HEADER_SEGMENTS} segments or {HEADER_CHARACTERS} characters"
            name = clean(segment.elements[0], 10)
            where = place(name, segment.offset, segment.ordinal)
            self._readable = self._left_out(self._readable, limits, where)

    def _close(self, claim: ClaimSegments) -> RemittanceClaim:
        self._claim = None
        if self._end.last:
            number = clean(at(claim.texts[0].split(self._element), 1), NUMBER_LONGEST)
            told = f"Claim {number} stands behind a {self._end.last} segment."
            self._faults.add("segment-out-of-place", told, place("CLP", claim.offset, claim.first))
        self._count += 1
        read = self._claims.read(self._count, claim)
        self._paid_total += read.paid
        return read

    def _left_out(self, first: bool, limits: str, where: str) -> bool:
        if first:
            told = f"More than {limits} stand here; the further ones were not read."
            self._faults.add("too-many-segments", told, where)
        return False

    def _header(self) -> RemittanceHeader:
        self._header_read = True
        segments, self._before = self._before, []
        bpr: list[str] = []
        trn: list[str] = []
        currency, production = "", None
        names: dict[str, NameLoop] = {}
        last: NameLoop | None = None
        contacts: list[Contact] = []
        references: list[Qualified] = []
        for segment in segments:
            elements = segment[0]
            match elements[0]:
                case "BPR" if self._payment is None:
                    self._payment, bpr = segment, elements
                case "TRN" if not trn:
                    trn = elements
                case "CUR":
                    currency = at(elements, 2)
                case "DTM":
                    production = self._day(segment) or production
                case "N1" if at(elements, 1) in ("PR", "PE") and elements[1] not in names:
                    names[elements[1]] = last = NameLoop(elements)
                case "N3" | "N4" | "REF" if last is not None:
                    last.add(elements)
                case "REF":
                    references.append(Qualified(at(elements, 1), at(elements, 2)))
                case "PER":
                    contacts.append(contact(elements))
                case "N2" | "RDM" | "NTE":
                    references += by_element(elements)
                case _:
                    out_of_place(self._faults, self._unknown, segment, "header")
        self._total = self._payment_total(at(bpr, 2))
        self._tell_direction(at(bpr, 3))
        for code, told in judge_codes(at(bpr, 1), self._total, at(bpr, 4), currency):
            self._faults.add(code, told, self._payment_place())
        for found, code, told in (
            (bpr, "no-payment", "The remittance advice has no payment segment (BPR)."),
            (trn, "no-trace", "The remittance advice has no trace number (TRN)."),
            (names.get("PR"), "no-payer", "The remittance advice names no payer (N1*PR)."),
            (names.get("PE"), "no-payee", "The remittance advice names no payee (N1*PE)."),
        ):
            if not found:
                self._faults.add(code, told, place("ST", self._set.offset, 1))
        return RemittanceHeader(
            control=self._set.control,
            version=self._set.version,
            handling=at(bpr, 1),
            total=self._total,
            credit_debit=at(bpr, 3),
            method=at(bpr, 4),
            company_id=at(bpr, 10),
            supplemental=at(bpr, 11),
            payment_date=self._payment_date(at(bpr, 16)),
            production_date=production,
            trace=at(trn, 2),
            payer_id=at(trn, 3),
            originator=at(trn, 4),
            currency=currency,
            payer=names.get("PR", NameLoop()).party(),
            payee=names.get("PE", NameLoop()).party(),
            contacts=tuple(contacts),
            references=tuple(references),
            findings=self._faults.take(),
        )

    def _day(self, segment: Segment) -> datetime.date | None:
        both = period(segment[0])
        if both is None:
            self._faults.add("bad-date", "The date cannot be read.", place("DTM", segment[2], segment[1]))
            return None
        return both[0] if at(segment[0], 1) == "405" else None

    def _payment_place(self) -> str:
        return place("BPR", self._payment[2], self._payment[1]) if self._payment else ""

    def _payment_total(self, text: str) -> Decimal:
        amount = AMOUNTS[text]
        if amount is not None:
            return amount
        self._readable = False
        if self._payment is not None:
            told = f"BPR02 is no amount ({clean(text, 20)}); 0.00 was taken." if text else "BPR02 is missing."
            self._faults.add("bad-amount", told, self._payment_place())
        return ZERO

    def _tell_direction(self, flag: str) -> None:
        """Says when the money does not come by itself: of a debit (BPR03 D) the provider draws it from the payer."""
        if self._payment is None or flag == "C":
            return
        if flag == "D":
            told = (
                f"The payment is a debit (BPR03 is D): the payer does not send the {self._total:.2f},"
                " somebody has to draw it from the payer's account."
            )
            self._faults.add("debit-payment", told, self._payment_place())
        else:
            said = f"BPR03 is {clean(flag, 20)}" if flag else "BPR03 is missing"
            told = f"{said}; it is C for a credit or D for a debit. A credit was taken."
            self._faults.add("credit-debit", told, self._payment_place())

    def _payment_date(self, text: str) -> datetime.date | None:
        day = DAYS[text]
        if day is None and self._payment is not None:
            told = (
                f"BPR16 is no date ({clean(text, 20)})." if text else "BPR16, the payment date, is missing."
            )
            self._faults.add("bad-date", told, self._payment_place())
        return day

    def _summary(self) -> RemittanceSummary:
        paid_total, taken = self._paid_total, self._end.taken
        readable = self._readable and self._end.readable and self._claims.payments_readable
        balanced = readable and paid_total - taken == self._total
        if readable and not balanced:
            self._end.faults.add(
                "transaction-balance",
                f"The claims' payments {paid_total} less provider-level adjustments {taken} are"
                f" {paid_total - taken}, but the payment (BPR02) is {self._total}.",
                self._payment_place(),
            )
        return RemittanceSummary(
            claims=self._count,
            paid_total=paid_total,
            lines_balanced=self._claims.lines_balanced,
            claims_balanced=self._claims.claims_balanced,
            balanced=balanced,
            complete=self._complete,
            segments=self._ordinal,
            findings=(*self._faults.take(), *self._end.faults.take()),
            totals=tuple(self._totals),
        )
