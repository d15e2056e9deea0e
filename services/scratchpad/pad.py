"""The scratch pad as plain values, and its arithmetic (behaviour 3.5 and 3.7).

    net of a line   = payment + adjustments          (adjustments are signed)
    net of an entry = the sum of its lines' nets
    amount to post  = net, never below zero

Nothing here knows a database: services.scratchpad.stored loads and saves these values.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from models.words.money import ZERO
from models.words.scratchpad import PAYS, BackgroundAction, Cause, EntryKind, LineKey, PaymentOrder
from services.errors import Refused
from services.scratchpad.pairing import RemittancePayment, pair_claims

MISMATCH = "TOTALS MISMATCH"

#: The longest receipt line comment.
LONGEST_LINE_COMMENT = 60

#: Causes that a distribution leaves on a line; such a line can no longer be split or edited.
DISTRIBUTED = frozenset({Cause.TAKEN_FOR_OTHER, Cause.GIVEN_TO_OTHER})

_NON_SPECIFIC = frozenset({Cause.RETRACTION_ERA, Cause.PAYMENT_ERA, Cause.EFT_SHORT, Cause.EFT_OVER})


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One entry of a line's adjustment log (344.4911); `amount` is signed.

    `other` is the line at the other end of a distribution, `other_cause` why that one was negative;
    `reversed_bill_id` is the bill that bears it because the payer reversed its payment.
    """

    cause: Cause
    amount: Decimal
    reference: str
    action: BackgroundAction = BackgroundAction.NONE
    offset_needed: bool = False
    completed: bool = False
    comment: str = ""
    eeob_sequence: int | None = None
    other: LineKey | None = None
    other_cause: Cause | None = None
    reversed_bill_id: int | None = None

    @property
    def pending_decrease(self) -> bool:
        """Whether processing the receipt has to decrease the line's bill by this amount."""
        return self.action is BackgroundAction.DECREASE and not self.completed

    @property
    def pending_payout(self) -> bool:
        """Whether processing the receipt has to pay the line's bill this amount out of a reversal."""
        return self.action in PAYS and not self.completed


@dataclass(frozen=True, slots=True)
class PadLine:
    """A subline n.001: what of an entry goes to which claim; without `bill_id` it goes to suspense."""

    at: LineKey
    claim: str
    bill_id: int | None
    payment: Decimal
    adjustments: Decimal
    comment: str = ""
    log: tuple[LogEntry, ...] = ()

    @property
    def net(self) -> Decimal:
        """Payment plus adjustments."""
        return self.payment + self.adjustments

    @property
    def to_post(self) -> Decimal:
        """What the receipt will carry for this line."""
        return max(self.net, ZERO)

    @property
    def number(self) -> int:
        """Its number among the lines of its entry."""
        return self.at.line

    @property
    def label(self) -> str:
        """The line's stored number as shown: `1.001`."""
        return self.at.label

    @property
    def distributed(self) -> bool:
        """Whether the line took part in a distribution, so that it can no longer be edited."""
        return any(entry.cause in DISTRIBUTED for entry in self.log)


@dataclass(frozen=True, slots=True)
class Entry:
    """A whole-number entry; `sequences` are the EEOB sequence numbers, `ADJ1` or `TOTALS MISMATCH`.

    `batch` is the number of the batch it is in, where the pad is divided.
    """

    number: int
    kind: EntryKind
    claim: str
    sequences: tuple[str, ...]
    adjustment_number: int
    verified: bool
    lines: tuple[PadLine, ...]
    batch: int | None = None

    @property
    def net(self) -> Decimal:
        """The sum of the lines' nets."""
        return sum((line.net for line in self.lines), ZERO)

    @property
    def era_level(self) -> bool:
        """Whether the entry is a PLB or the totals mismatch rather than a claim."""
        return self.kind is not EntryKind.CLAIM

    def reference_of(self, line: PadLine) -> str:
        """How a distribution names this line: its claim, the payer's reference, or UNKNOWN."""
        if not self.era_level:
            return line.claim or "UNKNOWN"
        return (
            next((logged.reference for logged in line.log if logged.cause in _NON_SPECIFIC), "") or "UNKNOWN"
        )


@dataclass(frozen=True, slots=True)
class Pad:
    """A whole scratch pad; `total` is what its receipt must come to: the ERA's total, or the EFT's."""

    era_id: int
    total: Decimal
    entries: tuple[Entry, ...]

    @property
    def net(self) -> Decimal:
        """The sum of all entries' nets; equals `total` for a balanced ERA whatever was split or distributed."""
        return sum((entry.net for entry in self.entries), ZERO)

    def lines(self) -> Iterable[tuple[Entry, PadLine]]:
        """All lines with their entries, in stored order."""
        return ((entry, line) for entry in self.entries for line in entry.lines)

    def find(self, at: LineKey) -> tuple[Entry, PadLine]:
        """One line with its entry; raises `Refused`."""
        for entry, line in self.lines():
            if line.at == at:
                return entry, line
        raise Refused(f"THERE IS NO LINE {at.label}")

    def with_entry(self, changed: Entry) -> "Pad":
        """The same pad with one entry replaced."""
        return replace(
            self,
            entries=tuple(changed if entry.number == changed.number else entry for entry in self.entries),
        )

    def with_line(self, changed: PadLine) -> "Pad":
        """The same pad with one line replaced."""
        entry, _ = self.find(changed.at)
        lines = tuple(changed if line.at == changed.at else line for line in entry.lines)
        return self.with_entry(replace(entry, lines=lines))


@dataclass(frozen=True, slots=True)
class RemittanceAdjustment:
    """One PLB of the ERA, with the ledger's sign."""

    number: int
    reference: str
    amount: Decimal


def build(
    era_id: int,
    era_total: Decimal,
    eft_total: Decimal | None,
    payments: Sequence[RemittancePayment],
    adjustments: Sequence[RemittanceAdjustment],
) -> Pad:
    """Lays out the scratch pad of an ERA (behaviour 3.5).

    `eft_total` is given when the ERA is matched to an EFT with errors. First the totals mismatch and the
    ERA-level adjustments, then the claims in the order of their numbers; a take-back joins the payment
    of the same claim in one entry with the net.
    """
    entries: list[Entry] = []
    if eft_total is not None and eft_total != era_total:
        difference = eft_total - era_total
        cause = Cause.EFT_OVER if difference > 0 else Cause.EFT_SHORT
        entries.append(
            _era_level(
                LineKey(era_id, 1, 1),
                EntryKind.TOTALS_MISMATCH,
                0,
                MISMATCH,
                LogEntry(cause, difference, MISMATCH),
            )
        )
    for plb in adjustments:
        cause = Cause.PAYMENT_ERA if plb.amount >= 0 else Cause.RETRACTION_ERA
        entries.append(
            _era_level(
                LineKey(era_id, len(entries) + 1, 1),
                EntryKind.ERA_ADJUSTMENT,
                plb.number,
                f"ADJ{plb.number}",
                LogEntry(cause, plb.amount, plb.reference),
            )
        )
    for pair in pair_claims(payments):
        entries.append(_claim_entry(LineKey(era_id, len(entries) + 1, 1), pair.payment, pair.reversal))
    return Pad(era_id, era_total if eft_total is None else eft_total, tuple(entries))


def _adjusting(log: LogEntry) -> LogEntry:
    """What a take-back or further payment asks for: a person's offset, or a line on the receipt."""
    if log.amount < 0:
        return replace(log, offset_needed=True, completed=True)
    return replace(log, action=BackgroundAction.ADD_LINE)


def _era_level(at: LineKey, kind: EntryKind, adjustment: int, sequence: str, log: LogEntry) -> Entry:
    line = PadLine(at, "", None, ZERO, log.amount, log=(_adjusting(log),))
    return Entry(at.entry, kind, "", (sequence,), adjustment, False, (line,))


def _claim_entry(at: LineKey, payment: RemittancePayment | None, reversal: RemittancePayment | None) -> Entry:
    first = payment or reversal
    assert first is not None
    sequences = tuple(str(part.sequence) for part in (payment, reversal) if part is not None)
    log: tuple[LogEntry, ...] = ()
    if reversal is not None:
        cause = Cause.RETRACTION_CLAIM if reversal.paid < 0 else Cause.PAYMENT_CLAIM
        log = (_adjusting(LogEntry(cause, reversal.paid, first.claim, eeob_sequence=reversal.sequence)),)
    line = PadLine(
        at=at,
        claim=first.claim,
        bill_id=first.bill_id,
        payment=ZERO if payment is None else payment.paid,
        adjustments=ZERO if reversal is None else reversal.paid,
        log=log,
    )
    verified = payment is not None and payment.verified
    return Entry(at.entry, EntryKind.CLAIM, first.claim, sequences, 0, verified, (line,))


def in_order(pad: Pad, order: PaymentOrder) -> list[Entry]:
    """The entries as a clerk sees them: ERA-level ones first, then claims with zero payments first or last."""
    era_level = [entry for entry in pad.entries if entry.era_level]
    claims = [entry for entry in pad.entries if not entry.era_level]
    if order is PaymentOrder.ZERO_FIRST:
        claims.sort(key=lambda entry: entry.net != 0)
    elif order is PaymentOrder.ZERO_LAST:
        claims.sort(key=lambda entry: entry.net == 0)
    return era_level + claims
