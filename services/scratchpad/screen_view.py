"""The EEOB Worklist/Scratch Pad as a clerk sees it (behaviour 1.1, DESIGN 6 on display and stored numbers).

A view carries both numbers of a line: the display number, which the clerk reads and types, and the
stored one, which the services take. It is one reading of the store; `version` proves, when something is
filed, that nothing has changed since.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.bills import Bill, Patient
from models.eras import Eeob, Era
from models.scratchpads import Scratchpad, ScratchpadLine
from models.words.bills import BillStatus
from models.words.money import ZERO, two_decimals
from models.words.scratchpad import Cause, EntryKind, LineKey, PaymentOrder, line_number
from services.office.actor import Actor
from services.remittances.finding import era_of
from services.remittances.heading import EraHeading, era_heading
from services.scratchpad.acts import preferred_order
from services.scratchpad.batch_views import BatchName, batch_name
from services.scratchpad.pad import DISTRIBUTED, Entry, LogEntry, Pad, PadLine, in_order
from services.scratchpad.reviewing import NOT_REVIEWED, Review, reviews_of, shows_reviews
from services.scratchpad.stored import load

#: Whose patient nobody knows: the claim of the line was edited and is not in AR.
NOBODY = "??"


@dataclass(frozen=True, slots=True)
class BillShown:
    """What accounts receivable know of the claim a line goes to."""

    number: str
    status: BillStatus
    balance: Decimal
    billed: Decimal
    service_date: datetime.date | None
    further_payer: bool


@dataclass(frozen=True, slots=True)
class AdjustmentShown:
    """One entry of a line's adjustment log: what is said before and behind the payer's reference, the comment.

    The three parts are one sentence; only the reference may be shortened where it does not fit.
    """

    before: str
    reference: str
    behind: str
    comment: str


@dataclass(frozen=True, slots=True)
class LineView:
    """A subline: `line` has its stored numbers and its money, `display_entry` is the entry's display number.

    `bill` is None when the claim is not in AR. `last_four` is empty when only the remittance names the patient.
    """

    display_entry: int
    kind: EntryKind
    line: PadLine
    bill: BillShown | None
    patient: str
    last_four: str
    adjustments: tuple[AdjustmentShown, ...]

    @property
    def label(self) -> str:
        """The line's number as the clerk reads and types it: `1.001`."""
        return line_number(self.display_entry, self.line.number)

    @property
    def stored(self) -> LineKey:
        """Which line it is, as the services take it."""
        return self.line.at

    @property
    def era_level(self) -> bool:
        """Whether the line is a PLB or the totals mismatch rather than a claim's."""
        return self.kind is not EntryKind.CLAIM


@dataclass(frozen=True, slots=True)
class EntryView:
    """A whole-number entry under its display number, with its lines in the order of their numbers.

    `unbalanced` names those of its EEOBs whose charge, adjustments and payment do not agree on the ERA. `review` is
    None where the clerk does not see the reviews.
    """

    display: int
    entry: Entry
    lines: tuple[LineView, ...]
    unbalanced: tuple[str, ...] = ()
    review: Review | None = None


def needs_person(shown: EntryView) -> bool:
    """Whether an entry waits for somebody: an EEOB that is not verified, a negative line, a claim that is not in AR."""
    unverified = not shown.entry.era_level and not shown.entry.verified
    return unverified or any(
        line.line.net < 0 or (line.bill is None and not line.era_level) for line in shown.lines
    )


@dataclass(frozen=True, slots=True)
class PadView:
    """A whole scratch pad, or one batch of it, in the order the clerk has chosen.

    `balanced` says that the ERA's claims and payment agree among themselves, as the payer sent them;
    `shows_reviews` that this clerk wants to see the reviews of this ERA.
    """

    heading: EraHeading
    version: int
    order: PaymentOrder
    pad: Pad
    entries: tuple[EntryView, ...]
    balanced: bool
    shows_reviews: bool
    batch: BatchName | None = None

    def lines(self) -> dict[LineKey, LineView]:
        """All lines by their stored numbers, in the order of the display."""
        return {line.stored: line for entry in self.entries for line in entry.lines}

    def label_of(self, stored: LineKey) -> str:
        """How a line is called that the clerk may see under another number, or in the entire ERA only."""
        seen = self.lines().get(stored)
        return f"{stored.label} OF THE ENTIRE ERA" if seen is None else seen.label


def pad_view(
    session: Session,
    actor: Actor,
    era_number: int,
    order: PaymentOrder | None = None,
    *,
    batch: int | None = None,
) -> PadView:
    """A scratch pad as it is displayed; without `order` in the order this clerk chose last for the ERA.

    Of a `batch` only its entries, numbered from 1 by themselves. Reads each table once, whatever the size of the
    remittance. Raises `Refused` when there is no pad, or no such batch any more.
    """
    era = era_of(session, era_number, lock=False)
    pad = load(session, era, batch)
    order = preferred_order(session, actor, era.id) if order is None else order
    bills = _bills(session, era.id)
    edited = _find_edited_without_bill(session, era.id)
    named = _find_remittance_names(session, pad)
    wrong = _find_unbalanced(session, era)
    shown = shows_reviews(session, actor, era.id)
    reviews = reviews_of(session, era.id) if shown else {}
    of_batch = None if batch is None else batch_name(session, era.id, batch)
    return PadView(
        heading=era_heading(session, era_number),
        version=session.get_one(Scratchpad, era.id).version if of_batch is None else of_batch.version,
        order=order,
        pad=pad,
        entries=tuple(
            EntryView(
                display,
                entry,
                tuple(_line_view(display, entry, line, bills, edited, named) for line in entry.lines),
                tuple(number for number in entry.sequences if number in wrong),
                reviews.get(entry.number, NOT_REVIEWED) if shown else None,
            )
            for display, entry in enumerate(in_order(pad, order), start=1)
        ),
        balanced=era.balanced and not wrong,
        shows_reviews=shown,
        batch=of_batch,
    )


_BillOfLine = tuple[BillShown, str, str]


def _bills(session: Session, era_id: int) -> dict[LineKey, _BillOfLine]:
    """The bills of all lines that have one, by stored numbers, each with its patient's name and last four."""
    rows = session.execute(
        select(
            ScratchpadLine.entry,
            ScratchpadLine.number,
            Bill.number.label("bill"),
            Bill.status,
            Bill.balance,
            Bill.original,
            Bill.service_from,
            Bill.further_payer,
            Patient.name,
            Patient.last_four,
        )
        .join(Bill, Bill.id == ScratchpadLine.bill_id)
        .join(Patient, Patient.id == Bill.patient_id)
        .where(ScratchpadLine.era_id == era_id)
    )
    return {
        LineKey(era_id, entry, number): (BillShown(*bill), name, last_four)
        for entry, number, *bill, name, last_four in rows
    }


def _find_edited_without_bill(session: Session, era_id: int) -> set[LineKey]:
    """The lines that a clerk has edited and whose claim is not in AR: their patient is nobody's guess."""
    rows = session.execute(
        select(ScratchpadLine.entry, ScratchpadLine.number).where(
            ScratchpadLine.era_id == era_id,
            ScratchpadLine.bill_id.is_(None),
            ScratchpadLine.edited_by.is_not(None),
        )
    )
    return {LineKey(era_id, row.entry, row.number) for row in rows}


def _find_remittance_names(session: Session, pad: Pad) -> dict[str, str]:
    """The patients as the remittance names them, by EEOB sequence; read only when a claim is not in AR."""
    if not any(line.bill_id is None and not entry.era_level for entry, line in pad.lines()):
        return {}
    rows = session.execute(
        select(Eeob.sequence, Eeob.patient_name).where(Eeob.era_id == pad.era_id, Eeob.bill_id.is_(None))
    )
    return {str(row.sequence): row.patient_name for row in rows}


def _find_unbalanced(session: Session, era: Era) -> set[str]:
    """The sequences of the EEOBs that do not balance; read only when the ERA has any."""
    if era.balanced_lines and era.balanced_claims:
        return set()
    rows = session.scalars(select(Eeob.sequence).where(Eeob.era_id == era.id, Eeob.balanced.is_(False)))
    return {str(sequence) for sequence in rows}


def _line_view(
    display: int,
    entry: Entry,
    line: PadLine,
    bills: Mapping[LineKey, _BillOfLine],
    edited: set[LineKey],
    named: Mapping[str, str],
) -> LineView:
    bill, patient, last_four = bills.get(line.at, (None, "", ""))
    if bill is None and not entry.era_level:
        by_remittance = (named[number] for number in entry.sequences if number in named)
        patient = NOBODY if line.at in edited else next(by_remittance, "")
    return LineView(
        display_entry=display,
        kind=entry.kind,
        line=line,
        bill=bill,
        patient=patient,
        last_four=last_four,
        adjustments=tuple(_adjustment(line, logged) for logged in line.log),
    )


def _adjustment(line: PadLine, logged: LogEntry) -> AdjustmentShown:
    """What the scratch pad says of one log entry (`screens.md` 2)."""
    amount = two_decimals(logged.amount)
    if logged.cause is Cause.TAKEN_FOR_OTHER:
        said = ("Distributed adj dec for retraction ", logged.reference, f": {amount}")
    elif logged.cause is Cause.GIVEN_TO_OTHER:
        said = ("Adjustment distribution to balance receipt", "", f": {amount}")
    elif logged.cause in (Cause.RETRACTION_CLAIM, Cause.PAYMENT_CLAIM):
        said = (_adjusted_payment(line), "", "")
    else:
        kind = "payment" if logged.cause in (Cause.PAYMENT_ERA, Cause.EFT_OVER) else "retraction"
        said = (f"Non-specific {kind} (ref# ", logged.reference, f"): {amount}")
    return AdjustmentShown(*said, comment=logged.comment)


def _adjusted_payment(line: PadLine) -> str:
    """From which earlier payment to which new one the payer went, whatever was distributed since."""
    distributed = sum((logged.amount for logged in line.log if logged.cause in DISTRIBUTED), ZERO)
    own = line.adjustments - distributed
    return (
        f"ERA payment adjusted from {two_decimals(-own + ZERO)} to {two_decimals(line.payment)}"
        f"  NET: {two_decimals(line.payment + own)}"
    )
